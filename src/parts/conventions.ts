// Conventions of the last event id that are not the standard's, and the words for them.

import { EnckeError } from '../ground/errors.ts';
import type { CursorConvention, CursorName, SubscribeOptions } from '../options.ts';
import { lastEventIdHeader } from '../session/cursor-convention.ts';
import type { Part } from '../session/part.ts';

/** The hub of Mercure up to 0.24. */
export const mercure: CursorConvention = { param: 'lastEventID', echo: 'last-event-id' };

/** The hub of Mercure as of 1.0. */
export const mercure1: CursorConvention = { param: 'last_event_id', echo: 'mercure-last-event-id' };

/** Nchan. By 410 it says that it has let go of its listeners, as at every reload of nginx: the id is as good as before. */
export const nchan: CursorConvention = {
  param: 'last_event_id',
  withoutEtag: true,
  holds: true,
  statuses: { 410: 'retry' },
  idOf: nchanId,
};

/** The polyfill event-source-polyfill, and servers written for it. */
export const yaffle: CursorConvention = { param: 'lastEventId', queryOnly: true };

/** Nchan writes an id as seconds and a tag; an answer has the one in `Last-Modified`, the other in `ETag`. */
function nchanId(headers: Headers): string | undefined {
  const time = Date.parse(headers.get('last-modified') ?? '');
  const tag = headers.get('etag');
  return Number.isNaN(time) || tag === null ? undefined : `${String(time / 1000)}:${tag}`;
}

/** By the words that stand for them in the option `cursor`. */
export const CURSOR_CONVENTIONS: Readonly<Record<CursorName, CursorConvention>> = {
  'last-event-id': lastEventIdHeader,
  mercure,
  'mercure-1': mercure1,
  nchan,
  yaffle,
};

/** Lets the option `cursor` be a word. */
export const conventions: Part<'conventions'> = {
  name: 'conventions',
  install: () => ({
    client: {
      options: (next) => (given, once) => {
        const options: Partial<SubscribeOptions> = next(given, once);
        const { cursor } = options;
        if (cursor === undefined || typeof cursor === 'object') return options;
        if (!Object.hasOwn(CURSOR_CONVENTIONS, cursor)) {
          const words = Object.keys(CURSOR_CONVENTIONS).join(', ');
          throw new EnckeError('invalid-option', `cursor must be ${words}.`);
        }
        return { ...options, cursor: CURSOR_CONVENTIONS[cursor] };
      },
    },
  }),
};
