// What a tab that shares a connection hears, and how it stands.

import type { Closed, Subscription, SubscribeOptions } from '../../../src/index.ts';
import { encke } from './encke.ts';

export { uncaught } from './uncaught.ts';

export interface TabFacts {
  readonly state: string;
  readonly transport: string;
  readonly lastEventId: string;
  /** Ids of the messages, in order. */
  readonly ids: readonly number[];
  /** Each state that it was in. */
  readonly states: readonly string[];
  /** Reasons of the gaps it was told of. */
  readonly gaps: readonly string[];
  readonly refusals: readonly string[];
  /** Whether it leads, as its trace has it. */
  readonly leads: boolean;
  /** What its trace tells of sharing. */
  readonly shared: readonly string[];
  readonly closed: Closed | undefined;
}

interface Joined {
  readonly subscription: Subscription;
  facts(): TabFacts;
}

const joined = new Map<string, Joined>();

/** Subscribes to the path. */
export function join(path: string, options: SubscribeOptions = { share: 'tabs' }): void {
  const ids: number[] = [];
  const states: string[] = ['connecting'];
  const gaps: string[] = [];
  let refusals: readonly string[] = [];
  let closed: Closed | undefined;
  const subscription = encke.subscribe(path, {
    ...options,
    onMessage: ({ id }) => ids.push(Number(id)),
    onState: ({ state }) => states.push(state),
    onResync: ({ reason }) => gaps.push(reason),
    onTransport: (change) => (refusals = change.refusals),
  });
  void subscription.closed.then((last) => (closed = last));

  joined.set(path, {
    subscription,
    facts() {
      const { state, transport, lastEventId, trace } = subscription;
      const shared = trace.filter(({ what }) => what === 'share').map(({ detail }) => detail);
      const leads = shared.at(-1) === 'this tab leads';
      return { state, transport, lastEventId, ids, states, gaps, refusals, leads, shared, closed };
    },
  });
}

/** Of what it subscribed to last. */
export function facts(): TabFacts {
  return newest().facts();
}

export function reconnect(): void {
  newest().subscription.reconnect();
}

export function leave(): void {
  for (const { subscription } of joined.values()) subscription.close();
}

const acts = {
  /** Does nothing else for so many milliseconds. */
  hang(milliseconds: number) {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
  },
  /** Becomes visible, as far as its code can see: drivers differ in which of their tabs are. */
  turnUp() {
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  },
};

/** Does something after so many milliseconds. Gives the time when. */
export function later(act: keyof typeof acts, delay: number, value = 0): number {
  setTimeout(() => acts[act](value), delay);
  return Date.now() + delay;
}

/** Whether the address answers within the time, in milliseconds. */
export async function answers(path: string, within: number): Promise<boolean> {
  try {
    const { ok } = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(within) });
    return ok;
  } catch {
    return false;
  }
}

/** What remains of sharing in this origin: locks held, and asked for. */
export async function locks(): Promise<number> {
  const { held = [], pending = [] } = await navigator.locks.query();
  return held.length + pending.length;
}

function newest(): Joined {
  const last = [...joined.values()].at(-1);
  if (!last) throw new Error('This tab has not subscribed to anything.');
  return last;
}
