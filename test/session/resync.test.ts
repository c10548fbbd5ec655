import { describe, expect, it } from 'vitest';
import type { Resync, SubscribeOptions } from '../../src/options.ts';
import { memoryTransport } from '../../src/testing.ts';
import { makeWorld, nextConnection, type World } from './harness.ts';

interface Told extends World {
  readonly gaps: Resync[];
}

async function subscribed(
  options: SubscribeOptions = {},
  rhythm: 'stream' | 'answer' = 'stream',
): Promise<Told> {
  const world = Object.assign(makeWorld([memoryTransport({ rhythm })]), { gaps: [] as Resync[] });
  world.subscribe({ onResync: (gap) => world.gaps.push(gap), ...options });
  await world.environment.settle();
  return world;
}

describe('onResync', () => {
  it('never comes at the first open, however long it took', async () => {
    const world = await subscribed();
    world.transport.latest.cut();
    await nextConnection(world);
    world.transport.latest.open();
    expect(world.gaps).toEqual([]);
  });

  it('comes once, before the first message, when a server without ids was lost', async () => {
    const world = await subscribed({ onMessage: () => expect(world.gaps).toHaveLength(seen) });
    let seen = 0;
    world.transport.latest.send('data: a\n\n');
    world.transport.latest.cut();
    for (let time = 0; time < 3; time++) {
      await nextConnection(world);
      if (time < 2) world.transport.latest.cut();
    }
    seen = 1;
    world.transport.latest.send('data: b\n\n');
    expect(world.gaps).toEqual([{ reason: 'no-ids', lastEventId: '' }]);
  });

  it('does not come where the server gives ids: it resumes', async () => {
    const world = await subscribed();
    world.transport.latest.send('id: 1\ndata: a\n\n');
    world.transport.latest.cut();
    await nextConnection(world);
    world.transport.latest.open();
    expect(world.gaps).toEqual([]);
  });

  it('does not come between the answers of a long poll', async () => {
    const world = await subscribed({}, 'answer');
    for (let time = 0; time < 3; time++) {
      world.transport.latest.send('data: a\n\n');
      world.transport.latest.end();
      await nextConnection(world);
    }
    expect(world.gaps).toEqual([]);
  });

  it.each([410, 412])(
    'comes when the server answers %d to the last event id, which is forgotten',
    async (status) => {
      const world = await subscribed();
      world.transport.latest.send('id: 1\ndata: a\n\n');
      world.transport.latest.cut();
      await nextConnection(world);
      world.transport.latest.status(status);
      await nextConnection(world);
      expect(world.transport.latest.request.headers.get('last-event-id')).toBeNull();
      world.transport.latest.open();
      expect(world.gaps).toEqual([{ reason: 'expired', lastEventId: '' }]);
    },
  );

  it('comes when the page was in the back/forward cache, or frozen', async () => {
    const world = await subscribed({ heartbeat: 1_000 });
    world.transport.latest.send('id: 1\ndata: a\n\n');
    await world.environment.tell('stored');
    await world.environment.tell('restored');
    world.transport.latest.open();
    await world.environment.advance(10_000);
    await world.environment.tell('resumed');
    world.transport.latest.open();
    expect(world.gaps).toEqual([
      { reason: 'suspended', lastEventId: '1' },
      { reason: 'suspended', lastEventId: '1' },
    ]);
  });

  it('comes when the machine slept', async () => {
    const world = await subscribed({ heartbeat: 1_000 });
    world.transport.latest.send('id: 1\ndata: a\n\n');
    await world.environment.sleep(3_600_000);
    world.transport.latest.open();
    expect(world.gaps).toEqual([{ reason: 'suspended', lastEventId: '1' }]);
  });

  it('does not come when the page was frozen so shortly that the connection lives', async () => {
    const world = await subscribed({ heartbeat: 10_000 });
    world.transport.latest.send('id: 1\ndata: a\n\n');
    await world.environment.tell('resumed');
    world.transport.latest.cut();
    await nextConnection(world);
    world.transport.latest.open();
    expect(world.gaps).toEqual([]);
  });

  it.each([
    ['comes', 'without', '', [{ reason: 'no-ids', lastEventId: '' }]],
    ['does not come', 'with', 'id: 1\n', []],
  ])('%s when reconnect() is called on a server %s ids', async (_comes, _with, id, expected) => {
    const world = makeWorld();
    const gaps: Resync[] = [];
    const subscription = world.subscribe({ onResync: (gap) => gaps.push(gap) });
    await world.environment.settle();
    world.transport.latest.send(`${id}data: a\n\n`);
    subscription.reconnect();
    await world.environment.settle();
    world.transport.latest.open();
    expect(gaps).toEqual(expected);
  });

  it.each([
    ['mercure', 'Last-Event-ID'],
    ['mercure-1', 'Mercure-Last-Event-ID'],
  ] as const)('comes when a hub of %s says that its history begins later', async (cursor, echo) => {
    const world = await subscribed({ cursor });
    const type = { 'content-type': 'text/event-stream' };
    world.transport.latest.send('id: urn:1\ndata: a\n\n');
    world.transport.latest.cut();
    await nextConnection(world);
    world.transport.latest.open({ headers: { ...type, [echo]: 'urn:1' } });
    expect(world.gaps).toEqual([]);
    world.transport.latest.cut();
    await nextConnection(world);
    world.transport.latest.open({ headers: { ...type, [echo]: 'urn:9' } });
    expect(world.gaps).toEqual([{ reason: 'reset', lastEventId: 'urn:1' }]);
  });

  it('does not come where a hub repeats an id that is not ASCII, as the bytes of a header', async () => {
    const world = await subscribed({ cursor: 'mercure' });
    world.transport.latest.send('id: é✓\ndata: a\n\n');
    world.transport.latest.cut();
    await nextConnection(world);
    const echoed = Buffer.from('é✓').toString('latin1');
    world.transport.latest.open({
      headers: { 'content-type': 'text/event-stream', 'last-event-id': echoed },
    });
    expect(world.gaps).toEqual([]);
  });
});
