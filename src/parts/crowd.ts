// Connections of one page that lost the same server come back one behind the other.

import type { Part } from '../session/part.ts';

/** Part of a client. Connections of a page that lost the same server come back one behind the other. */
export const crowd: Part<'crowd'> = {
  name: 'crowd',
  install() {
    const waiting = new Map<string, number>(); // by origin
    return {
      session({ target }) {
        const { origin } = target;
        let waits = false;
        const count = (more: number): void => {
          waiting.set(origin, (waiting.get(origin) ?? 0) + more);
        };
        return {
          delay: (next) => (facts) => next({ ...facts, crowd: waiting.get(origin) ?? 0 }),
          tell: (next) => (what, value) => {
            if (what === 'state') {
              if (waits) count(-1);
              const change = value as { state: string; retryIn?: number };
              waits = change.state === 'waiting' && change.retryIn !== undefined;
              if (waits) count(1);
            }
            next(what, value);
          },
        };
      },
    };
  },
};
