// How long from the answer to one poll to the next poll.

import type { Environment } from './environment.ts';
import type { SessionInside } from './part.ts';
import type { Target } from './request.ts';

/** Shortest time from one empty answer to the next question, in milliseconds. */
export const EMPTY_ANSWER_PAUSE = 1_000;

/** Shortest time from one long poll to the next when the first brought messages without ids, which a server that answers at once would send again and again. */
const REPEATED_ANSWER_PAUSE = 100;

/** How many times longer the interval of polling is in a hidden tab. */
export const HIDDEN_SLOWDOWN = 4;

/** From one poll to the next, in milliseconds. */
export function pollInterval({ options }: Target, { page }: Environment): number {
  return options.pollInterval * (page.isHidden() ? HIDDEN_SLOWDOWN : 1);
}

/** What is known of an answer. */
interface Answer {
  /** How long it took, in milliseconds. */
  readonly elapsed: number;
  readonly messages: number;
  /** The last event id before it. */
  readonly startedAfter: string;
  /** The reconnection time the server set. */
  readonly serverRetry: number | undefined;
}

/** A long poll that brings nothing, or nothing that can be resumed after, never comes back in a tight loop. */
export function pauseBetweenAnswers(
  { target, environment, cursor, transport }: SessionInside,
  { elapsed, messages, startedAfter, serverRetry = 0 }: Answer,
): number {
  const hasAdvanced = cursor.id !== startedAfter;
  // One message of however many there are leaves no time to lose.
  if (target.convention.idOf && hasAdvanced) return 0;
  if (transport.rhythm === 'interval') return pollInterval(target, environment);
  if (hasAdvanced) return 0;
  const pause = messages > 0 ? REPEATED_ANSWER_PAUSE : Math.max(EMPTY_ANSWER_PAUSE, serverRetry);
  return Math.max(0, pause - elapsed);
}
