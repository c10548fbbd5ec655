import { describe, expect, it } from 'vitest';
import { BYTE_PATIENCE } from '../../src/parts/fall-back/attempt.ts';
import { memoryTransport, type MemoryTransport } from '../../src/testing.ts';
import { dataOf, makeWorld, type World } from './harness.ts';

interface Pair extends World {
  readonly stream: MemoryTransport;
  readonly polls: MemoryTransport;
}

function makePair(): Pair {
  const stream = memoryTransport({ name: 'stream' });
  const polls = memoryTransport({ name: 'polls', rhythm: 'answer' });
  return Object.assign(makeWorld([stream, polls]), { stream, polls });
}

const HEADLESS = 3_000;

describe('a quiet stream is not asked beside', () => {
  it('where another stream of the page has shown that the way lets streams through', async () => {
    const world = makePair();
    world.subscribe({ share: false });
    await world.environment.settle();
    world.stream.latest.send(': hello\n\n');
    await world.environment.advance(1_000);
    world.subscribe({ share: false });
    await world.environment.settle();
    world.stream.latest.open();
    await world.environment.advance(600_000);
    expect(world.polls.connections).toHaveLength(0);
  });

  it('but where the bytes came with the end: that is how something on the way holds streams back', async () => {
    const world = makePair();
    world.subscribe({ share: false });
    await world.environment.settle();
    world.stream.latest.send(': hello\n\n');
    await world.environment.advance(100);
    world.stream.latest.end();
    await world.environment.advance(2_000 + HEADLESS);
    expect(world.polls.connections).toHaveLength(1);
  });

  it('but where the network has changed since, or a stream fell silent', async () => {
    for (const change of ['online', 'silence'] as const) {
      const world = makePair();
      world.subscribe({ share: false, heartbeat: 1_000 });
      await world.environment.settle();
      world.stream.latest.send(': hello\n\n');
      await world.environment.advance(change === 'silence' ? 31_000 : 1_000);
      if (change === 'online') await world.environment.tell('online');
      world.subscribe({ share: false, headers: { a: '1' } });
      await world.environment.advance(BYTE_PATIENCE);
      expect([change, world.polls.connections.length > 0]).toEqual([change, true]);
    }
  });

  it('where the caller has said what the answer is to be', async () => {
    for (const headers of [{ accept: 'text/event-stream' }, () => ({ accept: 'text/event-stream' })]) {
      const world = makePair();
      world.subscribe({ headers });
      await world.environment.settle();
      world.stream.latest.open();
      await world.environment.advance(600_000);
      expect(world.polls.connections).toHaveLength(0);
    }
  });

  it.each([404, 406, 409, 429, 500, 503])('again where that was refused with %d', async (status) => {
    const world = makePair();
    world.subscribe();
    await world.environment.settle();
    world.stream.latest.open();
    await world.environment.advance(BYTE_PATIENCE);
    world.polls.latest.status(status);
    await world.environment.advance(60_000);
    world.stream.latest.cut();
    await world.environment.advance(5_000);
    world.stream.latest.open();
    await world.environment.advance(60_000);
    world.subscribe({ share: false });
    await world.environment.settle();
    world.stream.latest.open();
    await world.environment.advance(60_000);
    expect(world.polls.connections).toHaveLength(1);
    expect(world.stream.connections).toHaveLength(3);
    expect(world.changes.every(({ from }) => from === undefined)).toBe(true);
  });

  it('again where the stream was ended for it', async () => {
    const world = makePair();
    const subscription = world.subscribe();
    await world.environment.settle();
    world.stream.latest.open();
    await world.environment.advance(BYTE_PATIENCE + 20);
    world.stream.latest.end();
    await world.environment.advance(5_000);
    world.stream.latest.open();
    await world.environment.advance(60_000);
    world.stream.latest.send('data: news\n\n');
    expect(world.polls.connections).toHaveLength(1);
    expect(dataOf(world)).toEqual(['news']);
    expect(subscription.state).toBe('open');
  });
});

describe('a server that sends its head with the first event', () => {
  it('is known as well where that was a comment', async () => {
    const world = makePair();
    world.subscribe({ transports: [world.stream] });
    await world.environment.advance(12_000);
    world.stream.latest.send(':\n\n');
    world.stream.latest.cut();
    await world.environment.advance(5_000);
    const requests = world.stream.connections.length;
    await world.environment.advance(100_000);
    expect(world.stream.connections).toHaveLength(requests);
    expect(world.errors.map(({ code }) => code)).toEqual(['network']);
  });

  it('is left alone once it was late: no error, no change, no gap', async () => {
    const world = makePair();
    const gaps: unknown[] = [];
    world.subscribe({ onResync: (gap) => gaps.push(gap) });
    await world.environment.advance(10_000);
    for (const { live, send } of [...world.stream.connections, ...world.polls.connections]) {
      if (live) send('data: 1\n\n');
    }
    await world.environment.advance(1_000);
    const [requests, changes] = [world.stream.connections.length, world.changes.length];
    // Cut, and then quiet for longer than any head may take elsewhere.
    world.stream.latest.cut();
    await world.environment.advance(100_000);
    world.stream.latest.send('data: 2\n\n');
    expect(world.stream.connections).toHaveLength(requests + 1);
    expect(world.polls.connections).toHaveLength(1);
    expect(world.changes).toHaveLength(changes);
    expect(world.errors.map(({ code }) => code)).toEqual(['network']);
    expect(dataOf(world)).toEqual(['1', '2']);
    expect(gaps).toHaveLength(1);
  });
});

describe('an event stream that answers a poll', () => {
  it('and goes on is read as the stream it is', async () => {
    const polls = memoryTransport({ name: 'polls', rhythm: 'answer' });
    const world = makeWorld([polls]);
    world.subscribe({ longPollTimeout: 5_000 });
    await world.environment.settle();
    for (let second = 0; second < 100; second++) {
      polls.latest.send(`data: ${String(second)}\n\n`);
      await world.environment.advance(1_000);
    }
    expect(polls.connections).toHaveLength(1);
    expect(world.errors).toEqual([]);
    // And its silence is noticed.
    await world.environment.advance(31_000);
    expect(world.errors.map(({ code }) => code)).toEqual(['timeout']);
  });

  it('and is empty, as the streams before it, is no answer', async () => {
    const world = makePair();
    world.subscribe();
    for (let second = 0; second < 120; second++) {
      for (const { live, end } of [...world.stream.connections, ...world.polls.connections]) if (live) end();
      await world.environment.advance(1_000);
    }
    expect(world.stream.connections.length + world.polls.connections.length).toBeLessThanOrEqual(12);
    expect(world.polls.connections.length).toBeGreaterThan(0);
  });
});
