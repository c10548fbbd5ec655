// A page that keeps the last event id of its subscription, and is never told that it is put away or left: as one that is
// discarded, or whose process ends. Loaded after encke, but before it listens.

import { encke, transportNamed } from './encke.ts';

addEventListener('pagehide', (event) => event.stopImmediatePropagation(), { capture: true });

const ids: string[] = [];

/** Subscribes with secrets in all places where one can be. */
export function follow(url: string, transport: string): void {
  encke.subscribe(url, {
    resume: 'session',
    transports: [transportNamed(transport)],
    headers: { authorization: 'Bearer s3cret' },
    body: { topic: 's3cret' },
    onMessage: ({ id }) => ids.push(id),
  });
}

export function told(): { ids: readonly string[]; visible: string } {
  return { ids, visible: document.visibilityState };
}

/** What is in the storage of the session. */
export function stored(): [string, string | null][] {
  return Object.keys(sessionStorage).map((key) => [key, sessionStorage.getItem(key)]);
}
