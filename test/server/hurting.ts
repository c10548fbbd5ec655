// Buttons that hurt: what the playground does to the live connections of a key, and to those that come while it lasts.
//
//   drop     the live connections are cut; where there is none, the next one is
//   hang     nothing is written any more, no head either; sockets stay open
//   hold     bodies are kept back until they end, as a buffering proxy does
//   502      the live connections are cut, new ones are answered 502
//   offline  the live connections are cut, new ones too, before a head
//   mute     the live connections are cut, new streams end before their first event; polls are left in peace
//   ok       heals

import type { ReceivedRequest } from './exchange.ts';
import type { Ledger } from './ledger.ts';
import { negotiate } from './negotiation.ts';
import type { Injury, Wire } from './wire.ts';

export type Wish = Injury | '502' | 'offline' | 'mute';

/** What a new connection gets instead of its answer. */
export type Greeting = '502' | 'cut' | 'empty';

const WISHES: readonly Wish[] = ['drop', 'hang', 'hold', '502', 'offline', 'mute', 'ok'];

/** Wishes that are no injury of a wire of their own: the live ones are cut. */
const CUTS: ReadonlySet<Wish> = new Set<Wish>(['502', 'offline', 'mute']);

/** How long `502` and `offline` last unless told, in milliseconds. The others last until `ok`. */
const OUTAGE = 6000;

export interface Hurting {
  /** @param duration milliseconds after which it heals by itself */
  apply(key: string, wish: Wish, duration?: number): void;
  /** What a new connection of this key is to suffer. */
  greet(key: string, request: ReceivedRequest, wire: Wire): Greeting | undefined;
}

export function isWish(value: unknown): value is Wish {
  return WISHES.some((wish) => wish === value);
}

export function createHurting(ledger: Ledger): Hurting {
  const lasting = new Map<string, { wish: Wish; heal: NodeJS.Timeout | undefined }>();

  return {
    apply,
    greet(key, request, wire) {
      const wish = lasting.get(key)?.wish;
      if (wish === 'hang' || wish === 'hold') wire.hurt(wish);
      if (wish === 'drop') forget(key);
      if (wish === '502') return wish;
      if (wish === 'offline' || wish === 'drop') return 'cut';
      return wish === 'mute' && negotiate(request).rhythm === 'stream' ? 'empty' : undefined;
    },
  };

  function apply(key: string, wish: Wish, duration = outage(wish)): void {
    const wires = ledger.wires(key);
    forget(key);
    if (lasts(wish, wires)) lasting.set(key, { wish, heal: healAfter(key, duration) });
    for (const wire of wires) wire.hurt(CUTS.has(wish) ? 'drop' : (wish as Injury));
  }

  function forget(key: string): void {
    clearTimeout(lasting.get(key)?.heal);
    lasting.delete(key);
  }

  function healAfter(key: string, duration: number | undefined): NodeJS.Timeout | undefined {
    // Nothing waits for it when the server ends.
    return duration === undefined ? undefined : setTimeout(() => apply(key, 'ok'), duration).unref();
  }
}

/** Between two polls there is nothing to drop yet. */
function lasts(wish: Wish, wires: readonly Wire[]): boolean {
  return wish === 'drop' ? wires.length === 0 : wish !== 'ok';
}

function outage(wish: Wish): number | undefined {
  return wish === '502' || wish === 'offline' ? OUTAGE : undefined;
}
