import { describe, expect, it } from 'vitest';
import { memoryTransport } from '../../src/testing.ts';
import { HIDDEN_SLOWDOWN } from '../../src/parts/page-life.ts';
import { dataOf, makeWorld, nextConnection } from './harness.ts';

describe('waking up', () => {
  it.each(['visible', 'restored', 'resumed', 'online'] as const)(
    'by "%s" makes one new connection where the last byte is older than a heartbeat',
    async (event) => {
      const world = makeWorld();
      world.subscribe({ heartbeat: 10_000 });
      await world.environment.settle();
      world.transport.latest.send('id: 1\ndata: 1\n\n');
      await world.environment.advance(10_000);
      await world.environment.tell(event);
      await world.environment.advance(250);
      expect(world.transport.connections).toHaveLength(2);
      expect(world.transport.connections[0]?.stopped).toBe(true);
      expect(world.transport.latest.request.headers.get('last-event-id')).toBe('1');
      expect(world.errors).toEqual([]);
    },
  );

  it('makes one, however many events tell of it', async () => {
    const world = makeWorld();
    world.subscribe({ heartbeat: 10_000 });
    await world.environment.settle();
    world.transport.latest.open();
    await world.environment.advance(20_000);
    for (const event of ['resumed', 'restored', 'visible', 'online', 'visible'] as const) {
      await world.environment.tell(event);
    }
    expect(world.transport.connections).toHaveLength(2);
  });

  it('tears nothing down that has just shown life', async () => {
    const world = makeWorld();
    world.subscribe({ heartbeat: 10_000 });
    await world.environment.settle();
    world.transport.latest.open();
    await world.environment.advance(20_000);
    world.transport.latest.send(': beat\n');
    await world.environment.advance(9_999);
    for (const event of ['hidden', 'visible', 'online', 'resumed'] as const)
      await world.environment.tell(event);
    expect(world.transport.connections).toHaveLength(1);
  });

  it('tears nothing down that hesitates for a moment, however fast it is', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    for (let beat = 0; beat < 20; beat++) {
      world.transport.latest.send(`data: ${String(beat)}\n\n`);
      await world.environment.advance(100);
    }
    await world.environment.advance(800);
    await world.environment.tell('visible');
    expect(world.transport.connections).toHaveLength(1);
    await world.environment.advance(100);
    await world.environment.tell('visible');
    expect(world.transport.connections).toHaveLength(2);
  });

  it('takes 30 s for the heartbeat where it is unknown', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.send('data: 1\n\n');
    await world.environment.advance(29_999);
    await world.environment.tell('visible');
    expect(world.transport.connections).toHaveLength(1);
    await world.environment.advance(1);
    await world.environment.tell('visible');
    expect(world.transport.connections).toHaveLength(2);
  });

  it('leaves a long poll alone that has waited no longer than long polls do', async () => {
    const world = makeWorld([memoryTransport({ rhythm: 'answer' })]);
    world.subscribe();
    await world.environment.advance(50_000);
    await world.environment.tell('visible');
    expect(world.transport.connections).toHaveLength(1);
  });

  it('ends a wait for a server that could not be reached', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.cut();
    await world.environment.tell('online');
    expect(world.transport.connections).toHaveLength(2);
  });

  it('ends a wait for a server that gave no head in time', async () => {
    const world = makeWorld();
    world.subscribe({ connectTimeout: 5_000, retry: () => 60_000 });
    await world.environment.advance(5_000);
    expect(world.errors).toMatchObject([{ code: 'timeout' }]);
    await world.environment.tell('online');
    expect(world.transport.connections).toHaveLength(2);
  });

  it('ends no wait that a server asked for, and no second connection follows', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.status(503, { 'retry-after': '20' });
    await world.environment.tell('online');
    await world.environment.tell('visible');
    expect(world.transport.connections).toHaveLength(1);
    await nextConnection(world);
    expect(world.environment.now()).toBeGreaterThanOrEqual(20_000);
    expect(world.transport.connections).toHaveLength(2);
  });

  it('does nothing to a request', async () => {
    const world = makeWorld();
    world.request({ heartbeat: 10_000 });
    await world.environment.settle();
    world.transport.latest.open();
    await world.environment.advance(20_000);
    for (const event of ['stored', 'restored', 'visible', 'online'] as const)
      await world.environment.tell(event);
    expect(world.transport.connections).toHaveLength(1);
    expect(world.environment.watchers).toBe(0);
  });
});

describe('a page that is left', () => {
  it('closes its connection, and opens it again at the cursor when it comes back', async () => {
    const world = makeWorld();
    const subscription = world.subscribe();
    await world.environment.settle();
    world.transport.latest.send('id: 7\ndata: 7\n\n');
    await world.environment.tell('stored');
    expect(world.transport.latest.stopped).toBe(true);
    expect(subscription.state).toBe('waiting');
    expect(world.environment.timers).toBe(0);
    await world.environment.advance(3_600_000);
    expect(world.transport.connections).toHaveLength(1);
    await world.environment.tell('restored');
    expect(world.transport.connections).toHaveLength(2);
    expect(world.transport.latest.request.headers.get('last-event-id')).toBe('7');
    world.transport.latest.send('id: 8\ndata: 8\n\n');
    expect(dataOf(world)).toEqual(['7', '8']);
  });

  it('while it waits for its next attempt makes that when it comes back', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.status(503);
    await world.environment.tell('stored');
    expect(world.environment.timers).toBe(0);
    await world.environment.tell('restored');
    expect(world.transport.connections).toHaveLength(2);
  });

  it('is watched by nobody after the close', async () => {
    const world = makeWorld();
    const subscription = world.subscribe();
    await world.environment.settle();
    expect(world.environment.watchers).toBeGreaterThan(0);
    subscription.close();
    expect(world.environment.watchers).toBe(0);
    await world.environment.tell('restored');
    expect(world.transport.connections).toHaveLength(1);
  });
});

describe('a hidden tab', () => {
  it('polls four times slower, and at once when it is seen again', async () => {
    const world = makeWorld([memoryTransport({ rhythm: 'interval' })]);
    world.subscribe({ pollInterval: 1_000 });
    await world.environment.settle();
    await world.environment.tell('hidden');
    world.transport.latest.end();
    await world.environment.advance(HIDDEN_SLOWDOWN * 1_000 - 1);
    expect(world.transport.connections).toHaveLength(1);
    await world.environment.advance(1);
    expect(world.transport.connections).toHaveLength(2);
    world.transport.latest.end();
    await world.environment.advance(1_500);
    await world.environment.tell('visible');
    expect(world.transport.connections).toHaveLength(3);
  });

  it('that is seen again before the next poll is due waits for that', async () => {
    const world = makeWorld([memoryTransport({ rhythm: 'interval' })]);
    world.subscribe({ pollInterval: 5_000 });
    await world.environment.settle();
    world.transport.latest.end();
    await world.environment.advance(1_000);
    await world.environment.tell('hidden');
    await world.environment.tell('visible');
    expect(world.transport.connections).toHaveLength(1);
  });
});

describe('reconnect()', () => {
  it('connects anew at once, at the cursor, whatever the state', async () => {
    const world = makeWorld();
    const subscription = world.subscribe();
    await world.environment.settle();
    world.transport.latest.send('id: 1\ndata: 1\n\n');
    subscription.reconnect();
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(2);
    expect(world.transport.connections[0]?.stopped).toBe(true);
    expect(world.transport.latest.request.headers.get('last-event-id')).toBe('1');
    world.transport.latest.status(503, { 'retry-after': '60' });
    expect(subscription.state).toBe('waiting');
    subscription.reconnect();
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(3);
    expect(world.environment.timers).toBeGreaterThan(0);
  });

  it('makes no second connection where it is called twice, or before the first', async () => {
    const world = makeWorld();
    const subscription = world.subscribe();
    subscription.reconnect();
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(1);
    subscription.reconnect();
    subscription.reconnect();
    await world.environment.settle();
    expect(world.transport.connections.filter(({ stopped }) => !stopped)).toHaveLength(1);
  });

  it('does nothing after the close', async () => {
    const world = makeWorld();
    const subscription = world.subscribe();
    await world.environment.settle();
    subscription.close();
    subscription.reconnect();
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(1);
    expect(subscription.state).toBe('closed');
  });
});

describe('resume: "session"', () => {
  it('goes on where the page was before its reload', async () => {
    const world = makeWorld();
    world.subscribe({ resume: 'session' });
    await world.environment.settle();
    world.transport.latest.send('id: 41\ndata: 41\n\n');
    await world.environment.tell('stored');
    // The page that follows: another client, the same storage.
    world.subscribe({ resume: 'session', share: false });
    await world.environment.settle();
    expect(world.transport.latest.request.headers.get('last-event-id')).toBe('41');
  });

  it('keeps the id also where an equal subscription that began later knows none', async () => {
    const world = makeWorld();
    world.subscribe({ resume: 'session' });
    await world.environment.settle();
    world.transport.latest.send('id: 41\ndata: 41\n\n');
    world.subscribe({ resume: 'session' });
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(2);
    for (const event of ['hidden', 'stored'] as const) await world.environment.tell(event);
    world.subscribe({ resume: 'session', share: false });
    await world.environment.settle();
    expect(world.transport.latest.request.headers.get('last-event-id')).toBe('41');
  });

  it('keeps nothing where it was not asked for, or of a page that has come back', async () => {
    const world = makeWorld();
    world.subscribe();
    world.subscribe({ resume: 'session' });
    await world.environment.settle();
    for (const { send } of world.transport.connections) send('id: 41\ndata: 41\n\n');
    await world.environment.tell('stored');
    await world.environment.tell('restored');
    world.subscribe({ resume: 'session', share: false });
    await world.environment.settle();
    expect(world.transport.latest.request.headers.get('last-event-id')).toBeNull();
  });

  it.each([
    [
      'that throws',
      (): never => {
        throw new DOMException('denied', 'SecurityError');
      },
    ],
    ['that is absent', (): undefined => undefined],
  ])('says nothing about a storage %s', async (_, storage) => {
    const world = makeWorld();
    Object.assign(world.environment, { storage });
    world.subscribe({ resume: 'session' });
    await world.environment.settle();
    world.transport.latest.send('id: 1\ndata: 1\n\n');
    await world.environment.tell('stored');
    await world.environment.tell('restored');
    expect(world.transport.connections).toHaveLength(2);
    expect(world.errors).toEqual([]);
  });
});
