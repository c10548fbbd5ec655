// Waiting for the whole reply to what is sent once.

import { EnckeError } from '../ground/errors.ts';
import type { Closed } from '../options.ts';

/** What was sent. */
export interface Sent {
  /** Whether nothing is requested, on a server. */
  readonly isInert: boolean;
  readonly closed: Promise<Closed>;
  readonly signal?: AbortSignal | undefined;
  /** Where its commands go. */
  readonly commands?: { readonly done: Promise<void> } | undefined;
}

/** Resolves with whether the response broke off. What was closed half way must not pass for a whole reply. */
export async function whole({ isInert, closed, signal, commands }: Sent): Promise<boolean> {
  if (isInert) throw new EnckeError('no-transport', 'On a server nothing is requested.');
  const { reason, error, truncated = false } = await closed;
  if (error) throw error;
  if (reason === 'abort') throw signal?.reason;
  if (reason === 'user') throw new DOMException('The request was closed.', 'AbortError');
  await commands?.done;
  return truncated;
}
