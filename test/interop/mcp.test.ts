// The Model Context Protocol over Streamable HTTP, as docs/backends/mcp.md has it, and its older transport.

import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchStream, request, type Message, type SubscribeOptions } from '../../src/index.ts';
import { startAdversary } from '../server/adversary.ts';
import { follow, leaveAll, visit } from './hub-client.ts';
import { freePort, startService } from './service.ts';

const PROGRAM = fileURLToPath(new URL('../../docs/backends/recipes/mcp.mjs', import.meta.url));
const VERSION = '2025-11-25';

interface Rpc {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: { readonly content?: readonly { readonly text: string }[] };
}

/** As the page says: what begins a stream is an empty message. */
const parse = (text: string): Rpc | '' => text && (JSON.parse(text) as Rpc);

describe('MCP', () => {
  let origin: string;
  let headers: Record<string, string>;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const port = await freePort();
    const environment = { PORT: String(port) };
    const { stop } = await startService({
      path: process.execPath,
      values: () => [PROGRAM],
      environment,
      ports: [port],
    });
    stops.push(stop);
    origin = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  beforeEach(async () => {
    visit(origin);
    headers = await session();
  });
  afterEach(leaveAll);

  it('begins a session, whose id comes in a header', () => {
    expect(headers['mcp-session-id']).toMatch(/^[\da-f-]{36}$/);
  });

  it('streams the progress of a call, and then its result', async () => {
    const progress: unknown[] = [];
    const { messages } = await call('count', { to: 3 }, (data) => progress.push(data.params?.['progress']));
    expect(progress).toEqual([1, 2, 3]);
    expect(messages).toMatchObject([{ content: [{ text: 'Counted to 3.' }] }]);
  });

  it('lets a call that was cut be followed to its result: nothing is lost or comes twice', async () => {
    const adversary = await startAdversary({ target: origin });
    stops.unshift(adversary.close);
    visit(adversary.url);
    const progress: unknown[] = [];
    const results: unknown[] = [];
    const take = ({ data }: { readonly data: Rpc | '' }): void => {
      if (!data) return;
      if (data.result) results.push(data.result.content?.[0]?.text);
      else progress.push(data.params?.['progress']);
    };
    const answer = request<Rpc | ''>(`${adversary.url}/mcp`, {
      headers,
      body: rpc('tools/call', { name: 'count', arguments: { to: 12 }, _meta: { progressToken: 7 } }),
      parse,
      onMessage: take,
    });
    await expect.poll(() => progress.length, { interval: 5 }).toBeGreaterThanOrEqual(3);
    adversary.cut();
    await expect(answer).rejects.toMatchObject({ code: 'network' });
    // Sent once: the call goes on at the server.
    const { connection } = follow(
      `${adversary.url}/mcp`,
      stream({ lastEventId: answer.lastEventId, until: ({ data }) => Boolean((data as Rpc).result) }),
    );
    connection.on('message', (data) => take({ data: data as Rpc }));
    expect((await connection.closed).reason).toBe('done');
    expect(progress).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(results).toEqual(['Counted to 12.']);
  });

  it('sends what no call asked for by GET, also what was missed while the connection was cut', async () => {
    const adversary = await startAdversary({ target: origin });
    stops.unshift(adversary.close);
    visit(adversary.url);
    const { data, gaps, connection } = follow(`${adversary.url}/mcp`, stream());
    const texts = () => data.flatMap((each) => (each ? [(each as Rpc).params?.['data']] : []));
    await expect.poll(() => connection.state).toBe('open');
    await call('announce', { text: 'one' });
    await expect.poll(texts).toEqual(['one']);
    await adversary.goDown();
    await call('announce', { text: 'two' });
    await adversary.comeUp();
    await expect.poll(texts, { timeout: 5_000 }).toEqual(['one', 'two']);
    await call('announce', { text: 'three' });
    await expect.poll(texts).toEqual(['one', 'two', 'three']);
    expect(gaps).toEqual([]);
  });

  it('has one stream by GET for a session: a second is refused with 409', async () => {
    const { connection: first } = follow(`${origin}/mcp`, stream());
    await expect.poll(() => first.state).toBe('open');
    const { connection: second } = follow(`${origin}/mcp`, stream());
    expect(await second.closed).toMatchObject({ reason: 'fatal', error: { status: 409 } });
    expect(first.state).toBe('open');
  });

  it('that offers no stream by GET says 405, and the subscription is over', async () => {
    const { connection } = follow(`${origin}/stateless`, stream());
    expect(await connection.closed).toMatchObject({ reason: 'fatal', error: { status: 405 } });
    const body = rpc('tools/call', { name: 'count', arguments: { to: 1 } });
    const { messages } = await request<Rpc>(`${origin}/stateless`, { headers: ACCEPT, body, parse });
    expect(messages.at(-1)?.data.result).toBeDefined();
  });

  it('whose session is gone says 404: a new one has to begin, and with it a new subscription', async () => {
    const { connection } = follow(`${origin}/mcp`, stream());
    await expect.poll(() => connection.state).toBe('open');
    await call('announce', { text: 'one' });
    await fetch(`${origin}/mcp`, { method: 'DELETE', headers });
    expect(await connection.closed).toMatchObject({ reason: 'fatal', error: { status: 404 } });
    headers = await session();
    const { data } = follow(`${origin}/mcp`, stream());
    await expect
      .poll(async () => {
        await call('announce', { text: 'two' });
        return data.length;
      })
      .toBeGreaterThan(0);
  });

  it('of before 2025 answers in the stream that a POST is told of', async () => {
    const answers: Message[] = [];
    const { connection } = follow(`${origin}/sse`, {
      transports: [fetchStream],
      on: {
        message: (_, message: Message) => answers.push(message),
        endpoint(path: string) {
          void request(new URL(path, origin), { body: rpc('initialize', INITIALIZE) }).closed;
        },
      },
    });
    await expect.poll(() => answers.length).toBe(1);
    expect(answers[0]?.data).toContain('"serverInfo"');
    connection.close();
  });

  async function session(): Promise<Record<string, string>> {
    const begun = await request(`${origin}/mcp`, {
      headers: ACCEPT,
      body: rpc('initialize', INITIALIZE),
      parse,
    });
    const id = begun.headers?.get('mcp-session-id') ?? '';
    const own = { ...ACCEPT, 'mcp-protocol-version': VERSION, 'mcp-session-id': id };
    // It is answered 202, without a body.
    const body = { jsonrpc: '2.0', method: 'notifications/initialized' };
    expect((await request(`${origin}/mcp`, { headers: own, body })).messages).toEqual([]);
    return own;
  }

  async function call(name: string, values: object, onProgress: (data: Rpc) => void = () => undefined) {
    const messages: unknown[] = [];
    await request<Rpc | ''>(`${origin}/mcp`, {
      headers,
      body: rpc('tools/call', { name, arguments: values, _meta: { progressToken: 1 } }),
      parse,
      onMessage({ data }) {
        if (data && data.result) messages.push(data.result);
        else if (data) onProgress(data);
      },
    });
    return { messages };
  }

  function stream(options: SubscribeOptions = {}): SubscribeOptions {
    return {
      transports: [fetchStream],
      headers: { ...headers, accept: 'text/event-stream' },
      parse,
      ...options,
    };
  }
});

const ACCEPT = { accept: 'application/json, text/event-stream' };
const INITIALIZE = {
  protocolVersion: VERSION,
  capabilities: {},
  clientInfo: { name: 'encke', version: '1' },
};

let calls = 0;

function rpc(method: string, params: object) {
  return { jsonrpc: '2.0', id: (calls += 1), method, params };
}
