// GraphQL over SSE, as docs/backends/graphql-sse.md has it: a connection for each operation.

import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchStream, request, type SubscribeOptions } from '../../src/index.ts';
import { startAdversary } from '../server/adversary.ts';
import { follow, leaveAll, visit } from './hub-client.ts';
import { freePort, startService } from './service.ts';

const PROGRAM = fileURLToPath(new URL('../../docs/backends/recipes/graphql-sse.mjs', import.meta.url));

/** As the page says. */
const OPTIONS: SubscribeOptions = {
  method: 'POST',
  headers: { accept: 'text/event-stream' },
  transports: [fetchStream],
  endOn: '',
  parse: JSON.parse,
};

interface Result {
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly { readonly message: string }[];
}

describe('GraphQL over SSE', () => {
  let url: string;
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
    url = `http://127.0.0.1:${port}/graphql/stream`;
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  beforeEach(() => visit(url));
  afterEach(leaveAll);

  it('brings the results of a subscription, and is done when it is complete', async () => {
    const { data, messages, connection } = follow(url, {
      ...OPTIONS,
      body: { query: 'subscription ($from: Int!) { countdown(from: $from) }', variables: { from: 3 } },
    });
    expect((await connection.closed).reason).toBe('done');
    expect(data).toEqual([3, 2, 1].map((countdown) => ({ data: { countdown } })));
    expect(messages.map(({ event }) => event)).toEqual(['next', 'next', 'next']);
  });

  it('answers a query that is sent once', async () => {
    const answer = await request<Result>(url, { ...once, body: { query: '{ greeting(name: "you") }' } });
    expect(answer.messages.map(({ data }) => data)).toEqual([{ data: { greeting: 'Hello, you!' } }]);
  });

  it('says what is wrong with an operation, in the way the server says it', async () => {
    const invalid = await request<Result>(url, { ...once, body: { query: '{ unknown }' } }).catch(
      (error: unknown) => error,
    );
    expect(JSON.stringify(invalid)).toContain('Cannot query field');
    const failing = request(url, { ...once, body: { query: '{ syntax' } });
    await expect(failing).rejects.toMatchObject({ code: 'status', status: 400 });
    await expect(failing).rejects.toHaveProperty('body', expect.stringContaining('Syntax Error'));
  });

  it('is subscribed to again when the connection is cut, and says that results may be missing', async () => {
    const adversary = await startAdversary({ target: url });
    stops.unshift(adversary.close);
    visit(adversary.url);
    const { data, gaps, until } = follow(url.replace(new URL(url).origin, adversary.url), {
      ...OPTIONS,
      body: { query: 'subscription { news }' },
    });
    await published('one');
    await until(1);
    adversary.cut();
    await expect.poll(() => gaps.map(({ reason }) => reason), { timeout: 5_000 }).toEqual(['no-ids']);
    await published('two');
    await until(2);
    expect(data).toEqual([{ data: { news: 'one' } }, { data: { news: 'two' } }]);
  });

  /** Publishes as soon as somebody listens. */
  async function published(text: string): Promise<void> {
    const body = { query: 'mutation ($text: String!) { publish(text: $text) }', variables: { text } };
    await expect
      .poll(
        async () => {
          const { messages } = await request<Result>(url, { ...once, body });
          return messages[0]?.data.data?.['publish'];
        },
        { timeout: 5_000 },
      )
      .toBe(true);
  }
});

const once = { headers: { accept: 'text/event-stream' }, endOn: '', parse: JSON.parse };
