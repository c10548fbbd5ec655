// Whoever takes what a request brings, in whatever order: a loop, several, an `await`; left, closed or aborted at any moment.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/all-parts.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import { memoryTransport, virtualEnvironment, type MemoryConnection } from '../../src/testing.ts';
import { seedOfRun } from '../tools/random.ts';

const { ENCKE_SEED } = process.env;

type Act =
  | 'loop'
  | 'leave'
  | 'throw'
  | 'await'
  | 'close'
  | 'abort'
  | 'time is up'
  | 'send'
  | 'end'
  | 'cut'
  | 'status'
  | 'refuse'
  | 'rest';

const ACTS: readonly Act[] = [
  'loop',
  'leave',
  'throw',
  'await',
  'close',
  'abort',
  'time is up',
  'send',
  'send',
  'send',
  'end',
  'cut',
  'status',
  'refuse',
  'rest',
  'rest',
  'rest',
];

/** How something ended. */
interface Outcome {
  readonly error?: unknown;
}

describe('a request whose messages several take', () => {
  it('is sent once, gives each taker what is due, ends for all of them in the same way, and leaves nothing', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...ACTS), { maxLength: 14 }), live), {
      seed: seedOfRun(ENCKE_SEED),
      numRuns: 500,
    });
  });
});

async function live(acts: readonly Act[]): Promise<void> {
  const transport = memoryTransport();
  const environment = virtualEnvironment();
  const client = createClient({ transports: [transport], formats: [eventStream], environment });
  const controller = new AbortController();
  const listeners = countListeners(controller.signal);
  let refreshes = 0;
  const exchange = client.request<string>('/answer', {
    signal: controller.signal,
    onUnauthorized: () => void refreshes++,
  });
  const sent: string[] = [];
  const loops: { given: string[]; loop: AsyncIterator<{ data: string }, void>; over: Promise<Outcome> }[] =
    [];
  const replies: Promise<Outcome & { data?: string[] }>[] = [];
  const lefts: Promise<unknown>[] = [];

  const server = (act: (connection: MemoryConnection) => void): void => {
    const connection = transport.connections.at(-1);
    if (connection?.live) act(connection);
  };
  // Before any message, as a status is.
  const answer = (status: number): void => {
    if (sent.length === 0) server((connection) => connection.status(status));
  };
  const does: Readonly<Record<Act, () => void>> = {
    loop() {
      const loop = exchange[Symbol.asyncIterator]() as AsyncIterator<{ data: string }, void>;
      const given: string[] = [];
      loops.push({ given, loop, over: outcomeOf(drain(loop, given)) });
    },
    leave: () => void lefts.push(loops.at(-1)?.loop.return?.() ?? Promise.resolve()),
    throw: () => void lefts.push(outcomeOf(loops.at(-1)?.loop.throw?.(new Error('mine')))),
    await: () =>
      void replies.push(outcomeOf(exchange.then(({ messages }) => messages.map(({ data }) => data)))),
    close: () => exchange.close(),
    abort: () => controller.abort(),
    'time is up': () => controller.abort(new DOMException('late', 'TimeoutError')),
    send() {
      server((connection) => {
        const text = String(sent.length);
        sent.push(text);
        connection.send(`data: ${text}\n\n`);
      });
    },
    end: () => server((connection) => connection.end()),
    cut: () => server((connection) => connection.cut()),
    status: () => answer(500),
    refuse: () => answer(401),
    rest: () => undefined,
  };
  for (const act of acts) {
    does[act]();
    if (act === 'rest') await environment.settle();
  }
  await environment.settle();
  server((connection) => connection.end());
  await environment.settle();

  // Whatever was done, it is over.
  const { reason, error } = await exchange.closed;
  for (const { over } of loops) {
    const outcome = await over;
    if (reason === 'fatal') expect([error, undefined]).toContain(outcome.error);
  }
  await Promise.all(lefts);
  does.await();
  for (const reply of replies) {
    const outcome = await reply;
    if (reason === 'done') expect(outcome.error).toBeUndefined();
    else expect(outcome.error).toBeDefined();
    if (reason === 'fatal') expect(outcome.error).toBe(error);
    if (reason === 'abort') expect(outcome.error).toBe(controller.signal.reason);
  }
  const last = await replies.at(-1);
  if (reason === 'done' && lefts.length === 0) {
    // What no loop has taken is in the reply. A loop that is left lets go of what waits for it.
    expect([...(loops[0]?.given ?? []), ...(last?.data ?? [])]).toEqual(sent);
  }
  for (const { given } of loops) expect(sent.join()).toContain(given.join());
  expect(transport.connections.length).toBeLessThanOrEqual(1 + refreshes);
  expect(refreshes).toBeLessThanOrEqual(1);
  expect(environment.timers + environment.watchers + listeners()).toBe(0);
}

async function drain(loop: AsyncIterator<{ data: string }, void>, given: string[]): Promise<void> {
  for (;;) {
    const { done, value } = await loop.next();
    if (done) return;
    given.push(value.data);
  }
}

async function outcomeOf<Value>(promise: Promise<Value> | undefined): Promise<Outcome & { data?: Value }> {
  try {
    const data = await promise;
    return data === undefined ? {} : { data };
  } catch (error) {
    return { error };
  }
}

/** How many listeners a signal has. */
function countListeners(signal: AbortSignal): () => number {
  let count = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = ((...given: Parameters<typeof add>) => {
    count++;
    add(...given);
  }) as typeof signal.addEventListener;
  signal.removeEventListener = ((...given: Parameters<typeof remove>) => {
    count--;
    remove(...given);
  }) as typeof signal.removeEventListener;
  return () => count;
}
