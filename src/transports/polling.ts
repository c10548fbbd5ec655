// Transports that ask again and again: which end is an answer, and when the next question is due.

import { LONG_HOLD, type Polling } from './transport.ts';

/** Statuses by which a poll is told that there is nothing yet. It has no stream to end, and hears by 205 that there is nothing more. */
const NOTHING_YET: readonly number[] = [204, 304, 408];

/** What a gateway answers when its server takes longer than it waits; the last is Cloudflare's. */
export const GATEWAY_STATUSES: readonly number[] = [502, 504, 524];

/** Shortest time from one empty answer to the next question, in milliseconds. */
export const EMPTY_ANSWER_PAUSE = 1_000;

/** Shortest time from one long poll to the next when the first brought messages without ids, which a server that answers at once would send again and again. */
const REPEATED_ANSWER_PAUSE = 100;

/** The server is asked again after the interval, with the tag of what is known. */
export const polling: Polling = {
  statuses: () => NOTHING_YET,
  pause: (_answered, _id, { pollInterval }) => pollInterval,
  ask(headers, { etag }) {
    if (etag) headers.set('if-none-match', etag);
  },
  // Of half an answer the server must not be told that it is known.
  keep(known, head, isWhole) {
    known.etag = isWhole ? head?.headers?.get('etag') : null;
  },
};

/** The server answers when it has something to say, and is asked again at once. */
export const longPolling: Polling = {
  statuses: (elapsed) => (elapsed < LONG_HOLD ? NOTHING_YET : [...NOTHING_YET, ...GATEWAY_STATUSES]),
  // One that brings nothing, or nothing that can be resumed after, never comes back in a tight loop.
  pause({ elapsed, messages, startedAfter, serverRetry = 0 }, id) {
    if (id !== startedAfter) return 0;
    const pause = messages > 0 ? REPEATED_ANSWER_PAUSE : Math.max(EMPTY_ANSWER_PAUSE, serverRetry);
    return Math.max(0, pause - elapsed);
  },
};
