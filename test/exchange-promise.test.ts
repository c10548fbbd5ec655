// What `request` returns is a promise of its reply, for whoever asks for one.

import { describe, expect, it, vi } from 'vitest';
import { createClient, eventStream, json, jsonLines, type Exchange, type Reply } from '../src/index.ts';
import { memoryTransport, virtualEnvironment, type MemoryConnection } from '../src/testing.ts';

interface Asked {
  readonly exchange: Exchange<string>;
  /** Lets the server do something. */
  server(act: (connection: MemoryConnection) => void): Promise<void>;
}

function ask(): Asked {
  const transport = memoryTransport();
  const environment = virtualEnvironment();
  const client = createClient({
    transports: [transport],
    formats: [eventStream, jsonLines, json],
    environment,
  });
  return {
    exchange: client.request<string>('/answer'),
    async server(act) {
      await environment.settle();
      act(transport.latest);
      await environment.settle();
    },
  };
}

function answer(connection: MemoryConnection): void {
  connection.send('data: a\n\ndata: b\n\n');
  connection.end();
}

function fail(connection: MemoryConnection): void {
  connection.status(404);
}

const dataOf = ({ messages }: Reply<string>): string[] => messages.map(({ data }) => data);

describe('an exchange', () => {
  it('gives the same reply to everyone who asks, before and after it is in', async () => {
    const { exchange, server } = ask();
    const early = [exchange.then(dataOf), exchange.catch(() => undefined), exchange.finally(() => undefined)];
    await server(answer);
    await expect(early[0]).resolves.toEqual(['a', 'b']);
    const reply = await exchange;
    for (const other of [early[1], early[2], exchange.then()]) expect(await other).toBe(reply);
    expect(dataOf(await exchange)).toEqual(['a', 'b']);
  });

  it.each([204, 205])('gives status, URL and headers of an answer of %d, too', async (status) => {
    const { exchange, server } = ask();
    await server((connection) => {
      connection.status(status, { etag: '"7"' });
    });
    const reply = await exchange;
    expect(reply).toMatchObject({ status, url: 'https://app.test/answer', messages: [] });
    expect(reply.headers?.get('etag')).toBe('"7"');
  });

  it('fits where promises are expected', async () => {
    const { exchange, server } = ask();
    const promise: Promise<Reply<string>> = exchange;
    const all = Promise.all([promise]);
    const first = Promise.race([exchange]);
    const settled = Promise.allSettled([exchange]);
    await server(answer);
    await expect(all).resolves.toEqual([await first]);
    await expect(settled).resolves.toEqual([{ status: 'fulfilled', value: await exchange }]);
    expect(Object.prototype.toString.call(exchange)).toBe('[object Exchange]');
  });

  it('hands its failure to `catch`, and runs `finally` before', async () => {
    const { exchange, server } = ask();
    const order: string[] = [];
    const mended = exchange
      .finally(() => order.push('finally'))
      .catch((error: unknown) => {
        order.push('catch');
        return error;
      });
    await server(fail);
    await expect(mended).resolves.toMatchObject({ code: 'status', status: 404 });
    await expect(exchange.then(dataOf, () => 'second')).resolves.toBe('second');
    expect(order).toEqual(['finally', 'catch']);
  });

  it('runs `finally` of what was closed, which rejects with an AbortError', async () => {
    const { exchange, server } = ask();
    const closed = vi.fn();
    const whole = exchange.finally(closed);
    await server(() => exchange.close());
    await expect(whole).rejects.toMatchObject({ name: 'AbortError' });
    expect(closed).toHaveBeenCalledOnce();
  });

  it('can be looped over while its end is awaited', async () => {
    const { exchange, server } = ask();
    const seen: string[] = [];
    const loop = (async () => {
      for await (const { data } of exchange) seen.push(data);
    })();
    const end = exchange.then(({ status, messages }) => [status, messages]);
    await server(answer);
    await loop;
    expect(seen).toEqual(['a', 'b']);
    await expect(end).resolves.toEqual([200, []]);
  });

  it.each([
    ['fails', fail],
    ['is closed', undefined],
  ])('that nobody awaits is no unhandled rejection when it %s', async (_, act) => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const { exchange, server } = ask();
    await server(act ?? (() => exchange.close()));
    await exchange.closed;
    // Node tells of them when its microtasks have run.
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it.each([
    ['application/x-ndjson', '"a"\n{"half'],
    ['application/json', '["a",{"half'],
    ['application/json', '["a",'],
  ])('of %s that ends in the middle of a message has failed: %s', async (type, text) => {
    const { exchange, server } = ask();
    const onEnd = vi.fn();
    const seen: string[] = [];
    const loop = (async () => {
      for await (const { data } of exchange) seen.push(data);
    })();
    void exchange.then(undefined, onEnd);
    await Promise.all([
      expect(loop).rejects.toMatchObject({ code: 'malformed', url: 'https://app.test/answer' }),
      server((connection) => {
        connection.open({ headers: { 'content-type': type } });
        connection.send(text);
        connection.end();
      }),
    ]);
    expect(seen).toEqual(['a']);
    expect(onEnd).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'malformed' }));
    await expect(exchange.closed).resolves.toMatchObject({ reason: 'fatal' });
  });

  it('of which one message in the middle cannot be read goes on', async () => {
    const { exchange, server } = ask();
    await server((connection) => {
      connection.open({ headers: { 'content-type': 'application/x-ndjson' } });
      connection.send('"a"\n{"half\n"b"\n');
      connection.end();
    });
    expect(dataOf(await exchange)).toEqual(['a', 'b']);
  });

  it('that is awaited and fails is one, as of any promise', async () => {
    const unhandled = vi.fn();
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', unhandled);
    const { exchange, server } = ask();
    void exchange.finally(() => undefined);
    await server(fail);
    await new Promise((resolve) => setImmediate(resolve));
    process.removeAllListeners('unhandledRejection');
    for (const listener of others) process.on('unhandledRejection', listener);
    expect(unhandled).toHaveBeenCalledOnce();
  });
});
