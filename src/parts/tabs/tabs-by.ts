// The part `tabs`, before the code is there by which tabs speak with one another. That may be loaded later.

import { EnckeError } from '../../ground/errors.ts';
import { chooseFirst } from '../../session/choice.ts';
import { isOpaque } from '../../session/keys.ts';
import type { Listener, Part, Plan, Session } from '../../session/part.ts';

/** Begins a session that is one for all tabs; `start` begins one of this tab alone. */
export type Join = (
  plan: Plan,
  listener: Listener,
  start: (plan: Plan, listener: Listener) => Session,
) => Session;

export const tabsBy = (join: Join): Part<'tabs'> => ({
  name: 'tabs',
  rank: 4,
  install: () => ({
    client: {
      start: (next) => (plan, listener) => {
        const { options, once } = plan.target;
        const { share, body } = options;
        if (once || (share !== 'tabs' && typeof share !== 'object')) return next(plan, listener);
        // One tab would get what is another's.
        if (share === 'tabs' && isOpaque(body)) {
          const sentence = 'Nobody can tell what a function or a file sends: write share: { tabs: NAME }.';
          throw new EnckeError('invalid-option', sentence);
        }
        // What cannot be carried must throw here, even where another tab leads.
        chooseFirst(plan);
        return join(plan, listener, next);
      },
    },
  }),
});
