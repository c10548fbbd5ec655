// What a subscription that tabs share can be recognised by from outside.

import { encke } from './encke.ts';

const channels: string[] = [];
const Own = BroadcastChannel;
window.BroadcastChannel = class extends Own {
  constructor(name: string) {
    super(name);
    channels.push(name);
  }
};

/** Shares among tabs, with secrets in all places where one can be. */
export function share(url: string): Promise<void> {
  return new Promise((resolve) => {
    encke.subscribe(url, {
      share: 'tabs',
      headers: { authorization: 'Bearer s3cret' },
      body: { topic: 's3cret' },
      onState: ({ state }) => {
        if (state === 'open') resolve();
      },
    });
  });
}

export async function names(): Promise<{ locks: (string | undefined)[]; channels: string[] }> {
  const { held = [], pending = [] } = await navigator.locks.query();
  return { locks: [...held, ...pending].map(({ name }) => name), channels };
}
