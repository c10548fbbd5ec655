// What a connection has brought so far, told to those who subscribe, once in each frame at most.

import { call } from '../ground/call.ts';
import type { Closed, CoreConnection, EnckeError, StateChange } from '../index.ts';
import { SETTLED_AFTER } from '../parts/settled-state.ts';
import { atNextFrame } from './frames.ts';
import { latestOf, type Latest } from './latest.ts';
import { streamKey } from './stream-key.ts';
import type { Address, RequestStore, Snapshot, SubscriptionStore } from './types.ts';

/** What a store looks at in its options. */
interface Given {
  readonly initial?: unknown;
  readonly reduce?: ((value: unknown, message: Data) => unknown) | undefined;
  readonly onMessage?: ((message: Data) => void) | undefined;
  readonly onState?: ((change: StateChange) => void) | undefined;
}

interface Data {
  readonly data: unknown;
}

export type AnyStore = SubscriptionStore<unknown> & RequestStore<unknown>;

/** @param once whether it connects when it is started, and not whenever someone subscribes to it */
export function makeStore(
  verb: (url: string | URL, options: never) => CoreConnection,
  once: boolean,
  url: Address,
  options: Given = {},
): AnyStore {
  const listeners = new Set<() => void>();
  let key = streamKey(url, options);
  let { initial } = options;
  let added: object | undefined; // to the options, at the last start
  let latest: Latest<Given> = { options };
  let connection: (CoreConnection & { reconnect?: () => void }) | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let stopFrame: (() => void) | undefined; // while one is awaited
  const first = blank(once);
  const now = { ...first };
  let told = first;

  return {
    subscribe(listener) {
      if (listeners.size === 0 && !once && !connection) void start();
      const own = (): void => void call(listener, told);
      listeners.add(own);
      own();
      return () => {
        // Whoever takes over in the same task, as the next page of an app does, takes over the connection.
        if (listeners.delete(own)) queueMicrotask(leave);
      };
    },
    getSnapshot: () => told,
    getServerSnapshot: () => first,
    update(nextUrl, nextOptions = options) {
      const nextKey = streamKey(nextUrl, nextOptions);
      const isSame = once || nextKey === key;
      [url, key, options] = [nextUrl, nextKey, nextOptions];
      if (isSame) return void (latest.options = { ...options, ...added });
      ({ initial } = options);
      halt();
      if (listeners.size > 0) void start();
      else set(blank());
      tell();
    },
    ...(once ? { start, stop } : { reconnect }),
  } as AnyStore;

  function reconnect(): void {
    if (now.state !== 'closed') connection?.reconnect?.();
    else if (listeners.size > 0) void start();
  }

  function blank(isIdle = (url ?? null) === null): Snapshot<unknown> {
    const state = isIdle ? 'closed' : 'connecting';
    const value = once ? (initial ?? '') : initial;
    return { value, state, settledState: state, error: undefined, done: false };
  }

  function start(more?: object): Promise<Closed> {
    halt();
    added = more;
    const own: Latest<Given> = (latest = { options: { ...options, ...more } });
    if (once) ({ initial } = own.options);
    try {
      if ((url ?? null) !== null)
        connection = verb(url as string, latestOf(own, { onMessage, onState }) as never);
    } catch (error) {
      // What was open is closed by now.
      set({ ...blank(true), error: error as EnckeError });
      throw error;
    }
    set(blank());
    // Only a subscription may have no URL, and nobody waits for one.
    return connection?.closed.then((closed) => {
      const { reason, error } = closed;
      if (!own.isOver) end({ error, done: reason === 'done' });
      return closed;
    }) as Promise<Closed>;
  }

  function onMessage(message: Data): void {
    const own = latest;
    const { reduce = once ? append : dataOf, onMessage } = own.options;
    call(onMessage, message);
    // The handler may have ended it, or begun another connection, to which this message does not belong.
    if (!own.isOver) set({ value: reduce(now.value, message) });
  }

  function onState(change: StateChange): void {
    const { state, error } = change;
    clearTimeout(settling);
    settling = setTimeout(() => set({ settledState: state }), SETTLED_AFTER);
    set(error || state === 'open' ? { state, error } : { state });
    latest.options.onState?.(change);
  }

  function stop(): void {
    end({});
  }

  function end(changes: Partial<Snapshot<unknown>>): void {
    halt();
    set({ state: 'closed', settledState: 'closed', ...changes });
  }

  /** Ends what is under way; its handlers hear nothing of that. */
  function halt(): void {
    latest.isOver = true;
    clearTimeout(settling);
    connection?.close();
    connection = undefined;
  }

  function set(changes: Partial<Snapshot<unknown>>): void {
    if (Object.entries(changes).every(([name, value]) => now[name as keyof Snapshot<unknown>] === value))
      return;
    Object.assign(now, changes);
    if (listeners.size > 0) stopFrame ??= atNextFrame(tell);
    else tell();
  }

  function tell(): void {
    awaitNoFrame();
    told = { ...now };
    // The listener of one may take another away.
    for (const listener of [...listeners]) if (listeners.has(listener)) listener();
  }

  function leave(): void {
    if (listeners.size > 0) return;
    stop();
    awaitNoFrame();
  }

  function awaitNoFrame(): void {
    stopFrame?.();
    stopFrame = undefined;
  }
}

function append(value: unknown, { data }: Data): unknown {
  return String(value) + String(data);
}

function dataOf(_: unknown, { data }: Data): unknown {
  return data;
}
