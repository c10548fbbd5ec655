// A queue that stands still while a server writes as fast as it can.

import { commandQueue, createClient, fetchStream, jsonLines } from '../../../src/index.ts';

export interface Held {
  /** Commands that wait in the page. */
  readonly waiting: number;
}

const MAX_QUEUE = 2_000;

const applied: number[] = [];
const queue = commandQueue({
  maxQueue: MAX_QUEUE,
  functions: { take: (number: number) => applied.push(number) },
});

/** Subscribes, and leaves everything that comes in the queue. */
export function hold(url: string): void {
  const { request } = createClient({ transports: [fetchStream], formats: [jsonLines] });
  queue.pause();
  request(url, { commands: queue });
}

export function held(): Held {
  return { waiting: queue.size };
}

/** Lets the queue work; gives how many have been applied when that is all, and whether they came in order. */
export async function release(count: number): Promise<{ applied: number; inOrder: boolean }> {
  queue.resume();
  while (applied.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
  await queue.done;
  return { applied: applied.length, inOrder: applied.every((number, index) => number === index) };
}
