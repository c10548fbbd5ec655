// How often, how soon and for how long it is tried again: the promises with figures.

import { describe, expect, it, vi } from 'vitest';
import type { Subscription } from '../../src/client.ts';
import { memoryTransport } from '../../src/testing.ts';
import { seededRandom } from '../tools/random.ts';
import { makeWorld, nextConnection, type World } from './harness.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

describe('a server that accepts and drops', () => {
  it.each([0, 200, 2_000, 9_000])('%d ms later is asked at most 12 times in two minutes', async (lasts) => {
    for (const seed of SEEDS) {
      const world = makeWorld(undefined, seededRandom(seed));
      world.subscribe();
      let drops = 0;
      while (world.environment.now() < 120_000) {
        await world.environment.advance(50);
        const { connections } = world.transport;
        if (connections.length === drops) continue;
        drops++;
        connections.at(-1)?.open();
        await world.environment.advance(lasts);
        connections.at(-1)?.cut();
      }
      expect(drops).toBeLessThanOrEqual(12);
      expect(drops).toBeGreaterThanOrEqual(5);
    }
  });
});

describe('a healthy stream that ended', () => {
  it('is connected again within a second, and at any moment of it', async () => {
    const gaps = await gapsOf((world) => world.transport.latest.send('data: 1\n\n'));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1_000);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeGreaterThan(800);
  });

  it('is connected again within a second when it was open for 10 s, and had nothing to say', async () => {
    const gaps = await gapsOf(async ({ transport, environment }) => {
      transport.latest.open();
      await environment.advance(10_000);
    });
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1_000);
  });

  it('with `retry: 20` is connected again after 20 ms, not much later, and never sooner', async () => {
    const gaps = await gapsOf((world) => world.transport.latest.send('retry: 20\ndata: 1\n\n'));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(25);
  });

  it('with `retry: 5000` is connected again after 5 s, and up to 5 s more', async () => {
    const gaps = await gapsOf((world) => world.transport.latest.send('retry: 5000\ndata: 1\n\n'), 50);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5_000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(10_000);
  });
});

/** Milliseconds from the end of each of a hundred connections to the next, looked at so often. */
async function gapsOf(live: (world: World) => Promise<void> | void, step = 1): Promise<number[]> {
  const world = makeWorld(undefined, seededRandom(7));
  const { transport, environment } = world;
  world.subscribe();
  await environment.settle();
  const gaps: number[] = [];
  for (let time = 0; time < 100; time++) {
    await live(world);
    const { length } = transport.connections;
    const ended = environment.now();
    transport.latest.end();
    while (transport.connections.length === length) await environment.advance(step);
    gaps.push(environment.now() - ended);
  }
  return gaps;
}

describe('what an attempt proved', () => {
  const ways: [string, (world: World, subscription: Subscription) => Promise<void> | void][] = [
    ['reconnect()', (_, subscription) => subscription.reconnect()],
    ['waking up', ({ environment }) => environment.tell('visible')],
    [
      'the back/forward cache',
      async ({ environment }) => {
        await environment.tell('stored');
        await environment.tell('restored');
      },
    ],
  ];

  it.each(ways)('counts though %s ended it: failures are counted anew', async (_, leave) => {
    const world = makeWorld();
    const subscription = world.subscribe({ maxAttempts: 2 });
    await world.environment.settle();
    for (let time = 0; time < 5; time++) {
      world.transport.latest.cut();
      await nextConnection(world);
      world.transport.latest.send('id: 1\ndata: 1\n\n');
      await world.environment.advance(60_000);
      await leave(world, subscription);
      await world.environment.settle();
    }
    expect(subscription.state).toBe('connecting');
  });

  it('counts though reconnect() ended it: credentials may be refreshed anew', async () => {
    const world = makeWorld();
    const onUnauthorized = vi.fn();
    const subscription = world.subscribe({ onUnauthorized });
    await world.environment.settle();
    for (let time = 1; time <= 3; time++) {
      world.transport.latest.status(401);
      await world.environment.advance(1);
      expect(onUnauthorized).toHaveBeenCalledTimes(time);
      world.transport.latest.open();
      await world.environment.advance(10_000);
      subscription.reconnect();
      await world.environment.settle();
    }
  });
});

describe('a poll beside a mute stream', () => {
  it('keeps the interval of polls, and is over with the first byte', async () => {
    const stream = memoryTransport({ name: 'stream' });
    const poll = memoryTransport({ name: 'poll', rhythm: 'interval' });
    const world = makeWorld([stream, poll]);
    world.subscribe({ pollInterval: 7_000 });
    await world.environment.settle();
    stream.latest.open();
    for (let second = 0; second < 60; second++) {
      await world.environment.advance(1_000);
      if (poll.connections.length > 0) poll.latest.status(204);
    }
    // After 8.5 s, then every seven seconds.
    expect(poll.connections).toHaveLength(8);
    stream.latest.send(': beat\n');
    await world.environment.advance(60_000);
    expect(poll.connections).toHaveLength(8);
    expect(world.changes).toHaveLength(1);
  });
});
