// How long to wait before the next attempt.

/** What the wait depends on. Durations in milliseconds. */
export interface RetryFacts {
  /** Attempts in a row that brought nothing; 0 right after a healthy connection. */
  readonly failures: number;
  /** Upper bound of the first wait. */
  readonly base: number;
  /** Upper bound of every wait. */
  readonly cap: number;
  /** The reconnection time the server set with `retry:`. */
  readonly serverRetry?: number | undefined;
  /** The wait the server asked for in this answer with `Retry-After`. */
  readonly retryAfter?: number | undefined;
}

/**
 * Exponential back-off with full jitter on top of what the server asked for.
 *
 * @param random a number from 0 to below 1
 */
export function retryDelay(facts: RetryFacts, random: number): number {
  const floor = Math.max(facts.serverRetry ?? 0, facts.retryAfter ?? 0);
  return floor + random * spread(facts, floor);
}

function spread({ failures, base, cap, serverRetry }: RetryFacts, floor: number): number {
  // A healthy server that named a short time means it: 20 ms stay about 20 ms.
  // From the base on, the spread is as wide as the wait, so that a crowd does not come back in step.
  if (failures === 0 && serverRetry !== undefined) return Math.min(cap, floor * Math.min(1, floor / (base || 1)));
  return Math.min(cap, base * 2 ** failures);
}

/**
 * The wait a `Retry-After` header asks for, in milliseconds; `undefined` where there is none or it cannot be read.
 * RFC 9110, section 10.2.3: seconds, or an HTTP date.
 *
 * @param wallClock milliseconds since 1970
 */
export function readRetryAfter(value: string | null | undefined, wallClock: number): number | undefined {
  if (!value) return undefined;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - wallClock;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
