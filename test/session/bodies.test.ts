// What becomes of a body: what it demands of a transport, and what is sent.

import { expect, it } from 'vitest';
import { composeClient } from '../../src/client.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import type { SubscribeOptions } from '../../src/options.ts';
import { bodies } from '../../src/parts/bodies.ts';
import { memoryTransport, virtualEnvironment } from '../../src/testing.ts';
import type { Demand, TransportRequest } from '../../src/transports/transport.ts';

type Options = Pick<SubscribeOptions, 'method' | 'headers' | 'body' | 'onUploadProgress'>;

/** What a transport is asked about a subscription, and then asked to send. */
async function sent(options: Options): Promise<{ demand?: Demand; request: TransportRequest }> {
  const demands: Demand[] = [];
  const memory = memoryTransport({ name: 'stream' });
  const transport = Object.assign(memory, {
    refuses: (demand: Demand) => void demands.push(demand),
  });
  const environment = virtualEnvironment();
  const client = composeClient({
    transports: [transport],
    formats: [eventStream],
    parts: [bodies],
    environment,
  });
  client.subscribe('/events', options);
  await environment.settle();
  const { request } = memory.latest;
  const [demand] = demands;
  return demand ? { demand, request } : { request };
}

it('a plain object or an array is sent as JSON, and anything else as it is', async () => {
  const form = new URLSearchParams('a=1');
  const cases: [options: Options, method: string, body: unknown, contentType: string | null][] = [
    [{ body: { a: [1] } }, 'POST', '{"a":[1]}', 'application/json'],
    [{ method: 'put', body: [1], headers: { 'content-type': 'a/b' } }, 'PUT', '[1]', 'a/b'],
    [{ body: form }, 'POST', form, null],
    [{ body: () => Promise.resolve('text') }, 'POST', 'text', null],
    [{}, 'GET', null, null],
  ];
  for (const [options, method, body, contentType] of cases) {
    const { request } = await sent(options);
    expect([request.method, request.headers.get('content-type')]).toEqual([method, contentType]);
    expect(request.body).toBe(body);
  }
});

it('a transport is asked whether it can carry this body, and tell how much of it was sent', async () => {
  const cases: [options: Options, body: Demand['body'], uploadProgress: boolean][] = [
    [{}, 'none', false],
    [{ body: 'x', onUploadProgress: () => undefined }, 'any', true],
    [{ body: new FormData() }, 'form', false],
    [{ body: () => 'x' }, 'any', false],
    [{ body: { a: 1 } }, 'any', false],
    [{ body: new ReadableStream() }, 'stream', false],
  ];
  for (const [options, body, uploadProgress] of cases) {
    expect((await sent(options)).demand).toMatchObject({ body, uploadProgress });
  }
});

it('JSON is written at the call: the caller may go on writing in it', async () => {
  const history = ['question'];
  const answer = sent({ body: history });
  history.push('');
  expect((await answer).request.body).toBe('["question"]');
});
