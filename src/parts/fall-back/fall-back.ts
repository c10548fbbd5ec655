// Falls back: from a transport that cannot work here, or is held back on its way, to the next; and up again later.

import { EnckeError } from '../../ground/errors.ts';
import { isEventStream } from '../../ground/media-type.ts';
import type { Part, SessionInside, TurnListener } from '../../session/part.ts';
import { watching } from '../../session/page-lifecycle.ts';
import { LONG_HOLD } from '../../transports/transport.ts';
import { startHedged } from './attempt.ts';
import { createLadder } from './ladder.ts';
import { createMemory } from './origin-memory.ts';

/** Part of a client. Leaves a transport that cannot work here, or that a proxy holds back, for the next one, and tries it again later. */
export const fallBack: Part<'fallBack'> = {
  name: 'fallBack',
  // Inside of what looks at all that an attempt brings, outside of what heeds the page.
  rank: 5,
  install(house) {
    const { environment } = house;
    const memoryOf = createMemory();
    return {
      session(inside) {
        const { target, rungs, seams } = inside;
        const { once, origin, resource } = target;
        const memory = memoryOf(origin);
        const { asksOnce, doubts, proofs } = memory;
        const demand = house.seams.demand(target);
        const ladder = createLadder(rungs, inside.transport, demand, memory, environment.now, (change) => {
          inside.transport = ladder.transport;
          seams.tell('transport', change);
        });
        const doubtful = doubting(inside);
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
            return startHedged(inside, ladder, memory, doubtful(listener));
          },
          brought: (next) => () => {
            ladder.prove();
            next();
          },
          weigh: (next) => (weight) => {
            if (weight.isTimeout) {
              ladder.suspect();
              proofs.clear();
            }
            ladder.weigh(weight.opened, weight.healthy);
            next(weight);
          },
          unusable: () => (cause) => {
            const reason = cause?.message ?? '';
            if (ladder.giveUp(reason)) return undefined;
            const sentence = `No transport works here. The last one failed: ${reason}`;
            return new EnckeError('no-transport', sentence, { cause });
          },
        };
      },
    };
  },
};

/**
 * A server that ends its streams empty answers polls, which it does not know, in the same way. From others an event
 * stream that holds nothing is an answer. A replay counts as a message.
 */
function doubting(inside: SessionInside): (listener: TurnListener) => TurnListener {
  let endsStreams = false; // the last stream held nothing, and was ended by the server

  return (listener) => {
    let isEvents = false; // it is an event stream
    return {
      ...listener,
      opened(head) {
        isEvents = isEventStream(head);
        listener.opened(head);
      },
      ended(end, response) {
        const isStream = !inside.transport.polls;
        const isEmpty = isEvents && response.brought === false;
        const isNoAnswer = isEmpty && endsStreams && !isStream && response.elapsed < LONG_HOLD;
        if (isStream) endsStreams = isEmpty && !inside.run.isRetrySet;
        listener.ended(end, { ...response, isNoAnswer });
      },
    };
  };
}
