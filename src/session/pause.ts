// How long from the answer to one poll to the next poll.

import type { Answer, SessionInside } from './part.ts';

/** Shortest time from one empty answer to the next question, in milliseconds. */
export const EMPTY_ANSWER_PAUSE = 1_000;

/** Shortest time from one long poll to the next when the first brought messages without ids, which a server that answers at once would send again and again. */
const REPEATED_ANSWER_PAUSE = 100;

/** A long poll that brings nothing, or nothing that can be resumed after, never comes back in a tight loop. */
export function pauseBetweenAnswers(
  { target, cursor, transport }: SessionInside,
  { elapsed, messages, startedAfter, serverRetry = 0 }: Answer,
): number {
  if (transport.rhythm === 'interval') return target.options.pollInterval;
  if (cursor.id !== startedAfter) return 0;
  const pause = messages > 0 ? REPEATED_ANSWER_PAUSE : Math.max(EMPTY_ANSWER_PAUSE, serverRetry);
  return Math.max(0, pause - elapsed);
}
