// Components that come and go: what they leave in the page and at the server.

import type { Subscription } from '../../../src/index.ts';
import type { Step } from '../../server/script.ts';
import type { Technique } from '../techniques.ts';
import { encke, transportNamed } from './encke.ts';
import { fresh, pause, report, reported, script } from './server.ts';
import { body, head, message } from './wire.ts';

export { uncaught } from './uncaught.ts';

/** Milliseconds within which the server must see the sockets close. */
const SEEN_WITHIN = 1_000;

export interface MountingFacts {
  /** Requests that the server has seen. */
  readonly requests: number;
  /** The most connections at a time. */
  readonly maxLive: number;
  /** Timers set by then, less those that have fired or were cleared. */
  readonly timers: number;
  /** Listeners on the window and the document. */
  readonly listeners: number;
  /** Elements in the document. */
  readonly nodes: number;
  /** Why each was closed, without repetition. */
  readonly reasons: readonly string[];
}

/** Mounts and unmounts a component so many times, each at another stage of its connection. */
export async function mounts(technique: Technique, count: number): Promise<MountingFacts> {
  const url = await talking(technique);
  const watched = watch();
  const closed: Subscription['closed'][] = [];
  for (let mount = 0; mount < count; mount++) {
    const subscription = await mountUntil(mount % 4, url, technique.name);
    subscription.close();
    closed.push(subscription.closed);
  }
  await reported(url, SEEN_WITHIN, ({ live }) => live === 0);
  // Whatever was to come behind the close comes now.
  await pause(100);
  const reasons = [...new Set((await Promise.all(closed)).map(({ reason }) => reason))];
  const { connections: requests, maxLive } = await report(url);
  return { ...watched(), requests, maxLive, reasons };
}

/** 0: not a task later; 1: one task later; 2: when the server has seen it, or answered; 3: behind its first message. */
function mountUntil(stage: number, url: string, transport: string): Promise<Subscription> {
  return new Promise((resolve) => {
    const subscription = encke.subscribe(url, {
      transports: [transportNamed(transport)],
      onSettledState: () => undefined,
      onState({ state }) {
        if (stage === 2 && state === 'open') resolve(subscription);
      },
      onMessage() {
        if (stage === 3) resolve(subscription);
      },
    });
    if (stage === 0) resolve(subscription);
    if (stage === 1) setTimeout(resolve, 0, subscription);
  });
}

export interface TwiceFacts {
  readonly requests: number;
  readonly messages: number;
}

/** Mounts twice in one task, as React's StrictMode does. */
export async function mountsTwice(technique: Technique): Promise<TwiceFacts> {
  const url = await talking(technique);
  const transports = [transportNamed(technique.name)];
  let messages = 0;
  encke.subscribe(url, { transports }).close();
  const subscription = encke.subscribe(url, { transports, onMessage: () => messages++ });
  await until(() => messages > 0);
  subscription.close();
  await reported(url, SEEN_WITHIN, ({ live }) => live === 0);
  return { requests: (await report(url)).connections, messages };
}

/** A hundred components that want the same share one connection, which ends with the last of them. */
export async function sharing(
  technique: Technique,
): Promise<{ maxLive: number; requests: number; told: number }> {
  const url = await talking(technique);
  const transports = [transportNamed(technique.name)];
  let told = 0;
  const all = Array.from({ length: 100 }, () =>
    encke.subscribe(url, { transports, onMessage: () => told++ }),
  );
  await until(() => told >= 100);
  const last = all.pop();
  for (const subscription of all) subscription.close();
  await reported(url, SEEN_WITHIN, ({ live }) => live === 1);
  last?.close();
  await reported(url, SEEN_WITHIN, ({ live }) => live === 0);
  const { maxLive, connections: requests } = await report(url);
  return { maxLive, requests, told };
}

/** A signal that is aborted already. */
export async function aborted(technique: Technique): Promise<{ requests: number; reason: string }> {
  const url = await talking(technique);
  const transports = [transportNamed(technique.name)];
  const { closed } = encke.subscribe(url, { transports, signal: AbortSignal.abort() });
  const { reason } = await closed;
  await pause(100);
  return { requests: (await report(url)).connections, reason };
}

/** A server that says one thing, and then nothing more. Gives its address. */
function talking({ wire, rhythm }: Technique): Promise<string> {
  const one: Step = { send: body(wire, [message(wire, 1, 'hello')]) };
  return script(fresh('mounting'), [
    [head(wire), one, ...(rhythm === 'stream' ? [{ hang: true } as const] : [])],
  ]);
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(5);
}

/** Counts what the page sets from now on; the function returned tells what of it is left. */
function watch(): () => Pick<MountingFacts, 'timers' | 'listeners' | 'nodes'> {
  const timers = new Set<unknown>();
  const listeners = new Set<unknown>();
  const nodesBefore = document.querySelectorAll('*').length;
  const { setTimeout, clearTimeout, setInterval, clearInterval } = window;
  const { addEventListener, removeEventListener } = EventTarget.prototype;

  Object.assign(window, {
    setTimeout(act: (...values: unknown[]) => void, milliseconds?: number, ...values: unknown[]): number {
      const timer = setTimeout(() => {
        timers.delete(timer);
        act(...values);
      }, milliseconds);
      timers.add(timer);
      return timer;
    },
    setInterval(act: () => void, milliseconds?: number): number {
      const timer = setInterval(act, milliseconds);
      timers.add(timer);
      return timer;
    },
    clearTimeout: cleared(clearTimeout),
    clearInterval: cleared(clearInterval),
  });
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = targetOf(this);
    if (target === window || target === document) {
      const entry = nameOf(target, type, listener);
      listeners.add(entry);
      const signal = typeof options === 'object' ? options.signal : undefined;
      signal?.addEventListener('abort', () => listeners.delete(entry));
    }
    addEventListener.call(target, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    const target = targetOf(this);
    listeners.delete(nameOf(target, type, listener));
    removeEventListener.call(target, type, listener, options);
  };

  return () => {
    Object.assign(window, { setTimeout, clearTimeout, setInterval, clearInterval });
    Object.assign(EventTarget.prototype, { addEventListener, removeEventListener });
    const nodes = document.querySelectorAll('*').length - nodesBefore;
    return { timers: timers.size, listeners: listeners.size, nodes };
  };

  function cleared(clear: (timer?: number) => void): (timer?: number) => void {
    return (timer) => {
      timers.delete(timer);
      clear(timer);
    };
  }
}

/** A call that names no target means the window. */
function targetOf(given: EventTarget | undefined): EventTarget {
  return given ?? window;
}

const numbers = new WeakMap<object, number>();
let counted = 0;

/** Equal for the same listener of the same target. */
function nameOf(target: EventTarget, type: string, listener: object | null): string {
  return [type, numberOf(target), listener && numberOf(listener)].join();
}

function numberOf(thing: object): number {
  const number = numbers.get(thing) ?? ++counted;
  numbers.set(thing, number);
  return number;
}
