// The state that has lasted a while: for banners that shall not flicker.

import { call } from '../ground/call.ts';
import type { State, StateChange } from '../options.ts';
import type { Part } from '../session/part.ts';
import type { Stop } from '../transports/transport.ts';

/** How long a state must last to count as settled, in milliseconds. */
export const SETTLED_AFTER = 3_000;

/** Part of a client. Tells states that have lasted 3 s, for banners that should not flicker. */
export const settledState: Part<'settledState'> = {
  name: 'settledState',
  install: ({ environment }) => ({
    connection({ face, options }) {
      const { now, setTimer } = environment;
      const { onSettledState } = options;
      let settled: State = 'connecting';
      let current: State = 'connecting';
      let told: State = 'connecting'; // to the handler, whose timer comes late in a hidden page
      let since = 0;
      let stop: Stop | undefined;
      Object.defineProperty(face, 'settledState', {
        get: () => (isSettled() ? current : settled),
        enumerable: true,
      });
      return {
        tell: (next) => (what, value) => {
          if (what === 'state') note(value as StateChange);
          next(what, value);
        },
      };

      function note(change: StateChange): void {
        if (isSettled()) settled = current;
        current = change.state;
        since = now();
        stop?.();
        if (current === 'closed') call(onSettledState, change);
        else if (onSettledState) {
          stop = setTimer(() => {
            // There and back within the time is no change.
            if (current !== told) call(onSettledState, change);
            told = settled = current;
          }, SETTLED_AFTER);
        }
      }

      function isSettled(): boolean {
        return current === 'closed' || now() - since >= SETTLED_AFTER;
      }
    },
  }),
};
