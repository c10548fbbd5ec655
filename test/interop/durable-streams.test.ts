// Durable Streams, as docs/backends/durable-streams.md has it: one offset over every technique, against the package's server.

import type { DurableStream } from '@durable-streams/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  durableStreams,
  durableTextStreams,
  fetchStream,
  longPoll,
  poll,
  request,
  type CursorConvention,
  type SubscribeOptions,
} from '../../src/index.ts';
import { cuts, hold, pass, startAdversary } from '../server/adversary.ts';
import { startDurableStreams, HOLD, type DurableStreams } from './durable-streams.ts';
import { follow, leaveAll, visit } from './hub-client.ts';

const TECHNIQUES = [fetchStream, longPoll, poll];
const LIVE = [fetchStream, longPoll];

/** Bytes over which cuts are spread: most of a long poll is its head, and what fails again and again is waited for. */
const PLACES = new Map([
  [fetchStream, 10_000],
  [longPoll, 4_500],
]);

describe('a stream of Durable Streams', () => {
  let server: DurableStreams;
  let stream: DurableStream;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    server = await startDurableStreams();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    visit(server.origin);
    stream = await server.create();
  });
  afterEach(async () => {
    leaveAll();
    for (const stop of stops.splice(0)) await stop();
  });

  it.each(TECHNIQUES)('is read from its beginning over $name, and has an offset', async (transport) => {
    const sent = await append(1, 12);
    const { data, errors, connection, until } = subscribed(transport);
    await until(12);
    expect(data).toEqual(sent);
    expect(await stream.head()).toMatchObject({ offset: connection.lastEventId });
    expect(errors).toEqual([]);
  });

  it.each(LIVE)('is read over $name as it grows', async (transport) => {
    const before = await append(1, 10);
    const { data, errors, gaps, until } = subscribed(transport);
    await until(10);
    const sent = await append(11, 40, 5);
    await until(40);
    expect(data).toEqual([...before, ...sent]);
    expect([errors, gaps]).toEqual([[], []]);
  });

  it.each(LIVE)(
    'that is empty is waited for over $name, past the time that the server waits',
    async (transport) => {
      const { calls, fetch } = counted();
      const { data, errors, gaps, until } = subscribed(transport, { fetch });
      await new Promise((resolve) => setTimeout(resolve, 2.5 * HOLD));
      await append(1, 1);
      await until(1);
      expect([data, errors, gaps]).toEqual([[{ n: 1 }], [], []]);
      // Of long polls, the first is told where the stream ends, and the others wait there.
      expect(calls.length).toBeLessThanOrEqual(5);
      const live = transport === longPoll ? 'long-poll' : 'sse';
      expect(calls.every(({ searchParams }) => searchParams.get('live') === live)).toBe(true);
      expect(calls[0]?.searchParams.get('offset')).toBe('-1');
      expect(calls[0]?.search).not.toContain('transport=');
    },
  );

  it('says to the server what it has said for caches', async () => {
    await append(1, 1);
    const { calls, fetch } = counted();
    const { until } = subscribed(longPoll, { fetch });
    await until(1);
    await expect.poll(() => calls.length).toBe(2);
    expect(calls.map(({ searchParams }) => searchParams.has('cursor'))).toEqual([false, true]);
  });

  it.each([
    ['from the same origin', () => server.origin],
    ['from another', () => 'http://elsewhere.test'],
  ])('loses nothing on the way from one technique to another, %s', async (_, origin) => {
    visit(origin());
    const appending = append(1, 100, 5);
    const data: unknown[] = [];
    let lastEventId = '';
    for (let leg = 0; data.length < 100; leg++) {
      const part = subscribed(TECHNIQUES[leg % 3], { lastEventId, pollInterval: 1_000 });
      await part.until(Math.min(9, 100 - data.length));
      part.connection.close();
      lastEventId = part.connection.lastEventId;
      data.push(...part.data);
    }
    expect(data).toEqual(await appending);
  });

  it.each(LIVE)('loses nothing when $name is cut at any byte, again and again', async (transport) => {
    const adversary = await startAdversary({ target: server.origin });
    stops.push(adversary.close);
    visit(adversary.url);
    const plan = cuts({ seed: 7, kills: 8, within: PLACES.get(transport) ?? 0, betweenChunks: 0.2 });
    adversary.set(plan);
    const { data, gaps, until } = subscribed(transport, { retryDelay: 20 }, adversary.url);
    // Equal messages are no replays of each other.
    const appending = append(1, 150, 4, (n) => ({ n: n % 2 }));
    await until(150);
    expect(plan.made.length).toBe(8);
    expect(data).toEqual(await appending);
    expect(gaps).toEqual([]);
  });

  it('loses nothing when streams are held back, and long polling takes their place', async () => {
    const adversary = await startAdversary({ target: server.origin });
    stops.push(adversary.close);
    adversary.choose(({ requestLine }) => (requestLine.includes('live=long-poll') ? pass : hold('head')));
    visit(adversary.url);
    const sent = await append(1, 3);
    const { data, changes, errors, until } = subscribed(undefined, {}, adversary.url);
    await until(3, 15_000);
    sent.push(...(await append(4, 20, 5)));
    await until(20);
    expect(data).toEqual(sent);
    expect(changes.at(-1)).toMatchObject({ to: 'long-poll', evidence: 'held' });
    expect(errors).toEqual([]);
  });

  it('is read once by a request, and followed from there', async () => {
    const sent = await append(1, 5);
    const reading = request(stream.url, { cursor: durableStreams });
    const { messages } = await reading;
    expect(messages.map(({ data }) => data as unknown)).toEqual(sent);
    const { data, until } = subscribed(fetchStream, { lastEventId: reading.lastEventId });
    sent.push(...(await append(6, 7)));
    await until(2);
    expect(data).toEqual(sent.slice(5));
  });

  it.each(LIVE)('that is closed is done over $name, once all of it is read', async (transport) => {
    const { data, connection, errors, until } = subscribed(transport);
    await append(1, 2);
    await until(2);
    await stream.close({ body: JSON.stringify({ n: 3 }) });
    expect((await connection.closed).reason).toBe('done');
    expect(data).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(errors).toEqual([]);
  });

  it.each(LIVE)('is read again over $name, and says so, when its offset is gone', async (transport) => {
    const adversary = await startAdversary({ target: server.origin });
    stops.push(adversary.close);
    visit(adversary.url);
    const sent = await append(1, 2);
    let isGone = false;
    // Which server forgets what is old: this one never does.
    const forgetful: typeof fetch = async (input, init) => {
      const isOld = isGone && !(input as string).includes('offset=-1');
      return isOld ? new Response('', { status: 410 }) : fetch(input, init);
    };
    const { data, gaps, until } = subscribed(
      transport,
      { fetch: forgetful, replays: 'deliver' },
      adversary.url,
    );
    await until(2);
    isGone = true;
    adversary.cut();
    await until(4);
    expect(gaps.map(({ reason }) => reason)).toEqual(['expired']);
    expect(data).toEqual([...sent, ...sent]);
  });

  it('that is deleted is the end', async () => {
    const { connection, until } = subscribed(longPoll);
    await append(1, 1);
    await until(1);
    await stream.delete();
    expect(await connection.closed).toMatchObject({ reason: 'fatal', error: { status: 404 } });
  });

  it.each(LIVE)('gives over $name what looks like an envelope as it is', async (transport) => {
    const odd = { id: '5', event: 'x', data: { deep: true } };
    await stream.append(JSON.stringify(odd));
    for (const value of [[1, 2], 'text', null]) await stream.append(JSON.stringify(value));
    const { data, messages, until } = subscribed(transport);
    await until(4);
    expect(data).toEqual([odd, [1, 2], 'text', null]);
    expect(new Set(messages.map(({ event }) => event))).toEqual(new Set(['message']));
  });

  it.each(LIVE)('of text comes whole and in order over $name, cut where it may be', async (transport) => {
    stream = await server.create('text/plain');
    const text = ['Grüße\n', 'two\nlines\n\n', '[1]', '😀'.repeat(2_000)];
    await stream.append(text[0] ?? '');
    const { data, errors } = subscribed(transport, { cursor: durableTextStreams });
    for (const piece of text.slice(1)) await stream.append(piece);
    await expect.poll(() => data.join('').length, { timeout: 5_000 }).toBe(text.join('').length);
    expect(data.join('')).toBe(text.join(''));
    expect(errors).toEqual([]);
  });

  it('of bytes is refused, whatever the technique', async () => {
    stream = await server.create('application/octet-stream');
    await stream.append(new Uint8Array([1, 2, 3]));
    for (const transport of LIVE) {
      const { connection } = subscribed(transport);
      expect(await connection.closed).toMatchObject({ reason: 'fatal', error: { code: 'content-type' } });
    }
  });

  function subscribed(
    transport?: (typeof TECHNIQUES)[number],
    options: SubscribeOptions & { cursor?: CursorConvention } = {},
    origin = server.origin,
  ) {
    const transports = transport && { transports: [transport] };
    return follow(stream.url.replace(server.origin, origin), {
      cursor: durableStreams,
      ...transports,
      ...options,
    });
  }

  /** A fetch that keeps the addresses it was called with. */
  function counted() {
    const calls: URL[] = [];
    const counting: typeof fetch = (input, init) => {
      calls.push(new URL(input as string));
      return fetch(input, init);
    };
    return { calls, fetch: counting };
  }

  /** Appends messages with these numbers, and gives them. */
  async function append(
    first: number,
    last: number,
    pause = 0,
    make: (n: number) => { n: unknown } = (n) => ({ n }),
  ): Promise<{ n: unknown }[]> {
    const sent = [];
    for (let n = first; n <= last; n++) {
      sent.push(make(n));
      await stream.append(JSON.stringify(make(n)));
      if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return sent;
  }
});
