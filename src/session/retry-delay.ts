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

/** How far behind one another the places of a crowd are, in milliseconds. */
export const ROOM = 80;

/**
 * Exponential back-off with jitter. What the server asked for is a floor, to which the jitter is added.
 *
 * After a healthy connection the jitter is full. Of a crowd that lost its server each comes back around a place of its own.
 * After failures the lower half of the range is left out: a lucky draw must not hammer a server that
 * accepts and drops (at the defaults at most 12 attempts fall into two minutes).
 *
 * @param random a number from 0 to below 1
 */
export function retryDelay(facts: RetryFacts, random: number): number {
  const { failures, retryDelay: base, serverRetry, retryAfter = 0, crowd = 0 } = facts;
  const floor = Math.max(serverRetry ?? 0, retryAfter);
  const behind = crowd * ROOM;
  const longest = (usual: number): number => Math.min(facts.maxRetryDelay, Math.max(usual, behind));
  if (failures > 0) return floor + (longest(base * 2 ** failures) * (1 + random)) / 2;
  // A healthy server that named a short time means it: 20 ms stay about 20 ms.
  const isNamed = serverRetry !== undefined || retryAfter > 0;
  const width = isNamed && floor < base ? (floor * floor) / base : base;
  const most = longest(width);
  // Behind the others rather than among them: else the first second would be the fullest of all.
  const least = most === behind ? Math.max(0, most - Math.max(base, width)) : 0;
  return floor + least + random * (most - least);
}

/** A time of day. Without one, `Date.parse` takes almost any number for a year. */
const TIME = /\d:\d\d/;

/**
 * The wait that a `Retry-After` header asks for, in milliseconds; 0 where there is none or it cannot be read.
 * RFC 9110, section 10.2.3: seconds, or an HTTP date. Some servers write fractions of seconds.
 *
 * @param wallClock milliseconds since 1970, for answers that do not tell the time of their server
 */
export function readRetryAfter(headers: Headers | undefined, wallClock: number): number {
  const value = headers?.get('retry-after') ?? '';
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value) * 1000;
  if (!TIME.test(value)) return 0;
  const now = Date.parse(headers?.get('date') ?? '') || wallClock;
  return Math.max(0, Date.parse(value) - now || 0);
}
