// Tells of gaps: after which reconnections messages may be missing.

import type { Part } from '../session/part.ts';
import { utf8Bytes } from '../session/request.ts';

/** Part of a client. Tells after which reconnections messages may be missing. */
export const gaps: Part<'gaps'> = {
  name: 'gaps',
  install: () => ({
    session(inside) {
      const { target, plan, seams } = inside;
      if (target.once) return {};
      let { wasOpen = false, gap } = plan.earlier ?? {}; // ever; why messages may be missing, until it is told
      return {
        gap: (next) => (reason) => {
          gap = reason === 'no-ids' ? (gap ?? reason) : reason;
          next(reason);
        },
        // Told once the connection is back.
        opened: (next) => (head) => {
          const { echo } = target.convention;
          const { startedAfter } = inside.run;
          const answered = echo === undefined ? undefined : head.headers?.get(echo);
          const isTold = startedAfter !== '' && typeof answered === 'string';
          // A header is shown as it came, one character for each byte.
          if (isTold && answered !== utf8Bytes(startedAfter)) gap = 'reset';
          const reason = gap;
          gap = undefined;
          if (wasOpen && reason !== undefined && inside.phase.is !== 'closed') {
            seams.tell('resync', { reason, lastEventId: startedAfter });
          }
          wasOpen = true;
          next(head);
        },
      };
    },
  }),
};
