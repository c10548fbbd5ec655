// /events: negotiation, replay, the cursor, long poll and poll, the echo of a POST.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type ReferenceServer } from './server.ts';

let server: ReferenceServer;

beforeEach(async () => {
  server = await startServer();
});

afterEach(() => server.close());

/** Opens a stream on channel `c`; `read` resolves with what has come once it contains the text waited for. */
async function open(query = '', init: RequestInit = {}) {
  const stop = new AbortController();
  const response = await fetch(`${server.url}/events?channel=c${query}`, { ...init, signal: stop.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const until = async (expected: string): Promise<string> => {
    while (!text.includes(expected)) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) throw new Error(`The stream ended before ${expected}: ${text}`);
      text += value;
    }
    return text;
  };
  return { response, until, close: () => stop.abort() };
}

async function poll(query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/events?channel=c&${query}`, { headers });
  const text = await response.text();
  return { response, messages: text === '' ? undefined : (JSON.parse(text) as unknown[]) };
}

describe('negotiation', () => {
  const accepts: [accept: string, contentType: string][] = [
    ['*/*', 'text/event-stream'],
    ['text/event-stream, application/x-ndjson;q=0.9', 'text/event-stream'],
    ['text/event-stream;q=0.5, application/x-ndjson;q=0.9', 'application/x-ndjson'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html; charset=utf-8'],
    ['text/plain', 'text/plain; charset=utf-8'],
    ['application/json', 'application/json'],
  ];
  it.each(accepts)('answers Accept: %s with %s', async (accept, contentType) => {
    const { response, close } = await open('', { headers: { Accept: accept } });
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    close();
  });

  const queries: [query: string, contentType: string][] = [
    ['format=json-lines', 'application/x-ndjson'],
    ['transport=iframe', 'text/html; charset=utf-8'],
    ['transport=htmlfile', 'text/html; charset=utf-8'],
    ['transport=iframe&format=event-stream', 'text/event-stream'],
    ['transport=poll', 'application/json'],
    ['transport=poll&format=event-stream', 'text/event-stream'],
  ];
  it.each(queries)('answers ?%s with %s whatever Accept says', async (query, contentType) => {
    const headers = query.includes('poll') ? { Accept: '*/*' } : { Accept: 'text/event-stream' };
    const { response, close } = await open(`&${query}`, { headers });
    expect(response.headers.get('content-type')).toBe(contentType);
    close();
  });
});

describe('a stream', () => {
  it('gives only what comes after it was opened, and states the newest id first', async () => {
    server.publish('c', { data: 'before' });
    const { until, close } = await open();
    expect(await until('id: 1')).toBe('id: 1\n\n');
    server.publish('c', { event: 'tick', data: 'two\nlines' });
    expect(await until('lines')).toBe('id: 1\n\nid: 2\nevent: tick\ndata: two\ndata: lines\n\n');
    close();
  });

  it('replays what came after the cursor, then goes on', async () => {
    for (const data of ['a', 'b', 'c']) server.publish('c', { data });
    const { until, close } = await open('', { headers: { 'Last-Event-ID': '1' } });
    server.publish('c', { data: 'd' });
    expect(await until('data: d')).toBe('id: 2\ndata: b\n\nid: 3\ndata: c\n\nid: 4\ndata: d\n\n');
    close();
  });

  it('takes the cursor from the query too, and reads a header as UTF-8', async () => {
    server.publish('c', { data: 'a', id: '✓' });
    server.publish('c', { data: 'b' });
    const asHeader = Buffer.from('✓', 'utf8').toString('latin1');
    for (const stream of [
      await open('', { headers: { 'Last-Event-ID': asHeader } }),
      await open('&lastEventId=%E2%9C%93'),
    ]) {
      expect(await stream.until('b')).toBe('id: 2\ndata: b\n\n');
      stream.close();
    }
  });

  it('replays everything to a cursor it does not know', async () => {
    server.publish('c', { data: 'a' });
    const { until, close } = await open('&lastEventId=never-seen');
    expect(await until('a')).toBe('id: 1\ndata: a\n\n');
    close();
  });

  it('keeps the last 10,000 messages', async () => {
    for (let n = 1; n <= 10_001; n += 1) server.publish('c', { data: n });
    const { until, close } = await open('&lastEventId=0&format=json-lines');
    const text = await until('"10001"');
    expect(text.split('\n', 1)).toEqual(['{"id":"2","data":2}']);
    close();
  });

  it('asks for the reconnection time and beats its heart as told', async () => {
    const { until, close } = await open('&retry=250&heartbeat=5');
    expect(await until(':\n\n:\n\n')).toMatch(/^retry: 250\n\nid: 0\n\n:\n\n/);
    close();
  });

  it('writes script tags that call the named function and cannot be ended from inside', async () => {
    const { until, close } = await open('&transport=iframe&callback=page.receive');
    const padding = await until('-->');
    expect(padding.length).toBeGreaterThan(2048);
    server.publish('c', { data: '</script>\u2028' });
    expect(await until('</script>\n')).toContain(
      '<script>parent.page.receive({"id":"1","data":"\\u003c/script>\\u2028"})</script>\n',
    );
    close();
  });

  it('falls back to the default callback when the name is not one', async () => {
    const { until, close } = await open('&transport=iframe&callback=alert(1)//');
    server.publish('c', { data: 1 });
    expect(await until('</script>')).toContain('parent.enckeReceive(');
    close();
  });
});

describe('a POST', () => {
  const bodies: [kind: string, body: BodyInit, type: string | undefined][] = [
    ['JSON', '{"a":"1"}', 'application/json'],
    ['a form', new URLSearchParams({ a: '1' }), undefined],
  ];
  it.each(bodies)('of %s comes back as an event without an id', async (_kind, body, type) => {
    const headers = type === undefined ? {} : { 'Content-Type': type };
    const { until, close } = await open('', { method: 'POST', body, headers });
    expect(await until('echo')).toBe('id: 0\n\nevent: echo\ndata: {"a":"1"}\n\n');
    close();
  });

  it('of form data comes back on the first poll only, so that polls come to rest', async () => {
    const body = new FormData();
    body.set('name', 'комета');
    const post = async (query: string) =>
      (
        await fetch(`${server.url}/events?channel=c&transport=poll${query}`, { method: 'POST', body })
      ).json() as Promise<unknown>;
    expect(await post('')).toEqual([
      { event: 'echo', data: { name: 'комета' } },
      { id: '0', event: 'cursor', data: null },
    ]);
    expect(await post('&lastEventId=0')).toEqual([]);
  });
});

describe('a long poll', () => {
  it('is answered at once with the newest id when it has no cursor', async () => {
    server.publish('c', { data: 'a' });
    const { messages } = await poll('transport=long-poll');
    expect(messages).toEqual([{ id: '1', event: 'cursor', data: null }]);
  });

  it('is held until there is something after its cursor', async () => {
    const held = poll('transport=long-poll&lastEventId=0');
    while (server.live === 0) await new Promise(setImmediate);
    server.publish('c', { event: 'tick', data: { n: 1 } });
    expect((await held).messages).toEqual([{ id: '1', event: 'tick', data: { n: 1 } }]);
  });

  it('is answered with an empty array when the time is over', async () => {
    const { messages } = await poll('transport=long-poll&lastEventId=0&wait=0.02');
    expect(messages).toEqual([]);
  });
});

describe('a poll', () => {
  it('is answered at once, and with 304 while its tag still stands', async () => {
    server.publish('c', { data: 'a' });
    const { response, messages } = await poll('transport=poll&lastEventId=0');
    expect(messages).toEqual([{ id: '1', data: 'a' }]);
    const tag = response.headers.get('etag') ?? '';
    const again = await poll('transport=poll&lastEventId=1', { 'If-None-Match': tag });
    expect(again.response.status).toBe(304);
    expect(again.messages).toBeUndefined();
    server.publish('c', { data: 'b' });
    const later = await poll('transport=poll&lastEventId=1', { 'If-None-Match': tag });
    expect(later.messages).toEqual([{ id: '2', data: 'b' }]);
  });
});
