// The state that has lasted a while: for banners that shall not flicker.

import { call } from '../ground/call.ts';
import type { State, StateChange } from '../options.ts';
import type { Stop } from '../transports/transport.ts';
import type { Environment } from './environment.ts';

/** How long a state must last to count as settled, in milliseconds. */
export const SETTLED_AFTER = 3_000;

export interface SettledState {
  readonly state: State;
  /** The state has changed. */
  note(change: StateChange): void;
}

export function createSettledState(
  { now, setTimer }: Environment,
  onSettled: ((change: StateChange) => void) | undefined,
): SettledState {
  let settled: State = 'connecting';
  let current: State = 'connecting';
  let since = 0;
  let stop: Stop | undefined;

  return {
    get state() {
      return isSettled() ? current : settled;
    },
    note(change) {
      if (isSettled()) settled = current;
      current = change.state;
      since = now();
      stop?.();
      if (current === 'closed') call(onSettled, change);
      else if (onSettled) {
        stop = setTimer(() => {
          // There and back within the time is no change.
          if (current !== settled) call(onSettled, change);
          settled = current;
        }, SETTLED_AFTER);
      }
    },
  };

  function isSettled(): boolean {
    return current === 'closed' || now() - since >= SETTLED_AFTER;
  }
}
