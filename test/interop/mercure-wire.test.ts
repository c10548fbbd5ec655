// What a Mercure hub says and expects on the wire, as docs/backends/mercure.md states it: no part of encke is at
// work here.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildHub, findGo, startMercure, token, type Mercure, type MercureOptions } from './mercure.ts';
import { streamed } from './streamed.ts';

const found = findGo();

describe('a Mercure hub', () => {
  let path = '';
  let hub: Mercure;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    if ('missing' in found) return;
    path = await buildHub(found.path);
    hub = await started({ heartbeat: '300ms', size: 3, origins: ['https://elsewhere.example'] });
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  beforeEach((context) => {
    if ('missing' in found) context.skip(found.missing);
  });

  it('begins with a comment, and shows life by another, with no blank line behind', async () => {
    const { text, headers } = await streamed(hub.topics('quiet'), ':\n:\n');
    expect(text).toBe(':\n:\n');
    expect(headers.get('Content-Type')).toBe('text/event-stream');
    expect(headers.get('X-Accel-Buffering')).toBe('no');
    expect(headers.get('Last-Event-ID')).toBeNull();
  });

  it('gives updates of the topics asked for, with their type and id', async () => {
    const wanted = streamed(hub.topics('https://example.com/books/{id}', 'news'), 'data: 3\n\n');
    await listening();
    await hub.publish({ topic: 'https://example.com/books/1', data: 'one\ntwo', id: 'a', type: 'changed' });
    await hub.publish({ topic: 'weather', data: '2' });
    const id = await hub.publish({ topic: 'news', data: '3' });
    expect((await wanted).text.replace(/^(:\n)+/, '')).toBe(
      `event: changed\nid: a\ndata: one\ndata: two\n\nid: ${id}\ndata: 3\n\n`,
    );
    expect(id).toMatch(/^urn:uuid:/);
  });

  it.each(['the header Last-Event-ID', 'the parameter lastEventID'])(
    'gives what comes behind the id in %s, and repeats that in a header',
    async (way) => {
      const topic = way;
      const ids = [];
      for (const data of ['1', '2', '3']) ids.push(await hub.publish({ topic, data }));
      const [, second = ''] = ids;
      const inHeader = way.startsWith('the header');
      const url = hub.topics(topic) + (inHeader ? '' : `&lastEventID=${second}`);
      const asked = new Headers(inHeader ? { 'Last-Event-ID': second } : {});
      const { text, headers } = await streamed(url, 'data: 3\n\n', asked);
      expect(text.match(/data: \d/g)).toEqual(['data: 3']);
      expect(headers.get('Last-Event-ID')).toBe(second);
    },
  );

  it('gives nothing to an id that it has no more, and says which it had last', async () => {
    const topic = 'lost';
    const ids = [];
    for (const data of ['1', '2', '3', '4', '5']) ids.push(await hub.publish({ topic, data }));
    const asked = new Headers({ 'Last-Event-ID': String(ids[0]) });
    const { text, headers } = await streamed(hub.topics(topic), ':\n:\n', asked);
    expect(text).not.toContain('data');
    expect(headers.get('Last-Event-ID')).toBe(ids[4]);
  });

  it('knows nothing of the parameter that version 1.0 has', async () => {
    const { text, headers } = await streamed(`${hub.topics('lost')}&last_event_id=earliest`, ':\n:\n');
    expect(text).not.toContain('data');
    expect(headers.get('Last-Event-ID')).toBeNull();
  });

  it('shows private updates to those whose token names the topic, in a header, a cookie or the query', async () => {
    const topic = 'https://example.com/users/7';
    const mine = token({ subscribe: ['https://example.com/users/{id}'] });
    const ways: [url: string, headers: Record<string, string>][] = [
      [hub.topics(topic), { Authorization: `Bearer ${mine}` }],
      [hub.topics(topic), { Cookie: `mercureAuthorization=${mine}` }],
      [`${hub.topics(topic)}&authorization=${mine}`, {}],
    ];
    await hub.publish({ topic, data: 'secret', private: 'on' });
    for (const [url, headers] of ways) {
      const { text } = await streamed(`${url}&lastEventID=earliest`, 'secret', new Headers(headers));
      expect(text).toContain('data: secret');
    }
    const { text } = await streamed(`${hub.topics(topic)}&lastEventID=earliest`, ':\n:\n');
    expect(text).not.toContain('data');
  });

  it('answers a token that it does not take with 401', async () => {
    const headers = { Authorization: `Bearer ${token({ subscribe: ['*'] })}x` };
    expect((await fetch(hub.topics('news'), { headers })).status).toBe(401);
  });

  it('ends a response in good order, five seconds before its time or that of its token is over', async () => {
    const limited = await started({ writeTimeout: '6s' });
    const soon = token({ subscribe: ['*'] }, Date.now() / 1000 + 6);
    const headers = [new Headers(), new Headers({ Authorization: `Bearer ${soon}` })];
    const begin = performance.now();
    await Promise.all(headers.map((asked) => streamed(limited.topics('quiet'), 'never', asked)));
    expect(performance.now() - begin).toBeLessThan(2_000);
  });

  it('shows pages of other origins nothing but the stream', async () => {
    const Origin = 'https://elsewhere.example';
    const asked = new Headers({ Origin, 'Last-Event-ID': 'earliest' });
    const { headers } = await streamed(hub.topics('quiet'), ':\n:\n', asked);
    expect(headers.get('Access-Control-Allow-Origin')).toBe(Origin);
    expect(headers.get('Access-Control-Expose-Headers')).toBeNull();
  });

  it('without a history, takes every id for lost', async () => {
    const forgetful = await started({ size: 0, heartbeat: '300ms' });
    const id = await forgetful.publish({ topic: 'news', data: '1' });
    const asked = new Headers({ 'Last-Event-ID': id });
    const { headers } = await streamed(forgetful.topics('news'), ':\n:\n', asked);
    expect(headers.get('Last-Event-ID')).toBe('earliest');
  });

  it('after a restart, takes every id for lost until the next update', async () => {
    const other = await started({ heartbeat: '300ms' });
    const topic = 'news';
    const [first] = [await other.publish({ topic, data: '1' }), await other.publish({ topic, data: '2' })];
    await other.restart();
    const asked = new Headers({ 'Last-Event-ID': first });
    const before = await streamed(other.topics(topic), ':\n:\n', asked);
    expect(before.text).not.toContain('data');
    expect(before.headers.get('Last-Event-ID')).toBe('earliest');
    await other.publish({ topic, data: '3' });
    const after = await streamed(other.topics(topic), 'data: 3\n\n', asked);
    expect(after.text.match(/data: \d/g)).toEqual(['data: 2', 'data: 3']);
    expect(after.headers.get('Last-Event-ID')).toBe(first);
  });

  async function started(options: Omit<MercureOptions, 'path'>): Promise<Mercure> {
    const mercure = await startMercure({ path, ...options });
    stops.push(mercure.stop);
    return mercure;
  }

  /** Waits until what was asked just now is being listened to. */
  async function listening(): Promise<void> {
    await streamed(hub.topics('quiet'), ':\n');
  }
});
