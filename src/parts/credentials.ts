// The refresh of credentials: one at a time for each handler, whichever connection asks.

import type { EnckeError } from '../ground/errors.ts';

type Handler = (error: EnckeError) => void | Promise<void>;

export interface Refresh {
  /** The call under way. */
  pending: Promise<void> | undefined;
  /** When the last one ended. */
  endedAt: number;
}

/** Two connections with handlers of their own have credentials of their own. */
export function refreshOf(refreshes: WeakMap<object, Refresh>, handler: Handler): Refresh {
  const known = refreshes.get(handler) ?? { pending: undefined, endedAt: -Infinity };
  refreshes.set(handler, known);
  return known;
}

export function startRefresh(refresh: Refresh, handler: Handler, error: EnckeError, now: () => number): void {
  // Asynchronous, so that what it throws is a rejection as well.
  const ask = async (): Promise<void> => handler(error);
  refresh.pending = ask().finally(() => {
    refresh.pending = undefined;
    refresh.endedAt = now();
  });
}
