// How long nothing has come.

import { browserEnvironment } from '../../session/environment.ts';
import type { Stop } from '../../transports/transport.ts';

export interface Silence {
  /** Something has come. */
  heard(): void;
  /** Looks whether it has lasted too long, now and when it may have, rather than whenever something comes. */
  watch(): void;
  stop: Stop;
}

/**
 * @param limit how long it may last, in milliseconds
 * @param over it has lasted too long, and for how long; it is not watched any more
 */
export function createSilence(limit: () => number, over: (lasted: number) => void): Silence {
  const { now, setTimer } = browserEnvironment;
  let last = now();
  let stopTimer: Stop | undefined;

  return { heard, watch, stop: () => stopTimer?.() };

  function heard(): void {
    last = now();
  }

  function watch(): void {
    const lasted = now() - last;
    if (lasted >= limit()) over(lasted);
    else stopTimer = setTimer(watch, limit() - lasted);
  }
}
