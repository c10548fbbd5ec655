// Ends that are no clean end: a status without messages, a connection that failed, a carrier that cannot work.

import { EnckeError } from '../ground/errors.ts';
import type { End, Head } from './transport.ts';

/** How much of the body of a refusal is kept, in characters. */
export const EXCERPT_LENGTH = 4_096;

/** How long that body may take, in milliseconds: the status counts, whatever becomes of the body. */
export const EXCERPT_TIME = 1_000;

/** Statuses that say that there is nothing to say: No Content, Reset Content. */
export const NOTHING: readonly number[] = [204, 205];

/** Whether a response with this status carries messages. */
export function carriesMessages({ status }: Head): boolean {
  return status >= 200 && status < 300 && !NOTHING.includes(status);
}

/** The end of a response whose body is over: a refusal, or else `otherwise`. */
export function endOf(head: Head, body: string, otherwise: End): End {
  if (carriesMessages(head)) return otherwise;
  // Half an error page is a refusal all the same.
  return { how: 'status', head, body: body.slice(0, EXCERPT_LENGTH) };
}

export const COMPLETE: End = { how: 'complete' };

/** No response, or none that the page may read: browsers do not tell which. */
export function unreachable(url: string, cause?: unknown, hint = ''): End {
  return cut(
    `No response from ${url}: the server is down, or a policy (CORS, CSP, X-Frame-Options) forbids it.${hint}`,
    url,
    cause,
  );
}

export function brokeOff(url: string, cause?: unknown): End {
  return cut(`The response from ${url} broke off.`, url, cause);
}

export function cut(sentence: string, url: string, cause?: unknown): End {
  return { how: 'cut', error: new EnckeError('network', sentence, { url, cause }) };
}

/** `sent`: whether the request may have left. */
export function unusable(sentence: string, sent: boolean, cause?: unknown): End {
  return { how: 'unusable', sent, error: new EnckeError('unusable', sentence, { cause }) };
}
