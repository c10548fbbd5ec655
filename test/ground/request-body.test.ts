// Every body that may be given is sent as it is meant, or refused with a sentence: through the public face.

import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../src/client.ts';
import { createClient } from '../../src/all-parts.ts';
import type { EnckeError } from '../../src/ground/errors.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import { json } from '../../src/formats/json.ts';
import { memoryTransport, virtualEnvironment } from '../../src/testing.ts';
import { fetchStream, xhrStream } from '../../src/transports/index.ts';
import type { Demand, Transport } from '../../src/transports/transport.ts';
import { startServer, type ReferenceServer } from '../server/server.ts';

const TEXT = 'grüße 😀';
const BYTES = new TextEncoder().encode(TEXT);

const stream = (text = TEXT): ReadableStream<Uint8Array> => new Blob([text]).stream();

function form(): FormData {
  const data = new FormData();
  data.append('name', TEXT);
  return data;
}

/** What it arrives as, and its content type. */
const SENT: readonly [
  what: string,
  body: () => object | string,
  text: string | RegExp,
  type: RegExp | undefined,
][] = [
  ['text', () => TEXT, TEXT, /^text\/plain/],
  ['an empty text', () => '', '', /^text\/plain/],
  ['a plain object', () => ({ a: [1] }), '{"a":[1]}', /^application\/json/],
  ['an array', () => [1, { a: 2 }], '[1,{"a":2}]', /^application\/json/],
  [
    'an object without a prototype',
    () => Object.assign(Object.create(null), { a: 1 }) as object,
    '{"a":1}',
    /json/,
  ],
  ['an object of another frame', () => runInNewContext('({ a: 1 })') as object, '{"a":1}', /json/],
  [
    'URLSearchParams',
    () => new URLSearchParams({ a: '1 2' }),
    'a=1+2',
    /^application\/x-www-form-urlencoded/,
  ],
  ['FormData', form, /name="name"\r\n\r\ngrüße 😀\r\n/, /^multipart\/form-data; boundary=/],
  ['a Blob', () => new Blob([TEXT], { type: 'audio/pcm' }), TEXT, /^audio\/pcm$/],
  ['a File', () => new File([TEXT], 'a.txt'), TEXT, undefined],
  ['an ArrayBuffer', () => BYTES.slice().buffer, TEXT, undefined],
  ['a part of an ArrayBuffer', () => BYTES.subarray(0, 2), 'gr', undefined],
  ['a DataView', () => new DataView(BYTES.slice().buffer), TEXT, undefined],
  ['numbers', () => new Uint16Array([0x4141, 0x4242]), 'AABB', undefined],
  ['a stream', stream, TEXT, undefined],
];

class Order {
  readonly id = 1;
}

const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;

function readStream(): ReadableStream {
  const used = stream();
  void used.getReader().read();
  return used;
}

async function finishedStream(): Promise<ReadableStream> {
  const used = stream();
  await new Response(used.pipeThrough(new TransformStream())).text();
  return used;
}

const REFUSED: readonly [what: string, body: () => unknown][] = [
  ['a Map', () => new Map([['a', 1]])],
  ['a Set', () => new Set([1])],
  ['a Date', () => new Date(0)],
  ['a RegExp', () => /a/],
  ['an Error', () => new Error('no')],
  ['an instance of a class', () => new Order()],
  ['a promise', () => Promise.resolve('text')],
  ['a generator', () => [1].values()],
  ['boxed text', () => new String('text')],
  ['memory that is shared', () => new Uint8Array(new SharedArrayBuffer(2))],
  ['a number', () => 1],
  ['a truth', () => true],
  ['a cyclic object', () => cyclic],
  ['an object with a bigint', () => ({ a: 1n })],
  ['a stream that is being read', readStream],
];

let server: ReferenceServer;
let client: Client;

beforeAll(async () => {
  server = await startServer();
  const environment = virtualEnvironment({ baseUrl: `${server.url}/` });
  client = createClient({ transports: [fetchStream], formats: [json], environment });
});
afterAll(() => server.close());

describe('a body that is', () => {
  it.each(SENT)('%s is sent as it is meant, given or made by a function', async (_, make, text, type) => {
    for (const body of [make(), () => make(), () => Promise.resolve(make())]) {
      const { messages } = await client.request('/echo', { body });
      const { data } = messages[0] as { data: { body: string; headers: Record<string, string> } };
      if (typeof text === 'string') expect(data.body).toBe(text);
      else expect(data.body).toMatch(text);
      if (type) expect(data.headers['content-type']).toMatch(type);
    }
  });

  it.each(REFUSED)('%s is refused at once, with a sentence', (_, make) => {
    const transport = memoryTransport();
    const environment = virtualEnvironment();
    const parts = { transports: [transport], formats: [json], environment };
    const { request, subscribe } = createClient(parts);
    for (const verb of [request, subscribe] as ((url: string, options: object) => unknown)[]) {
      const open = (): unknown => verb('/order', { body: make() as object });
      expect(open).toThrow(
        expect.objectContaining({
          code: 'invalid-option',
          message: expect.stringMatching(/\.$|BigInt|circular/s) as string,
        }),
      );
    }
    expect(transport.connections).toEqual([]);
  });

  // A promise that a function gives is waited for.
  it.each(REFUSED.filter(([what]) => what !== 'a promise'))(
    '%s and comes of a function is told at that attempt, and not sent',
    async (_, make) => {
      const transport = memoryTransport();
      const environment = virtualEnvironment();
      const { request, subscribe } = createClient({ transports: [transport], formats: [json], environment });
      await expect(request('/order', { body: make as () => object })).rejects.toMatchObject({
        code: 'invalid-option',
      });
      const errors: EnckeError[] = [];
      let asked = 0;
      const body = (): object => (asked++ === 0 ? (make() as object) : { fine: true });
      const subscription = subscribe('/order', { body, onError: (error) => errors.push(error) });
      await environment.advance(60_000);
      expect(errors[0]?.code).toBe('invalid-option');
      expect(transport.connections[0]?.request.body).toBe('{"fine":true}');
      subscription.close();
    },
  );
});

describe('a stream as a body', () => {
  it('that was sent already is refused', async () => {
    const used = await finishedStream();
    expect(() => client.request('/echo', { body: used })).toThrow(/was read already/);
  });

  it('is refused by subscribe, which takes a function that makes one', async () => {
    const bodies: unknown[] = [];
    const fetch = ((_: string, init: RequestInit) => {
      bodies.push((init as { duplex?: string }).duplex, init.body);
      return Promise.resolve(
        new Response('data: 1\n\n', { headers: { 'content-type': 'text/event-stream' } }),
      );
    }) as typeof globalThis.fetch;
    const environment = virtualEnvironment();
    const { subscribe } = createClient({ transports: [fetchStream], formats: [eventStream], environment });
    expect(() => subscribe('/echo', { body: stream(), fetch })).toThrow(/can be sent once\. Give a function/);
    const subscription = subscribe('/echo', { body: () => stream(), fetch });
    await environment.advance(0);
    for (let turn = 0; turn < 50 && subscription.state !== 'waiting'; turn++) await environment.advance(0);
    await environment.advance(60_000);
    subscription.close();
    expect(bodies.slice(0, 4)).toEqual([
      'half',
      expect.any(ReadableStream),
      'half',
      expect.any(ReadableStream),
    ]);
    expect(bodies[1]).not.toBe(bodies[3]);
  });

  it('is passed by transports that cannot send it, each with its reason', async () => {
    const refuses = ({ body }: Demand): string | undefined =>
      body === 'stream' ? 'cannot send a stream' : undefined;
    const first: Transport = Object.assign(memoryTransport({ name: 'first' }), { refuses });
    const second = memoryTransport({ name: 'second' });
    const environment = virtualEnvironment();
    const { request } = createClient({ transports: [first, second], formats: [eventStream], environment });
    const refusals: unknown[] = [];
    const reply = request('/speech', {
      body: stream(),
      onTransport: (change) => refusals.push(...change.refusals),
    });
    await environment.settle();
    second.latest.end();
    expect((await reply).transport).toBe('second');
    expect(refusals).toEqual(['first cannot send a stream']);
    expect(() => request('/speech', { body: stream(), transports: [first] })).toThrow(
      expect.objectContaining({
        code: 'no-transport',
        message: expect.stringContaining('first cannot send a stream') as string,
      }),
    );
    // Of a function it is known only when it has been asked.
    await expect(request('/speech', { body: () => stream(), transports: [first] })).rejects.toMatchObject({
      code: 'invalid-option',
      message: 'The body is a stream: first cannot send a stream.',
    });
  });

  it('is refused where the browser does not know it', () => {
    const demand: Demand = {
      method: 'POST',
      headers: false,
      body: 'stream',
      crossOrigin: false,
      credentials: 'same-origin',
      once: true,
      ownFetch: false,
      uploadProgress: false,
      urlCredentials: false,
    };
    try {
      expect(fetchStream.refuses(demand)).toBeUndefined();
      // As Firefox, which makes text of it.
      vi.stubGlobal('Request', { prototype: {} });
      expect(fetchStream.refuses(demand)).toBe('cannot send a stream in this browser');
      expect(fetchStream.refuses({ ...demand, ownFetch: true })).toBeUndefined();
    } finally {
      vi.unstubAllGlobals();
    }
    expect(xhrStream.refuses(demand)).toBeDefined();
  });

  it('says what it needs where the browser refuses it on the way', async () => {
    const refused = (() => Promise.reject(new TypeError('Failed to fetch'))) as typeof fetch;
    await expect(client.request('/speech', { body: stream(), fetch: refused })).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('needs HTTP/2') as string,
    });
  });
});
