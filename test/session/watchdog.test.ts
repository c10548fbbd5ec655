import { describe, expect, it } from 'vitest';
import { memoryTransport } from '../../src/testing.ts';
import { createRhythm } from '../../src/parts/watchdog.ts';
import { LEAST_PATIENCE, TIE } from '../../src/session/patience.ts';
import { dataOf, makeWorld, nextConnection, type World } from './harness.ts';

describe('the rhythm', () => {
  it('is unknown until two gaps were heard', () => {
    const rhythm = createRhythm(0);
    rhythm.heard(15_000);
    expect([rhythm.interval, rhythm.patience]).toEqual([undefined, Infinity]);
    rhythm.heard(14_000);
    expect([rhythm.interval, rhythm.patience]).toEqual([15_000, 37_500]);
  });

  it('is known at once where it is given', () => {
    expect(createRhythm(20_000).patience).toBe(50_000);
  });

  it('never makes one less patient than 30 s', () => {
    expect(createRhythm(100).patience).toBe(LEAST_PATIENCE);
  });

  it('is not told by a burst that the network cut', () => {
    const rhythm = createRhythm(0);
    for (const gap of [1, 2, 49]) rhythm.heard(gap);
    expect(rhythm.patience).toBe(Infinity);
  });

  it('is told by a server that never pauses: what is closer than a burst adds up', () => {
    const rhythm = createRhythm(0);
    for (let gap = 0; gap < 20; gap++) rhythm.heard(10);
    expect([rhythm.interval, rhythm.patience]).toEqual([50, LEAST_PATIENCE]);
  });

  it('forgets a gap that came once, eight gaps later', () => {
    const rhythm = createRhythm(0);
    rhythm.heard(100_000);
    for (let gap = 0; gap < 7; gap++) rhythm.heard(20_000);
    expect(rhythm.interval).toBe(100_000);
    rhythm.heard(20_000);
    expect(rhythm.interval).toBe(20_000);
  });

  it('is no faster than the server has let a head wait', () => {
    const rhythm = createRhythm(0);
    rhythm.waited(40_000);
    rhythm.waited(5_000);
    for (let gap = 0; gap < 2; gap++) rhythm.heard(15_000);
    expect([rhythm.interval, rhythm.age]).toEqual([40_000, 40_000]);
  });

  it('tells from when on a byte is old, which is after a second at least', () => {
    expect([0, 100, 20_000].map((heartbeat) => createRhythm(heartbeat).age)).toEqual([
      undefined,
      1_000,
      20_000,
    ]);
  });

  it('doubles its patience with every alarm, until a rhythm is heard again', () => {
    const rhythm = createRhythm(1_000);
    rhythm.alarm();
    rhythm.alarm();
    expect(rhythm.patience).toBe(4 * LEAST_PATIENCE);
    rhythm.heard(1_000);
    expect(rhythm.patience).toBe(LEAST_PATIENCE);
    for (let time = 0; time < 100; time++) rhythm.alarm();
    expect(rhythm.patience).toBe(64 * LEAST_PATIENCE);
  });
});

describe('a server that stops writing, its socket open', () => {
  it('is left within the watchdog and a second, once its rhythm is known', async () => {
    const world = makeWorld();
    world.subscribe();
    await beats(world, 4, 15_000);
    await world.environment.advance(37_499);
    expect(world.transport.connections).toHaveLength(1);
    await world.environment.advance(1_001);
    expect(world.transport.connections).toHaveLength(2);
    expect(world.transport.connections[0]?.stopped).toBe(true);
    expect(world.errors).toMatchObject([{ code: 'timeout', message: 'Nothing has come for 37500 ms.' }]);
  });

  it.each(['stream', 'answer', 'interval'] as const)(
    'is left where its heartbeat is given, even when nothing came at all, by a transport of the rhythm %s',
    async (rhythm) => {
      const world = makeWorld([memoryTransport({ rhythm })]);
      world.subscribe({ heartbeat: 10_000 });
      await world.environment.settle();
      // A server that knows no polls answers them so.
      world.transport.latest.open();
      await world.environment.advance(32_000);
      expect(world.errors.map(({ code }) => code)).toEqual(['timeout']);
      expect(world.transport.connections).toHaveLength(2);
    },
  );

  it.each([
    ['comments', ': still here\n'],
    ['half an event', 'data: x'],
    ['a character', ' '],
  ])('is not left while it sends %s', async (_, bytes) => {
    const world = makeWorld();
    world.subscribe({ heartbeat: 10_000 });
    await world.environment.settle();
    for (let time = 0; time < 20; time++) {
      world.transport.latest.send(bytes);
      await world.environment.advance(20_000);
    }
    expect(world.transport.connections).toHaveLength(1);
  });

  it('is not left while its rhythm is unknown', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.send('data: 1\n\n');
    await world.environment.advance(3_600_000);
    expect(world.transport.connections).toHaveLength(1);
  });

  it('is left ever later where it just has nothing to say', async () => {
    const world = makeWorld();
    world.subscribe();
    await beats(world, 4, 1_000);
    const at: number[] = [];
    for (let seconds = 0; seconds < 600; seconds++) {
      const before = world.transport.connections.length;
      await world.environment.advance(1_000);
      if (world.transport.connections.length === before) continue;
      at.push(seconds);
      // It says that it is there, once, as many do, and then nothing.
      world.transport.latest.send(': hello\n\n');
    }
    expect(at).toHaveLength(4);
  });

  it('is heard of as soon as it writes again after the reconnection', async () => {
    const world = makeWorld();
    world.subscribe({ heartbeat: 1_000 });
    await world.environment.settle();
    world.transport.latest.send('id: 1\ndata: 1\n\n');
    await world.environment.advance(31_000);
    expect(world.transport.latest.request.headers.get('last-event-id')).toBe('1');
    world.transport.latest.send('id: 2\ndata: 2\n\n');
    expect(dataOf(world)).toEqual(['1', '2']);
  });
});

describe('silence that says nothing', () => {
  it('of a carrier that hides comments', async () => {
    const transport = memoryTransport();
    const world = makeWorld([Object.defineProperty(transport, 'showsLife', { value: false })]);
    world.subscribe({ heartbeat: 1_000 });
    await world.environment.settle();
    transport.latest.open();
    await world.environment.advance(600_000);
    expect(world.transport.connections).toHaveLength(1);
  });

  it('of a request without a heartbeat: a model may think as long as it likes', async () => {
    const world = makeWorld();
    const exchange = world.request();
    await beats(world, 5, 1_000);
    await world.environment.advance(3_600_000);
    expect(exchange.state).toBe('open');
  });

  it('before the first byte of a stream', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.open();
    await world.environment.advance(20_000);
    await beats(world, 4, 1_000);
    await world.environment.advance(LEAST_PATIENCE - 1);
    expect(world.transport.connections).toHaveLength(1);
    // Were the first gap one of the rhythm, it would be left after 50 s.
    await world.environment.advance(1_001);
    expect(world.transport.connections).toHaveLength(2);
  });

  it('of a server that lets heads wait until it has something to say', async () => {
    const lasted = async (behindHead: number): Promise<number> => {
      const world = makeWorld();
      world.subscribe({ connectTimeout: 30_000 });
      await world.environment.advance(20_000);
      world.transport.latest.open();
      await world.environment.advance(behindHead);
      await beats(world, 4, 1_000);
      const from = world.environment.now();
      await nextConnection(world);
      return Math.round((world.environment.now() - from) / 1_000);
    };
    // A byte that comes with the head was waited for by the head; one that comes later was not.
    expect(await lasted(TIE - 1)).toBeGreaterThanOrEqual(50);
    expect(await lasted(TIE)).toBeLessThan(35);
  });

  it('between the pieces of an answer to a poll', async () => {
    const world = makeWorld([memoryTransport({ rhythm: 'answer' })]);
    world.subscribe();
    await beats(world, 5, 150);
    await world.environment.advance(3_600_000);
    expect(world.transport.connections).toHaveLength(1);
  });

  it('of a poll for a request, which has a time limit of its own', async () => {
    const world = makeWorld([memoryTransport({ rhythm: 'answer' })]);
    const exchange = world.request({ heartbeat: 1_000, connectTimeout: 300_000 });
    await beats(world, 3, 1_000);
    await world.environment.advance(290_000);
    expect(exchange.state).toBe('open');
    await world.environment.advance(10_000);
    expect(world.errors).toMatchObject([{ code: 'timeout' }]);
  });

  it('of a request with a heartbeat ends it, and sends nothing again', async () => {
    const world = makeWorld();
    const exchange = world.request({ heartbeat: 5_000 });
    await beats(world, 3, 5_000);
    await world.environment.advance(30_000);
    await expect(exchange.closed).resolves.toMatchObject({ reason: 'fatal', error: { code: 'timeout' } });
    expect(world.transport.connections).toHaveLength(1);
  });
});

describe('a machine that slept', () => {
  it('reconnects once, and calls it no timeout', async () => {
    const world = makeWorld();
    world.subscribe({ heartbeat: 10_000 });
    await beats(world, 3, 10_000);
    await world.environment.sleep(600_000);
    await world.environment.advance(250);
    expect(world.transport.connections).toHaveLength(2);
    expect(world.errors).toEqual([]);
    expect(world.states.at(-1)).toMatchObject({ state: 'connecting', reason: 'the page was suspended' });
  });

  it('while it waited for a head asks anew, and counts no failure', async () => {
    const world = makeWorld();
    world.subscribe({ maxAttempts: 1 });
    await world.environment.sleep(60_000);
    expect(world.transport.connections).toHaveLength(2);
    expect(world.errors).toEqual([]);
  });

  it('during a request does not send it again', async () => {
    const world = makeWorld();
    const exchange = world.request({ connectTimeout: 10_000 });
    await world.environment.sleep(60_000);
    expect(world.transport.connections).toHaveLength(1);
    expect(exchange.state).toBe('connecting');
    // It has its time once more, and then no longer.
    await world.environment.advance(10_000);
    await expect(exchange.closed).resolves.toMatchObject({ reason: 'fatal', error: { code: 'timeout' } });
    expect(world.transport.connections).toHaveLength(1);
  });
});

/** So many comments, so far apart, the first at once. */
async function beats({ environment, transport }: World, count: number, gap: number): Promise<void> {
  await environment.settle();
  for (let beat = 0; beat < count; beat++) {
    if (beat > 0) await environment.advance(gap);
    transport.latest.send(': beat\n\n');
  }
}
