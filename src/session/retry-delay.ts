// How long to wait before the next attempt.

/** What the wait depends on. Durations in milliseconds. */
export interface RetryFacts {
  /** Attempts in a row that brought nothing; 0 right after a healthy connection. */
  readonly failures: number;
  /** Upper bound of the first wait. */
  readonly retryDelay: number;
  /** Upper bound of every wait. */
  readonly maxRetryDelay: number;
  /** The reconnection time the server set with `retry:`. */
  readonly serverRetry?: number | undefined;
  /** The wait the server asked for in this answer. */
  readonly retryAfter?: number | undefined;
  /** How many connections of this page to the same origin wait to be made again. */
  readonly crowd?: number;
}

/** A crowd is spread so wide that each has this much room, in milliseconds. */
export const ROOM = 80;

/**
 * Exponential back-off with jitter. What the server asked for is a floor, to which the jitter is added.
 *
 * After a healthy connection the jitter is full, so a crowd that lost its server comes back spread out.
 * After failures the lower half of the range is left out: a lucky draw must not hammer a server that
 * accepts and drops (at the defaults at most 12 attempts fall into two minutes).
 *
 * @param random a number from 0 to below 1
 */
export function retryDelay(facts: RetryFacts, random: number): number {
  const { failures, retryDelay: base, serverRetry = 0, retryAfter = 0, crowd = 0 } = facts;
  const floor = Math.max(serverRetry, retryAfter);
  const range = Math.min(facts.maxRetryDelay, Math.max(base * 2 ** failures, crowd * ROOM));
  if (failures > 0) return floor + (range * (1 + random)) / 2;
  // A healthy server that named a short time means it: 20 ms stay about 20 ms.
  // From the base on, the spread is as wide as the wait itself.
  return floor + random * (floor > 0 ? Math.max(floor * Math.min(1, floor / base), crowd * ROOM) : range);
}

/**
 * The wait that a `Retry-After` header asks for, in milliseconds; 0 where there is none or it cannot be read.
 * RFC 9110, section 10.2.3: seconds, or an HTTP date.
 *
 * @param wallClock milliseconds since 1970
 */
export function readRetryAfter(value: string | null | undefined, wallClock: number): number {
  return Math.max(0, Number(value) * 1000 || Date.parse(value ?? '') - wallClock || 0);
}
