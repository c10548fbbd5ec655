// How the last event id travels: what servers expect that are not our own.

import type { CursorName } from '../options.ts';
import type { Verdict } from './verdict.ts';

export interface CursorConvention {
  /** Query parameter that carries the id where a header cannot. */
  readonly param: string;
  /** Whether the id never goes into a header. */
  readonly queryOnly?: boolean;
  /** Whether `If-None-Match` would be taken for an id. */
  readonly withoutEtag?: boolean;
  /** Response header that repeats the id asked for; another value says that the history does not reach back so far. */
  readonly echo?: string;
  /** Whether a long poll that has nothing to say may never be answered: then silence is no failure. */
  readonly holds?: boolean;
  /** What statuses mean that mean something else here. */
  readonly statuses?: Readonly<Record<number, Verdict['next']>>;
  /** The id of a whole answer, where its headers state it. Such an answer has one message of however many there are. */
  idOf?(headers: Headers): string | undefined;
}

export const CURSOR_CONVENTIONS: Readonly<Record<CursorName, CursorConvention>> = {
  'last-event-id': { param: 'lastEventId' },
  // The hub of Mercure up to 0.24, and as of 1.0.
  mercure: { param: 'lastEventID', echo: 'last-event-id' },
  'mercure-1': { param: 'last_event_id', echo: 'mercure-last-event-id' },
  // 410: it has let go of its listeners, as at every reload of nginx. The id is as good as before.
  nchan: {
    param: 'last_event_id',
    withoutEtag: true,
    holds: true,
    statuses: { 410: 'retry' },
    idOf: nchanId,
  },
  // The polyfill event-source-polyfill, and servers written for it.
  yaffle: { param: 'lastEventId', queryOnly: true },
};

/** Nchan writes an id as seconds and a tag; an answer has the one in `Last-Modified`, the other in `ETag`. */
function nchanId(headers: Headers): string | undefined {
  const time = Date.parse(headers.get('last-modified') ?? '');
  const tag = headers.get('etag');
  return Number.isNaN(time) || tag === null ? undefined : `${String(time / 1000)}:${tag}`;
}
