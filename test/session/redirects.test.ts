import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/all-parts.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import { json } from '../../src/formats/json.ts';
import type { SubscribeOptions } from '../../src/options.ts';
import { virtualEnvironment } from '../../src/testing.ts';
import { fetchStream } from '../../src/transports/fetch-stream.ts';
import { longPoll } from '../../src/transports/long-poll.ts';
import { poll } from '../../src/transports/poll.ts';
import type { Transport } from '../../src/transports/transport.ts';

const SIMPLE = new Set(['accept', 'accept-language', 'content-language', 'content-type']);

/** Redirects each request to another origin, which answers simple requests alone, as CORS has it without a preflight. */
function makeWorld(
  transport: Transport,
  { isDown = () => false, isFar = () => true }: { isDown?: () => boolean; isFar?: () => boolean } = {},
) {
  const asked: string[] = [];
  let id = 0;
  const environment = virtualEnvironment({
    fetch(input, init) {
      const url = new URL(input as string);
      const headers = new Headers(init?.headers);
      const sent = headers.get('last-event-id');
      const cursor = sent === null ? `query ${url.searchParams.get('lastEventId') ?? ''}` : `header ${sent}`;
      asked.push(cursor);
      if (isDown()) return Promise.reject(new TypeError('Failed to fetch'));
      if (isFar() && [...headers.keys()].some((name) => !SIMPLE.has(name))) {
        return Promise.reject(new TypeError('Failed to fetch'));
      }
      id++;
      const isPoll = transport.rhythm !== 'stream';
      const response = new Response(
        isPoll
          ? `[{"id":"${String(id)}","data":"${String(id)}"}]`
          : `id: ${String(id)}\ndata: ${String(id)}\n\n`,
        { headers: { 'content-type': isPoll ? 'application/json' : 'text/event-stream', etag: '"e"' } },
      );
      const answered = isFar() ? `https://far.test/stream${url.search}` : url.href;
      Object.defineProperty(response, 'url', { value: answered });
      return new Promise((resolve) => environment.setTimer(() => resolve(response), 500));
    },
  });
  const client = createClient({
    transports: [transport],
    formats: [eventStream, json],
    environment,
  });
  const got: unknown[] = [];
  const errors: string[] = [];
  return {
    environment,
    asked,
    got,
    errors,
    subscribe: (options: SubscribeOptions = {}) =>
      client.subscribe('/events', {
        onMessage: ({ data }) => got.push(data),
        onError: ({ code }) => errors.push(code),
        ...options,
      }),
  };
}

describe('a URL of the page’s origin that is answered from another one', () => {
  it.each([fetchStream, longPoll, poll])(
    'is asked by query from the first answer on ($name)',
    async (transport) => {
      const world = makeWorld(transport);
      const subscription = world.subscribe();
      for (let n = 0; n < 400 && world.got.length < 3; n++) {
        await new Promise((resolve) => setImmediate(resolve));
        await world.environment.advance(100);
      }
      subscription.close();
      expect(world.asked.slice(0, 3)).toEqual(['query ', 'query 1', 'query 2']);
      expect(world.got.slice(0, 3)).toEqual(['1', '2', '3']);
      expect(world.errors).toEqual([]);
    },
  );

  it('is found out where the very first request carries an id', async () => {
    const world = makeWorld(fetchStream);
    const subscription = world.subscribe({ lastEventId: '40' });
    for (let n = 0; n < 100 && world.got.length < 2; n++) {
      await new Promise((resolve) => setImmediate(resolve));
      await world.environment.advance(100);
    }
    subscription.close();
    expect(world.asked.slice(0, 3)).toEqual(['header 40', 'query 40', 'query 1']);
    expect(world.got.slice(0, 2)).toEqual(['1', '2']);
  });

  it('is asked by header where the server was only down', async () => {
    let requests = 0;
    const world = makeWorld(fetchStream, { isDown: () => ++requests === 1, isFar: () => false });
    const subscription = world.subscribe({ lastEventId: '40' });
    for (let n = 0; n < 100 && world.got.length < 1; n++) {
      await new Promise((resolve) => setImmediate(resolve));
      await world.environment.advance(100);
    }
    subscription.close();
    // What the guess brings is not read: a server that knows no query would begin anywhere.
    expect(world.asked.slice(0, 3)).toEqual(['header 40', 'query 40', 'header 40']);
    expect(world.got[0]).toBe('2');
  });

  it('is asked by header again when it is answered from the page’s origin', async () => {
    let far = true;
    const world = makeWorld(fetchStream, { isFar: () => far });
    const subscription = world.subscribe();
    for (let n = 0; n < 400 && world.got.length < 4; n++) {
      await new Promise((resolve) => setImmediate(resolve));
      await world.environment.advance(100);
      if (world.got.length === 2) far = false;
    }
    subscription.close();
    expect(world.asked.slice(0, 4)).toEqual(['query ', 'query 1', 'query 2', 'header 3']);
  });
});
