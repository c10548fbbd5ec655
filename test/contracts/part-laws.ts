// The laws of parts (src/session/part.ts), as checks that give a sentence for each breach.

import { composeClient, type Client } from '../../src/client.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import { scriptTags } from '../../src/formats/script-tags.ts';
import { EnckeError } from '../../src/ground/errors.ts';
import type { SubscribeOptions } from '../../src/options.ts';
import { PART_OF } from '../../src/parts/check/check.ts';
import type {
  ClientSeams,
  ConnectionInside,
  ConnectionSeams,
  House,
  Part,
  SessionInside,
  SessionSeams,
  Told,
  Wraps,
} from '../../src/session/part.ts';
import {
  memoryTransport,
  virtualEnvironment,
  type MemoryConnection,
  type MemoryTransport,
  type VirtualEnvironment,
} from '../../src/testing.ts';
import { createMeetings, createProcess, type Meetings } from '../session/tabs.ts';

/** Whether a wrap calls the next function, once for each call, or may stand in for it. */
type Duty = 'calls the next' | 'may stand in';

const OF_CLIENT: Record<keyof ClientSeams, Duty> = {
  options: 'calls the next',
  start: 'may stand in',
  demand: 'calls the next',
  verbs: 'calls the next',
};
const OF_CONNECTION: Record<keyof ConnectionSeams, Duty> = {
  tell: 'calls the next',
  message: 'calls the next',
};
const OF_SESSION: Record<keyof SessionSeams, Duty> = {
  tell: 'calls the next',
  begin: 'calls the next',
  attempt: 'may stand in',
  request: 'calls the next',
  turn: 'may stand in',
  opened: 'calls the next',
  brought: 'calls the next',
  gap: 'calls the next',
  weigh: 'calls the next',
  unusable: 'may stand in',
  refused: 'may stand in',
  pause: 'may stand in',
  delay: 'calls the next',
  retry: 'calls the next',
};

/** What a part may write to; all else is for looking at. */
const WRITABLE: readonly string[] = [
  ...(['transport', 'choice', 'headPatience', 'isLate', 'age'] satisfies (keyof SessionInside)[]),
  ...(['claim'] satisfies (keyof ConnectionInside)[]),
];

/** A client in a world without network or time, and what is there to see of it. */
export interface World {
  readonly client: Client;
  readonly environment: VirtualEnvironment;
  readonly stream: MemoryTransport;
  /** Below `stream` on the ladder. */
  readonly poll: MemoryTransport;
  /** Of these options those whose parts are there. */
  known(options: SubscribeOptions): SubscribeOptions;
  /** The newest request that neither side has ended; waits for one, at most two minutes. */
  server(): Promise<MemoryConnection | undefined>;
  /** A line for each thing that is still there. */
  residue(): string[];
}

export interface WorldOptions {
  readonly meetings?: Meetings;
  readonly stream?: MemoryTransport;
  readonly random?: () => number;
}

export function makeWorld(parts: readonly Part[], options: WorldOptions = {}): World {
  const { meetings = createMeetings(0), stream = memoryTransport({ name: 'stream' }), random } = options;
  const poll = memoryTransport({ name: 'poll', rhythm: 'interval' });
  const environment = Object.assign(virtualEnvironment(random ? { random } : {}), {
    tabs: meetings.of(createProcess().process),
  });
  const names = new Set(parts.map(({ name }) => name));
  const client = composeClient({
    transports: [stream, poll],
    formats: [eventStream, scriptTags],
    parts,
    environment,
  });
  const live = (): MemoryConnection[] =>
    [...stream.connections, ...poll.connections].filter((connection) => connection.live);
  return {
    client,
    environment,
    stream,
    poll,
    known: (given) => Object.fromEntries(Object.entries(given).filter((entry) => isKnown(...entry))),
    async server() {
      for (let step = 0; step < 240 && live().length === 0; step++) await environment.advance(500);
      return live().at(-1);
    },
    residue() {
      const { locks, channels } = meetings.left;
      const counts = { timers: environment.timers, watchers: environment.watchers, locks, channels };
      return Object.entries({ ...counts, requests: live().length })
        .filter(([, count]) => count > 0)
        .map(([what, count]) => `${String(count)} ${what}`);
    },
  };

  function isKnown(option: string, value: unknown): boolean {
    const part =
      (PART_OF[option as keyof typeof PART_OF] as string | undefined) ??
      (option === 'cursor' ? 'conventions' : undefined);
    if (part !== undefined && !names.has(part)) return false;
    return value !== 'tabs' || names.has('tabs');
  }
}

/** All that is told and requested over a fixed script: messages, cuts, refusals, a page that is put away, silence, polls. */
export async function journey(parts: readonly Part[], share: 'start' | 'tabs' = 'start'): Promise<string[]> {
  const record: string[] = [];
  const world = makeWorld([...parts, witness(record)]);
  const { environment, client, stream, poll } = world;
  let connection = client.subscribe(
    '/events?of=it',
    world.known({
      share,
      heartbeat: 10_000,
      cursor: 'mercure',
      resume: 'session',
      debug: (line) => record.push(line),
      onUnauthorized: () => void record.push('refreshed'),
      onResync: () => undefined,
      onSettledState: ({ state }) => record.push(`settled ${state}`),
    }),
  );
  const send = async (...numbers: number[]): Promise<void> => {
    (await world.server())?.send(numbers.map((n) => `id: ${String(n)}\ndata: ${String(n)}\n\n`).join(''));
    await environment.advance(1_000);
  };
  await environment.settle();
  await send(1, 2);
  (await world.server())?.cut();
  await send(2, 3);
  if (parts.some(({ name }) => name === 'credentials')) {
    (await world.server())?.cut();
    await environment.advance(5_000);
    (await world.server())?.status(401);
    await send(4);
  }
  (await world.server())?.status(410);
  await environment.advance(2_000);
  await environment.tell('hidden');
  await environment.advance(40_000);
  await environment.tell('visible');
  await send(5);
  await environment.tell('stored');
  await environment.advance(1_000);
  await environment.tell('restored');
  await send(6);
  await environment.advance(120_000);
  await send(7);
  if (parts.some(({ name }) => name === 'fallBack')) (await world.server())?.unusable('blocked');
  else {
    connection.close();
    const polls = { share, cursor: 'mercure', transports: [poll] } as const;
    connection = client.subscribe('/events?of=polls', world.known(polls));
  }
  for (const number of [8, 9]) {
    await send(number);
    (await world.server())?.end();
    await environment.advance(6_000);
  }
  (await world.server())?.status(503, { 'retry-after': '2' });
  await send(10);
  connection.close();
  await environment.advance(10_000);
  for (const { request } of [...stream.connections, ...poll.connections]) {
    record.push(`asked ${request.method} ${request.url} ${JSON.stringify([...request.headers])}`);
  }
  return [...record, ...world.residue()];
}

/** Writes down all that a connection is told, before any other part has seen it. */
function witness(record: string[]): Part<'witness'> {
  return {
    name: 'witness',
    rank: -1,
    install: () => ({
      connection: () => ({
        tell: (next) => (what, value) => {
          record.push(`${what} ${lineOf(what, value)}`);
          next(what, value);
        },
        message: (next) => (message) => {
          record.push(`message ${JSON.stringify(message)}`);
          next(message);
        },
      }),
    }),
  };
}

function lineOf(what: keyof Told, value: unknown): string {
  if (what !== 'head') return JSON.stringify(value);
  const { status, url } = value as Told['head'];
  return `${String(status)} ${url}`;
}

/** Laws 1 and 2: which seams it wraps, what it writes to, what it passes on, and what it throws. */
export async function breachesOfSeams(part: Part, beside: readonly Part[]): Promise<string[]> {
  const breaches = new Set<string>();
  const parts = [...beside, watched(part, (breach) => breaches.add(breach))];
  // What a bad part throws may come out anywhere; it has been noted.
  await journey(parts).catch(() => undefined);
  await journey(parts, 'tabs').catch(() => undefined);
  if (parts.some(({ name }) => name === 'exchange')) {
    const { client, stream, environment, known } = makeWorld(parts);
    const answer = client.request('/answer', known({ allowTruncated: true })).catch(() => undefined);
    await environment.settle();
    stream.latest.send('data: 1\n\n');
    stream.latest.cut();
    await answer;
  }
  return [...breaches];
}

function watched(part: Part, breach: (sentence: string) => void): Part {
  return {
    ...part,
    install(house) {
      const installed = part.install(guarded('the house', house));
      return {
        client: installed.client && wrapsOf(installed.client, OF_CLIENT),
        connection: (inside) =>
          wrapsOf(installed.connection?.(guarded('a connection', inside)) ?? {}, OF_CONNECTION),
        session: (inside) => wrapsOf(installed.session?.(guarded('a session', inside)) ?? {}, OF_SESSION),
      } as ReturnType<Part['install']>;
    },
  };

  function guarded<Inside extends House | ConnectionInside | SessionInside>(
    of: string,
    inside: Inside,
  ): Inside {
    return new Proxy(inside, {
      get: (target, name) => Reflect.get(target, name) as unknown,
      set(target, name, value) {
        if (!WRITABLE.includes(String(name))) breach(`writes to ${String(name)} of ${of}`);
        return Reflect.set(target, name, value);
      },
    });
  }

  function wrapsOf<Seams extends object>(
    wraps: Wraps<Seams>,
    duties: Record<keyof Seams, Duty>,
  ): Wraps<Seams> {
    for (const name of Object.keys(wraps)) if (!(name in duties)) breach(`wraps ${name}, which is no seam`);
    const names = Object.keys(wraps) as (keyof Seams & string)[];
    return Object.fromEntries(
      names.map((name) => [
        name,
        (next: unknown) => watchedWrap(name, wraps[name] as unknown as Wrap, next as Call, duties[name]),
      ]),
    ) as Wraps<Seams>;
  }

  function watchedWrap(name: string, wrap: Wrap, next: Call, duty: Duty): Call {
    let calls = 0; // of the next, in the call under way
    const call = wrap((...values) => {
      calls++;
      return next(...values);
    });
    return (...values) => {
      const outer = calls;
      calls = 0;
      try {
        return call(...values);
      } catch (error) {
        const isAllowed = error instanceof EnckeError && /^(invalid-option|no-transport)$/.test(error.code);
        if (!isAllowed || !/^(options|start)$/.test(name)) breach(`throws in ${name}`);
        throw error;
      } finally {
        if (duty === 'calls the next' && calls !== 1) breach(`calls the next ${name} ${String(calls)} times`);
        calls = outer;
      }
    };
  }
}

type Call = (...values: unknown[]) => unknown;
type Wrap = (next: Call) => Call;

/** Where a session can be when it is closed. */
const PHASES: Readonly<Record<string, (world: World) => Promise<void>>> = {
  'before its first request': () => Promise.resolve(),
  connecting: ({ environment }) => environment.settle(),
  'connecting for long': ({ environment }) => environment.advance(14_000),
  async open({ stream, environment }) {
    await environment.settle();
    stream.latest.open();
    await environment.advance(9_000);
  },
  async 'open, with messages'({ stream, environment }) {
    await environment.settle();
    stream.latest.send('id: 1\ndata: 1\n\n');
    await environment.advance(500);
    stream.latest.send('id: 2\ndata: 2\n\ndata: ');
    await environment.advance(3_000);
  },
  async 'back-off'({ stream, environment }) {
    await environment.settle();
    stream.latest.cut();
    await environment.settle();
  },
  async refreshing({ stream, environment }) {
    await environment.settle();
    stream.latest.status(401);
    await environment.settle();
  },
  async 'between answers'({ poll, environment }) {
    await environment.settle();
    poll.latest.send('id: 1\ndata: 1\n\n');
    poll.latest.end();
    await environment.advance(100);
  },
  async stored({ stream, environment }) {
    await environment.settle();
    stream.latest.open();
    await environment.tell('stored');
  },
  async 'after a silence'({ stream, environment }) {
    await environment.settle();
    stream.latest.send('data: 1\n\n');
    await environment.advance(45_000);
  },
};

/** Law 3: after a session has closed, nothing of it remains, and nothing more is told or asked. */
export async function breachesOfClosing(parts: readonly Part[]): Promise<string[]> {
  const breaches: string[] = [];
  for (const share of ['start', 'tabs'] as const) {
    for (const [phase, reach] of Object.entries(PHASES)) {
      const told: string[] = [];
      const world = makeWorld([...parts, witness(told)]);
      const { environment } = world;
      const never = new Promise<void>(() => undefined);
      const options = {
        share,
        heartbeat: 10_000,
        resume: 'session',
        onUnauthorized: () => never,
        transports: phase === 'between answers' ? [world.poll] : undefined,
      } as const;
      const connection = world.client.subscribe('/events', world.known(options));
      await reach(world);
      connection.close();
      await environment.settle();
      await environment.advance(0);
      breaches.push(...world.residue().map((what) => `${phase}, share ${share}: ${what}`));
      const [before, asked] = [told.length, requestsOf(world)];
      await environment.advance(300_000);
      if (told.length > before) breaches.push(`${phase}: tells ${String(told[before])}`);
      if (requestsOf(world) > asked) breaches.push(`${phase}: asks again`);
    }
  }
  return breaches;
}

function requestsOf({ stream, poll }: World): number {
  return stream.connections.length + poll.connections.length;
}

/** Law 4: named in any of these orders, the parts make the same client. */
export async function breachesOfOrder(orders: readonly (readonly Part[])[]): Promise<string[]> {
  const [first = [], ...others] = orders;
  const breaches: string[] = [];
  for (const share of ['start', 'tabs'] as const) {
    const expected = await journey(first, share);
    for (const order of others) {
      const record = await journey(order, share);
      const at = record.findIndex((line, place) => line !== expected[place]);
      if (at < 0 && record.length === expected.length) continue;
      const names = order.map(({ name }) => name).join(', ');
      breaches.push(`${names}: ${String(record[at])} instead of ${String(expected[at])}`);
    }
  }
  return breaches;
}
