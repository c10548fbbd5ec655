import { describe, expect, it } from 'vitest';
import { json } from '../../src/formats/json.ts';
import type { RetryContext, SubscribeOptions } from '../../src/options.ts';
import { memoryTransport } from '../../src/testing.ts';
import { dataOf, makeWorld, nextConnection, type World } from './harness.ts';

async function subscribed(options: SubscribeOptions = {}): Promise<World> {
  const world = makeWorld();
  world.subscribe(options);
  await world.environment.settle();
  return world;
}

/** Every end that is not the caller's own, and what follows where the caller has no opinion. */
const ENDS: Record<string, (world: World) => void> = {
  'a refusal (404)': ({ transport }) => {
    transport.latest.status(404);
  },
  'credentials that are refused': ({ transport }) => {
    transport.latest.status(401);
  },
  'the end of the server (204)': ({ transport }) => {
    transport.latest.status(204);
  },
  'what no format reads': ({ transport }) => {
    transport.latest.open({ headers: { 'content-type': 'text/html' } });
  },
  'no transport that works': ({ transport }) => {
    transport.latest.unusable('forbidden');
  },
  'a cut': ({ transport }) => {
    transport.latest.cut();
  },
};

describe.each(Object.entries(ENDS))('of %s', (name, end) => {
  it('retry is asked, and may connect again', async () => {
    const asked: RetryContext[] = [];
    const world = await subscribed({
      retry(context) {
        asked.push(context);
        return 700;
      },
    });
    end(world);
    // How long it would wait, where waiting has a point.
    const isDone = name === 'the end of the server (204)';
    expect(asked).toMatchObject([{ delay: isDone ? false : (expect.any(Number) as number) }]);
    expect(world.states.at(-1)).toMatchObject({ state: 'waiting', retryIn: 700 });
    await world.environment.advance(700);
    expect(world.transport.connections).toHaveLength(2);
    world.transport.latest.send('data: back\n\n');
    expect(dataOf(world)).toEqual(['back']);
  });

  it.each([
    ['false', () => false],
    ['nothing', () => undefined],
    ['no retry at all', undefined],
  ] as [string, SubscribeOptions['retry']][])('%s keeps to what is usual', async (what, retry) => {
    const world = await subscribed({ retry });
    end(world);
    const goesOn = name === 'a cut' && what !== 'false';
    expect(world.states.at(-1)?.state).toBe(goesOn ? 'waiting' : 'closed');
  });
});

describe('retry', () => {
  it('is not asked of the caller’s own end, or of a request', async () => {
    const asked: RetryContext[] = [];
    const retry = (context: RetryContext): number => asked.push(context);
    const world = await subscribed({ retry, endOn: '[DONE]' });
    world.transport.latest.send('data: [DONE]\n\n');
    expect([asked, world.states.at(-1)?.state]).toEqual([[], 'closed']);
  });

  it('and reconnect() while a connection is made does away with no failure', async () => {
    const world = makeWorld();
    const subscription = world.subscribe({ maxAttempts: 2 });
    await world.environment.settle();
    world.transport.latest.cut();
    await nextConnection(world);
    subscription.reconnect();
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(3);
    world.transport.latest.cut();
    expect(world.errors.at(-1)).toMatchObject({ code: 'retries' });
  });

  it('goes on behind maxAttempts where it wants to', async () => {
    const world = await subscribed({ maxAttempts: 1, retry: ({ delay }) => (delay === false ? 50 : delay) });
    world.transport.latest.cut();
    expect(world.states.at(-1)).toMatchObject({ state: 'waiting', retryIn: 50 });
  });

  it('says what ended it: not attempts, where there were none in vain', async () => {
    const world = await subscribed({ retry: () => false });
    world.transport.latest.send('data: one\n\n');
    world.transport.latest.cut();
    expect(world.errors.at(-1)).toMatchObject({ code: 'retries', message: 'The option retry gave false.' });
  });

  it.each([
    ['a promise', () => Promise.resolve(1_000)],
    ['NaN', () => NaN],
    ['a negative number', () => -1],
    ['text', () => '5s'],
    ['Infinity', () => Infinity],
    ['an object', () => ({})],
  ] as [string, () => unknown][])(
    'that gives %s is told once, and the usual delay is taken',
    async (_, retry) => {
      const world = await subscribed({ retry: retry as SubscribeOptions['retry'] });
      world.transport.latest.cut();
      expect(world.states.at(-1)?.retryIn).toBeGreaterThanOrEqual(500);
      await nextConnection(world);
      world.transport.latest.cut();
      await nextConnection(world);
      expect(world.errors.filter(({ code }) => code === 'invalid-option')).toHaveLength(1);
      expect(world.transport.connections).toHaveLength(3);
    },
  );
});

describe('the reconnection time', () => {
  it.each([0, 20, 700, 5_000])(
    'of %d ms is what is waited for after a stream that ended as its server said',
    async (time) => {
      const world = await subscribed();
      for (let round = 0; round < 5; round++) {
        world.transport.latest.send(`retry: ${String(time)}\n\n`);
        world.transport.latest.end();
        expect(world.states.at(-1)?.retryIn).toBeGreaterThanOrEqual(time);
        expect(world.states.at(-1)?.retryIn).toBeLessThanOrEqual(Math.min(2 * time, time + 1_000));
        await nextConnection(world);
      }
      // Nor does it pass for a stream that is held back.
      expect(world.changes).toHaveLength(1);
    },
  );

  it('does not do away with the back-off where the stream broke off', async () => {
    const world = await subscribed();
    for (let round = 0; round < 4; round++) {
      world.transport.latest.send('retry: 20\n\n');
      world.transport.latest.cut();
      if (round < 3) await nextConnection(world);
    }
    expect(world.states.at(-1)?.retryIn).toBeGreaterThanOrEqual(8_000);
  });
});

describe('a long poll that is answered with nothing', () => {
  it.each([
    [204, 300],
    [304, 300],
    [408, 300],
    [204, 30_000],
    [502, 30_000],
    [504, 50_000],
  ])('%d after %d ms is asked again', async (status, held) => {
    const polls = memoryTransport({ name: 'polls', rhythm: 'answer' });
    const world = makeWorld([polls]);
    const subscription = world.subscribe({ format: json });
    await world.environment.settle();
    for (let round = 1; round <= 5; round++) {
      await world.environment.advance(held);
      polls.latest.status(status);
      expect(subscription.state).toBe('open');
      await world.environment.advance(1_000);
      expect(polls.connections).toHaveLength(round + 1);
    }
    expect(world.errors).toEqual([]);
  });

  it('is told of a gap by an empty answer as well', async () => {
    const polls = memoryTransport({ name: 'polls', rhythm: 'answer' });
    const world = makeWorld([polls]);
    const gaps: unknown[] = [];
    world.subscribe({ onResync: (gap) => gaps.push(gap) });
    await world.environment.settle();
    polls.latest.send('data: 1\n\n');
    polls.latest.cut();
    await world.environment.advance(2_000);
    polls.latest.status(204);
    expect(gaps).toEqual([{ reason: 'no-ids', lastEventId: '' }]);
  });

  it('hears by 205 that there is nothing more', async () => {
    const polls = memoryTransport({ name: 'polls', rhythm: 'answer' });
    const world = makeWorld([polls]);
    const subscription = world.subscribe();
    await world.environment.settle();
    polls.latest.status(205);
    await expect(subscription.closed).resolves.toEqual({ reason: 'done' });
  });
});

describe('a function among the options that gives nothing', () => {
  it.each([
    ['headers', { headers: () => new Promise<HeadersInit>(() => undefined) }],
    ['body', { body: () => new Promise<string>(() => undefined) }],
  ])('is named in the error (%s)', async (name, options) => {
    const world = await subscribed(options);
    await world.environment.advance(15_000);
    expect(world.transport.connections).toHaveLength(0);
    expect(world.errors[0]?.message).toContain(name);
  });
});
