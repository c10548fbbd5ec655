import { describe, expect, it } from 'vitest';
import type { CursorName } from '../../src/options.ts';
import { createClient } from '../../src/all-parts.ts';
import { text } from '../../src/formats/text.ts';
import { CURSOR_CONVENTIONS } from '../../src/parts/conventions.ts';
import type { EnckeError } from '../../src/ground/errors.ts';
import type { Message } from '../../src/ground/message.ts';
import { memoryTransport, virtualEnvironment } from '../../src/testing.ts';
import { makeWorld } from './harness.ts';

describe('a last event id', () => {
  it.each([
    ['last-event-id', '7', ''],
    ['mercure', '7', ''],
    ['mercure-1', '7', ''],
    ['nchan', '7', ''],
    ['yaffle', null, '?lastEventId=7'],
  ] as const)('by the convention %s travels to the own origin', async (cursor, header, search) => {
    const world = makeWorld();
    world.subscribe({ cursor, lastEventId: '7' });
    await world.environment.settle();
    const { headers, url } = world.transport.latest.request;
    expect([headers.get('last-event-id'), new URL(url).search]).toEqual([header, search]);
  });

  it.each([
    ['last-event-id', '?lastEventId=a%3A7'],
    ['mercure', '?lastEventID=a%3A7'],
    ['mercure-1', '?last_event_id=a%3A7'],
    ['nchan', '?last_event_id=a%3A7'],
    ['yaffle', '?lastEventId=a%3A7'],
  ] as const)('by the convention %s travels across origins, without a preflight', async (cursor, search) => {
    const transport = memoryTransport();
    const environment = virtualEnvironment();
    const client = createClient({ transports: [transport], formats: [text], environment });
    client.subscribe('https://push.test/events', { cursor, lastEventId: 'a:7' });
    await environment.settle();
    const { headers, url } = transport.latest.request;
    expect(new URL(url).search).toBe(search);
    expect([...headers.keys()]).toEqual(['accept']);
  });

  it('travels under a name of its own where one is given', async () => {
    const world = makeWorld();
    world.subscribe({ cursor: 'yaffle', lastEventIdParam: 'since', lastEventId: '7' });
    await world.environment.settle();
    expect(new URL(world.transport.latest.request.url).search).toBe('?since=7');
  });

  it('of an unknown convention is refused, with the names of those known', () => {
    const world = makeWorld();
    expect(() => world.subscribe({ cursor: 'nchann' as CursorName })).toThrow(
      `cursor must be ${Object.keys(CURSOR_CONVENTIONS).join(', ')}.`,
    );
    expect(() => world.subscribe({ cursor: 'constructor' as CursorName })).toThrow('cursor must be');
  });
});

describe('an answer of Nchan', () => {
  const HEADERS = {
    'content-type': 'text/plain',
    'last-modified': 'Sun, 06 Sep 2026 12:00:00 GMT',
    etag: '3',
  };

  function polled(rhythm: 'answer' | 'interval' = 'answer') {
    const transport = memoryTransport({ rhythm });
    const environment = virtualEnvironment();
    const client = createClient({ transports: [transport], formats: [text], environment });
    const messages: Message[] = [];
    const errors: EnckeError[] = [];
    const subscription = client.subscribe('/channel', {
      cursor: 'nchan',
      format: text,
      onMessage: (message) => messages.push(message),
      onError: (error) => errors.push(error),
    });
    return { transport, environment, subscription, messages, errors };
  }

  it('has its id in the headers, for its message and for the next question', async () => {
    const { transport, environment, subscription, messages } = polled();
    await environment.settle();
    transport.latest.open({ headers: HEADERS });
    transport.latest.send('hello');
    transport.latest.end();
    await environment.advance(0);
    expect(messages).toMatchObject([{ data: 'hello', id: '1788696000:3' }]);
    expect(subscription.lastEventId).toBe('1788696000:3');
    expect(transport.latest.request.headers.get('last-event-id')).toBe('1788696000:3');
  });

  it('that breaks off does not move the cursor', async () => {
    const { transport, environment, subscription } = polled();
    await environment.settle();
    transport.latest.open({ headers: HEADERS });
    transport.latest.cut();
    expect(subscription.lastEventId).toBe('');
  });

  it.each([
    ['not stated, which some engines take for its end, does not move the cursor', {}, ''],
    ['stated, moves the cursor: it was empty', { 'content-length': '0' }, '1788696000:3'],
  ])('that ends without a message, its length %s', async (_, length, id) => {
    const { transport, environment, subscription } = polled();
    await environment.settle();
    transport.latest.open({ headers: { ...HEADERS, ...length } });
    transport.latest.end();
    expect(subscription.lastEventId).toBe(id);
  });

  it('is never asked for with If-None-Match, which it would take for an id', async () => {
    const { transport, environment } = polled('interval');
    await environment.settle();
    transport.latest.open({ headers: HEADERS });
    transport.latest.send('hello');
    transport.latest.end();
    await environment.advance(5_000);
    expect(transport.connections).toHaveLength(2);
    expect(transport.latest.request.headers.get('if-none-match')).toBeNull();
  });

  it('that says 408 is followed by the next question', async () => {
    const { transport, environment, subscription } = polled();
    await environment.advance(10_000);
    transport.latest.status(408);
    await environment.advance(0);
    expect(transport.connections).toHaveLength(2);
    expect(subscription.state).toBe('open');
  });

  it('to a poll is followed by the next question at once, since it has one message of many', async () => {
    const { transport, environment } = polled('interval');
    await environment.settle();
    transport.latest.open({ headers: HEADERS });
    transport.latest.send('hello');
    transport.latest.end();
    await environment.advance(0);
    expect(transport.connections).toHaveLength(2);
    transport.latest.status(304);
    await environment.advance(4_999);
    expect(transport.connections).toHaveLength(2);
  });

  it('that says 410 is followed by the next question, after the same id', async () => {
    const { transport, environment, subscription } = polled();
    await environment.settle();
    transport.latest.status(410);
    await environment.advance(2_000);
    transport.latest.open({ headers: HEADERS });
    transport.latest.send('hello');
    transport.latest.end();
    await environment.advance(0);
    transport.latest.status(410);
    await environment.advance(2_000);
    expect(transport.connections).toHaveLength(4);
    expect(subscription.lastEventId).toBe('1788696000:3');
    expect(transport.latest.request.headers.get('last-event-id')).toBe('1788696000:3');
  });

  it('that does not come is asked for again when the time is over, which is no error', async () => {
    const { transport, environment, subscription, errors } = polled();
    await environment.settle();
    transport.latest.open({ headers: HEADERS });
    transport.latest.send('hello');
    transport.latest.end();
    await environment.advance(3 * 60_000 - 1);
    expect(transport.connections).toHaveLength(4);
    expect(transport.connections[2]?.stopped).toBe(true);
    expect(transport.latest.request.headers.get('last-event-id')).toBe('1788696000:3');
    expect([subscription.state, errors]).toEqual(['open', []]);
  });

  it('that does not come beside a mute stream is waited for again', async () => {
    const stream = memoryTransport({ name: 'stream' });
    const polls = memoryTransport({ name: 'polls', rhythm: 'answer' });
    const world = makeWorld([stream, polls]);
    world.subscribe({ cursor: 'nchan' });
    await world.environment.settle();
    stream.latest.open();
    await world.environment.advance(70_000);
    expect(polls.connections).toHaveLength(2);
    expect(polls.latest.stopped).toBe(false);
  });

  it('that has lost its ETag on the way brings nothing: its message would come again and again', async () => {
    const { transport, environment, subscription, messages, errors } = polled();
    await environment.settle();
    const { etag: _lost, ...headers } = HEADERS;
    transport.latest.open({ headers });
    transport.latest.send('hello');
    transport.latest.end();
    await environment.advance(1_000);
    expect(messages).toEqual([]);
    expect(errors.map(({ code }) => code)).toEqual(['no-transport']);
    expect(errors[0]?.message).toContain('has no ETag. Turn compression off for it');
    expect(subscription.state).toBe('closed');
  });
});
