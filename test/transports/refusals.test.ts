// What a refusal is told as, whatever becomes of its body: through the public face, with a fetch of the caller.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../../src/all-parts.ts';
import type { EnckeError } from '../../src/ground/errors.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import { memoryTransport, virtualEnvironment, type VirtualEnvironment } from '../../src/testing.ts';
import { fetchStream, longPoll, poll } from '../../src/transports/index.ts';
import { EXCERPT_TIME } from '../../src/transports/refusal.ts';

// The time of a carrier is the time of the browser, not that of the environment.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const CARRIERS = [fetchStream, longPoll, poll].map((transport) => [transport.name, transport] as const);

/** Answers with a head and a body that begins and never ends; counts the bodies that are open. */
function hangingServer(status: number): { fetch: typeof fetch; requests: number; open: number } {
  const server = {
    requests: 0,
    open: 0,
    fetch: () => {
      server.requests++;
      server.open++;
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new TextEncoder().encode('not ')),
        cancel: () => void server.open--,
      });
      return Promise.resolve(new Response(body, { status }));
    },
  };
  return server;
}

/** Lets the body have its time. */
async function passExcerptTime(environment: VirtualEnvironment): Promise<void> {
  await environment.settle();
  await vi.advanceTimersByTimeAsync(EXCERPT_TIME);
  await environment.settle();
}

describe.each(CARRIERS)('a refusal by %s whose body never ends', (_, transport) => {
  it.each([404, 400])('closes a subscription by its status, %d', async (status) => {
    const server = hangingServer(status);
    const environment = virtualEnvironment({ fetch: server.fetch });
    const errors: EnckeError[] = [];
    const { subscribe } = createClient({ transports: [transport], formats: [eventStream], environment });
    // Shorter than the time of the body.
    const subscription = subscribe('/a', {
      connectTimeout: 200,
      longPollTimeout: 200,
      onError: (e) => errors.push(e),
    });
    await environment.advance(500);
    await passExcerptTime(environment);
    expect(await subscription.closed).toMatchObject({
      reason: 'fatal',
      error: { code: 'status', status, body: 'not ' },
    });
    expect(errors.map(({ code }) => code)).toEqual(['status']);
    expect(server).toMatchObject({ requests: 1, open: 0 });
    expect([vi.getTimerCount(), environment.timers]).toEqual([0, 0]);
  });

  it.each([401, 404, 500, 503])('rejects a request by its status, %d', async (status) => {
    const server = hangingServer(status);
    const environment = virtualEnvironment({ fetch: server.fetch });
    const { request } = createClient({ transports: [transport], formats: [eventStream], environment });
    const outcome = request('/a', { body: 'order' }).then(
      () => 'a reply',
      (error: unknown) => error,
    );
    await passExcerptTime(environment);
    expect(await outcome).toMatchObject({ code: 'status', status, body: 'not ' });
    expect(server).toMatchObject({ requests: 1, open: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no timer when it is closed meanwhile', async () => {
    const server = hangingServer(503);
    const environment = virtualEnvironment({ fetch: server.fetch });
    const { subscribe } = createClient({ transports: [transport], formats: [eventStream], environment });
    const subscription = subscribe('/a');
    await environment.settle();
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(1);
    subscription.close();
    await environment.settle();
    expect([vi.getTimerCount(), environment.timers, server.open]).toEqual([0, 0, 0]);
  });
});

describe('a request whose transport says that it cannot work here', () => {
  it.each([
    ['is carried by the next one where nothing was sent', false, false, 1],
    ['is over where it may have been sent', true, false, 0],
    ['is over where it was answered, whatever the transport says', false, true, 0],
  ])('%s', async (_, sent, answered, requests) => {
    const transports = [memoryTransport({ name: 'first' }), memoryTransport({ name: 'second' })] as const;
    const [first, second] = transports;
    const environment = virtualEnvironment();
    const { request } = createClient({ transports, formats: [eventStream], environment });
    const outcome = request('/order', { method: 'POST' }).then(
      ({ transport }) => transport,
      (error: unknown) => (error as EnckeError).code,
    );
    await environment.settle();
    if (answered) first.latest.open();
    first.latest.unusable('A policy forbids it.', sent);
    await environment.advance(0);
    expect([first.connections.length, second.connections.length]).toEqual([1, requests]);
    if (requests > 0) second.latest.end();
    expect(await outcome).toBe(requests > 0 ? 'second' : 'unusable');
  });

  it('is no matter to a subscription, which takes the next one', async () => {
    const transports = [memoryTransport({ name: 'first' }), memoryTransport({ name: 'second' })] as const;
    const environment = virtualEnvironment();
    const { subscribe } = createClient({ transports, formats: [eventStream], environment });
    const subscription = subscribe('/events');
    await environment.settle();
    transports[0].latest.unusable('A policy forbids it.', true);
    await environment.advance(0);
    expect(subscription.transport).toBe('second');
    subscription.close();
  });
});
