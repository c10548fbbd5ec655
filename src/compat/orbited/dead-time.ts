// How long a session lives without a word: the server counts, too, and behind that time it does not know it any more.

import { browserEnvironment } from '../../session/environment.ts';
import type { Stop } from '../../transports/transport.ts';

export interface DeadTime {
  /** In milliseconds. */
  readonly length: number;
  /** Something of the session has come. */
  heard(): void;
  /** The server says how it counts, in seconds. */
  set(name: string, seconds: number): void;
  /** Looks whether it is over, now and when it may be. */
  watch(): void;
  stop: Stop;
}

export function createDeadTime(over: () => void): DeadTime {
  const { now, setTimer } = browserEnvironment;
  const clocks = { pingInterval: 30_000, pingTimeout: 30_000 };
  let last = now();
  let stopTimer: Stop | undefined;

  const deadTime: DeadTime = {
    get length() {
      return clocks.pingInterval + clocks.pingTimeout;
    },
    heard() {
      last = now();
    },
    set(name, seconds) {
      if (Object.hasOwn(clocks, name) && seconds > 0) clocks[name as keyof typeof clocks] = seconds * 1_000;
    },
    watch() {
      const left = last + deadTime.length - now();
      if (left <= 0) over();
      else stopTimer = setTimer(deadTime.watch, left);
    },
    stop: () => stopTimer?.(),
  };
  return deadTime;
}
