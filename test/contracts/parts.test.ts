// Every part obeys the laws of parts, alone and among all others; and the checks find a part that does not.

import { describe, expect, it } from 'vitest';
import { allParts } from '../../src/all-parts.ts';
import type { EnckeError } from '../../src/ground/errors.ts';
import { scriptTags } from '../../src/formats/script-tags.ts';
import type { Subscription } from '../../src/client.ts';
import type { SubscribeOptions } from '../../src/options.ts';
import type { Part, TurnListener } from '../../src/session/part.ts';
import { memoryTransport } from '../../src/testing.ts';
import { createMeetings } from '../session/tabs.ts';
import { PART_ROWS, partNamed } from '../tools/part-rows.ts';
import { seededRandom } from '../tools/random.ts';
import {
  breachesOfClosing,
  breachesOfOrder,
  breachesOfSeams,
  journey,
  makeWorld,
  type World,
} from './part-laws.ts';

const SEED = 7;
const SHUFFLES = 8;

/** What a part is for, as something to be seen with it, and what is seen without it. */
interface Showing {
  readonly show: (parts: readonly Part[]) => Promise<unknown>;
  readonly withIt: unknown;
  readonly without: unknown;
  /** Parts without which it has nothing to act on. */
  readonly beside?: readonly string[];
}

const SHOWINGS: Readonly<Record<string, Showing>> = {
  bodies: {
    async show(parts) {
      const world = makeWorld(parts);
      await opened(world, { body: { room: 7 } });
      const { method, body } = world.stream.latest.request;
      return [method, body];
    },
    withIt: ['POST', '{"room":7}'],
    without: ['GET', null],
  },
  check: {
    async show(parts) {
      const { client } = makeWorld(parts);
      return codeOf(() => client.subscribe('/events', { onMesage: () => undefined } as SubscribeOptions));
    },
    withIt: 'invalid-option',
    without: undefined,
  },
  conventions: {
    async show(parts) {
      const world = makeWorld(parts);
      await opened(world, { cursor: 'yaffle', lastEventId: '7' });
      return world.stream.latest.request.url.split('?')[1];
    },
    withIt: 'lastEventId=7',
    without: undefined,
  },
  credentials: {
    async show(parts) {
      const world = makeWorld(parts);
      const connection = await opened(world, { onUnauthorized: () => undefined });
      world.stream.latest.status(401);
      await world.environment.advance(5_000);
      return [connection.state, world.stream.connections.length];
    },
    withIt: ['connecting', 2],
    without: ['closed', 1],
  },
  crowd: {
    async show(parts) {
      const world = makeWorld(parts);
      const waits: unknown[] = [];
      for (let number = 0; number < 20; number++) {
        world.client.subscribe(`/events/${String(number)}`, {
          onState: ({ state, retryIn }) => state === 'waiting' && waits.push(retryIn),
        });
      }
      await world.environment.settle();
      for (const connection of world.stream.connections) connection.send('data: 1\n\n');
      for (const connection of [...world.stream.connections]) connection.cut();
      return new Set(waits).size > 1;
    },
    withIt: true,
    without: false,
  },
  exchange: {
    show: async (parts) => 'request' in makeWorld(parts).client,
    withIt: true,
    without: false,
  },
  fallBack: {
    async show(parts) {
      const world = makeWorld(parts);
      await opened(world);
      world.stream.latest.open();
      await world.environment.advance(15_000);
      return world.poll.connections.length;
    },
    withIt: 1,
    without: 0,
  },
  gaps: {
    async show(parts) {
      const world = makeWorld(parts);
      const told: unknown[] = [];
      await opened(world, { onResync: ({ reason }) => told.push(reason) });
      world.stream.latest.send('data: 1\n\n');
      world.stream.latest.cut();
      await world.environment.advance(5_000);
      world.stream.latest.open();
      return told;
    },
    withIt: ['no-ids'],
    without: [],
  },
  loops: {
    show: async (parts) => Symbol.asyncIterator in makeWorld(parts).client.subscribe('/events'),
    withIt: true,
    without: false,
  },
  pageLife: {
    async show(parts) {
      const world = makeWorld(parts);
      await opened(world);
      world.stream.latest.open();
      const { latest } = world.stream;
      await world.environment.tell('stored');
      return latest.stopped;
    },
    withIt: true,
    without: false,
  },
  redirects: {
    async show(parts) {
      const world = makeWorld(parts);
      await opened(world, { lastEventId: '7' });
      world.stream.latest.cut();
      await world.environment.advance(5_000);
      return world.stream.latest.request.url.split('?')[1];
    },
    withIt: 'lastEventId=7',
    without: undefined,
  },
  replays: {
    async show(parts) {
      const world = makeWorld(parts);
      const seen: unknown[] = [];
      await opened(world, { onMessage: ({ data }) => seen.push(data) });
      world.stream.latest.send('id: 1\ndata: 1\n\nid: 2\ndata: 2\n\n');
      world.stream.latest.cut();
      await world.environment.advance(5_000);
      world.stream.latest.send('id: 2\ndata: 2\n\nid: 3\ndata: 3\n\n');
      return seen;
    },
    withIt: ['1', '2', '3'],
    without: ['1', '2', '2', '3'],
  },
  resume: {
    async show(parts) {
      const world = makeWorld(parts);
      const first = await opened(world, { resume: 'session' });
      world.stream.latest.send('id: 5\ndata: 1\n\n');
      await world.environment.tell('hidden');
      first.close();
      await opened(world, { resume: 'session' });
      return world.stream.latest.request.lastEventId;
    },
    withIt: '5',
    without: '',
  },
  rotation: {
    async show(parts) {
      const stream = Object.assign(memoryTransport({ name: 'stream' }), { keepsText: true });
      const world = makeWorld(parts, { stream });
      await opened(world);
      const { latest } = stream;
      for (let number = 1; number < 4; number++) {
        latest.send(`id: ${String(number)}\ndata: ${'x'.repeat(500_000)}\n\n`);
      }
      await world.environment.settle();
      return stream.connections.length;
    },
    withIt: 2,
    without: 1,
  },
  settledState: {
    async show(parts) {
      const world = makeWorld(parts);
      const connection = await opened(world);
      world.stream.latest.open();
      const early = connection.settledState;
      await world.environment.advance(3_000);
      return [early, connection.settledState];
    },
    withIt: ['connecting', 'open'],
    without: [undefined, undefined],
  },
  sharing: {
    async show(parts) {
      const world = makeWorld(parts);
      await opened(world);
      await opened(world);
      return world.stream.connections.length;
    },
    withIt: 1,
    without: 2,
  },
  tabs: {
    async show(parts) {
      const meetings = createMeetings(0);
      let asked = 0;
      for (const random of [0.1, 0.2]) {
        const world = makeWorld(parts, { meetings, random: () => random });
        const connection = world.client.subscribe('/events', world.known({ share: 'tabs' }));
        await world.environment.advance(0);
        asked += world.stream.connections.length;
        world.stream.connections[0]?.open();
        void connection;
      }
      return asked;
    },
    withIt: 1,
    without: 2,
    beside: ['sharing'],
  },
  trace: {
    async show(parts) {
      const connection = await opened(makeWorld(parts));
      return 'trace' in connection ? connection.trace.length : undefined;
    },
    withIt: 1,
    without: undefined,
  },
  truncated: {
    async show(parts) {
      const world = makeWorld(parts);
      const asked = world.known({ allowTruncated: true, format: scriptTags });
      const answer = world.client.request('/answer', asked).then(
        ({ truncated }) => truncated,
        (error: unknown) => (error as EnckeError).code,
      );
      await world.environment.settle();
      world.stream.latest.send('<script>parent.enckeReceive(["one"]);</script>\n');
      world.stream.latest.cut();
      return answer;
    },
    withIt: true,
    without: 'network',
    beside: ['exchange'],
  },
  watchdog: {
    async show(parts) {
      const world = makeWorld(parts);
      await opened(world, { heartbeat: 10_000 });
      world.stream.latest.send('data: 1\n\n');
      await world.environment.advance(40_000);
      return world.stream.connections.length;
    },
    withIt: 2,
    without: 1,
  },
};

const names = allParts.map(({ name }) => name);

describe('the parts', () => {
  it('have a row in the docs and something to show, each of them', () => {
    expect(Object.keys(PART_ROWS).sort()).toEqual([...names].sort());
    expect(Object.keys(SHOWINGS).sort()).toEqual([...names].sort());
  });
});

describe.each(allParts)('the part $name', ({ name }) => {
  const part = partNamed(name);
  const row = PART_ROWS[name];
  const { show, withIt, without, beside = [] } = SHOWINGS[name] as Showing;
  const needed = beside.map(partNamed);
  const others = allParts.filter((other) => other !== part);

  it(`alone: ${String(row?.does)}`, async () => {
    expect(await show([...needed, part])).toEqual(withIt);
    expect(await show(allParts)).toEqual(withIt);
  });

  it(`without it: ${String(row?.without)}`, async () => {
    expect(await show(needed)).toEqual(without);
    expect(await show(others)).toEqual(without);
  });

  it('wraps seams that exist, passes on what it must, and throws nothing (laws 1 and 2)', async () => {
    expect(await breachesOfSeams(part, needed)).toEqual([]);
    expect(await breachesOfSeams(part, others)).toEqual([]);
  });

  it('leaves nothing behind, in whatever phase it is closed (law 3)', async () => {
    expect(await breachesOfClosing([...needed, part])).toEqual([]);
    expect(await breachesOfClosing(others)).toEqual([]);
  });

  it('is the same before and behind each other part (law 4)', async () => {
    for (const other of others)
      expect(
        await breachesOfOrder([
          [part, other],
          [other, part],
        ]),
      ).toEqual([]);
  });
});

describe('all parts together', () => {
  it('leave nothing behind, in whatever phase they are closed (law 3)', async () => {
    expect(await breachesOfClosing(allParts)).toEqual([]);
  });

  it('are the same in every order (law 4)', async () => {
    const random = seededRandom(SEED);
    const orders = Array.from({ length: SHUFFLES }, () => shuffled(allParts, random));
    expect(await breachesOfOrder([allParts, [...allParts].reverse(), ...orders])).toEqual([]);
  });

  it('see a journey on which much happens', async () => {
    const record = await journey(allParts);
    for (const what of [
      'message',
      'state',
      'transport',
      'error',
      'resync',
      'closed',
      'refreshed',
      'settled',
    ]) {
      expect(record.filter((line) => line.startsWith(what)).length, what).toBeGreaterThan(0);
    }
    const messages = record.filter((line) => line.startsWith('message'));
    expect(messages.map((line) => (JSON.parse(line.slice(8)) as { data: string }).data)).toEqual(
      Array.from({ length: 10 }, (_, at) => String(at + 1)),
    );
  });
});

describe('the checks', () => {
  it.each<[breach: string, part: Part]>([
    [
      'wraps listen, which is no seam',
      bad({ session: () => ({ listen: (next: unknown) => next }) as object }),
    ],
    [
      'wraps close, which is no seam',
      bad({ connection: () => ({ close: (next: unknown) => next }) as object }),
    ],
    ['wraps ask, which is no seam', bad({ client: { ask: (next: unknown) => next } as object })],
    ['throws in opened', bad({ session: () => ({ opened: () => () => raise() }) })],
    ['throws in start', bad({ client: { start: () => () => raise() } })],
    ['throws in options', bad({ client: { options: () => () => raise() } })],
    ['calls the next tell 0 times', bad({ session: () => ({ tell: () => () => undefined }) })],
    [
      'calls the next gap 2 times',
      bad({ session: () => ({ gap: (next) => (reason) => (next(reason), next(reason)) }) }),
    ],
    [
      'writes to names of the house',
      { name: 'bad', install: (house) => (Reflect.set(house, 'names', new Set()), {}) },
    ],
    [
      'writes to failures of a session',
      bad({ session: (inside) => (Reflect.set(inside, 'failures', 9), {}) }),
    ],
    ['writes to url of a connection', bad({ connection: (inside) => (Reflect.set(inside, 'url', '/'), {}) })],
  ])('find a part that %s', async (breach, part) => {
    expect(await breachesOfSeams(part, [])).toContain(breach);
  });

  it.each<[left: RegExp, part: Part]>([
    [/^connecting, .*1 timers/, onSession(({ environment }) => void environment.setTimer(() => 0, 1e6))],
    [/^open, .*1 watchers/, onSession(({ environment }) => void environment.page?.watch(() => 0))],
    [
      /^back-off, .*1 timers/,
      bad({
        session: ({ environment }) => ({
          weigh: (next) => (weight) => {
            environment.setTimer(() => 0, 1e6);
            next(weight);
          },
        }),
      }),
    ],
    [
      /^open, .*1 requests/,
      bad({
        session: () => ({
          attempt: (next) => (listener) => {
            next(listener);
            return () => undefined;
          },
        }),
      }),
    ],
    [
      /^between answers: asks again/,
      bad({
        session: (inside) => ({
          begin: (next) => () => {
            inside.environment.setTimer(() => void inside.seams.turn(inside.transport, deaf), 60_000);
            return next();
          },
        }),
      }),
    ],
  ])('find a part that leaves something: %s', async (left, part) => {
    expect((await breachesOfClosing([part])).filter((breach) => left.test(breach))).not.toEqual([]);
  });

  it('find parts whose order counts', async () => {
    const doubles = delaying((delay) => delay * 2);
    const adds = delaying((delay) => delay + 100);
    expect(
      await breachesOfOrder([
        [doubles, adds],
        [adds, doubles],
      ]),
    ).not.toEqual([]);
    const further = { ...doubles, rank: 1 };
    expect(
      await breachesOfOrder([
        [further, adds],
        [adds, further],
      ]),
    ).toEqual([]);
  });

  it('find a part that does not do what its row says, and one that does it unasked', async () => {
    const { show, withIt, without } = SHOWINGS['replays'] as Showing;
    expect(await show([{ name: 'replays', install: () => ({}) }])).not.toEqual(withIt);
    expect(await show([{ ...partNamed('replays'), name: 'another' }])).not.toEqual(without);
  });
});

async function opened(
  { client, environment, known }: World,
  options: SubscribeOptions = {},
): Promise<Subscription> {
  const connection = client.subscribe('/events', known(options));
  await environment.settle();
  return connection;
}

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return (error as EnckeError).code;
  }
}

function bad(installed: ReturnType<Part['install']>): Part {
  return { name: 'bad', install: () => installed };
}

type InstallSession = NonNullable<ReturnType<Part['install']>['session']>;

/** A part that does something when a session begins to connect, and never undoes it. */
function onSession(start: (inside: Parameters<InstallSession>[0]) => void): Part {
  return bad({
    session: (inside) => ({
      begin: (next) => () => {
        start(inside);
        return next();
      },
    }),
  });
}

/** Hears nothing. */
const deaf: TurnListener = {
  asked: () => undefined,
  opened: () => undefined,
  id: () => undefined,
  retry: () => undefined,
  problem: () => undefined,
  message: () => true,
  ended: () => undefined,
  held: () => undefined,
  alive: () => undefined,
  renew: () => undefined,
};

function delaying(change: (delay: number) => number): Part {
  return bad({ session: () => ({ delay: (next) => (facts) => change(next(facts)) }) });
}

function raise(): never {
  throw new Error('A part has thrown.');
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const left = [...items];
  return items.flatMap(() => left.splice(Math.floor(random() * left.length), 1));
}
