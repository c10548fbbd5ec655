import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/all-parts.ts';
import { commandQueue } from '../../src/commands/command-queue.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import { virtualEnvironment, type VirtualEnvironment } from '../../src/testing.ts';
import type { SubscribeOptions } from '../../src/options.ts';
import { fetchStream } from '../../src/transports/fetch-stream.ts';
import { longPoll } from '../../src/transports/long-poll.ts';
import type { Transport } from '../../src/transports/transport.ts';

/** A server of real response bodies, so that a reader that does not read is felt. */
function makeWorld(...transports: readonly Transport[]) {
  const bodies: ReadableStreamDefaultController<Uint8Array>[] = [];
  const environment = virtualEnvironment({
    fetch: (_, init) => {
      const body = new ReadableStream<Uint8Array>(
        {
          start(controller) {
            bodies.push(controller);
            init?.signal?.addEventListener('abort', () => {
              controller.error(init.signal?.reason);
            });
          },
        },
        { highWaterMark: 1e9 },
      );
      return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
    },
  });
  const client = createClient({
    transports,
    formats: [eventStream],
    environment,
  });
  const errors: string[] = [];
  const gaps: string[] = [];
  return {
    environment,
    bodies,
    errors,
    gaps,
    subscribe: (options: SubscribeOptions) =>
      client.subscribe('/events', {
        onError: ({ code }) => errors.push(code),
        onResync: ({ reason }) => gaps.push(reason),
        ...options,
      }),
    async send(text: string) {
      bodies.at(-1)?.enqueue(new TextEncoder().encode(text));
      await turn(environment);
    },
  };
}

/** The reader of a body needs real turns of the event loop beside the virtual ones. */
async function turn(environment: VirtualEnvironment): Promise<void> {
  for (let n = 0; n < 3; n++) {
    await new Promise((resolve) => setImmediate(resolve));
    await environment.settle();
  }
}

const take = (n: number): string => `data: {"type":"call","call":"take","params":[${String(n)}]}\n\n`;

describe('while the taker of messages has the carrier wait', () => {
  it('no silence is the server’s: a paused queue loses nothing, for however long', async () => {
    const world = makeWorld(fetchStream);
    const applied: unknown[] = [];
    const queue = commandQueue({ maxQueue: 10, functions: { take: (n: unknown) => void applied.push(n) } });
    world.subscribe({ commands: queue });
    await turn(world.environment);
    for (let n = 1; n <= 200; n++) {
      if (n === 10) queue.pause();
      await world.send(take(n));
      await world.environment.advance(1_000);
    }
    expect([world.bodies.length, world.errors, world.gaps]).toEqual([1, [], []]);
    queue.resume();
    for (let n = 0; n < 100; n++) await turn(world.environment);
    expect(applied).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  it('waking up tears nothing down', async () => {
    const world = makeWorld(fetchStream);
    const queue = commandQueue({ maxQueue: 2, functions: { take: () => undefined } });
    world.subscribe({ commands: queue, heartbeat: 1_000 });
    await turn(world.environment);
    queue.pause();
    for (let n = 1; n <= 5; n++) await world.send(take(n));
    await world.environment.advance(600_000);
    for (const event of ['visible', 'online'] as const) await world.environment.tell(event);
    expect([world.bodies.length, world.errors]).toEqual([1, []]);
  });

  it('the time limit of a poll stands still as well', async () => {
    const world = makeWorld(longPoll);
    const applied: unknown[] = [];
    const queue = commandQueue({ maxQueue: 2, functions: { take: (n: unknown) => void applied.push(n) } });
    world.subscribe({ commands: queue });
    await turn(world.environment);
    queue.pause();
    for (let n = 1; n <= 4; n++) await world.send(take(n));
    await world.environment.advance(300_000);
    expect(world.errors).toEqual([]);
    queue.resume();
    for (let n = 0; n < 10; n++) await turn(world.environment);
    expect(applied).toEqual([1, 2, 3, 4]);
  });

  it('a stream that answers a poll stays a stream', async () => {
    const world = makeWorld(longPoll);
    const queue = commandQueue({ maxQueue: 2, functions: { take: () => undefined } });
    world.subscribe({ commands: queue });
    await turn(world.environment);
    queue.pause();
    for (let n = 1; n <= 4; n++) await world.send(take(n));
    queue.resume();
    for (let n = 0; n < 10; n++) await turn(world.environment);
    // As long as an answer to a poll may take, and longer.
    for (let n = 0; n < 5; n++) {
      await world.environment.advance(20_000);
      await world.send(take(n));
    }
    expect([world.bodies.length, world.errors, world.gaps]).toEqual([1, [], []]);
  });

  it('no other transport is opened beside it, since it is mute by us', async () => {
    const world = makeWorld(fetchStream, longPoll);
    const queue = commandQueue({ maxQueue: 2, functions: { take: () => undefined } });
    queue.pause();
    queue.push({ type: 'call', call: 'take', params: [1] });
    world.subscribe({ commands: queue });
    await turn(world.environment);
    await world.send(take(2));
    await world.environment.advance(60_000);
    await turn(world.environment);
    expect([world.bodies.length, queue.size]).toEqual([1, 1]);
    queue.resume();
    await turn(world.environment);
    await world.environment.advance(60_000);
    await turn(world.environment);
    expect(world.bodies).toHaveLength(1);
  });

  it('afterwards a server that has died is noticed as ever', async () => {
    const world = makeWorld(fetchStream);
    const queue = commandQueue({ maxQueue: 2, functions: { take: () => undefined } });
    world.subscribe({ commands: queue, heartbeat: 1_000 });
    await turn(world.environment);
    queue.pause();
    for (let n = 1; n <= 5; n++) await world.send(take(n));
    await world.environment.advance(100_000);
    queue.resume();
    for (let n = 0; n < 10; n++) await turn(world.environment);
    await world.environment.advance(29_000);
    expect(world.errors).toEqual([]);
    await world.environment.advance(1_000);
    expect(world.errors).toEqual(['timeout']);
  });

  it('who leaves a shared connection holds the others back no longer', async () => {
    const world = makeWorld(fetchStream);
    const heard: unknown[] = [];
    const queue = commandQueue({ maxQueue: 2, functions: { take: () => undefined } });
    const slow = world.subscribe({ commands: queue });
    world.subscribe({ onMessage: ({ data }) => heard.push(data) });
    await turn(world.environment);
    queue.pause();
    for (let n = 1; n <= 5; n++) await world.send(take(n));
    expect(heard).toHaveLength(1);
    slow.close();
    for (let n = 0; n < 5; n++) await turn(world.environment);
    expect(heard).toHaveLength(5);
  });
});
