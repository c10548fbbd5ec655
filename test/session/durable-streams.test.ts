import { describe, expect, it } from 'vitest';
import { composeClient, type ClientParts } from '../../src/client.ts';
import { createClient, durableStreams, durableTextStreams } from '../../src/all-parts.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import { json } from '../../src/formats/json.ts';
import { text } from '../../src/formats/text.ts';
import type { EnckeError } from '../../src/ground/errors.ts';
import type { Message } from '../../src/ground/message.ts';
import type { Resync, SubscribeOptions } from '../../src/options.ts';
import { memoryTransport, virtualEnvironment } from '../../src/testing.ts';

type Rhythm = 'stream' | 'answer' | 'interval';

const EVENTS = { 'content-type': 'text/event-stream' };

/** The headers of an answer to a poll, and the offset after it. */
const json200 = (offset: string, more: Record<string, string> = {}) => ({
  'content-type': 'application/json',
  'stream-next-offset': offset,
  ...more,
});

const data = (value: unknown): string => `event: data\ndata: ${JSON.stringify(value)}\n\n`;
const control = (streamNextOffset: string, more: object = {}): string =>
  `event: control\ndata: ${JSON.stringify({ streamNextOffset, ...more })}\n\n`;

function world(rhythm: Rhythm = 'stream', options: SubscribeOptions = {}) {
  const transport = memoryTransport({ rhythm });
  const environment = virtualEnvironment();
  const client = createClient({ transports: [transport], formats: [eventStream, json, text], environment });
  const messages: Message[] = [];
  const errors: EnckeError[] = [];
  const gaps: Resync[] = [];
  const subscription = client.subscribe('/stream', {
    cursor: durableStreams,
    onMessage: (message) => messages.push(message),
    onError: (error) => errors.push(error),
    onResync: (gap) => gaps.push(gap),
    ...options,
  });
  const query = () => new URL(transport.latest.request.url).searchParams;
  return { transport, environment, subscription, messages, errors, gaps, query };
}

describe('a stream of Durable Streams', () => {
  it.each([
    ['stream', 'sse'],
    ['answer', 'long-poll'],
    ['interval', null],
  ] as const)('is asked for from its beginning, over a transport of the rhythm %s', async (rhythm, live) => {
    const { environment, query, transport } = world(rhythm);
    await environment.settle();
    expect([query().get('offset'), query().get('live'), query().get('transport')]).toEqual([
      '-1',
      live,
      null,
    ]);
    expect(transport.latest.request.headers.get('last-event-id')).toBeNull();
  });

  it('is delivered when its offset is known, which is that of the last of its messages', async () => {
    const { transport, environment, messages, subscription } = world();
    await environment.settle();
    transport.latest.open({ headers: EVENTS });
    transport.latest.send(data([1]) + data([2, 3]));
    expect(messages).toEqual([]);
    transport.latest.send(control('7'));
    expect(messages.map((message) => [message.event, message.data, message.id])).toEqual([
      ['message', 1, '-1'],
      ['message', 2, '-1'],
      ['message', 3, '7'],
    ]);
    expect(subscription.lastEventId).toBe('7');
  });

  it('loses and repeats nothing when it breaks off between its messages and their offset', async () => {
    const { transport, environment, messages, gaps, query } = world();
    await environment.settle();
    transport.latest.open({ headers: EVENTS });
    transport.latest.send(data(['a']) + control('1', { streamCursor: 'x' }) + data(['a']));
    transport.latest.cut();
    await environment.advance(2_000);
    expect([query().get('offset'), query().get('cursor')]).toEqual(['1', 'x']);
    transport.latest.open({ headers: EVENTS });
    // The same data as before: no replay.
    transport.latest.send(control('1') + data(['a', 'a']) + control('3'));
    expect(messages.map((message) => message.data)).toEqual(['a', 'a', 'a']);
    expect(gaps).toEqual([]);
  });

  it('that breaks off before it has brought anything has left no gap', async () => {
    const { transport, environment, gaps } = world();
    await environment.settle();
    transport.latest.open({ headers: EVENTS });
    transport.latest.cut();
    await environment.advance(2_000);
    transport.latest.open({ headers: EVENTS });
    expect(gaps).toEqual([]);
  });

  it.each([
    ['half a list', '[1, 2'],
    ['nothing', ''],
  ])(
    'as an answer of which %s has come, which some engines take for the whole, is asked for again',
    async (_, body) => {
      const { transport, environment, messages, subscription } = world('answer');
      await environment.settle();
      transport.latest.open({ headers: json200('9') });
      transport.latest.send(body);
      transport.latest.end();
      expect([messages, subscription.lastEventId]).toEqual([[], '-1']);
      await environment.advance(2_000);
      transport.latest.open({ headers: json200('9') });
      transport.latest.send('[1, 2]');
      transport.latest.end();
      expect([messages.length, subscription.lastEventId]).toEqual([2, '9']);
    },
  );

  it('as an answer of which nothing has come is asked for again, whatever its kind of JSON', async () => {
    const { transport, environment, messages, subscription } = world('answer');
    await environment.settle();
    transport.latest.open({ headers: json200('9', { 'content-type': 'application/vnd.api+json' }) });
    transport.latest.end();
    expect([messages, subscription.lastEventId]).toEqual([[], '-1']);
  });

  it('is done where it is closed and an empty answer states the offset asked for', async () => {
    const { transport, environment, subscription } = world('interval', { lastEventId: '4' });
    await environment.settle();
    transport.latest.open({ headers: json200('4', { 'stream-closed': 'true' }) });
    transport.latest.end();
    expect(await subscription.closed).toMatchObject({ reason: 'done' });
  });

  it('is delivered whole from its beginning when its offset is gone, however its answers are cut', async () => {
    const { transport, environment, messages, gaps } = world();
    await environment.settle();
    transport.latest.open({ headers: EVENTS });
    transport.latest.send(data(['a', 'a', 'b']) + control('3') + data(['c']) + control('4'));
    transport.latest.end();
    await environment.advance(2_000);
    transport.latest.status(410);
    await environment.advance(2_000);
    messages.length = 0;
    transport.latest.open({ headers: EVENTS });
    transport.latest.send(data(['a', 'b', 'c', 'd']) + control('5'));
    expect(gaps.map(({ reason }) => reason)).toEqual(['expired']);
    expect(messages.map((message) => message.data)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is told its end by an answer that brings nothing', async () => {
    const { transport, environment, subscription } = world('answer');
    await environment.settle();
    transport.latest.open({ headers: json200('4') });
    transport.latest.send('[]');
    transport.latest.end();
    await environment.advance(0);
    expect(transport.connections).toHaveLength(2);
    expect(subscription.lastEventId).toBe('4');
  });

  it.each([
    ['stream', 'at once'],
    ['answer', 'with its last message'],
  ] as const)('that is closed is done, over a transport of the rhythm %s %s', async (rhythm, _) => {
    const { transport, environment, subscription, messages, errors } = world(rhythm);
    await environment.settle();
    if (rhythm === 'stream') {
      transport.latest.open({ headers: EVENTS });
      transport.latest.send(data([1]) + control('2', { streamClosed: true }));
    } else {
      transport.latest.open({ headers: json200('2', { 'stream-closed': 'true' }) });
      transport.latest.send('[1]');
      transport.latest.end();
    }
    expect(await subscription.closed).toMatchObject({ reason: 'done' });
    expect([messages.length, errors, subscription.lastEventId]).toEqual([1, [], '2']);
    expect(transport.connections.some(({ live }) => live)).toBe(false);
  });

  it('delivers nothing after a handler has closed, and goes on with all of that answer', async () => {
    const { transport, environment, messages, subscription } = world('stream', {
      until: ({ data: value }) => value === 2,
    });
    await environment.settle();
    transport.latest.open({ headers: EVENTS });
    transport.latest.send(data([1, 2, 3]) + control('5'));
    expect(messages.map((message) => message.data)).toEqual([1, 2]);
    expect(subscription.lastEventId).toBe('-1');
  });

  it('skips what is no list, and says so once', async () => {
    const { transport, environment, messages, errors } = world();
    await environment.settle();
    transport.latest.open({ headers: EVENTS });
    transport.latest.send('event: data\ndata: {"no":"list"}\n\n' + data([1]) + control('5'));
    expect(errors.map(({ code }) => code)).toEqual(['malformed']);
    expect(messages.map((message) => message.data)).toEqual([1]);
  });

  it.each(['{', 'null', '[]', '{}', '{"streamNextOffset":9,"streamCursor":9}', '"8"'])(
    'goes on after a control that states no offset, and delivers nothing twice: %s',
    async (unreadable) => {
      const { transport, environment, messages, query } = world();
      await environment.settle();
      transport.latest.open({ headers: EVENTS });
      transport.latest.send(`${data([1])}event: control\ndata: ${unreadable}\n\n`);
      expect(messages).toEqual([]);
      transport.latest.cut();
      await environment.advance(3_000);
      expect([transport.connections.length, query().get('offset')]).toEqual([2, '-1']);
      transport.latest.open({ headers: EVENTS });
      transport.latest.send(`${data([1])}event: control\ndata: ${unreadable}\n\n${data([2])}${control('7')}`);
      expect(messages.map((message) => message.data)).toEqual([1, 2]);
    },
  );

  it('of text gives its pieces as they are', async () => {
    const { transport, environment, messages } = world('stream', { cursor: durableTextStreams });
    await environment.settle();
    transport.latest.open({ headers: EVENTS });
    transport.latest.send(`event: data\ndata: [1]\ndata: two\n\n${control('5')}`);
    expect(messages.map((message) => message.data)).toEqual(['[1]\ntwo']);
  });

  it('needs no part', async () => {
    const transport = memoryTransport();
    const environment = virtualEnvironment();
    const parts: ClientParts = { transports: [transport], formats: [eventStream], environment };
    const seen: unknown[] = [];
    composeClient(parts).subscribe('/stream', {
      cursor: durableStreams,
      onMessage: (message) => seen.push(message.data),
    });
    await environment.settle();
    transport.latest.open({ headers: EVENTS });
    transport.latest.send(data([1]) + control('2'));
    expect(seen).toEqual([1]);
  });
});

it('an object with the keys of an envelope is data where ids travel otherwise: Durable Streams, Nchan', async () => {
  const envelope = { id: '5', event: 'x', data: { deep: true } };
  for (const cursor of [durableStreams, 'nchan'] as const) {
    const { transport, environment, messages } = world('answer', { cursor });
    await environment.settle();
    const nchan = { etag: '3', 'last-modified': 'Sun, 06 Sep 2026 12:00:00 GMT' };
    transport.latest.open({ headers: json200('2', nchan) });
    transport.latest.send(JSON.stringify(cursor === 'nchan' ? envelope : [envelope]));
    transport.latest.end();
    expect(messages).toMatchObject([{ event: 'message', data: envelope }]);
  }
});
