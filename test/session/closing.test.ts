// Closing means closed, at whatever instant: in every handler, and between any two of the promises that anything waits for.

import { describe, expect, it } from 'vitest';
import { eventStream } from '../../src/formats/event-stream.ts';
import type { Closed, SubscribeOptions } from '../../src/options.ts';
import { allParts, createClient } from '../../src/all-parts.ts';
import type { PageEvent } from '../../src/session/page-lifecycle.ts';
import { virtualEnvironment, type VirtualEnvironment } from '../../src/testing.ts';
import { countSessions } from './count-sessions.ts';
import { makeWorld } from './harness.ts';
import {
  createNumberedServer,
  HEALTHY,
  type Fate,
  type NumberedServer,
  type Rung,
} from './numbered-server.ts';

interface Script {
  readonly rungs: readonly Rung[];
  readonly fates: readonly Fate[];
  /** What the life of it must have touched, as the trace says it. */
  readonly touches: readonly RegExp[];
  run(world: { environment: VirtualEnvironment; server: NumberedServer }): Promise<void>;
}

type Way = 'close()' | 'the signal' | 'leaving the loop';
const WAYS: readonly Way[] = ['close()', 'the signal', 'leaving the loop'];

const STREAM: Rung = { rhythm: 'stream', isOpaque: false, sendsHeaders: true, keepsText: true };
const OPAQUE: Rung = { ...STREAM, isOpaque: true, sendsHeaders: false };
const ANSWER: Rung = { ...STREAM, rhythm: 'answer' };
const POLL: Rung = { ...STREAM, rhythm: 'interval' };

const SCRIPTS: Readonly<Record<string, Script>> = {
  'that is refused, put off, unauthorized, cut, slept through, put away and rotated': {
    rungs: [STREAM],
    fates: [
      { kind: 'refused', after: 100 },
      { kind: 'status', status: 503, after: 10, retryAfter: 1 },
      { kind: 'status', status: 401, after: 10 },
      { kind: 'serve', head: 50, first: 50 },
      HEALTHY,
    ],
    touches: [/error: network/, /answered 503/, /refreshed/, /stored/, /restored/, /suspended/, /timeout/],
    async run({ environment, server }) {
      await environment.advance(10_000);
      server.publish();
      server.publish(9);
      await environment.advance(100);
      server.cut();
      await environment.advance(2_000);
      await tell(environment, 'hidden', 'stored', 'visible', 'restored');
      await environment.advance(100);
      server.comment(1_100_000);
      await environment.advance(100);
      for (let beat = 0; beat < 3; beat++) {
        server.comment(1);
        await environment.advance(1_000);
      }
      await environment.sleep(100_000);
      await environment.advance(100_000);
    },
  },
  'that is held back, falls back, and is tried again': {
    rungs: [STREAM, OPAQUE, ANSWER, POLL],
    fates: [
      { kind: 'held', showsHead: true },
      { kind: 'refused', after: 10 },
      HEALTHY,
      HEALTHY,
      { kind: 'held', showsHead: false },
      HEALTHY,
    ],
    touches: [/beside/, /held: stayed mute/, /expired/, /beside it is stopped/],
    async run({ environment, server }) {
      await environment.advance(9_000);
      server.publish();
      await environment.advance(4_000);
      server.publish();
      await environment.tell('online');
      server.publish();
      await environment.advance(3_000);
      server.publish();
      await environment.advance(3_000);
      server.cut();
      await environment.advance(3_000);
      server.publish();
      await environment.advance(30_000);
      await environment.tell('online');
      for (let time = 0; time < 3; time++) {
        server.publish();
        await environment.advance(3_000);
      }
    },
  },
  'that polls, hidden and seen, after what cannot work here': {
    rungs: [OPAQUE, POLL],
    fates: [
      { kind: 'unusable', after: 10 },
      HEALTHY,
      { kind: 'status', status: 410, after: 10 },
      { kind: 'refused', after: 10 },
      HEALTHY,
    ],
    touches: [/unusable/, /hidden/, /answered 410/],
    async run({ environment, server }) {
      for (let time = 0; time < 8; time++) {
        if (time % 2 === 0) server.publish();
        await environment.advance(4_000);
        await environment.tell(time % 2 > 0 ? 'visible' : 'hidden');
      }
    },
  },
};

describe.each(Object.entries(SCRIPTS))('a subscription %s', (_, script) => {
  it('lives through all of that', async () => {
    const { lines } = await play(script);
    for (const touched of script.touches) expect(lines.join('\n')).toMatch(touched);
  });

  it.each(WAYS)(
    'leaves nothing behind when closed by %s at any instant',
    { timeout: 60_000 },
    async (way) => {
      const { instants } = await play(script);
      expect(instants.length).toBeGreaterThan(100);
      for (const instant of instants) await play(script, { instant, way });
    },
  );
});

describe('a signal', () => {
  it('that is aborted already makes no request, watches nothing, and sets no timer', async () => {
    for (const verb of ['subscribe', 'request'] as const) {
      const world = makeWorld();
      const connection = world[verb]({ signal: AbortSignal.abort(), onSettledState: () => undefined });
      await world.environment.advance(60_000);
      expect(world.transport.connections).toHaveLength(0);
      expect(world.environment.timers + world.environment.watchers).toBe(0);
      await expect(connection.closed).resolves.toEqual({ reason: 'abort' });
    }
  });
});

describe('what a call returns', () => {
  it.each(['subscribe', 'request'] as const)(
    'is there when the first handler of a %s is called, also where its signal is aborted already',
    async (verb) => {
      const world = makeWorld();
      const states: string[] = [];
      const tell = (): void => void states.push(connection.state);
      const connection = world[verb]({
        signal: AbortSignal.abort(),
        onState: tell,
        onSettledState: tell,
        onTransport: tell,
      });
      await world.environment.settle();
      expect(states.slice(-2)).toEqual(['closed', 'closed']);
      expect(world.transport.connections).toHaveLength(0);
    },
  );
});

describe('a component', () => {
  it('that is mounted twice in one task makes one request', async () => {
    const world = makeWorld();
    world.subscribe().close();
    world.subscribe();
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(1);
    const { watchers } = world.environment;
    world.subscribe({ share: false }).close();
    expect(world.environment.watchers).toBe(watchers);
  });

  it('that is mounted and unmounted a hundred times leaves nothing', async () => {
    const world = makeWorld();
    for (let time = 0; time < 100; time++) {
      const subscription = world.subscribe({ onSettledState: () => undefined });
      // Each at another stage: before the request, before the head, open, waiting.
      if (time % 4 > 0) await world.environment.settle();
      if (time % 4 > 1) world.transport.latest.send(`id: 1\ndata: ${String(time)}\n\n`);
      if (time % 4 > 2) world.transport.latest.cut();
      subscription.close();
    }
    expect(world.environment.timers + world.environment.watchers).toBe(0);
    expect(world.transport.connections.filter(({ live }) => live)).toEqual([]);
    await world.environment.advance(600_000);
    expect(world.transport.connections).toHaveLength(75);
  });
});

interface Played {
  /** The instants at which something has just happened. */
  readonly instants: readonly number[];
  /** What the trace said. */
  readonly lines: readonly string[];
}

/** Plays a script, and closes at an instant. */
async function play(script: Script, close?: { instant: number; way: Way }): Promise<Played> {
  const environment = virtualEnvironment();
  const server = createNumberedServer({ environment, hasIds: true, ...script });
  server.setFates(script.fates);
  const sessions = countSessions();
  const client = createClient({
    transports: server.transports,
    formats: [eventStream],
    environment,
    parts: [...allParts, sessions.part],
  });
  const controller = new AbortController();
  const instants: number[] = [];
  const lines: string[] = [];
  const endings: Closed[] = [];
  let count = 0; // instants so far
  let lastSeen = ''; // how things stood at the one before
  let fresh = 0; // instants since something happened
  let calls = 0; // of handlers
  let callsAtClose: number | undefined;
  let isOver = false;

  const called = (): void => {
    calls++;
    instant();
  };
  const options: SubscribeOptions = {
    signal: controller.signal,
    debug: (line) => lines.push(line),
    // Takes a while, as a token does that must be fetched.
    headers: () => (called(), new Promise<HeadersInit>((resolve) => server.after(5, () => resolve({})))),
    onUnauthorized: () => (called(), new Promise<void>((resolve) => server.after(20, resolve))),
    retry: ({ delay }) => (called(), delay),
    until: () => (called(), false),
    onMessage: called,
    onState: called,
    onSettledState: called,
    onTransport: called,
    onError: called,
    onResync: called,
    on: { message: called },
  };
  const connection = client.subscribe('/events', options);
  void connection.closed.then((closed) => endings.push(closed));
  const loop = connection[Symbol.asyncIterator]();
  const read = (async () => {
    while (!(await loop.next()).done);
  })();
  const pulse = (async () => {
    for (; !isOver; await Promise.resolve()) instant();
  })();

  await script.run({ environment, server });
  isOver = true;
  await pulse;
  if (close) {
    expect(callsAtClose, `instant ${String(close.instant)} was met`).toBeDefined();
    expect(server.live).toEqual([]);
    expect(endings).toEqual([{ reason: close.way === 'the signal' ? 'abort' : 'user' }]);
    const { requests } = server;
    await tell(environment, 'stored', 'restored', 'visible', 'online');
    await environment.advance(600_000);
    expect(server.requests).toBe(requests);
    await read;
  } else connection.close();
  expect(calls).toBe(callsAtClose ?? calls);
  expect(environment.timers).toBe(server.timers);
  expect(environment.watchers).toBe(0);
  expect(sessions.live).toBe(0);
  return { instants, lines };

  function instant(): void {
    const clientTimers = environment.timers - server.timers;
    const seen = [connection.state, calls, server.requests, clientTimers, environment.now()].join();
    fresh = seen === lastSeen ? fresh + 1 : 0;
    lastSeen = seen;
    // A promise or two later is another instant; thousands of them, in which nothing happens, are not.
    if (fresh < 3 && !isOver) instants.push(count);
    if (count++ !== close?.instant) return;
    if (close.way === 'close()') connection.close();
    else if (close.way === 'the signal') controller.abort();
    else void loop.return?.();
    // The handlers are told of the close by the call itself.
    callsAtClose = calls;
  }
}

async function tell(environment: VirtualEnvironment, ...events: PageEvent[]): Promise<void> {
  for (const event of events) await environment.tell(event);
}
