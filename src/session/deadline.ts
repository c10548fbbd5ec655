// A timer that knows whether the page slept through it.

import type { Stop } from '../transports/transport.ts';
import type { Environment } from './environment.ts';

/** A timer that comes more than this many times too late was suspended. */
const LATE = 2;

/** A shorter one counts as this long, in milliseconds: a busy page delays it by many times its length. */
const SHORTEST = 1_000;

/** @param due called with whether the page was suspended: then nothing is known of what happened meanwhile */
export function startDeadline(
  { now, setTimer }: Pick<Environment, 'now' | 'setTimer'>,
  milliseconds: number,
  due: (suspended: boolean) => void,
): Stop {
  const began = now();
  return setTimer(() => {
    due(now() - began > LATE * Math.max(milliseconds, SHORTEST));
  }, milliseconds);
}
