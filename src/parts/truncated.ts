// A response that breaks off after a whole message may count as complete, for servers that always end so.

import type { Part } from '../session/part.ts';

/** Part of a client. Takes a response that breaks off after a whole message for complete, where asked to. */
export const truncated: Part<'truncated'> = {
  name: 'truncated',
  install: () => ({
    session({ target }) {
      if (!target.once || !target.options.allowTruncated) return {};
      return {
        turn: (next) => (transport, listener) =>
          next(transport, {
            ...listener,
            ended(end, response) {
              // Not one that the caller's own time limit has ended.
              const isEnd = end.how === 'cut' && end.error.code === 'network' && response.isWhole;
              listener.ended(isEnd ? { how: 'complete', truncated: true } : end, response);
            },
          }),
      };
    },
  }),
};
