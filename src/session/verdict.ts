// What the end of a response means for what comes next.

import { EnckeError } from '../ground/errors.ts';
import type { StatusMeaning } from '../options.ts';
import type { End, Head } from '../transports/transport.ts';

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

/** What a status that carries no messages means to a stream. */
export function meaningOfStatus(status: number): Verdict['next'] {
  return STATUS_VERDICTS[status] ?? (status < 500 ? 'fatal' : 'retry');
}

/** What is known of the attempt that ended. */
export interface EndedAttempt {
  /** Whether this was a request, which is never sent again: what would be retried is fatal. */
  readonly once: boolean;
  /** Whether it asked for what comes after an id. */
  readonly resumed: boolean;
  /** Of a poll the statuses that answer it; `undefined` of a stream. */
  readonly answers: readonly number[] | undefined;
}

/** What statuses mean to a server that mean something else to others. */
export type Statuses = Readonly<Record<number, Verdict['next']>>;

/** @param statuses those that mean something else here */
export function verdictOn(end: End, attempt: EndedAttempt, statuses?: Statuses): Verdict {
  const { once } = attempt;
  switch (end.how) {
    case 'complete':
      return { next: once ? 'done' : attempt.answers ? 'again' : 'retry' };
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
  const { once, resumed, answers } = attempt;
  const { status } = head;
  const isAnswer = answers?.includes(status) && !once;
  const next = statuses?.[status] ?? (isAnswer ? 'again' : meaningOfStatus(status));
  if (next === 'done' || (next === 'again' && !once)) return { next };
  const isOver = next !== 'refresh' && (once || (next === 'forget' && !resumed));
  return { next: isOver ? 'fatal' : next, error: statusError(head, body) };
}

/** A status that carries no messages, as an error. */
export function statusError(head: Head, body: string): EnckeError {
  return new EnckeError('status', `The server answered ${String(head.status)}.`, { ...head, body });
}

/** Why a response is none that can be used; `undefined` where it is complete. */
export function errorOf(end: End): EnckeError | undefined {
  if (end.how === 'status') return statusError(end.head, end.body);
  return end.how === 'complete' ? undefined : end.error;
}
