// A last event id that survives a reload of the page.

import { EnckeError } from '../ground/errors.ts';
import { hashOf } from '../ground/hash.ts';
import type { Environment } from '../session/environment.ts';
import { cursorKey, isOpaque } from '../session/keys.ts';
import { pageOf } from '../session/page-lifecycle.ts';
import type { Part } from '../session/part.ts';

/** Of what is kept, and under which names. */
const VERSION = 1;

/** Part of a client. Keeps the last event id for a reload of the page. */
export const resume: Part<'resume'> = {
  name: 'resume',
  // Outside of sharing among tabs: a tab that follows keeps an id as well.
  rank: 3,
  install: ({ environment }) => ({
    client: {
      start: (next) => (plan, listener) => {
        const { target, cursor } = plan;
        const { options, url, once } = target;
        if (!options.resume || once) return next(plan, listener);
        if (options.resume === 'session' && isOpaque(options.body)) {
          const sentence =
            'Nobody can tell what a function or a file sends: write resume: { session: NAME }.';
          throw new EnckeError('invalid-option', sentence);
        }
        const kept = keptId(environment, cursorKey(url, options));
        cursor.id ||= kept.take();
        const page = pageOf(environment);
        let isHidden = page.isHidden(); // kept, since asking the document for each message takes its time
        let stop = (): void => undefined;
        const session = next(plan, {
          ...listener,
          tell(what, value) {
            if (what === 'closed') stop();
            listener.tell(what, value);
          },
          message(message) {
            listener.message(message);
            if (isHidden) kept.put(cursor.id);
          },
        });
        stop = page.watch((event) => {
          if (event === 'hidden' || event === 'visible') isHidden = event === 'hidden';
          // The first of them may be the last that a page hears which is discarded or killed in the background.
          if (/^(hidden|frozen|stored)$/.test(event)) kept.put(cursor.id);
          // Of a page that is hidden still, what happens in the background changes nothing.
          else if (event !== 'activated' && !isHidden) kept.take();
        });
        return session;
      },
    },
  }),
};

interface KeptId {
  /** The id that was kept, which is kept no longer; `''` where there is none. */
  take(): string;
  /** Keeps this id. Where none is known yet, it leaves that of an equal subscription of the page, which began earlier. */
  put(id: string): void;
}

/** @param name what it is kept for, which is not shown. Where the page may keep nothing, nothing is said. */
function keptId({ storage = storageOfPage }: Environment, name: string): KeptId {
  const key = `encke:${String(VERSION)}:${hashOf(name)}`;
  return {
    take() {
      const id = attempt((kept) => kept.getItem(key));
      attempt((kept) => {
        kept.removeItem(key);
      });
      return id ?? '';
    },
    put(id) {
      attempt((kept) => {
        if (id !== '') kept.setItem(key, id);
      });
    },
  };

  function attempt<Result>(use: (kept: NonNullable<ReturnType<typeof storage>>) => Result) {
    try {
      const kept = storage();
      return kept && use(kept);
    } catch {
      // Blocked, or full.
      return undefined;
    }
  }
}

function storageOfPage(): Storage | undefined {
  return (globalThis as Place).sessionStorage;
}

interface Place {
  readonly sessionStorage?: Storage;
}
