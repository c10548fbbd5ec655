import { describe, expect, it, vi } from 'vitest';
import { EnckeError } from '../../src/ground/errors.ts';
import { createClient } from '../../src/all-parts.ts';
import { composeClient } from '../../src/client.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import type { SubscribeOptions } from '../../src/options.ts';
import { memoryTransport, virtualEnvironment } from '../../src/testing.ts';
import type { Sink, TransportRequest } from '../../src/transports/transport.ts';
import { dataOf, makeWorld, nextConnection } from './harness.ts';

describe('connecting', () => {
  it('makes one request and delivers what comes', async () => {
    const world = makeWorld();
    const subscription = world.subscribe();
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(1);
    expect(subscription.state).toBe('connecting');

    world.transport.latest.send('id: 1\ndata: one\n\nevent: tick\ndata: two\n\n');
    expect(world.messages).toEqual([
      { event: 'message', data: 'one', id: '1' },
      { event: 'tick', data: 'two', id: '1' },
    ]);
    expect(subscription.state).toBe('open');
    expect(subscription.lastEventId).toBe('1');
    expect(subscription.transport).toBe('memory');
  });

  it('delivers a message that the browser has decoded, however large it is: nothing would be gained by skipping it', async () => {
    const transport = Object.assign(memoryTransport(), {
      open(_: TransportRequest, sink: Sink) {
        queueMicrotask(() => {
          sink.opened({ status: 200, url: 'https://app.test/events' });
          for (const data of ['12345', '123456', 'after']) sink.message({ event: 'message', data, id: '' });
        });
        return () => undefined;
      },
    });
    const world = makeWorld([transport]);
    const subscription = world.subscribe({ maxMessageSize: 5 });
    await world.environment.settle();
    expect(dataOf(world)).toEqual(['12345', '123456', 'after']);
    expect(world.errors).toEqual([]);
    expect(subscription.state).toBe('open');
  });

  it('makes one request for subscribe, close, subscribe in one task', async () => {
    const world = makeWorld();
    world.subscribe().close();
    world.subscribe();
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(1);
  });

  it('makes no request when the signal is aborted already', async () => {
    const world = makeWorld();
    const subscription = world.subscribe({ signal: AbortSignal.abort() });
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(0);
    await expect(subscription.closed).resolves.toEqual({ reason: 'abort' });
  });

  it('touches nothing on a server, where there is no page', async () => {
    // What needs a browser refuses everything there; that is no error while nothing is to be carried.
    const transport = memoryTransport({ refusal: 'needs a document' });
    const environment = { ...virtualEnvironment(), baseUrl: () => undefined };
    const { subscribe } = createClient({
      transports: [transport],
      formats: [eventStream],
      environment,
    });
    const subscription = subscribe('/events');
    await new Promise((resolve) => setTimeout(resolve));
    expect(transport.connections).toHaveLength(0);
    subscription.close();
    await expect(subscription.closed).resolves.toEqual({ reason: 'user' });
  });

  it('gives up on a server that accepts and never answers, after 15 s', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.advance(14_999);
    expect(world.errors).toEqual([]);
    await world.environment.advance(1);
    expect(world.transport.connections[0]?.stopped).toBe(true);
    expect(world.errors[0]).toMatchObject({ code: 'timeout', attempt: 1, transport: 'memory' });
  });

  it('waits for a long poll as long as a long poll may take', async () => {
    const world = makeWorld([memoryTransport({ name: 'slow', rhythm: 'answer' })]);
    world.subscribe();
    await world.environment.advance(59_999);
    expect(world.errors).toEqual([]);
    await world.environment.advance(1);
    expect(world.errors[0]?.code).toBe('timeout');
  });

  it('asks the functions among the options before every attempt', async () => {
    const world = makeWorld();
    let token = 0;
    world.subscribe({ headers: () => Promise.resolve({ authorization: `Bearer ${String(++token)}` }) });
    await world.environment.settle();
    world.transport.latest.cut();
    await world.environment.advance(5_000);
    const sent = world.transport.connections.map(({ request }) => request.headers.get('authorization'));
    expect(sent).toEqual(['Bearer 1', 'Bearer 2']);
  });

  it('asks again later when a function among the options fails, as a token that cannot be had', async () => {
    const world = makeWorld();
    let asked = 0;
    const headers = (): Promise<HeadersInit> =>
      ++asked === 1 ? Promise.reject(new Error('no token')) : Promise.resolve({ authorization: 'Bearer 2' });
    world.subscribe({ headers });
    await world.environment.settle();
    expect(world.errors).toMatchObject([{ code: 'invalid-option', attempt: 1 }]);
    expect(world.errors[0]?.message).toContain('no token');
    await world.environment.advance(5_000);
    expect(world.transport.latest.request.headers.get('authorization')).toBe('Bearer 2');
  });

  it('lets its own cursor supersede a Last-Event-ID that the caller gave at first', async () => {
    const world = makeWorld();
    world.subscribe({ headers: { 'Last-Event-ID': 'mine' } });
    await world.environment.settle();
    expect(world.transport.latest.request.headers.get('last-event-id')).toBe('mine');
    world.transport.latest.send('id: 1\ndata: one\n\n');
    world.transport.latest.cut();
    await world.environment.advance(1_000);
    expect(world.transport.latest.request.headers.get('last-event-id')).toBe('1');
  });

  it('never asks for a stream with If-None-Match', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.open({ headers: { 'content-type': 'text/event-stream', etag: '"7"' } });
    world.transport.latest.end();
    await world.environment.advance(5_000);
    expect(world.transport.connections).toHaveLength(2);
    expect(world.transport.latest.request.headers.has('if-none-match')).toBe(false);
  });
});

describe('reconnecting', () => {
  it('reconnects after a clean end, after the cursor, with Last-Event-ID', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    expect(world.transport.latest.request.headers.has('last-event-id')).toBe(false);
    world.transport.latest.send('id: ✓\ndata: one\n\n');
    world.transport.latest.end();
    await world.environment.advance(1_000);
    expect(world.transport.connections).toHaveLength(2);
    const sent = world.transport.latest.request.headers.get('last-event-id') ?? '';
    expect(new TextDecoder().decode(Uint8Array.from(sent, (byte) => byte.charCodeAt(0)))).toBe('✓');
  });

  it('waits within 1 s after a healthy connection, and what retry: says', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.send('data: one\n\n');
    world.transport.latest.cut();
    expect(world.states.at(-1)).toMatchObject({ state: 'waiting', previous: 'open', retryIn: 500 });
    await world.environment.advance(500);
    world.transport.latest.send('retry: 20\ndata: two\n\n');
    world.transport.latest.cut();
    expect(world.states.at(-1)?.retryIn).toBe(20);
  });

  it('does not reset the back-off for a server that accepts and drops', async () => {
    const world = makeWorld(undefined, () => 0);
    world.subscribe();
    let at = 0;
    while (at < 120_000) {
      await world.environment.advance(100);
      at += 100;
      const { latest } = world.transport;
      latest.open();
      latest.cut();
    }
    expect(world.transport.connections.length).toBeLessThanOrEqual(12);
  });

  it('honours Retry-After', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.status(503, { 'retry-after': '120' });
    expect(world.states.at(-1)?.retryIn).toBeGreaterThanOrEqual(120_000);
    expect(world.errors[0]).toMatchObject({ code: 'status', status: 503 });
    expect(world.errors[0]?.retryIn).toBe(world.states.at(-1)?.retryIn);
  });

  it('waits by no date that a server did not mean: a fraction of seconds is no year', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.status(429, { 'retry-after': '3600.5' });
    expect(world.states.at(-1)?.retryIn).toBeGreaterThanOrEqual(3_600_500);
    expect(world.states.at(-1)?.retryIn).toBeLessThan(3_700_000);
  });

  it('resumes after an id that no header may hold, by query', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.send('id: a\u001bb\ndata: one\n\n');
    world.transport.latest.cut();
    await world.environment.advance(1_000);
    const { url, headers } = world.transport.latest.request;
    expect(headers.has('last-event-id')).toBe(false);
    expect(new URL(url).searchParams.get('lastEventId')).toBe('a\u001bb');
  });

  it('drops what the server replays, also what inherits a replayed id', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.send('id: 1\ndata: one\n\nid: 2\ndata: two\n\n');
    world.transport.latest.cut();
    await world.environment.advance(1_000);
    world.transport.latest.send('id: 1\ndata: one\n\nid: 2\ndata: two\n\nid: 3\ndata: three\n\n');
    expect(dataOf(world)).toEqual(['one', 'two', 'three']);
  });

  it('keeps known ids with other data: the server began its numbering anew', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.send('id: 1\ndata: one\n\n');
    world.transport.latest.cut();
    await world.environment.advance(1_000);
    world.transport.latest.send('id: 1\ndata: other\n\n');
    expect(dataOf(world)).toEqual(['one', 'other']);
  });

  it('delivers, after the resume, the event whose connection broke behind its id line', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.send('id: 1\ndata: one\n\nid: 2\ndata: tw');
    world.transport.latest.cut();
    await world.environment.advance(1_000);
    expect(world.transport.latest.request.headers.get('last-event-id')).toBe('1');
    world.transport.latest.send('id: 2\ndata: two\n\n');
    expect(dataOf(world)).toEqual(['one', 'two']);
  });

  it('lets the caller decide each wait, and stop', async () => {
    const world = makeWorld();
    const subscription = world.subscribe({ retry: ({ failures }) => (failures < 3 ? 7 : false) });
    await world.environment.settle();
    world.transport.latest.cut();
    expect(world.states.at(-1)?.retryIn).toBe(7);
    await world.environment.advance(7);
    world.transport.latest.cut();
    await world.environment.advance(7);
    world.transport.latest.cut();
    await expect(subscription.closed).resolves.toMatchObject({
      reason: 'retries',
      error: { code: 'retries' },
    });
  });

  it('closes after maxAttempts attempts that brought nothing', async () => {
    const world = makeWorld();
    const subscription = world.subscribe({ maxAttempts: 2 });
    await world.environment.settle();
    world.transport.latest.cut();
    await world.environment.advance(5_000);
    world.transport.latest.cut();
    await expect(subscription.closed).resolves.toMatchObject({ reason: 'retries' });
    expect(world.transport.connections).toHaveLength(2);
  });

  it('follows the scripted server 200, drop, 502, 502, 200, 204', async () => {
    const world = makeWorld();
    const subscription = world.subscribe();
    await world.environment.settle();
    world.transport.latest.send('id: 1\ndata: one\n\n');
    world.transport.latest.cut();
    await nextConnection(world);
    world.transport.latest.status(502);
    await nextConnection(world);
    world.transport.latest.status(502);
    await nextConnection(world);
    world.transport.latest.send('id: 2\ndata: two\n\n');
    world.transport.latest.end();
    await nextConnection(world);
    world.transport.latest.status(204);
    await expect(subscription.closed).resolves.toEqual({ reason: 'done' });
    const path = world.states.map(({ state }) => state);
    expect(path).toEqual([
      ...['open', 'waiting', 'connecting', 'waiting', 'connecting', 'waiting', 'connecting'],
      ...['open', 'waiting', 'connecting', 'closed'],
    ]);
  });
});

describe('ending', () => {
  it.each([400, 401, 403, 404, 410, 500.5])('is fatal at %d, with the body text', async (status) => {
    const world = makeWorld();
    const subscription = world.subscribe();
    await world.environment.settle();
    if (status === 500.5) world.transport.latest.open({ headers: { 'content-type': 'text/html' } });
    else world.transport.latest.status(status, {}, 'the reason');
    const { reason, error } = await subscription.closed;
    expect(reason).toBe('fatal');
    expect(error).toBeInstanceOf(EnckeError);
    if (status === 500.5) expect(error).toMatchObject({ code: 'content-type', status: 200 });
    else expect(error).toMatchObject({ code: 'status', status, body: 'the reason', attempt: 1 });
    expect(world.errors).toEqual([error]);
  });

  it('stops the request of a response that no format reads', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.open({ headers: { 'content-type': 'text/html' } });
    expect(world.transport.latest.stopped).toBe(true);
    expect(world.environment.timers).toBe(0);
  });

  it('delivers no further event of the same chunk when a handler closes', async () => {
    const world = makeWorld();
    const seen: string[] = [];
    const subscription = world.subscribe({
      onMessage: ({ data }) => {
        seen.push(String(data));
        subscription.close();
      },
    });
    await world.environment.settle();
    world.transport.latest.send('data: one\n\ndata: two\n\n');
    expect(seen).toEqual(['one']);
    expect(world.transport.latest.stopped).toBe(true);
  });

  it('closes exactly once, whatever is called again', async () => {
    const world = makeWorld();
    const controller = new AbortController();
    const subscription = world.subscribe({ signal: controller.signal });
    await world.environment.settle();
    controller.abort();
    subscription.close();
    expect(world.states.filter(({ state }) => state === 'closed')).toHaveLength(1);
    await expect(subscription.closed).resolves.toEqual({ reason: 'abort' });
  });

  it('ends on the text that endOn names, without delivering it', async () => {
    const world = makeWorld();
    const subscription = world.subscribe({ endOn: '[DONE]' });
    await world.environment.settle();
    world.transport.latest.send('data: one\n\ndata: [DONE]\n\ndata: two\n\n');
    await expect(subscription.closed).resolves.toEqual({ reason: 'done' });
    expect(dataOf(world)).toEqual(['one']);
  });

  it('ends when until says so, after delivering', async () => {
    const world = makeWorld();
    const subscription = world.subscribe({ until: ({ data }) => data === 'two' });
    await world.environment.settle();
    world.transport.latest.send('data: one\n\ndata: two\n\ndata: three\n\n');
    await expect(subscription.closed).resolves.toEqual({ reason: 'done' });
    expect(dataOf(world)).toEqual(['one', 'two']);
  });

  it.each(['before', 'connecting', 'open', 'waiting', 'polling'])(
    'leaves no timer and no request when closed while %s',
    async (moment) => {
      const polls = moment === 'polling';
      const world = makeWorld([memoryTransport(polls ? { name: 'poll', rhythm: 'interval' } : {})]);
      const controller = new AbortController();
      const removed = vi.spyOn(controller.signal, 'removeEventListener');
      const subscription = world.subscribe({ signal: controller.signal });
      if (moment !== 'before') await world.environment.settle();
      if (moment === 'open') world.transport.latest.open();
      if (moment === 'waiting') world.transport.latest.cut();
      if (polls) world.transport.latest.end();
      subscription.close();
      await world.environment.advance(120_000);
      expect(world.environment.timers).toBe(0);
      expect(world.transport.connections.length).toBe(moment === 'before' ? 0 : 1);
      expect(removed).toHaveBeenCalledOnce();
      expect(subscription.state).toBe('closed');
    },
  );
});

describe('rhythms', () => {
  it('asks a long poll again at once, and stays open meanwhile', async () => {
    const world = makeWorld([memoryTransport({ name: 'long-poll', rhythm: 'answer' })]);
    const subscription = world.subscribe();
    await world.environment.settle();
    world.transport.latest.send('id: 1\ndata: one\n\n');
    world.transport.latest.end();
    await world.environment.advance(0);
    expect(world.transport.connections).toHaveLength(2);
    expect(subscription.state).toBe('open');
    expect(world.states.map(({ state }) => state)).toEqual(['open']);
  });

  it('asks again at most once a second while long polls come back empty at once', async () => {
    const world = makeWorld([memoryTransport({ name: 'long-poll', rhythm: 'answer' })]);
    world.subscribe();
    await world.environment.settle();
    for (let second = 0; second < 10; second++) {
      world.transport.latest.end();
      await world.environment.advance(1_000);
    }
    expect(world.transport.connections).toHaveLength(11);
  });

  it('polls after the interval, never two at a time, with If-None-Match', async () => {
    const world = makeWorld([memoryTransport({ name: 'poll', rhythm: 'interval' })]);
    world.subscribe({ pollInterval: 2_000 });
    await world.environment.settle();
    world.transport.latest.open({ headers: { 'content-type': 'text/event-stream', etag: '"7"' } });
    await world.environment.advance(10_000);
    expect(world.transport.connections).toHaveLength(1);
    world.transport.latest.send('data: one\n\n');
    world.transport.latest.end();
    await world.environment.advance(1_999);
    expect(world.transport.connections).toHaveLength(1);
    await world.environment.advance(1);
    expect(world.transport.connections).toHaveLength(2);
    expect(world.transport.latest.request.headers.get('if-none-match')).toBe('"7"');
    expect(world.transport.latest.request.url).toBe('https://app.test/events?transport=poll');
    world.transport.latest.status(304);
    await world.environment.advance(2_000);
    expect(world.transport.connections).toHaveLength(3);
    expect(world.errors).toEqual([]);
  });

  it('refuses a poll interval under one second', () => {
    expect(() => makeWorld().subscribe({ pollInterval: 999 })).toThrow(
      /pollInterval must be a number, at least 1000/,
    );
  });
});

describe('polls and their answers', () => {
  it('takes a 304 for an answer, not for a failure', async () => {
    const world = makeWorld([memoryTransport({ name: 'poll', rhythm: 'interval' })]);
    const subscription = world.subscribe({ maxAttempts: 2, pollInterval: 1_000 });
    for (let time = 0; time < 5; time++) {
      await nextConnection(world);
      world.transport.latest.status(304);
    }
    expect(subscription.state).toBe('open');
    await nextConnection(world);
    world.transport.latest.cut();
    expect(world.states.at(-1)).toMatchObject({ state: 'waiting', previous: 'open' });
  });

  it('sends no If-None-Match with a long poll: the same may well happen twice', async () => {
    const world = makeWorld([memoryTransport({ name: 'long-poll', rhythm: 'answer' })]);
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.open({ headers: { 'content-type': 'text/event-stream', etag: '"7"' } });
    world.transport.latest.end();
    await world.environment.advance(1_000);
    expect(world.transport.latest.request.headers.has('if-none-match')).toBe(false);
  });

  it('sends the ETag of a poll with polls alone, not with a stream that is tried again', async () => {
    const stream = memoryTransport({ name: 'stream' });
    const poll = memoryTransport({ name: 'poll', rhythm: 'interval' });
    const world = makeWorld([stream, poll]);
    world.subscribe();
    await world.environment.advance(3_000);
    poll.latest.open({ headers: { 'content-type': 'text/event-stream', etag: '"7"' } });
    poll.latest.send('id: 1\ndata: one\n\n');
    poll.latest.end();
    await world.environment.advance(250);
    await world.environment.tell('online');
    await world.environment.advance(5_000);
    expect(stream.connections).toHaveLength(2);
    expect(stream.latest.request.headers.get('last-event-id')).toBe('1');
    expect(stream.latest.request.headers.has('if-none-match')).toBe(false);
    expect(poll.latest.request.headers.get('if-none-match')).toBe('"7"');
  });

  it('forgets the ETag with the cursor: the whole list is another answer', async () => {
    const world = makeWorld([memoryTransport({ name: 'poll', rhythm: 'interval' })]);
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.open({ headers: { 'content-type': 'text/event-stream', etag: '"7"' } });
    world.transport.latest.send('id: 1\ndata: one\n\n');
    world.transport.latest.end();
    await nextConnection(world);
    world.transport.latest.status(410);
    await nextConnection(world);
    expect([...world.transport.latest.request.headers.keys()]).toEqual(['accept']);
  });

  it('asks at most ten times a second where answers without ids come at once', async () => {
    const world = makeWorld([memoryTransport({ name: 'long-poll', rhythm: 'answer' })]);
    world.subscribe();
    await world.environment.settle();
    for (let time = 0; time < 10; time++) {
      world.transport.latest.send('data: same\n\n');
      world.transport.latest.end();
      await world.environment.advance(100);
    }
    expect(world.transport.connections).toHaveLength(11);
  });

  it('takes an empty answer without content type for an empty answer', async () => {
    const world = makeWorld();
    const exchange = world.request({ onMessage: undefined } as object);
    await world.environment.settle();
    world.transport.latest.open({ status: 201, headers: {} });
    world.transport.latest.end();
    await expect(exchange).resolves.toMatchObject({ status: 201, messages: [] });
  });

  it('refuses a body without content type', async () => {
    const world = makeWorld();
    const { closed } = world.subscribe();
    await world.environment.settle();
    world.transport.latest.open({ headers: {} });
    world.transport.latest.send('data: one\n\n');
    await expect(closed).resolves.toMatchObject({ error: { code: 'content-type' } });
    expect(world.transport.latest.stopped).toBe(true);
  });
});

describe('the ladder', () => {
  it('passes over what cannot carry the request, and says so', async () => {
    const first = memoryTransport({ name: 'first', refusal: 'cannot POST' });
    const world = makeWorld([first, memoryTransport({ name: 'second' })]);
    world.subscribe({ method: 'POST', body: 'hello' });
    await world.environment.settle();
    expect(world.changes).toEqual([{ to: 'second', refusals: ['first cannot POST'] }]);
  });

  it('throws at once when nothing is left, and names what to add', () => {
    const world = makeWorld([memoryTransport({ name: 'only', refusal: 'cannot POST' })]);
    expect(() => world.subscribe({ method: 'POST' })).toThrow(
      'No transport can carry this: only cannot POST. Add fetchStream, xhrStream or longPoll',
    );
  });

  it('falls back when a transport cannot work here', async () => {
    const world = makeWorld([memoryTransport({ name: 'first' }), memoryTransport({ name: 'second' })]);
    const subscription = world.subscribe();
    await world.environment.settle();
    world.transports[0]?.latest.unusable('A policy forbids it.');
    await world.environment.advance(0);
    world.transports[1]?.latest.send('data: one\n\n');
    expect(dataOf(world)).toEqual(['one']);
    expect(subscription.transport).toBe('second');
    expect(world.changes[1]).toMatchObject({ from: 'first', to: 'second', reason: 'A policy forbids it.' });
  });

  it('closes when the last transport cannot work here', async () => {
    const world = makeWorld();
    const subscription = world.subscribe();
    await world.environment.settle();
    world.transport.latest.unusable('A policy forbids it.');
    await expect(subscription.closed).resolves.toMatchObject({
      reason: 'fatal',
      error: { code: 'no-transport' },
    });
    expect(world.environment.timers).toBe(0);
  });

  it('closes with what the transport says where the client has no part that falls back', async () => {
    const transport = memoryTransport();
    const environment = virtualEnvironment();
    const client = composeClient({ transports: [transport], formats: [eventStream], environment });
    const subscription = client.subscribe('/events');
    await environment.settle();
    transport.latest.unusable('A policy forbids it.');
    await expect(subscription.closed).resolves.toMatchObject({
      reason: 'fatal',
      error: { code: 'unusable', message: 'A policy forbids it.' },
    });
    expect(environment.timers).toBe(0);
  });

  it('asks for an empty answer no sooner than the server has asked for', async () => {
    const world = makeWorld([memoryTransport({ rhythm: 'answer' })]);
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.send('retry: 10000\n\n');
    world.transport.latest.end();
    await world.environment.advance(9_999);
    expect(world.transport.connections).toHaveLength(1);
    await world.environment.advance(1);
    expect(world.transport.connections).toHaveLength(2);
  });

  it('leaves a stream that opened three times and brought nothing, and every other stream with it', async () => {
    const world = makeWorld([
      memoryTransport({ name: 'first' }),
      memoryTransport({ name: 'second' }),
      memoryTransport({ name: 'third', rhythm: 'answer' }),
    ]);
    world.subscribe();
    for (let time = 0; time < 3; time++) {
      await nextConnection(world);
      world.transport.latest.open();
      await world.environment.advance(200);
      world.transport.latest.cut();
    }
    await world.environment.advance(10_000);
    expect(world.transports[1]?.connections).toHaveLength(0);
    expect(world.transports[2]?.connections).toHaveLength(1);
    expect(world.changes.at(-1)).toEqual({
      from: 'first',
      to: 'third',
      reason: 'opened 3 times and brought nothing',
      evidence: 'mute',
      fix: expect.stringContaining('X-Accel-Buffering') as string,
      refusals: [
        'first opened 3 times and brought nothing',
        'second is a stream like first, which opened 3 times and brought nothing',
      ],
    });
  });

  it('never leaves a stream that delivers one event and closes, however often', async () => {
    const second = memoryTransport({ name: 'second', rhythm: 'answer' });
    const world = makeWorld([memoryTransport({ name: 'first' }), second]);
    world.subscribe();
    for (let time = 0; time < 1_000; time++) {
      await world.environment.advance(1_000);
      world.transport.latest.send(`id: ${String(time)}\ndata: ${String(time)}\n\n`);
      world.transport.latest.end();
    }
    expect(world.messages).toHaveLength(1_000);
    expect(world.transports[1]?.connections).toHaveLength(0);
  });

  it('stays on the last rung though it is mute, and keeps trying', async () => {
    const world = makeWorld();
    world.subscribe();
    for (let time = 0; time < 5; time++) {
      await nextConnection(world);
      world.transport.latest.open();
      world.transport.latest.cut();
    }
    await nextConnection(world);
    expect(world.transport.connections).toHaveLength(6);
  });
});

describe('handlers', () => {
  it('calls the handlers of an event and onMessage once each', async () => {
    const world = makeWorld();
    const tick = vi.fn();
    const later = vi.fn();
    const subscription = world.subscribe({ on: { tick } });
    const off = subscription.on('tick', later);
    await world.environment.settle();
    world.transport.latest.send('event: tick\ndata: 1\n\n');
    off();
    world.transport.latest.send('event: tick\ndata: 2\n\n');
    expect(tick.mock.calls.map(([data]) => data as string)).toEqual(['1', '2']);
    expect(later).toHaveBeenCalledOnce();
    expect(world.messages).toHaveLength(2);
  });

  it('calls a handler once that takes itself away and adds itself anew', async () => {
    const world = makeWorld();
    const subscription = world.subscribe();
    let calls = 0;
    const again = (): void => {
      calls++;
      off();
      off = subscription.on('message', again);
    };
    let off = subscription.on('message', again);
    await world.environment.settle();
    world.transport.latest.send('data: one\n\n');
    expect(calls).toBe(1);
  });

  it('calls nothing more once a handler has closed, neither until nor retry', async () => {
    const world = makeWorld();
    const until = vi.fn(() => false);
    const retry = vi.fn(() => 1);
    const subscription = world.subscribe({ until, retry, onMessage: () => subscription.close() });
    await world.environment.settle();
    world.transport.latest.send('data: one\n\n');
    world.transport.latest.cut();
    expect([until.mock.calls.length, retry.mock.calls.length]).toEqual([0, 0]);
  });

  it('closes when an iterator that waits is returned', async () => {
    const world = makeWorld();
    const subscription = world.subscribe();
    const loop = subscription[Symbol.asyncIterator]();
    const next = loop.next();
    await world.environment.settle();
    await loop.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    await expect(subscription.closed).resolves.toEqual({ reason: 'user' });
    expect(world.transport.latest.stopped).toBe(true);
  });

  it('goes on when a handler throws, and hands the error to the page', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const world = makeWorld();
    const seen: string[] = [];
    world.subscribe({
      onMessage: () => {
        throw new Error('mine');
      },
      on: { message: (data) => seen.push(String(data)) },
    });
    await world.environment.settle();
    world.transport.latest.send('data: one\n\ndata: two\n\n');
    expect(seen).toEqual(['one', 'two']);
    expect(() => vi.runAllTimers()).toThrow('mine');
    expect(() => vi.runAllTimers()).toThrow('mine');
    vi.useRealTimers();
  });

  it('turns text into data with parse, and skips what parse cannot read', async () => {
    const world = makeWorld();
    world.subscribe({ parse: (text) => JSON.parse(text) as unknown });
    await world.environment.settle();
    world.transport.latest.send('data: {"a":1}\n\ndata: {broken\n\ndata: 2\n\n');
    expect(dataOf(world)).toEqual([{ a: 1 }, 2]);
    expect(world.errors).toHaveLength(1);
    expect(world.errors[0]).toMatchObject({ code: 'malformed', payload: '{broken', transport: 'memory' });
  });

  it.each<[what: string, options: SubscribeOptions, text: string]>([
    ['parse', { parse: throwNameless }, 'data: one\n\n'],
    ['the format', { maxMessageSize: 1 }, 'data: one\n\n'],
    ['the connection', {}, ''],
    ['retry', { retry: () => NaN }, ''],
  ])('says of each error of %s where it comes from', async (_, options, text) => {
    const world = makeWorld();
    world.subscribe(options);
    await world.environment.settle();
    world.transport.latest.send(text);
    world.transport.latest.cut();
    expect(world.errors).not.toEqual([]);
    for (const error of world.errors)
      expect(error).toMatchObject({ url: 'https://app.test/events', transport: 'memory', attempt: 1 });
  });

  it.each<[option: string, code: string, options: object]>([
    ['parse', 'malformed', { parse: throwNameless }],
    ['headers', 'invalid-option', { headers: throwNameless }],
    ['body', 'invalid-option', { body: throwNameless, method: 'POST' }],
  ])('reports what %s throws, even if it cannot be made a text', async (_, code, options) => {
    const world = makeWorld();
    world.subscribe(options);
    await world.environment.settle();
    if (code === 'malformed') world.transport.latest.send('data: one\n\n');
    expect(world.errors).toMatchObject([{ code, cause: {} }]);
  });

  it('gives a loop what was queued before the server ended it, and nothing more', async () => {
    const world = makeWorld();
    const subscription = world.subscribe({ endOn: '[DONE]' });
    const loop = subscription[Symbol.asyncIterator]();
    await world.environment.settle();
    world.transport.latest.send('data: one\n\ndata: two\n\ndata: [DONE]\n\ndata: three\n\n');
    const seen: unknown[] = [];
    for await (const { data } of { [Symbol.asyncIterator]: () => loop }) seen.push(data);
    expect(seen).toEqual(['one', 'two']);
  });

  it('closes when an error is thrown into the loop, also by a generator around it, and hands that error on', async () => {
    const error = new Error('mine');
    for (const around of [true, false]) {
      const world = makeWorld();
      const subscription = world.subscribe();
      const generator = (async function* () {
        yield* subscription;
      })();
      const loop: AsyncIterator<unknown> = around ? generator : subscription[Symbol.asyncIterator]();
      const first = loop.next();
      await world.environment.settle();
      world.transport.latest.send('data: one\n\ndata: two\n\n');
      await first;
      await expect(loop.throw?.(error)).rejects.toBe(error);
      await expect(subscription.closed).resolves.toEqual({ reason: 'user' });
      expect(await loop.next()).toEqual({ done: true, value: undefined });
    }
  });

  it('gives what a loop is left with, as a generator does', async () => {
    const loop = makeWorld().subscribe()[Symbol.asyncIterator]() as AsyncIterator<unknown, unknown>;
    expect(await loop.return?.('left')).toEqual({ done: true, value: 'left' });
  });

  it('closes when the loop is left, and throws in the loop what was fatal', async () => {
    const world = makeWorld();
    const subscription = world.subscribe();
    const left = (async () => {
      for await (const { data } of subscription) return data as unknown;
      return undefined;
    })();
    await world.environment.settle();
    world.transport.latest.send('data: one\n\n');
    expect(await left).toBe('one');
    await expect(subscription.closed).resolves.toEqual({ reason: 'user' });

    const failing = world.subscribe();
    const next = failing[Symbol.asyncIterator]().next();
    await world.environment.settle();
    world.transport.latest.status(404);
    await expect(next).rejects.toMatchObject({ code: 'status', status: 404 });
  });
});

describe('request', () => {
  const quiet = { onMessage: undefined } as object;

  it('gives the whole reply to who awaits it, and sends once', async () => {
    const world = makeWorld();
    const exchange = world.request({ ...quiet, body: { prompt: 'hi' } });
    await world.environment.settle();
    const { request } = world.transport.latest;
    expect(request.method).toBe('POST');
    expect(request.body).toBe('{"prompt":"hi"}');
    expect(request.headers.get('content-type')).toBe('application/json');
    world.transport.latest.send('data: one\n\ndata: last');
    world.transport.latest.end();
    const reply = await exchange;
    expect(reply.messages.map(({ data }) => data as unknown)).toEqual(['one', 'last']);
    expect(reply).toMatchObject({ status: 200, transport: 'memory' });
    await world.environment.advance(120_000);
    expect(world.transport.connections).toHaveLength(1);
  });

  it('sends the JSON that its body was at the call: a chat goes on writing in its list', async () => {
    const world = makeWorld();
    const messages = [{ role: 'user', content: 'Why?' }];
    world.request({ body: { messages } });
    messages.push({ role: 'assistant', content: '' });
    await world.environment.settle();
    expect(world.transport.latest.request.body).toBe('{"messages":[{"role":"user","content":"Why?"}]}');
  });

  it('is never sent again after a cut, a time-out or a 503', async () => {
    for (const hurt of ['cut', 'status'] as const) {
      const world = makeWorld();
      const exchange = world.request(quiet);
      await world.environment.settle();
      if (hurt === 'cut') world.transport.latest.cut();
      else world.transport.latest.status(503);
      await expect(exchange).rejects.toBeInstanceOf(EnckeError);
      await world.environment.advance(120_000);
      expect(world.transport.connections).toHaveLength(1);
    }
  });

  it('waits for its head as long as it takes', async () => {
    const world = makeWorld();
    const exchange = world.request({ ...quiet, connectTimeout: undefined } as object);
    await world.environment.advance(3_600_000);
    expect(exchange.state).toBe('connecting');
    expect(world.transport.latest.stopped).toBe(false);
    exchange.close();
  });

  it('rejects with the reason of the signal', async () => {
    const world = makeWorld();
    const controller = new AbortController();
    const exchange = world.request({ ...quiet, signal: controller.signal });
    await world.environment.settle();
    controller.abort();
    await expect(exchange).rejects.toMatchObject({ name: 'AbortError' });
    expect(world.transport.latest.stopped).toBe(true);
  });

  it('never gives what was closed half way for a whole reply', async () => {
    const world = makeWorld();
    const exchange = world.request(quiet);
    await world.environment.settle();
    world.transport.latest.send('data: one\n\n');
    exchange.close();
    await expect(exchange).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('rejects on a server, and its loop ends at once', async () => {
    const environment = { ...virtualEnvironment(), baseUrl: () => undefined };
    const client = createClient({
      transports: [memoryTransport()],
      formats: [eventStream],
      environment,
    });
    await expect(client.request('/report')).rejects.toMatchObject({ code: 'no-transport' });
    for await (const message of client.subscribe('/events')) throw new Error(String(message.data));
  });

  it('leaves no unhandled rejection when nobody awaits it', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const world = makeWorld();
    world.request();
    await world.environment.settle();
    world.transport.latest.cut();
    await new Promise((resolve) => setTimeout(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('can be looped over later: its messages wait', async () => {
    const world = makeWorld();
    const exchange = world.request(quiet);
    await world.environment.settle();
    world.transport.latest.send('data: one\n\n');
    world.transport.latest.end();
    const seen: unknown[] = [];
    for await (const { data } of exchange) seen.push(data);
    expect(seen).toEqual(['one']);
  });
});

function throwNameless(): never {
  throw Object.create(null);
}
