// What the end of a response, or an error, means for what comes next.

import { EnckeError } from '../errors.ts';
import type { End, Head, Rhythm } from '../transports/transport.ts';

/** What comes next. */
export type Verdict =
  /** Ask again by the rhythm: the answer was whole. */
  | { readonly next: 'again' }
  /** Connect again after the retry delay. */
  | { readonly next: 'retry'; readonly error?: EnckeError; readonly retryAfter?: string | null }
  /** Nothing more will come. */
  | { readonly next: 'done' }
  /** No retry can mend this. */
  | { readonly next: 'fatal'; readonly error: EnckeError }
  /** This transport cannot work here. */
  | { readonly next: 'fall-back'; readonly error: EnckeError };

/**
 * What a status that carries no messages means to a subscription. A status not listed is `fatal`;
 * from 500 on it is `retry`.
 */
export const STATUS_VERDICTS: Readonly<Record<number, Verdict['next']>> = {
  // [spec] HTTP 204 No Content tells the browser to stop reconnecting.
  204: 'done',
  304: 'again',
  408: 'retry',
  425: 'retry',
  429: 'retry',
};

/** What the end of one response means to a subscription. */
export function verdictOnEnd(end: End, rhythm: Rhythm): Verdict {
  switch (end.how) {
    case 'complete':
      return { next: rhythm === 'stream' ? 'retry' : 'again' };
    case 'cut':
      return { next: 'retry', error: end.error };
    case 'unusable':
      return { next: 'fall-back', error: end.error };
    case 'status':
      return verdictOnStatus(end.head, end.body);
  }
}

/** What the end of its one response means to a request, which is never sent again. */
export function verdictOnExchange(end: End): Verdict {
  if (end.how === 'complete') return { next: 'done' };
  if (end.how === 'unusable') return { next: 'fall-back', error: end.error };
  if (end.how === 'cut') return { next: 'fatal', error: end.error };
  const { status } = end.head;
  return status === 204 || status === 205
    ? { next: 'done' }
    : { next: 'fatal', error: statusError(end.head, end.body) };
}

function verdictOnStatus(head: Head, body: string): Verdict {
  const next = STATUS_VERDICTS[head.status] ?? (head.status >= 500 ? 'retry' : 'fatal');
  if (next === 'done' || next === 'again') return { next };
  const error = statusError(head, body);
  if (next === 'retry') return { next, error, retryAfter: head.headers?.get('retry-after') ?? null };
  return { next: 'fatal', error };
}

function statusError({ status, url, headers }: Head, body: string): EnckeError {
  return new EnckeError('status', `The server answered ${String(status)}.`, { status, url, headers, body });
}
