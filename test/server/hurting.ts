// Buttons that hurt: what the playground does to the live connections of a key, and to those that come while it lasts.

import type { Ledger } from './ledger.ts';
import type { Injury, Wire } from './wire.ts';

export type Wish = Injury | '502';

const WISHES: readonly Wish[] = ['drop', 'hang', 'hold', '502', 'ok'];

/** How long `502` lasts, in milliseconds. `hang` and `hold` last until `ok`. */
const OUTAGE = 6000;

export interface Hurting {
  apply(key: string, wish: Wish): void;
  /** What a new connection of this key is to suffer. */
  greet(key: string, wire: Wire): '502' | undefined;
}

export function isWish(value: unknown): value is Wish {
  return WISHES.some((wish) => wish === value);
}

export function createHurting(ledger: Ledger): Hurting {
  const lasting = new Map<string, { wish: Wish; until: number }>();

  return {
    apply(key, wish) {
      if (wish === 'ok' || wish === 'drop') lasting.delete(key);
      else lasting.set(key, { wish, until: wish === '502' ? Date.now() + OUTAGE : Infinity });
      for (const wire of ledger.wires(key)) wire.hurt(wish === '502' ? 'drop' : wish);
    },
    greet(key, wire) {
      const { wish, until } = lasting.get(key) ?? { wish: 'ok', until: Infinity };
      if (Date.now() >= until) lasting.delete(key);
      else if (wish === '502') return wish;
      else if (wish !== 'ok') wire.hurt(wish);
      return undefined;
    },
  };
}
