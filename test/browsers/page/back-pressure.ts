// A queue that stands still, and a loop that does, while a server writes as fast as it can.

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

const { request } = createClient({ transports: [fetchStream], formats: [jsonLines] });

/** Asks, and leaves everything that comes in the queue. */
export function hold(url: string): void {
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

let loop: AsyncIterator<{ readonly data: unknown }> | undefined;
const taken: number[] = [];

/** Asks, and takes one message. */
export async function takeOne(url: string): Promise<void> {
  loop = request(url)[Symbol.asyncIterator]();
  taken.push(numberOf(await loop.next()));
}

/** Takes the rest; gives how many have been taken when that is all, and whether they came in order. */
export async function takeRest(): Promise<{ taken: number; inOrder: boolean }> {
  for (let next = await loop?.next(); next && next.done !== true; next = await loop?.next()) {
    taken.push(numberOf(next));
  }
  return { taken: taken.length, inOrder: taken.every((number, index) => number === index) };
}

function numberOf({ value }: IteratorResult<{ readonly data: unknown }>): number {
  const { data } = value as { data: { params: [number] } };
  return data.params[0];
}
