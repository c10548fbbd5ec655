// What the page goes through, and what that means for a connection.

import type { Part } from '../session/part.ts';
import { LEAST_PATIENCE } from '../session/patience.ts';
import { pageOf, watching, type PageEvent } from '../session/page-lifecycle.ts';

/** How many times longer the interval of polling is in a hidden tab. */
export const HIDDEN_SLOWDOWN = 4;

/** Part of a client. Closes the connection of a page that is put away, and checks it when the page, the machine or the network wakes up. */
export const pageLife: Part<'pageLife'> = {
  name: 'pageLife',
  install: ({ environment }) => ({
    session(inside) {
      const { target, seams } = inside;
      if (target.once) return {};
      return {
        pause: (next) => (answer, transport) => {
          const isSlow = transport.rhythm === 'interval' && pageOf(environment).isHidden();
          return next(answer, transport) * (isSlow ? HIDDEN_SLOWDOWN : 1);
        },
        begin: watching(environment, heed),
      };

      function heed(event: PageEvent): void {
        seams.tell('note', ['page', event]);
        if (/^(activated|hidden|frozen)$/.test(event)) return;
        const isStored = inside.phase.is === 'stored';
        if (event === 'stored') {
          // An open connection keeps a page out of the back/forward cache.
          inside.rest({ is: 'stored' }, 'the page is put away');
        } else if (isStored || isDue(event === 'visible')) {
          inside.connectAtOnce(`the page is ${event}`);
          if (isStored || event === 'resumed') seams.gap('suspended');
        }
      }

      /** Whether the connection may have died unnoticed, or there is no use in waiting any longer. */
      function isDue(isGlance: boolean): boolean {
        const { phase, run, transport } = inside;
        const silence = environment.now() - run.lastLife;
        const isStream = transport.rhythm === 'stream';
        switch (phase.is) {
          case 'connecting':
          case 'open':
            // A long poll is silent by nature; its own deadline tells when the page slept through it.
            return (
              !run.isHeld &&
              silence >= ((isStream && inside.age()) || LEAST_PATIENCE) &&
              (isStream || !isGlance)
            );
          case 'between-answers':
            return silence >= target.options.pollInterval;
          case 'back-off':
            // Where a server has asked for patience, or refused, waking up changes nothing.
            return phase.isUnreachable;
          default:
            return false;
        }
      }
    },
  }),
};
