// A command queue that stands still, and a loop that lags, in a page whose time runs faster than the server's.

import type { Message, Subscription } from '../../../src/index.ts';
import { encke } from './encke.ts';

export interface Taken {
  /** Numbers of what was applied, or given. */
  readonly numbers: readonly number[];
  readonly errors: readonly string[];
  readonly resyncs: readonly string[];
  readonly state: string;
}

/** How many times faster its time is, and what a paused queue may hold. */
const SPEED = 8;
const MAX_QUEUE = 10;

const numbers: number[] = [];
const errors: string[] = [];
const resyncs: string[] = [];
const queue = encke.commandQueue({
  maxQueue: MAX_QUEUE,
  functions: { take: (number: number) => numbers.push(number) },
});
let subscription: Subscription | undefined;
let resume = (): void => undefined;

/** From now on its timers are due, and its clocks go on, so many times sooner. */
export function hurry(): void {
  const [now, date, wait] = [performance.now.bind(performance), Date.now.bind(Date), setTimeout.bind(window)];
  const [began, beganAt] = [now(), date()];
  performance.now = () => began + (now() - began) * SPEED;
  Date.now = () => beganAt + (date() - beganAt) * SPEED;
  window.setTimeout = ((handler: () => void, milliseconds = 0) =>
    wait(handler, milliseconds / SPEED)) as typeof setTimeout;
}

const told = {
  transports: [encke.fetchStream],
  // By the faster clock.
  connectTimeout: 120_000,
  onError: ({ code, message }: { code: string; message: string }) => errors.push(`${code}: ${message}`),
  onResync: ({ reason }: { reason: string }) => resyncs.push(reason),
};

/** Hands all commands to a queue. */
export function byQueue(url: string): void {
  subscription = encke.subscribe(url, { ...told, commands: queue });
}

export function pauseQueue(): void {
  queue.pause();
  resume = () => queue.resume();
}

/** Takes messages one by one, and stops at one until it is let go on. */
export async function byLoop(url: string, stopAt: number): Promise<void> {
  subscription = encke.subscribe(url, told);
  const released = new Promise<void>((resolve) => (resume = resolve));
  for await (const { data } of subscription as AsyncIterable<Message<string>>) {
    numbers.push((JSON.parse(data) as { params: [number] }).params[0]);
    if (numbers.length === stopAt) await released;
  }
}

export function goOn(): void {
  resume();
}

export function taken(): Taken {
  return { numbers, errors, resyncs, state: subscription?.state ?? 'none' };
}
