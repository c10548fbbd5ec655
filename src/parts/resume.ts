// A last event id that survives a reload of the page.

import { hashOf } from '../ground/hash.ts';
import type { Environment } from './environment.ts';

/** Of what is kept, and under which names. */
const VERSION = 1;

export interface KeptCursor {
  /** The id that was kept, once; `''` where there is none. */
  take(): string;
  /** Keeps this id; `''` keeps none. */
  put(id: string): void;
}

/** @param name what it is kept for, which is not shown; without one nothing is. Where the page may keep nothing, nothing is said. */
export function keptCursor({ storage }: Environment, name: string | undefined): KeptCursor {
  const key = `encke:${String(VERSION)}:${hashOf(String(name))}`;
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
        if (id === '') kept.removeItem(key);
        else kept.setItem(key, id);
      });
    },
  };

  function attempt<Result>(use: (kept: NonNullable<ReturnType<typeof storage>>) => Result) {
    if (name === undefined) return undefined;
    try {
      const kept = storage();
      return kept && use(kept);
    } catch {
      // Blocked, or full.
      return undefined;
    }
  }
}
