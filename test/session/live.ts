// A life, lived on the virtual clock; what must hold whatever happens is checked at every call of a handler, at every
// request, after every step and at the end.

import { expect } from 'vitest';
import { EnckeError } from '../../src/ground/errors.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import { DEFAULTS, type RetryContext, type SubscribeOptions } from '../../src/options.ts';
import type { Subscription } from '../../src/client.ts';
import { allParts, createClient } from '../../src/all-parts.ts';
import { virtualEnvironment } from '../../src/testing.ts';
import { seededRandom } from '../tools/random.ts';
import { countSessions } from './count-sessions.ts';
import type { Act, Life, Reaction, Step } from './life.ts';
import { createNumberedServer, HEALTHY } from './numbered-server.ts';
import { createWitness, type Heard, type Witness } from './witness.ts';

/** One subscription, and what its user has of it. */
interface Subscriber {
  readonly witness: Witness;
  readonly connection: Subscription;
  readonly controller: AbortController;
  readonly offs: (() => void)[];
  readonly loops: AsyncIterator<unknown>[];
}

/** The longest that anything may need to recover: every back-off has ended, and every silence been noticed. */
const RECOVERY = 900_000;

export async function live(life: Life): Promise<void> {
  const environment = virtualEnvironment({ random: seededRandom(life.seed) });
  const server = createNumberedServer({ ...life, environment, onRequest: noting(checkRequest) });
  server.setFates([...life.fates, HEALTHY]);
  const counted = countSessions();
  const client = createClient({
    transports: server.transports,
    formats: [eventStream],
    environment,
    parts: [...allParts, counted.part],
  });
  const subscribers: Subscriber[] = [];
  const besides: string[] = []; // what the trace says of transports opened beside others
  const calls: Partial<Record<Reaction['handler'], number>> = {};
  const pending: Promise<unknown>[] = []; // of loops
  const faults: unknown[] = [];
  const asked: number[] = []; // reconnection times of the server
  let requestsAtMessage = 0; // when the last message came
  let session: Heard = { attempt: 0, due: 0 };
  let isHealed = false;

  /** The same for all, so that they share. */
  const common = {
    share: 'page',
    heartbeat: life.heartbeat,
    maxAttempts: life.maxAttempts,
    debug(line: string) {
      if (line.includes(' beside: ')) besides.push(line.split(' beside: ')[1] ?? '');
    },
    retry(context: RetryContext) {
      noting(checkDelay)(context);
      react('retry');
      return context.delay;
    },
    onUnauthorized: () => new Promise<void>((resolve) => server.after(1_000, resolve)),
  } satisfies SubscribeOptions;

  subscribe();
  for (const step of life.steps) {
    await take(step);
    checkLive();
    throwFaults();
  }
  await heal();
  throwFaults();
  await closeAll();
  throwFaults();
  return;

  function subscribe(): void {
    const isFirst = counted.live === 0;
    if (isFirst) session = { attempt: 0, due: 0 };
    const witness = createWitness({
      session,
      isFirst,
      hasIds: life.hasIds,
      now: environment.now,
      heard(handler) {
        if (handler === 'onMessage') requestsAtMessage = server.requests;
        react(handler);
      },
      fault: (error) => faults.push(error),
    });
    const controller = new AbortController();
    const options = { ...common, ...witness.options, signal: controller.signal };
    const connection = client.subscribe('/events', options);
    subscribers.push({ witness, connection, controller, offs: [], loops: [] });
    void connection.closed.then((closed) => witness.closed.push(closed));
  }

  function react(handler: Reaction['handler']): void {
    const call = (calls[handler] ?? 0) + 1;
    calls[handler] = call;
    if (isHealed) return;
    for (const reaction of life.reactions) {
      if (reaction.handler !== handler || reaction.call !== call) continue;
      if (reaction.act === 'subscribe') subscribe();
      else use(reaction.who, reaction.act);
    }
  }

  /** What a handler finds wrong is kept: thrown there, it would be a matter of the page. */
  function noting<Told>(handler: (told: Told) => void): (told: Told) => void {
    return (told) => {
      try {
        handler(told);
      } catch (fault) {
        faults.push(fault);
      }
    };
  }

  function throwFaults(): void {
    if (faults.length > 0) throw faults[0];
  }

  /** As documented: exponential with jitter, and what the server asked for is a floor. */
  function checkDelay({ delay, failures, error }: RetryContext): void {
    if (delay === false) return;
    const isOver = subscribers.every(({ witness }) => witness.state === 'closed');
    expect(isOver, 'retry() after the close').toBe(false);
    const retryAfter = Number(error?.headers?.get('retry-after') ?? 0) * 1_000;
    const range = Math.min(DEFAULTS.maxRetryDelay, DEFAULTS.retryDelay * 2 ** failures);
    const isWithin = [0, ...asked].some((serverRetry) => {
      const floor = Math.max(serverRetry, retryAfter);
      if (failures > 0) return delay >= floor + range / 2 && delay <= floor + range;
      return delay >= floor && delay <= (floor > 0 ? 2 * floor : range);
    });
    // A stream that said when to come back and ended has done what it was to do, also without a message.
    const isAsSaid = !error && asked.some((serverRetry) => delay >= serverRetry && delay <= 2 * serverRetry);
    if (isAsSaid) return;
    expect(isWithin, `${String(delay)} ms after ${String(failures)} failures`).toBe(true);
    expect(failures).toBeLessThanOrEqual(server.requests - requestsAtMessage);
  }

  /** Asked for what comes after the last that was delivered. */
  function checkRequest(cursor: number): void {
    const asking = subscribers.find(
      ({ witness }) => witness.session === session && witness.state !== 'closed',
    );
    expect(cursor).toBe(life.hasIds ? Number(asking?.connection.lastEventId) : 0);
    checkLive();
  }

  /** One connection; two only where one has been opened beside the other. */
  function checkLive(): void {
    const names = [...server.live];
    if (names.length < 2) return;
    const [, rival, first] = /^(\S+) is opened beside (\S+),/.exec(besides.at(-1) ?? '') ?? [];
    expect(names.sort()).toEqual([rival, first].sort());
  }

  async function take(step: Step): Promise<void> {
    if (step.does === 'wait') await environment.advance(step.milliseconds);
    else if (step.does === 'sleep') await environment.sleep(step.milliseconds);
    else if (step.does === 'page') await environment.tell(step.event);
    else if (step.does === 'publish' || step.does === 'comment') server[step.does](step.characters);
    else if (step.does === 'user') use(step.who, step.act);
    else if (step.does === 'subscribe') subscribe();
    else if (step.does === 'retry') {
      asked.push(step.milliseconds);
      server.askForRetry(step.milliseconds);
    } else server[step.does]();
    await environment.settle();
  }

  function use(who: number, act: Act): void {
    const subscriber = subscribers[who];
    if (!subscriber) return;
    const { connection, controller, offs, loops } = subscriber;
    if (act === 'close' || act === 'reconnect') connection[act]();
    else if (act === 'abort') controller.abort();
    else if (act === 'on') offs.push(listen(subscriber));
    else if (act === 'off') offs.pop()?.();
    else if (act === 'loop') {
      const loop = connection[Symbol.asyncIterator]();
      loops.push(loop);
      pending.push(read(loop));
    } else void loops.pop()?.return?.();
  }

  function listen({ witness, connection }: Subscriber): () => void {
    let isOn = true;
    const off = connection.on(
      'message',
      noting(() => expect(isOn && witness.state !== 'closed', 'a handler taken away').toBe(true)),
    );
    return () => {
      isOn = false;
      off();
    };
  }

  /** What is fatal is thrown in a loop. */
  async function read(loop: AsyncIterator<unknown>): Promise<void> {
    try {
      while (!(await loop.next()).done);
    } catch (error) {
      expect(error).toBeInstanceOf(EnckeError);
    }
  }

  /** Network, server and page are well again: everyone who is left gets everything. */
  async function heal(): Promise<void> {
    isHealed = true;
    server.setFates([HEALTHY]);
    await environment.tell('visible');
    await environment.tell('restored');
    server.cut();
    server.publish();
    const end = environment.now() + RECOVERY;
    while (!subscribers.every(isWell) && environment.now() < end) await environment.advance(1_000);
    for (const { witness, connection } of subscribers) {
      const { state, delivered, isFirst, transport, opens, resyncs } = witness;
      if (state === 'closed') continue;
      expect(connection.state, 'recovered').toBe('open');
      if (transport !== '') expect(connection.transport).toBe(transport);
      if (life.hasIds && isFirst) expect(delivered.at(-1), 'nothing lost').toBe(server.last);
      // Without ids every new stream begins after a gap.
      const isGapped = !life.hasIds && life.rungs.every(({ rhythm }) => rhythm === 'stream');
      if (isGapped && isFirst) expect(resyncs).toBeGreaterThanOrEqual(opens - 1);
    }
  }

  function isWell({ witness: { state, delivered, isFirst } }: Subscriber): boolean {
    const isOwed = life.hasIds && isFirst && delivered.at(-1) !== server.last;
    return state === 'closed' || (state === 'open' && !isOwed);
  }

  /** Closing means closed. */
  async function closeAll(): Promise<void> {
    for (const { connection } of subscribers) connection.close();
    const { requests } = server;
    expect(environment.timers - server.timers, 'timers').toBe(0);
    expect(environment.watchers, 'watchers').toBe(0);
    const left = { sessions: counted.live, live: server.live };
    expect(left).toEqual({ sessions: 0, live: [] });
    await Promise.all(pending);
    for (const { connection } of subscribers) connection.reconnect();
    for (const event of ['visible', 'stored', 'restored', 'online'] as const) await environment.tell(event);
    await environment.advance(RECOVERY);
    expect(server.requests, 'requests').toBe(requests);
    expect(environment.timers).toBe(0);
    for (const { witness } of subscribers) {
      expect(witness.state).toBe('closed');
      expect(witness.closed).toHaveLength(1);
    }
    const opened = besides.filter((line) => line.includes('is opened beside')).length;
    const sessions = new Set(subscribers.map(({ witness }) => witness.session));
    const attempts = [...sessions].reduce((sum, one) => sum + one.attempt, 0);
    // A guess that the origin itself answers is asked once more, within its attempt: docs/reliability.md.
    expect(requests, 'attempts').toBeLessThanOrEqual(attempts + opened + server.guesses);
  }
}
