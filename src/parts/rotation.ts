// A carrier that keeps the whole text of its response is opened anew before that grows too large.

import type { Part } from '../session/part.ts';

/** Characters after which a carrier that keeps its whole text is opened anew. */
export const ROTATE_AFTER = 1_048_576;

export const rotation: Part<'rotation'> = {
  name: 'rotation',
  install: () => ({
    session({ target, cursor }) {
      if (target.once) return {};
      return {
        turn: (next) => (transport, listener) => {
          if (!transport.keepsText) return next(transport, listener);
          const { fresh } = cursor;
          let size = 0; // characters so far
          const stop = next(transport, {
            ...listener,
            alive(more) {
              size += more;
              listener.alive(more);
              // Only once it has got on: else a message, or a replay, longer than that would be begun again for ever.
              if (size < ROTATE_AFTER || cursor.id === '' || cursor.fresh === fresh) return;
              stop();
              listener.renew('rotated');
            },
          });
          return stop;
        },
      };
    },
  }),
};
