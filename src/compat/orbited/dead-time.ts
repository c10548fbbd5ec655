// How long a session lives without a word: the server counts, too, and behind that time it does not know it any more.

import { createSilence, type Silence } from './silence.ts';

export interface DeadTime extends Silence {
  /** In milliseconds. */
  readonly length: number;
  /** The server says how it counts, in seconds. */
  set(name: string, seconds: number): void;
}

export function createDeadTime(over: () => void): DeadTime {
  const clocks = { pingInterval: 30_000, pingTimeout: 30_000 };
  const lengthNow = (): number => clocks.pingInterval + clocks.pingTimeout;

  return {
    ...createSilence(lengthNow, over),
    get length() {
      return lengthNow();
    },
    set(name, seconds) {
      if (Object.hasOwn(clocks, name) && seconds > 0) clocks[name as keyof typeof clocks] = seconds * 1_000;
    },
  };
}
