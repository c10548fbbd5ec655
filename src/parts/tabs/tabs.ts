// One connection for all tabs of the origin that want the same.

import { EnckeError } from '../../ground/errors.ts';
import { chooseFirst } from '../../session/choice.ts';
import { isOpaque } from '../../session/keys.ts';
import type { Part } from '../../session/part.ts';
import { joinTabs } from './join-tabs.ts';

export const tabs: Part<'tabs'> = {
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
        return joinTabs(plan, listener, next);
      },
    },
  }),
};
