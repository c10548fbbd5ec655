// A response carried by fetch, where the caller brought the fetch.

import { assert, describe, expect, it } from 'vitest';
import { hintOn } from '../../src/ground/request-body.ts';
import { fetchStream } from '../../src/transports/fetch-stream.ts';
import { EXCERPT_LENGTH, EXCERPT_TIME } from '../../src/transports/refusal.ts';
import { poll } from '../../src/transports/poll.ts';
import type { TransportRequest } from '../../src/transports/transport.ts';
import { plainRequest } from '../contracts/bench.ts';
import { record } from '../contracts/recording.ts';
import { PLAIN_DEMAND } from '../contracts/transport-laws.ts';

const URL_ASKED = 'https://app.test/stream';

function requestBy(fetch: (input: string, init: RequestInit) => Promise<Response>): TransportRequest {
  return { ...plainRequest(URL_ASKED, fetchStream), fetch: fetch as typeof globalThis.fetch };
}

describe('fetch with a fetch of the caller', () => {
  it('ends as cut, after open returned, when that fetch throws', async () => {
    const thrown = new Error('no');
    const recording = record(
      fetchStream,
      requestBy(() => {
        throw thrown;
      }),
    );
    expect(recording.callsInOpen).toBe(0);
    expect(await recording.ended()).toMatchObject({
      how: 'cut',
      error: { code: 'network', url: URL_ASKED, cause: thrown },
    });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['the text itself', 'data: one'],
    ['a network error', Response.error()],
    ['what throws when it is read', Object.defineProperty({}, 'status', { get: () => assert.fail() })],
  ])('ends as without a response when that fetch gives %s', async (_, given) => {
    const recording = record(
      fetchStream,
      requestBy(() => Promise.resolve(given as Response)),
    );
    const end = await recording.ended();
    expect(end).toMatchObject({ how: 'cut', error: { code: 'network' } });
    expect((end as { error: Error }).error.message).toMatch(/^No response from /);
    expect(recording.calls).toHaveLength(1);
  });

  it.each([
    ['text', 'data: one'],
    ['a buffer', new ArrayBuffer(9)],
  ])('passes over no piece of a body that is %s instead of bytes', async (_, piece) => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(piece);
        controller.close();
      },
    });
    const response = { status: 200, headers: new Headers(), url: '', body };
    const recording = record(
      fetchStream,
      requestBy(() => Promise.resolve(response as Response)),
    );
    expect(await recording.ended()).toMatchObject({ how: 'cut', error: { code: 'network' } });
  });

  it('makes no request when stopped in the task that opened it', async () => {
    let requests = 0;
    const fetch = (): Promise<Response> => Promise.resolve(new Response(String(requests++)));
    record(fetchStream, requestBy(fetch)).stop();
    await new Promise((resolve) => setTimeout(resolve));
    expect(requests).toBe(0);
  });

  it('cancels a body whose fetch did not heed the signal', async () => {
    const cancelled = new Promise<string>((resolve) => {
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode('one')),
        cancel: () => resolve('cancelled'),
      });
      const recording = record(
        fetchStream,
        requestBy(() => Promise.resolve(new Response(body))),
        (call, stop) => call.name === 'text' && stop(),
      );
      void recording.until('the text', () => recording.text === 'one');
    });
    expect(await cancelled).toBe('cancelled');
  });

  it('cancels a body that came after the stop', async () => {
    const recording = { stop: (): void => undefined };
    const cancelled = new Promise<string>((resolve) => {
      const body = new ReadableStream({ cancel: () => resolve('cancelled') });
      Object.assign(
        recording,
        record(
          fetchStream,
          requestBy(() => {
            recording.stop();
            return Promise.resolve(new Response(body));
          }),
        ),
      );
    });
    expect(await cancelled).toBe('cancelled');
  });

  it('is given the request, and is not called as a method', async () => {
    const seen: unknown[] = [];
    const fetch = function (this: unknown, url: string, { signal, ...init }: RequestInit): Promise<Response> {
      seen.push(this, url, init, signal instanceof AbortSignal);
      return Promise.resolve(new Response(''));
    };
    const request = { ...requestBy(fetch), method: 'POST', body: 'x', credentials: 'include' as const };
    await record(fetchStream, request).ended();
    const { headers } = request;
    const init = {
      method: 'POST',
      headers,
      body: 'x',
      credentials: 'include',
      cache: 'no-store',
      duplex: 'half',
    };
    expect(seen).toEqual([undefined, URL_ASKED, init, true]);
  });

  it('reads a response that has no stream when it is whole', async () => {
    const response = { status: 200, headers: new Headers(), url: '', body: null, text: async () => 'whole' };
    const recording = record(
      poll,
      requestBy(() => Promise.resolve(response as unknown as Response)),
    );
    expect(await recording.ended()).toEqual({ how: 'complete' });
    expect(recording.text).toBe('whole');
  });

  it('reports bytes that are not UTF-8 once, and goes on', async () => {
    const bytes = Uint8Array.of(0x61, 0xff, 0x62, 0xff);
    const recording = record(
      fetchStream,
      requestBy(() => Promise.resolve(new Response(bytes))),
    );
    expect(await recording.ended()).toEqual({ how: 'complete' });
    expect(recording.text).toBe('a\uFFFDb\uFFFD');
    expect(recording.problems).toMatchObject([{ code: 'encoding', url: URL_ASKED }]);
  });

  it('gives nothing before the first text is welcome', async () => {
    let welcome = (): void => undefined;
    const backlog = new Promise<void>((resolve) => (welcome = resolve));
    let asked = 0;
    const recording = record(
      fetchStream,
      requestBy(() => Promise.resolve(new Response('one'))),
      undefined,
      () => (asked++ === 0 ? backlog : undefined),
    );
    await recording.until('the head', () => recording.calls.length === 1);
    await new Promise((resolve) => setTimeout(resolve));
    expect(recording.text).toBe('');
    welcome();
    await recording.ended();
    expect(recording.text).toBe('one');
  });

  it('ends a refusal when enough of its body has come, and says nothing of its bytes', async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(EXCERPT_LENGTH).fill(0xff)),
    });
    const begun = performance.now();
    const recording = record(
      fetchStream,
      requestBy(() => Promise.resolve(new Response(body, { status: 404 }))),
    );
    expect(await recording.ended()).toMatchObject({ how: 'status', body: '\uFFFD'.repeat(EXCERPT_LENGTH) });
    expect(performance.now() - begun).toBeLessThan(EXCERPT_TIME);
    expect(recording.calls.map(({ name }) => name)).toEqual(['alive', 'ended']);
  });

  it.each([
    ['text', 'order', /^No response from .*: the server is down.*forbids it\.$/],
    ['a stream', new ReadableStream(), /forbids it\. To send a stream, Chromium needs HTTP\/2/],
  ])('says why a request with %s may have had no response', async (_, body, sentence) => {
    const request = requestBy(() => Promise.reject(new TypeError('Failed to fetch')));
    const end = await record(fetchStream, { ...request, hint: hintOn(body) }).ended();
    expect((end as { error: Error }).error.message).toMatch(sentence);
  });

  it('asks for the next piece when the last one was taken', async () => {
    let pulls = 0;
    const body = new ReadableStream(
      {
        pull(controller) {
          controller.enqueue(new TextEncoder().encode(`${pulls++}`));
          if (pulls === 5) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const pullsAtText: number[] = [];
    const recording = record(
      fetchStream,
      requestBy(() => Promise.resolve(new Response(body))),
      ({ name }) => name === 'text' && pullsAtText.push(pulls),
    );
    await recording.ended();
    expect(pullsAtText).toEqual([1, 2, 3, 4, 5]);
  });

  it('needs fetch and TextDecoder, unless the caller brings the fetch', () => {
    expect(fetchStream.refuses(PLAIN_DEMAND)).toBeUndefined();
    const { fetch } = globalThis;
    try {
      Reflect.deleteProperty(globalThis, 'fetch');
      expect(poll.refuses(PLAIN_DEMAND)).toBe('needs fetch and TextDecoder');
      expect(poll.refuses({ ...PLAIN_DEMAND, ownFetch: true })).toBeUndefined();
    } finally {
      globalThis.fetch = fetch;
    }
  });
});
