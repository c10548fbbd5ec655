// Falls back: from a transport that cannot work here, or is held back on its way, to the next; and up again later.

import type { Part } from '../../session/part.ts';
import { watching } from '../../session/page-lifecycle.ts';
import { demandOf } from '../../session/request.ts';
import { startHedged } from './attempt.ts';
import { createLadder } from './ladder.ts';
import { createMemory } from './origin-memory.ts';

export const fallBack: Part<'fallBack'> = {
  name: 'fallBack',
  // Inside of what looks at all that an attempt brings, outside of what heeds the page.
  rank: 5,
  install({ environment }) {
    const memoryOf = createMemory();
    return {
      session(inside) {
        const { target, rungs, seams } = inside;
        const { once, origin, resource } = target;
        const memory = memoryOf(origin);
        const { asksOnce, doubts, proofs } = memory;
        const demand = demandOf(target);
        const ladder = createLadder(rungs, inside.transport, demand, memory, environment.now, (change) => {
          inside.transport = ladder.transport;
          seams.tell('transport', change);
        });
        inside.transport = ladder.transport;
        inside.choice = ladder.choice();
        return {
          // Before anyone connects because of it.
          ...(!once && {
            begin: watching(environment, (event) => {
              if (event !== 'online') return;
              doubts.clear();
              proofs.clear();
            }),
          }),
          attempt: () => (listener) => {
            // A rung that was left may be tried again.
            if (!asksOnce.has(resource)) ladder.renew();
            // The handler of a change may have closed it.
            if (inside.phase.is === 'closed') return () => undefined;
            return startHedged(inside, ladder, memory, listener);
          },
          weigh: (next) => (weight) => {
            if (weight.isTimeout) {
              ladder.suspect();
              proofs.clear();
            }
            ladder.weigh(weight.opened, weight.healthy);
            next(weight);
          },
          unusable: () => (reason) => ladder.giveUp(reason),
        };
      },
    };
  },
};
