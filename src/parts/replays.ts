// What a server sends again after a reconnection is not delivered again.

import { createDelivered } from '../session/delivered.ts';
import type { Part } from '../session/part.ts';

/** Part of a client. Drops what the server sends again after a reconnection. */
export const replays: Part<'replays'> = {
  name: 'replays',
  // Inside of what begins an attempt anew, outside of what holds back what an attempt brings.
  rank: 3,
  install: () => ({
    session({ target, cursor }) {
      // Where the protocol is one of its own, an id need not name a message.
      if (target.options.replays === 'deliver' || target.convention.session) return {};
      const delivered = (cursor.delivered ??= createDelivered());
      return {
        attempt: (next) => (listener) => {
          const place = delivered.connect();
          return next({
            ...listener,
            id(id) {
              place.stated();
              listener.id(id);
            },
            message(message) {
              if (!place.isReplay(message, cursor.id)) listener.message(message);
            },
          });
        },
      };
    },
  }),
};
