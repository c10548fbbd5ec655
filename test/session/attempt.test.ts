import { describe, expect, it } from 'vitest';
import { memoryTransport, type MemoryTransport } from '../../src/testing.ts';
import { HIDDEN_SLOWDOWN } from '../../src/parts/page-life.ts';
import { HEAD_PATIENCE, TIE } from '../../src/session/patience.ts';
import { BYTE_PATIENCE } from '../../src/parts/fall-back/attempt.ts';
import { DOUBT_LASTS } from '../../src/parts/fall-back/ladder.ts';
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

/** One whole answer of a long poll. */
function answer(polls: MemoryTransport, ...ids: number[]): void {
  polls.latest.send(ids.map((id) => `id: ${String(id)}\ndata: ${String(id)}\n\n`).join(''));
  polls.latest.end();
}

describe('a stream that gives no head', () => {
  it('has the next rhythm opened beside it after 3 s', async () => {
    const world = makePair();
    world.subscribe();
    await world.environment.advance(2_999);
    expect(world.polls.connections).toHaveLength(0);
    await world.environment.advance(1);
    expect(world.polls.connections).toHaveLength(1);
    expect(world.stream.latest.stopped).toBe(false);
  });

  it('is left when the other brings a message, with the evidence and what to mend', async () => {
    const world = makePair();
    const subscription = world.subscribe();
    await world.environment.advance(5_000);
    answer(world.polls, 1, 2);
    await world.environment.advance(250);
    expect(dataOf(world)).toEqual(['1', '2']);
    expect(world.stream.latest.stopped).toBe(true);
    expect(subscription.transport).toBe('polls');
    expect(world.changes.at(-1)).toEqual({
      from: 'stream',
      to: 'polls',
      reason: 'stayed mute while polls brought a message',
      evidence: 'held',
      fix: expect.stringContaining('X-Accel-Buffering: no') as string,
      refusals: ['stream stayed mute while polls brought a message'],
    });
    // The next question follows at once, after the last id.
    expect(world.polls.connections).toHaveLength(2);
    expect(world.polls.latest.request.headers.get('last-event-id')).toBe('2');
  });

  it('is left for the other when it never gives one, though the server has nothing to say', async () => {
    const world = makePair();
    world.subscribe();
    await world.environment.advance(15_000);
    expect(world.stream.connections).toHaveLength(1);
    expect(world.stream.latest.stopped).toBe(true);
    expect(world.polls.latest.stopped).toBe(false);
    expect(world.changes.at(-1)).toMatchObject({
      to: 'polls',
      reason: 'gave no head in time',
      refusals: [],
    });
  });

  it('may have waited for a free connection: so no other subscription learns of that, and it is tried again', async () => {
    const world = makePair();
    world.subscribe({ share: false });
    await world.environment.advance(15_000);
    world.subscribe({ share: false });
    await world.environment.settle();
    expect(world.changes.at(-1)).toEqual({ to: 'stream', refusals: [] });
    world.polls.connections[0]?.end();
    await world.environment.advance(1_000);
    expect(world.changes.at(-1)).toMatchObject({ from: 'polls', to: 'stream', evidence: 'expired' });
  });

  it('is held back where even an empty answer came beside it: that is remembered', async () => {
    const world = makePair();
    world.subscribe({ share: false });
    await world.environment.advance(10_000);
    world.polls.latest.status(204);
    await world.environment.advance(5_000);
    world.subscribe({ share: false });
    await world.environment.settle();
    expect(world.changes.at(-1)).toEqual({ to: 'polls', refusals: ['stream gave no head in time'] });
  });
});

describe('a stream that gives a head and nothing else', () => {
  it('has the next rhythm opened beside it after 8.5 s', async () => {
    const world = makePair();
    world.subscribe();
    await world.environment.advance(2_000);
    world.stream.latest.open();
    await world.environment.advance(BYTE_PATIENCE - 1);
    expect(world.polls.connections).toHaveLength(0);
    await world.environment.advance(1);
    expect(world.polls.connections).toHaveLength(1);
  });

  it('stays when it brings the message, too, within 250 ms: the server was quiet', async () => {
    const world = makePair();
    world.subscribe();
    await world.environment.settle();
    world.stream.latest.open();
    await world.environment.advance(10_000);
    answer(world.polls, 1);
    await world.environment.advance(249);
    world.stream.latest.send('id: 1\ndata: 1\n\n');
    await world.environment.advance(60_000);
    expect(dataOf(world)).toEqual(['1']);
    expect(world.changes).toHaveLength(1);
    expect(world.polls.connections).toHaveLength(1);
    expect(world.stream.latest.stopped).toBe(false);
  });

  it('stays when the message of the other has no id: nothing comes twice', async () => {
    const world = makePair();
    world.subscribe();
    await world.environment.settle();
    world.stream.latest.open();
    await world.environment.advance(10_000);
    world.polls.latest.send('data: tick\n\n');
    world.stream.latest.send('data: tick\n\n');
    await world.environment.advance(1_000);
    expect(dataOf(world)).toEqual(['tick']);
  });

  it.each([
    ['breaks', (world: Pair): void => world.stream.latest.cut()],
    ['ends', (world: Pair): void => world.stream.latest.end()],
  ])('is left at once when it %s while the message of the other is held', async (_, fate) => {
    const world = makePair();
    const subscription = world.subscribe();
    await world.environment.settle();
    world.stream.latest.open();
    await world.environment.advance(BYTE_PATIENCE);
    answer(world.polls, 1);
    fate(world);
    expect(dataOf(world)).toEqual(['1']);
    expect(subscription.transport).toBe('polls');
    await world.environment.advance(1_000);
    expect(world.polls.latest.request.headers.get('last-event-id')).toBe('1');
  });

  it('is asked beside again, at most once a second, while the answers are empty', async () => {
    const world = makePair();
    world.subscribe();
    await world.environment.settle();
    world.stream.latest.open();
    await world.environment.advance(BYTE_PATIENCE);
    world.polls.latest.status(204);
    await world.environment.advance(999);
    expect(world.polls.connections).toHaveLength(1);
    await world.environment.advance(1);
    expect(world.polls.connections).toHaveLength(2);
    world.polls.latest.status(304);
    await world.environment.advance(1_000);
    expect(world.polls.connections).toHaveLength(3);
  });

  it('shows life by a comment: then nothing is opened beside it any more', async () => {
    const world = makePair();
    world.subscribe();
    await world.environment.settle();
    world.stream.latest.send(': hello\n');
    await world.environment.advance(600_000);
    expect(world.polls.connections).toHaveLength(0);
  });
});

describe('a stream that has delivered, and whose server hangs', () => {
  it('is not left for one that hangs as well', async () => {
    const world = makePair();
    world.subscribe({ heartbeat: 1_000 });
    await world.environment.settle();
    world.stream.latest.send('id: 1\ndata: 1\n\n');
    await world.environment.advance(120_000);
    expect(world.polls.connections).not.toHaveLength(0);
    expect(world.changes).toHaveLength(1);
    world.stream.latest.send('id: 2\ndata: 2\n\n');
    expect(dataOf(world)).toEqual(['1', '2']);
  });
});

describe('a stream that has delivered, and whose server gives no more heads', () => {
  it('is left for one that is answered, be it with nothing', async () => {
    const world = makePair();
    world.subscribe({ heartbeat: 1_000 });
    await world.environment.settle();
    world.stream.latest.send('id: 1\ndata: 1\n\n');
    for (let time = 0; time < 120; time++) {
      await world.environment.advance(1_000);
      if (world.polls.connections.length === 1 && world.polls.latest.live) world.polls.latest.status(204);
    }
    expect(world.changes.at(-1)).toMatchObject({
      from: 'stream',
      to: 'polls',
      reason: 'gave no head in time',
    });
    world.polls.latest.send('id: 2\ndata: 2\n\n');
    expect(dataOf(world)).toEqual(['1', '2']);
  });
});

describe('what is opened beside a stream', () => {
  it('is given up where it is a stream as well: the server knows no other way', async () => {
    const world = makePair();
    world.subscribe();
    await world.environment.settle();
    world.stream.latest.open();
    await world.environment.advance(BYTE_PATIENCE);
    world.polls.latest.open();
    await world.environment.advance(1_000);
    expect(world.polls.latest.stopped).toBe(true);
    await world.environment.advance(600_000);
    expect(world.polls.connections).toHaveLength(1);
    expect(world.stream.latest.stopped).toBe(false);
  });

  it('tells of a gap when it takes over without an id to ask after', async () => {
    const world = makePair();
    const gaps: unknown[] = [];
    world.subscribe({ onResync: (gap) => gaps.push(gap) });
    await world.environment.settle();
    world.stream.latest.open();
    await world.environment.advance(BYTE_PATIENCE);
    answer(world.polls, 7);
    await world.environment.advance(250);
    expect(gaps).toEqual([{ reason: 'no-ids', lastEventId: '' }]);
    expect(dataOf(world)).toEqual(['7']);
  });

  it.each([
    ['cannot be reached', 1],
    ['is refused', 0],
  ])('is followed by the next one where it %s: %i', async (what, others) => {
    const [stream, polls, interval] = [
      memoryTransport({ name: 'stream' }),
      memoryTransport({ name: 'polls', rhythm: 'answer' }),
      memoryTransport({ name: 'interval', rhythm: 'interval' }),
    ];
    const world = makeWorld([stream, polls, interval]);
    const subscription = world.subscribe();
    await world.environment.advance(3_000);
    if (what === 'is refused') polls.latest.status(404);
    else polls.latest.cut();
    await world.environment.settle();
    expect(interval.connections).toHaveLength(others);
    if (others > 0) interval.latest.status(500);
    stream.latest.open();
    await world.environment.advance(60_000);
    expect(world.errors).toEqual([]);
    expect(subscription.state).toBe('open');
    expect(polls.connections).toHaveLength(1);
  });

  it.each([
    ['at once, with a message', 249, 'data: x\n\n', 1],
    ['at once, with a comment', 249, ': x\n\n', 1],
    ['later, with a message', 250, 'data: x\n\n', 0],
    ['later, with a comment', 250, ': x\n\n', 0],
  ])(
    'is there for the next one when a stream has ended %s (%i ms), or not',
    async (_, life, text, others) => {
      const world = makePair();
      const before = world.subscribe({ share: false });
      await world.environment.settle();
      // What holds streams back lets them through at their end.
      world.stream.latest.send(text);
      await world.environment.advance(life);
      world.stream.latest.end();
      before.close();
      world.subscribe({ share: false });
      await world.environment.advance(BYTE_PATIENCE);
      expect(world.polls.connections).toHaveLength(others);
    },
  );

  it.each([
    ['within a second of it', 999, 0],
    ['later', 1_000, 1],
  ])(
    'counts for what ended the stream, and is not asked again, only where that ends %s',
    async (_, time, others) => {
      const world = makePair();
      world.subscribe();
      await world.environment.settle();
      world.stream.latest.open();
      await world.environment.advance(BYTE_PATIENCE);
      await world.environment.advance(time);
      world.stream.latest.end();
      expect(world.polls.connections).toHaveLength(1);
      expect(world.polls.latest.stopped).toBe(true);
      await world.environment.advance(2_000);
      expect(world.stream.connections).toHaveLength(2);
      await world.environment.advance(BYTE_PATIENCE);
      expect(world.polls.connections).toHaveLength(1 + others);
    },
  );

  it('is nothing where the caller has said what the answer is to be', async () => {
    const world = makePair();
    world.subscribe({ headers: { accept: 'text/event-stream' } });
    await world.environment.advance(14_000);
    expect(world.polls.connections).toHaveLength(0);
  });

  it('asks again at the poll interval where that is its rhythm', async () => {
    const [stream, interval] = [
      memoryTransport({ name: 'stream' }),
      memoryTransport({ name: 'interval', rhythm: 'interval' }),
    ];
    const world = makeWorld([stream, interval]);
    world.subscribe({ pollInterval: 3_000 });
    await world.environment.settle();
    stream.latest.open();
    await world.environment.advance(BYTE_PATIENCE);
    interval.latest.status(204);
    await world.environment.advance(2_999);
    expect(interval.connections).toHaveLength(1);
    await world.environment.advance(1);
    expect(interval.connections).toHaveLength(2);
  });

  it('holds its carrier back behind the first piece, so that what it brings all at once is never much', async () => {
    const world = makePair();
    const waits: (Promise<void> | undefined)[] = [];
    const { open } = world.polls;
    world.polls.open = (request, sink) =>
      open(request, {
        ...sink,
        text: (text) => {
          sink.text(text);
          waits.push(sink.ready());
        },
      });
    world.subscribe();
    await world.environment.settle();
    world.stream.latest.open();
    await world.environment.advance(BYTE_PATIENCE);
    world.polls.latest.send('data: 1\n\n');
    let isFree = false;
    void waits[0]?.then(() => (isFree = true));
    await world.environment.advance(TIE - 1);
    expect([waits.length, isFree]).toEqual([1, false]);
    await world.environment.advance(1);
    expect(isFree).toBe(true);
    world.polls.latest.send('data: 2\n\n');
    expect(waits[1]).toBeUndefined();
  });

  it('has not ended a stream that no format reads', async () => {
    const world = makePair();
    world.subscribe();
    await world.environment.advance(HEAD_PATIENCE);
    expect(world.polls.connections).toHaveLength(1);
    world.stream.latest.open({ headers: { 'content-type': 'text/html' } });
    await world.environment.settle();
    world.subscribe();
    await world.environment.advance(HEAD_PATIENCE);
    expect(world.polls.connections).toHaveLength(2);
  });

  it('asks again four times slower while the page is hidden', async () => {
    const [stream, interval] = [
      memoryTransport({ name: 'stream' }),
      memoryTransport({ name: 'interval', rhythm: 'interval' }),
    ];
    const world = makeWorld([stream, interval]);
    world.subscribe({ pollInterval: 3_000 });
    await world.environment.settle();
    stream.latest.open();
    await world.environment.tell('hidden');
    await world.environment.advance(BYTE_PATIENCE);
    interval.latest.status(204);
    await world.environment.advance(HIDDEN_SLOWDOWN * 3_000 - 1);
    expect(interval.connections).toHaveLength(1);
    await world.environment.advance(1);
    expect(interval.connections).toHaveLength(2);
  });

  it('tells of no gap when it asked after an id', async () => {
    const world = makePair();
    const gaps: unknown[] = [];
    world.subscribe({ lastEventId: '6', onResync: (gap) => gaps.push(gap) });
    await world.environment.advance(3_000);
    answer(world.polls, 7);
    await world.environment.advance(250);
    expect(gaps).toEqual([]);
    expect(dataOf(world)).toEqual(['7']);
  });

  it('wins after 250 ms, not before', async () => {
    const world = makePair();
    world.subscribe();
    await world.environment.advance(3_000);
    answer(world.polls, 1);
    await world.environment.advance(249);
    expect([dataOf(world), world.stream.latest.stopped]).toEqual([[], false]);
    await world.environment.advance(1);
    expect([dataOf(world), world.stream.latest.stopped]).toEqual([['1'], true]);
  });

  it('is asked anew after a sleep of the machine', async () => {
    const world = makePair();
    world.subscribe();
    await world.environment.settle();
    world.stream.latest.open();
    await world.environment.advance(BYTE_PATIENCE);
    await world.environment.sleep(600_000);
    expect(world.polls.connections).toHaveLength(2);
    expect(world.polls.connections[0]?.stopped).toBe(true);
    answer(world.polls, 1);
    await world.environment.advance(250);
    expect(dataOf(world)).toEqual(['1']);
  });

  it('is opened again where it met no server, for as long as the stream is mute', async () => {
    const world = makePair();
    world.subscribe();
    await world.environment.settle();
    world.stream.latest.open();
    await world.environment.advance(BYTE_PATIENCE);
    world.polls.latest.cut();
    await world.environment.advance(BYTE_PATIENCE);
    expect(world.polls.connections).toHaveLength(2);
    answer(world.polls, 1);
    await world.environment.advance(250);
    expect(world.changes.at(-1)).toMatchObject({ from: 'stream', to: 'polls', evidence: 'held' });
  });

  it('is another stream only where there is no other rhythm', async () => {
    const [first, second, third] = ['first', 'second', 'third'].map((name) => memoryTransport({ name }));
    if (!first || !second || !third) throw new Error('three');
    const world = makeWorld([first, second, third]);
    world.subscribe();
    await world.environment.advance(3_000);
    expect([second.connections.length, third.connections.length]).toEqual([1, 0]);
    second.latest.send('data: x\n\n');
    await world.environment.advance(250);
    expect(world.changes.at(-1)).toMatchObject({ from: 'first', to: 'second', evidence: 'held' });
    expect(dataOf(world)).toEqual(['x']);
    // What was proved of it is known to the next.
    world.subscribe({ share: false });
    await world.environment.settle();
    expect(world.changes.at(-1)).toMatchObject({ to: 'second' });
    // It delivers: so it is not left for what may work again.
    await world.environment.advance(DOUBT_LASTS);
    second.connections[0]?.end();
    await world.environment.advance(1_000);
    expect(first.connections).toHaveLength(1);
    expect(second.latest.live).toBe(true);
  });

  it('is stopped with the subscription', async () => {
    const world = makePair();
    const subscription = world.subscribe();
    await world.environment.advance(3_000);
    subscription.close();
    expect([world.stream.latest.stopped, world.polls.latest.stopped]).toEqual([true, true]);
    expect(world.environment.timers).toBe(0);
  });

  it('is stopped by a handler in the middle of what it held', async () => {
    const world = makePair();
    const subscription = world.subscribe({
      onMessage: (message) => (world.messages.push(message), subscription.close()),
    });
    await world.environment.advance(3_000);
    answer(world.polls, 1, 2, 3);
    await world.environment.advance(250);
    expect(dataOf(world)).toEqual(['1']);
    expect(world.environment.timers).toBe(0);
  });

  it.each([
    ['a POST', { method: 'POST' }],
    ['a stream that has delivered', {}],
  ])('is nothing beside %s', async (name, options) => {
    const world = makePair();
    world.subscribe(options);
    await world.environment.settle();
    if (name !== 'a POST') {
      world.stream.latest.send('id: 1\ndata: 1\n\n');
      world.stream.latest.end();
      await world.environment.advance(1_000);
    }
    await world.environment.advance(14_000);
    expect(world.polls.connections).toHaveLength(0);
  });

  it('is nothing beside a request', async () => {
    const world = makePair();
    world.request();
    await world.environment.advance(600_000);
    expect(world.polls.connections).toHaveLength(0);
  });
});

describe('streams that open again and again and bring nothing', () => {
  /** Each opens, and ends after a while. */
  async function endThree({ environment, stream }: Pair): Promise<void> {
    for (let count = 0; count < 3; count++) {
      const { length } = stream.connections;
      stream.latest.open();
      stream.latest.end();
      for (let step = 0; step < 300 && stream.connections.length === length; step++) {
        await environment.advance(100);
      }
    }
  }

  it('are left for another rhythm', async () => {
    const world = makePair();
    const subscription = world.subscribe();
    await world.environment.settle();
    await endThree(world);
    expect(subscription.transport).toBe('polls');
    expect(world.changes.at(-1)).toMatchObject({ from: 'stream', to: 'polls', evidence: 'mute' });
  });

  it('are not left where one has delivered before: the server has nothing to say', async () => {
    const world = makePair();
    const subscription = world.subscribe();
    await world.environment.settle();
    world.stream.latest.send('id: 1\ndata: 1\n\n');
    world.stream.latest.end();
    await world.environment.advance(1_000);
    await endThree(world);
    expect(subscription.transport).toBe('stream');
    expect(world.changes).toHaveLength(1);
  });

  it('are not left where there is no other rhythm', async () => {
    const [stream, other] = [memoryTransport({ name: 'stream' }), memoryTransport({ name: 'other' })];
    const world = Object.assign(makeWorld([stream, other]), { stream, polls: other });
    const subscription = world.subscribe();
    await world.environment.settle();
    await endThree(world);
    expect(subscription.transport).toBe('stream');
    expect(world.changes).toHaveLength(1);
  });
});

describe('a downgrade', () => {
  /** A subscription that was moved to long polling by evidence. */
  async function downgraded(): Promise<Pair> {
    const world = makePair();
    world.subscribe({ share: false });
    await world.environment.advance(3_000);
    answer(world.polls, 1);
    await world.environment.advance(250);
    return world;
  }

  it('is where the next subscription to the origin begins', async () => {
    const world = await downgraded();
    world.subscribe({ share: false });
    await world.environment.settle();
    expect(world.stream.connections).toHaveLength(1);
    expect(world.changes.at(-1)).toMatchObject({
      to: 'polls',
      refusals: ['stream stayed mute while polls brought a message'],
    });
  });

  it('is taken back after 5 minutes, with the rung that works beside the one on trial at once', async () => {
    const world = await downgraded();
    await answerEvery(world, 20_000, 300_000);
    expect(world.stream.connections).toHaveLength(2);
    expect(world.changes.at(-1)).toMatchObject({ from: 'polls', to: 'stream', evidence: 'expired' });
    // Both ask after the same id.
    const [stream, polls] = [world.stream.latest.request, world.polls.latest.request];
    expect(stream.headers.get('last-event-id')).toBe(polls.headers.get('last-event-id'));
    expect(world.polls.latest.stopped).toBe(false);
  });

  it('stays taken back where the stream delivers again, nothing lost or doubled', async () => {
    const world = await downgraded();
    await answerEvery(world, 20_000, 300_000);
    const next = world.messages.length + 1;
    answer(world.polls, next);
    world.stream.latest.send(`id: ${String(next)}\ndata: ${String(next)}\n\n`);
    await world.environment.advance(1_000);
    expect(dataOf(world)).toEqual(Array.from({ length: next }, (_, index) => String(index + 1)));
    expect(world.changes.at(-1)).toMatchObject({ to: 'stream' });
  });

  it.each([
    ['stays mute', (): void => undefined],
    ['dies mute', (world: Pair): void => world.stream.latest.cut()],
  ])('is made again where the stream on trial %s, nothing lost or doubled', async (_, fate) => {
    const world = await downgraded();
    await answerEvery(world, 20_000, 300_000);
    const next = world.messages.length + 1;
    world.stream.latest.open();
    fate(world);
    answer(world.polls, next);
    await world.environment.advance(1_000);
    expect(dataOf(world)).toEqual(Array.from({ length: next }, (_, index) => String(index + 1)));
    expect(world.changes.at(-1)).toMatchObject({ from: 'stream', to: 'polls', evidence: 'held' });
  });

  it('counts for nothing where the other transport cannot work in this page', async () => {
    const world = await downgraded();
    await world.environment.settle();
    world.polls.latest.unusable('blocked');
    await world.environment.advance(1_000);
    expect(world.changes.at(-1)).toMatchObject({ from: 'polls', to: 'stream', evidence: 'unusable' });
    expect(world.stream.connections).toHaveLength(2);
  });

  it('is taken back with the rung that worked beside it, though others are as able', async () => {
    const [stream, polls, interval] = [
      memoryTransport({ name: 'stream' }),
      memoryTransport({ name: 'polls', rhythm: 'answer' }),
      memoryTransport({ name: 'interval', rhythm: 'interval' }),
    ];
    const world = makeWorld([stream, polls, interval]);
    const subscription = world.subscribe();
    await world.environment.advance(3_000);
    polls.latest.cut();
    await world.environment.settle();
    answer(interval, 1);
    await world.environment.advance(250);
    expect(subscription.transport).toBe('interval');
    await world.environment.tell('online');
    await world.environment.advance(15_000);
    expect(stream.connections).toHaveLength(2);
    expect(polls.connections).toHaveLength(1);
    expect(interval.latest.live).toBe(true);
    // Where that fails as well, it is the turn of the others.
    interval.latest.cut();
    await world.environment.settle();
    expect(polls.connections).toHaveLength(2);
  });

  it('is taken back when the network has changed', async () => {
    const world = await downgraded();
    await world.environment.tell('online');
    answer(world.polls, 2);
    await world.environment.advance(0);
    expect(world.stream.connections).toHaveLength(2);
  });

  /** Answers the long poll so often, for so long, counting on from 2. */
  async function answerEvery(world: Pair, gap: number, duration: number): Promise<void> {
    for (let time = 0; time < duration && world.stream.connections.length === 1; time += gap) {
      await world.environment.advance(gap);
      answer(world.polls, world.messages.length + 1);
      await world.environment.advance(0);
    }
  }
});
