// A part that counts the sessions under way, whoever shares them.

import type { Part } from '../../src/session/part.ts';

export interface SessionCount {
  readonly part: Part;
  /** How many have begun and not closed. */
  readonly live: number;
}

export function countSessions(): SessionCount {
  let live = 0;
  return {
    get live() {
      return live;
    },
    part: {
      name: 'countSessions',
      install: () => ({
        client: {
          start: (next) => (plan, listener) => {
            const session = next(plan, {
              ...listener,
              tell(what, value) {
                // Before anyone hears of it, and might subscribe anew.
                if (what === 'state' && session.state === 'closed') live--;
                listener.tell(what, value);
              },
            });
            live++;
            return session;
          },
        },
      }),
    },
  };
}
