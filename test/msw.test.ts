// @vitest-environment happy-dom

// A page's own tests: the public face in happy-dom, its network played by Mock Service Worker.

import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EnckeError, fetchStream, longPoll, poll, request, subscribe, type Message } from '../src/index.ts';

const EVENTS = 'http://localhost:3000/events';
const server = setupServer();

beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
});
afterEach(() => {
  server.resetHandlers();
});
afterAll(() => {
  server.close();
});

function stream(...chunks: string[]): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

describe('under happy-dom and Mock Service Worker', () => {
  it('subscribes with the default ladder, reconnects after the cursor, and is done at 204', async () => {
    const ids: (string | null)[] = [];
    server.use(
      http.get(EVENTS, ({ request: { headers } }) => {
        ids.push(headers.get('last-event-id'));
        if (ids.length > 2) return new HttpResponse(null, { status: 204 });
        return stream(`retry: 1\nid: ${String(ids.length)}\ndata: turn `, `${String(ids.length)}\n\n`);
      }),
    );
    const seen: Message[] = [];
    const { closed } = subscribe(EVENTS, { onMessage: (message) => seen.push(message) });
    await expect(closed).resolves.toEqual({ reason: 'done' });
    expect(seen.map(({ data }) => data)).toEqual(['turn 1', 'turn 2']);
    expect(ids).toEqual([null, '1', '2']);
  });

  it('gives the reply of a request, however its body is cut', async () => {
    server.use(
      http.post(EVENTS, async ({ request: sent }) => {
        expect(sent.headers.get('content-type')).toBe('application/json');
        return stream(`data: ${JSON.stringify(await sent.json())}`, '\n\ndata: last');
      }),
    );
    const reply = await request(EVENTS, { body: { ask: 'é' } });
    expect(reply.messages.map(({ data }) => data as unknown)).toEqual(['{"ask":"é"}', 'last']);
    expect(reply.status).toBe(200);
  });

  it('reads JSON by long polling and by polling', async () => {
    server.use(
      http.get(EVENTS, ({ request: { url } }) => {
        const { searchParams } = new URL(url);
        return HttpResponse.json([{ id: '1', event: searchParams.get('transport'), data: { n: 1 } }]);
      }),
    );
    for (const transport of [longPoll, poll]) {
      const seen: Message[] = [];
      const subscription = subscribe(EVENTS, {
        transports: [transport],
        onMessage: (message) => seen.push(message),
        until: () => true,
      });
      await subscription.closed;
      expect(seen).toEqual([{ id: '1', event: transport.name, data: { n: 1 } }]);
    }
  });

  it.each([
    [
      '404',
      () => HttpResponse.text('no such stream', { status: 404 }),
      { code: 'status', status: 404, body: 'no such stream' },
    ],
    [
      'an HTML page',
      () => HttpResponse.html('<h1>Log in</h1>'),
      { code: 'content-type', status: 200, url: EVENTS },
    ],
  ])('ends with one typed error at %s', async (_, answer, expected) => {
    server.use(http.get(EVENTS, answer));
    const errors: EnckeError[] = [];
    const { closed } = subscribe(EVENTS, {
      transports: [fetchStream],
      onError: (error) => errors.push(error),
    });
    const { reason, error } = await closed;
    expect(reason).toBe('fatal');
    expect(errors).toEqual([error]);
    expect(error).toBeInstanceOf(EnckeError);
    expect(error).toMatchObject(expected);
  });
});
