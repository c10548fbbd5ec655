// `for await` over a connection.

import { createQueueTaker } from '../session/queue-taker.ts';
import type { Part } from '../session/part.ts';

/** Part of a client. Makes a connection something to loop over, with back-pressure. */
export const loops: Part<'loops'> = {
  name: 'loops',
  install: () => ({
    connection(inside) {
      Object.assign(inside.face, {
        [Symbol.asyncIterator]: () => (inside.claim() ?? createQueueTaker(inside)).read(),
      });
      return {};
    },
  }),
};
