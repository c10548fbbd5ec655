// Buttons that hurt: what the playground does to the live connections of a key, and to those that come while it lasts.
//
//   drop     the live connections are cut; where there is none, the next one is
//   hang     the live connections fall silent, their sockets open; where there is none, the next one does, without a head
//   hold     bodies are kept back until they end, as a buffering proxy does
//   buffer   the bodies of live connections are kept back, new streams with their heads; new polls are left in peace
//   502      the live connections are cut, new ones are answered 502
//   offline  the live connections are cut, new ones too, before a head
//   mute     the live connections are cut, new streams end before their first event; polls are left in peace
//   ok       heals

import type { ReceivedRequest } from './exchange.ts';
import type { Ledger } from './ledger.ts';
import { negotiate } from './negotiation.ts';
import type { Injury, Wire } from './wire.ts';

export type Wish = 'drop' | 'hang' | 'hold' | 'buffer' | '502' | 'offline' | 'mute' | 'ok';

/** What a new connection gets instead of its answer. */
export type Greeting = '502' | 'cut' | 'empty';

/** What a wish does. */
interface Treatment {
  readonly live: Injury;
  /** What a new connection suffers. */
  readonly next?: Injury;
  readonly greeting?: Greeting;
  /** Whether it strikes the live connections or the next one, and no other. */
  readonly once?: boolean;
  readonly sparesPolls?: boolean;
  /** Milliseconds until it heals, unless told. @defaultValue never */
  readonly lasts?: number;
}

const WISHES: Readonly<Record<Wish, Treatment>> = {
  drop: { live: 'drop', greeting: 'cut', once: true },
  hang: { live: 'hang', next: 'hang', once: true },
  hold: { live: 'hold', next: 'hold' },
  buffer: { live: 'hold', next: 'hold head', sparesPolls: true },
  '502': { live: 'drop', greeting: '502', lasts: 6000 },
  offline: { live: 'drop', greeting: 'cut', lasts: 6000 },
  mute: { live: 'drop', greeting: 'empty', sparesPolls: true },
  ok: { live: 'ok' },
};

export interface Hurting {
  /** @param duration milliseconds after which it heals by itself */
  apply(key: string, wish: Wish, duration?: number): void;
  /** What a new connection of this key is to suffer. */
  greet(key: string, request: ReceivedRequest, wire: Wire): Greeting | undefined;
}

export function isWish(value: unknown): value is Wish {
  return typeof value === 'string' && Object.hasOwn(WISHES, value);
}

export function createHurting(ledger: Ledger): Hurting {
  const lasting = new Map<string, { treatment: Treatment; isSpent: boolean; heal?: NodeJS.Timeout }>();
  return { apply, greet };

  function apply(key: string, wish: Wish, duration = WISHES[wish].lasts): void {
    const treatment = WISHES[wish];
    const wires = ledger.wires(key);
    clearTimeout(lasting.get(key)?.heal);
    lasting.set(key, {
      treatment,
      // Between two polls there is nothing to strike yet.
      isSpent: treatment.once === true && wires.length > 0,
      // Nothing waits for it when the server ends.
      ...(duration !== undefined && { heal: setTimeout(apply, duration, key, 'ok').unref() }),
    });
    for (const wire of wires) wire.hurt(treatment.live);
  }

  function greet(key: string, request: ReceivedRequest, wire: Wire): Greeting | undefined {
    const current = lasting.get(key);
    if (!current || current.isSpent) return undefined;
    const { next, greeting, once = false, sparesPolls } = current.treatment;
    if (sparesPolls && negotiate(request).rhythm !== 'stream') return undefined;
    current.isSpent = once;
    if (next) wire.hurt(next);
    return greeting;
  }
}
