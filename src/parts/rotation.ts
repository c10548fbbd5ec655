// A carrier that keeps the whole text of its response is opened anew before that grows too large.

import type { Part } from '../session/part.ts';

/** Characters after which a carrier that keeps its whole text is opened anew. */
export const ROTATE_AFTER = 1_048_576;

/** Part of a client. Opens a carrier anew that keeps the whole text of its response, after a mebibyte. */
export const rotation: Part<'rotation'> = {
  name: 'rotation',
  install: () => ({
    session(inside) {
      const { target, cursor } = inside;
      if (target.once) return {};
      return {
        turn: (next) => (transport, listener) => {
          if (!transport.keepsText) return next(transport, listener);
          let size = 0; // characters so far
          const stop = next(transport, {
            ...listener,
            alive(more, at) {
              size += more;
              listener.alive(more, at);
              // Else a message, or a replay, longer than that would be begun again for ever. The next goes on behind an id.
              if (size < ROTATE_AFTER || cursor.id === '' || inside.run.messages === 0) return;
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
