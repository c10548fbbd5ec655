import { describe, expect, it, vi } from 'vitest';
import type { SubscribeOptions, TransportChange } from '../../src/options.ts';
import type { Subscription } from '../../src/client.ts';
import { memoryTransport } from '../../src/testing.ts';
import { makeWorld, type World } from './harness.ts';

function live(world: World): number {
  return world.transports.flatMap(({ connections }) => connections).filter((connection) => connection.live)
    .length;
}

describe('reconnect() in a handler', () => {
  type Wiring = (again: () => void) => SubscribeOptions;
  const wirings: [string, Wiring][] = [
    ['onError', (again) => ({ onError: again })],
    ['onState', (again) => ({ onState: again })],
    ['onTransport', (again) => ({ onTransport: again })],
    ['retry', (again) => ({ retry: ({ delay }) => (again(), delay) })],
    ['onMessage', (again) => ({ onMessage: again })],
  ];

  it.each(wirings)('%s makes one connection, not two', async (_, wire) => {
    const world = makeWorld();
    const subscription: Subscription = world.subscribe(wire(() => subscription.reconnect()));
    await world.environment.settle();
    world.transport.latest.open();
    await world.environment.settle();
    world.transport.latest.send('data: 1\n\n');
    await world.environment.settle();
    world.transport.latest.cut();
    for (let second = 0; second < 20; second++) {
      await world.environment.advance(1_000);
      expect(live(world)).toBeLessThanOrEqual(1);
    }
    expect(live(world)).toBe(1);
    subscription.close();
    expect(world.environment.timers).toBe(0);
  });

  it('onTransport makes one, too, where the first transport cannot work', async () => {
    const world = makeWorld([memoryTransport(), memoryTransport({ name: 'other' })]);
    const subscription: Subscription = world.subscribe({ onTransport: () => subscription.reconnect() });
    await world.environment.settle();
    world.transport.latest.unusable('A policy forbids it.');
    await world.environment.advance(2_000);
    expect(world.transports.map(({ connections }) => connections.length)).toEqual([1, 1]);
    expect(live(world)).toBe(1);
    subscription.close();
    expect(world.environment.timers).toBe(0);
  });
});

describe('close() while headers are fetched', () => {
  it('is the last that is heard: the body is asked for at the same time, not afterwards', async () => {
    const world = makeWorld();
    let give = (_: HeadersInit): void => undefined;
    const body = vi.fn(() => 'text');
    const headers = (): Promise<HeadersInit> => new Promise((resolve) => (give = resolve));
    const subscription = world.subscribe({ method: 'POST', headers, body });
    await world.environment.settle();
    expect(body).toHaveBeenCalledOnce();
    subscription.close();
    give({});
    await world.environment.settle();
    expect(body).toHaveBeenCalledOnce();
    expect(world.transport.connections).toHaveLength(0);
  });
});

describe('close() in a handler', () => {
  it('headers makes no request, neither of the first transport nor of the one beside it', async () => {
    for (const which of [1, 2]) {
      const world = makeWorld([memoryTransport(), memoryTransport({ name: 'answer', rhythm: 'answer' })]);
      let asked = 0;
      const subscription: Subscription = world.subscribe({
        headers() {
          if (++asked === which) subscription.close();
          return {};
        },
      });
      await world.environment.advance(60_000);
      expect(asked).toBe(which);
      expect(world.transports.flatMap(({ connections }) => connections)).toHaveLength(which - 1);
      expect(live(world)).toBe(0);
      expect(world.environment.timers).toBe(0);
    }
  });

  it('onTransport makes no request of the transport that was to be tried again', async () => {
    const world = makeWorld([memoryTransport(), memoryTransport({ name: 'answer', rhythm: 'answer' })]);
    const subscription: Subscription = world.subscribe({
      onTransport: ({ evidence }) => {
        if (evidence === 'expired') subscription.close();
      },
    });
    await world.environment.advance(3_000);
    world.transports[1]?.latest.send('id: 1\ndata: 1\n\n');
    world.transports[1]?.latest.end();
    await world.environment.advance(250);
    await world.environment.tell('online');
    world.transports[1]?.latest.status(204);
    await world.environment.advance(1_000);
    expect(subscription.state).toBe('closed');
    expect(live(world)).toBe(0);
    expect(world.transport.connections).toHaveLength(1);
    expect(world.environment.timers).toBe(0);
  });
});

describe('subscriptions that share a connection', () => {
  it.each([2, 3])('go on when one of %d closes again in its own last onState', async (count) => {
    const world = makeWorld();
    const first: Subscription = world.subscribe({ onState: () => first.close() });
    const others = Array.from({ length: count - 1 }, () => world.subscribe());
    await world.environment.settle();
    world.transport.latest.open();
    expect(first.state).toBe('closed');
    expect(others.map(({ state }) => state)).toEqual(others.map(() => 'open'));
    expect(live(world)).toBe(1);
  });

  it('tell nothing more to one that another closed in the same round', async () => {
    const world = makeWorld();
    const heard: string[] = [];
    world.subscribe({ onState: () => second.close() });
    const second = world.subscribe({ onState: ({ state }) => heard.push(state) });
    await world.environment.settle();
    world.transport.latest.open();
    expect(heard).toEqual(['closed']);
  });

  it('are each told of the transport first, whenever they join', async () => {
    const world = makeWorld([memoryTransport({ name: 'first' }), memoryTransport({ name: 'second' })]);
    const changes: TransportChange[][] = [];
    const join = (): void => {
      const own: TransportChange[] = [];
      changes.push(own);
      const joinMore = (): void => {
        if (changes.length === 1) join();
      };
      world.subscribe({ onTransport: (change) => (own.push(change), joinMore()) });
    };
    join();
    await world.environment.settle();
    join();
    await world.environment.settle();
    world.transport.latest.unusable('A policy forbids it.');
    await world.environment.settle();
    const joined = { to: 'first', refusals: [] };
    const left = expect.objectContaining({ from: 'first', to: 'second' }) as unknown;
    expect(changes).toEqual([
      [joined, left],
      [joined, left],
      [joined, left],
    ]);
  });

  it('tell nothing more to a late one that closes on hearing of the transport', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.open();
    const heard: string[] = [];
    const late: Subscription = world.subscribe({
      onTransport: () => late.close(),
      onState: ({ state }) => heard.push(state),
    });
    await world.environment.settle();
    expect(heard).toEqual(['closed']);
  });

  it('tell a late one of a change that it has heard of only once', async () => {
    const world = makeWorld([memoryTransport({ name: 'first' }), memoryTransport({ name: 'second' })]);
    world.subscribe();
    await world.environment.settle();
    const changes: TransportChange[] = [];
    world.subscribe({ onTransport: (change) => changes.push(change) });
    world.transport.latest.unusable('A policy forbids it.');
    await world.environment.settle();
    expect(changes).toMatchObject([{ from: 'first', to: 'second' }]);
  });
});
