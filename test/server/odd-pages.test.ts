// The endpoints that are no streams, the language model, publishing, and files.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo } from './demo.ts';
import { tokensFor } from './language-model.ts';
import { startServer, type ReferenceServer } from './server.ts';

let server: ReferenceServer;

beforeAll(async () => {
  server = await startServer();
});

afterAll(() => server.close());

const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);

describe('small endpoints', () => {
  it.each([204, 304, 404, 503])('/status/%i answers that', async (status) => {
    expect((await get(`/status/${status}`)).status).toBe(status);
  });

  it('/html is a page', async () => {
    const response = await get('/html');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain('<h1>');
  });

  it('/redirect leads where it is told', async () => {
    const response = await get(`/redirect?to=${encodeURIComponent('/numbered?count=1')}`);
    expect([response.redirected, response.url]).toEqual([true, `${server.url}/numbered?count=1`]);
    await response.text();
  });

  it('/echo gives the request back', async () => {
    const response = await get('/echo?a=1', { method: 'PUT', body: 'комета', headers: { 'X-Own': 'b' } });
    expect(await response.json()).toMatchObject({
      method: 'PUT',
      url: '/echo?a=1',
      body: 'комета',
      headers: { 'x-own': 'b' },
    });
  });

  it('/auth wants an Authorization', async () => {
    expect((await get('/auth')).status).toBe(401);
    expect((await get('/auth', { headers: { Authorization: 'Bearer wrong' } })).status).toBe(403);
    const response = await get('/auth?count=1', { headers: { Authorization: 'Bearer right' } });
    expect(await response.text()).toContain('message 1 of 1');
  });
});

describe('/llm', () => {
  const ask = (query = '', body = '{"prompt":"Why"}') =>
    get(`/llm?rate=1000&tokens=3${query}`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
    });
  const [one, two, three] = tokensFor('Why', 3).map((token) => JSON.stringify({ token }));

  it('streams tokens and says [DONE]', async () => {
    const response = await ask();
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(await response.text()).toBe(`data: ${one}\n\ndata: ${two}\n\ndata: ${three}\n\ndata: [DONE]\n\n`);
  });

  it('leaves the last event unterminated where asked', async () => {
    expect(await (await ask('&unterminated=1')).text()).toBe(
      `data: ${one}\n\ndata: ${two}\n\ndata: ${three}`,
    );
  });

  it('speaks lines of JSON where asked', async () => {
    expect(await (await ask('&format=json-lines')).text()).toBe(`${one}\n${two}\n${three}\n`);
  });

  it('wants a prompt', async () => {
    expect((await ask('', '{}')).status).toBe(400);
  });

  it('notices that the client has left', async () => {
    const stop = new AbortController();
    const init = { method: 'POST', body: '{"prompt":"Why"}', signal: stop.signal };
    const headers = { 'Content-Type': 'application/json' };
    await get('/llm?rate=1&key=left', { ...init, headers });
    stop.abort();
    while (server.live > 0) await new Promise(setImmediate);
    const { records } = (await (await get('/requests?key=left')).json()) as { records: unknown[] };
    expect(records).toMatchObject([{ closedByClient: true }]);
  });
});

describe('/publish', () => {
  const read = async (channel: string) =>
    (await get(`/events?transport=poll&lastEventId=0&channel=${channel}`)).json() as Promise<unknown>;
  const publish = (channel: string, body: BodyInit, headers: Record<string, string> = {}) =>
    get(`/publish?channel=${channel}`, { method: 'POST', body, headers });

  it('takes a message, a form, or text', async () => {
    const json = { 'Content-Type': 'application/json' };
    await publish('p', '{"event":"line","data":{"text":"hello"},"id":"x"}', json);
    await publish('p', '{"text":"bare"}', json);
    await publish('p', new URLSearchParams({ data: 'from a form' }));
    const last = await publish('p', 'text');
    expect(await last.json()).toEqual({ id: '4' });
    expect(await read('p')).toEqual([
      { id: 'x', event: 'line', data: { text: 'hello' } },
      { id: '2', data: { text: 'bare' } },
      { id: '3', data: 'from a form' },
      { id: '4', data: 'text' },
    ]);
  });
});

describe('files', () => {
  it('serves what a test put in, with its headers', async () => {
    const headers = { 'Content-Security-Policy': "default-src 'self'" };
    server.page('/test-pages/own.html', { contentType: 'text/html', body: '<p>own</p>', headers });
    const response = await get('/test-pages/own.html');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'self'");
    expect(await response.text()).toBe('<p>own</p>');
  });

  it('does not climb out of its folders', async () => {
    for (const path of [
      '/dist/..%2Fpackage.json',
      '/..%2F..%2Fpackage.json',
      '/dist/%2e%2e%2fpackage.json',
    ]) {
      expect((await get(path)).status).toBe(404);
    }
  });
});

describe('the demo', () => {
  it('speaks on its channels until it is stopped', async () => {
    const heard = new Map<string, number>();
    let told: () => void;
    const enough = new Promise<void>((resolve) => (told = resolve));
    const stop = startDemo({
      ...server,
      publish(channel: string) {
        heard.set(channel, (heard.get(channel) ?? 0) + 1);
        if (heard.get('load') === 2 && heard.has('llm')) told();
      },
    });
    await enough;
    stop();
    expect([...heard.keys()]).toEqual(expect.arrayContaining(['chat', 'llm', 'load']));
  });
});
