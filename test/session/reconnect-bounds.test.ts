// How often, how soon and for how long it is tried again: the promises with figures.

import { describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../src/session/connection.ts';
import { memoryTransport } from '../../src/testing.ts';
import { makeWorld, nextConnection, type World } from './harness.ts';

describe('what an attempt proved', () => {
  const ways: [string, (world: World, subscription: Connection) => Promise<void> | void][] = [
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
      if (poll.connections.length > 0) poll.latest.end();
    }
    // After 5 s, then every seven seconds.
    expect(poll.connections).toHaveLength(8);
    stream.latest.send(': beat\n');
    await world.environment.advance(60_000);
    expect(poll.connections).toHaveLength(8);
    expect(world.changes).toHaveLength(1);
  });
});
