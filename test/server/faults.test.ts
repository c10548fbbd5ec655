// What goes wrong on demand: scripts, faults by query, the log, CORS, hurting, and a quick end.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeyReport } from './ledger.ts';
import { rawGet, unchunked } from './raw-client.ts';
import { startServer, type ReferenceServer } from './server.ts';

let server: ReferenceServer;

beforeEach(async () => {
  server = await startServer();
});

afterEach(() => server.close());

const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);
const text = async (path: string, init?: RequestInit) => (await get(path, init)).text();
const report = async (key: string) =>
  (await (await get(`/requests?key=${encodeURIComponent(key)}`)).json()) as KeyReport;
const post = (path: string, json: unknown) =>
  get(path, { method: 'POST', body: JSON.stringify(json), headers: { 'Content-Type': 'application/json' } });

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(setImmediate);
}

describe('a script', () => {
  it('plays one list of steps per connection, the last one again and again', async () => {
    server.script('s', [
      [{ send: 'data: 1\n\n' }, { wait: 5 }, { sendBase64: 'ZGF0YTog4pyT' }],
      [{ head: { status: 503, headers: { 'retry-after': '2' } } }, { send: 'busy' }, { end: true }],
    ]);
    const first = await get('/scripted/s');
    expect(first.headers.get('content-type')).toBe('text/event-stream');
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(await first.text()).toBe('data: 1\n\ndata: ✓');
    for (let round = 0; round < 2; round += 1) {
      const later = await get('/scripted/s');
      expect([later.status, later.headers.get('retry-after'), await later.text()]).toEqual([
        503,
        '2',
        'busy',
      ]);
    }
    expect(server.log('s').map(({ status }) => status)).toEqual([200, 503, 503]);
  });

  it('replaces a default header, whatever its case', async () => {
    server.script('s', [[{ head: { headers: { 'content-type': 'text/plain' } } }]]);
    expect((await get('/scripted/s')).headers.get('content-type')).toBe('text/plain');
  });

  it.each(['fin', 'reset'] as const)('cuts by %s after what was sent', async (kind) => {
    server.script('s', [[{ send: 'whole' }, { cut: kind }]]);
    const answer = await rawGet(`${server.url}/scripted/s`);
    expect(unchunked(answer)).toBe('whole');
    expect(answer.text.endsWith('0\r\n\r\n')).toBe(false);
    expect(answer.ending).toBe(kind);
    expect(server.log('s')[0]?.closedByClient).toBe(false);
  });

  it('that begins with a cut sends no head', async () => {
    server.script('s', [[{ cut: true }]]);
    expect((await rawGet(`${server.url}/scripted/s`)).text).toBe('');
  });

  it('that hangs is seen to be closed by the client', async () => {
    server.script('s', [[{ send: 'x' }, { hang: true }]]);
    const stop = new AbortController();
    const response = await get('/scripted/s?a=1', {
      method: 'POST',
      body: 'hello',
      headers: { 'X-Test': 'yes' },
      signal: stop.signal,
    });
    expect(response.status).toBe(200);
    expect(server.live).toBe(1);
    stop.abort();
    await until(() => server.live === 0);
    const [record] = server.log('s');
    expect(record).toMatchObject({
      method: 'POST',
      url: '/scripted/s?a=1',
      body: 'hello',
      closedByClient: true,
    });
    expect(record?.headers['x-test']).toBe('yes');
    expect(record?.endedAt).toBeGreaterThanOrEqual(record?.openedAt ?? Infinity);
  });

  it('can be set, read and removed over HTTP', async () => {
    const put = (body: string) => get('/scripts/s', { method: 'PUT', body });
    expect((await put('[[{"send":"a"}]]')).status).toBe(204);
    expect(await text('/scripted/s')).toBe('a');
    expect(await (await get('/scripts/s/log')).json()).toMatchObject([{ method: 'GET', url: '/scripted/s' }]);
    await put('[[{"send":"b"}]]');
    expect(await (await get('/scripts/s/log')).json()).toEqual([]);
    expect((await put('{"not":"a script"}')).status).toBe(400);
    expect((await get('/scripts/s', { method: 'DELETE' })).status).toBe(204);
    expect((await get('/scripted/s')).status).toBe(404);
  });
});

describe('a fault', () => {
  it('drop=BYTES destroys the socket after exactly that much body', async () => {
    for (const size of [0, 1, 20, 333]) {
      const answer = await rawGet(`${server.url}/numbered?count=50&drop=${size}`);
      expect(unchunked(answer).length).toBe(size);
      expect(answer.text.endsWith('0\r\n\r\n')).toBe(false);
    }
  });

  it('drop=BYTES with reset=1 ends by a TCP reset', async () => {
    expect((await rawGet(`${server.url}/numbered?drop=10&reset=1`)).ending).toBe('reset');
  });

  it('hang=BYTES stops there and keeps the socket open', async () => {
    const response = await get('/numbered?count=50&hang=12');
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value?.length).toBe(12);
    expect(server.live).toBe(1);
    await reader?.cancel();
    await until(() => server.live === 0);
    expect((await report('/numbered')).records[0]?.closedByClient).toBe(true);
  });

  it('status=CODE answers that, with Retry-After where asked', async () => {
    const response = await get('/events?status=503&retryAfter=7');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7']);
    expect((await get('/numbered?status=204')).status).toBe(204);
  });

  it('head=MS delays the head', async () => {
    const began = performance.now();
    await get('/numbered?count=1&head=40');
    expect(performance.now() - began).toBeGreaterThan(38);
  });

  it('hold=1 keeps the body back until the end, in one piece', async () => {
    const response = await get('/numbered?count=5&rate=500&hold=1');
    const reader = response.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    expect(new TextDecoder().decode(value)).toContain('message 1 of 5');
    const held = await rawGet(`${server.url}/numbered?count=5&rate=500&hold=all`);
    expect(unchunked(held)).toContain('message 5 of 5');
  });

  it('slow=1 sends byte by byte', async () => {
    const { chunks } = await rawGet(`${server.url}/numbered?count=2&slow=1`);
    expect(new Set(chunks)).toEqual(new Set([1]));
  });

  it('gap=MS keeps the slices apart, so that a reader gets them one by one', async () => {
    const reader = (await get('/numbered?count=1&cut=10&gap=20')).body?.getReader();
    const sizes: number[] = [];
    for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
      sizes.push(piece.value.length);
    }
    expect(sizes).toEqual([10, 10, 8]);
  });

  it('faults=LIST is walked by the connections of a key, each key for itself', async () => {
    const path = '/numbered?count=9&faults=ok,drop:30,502,head:1%2Bdrop:0,ok&key=';
    const walk = async (key: string) => {
      const answer = await rawGet(server.url + path + key);
      const complete = answer.text.endsWith('0\r\n\r\n');
      return `${answer.head.slice(9, 12)} ${complete ? 'complete' : unchunked(answer).length}`;
    };
    const seen: string[] = [];
    for (let round = 0; round < 6; round += 1) seen.push(await walk('a'));
    expect(seen).toEqual(['200 complete', '200 30', '502 complete', '200 0', '200 complete', '200 complete']);
    expect(await walk('b')).toBe('200 complete');
  });
});

describe('the log of a key', () => {
  it('counts connections, those alive, and the most alive at once', async () => {
    const stops = [new AbortController(), new AbortController()];
    for (const { signal } of stops) await get('/events?key=k', { signal });
    expect(await report('k')).toMatchObject({ connections: 2, live: 2, maxLive: 2, preflights: 0 });
    stops.forEach((stop) => stop.abort());
    await until(async () => (await report('k')).live === 0);
    await text('/numbered?count=1&key=k');
    expect(await report('k')).toMatchObject({ connections: 3, live: 0, maxLive: 2 });
    await get('/requests?key=k', { method: 'DELETE' });
    expect(await report('k')).toMatchObject({ connections: 0, maxLive: 0, records: [] });
  });
});

describe('another origin', () => {
  const preflight = {
    method: 'OPTIONS',
    headers: {
      Origin: 'http://elsewhere.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'last-event-id,x-own',
    },
  };

  it('is allowed every header and credentials, and its preflight is counted', async () => {
    const { status, headers } = await get('/events?key=k', preflight);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('http://elsewhere.example');
    expect(headers.get('access-control-allow-headers')).toBe('last-event-id,x-own');
    expect(headers.get('access-control-allow-methods')).toContain('POST');
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(await report('k')).toMatchObject({ connections: 0, preflights: 1 });
  });

  it('is refused with cors=off', async () => {
    const { headers } = await get('/events?cors=off', preflight);
    expect(headers.get('access-control-allow-origin')).toBeNull();
    const answer = await get('/numbered?count=1&cors=off', {
      headers: { Origin: 'http://elsewhere.example' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    await answer.text();
  });
});

describe('hurting a key', () => {
  const hurt = (wish: string) => post('/hurt?key=k', { do: wish });

  async function stream() {
    const stop = new AbortController();
    const response = await get('/events?channel=c&key=k&lastEventId=0', { signal: stop.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    return { read: async () => (await reader?.read())?.value, close: () => stop.abort() };
  }

  it('drop ends the live ones; later ones live', async () => {
    server.publish('c', { data: 'a' });
    const victim = await stream();
    await victim.read();
    await hurt('drop');
    await expect(victim.read()).rejects.toThrow();
    const next = await stream();
    expect(await next.read()).toContain('data: a');
    next.close();
  });

  it('hang silences live and later ones until ok, and nothing is lost', async () => {
    server.publish('c', { data: 'a' });
    const victim = await stream();
    await victim.read();
    await hurt('hang');
    server.publish('c', { data: 'b' });
    const later = stream(); // does not even get its head
    await until(() => server.live === 2);
    await hurt('ok');
    expect(await victim.read()).toContain('data: b');
    const { read, close } = await later;
    expect(await read()).toContain('data: a');
    close();
    victim.close();
  });

  it('hold keeps live ones back until ok', async () => {
    server.publish('c', { data: 'a' });
    const victim = await stream();
    await victim.read();
    await hurt('hold');
    server.publish('c', { data: 'b' });
    server.publish('c', { data: 'c' });
    await hurt('ok');
    expect(await victim.read()).toContain('data: b');
    victim.close();
  });

  it('502 ends live ones and answers later ones with 502', async () => {
    server.publish('c', { data: 'a' });
    const victim = await stream();
    await victim.read();
    await hurt('502');
    await expect(victim.read()).rejects.toThrow();
    expect((await get('/events?key=k')).status).toBe(502);
    await hurt('ok');
    const next = await stream();
    expect(await next.read()).toContain('data: a');
    next.close();
  });

  it('refuses what it does not know', async () => {
    expect((await hurt('explode')).status).toBe(400);
    expect((await post('/hurt', { do: 'drop' })).status).toBe(400);
  });
});

describe('the end of the server', () => {
  it('ends every connection quickly', async () => {
    server.script('s', [[{ hang: true }]]);
    const open = [
      '/events',
      '/events?transport=long-poll&lastEventId=0',
      '/numbered?rate=1',
      '/numbered?hang=9',
    ];
    const answers = [...open, '/scripted/s', '/numbered?head=60000'].map((path) =>
      text(path).catch(() => 'cut'),
    );
    await until(() => server.live === answers.length);
    const began = performance.now();
    await server.close();
    expect(await Promise.all(answers)).toEqual(answers.map(() => 'cut'));
    expect(performance.now() - began).toBeLessThan(500);
    expect(server.live).toBe(0);
    expect(server.log('s')[0]?.closedByClient).toBe(false);
  });
});
