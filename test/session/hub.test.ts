// Equal subscriptions of a page: one connection, and each its own.

import { describe, expect, it, vi } from 'vitest';
import { createClient } from '../../src/all-parts.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import type { StateChange, SubscribeOptions, TransportChange } from '../../src/options.ts';
import type { Subscription } from '../../src/client.ts';
import { memoryTransport, virtualEnvironment, type MemoryTransport } from '../../src/testing.ts';

interface Page {
  readonly environment: ReturnType<typeof virtualEnvironment>;
  readonly transport: MemoryTransport;
  subscribe(options?: SubscribeOptions): Subscription;
  /** Lets what was subscribed connect, and the server answer. */
  open(): Promise<void>;
}

function makePage(transport = memoryTransport()): Page {
  const environment = virtualEnvironment();
  const client = createClient({
    transports: [transport],
    formats: [eventStream],
    environment,
  });
  return {
    environment,
    transport,
    subscribe: (options) => client.subscribe('/events', options),
    async open() {
      await environment.settle();
      transport.latest.open();
    },
  };
}

/** Data of the messages that come to it. */
function recorder(): { readonly heard: unknown[]; readonly onMessage: (message: { data: unknown }) => void } {
  const heard: unknown[] = [];
  return { heard, onMessage: ({ data }) => void heard.push(data) };
}

describe('equal subscriptions', () => {
  it('make one connection, and each hears every message', async () => {
    const page = makePage();
    const [one, other] = [recorder(), recorder()];
    page.subscribe({ onMessage: one.onMessage });
    page.subscribe({ onMessage: other.onMessage });
    await page.open();
    page.transport.latest.send('data: a\n\ndata: b\n\n');
    expect([one.heard, other.heard]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(page.transport.connections).toHaveLength(1);
  });

  it('hear together of what the option `retry` gives wrongly, and not who has left', async () => {
    const page = makePage();
    const heard: string[] = [];
    const retry = (): number => NaN;
    const first = page.subscribe({ retry, onError: () => heard.push('first') });
    page.subscribe({ retry, onError: ({ code }) => heard.push(code) });
    await page.open();
    first.close();
    page.transport.latest.cut();
    expect(heard).toEqual(['invalid-option', 'network']);
  });

  it('make one each where sharing is off', async () => {
    const page = makePage();
    page.subscribe({ share: false });
    page.subscribe({ share: false });
    await page.environment.settle();
    expect(page.transport.connections).toHaveLength(2);
  });

  it('are not those of different options', async () => {
    const page = makePage();
    const headers = (): HeadersInit => ({ a: '1' });
    const others = [{}, { headers }, { headers: { a: '1' } }, { lastEventId: '5' }];
    for (const options of [...others, ...others]) page.subscribe(options);
    await page.environment.settle();
    expect(page.transport.connections).toHaveLength(others.length);
  });

  it('are not requests', async () => {
    const environment = virtualEnvironment();
    const transport = memoryTransport();
    const { request } = createClient({
      transports: [transport],
      formats: [eventStream],
      environment,
    });
    const replies = [request('/once'), request('/once')];
    await environment.settle();
    expect(transport.connections).toHaveLength(2);
    for (const connection of transport.connections) connection.end();
    await Promise.all(replies);
  });

  it('share through one client alone', async () => {
    const transport = memoryTransport();
    const environment = virtualEnvironment();
    for (const formats of [[eventStream], [eventStream]]) {
      createClient({ transports: [transport], formats, environment }).subscribe('/events');
    }
    await environment.settle();
    expect(transport.connections).toHaveLength(2);
  });

  it('each read the messages in their own way', async () => {
    const page = makePage();
    const [text, parsed, named] = [recorder(), recorder(), vi.fn()];
    const errors: string[] = [];
    page.subscribe({ onMessage: text.onMessage });
    page.subscribe({
      onMessage: parsed.onMessage,
      parse: JSON.parse,
      onError: ({ code }) => errors.push(code),
    });
    page.subscribe({ on: { tick: named } });
    await page.open();
    page.transport.latest.send('data: {"n":1}\n\nevent: tick\ndata: {\n\n');
    expect(text.heard).toEqual(['{"n":1}', '{']);
    expect(parsed.heard).toEqual([{ n: 1 }]);
    expect(errors).toEqual(['malformed']);
    expect(named).toHaveBeenCalledExactlyOnceWith('{', expect.objectContaining({ event: 'tick' }));
  });

  it('each end by their own endOn and until, and leave the others', async () => {
    const page = makePage();
    const [stays, ends, counts] = [recorder(), recorder(), recorder()];
    const staying = page.subscribe({ onMessage: stays.onMessage });
    const ending = page.subscribe({ onMessage: ends.onMessage, endOn: 'b' });
    const counting = page.subscribe({ onMessage: counts.onMessage, until: ({ data }) => data === 'b' });
    await page.open();
    page.transport.latest.send('data: a\n\ndata: b\n\ndata: c\n\n');
    expect([ends.heard, counts.heard, stays.heard]).toEqual([['a'], ['a', 'b'], ['a', 'b', 'c']]);
    await expect(ending.closed).resolves.toMatchObject({ reason: 'done' });
    await expect(counting.closed).resolves.toMatchObject({ reason: 'done' });
    expect(staying.state).toBe('open');
    expect(page.transport.latest.stopped).toBe(false);
  });

  it('each leave by their own signal; the last one closes the connection', async () => {
    const page = makePage();
    const controllers = [new AbortController(), new AbortController()];
    const connections = controllers.map(({ signal }) => page.subscribe({ signal }));
    await page.open();
    controllers[0]?.abort();
    await expect(connections[0]?.closed).resolves.toMatchObject({ reason: 'abort' });
    expect(connections.map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(page.transport.latest.stopped).toBe(false);
    controllers[1]?.abort();
    await expect(connections[1]?.closed).resolves.toMatchObject({ reason: 'abort' });
    expect(page.transport.latest.stopped).toBe(true);
    expect([page.environment.timers, page.environment.watchers]).toEqual([0, 0]);
  });

  it('with a signal that was aborted before join nobody', async () => {
    const page = makePage();
    const staying = page.subscribe();
    const { closed } = page.subscribe({ signal: AbortSignal.abort() });
    await expect(closed).resolves.toMatchObject({ reason: 'abort' });
    await page.open();
    expect(staying.state).toBe('open');
  });

  it('are told once each of what the server ends, whatever each does then', async () => {
    const page = makePage();
    const reasons: string[] = [];
    const again: Subscription[] = [];
    const states = vi.fn(({ state }: StateChange) => {
      if (state === 'closed') again.push(page.subscribe());
    });
    for (let member = 0; member < 2; member++) {
      void page.subscribe({ onState: states }).closed.then(({ reason }) => reasons.push(reason));
    }
    await page.environment.settle();
    page.transport.latest.status(204);
    await page.environment.settle();
    expect(reasons).toEqual(['done', 'done']);
    expect(states).toHaveBeenCalledTimes(2);
    // Those who come then share a new connection.
    expect(again.map(({ state }) => state)).toEqual(['connecting', 'connecting']);
    expect(page.transport.connections).toHaveLength(2);
  });

  it('hear each other’s handlers throw in nothing', async () => {
    const page = makePage();
    const { heard, onMessage } = recorder();
    const thrown = vi.spyOn(globalThis, 'setTimeout').mockImplementation(() => 0 as never);
    const fail = (): never => {
      throw new Error('of one');
    };
    page.subscribe({ onMessage: fail, onState: fail, onTransport: fail, on: { message: fail } });
    page.subscribe({ onMessage });
    await page.open();
    page.transport.latest.send('data: a\n\ndata: b\n\n');
    expect(heard).toEqual(['a', 'b']);
    // Each was handed to the page's error reporting: two messages to two handlers, a state, a transport.
    expect(thrown).toHaveBeenCalledTimes(6);
    thrown.mockRestore();
  });

  it('opened and closed and opened in one task make one request', async () => {
    const page = makePage();
    page.subscribe().close();
    const mounted = page.subscribe();
    await page.open();
    expect(page.transport.connections).toHaveLength(1);
    expect(mounted.state).toBe('open');
  });

  it('leave nothing after a hundred mounts and unmounts', async () => {
    const page = makePage();
    for (let mount = 0; mount < 100; mount++) {
      const connections = [page.subscribe(), page.subscribe()];
      if (mount % 2 === 0) await page.open();
      for (const connection of connections) connection.close();
    }
    expect(page.transport.connections).toHaveLength(50);
    expect(page.transport.connections.every(({ stopped }) => stopped)).toBe(true);
    expect([page.environment.timers, page.environment.watchers]).toEqual([0, 0]);
  });
});

describe('who joins late', () => {
  it('is told where things stand, once, and hears what comes from then on', async () => {
    const page = makePage();
    const states: StateChange[] = [];
    const changes: TransportChange[] = [];
    const { heard, onMessage } = recorder();
    page.subscribe({ share: 'page' });
    await page.open();
    page.transport.latest.send('id: 1\ndata: early\n\n');
    const late = page.subscribe({
      share: 'page',
      onMessage,
      onState: (change) => states.push(change),
      onTransport: (change) => changes.push(change),
    });
    expect([late.state, late.lastEventId, late.transport]).toEqual(['open', '1', 'memory']);
    expect(states).toEqual([]);
    await page.environment.settle();
    page.transport.latest.send('id: 2\ndata: then\n\n');
    expect(heard).toEqual(['then']);
    expect(states).toEqual([expect.objectContaining({ state: 'open', attempt: 1 })]);
    expect(changes).toEqual([{ to: 'memory', refusals: [] }]);
  });

  it('in the middle of a change hears of each state once', async () => {
    const page = makePage();
    const states: string[] = [];
    const first = page.subscribe({
      onState({ state }) {
        if (state === 'waiting') page.subscribe({ onState: (change) => states.push(change.state) });
      },
    });
    await page.open();
    first.reconnect();
    await page.environment.settle();
    page.transport.latest.open();
    expect(states).toEqual(['connecting', 'open']);
  });

  it('is told nothing when it has left at once', async () => {
    const page = makePage();
    const states: string[] = [];
    page.subscribe();
    await page.open();
    page.subscribe({ onState: ({ state }) => states.push(state) }).close();
    await page.environment.settle();
    expect(states).toEqual(['closed']);
  });

  it('is heard of by a carrier that must be told event names', async () => {
    const page = makePage(Object.assign(memoryTransport(), { hearsByName: true }));
    page.subscribe({ on: { tick: vi.fn() } });
    await page.open();
    page.subscribe({ on: { tick: vi.fn() } });
    await page.environment.settle();
    expect(page.transport.connections).toHaveLength(1);
    page.subscribe({ on: { tock: vi.fn() } });
    await page.environment.settle();
    expect(page.transport.connections).toHaveLength(2);
    expect(new Set(page.transport.latest.request.events)).toEqual(new Set(['tick', 'tock']));
  });

  it('with other event names changes nothing for a carrier that hears all', async () => {
    const page = makePage();
    page.subscribe();
    await page.open();
    page.subscribe({ on: { tock: vi.fn() } });
    await page.environment.settle();
    expect(page.transport.connections).toHaveLength(1);
  });
});
