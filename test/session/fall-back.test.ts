// When a stream is left for another transport, when it is not, and what becomes of the events meanwhile.

import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/all-parts.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import type { TransportChange } from '../../src/options.ts';
import { DOUBT_LASTS } from '../../src/parts/fall-back/ladder.ts';
import { memoryTransport, virtualEnvironment, type VirtualEnvironment } from '../../src/testing.ts';
import {
  createNumberedServer,
  HEALTHY,
  type Fate,
  type NumberedServer,
  type Rung,
} from './numbered-server.ts';

const STREAM: Rung = { rhythm: 'stream', isOpaque: false, sendsHeaders: true, keepsText: false };
const LADDER: readonly Rung[] = [
  STREAM,
  STREAM,
  { ...STREAM, rhythm: 'answer' },
  { ...STREAM, rhythm: 'interval' },
];

interface World {
  readonly environment: VirtualEnvironment;
  readonly server: NumberedServer;
  readonly delivered: number[];
  /** Milliseconds from when an event was published to its delivery. */
  readonly delays: number[];
  readonly changes: TransportChange[];
  /** An event so often, for so long. */
  publish(interval: number, duration: number): Promise<void>;
}

/** A subscription to a server, with something on the way. */
async function subscribe(fate: Fate): Promise<World> {
  const environment = virtualEnvironment();
  const server = createNumberedServer({ environment, hasIds: true, rungs: LADDER });
  server.setFates([fate]);
  const client = createClient({
    transports: server.transports,
    formats: [eventStream],
    environment,
  });
  const delivered: number[] = [];
  const delays: number[] = [];
  const changes: TransportChange[] = [];
  const published: number[] = [];
  client.subscribe('/events', {
    onMessage: ({ id }) => {
      delivered.push(Number(id));
      delays.push(environment.now() - (published[Number(id) - 1] ?? NaN));
    },
    onTransport: (change) => changes.push(change),
  });
  await environment.settle();
  return {
    environment,
    server,
    delivered,
    delays,
    changes,
    async publish(interval, duration) {
      for (let time = 0; time < duration; time += interval) {
        published.push(environment.now());
        server.publish();
        await environment.advance(interval);
      }
    },
  };
}

function eachOnce(server: NumberedServer): number[] {
  return Array.from({ length: server.last }, (_, index) => index + 1);
}

function evidenceOf({ changes }: World): unknown[] {
  return changes.map(({ evidence }) => evidence);
}

describe('a proxy that holds streams until they end', () => {
  it.each([
    ['with their heads', true],
    ['but for their heads', false],
  ])(
    '%s, delays the first event by at most 10 s, and later ones by no more than a turn',
    async (_, holdsHead) => {
      for (let first = 0; first < 12_000; first += 400) {
        const world = await subscribe({ kind: 'held', showsHead: !holdsHead });
        await world.environment.advance(first);
        await world.publish(700, 60_000);
        expect(world.delivered).toEqual(eachOnce(world.server));
        expect(world.delays[0]).toBeLessThanOrEqual(10_000);
        expect(Math.max(...world.delays.slice(20))).toBeLessThanOrEqual(1_000);
        expect(evidenceOf(world)).toEqual([undefined, 'held']);
      }
    },
  );
});

describe('a downgrade', () => {
  const ways: [string, (world: World) => Promise<void>][] = [
    ['after 5 minutes', ({ publish }) => publish(700, DOUBT_LASTS)],
    ['when the network has changed', ({ environment }) => environment.tell('online')],
  ];

  it.each(ways)('is taken back %s, and not an event is lost or doubled', async (_, pass) => {
    const world = await subscribe({ kind: 'held', showsHead: true });
    await world.publish(700, 20_000);
    expect(evidenceOf(world)).toEqual([undefined, 'held']);
    world.server.setFates([HEALTHY]);
    await pass(world);
    await world.publish(700, 20_000);
    expect(world.changes.at(-1)).toMatchObject({ from: 'answer-2', to: 'stream-0', evidence: 'expired' });
    await world.publish(700, 2 * DOUBT_LASTS);
    expect(evidenceOf(world)).toEqual([undefined, 'held', 'expired']);
    expect(world.delivered).toEqual(eachOnce(world.server));
  });

  it.each(ways)(
    'is made again %s where streams are held still, and not an event is lost',
    async (_, pass) => {
      const world = await subscribe({ kind: 'held', showsHead: true });
      await world.publish(700, 20_000);
      await pass(world);
      const { length } = world.delivered;
      await world.publish(700, 20_000);
      expect(evidenceOf(world)).toEqual([undefined, 'held', 'expired', 'held']);
      expect(world.delivered).toEqual(eachOnce(world.server));
      // Not even late: the transport that works was beside it.
      expect(Math.max(...world.delays.slice(length))).toBeLessThanOrEqual(1_000);
    },
  );
});

describe('a middlebox that kills every stream 200 ms after its head', () => {
  it('meets three streams, then long polls', async () => {
    const world = await subscribe({ kind: 'killed', after: 200 });
    await world.publish(700, 60_000);
    expect(evidenceOf(world)).toEqual([undefined, 'mute']);
    expect(world.changes.at(-1)).toMatchObject({ from: 'stream-0', to: 'answer-2' });
    expect(world.delivered).toEqual(eachOnce(world.server));
  });
});

/** When a healthy stream shows what, in milliseconds from the one before. */
interface Pace {
  readonly head: number;
  readonly event: number;
  readonly end: number;
}

const PACES: Readonly<Record<string, Pace>> = {
  'at once': { head: 0, event: 0, end: 0 },
  'with a second before its end': { head: 20, event: 20, end: 1_000 },
  'with its first byte 12 s after its head': { head: 20, event: 12_000, end: 0 },
  'with a head just in time': { head: 2_900, event: 4_900, end: 10 },
  'with a head that is late': { head: 3_010, event: 5_010, end: 10 },
  'with a head after 14 s, and its event at once': { head: 14_000, event: 0, end: 0 },
  'with a head after 14 s, and its event 12 s later': { head: 14_000, event: 12_000, end: 500 },
};

describe('a thousand healthy streams that bring one event each, beside a long poll that brings the same', () => {
  it.each(Object.entries(PACES))('%s, are never left', { timeout: 60_000 }, async (_, pace) => {
    let streams = 0;
    for (let client = 0; client < 100; client++) {
      // The long poll first or last, or a little early or late; with ids and without.
      const lead = [0, 200, -200, 0][client % 4] ?? 0;
      const facts = await takeEvents(
        { ...pace, lead, hasIds: client % 8 < 4, isFirst: client % 4 === 3 },
        10,
      );
      streams += facts.streams;
      const isLate = pace.head > 3_000 || pace.event > 5_000;
      expect(facts.polls > 0, 'a long poll was opened beside it').toBe(isLate);
      expect(facts.changes).toHaveLength(1);
      expect(facts.delivered).toEqual(Array.from({ length: 10 }, (_event, index) => String(index + 1)));
    }
    expect(streams).toBe(1_000);
  });
});

/** Subscribes anew, and takes so many events from a stream each; the long poll's come so much before the stream's. */
async function takeEvents(
  { head, event, end, lead, hasIds, isFirst }: Pace & { lead: number; hasIds: boolean; isFirst: boolean },
  count: number,
): Promise<{ changes: TransportChange[]; delivered: unknown[]; streams: number; polls: number }> {
  const environment = virtualEnvironment();
  const stream = memoryTransport({ name: 'stream' });
  const longPoll = memoryTransport({ name: 'long-poll', rhythm: 'answer' });
  const transports = [stream, longPoll];
  const client = createClient({ transports, formats: [eventStream], environment });
  const delivered: unknown[] = [];
  const changes: TransportChange[] = [];
  const subscription = client.subscribe('/events', {
    onMessage: ({ data }) => delivered.push(data),
    onTransport: (change) => changes.push(change),
  });
  for (let number = 1; number <= count; number++) {
    const text = `${hasIds ? `id: ${String(number)}\n` : ''}data: ${String(number)}\n\n`;
    while (stream.connections.length < number) await environment.advance(10);
    const answer = (): void => {
      const polling = longPoll.connections.at(-1);
      if (!polling?.live) return;
      polling.send(text);
      polling.end();
    };
    const plan: [number, () => void][] = [
      [head, () => stream.latest.open()],
      [head + event, () => stream.latest.send(text)],
      [head + event - lead, answer],
      [head + event + Math.max(end, -lead), () => stream.latest.end()],
    ];
    if (isFirst) plan.unshift(...plan.splice(2, 1));
    let time = 0;
    for (const [at, act] of plan.sort(([one], [other]) => one - other)) {
      await environment.advance(at - time);
      time = at;
      act();
    }
  }
  await environment.settle();
  subscription.close();
  return { changes, delivered, streams: stream.connections.length, polls: longPoll.connections.length };
}
