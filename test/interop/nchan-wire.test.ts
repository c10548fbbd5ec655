// What Nchan says and expects on the wire, as docs/backends/nchan.md states it: no part of encke is at work here.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startNchan, type Nchan } from './nchan.ts';
import { findNchan } from './nginx.ts';
import { programOrSkip } from './service.ts';
import { streamed } from './streamed.ts';

const found = findNchan();

describe('Nchan', () => {
  let nchan: Nchan;
  let channel: string;
  let channels = 0;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    if ('missing' in found) return;
    nchan = await startNchan(found.path, {
      'nchan_eventsource_ping_interval 20': 'nchan_eventsource_ping_interval 1',
      'nchan_subscriber longpoll': 'nchan_subscriber_timeout 1; nchan_subscriber longpoll',
      'nchan_message_buffer_length 1000': 'nchan_message_buffer_length 3',
    });
    stops.push(nchan.stop);
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  beforeEach((context) => {
    programOrSkip(found, context);
    channel = `channel-${(channels += 1)}`;
  });

  it('writes the id of a message as seconds and a tag, in a stream as it is', async () => {
    const ids = [await nchan.publish(channel, 1), await nchan.publish(channel, 2, named('tick'))];
    for (const id of ids) expect(id).toMatch(/^\d{10}:\d$/);
    const { text } = await streamed(nchan.url(channel), 'data: 2\n\n');
    expect(text).toBe(`: hi\n\nid: ${ids[0]}\ndata: 1\n\nevent: tick\nid: ${ids[1]}\ndata: 2\n\n`);
  });

  it.each(['long-poll', 'poll'])(
    'answers a %s with one message, its content type, and its id in two headers',
    async (transport) => {
      const [first] = [await nchan.publish(channel, 1), await nchan.publish(channel, 2, named('tick'))];
      const response = await fetch(nchan.url(channel, `?transport=${transport}`));
      expect(response.status).toBe(200);
      expect(await response.json()).toBe(1);
      expect(idOf(response)).toBe(first);
      expect(response.headers.get('Content-Type')).toBe('application/json');
      expect(response.headers.get('Vary')).toBe('If-None-Match, If-Modified-Since');
    },
  );

  it('has no place for the name of an event but a stream', async () => {
    await nchan.publish(channel, 1, named('tick'));
    const { headers } = await fetch(nchan.url(channel, '?transport=long-poll'));
    expect([...headers].join('\n')).not.toContain('tick');
  });

  describe.each(['', '?transport=long-poll', '?transport=poll'])('asked by /events/NAME%s', (query) => {
    it.each(['the header Last-Event-ID', 'the parameter last_event_id'])('resumes after %s', async (way) => {
      const [first] = [await nchan.publish(channel, 1), await nchan.publish(channel, 2)];
      const inHeader = way.startsWith('the header');
      const url = nchan.url(channel, inHeader ? query : `${query || '?'}&last_event_id=${first}`);
      const headers = new Headers(inHeader ? { 'Last-Event-ID': first } : {});
      const text = query
        ? await (await fetch(url, { headers })).text()
        : (await streamed(url, 'data: 2\n\n', headers)).text;
      expect(text.match(/^(?:data: )?\d$/gm)).toEqual([query ? '2' : 'data: 2']);
    });
  });

  it.each([
    ['the header more than the parameter', { id: 1, parameter: 0, gives: 3 }],
    ['If-Modified-Since and If-None-Match more than both', { condition: 0, id: 1, parameter: 1, gives: 2 }],
    ['a lone If-None-Match as an id that it does not know', { tag: '0', id: 1, parameter: 1, gives: 1 }],
  ])('takes %s', async (_, { condition, tag, id, parameter, gives }: Asked) => {
    const ids: string[] = [];
    for (const n of [1, 2, 3]) ids.push(await nchan.publish(channel, n));
    const [seconds, etag = ''] = (condition === undefined ? '' : String(ids[condition])).split(':');
    const headers = new Headers({ 'Last-Event-ID': String(ids[id]) });
    if (condition !== undefined)
      headers.set('If-Modified-Since', new Date(Number(seconds) * 1000).toUTCString());
    if (tag ?? etag) headers.set('If-None-Match', tag ?? etag);
    const url = nchan.url(channel, `?transport=long-poll&last_event_id=${ids[parameter]}`);
    expect(await (await fetch(url, { headers })).json()).toBe(gives);
  });

  it('gives all that it has to an id that it has no more, and does not say so', async () => {
    const [first] = [await nchan.publish(channel, 1)];
    for (const n of [2, 3, 4, 5]) await nchan.publish(channel, n);
    const url = nchan.url(channel, `?last_event_id=${first}`);
    const { text } = await streamed(url, 'data: 5\n\n');
    expect(text.match(/data: \d/g)).toEqual(['data: 3', 'data: 4', 'data: 5']);
  });

  it('answers a long poll that brings nothing with 408, without an id, where it is given a time limit', async () => {
    const response = await fetch(nchan.url(channel, '?transport=long-poll'));
    expect(response.status).toBe(408);
    expect(idOf(response)).toBeUndefined();
  });

  it('answers a poll that brings nothing with 304, with the id asked for where there was one', async () => {
    const url = nchan.url(channel, '?transport=poll');
    const before = await fetch(url);
    expect([before.status, idOf(before)]).toEqual([304, undefined]);
    const id = await nchan.publish(channel, 1);
    const after = await fetch(`${url}&last_event_id=${id}`);
    expect([after.status, idOf(after)]).toEqual([304, id]);
  });

  it('shows life by an event without data', async () => {
    const { text } = await streamed(nchan.url(channel), 'ping\n\n');
    expect(text).toBe(': hi\n\nevent: ping\n\n');
  });

  it('ends everything with 410 when the channel is removed', async () => {
    const id = await nchan.publish(channel, 1);
    const stream = streamed(nchan.url(channel, `?last_event_id=${id}`), 'never');
    const longPoll = fetch(nchan.url(channel, `?transport=long-poll&last_event_id=${id}`));
    await listening(channel, 2);
    await nchan.remove(channel);
    expect((await stream).text).toBe(': hi\n\n:410: 410 Gone\n\n');
    expect((await longPoll).status).toBe(410);
  });

  it('allows pages of other origins a request without headers, and shows them the id', async () => {
    await nchan.publish(channel, 1);
    const Origin = 'https://elsewhere.example';
    const response = await fetch(nchan.url(channel, '?transport=long-poll'), { headers: { Origin } });
    const { headers } = response;
    expect(headers.get('Access-Control-Allow-Origin')).toBe(Origin);
    expect(headers.get('Access-Control-Allow-Credentials')).toBe('true');
    expect(headers.get('Access-Control-Expose-Headers')).toBe('Last-Modified, Etag, Content-Type');
    const asked = { Origin, 'Access-Control-Request-Headers': 'last-event-id' };
    const preflight = await fetch(nchan.url(channel), { method: 'OPTIONS', headers: asked });
    const allowed = preflight.headers.get('Access-Control-Allow-Headers');
    expect(allowed).toContain('If-None-Match');
    expect(allowed).not.toMatch(/last-event-id/i);
  });

  it('with several messages an answer, says no content type, and tells polls that nothing is new', async () => {
    const raw = await startNchan(String('path' in found && found.path), {
      'nchan_channel_id $channel': 'nchan_longpoll_multipart_response raw; nchan_channel_id $channel',
    });
    stops.push(raw.stop);
    await raw.publish(channel, 1);
    const last = await raw.publish(channel, 2);
    const longPoll = await fetch(raw.url(channel, '?transport=long-poll'));
    expect([await longPoll.text(), longPoll.headers.get('Content-Type'), idOf(longPoll)]).toEqual([
      '1\n2\n',
      null,
      last,
    ]);
    const poll = await fetch(raw.url(channel, '?transport=poll'));
    expect([poll.status, idOf(poll)]).toEqual([304, last]);
  });

  it('forgets everything when nginx is reloaded, and ends everything with 410', async () => {
    const id = await nchan.publish(channel, 1);
    const stream = streamed(nchan.url(channel, `?last_event_id=${id}`), 'never');
    const longPoll = fetch(nchan.url(channel, `?transport=long-poll&last_event_id=${id}`));
    await listening(channel, 2);
    await nchan.reload();
    expect((await stream).text).toBe(': hi\n\n:410: 410 Gone\n\n');
    expect((await longPoll).status).toBe(410);
    await expect
      .poll(async () => (await fetch(nchan.url(channel, '?transport=poll'))).status, { timeout: 5_000 })
      .toBe(304);
  });

  /** Waits until so many listen to a channel. */
  async function listening(name: string, count: number): Promise<void> {
    await expect.poll(() => nchan.listeners(name)).toBe(count);
  }
});

/** Indices of messages, by the way in which their ids are sent, and the number of the one that comes. */
interface Asked {
  readonly condition?: number;
  readonly tag?: string;
  readonly id: number;
  readonly parameter: number;
  readonly gives: number;
}

function named(event: string): Record<string, string> {
  return { 'X-EventSource-Event': event };
}

function idOf({ headers }: Response): string | undefined {
  const [time, tag] = [headers.get('Last-Modified'), headers.get('Etag')];
  return time === null || tag === null ? undefined : `${Date.parse(time) / 1000}:${tag}`;
}
