// What the end of a response means for what comes next.

import { EnckeError } from '../ground/errors.ts';
import type { StatusMeaning } from '../options.ts';
import type { End, Head, Rhythm } from '../transports/transport.ts';

/** What comes next, and the error that led to it, where there is one. */
export interface Verdict {
  readonly next: StatusMeaning;
  readonly error?: EnckeError | undefined;
}

/** What a status that carries no messages means. One not listed is `retry` from 500 on, and else `fatal`. */
export const STATUS_VERDICTS: Readonly<Record<number, Verdict['next']>> = {
  // [spec] Clients will reconnect if the connection is closed; a client can be told to stop reconnecting
  // using the HTTP 204 No Content response code.
  204: 'done',
  205: 'done',
  304: 'again',
  401: 'refresh',
  403: 'refresh',
  408: 'retry',
  410: 'forget',
  412: 'forget',
  425: 'retry',
  429: 'retry',
};

/** What these mean to a poll: nothing yet. It has no stream to end, and says by 205 that there is nothing more. */
export const POLL_VERDICTS: Readonly<Record<number, Verdict['next']>> = { 204: 'again', 408: 'again' };

/** What a gateway answers when its server takes longer than it waits; the last is Cloudflare's. */
export const GATEWAY_STATUSES: readonly number[] = [502, 504, 524];

/** Held this long before, such an answer to a long poll says no more than that there is nothing yet. Milliseconds. */
export const LONG_HOLD = 5_000;

/** What is known of the attempt that ended. */
export interface EndedAttempt {
  /** Whether this was a request, which is never sent again: what would be retried is fatal. */
  readonly once: boolean;
  readonly rhythm: Rhythm;
  /** Whether it asked for what comes after an id. */
  readonly resumed: boolean;
  /** How long it took, in milliseconds. */
  readonly elapsed: number;
  /** Whether a poll was answered with an event stream that held nothing: the answer of a server that knows no polls. */
  readonly isEmptyStream: boolean;
}

/** What statuses mean to a server that mean something else to others. */
export type Statuses = Readonly<Record<number, Verdict['next']>>;

/** @param statuses those that mean something else here */
export function verdictOn(end: End, attempt: EndedAttempt, statuses?: Statuses): Verdict {
  const { once } = attempt;
  switch (end.how) {
    case 'complete':
      if (once) return { next: 'done' };
      if (attempt.rhythm === 'stream') return { next: 'retry' };
      return attempt.isEmptyStream && attempt.elapsed < LONG_HOLD ? NO_ANSWER : { next: 'again' };
    case 'cut':
      return { next: once ? 'fatal' : 'retry', error: end.error };
    case 'unusable':
      return { next: once && end.sent ? 'fatal' : 'fall-back', error: end.error };
    case 'failed':
      return { next: 'fatal', error: end.error };
    case 'status':
      return verdictOnStatus(end.head, end.body, attempt, statuses);
  }
}

function verdictOnStatus(head: Head, body: string, attempt: EndedAttempt, statuses?: Statuses): Verdict {
  const { once, resumed } = attempt;
  const { status } = head;
  const next =
    statuses?.[status] ??
    (once ? undefined : verdictOnPoll(status, attempt)) ??
    STATUS_VERDICTS[status] ??
    (status < 500 ? 'fatal' : 'retry');
  const error = statusError(head, body);
  if (next === 'done') return { next };
  if (next === 'refresh') return { next, error };
  if (once || (next === 'forget' && !resumed)) return { next: 'fatal', error };
  return next === 'again' ? { next } : { next, error };
}

/** A status that carries no messages, as an error. */
export function statusError(head: Head, body: string): EnckeError {
  return new EnckeError('status', `The server answered ${String(head.status)}.`, { ...head, body });
}

const NO_ANSWER: Verdict = { next: 'retry' };

function verdictOnPoll(status: number, { rhythm, elapsed }: EndedAttempt): Verdict['next'] | undefined {
  if (rhythm === 'stream') return undefined;
  const isHeld = rhythm === 'answer' && elapsed >= LONG_HOLD;
  return isHeld && GATEWAY_STATUSES.includes(status) ? 'again' : POLL_VERDICTS[status];
}
