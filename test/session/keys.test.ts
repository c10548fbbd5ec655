import { describe, expect, it, vi } from 'vitest';
import type { Client } from '../../src/client.ts';
import { createClient } from '../../src/all-parts.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import { hashOf } from '../../src/ground/hash.ts';
import type { SubscribeOptions } from '../../src/options.ts';
import type { PageEvent } from '../../src/session/page-lifecycle.ts';
import { shownUrl } from '../../src/ground/shown-url.ts';
import {
  memoryTransport,
  virtualEnvironment,
  type MemoryTransport,
  type VirtualEnvironment,
} from '../../src/testing.ts';
import { fetchStream } from '../../src/transports/fetch-stream.ts';
import { dataOf, makeWorld } from './harness.ts';

/** A page; what it keeps is in the storage of its environment. */
function openPage(environment: VirtualEnvironment): Client & { readonly transport: MemoryTransport } {
  const transport = memoryTransport();
  return {
    transport,
    ...createClient({ transports: [transport], formats: [eventStream], environment }),
  };
}

function answering(body: BodyInit): Response {
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

function askedAfter({ transport }: { transport: MemoryTransport }): (string | null)[] {
  return transport.connections.map(({ request }) => request.headers.get('last-event-id'));
}

/** The environment of a page, and all that it keeps. */
function keeping(): [Map<string, string>, VirtualEnvironment] {
  const kept = new Map<string, string>();
  const storage = () => ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  return [kept, Object.assign(virtualEnvironment(), { storage })];
}

describe('what is kept over a reload', () => {
  it.each([
    ['bodies', [{ body: { topic: 'a' } }, { body: { topic: 'b' } }]],
    ['headers', [{ headers: { authorization: 'a' } }, { headers: { authorization: 'b' } }]],
    ['methods', [{ method: 'GET' }, { method: 'POST' }]],
    ['credentials', [{ credentials: 'omit' }, { credentials: 'include' }]],
    ['names', [{ resume: { session: 'a' } }, { resume: { session: 'b' } }]],
    ['forms', [{ body: new URLSearchParams('a=1') }, { body: new URLSearchParams('a=2') }]],
    ['binary bodies', [{ body: new Uint8Array([1]) }, { body: new Uint8Array([2]) }]],
  ] as [string, SubscribeOptions[]][])(
    'is of one subscription, and not of one with other %s',
    async (_, all) => {
      const environment = virtualEnvironment();
      const subscribeAll = (page: Client): void => {
        for (const options of all) page.subscribe('/events', { resume: 'session', ...options });
      };
      const before = openPage(environment);
      subscribeAll(before);
      await environment.settle();
      before.transport.connections.forEach(({ send }, index) => {
        send(`id: ${String(index + 1)}\ndata: x\n\n`);
      });
      await environment.tell('stored');
      const after = openPage(environment);
      subscribeAll(after);
      await environment.settle();
      expect(askedAfter(after)).toEqual(['1', '2']);
    },
  );

  it.each([
    ['is put away', ['stored']],
    ['is hidden, and never heard of again', ['hidden']],
    ['is frozen, and then discarded', ['hidden', 'frozen']],
    ['is hidden, and on line again', ['hidden', 'online']],
    ['is frozen for a while, and then discarded', ['hidden', 'frozen', 'resumed']],
  ] as [string, PageEvent[]][])('is there when a page %s', async (_, events) => {
    const environment = virtualEnvironment();
    const before = openPage(environment);
    before.subscribe('/events', { resume: 'session' });
    await environment.settle();
    before.transport.latest.send('id: 40\ndata: x\n\n');
    for (const event of events) await environment.tell(event);
    if (!events.includes('stored')) before.transport.latest.send('id: 41\ndata: x\n\n');
    const after = openPage(environment);
    after.subscribe('/events', { resume: 'session' });
    await environment.settle();
    expect(askedAfter(after)).toEqual([events.includes('stored') ? '40' : '41']);
  });

  it('is taken back when the page is seen again', async () => {
    const environment = virtualEnvironment();
    const before = openPage(environment);
    before.subscribe('/events', { resume: 'session' });
    await environment.settle();
    before.transport.latest.send('id: 40\ndata: x\n\n');
    await environment.tell('hidden');
    await environment.tell('visible');
    const after = openPage(environment);
    after.subscribe('/events', { resume: 'session' });
    await environment.settle();
    expect(askedAfter(after)).toEqual([null]);
  });

  it('is taken once, and leaves nothing behind', async () => {
    const [kept, environment] = keeping();
    const before = openPage(environment);
    before.subscribe('/events', { resume: 'session' });
    await environment.settle();
    before.transport.latest.send('id: 40\ndata: x\n\n');
    await environment.tell('hidden');
    await environment.tell('visible');
    expect(kept.size).toBe(0);
    await environment.tell('hidden');
    expect(kept.size).toBe(1);
    openPage(environment).subscribe('/events', { resume: 'session' });
    await environment.settle();
    expect(kept.size).toBe(0);
  });

  it('is nothing where it was not asked for', async () => {
    const [kept, environment] = keeping();
    const page = openPage(environment);
    page.subscribe('/events');
    await environment.settle();
    page.transport.latest.send('id: 40\ndata: x\n\n');
    await environment.tell('hidden');
    expect(kept.size).toBe(0);
  });

  it('shows no URL, header or body', async () => {
    const [kept, environment] = keeping();
    const page = openPage(environment);
    page.subscribe('/events?token=SECRET', { resume: 'session', headers: { authorization: 'SECRET' } });
    await environment.settle();
    page.transport.latest.send('id: 40\ndata: x\n\n');
    await environment.tell('hidden');
    expect([...kept]).toEqual([[expect.stringMatching(/^encke:1:[0-9a-f]{32}$/), '40']]);
  });

  it.each([
    ['resume', { resume: 'session', body: () => 'a' }],
    ['share', { share: 'tabs', body: () => 'a' }],
    ['resume', { resume: 'session', body: new Blob(['a']) }],
  ] as [string, SubscribeOptions][])(
    'needs a name where nobody can tell what a body is (%s)',
    (_, options) => {
      const { subscribe } = openPage(virtualEnvironment());
      expect(() => subscribe('/events', options)).toThrow(/NAME/);
      const named = { ...options, resume: { session: 'a' }, share: 'start' } as const;
      expect(() => subscribe('/events', named)).not.toThrow();
    },
  );
});

describe('a replay', () => {
  it('has the id, the name and the data of what was delivered', async () => {
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.send(
      'retry: 20\n\nid: 0\nevent: started\ndata: {}\n\nid: 1\nevent: paused\ndata: {}\n\n',
    );
    world.transport.latest.end();
    await world.environment.advance(100);
    world.transport.latest.send(
      'id: 0\nevent: resumed\ndata: {}\n\nid: 1\nevent: failed\ndata: {}\n\nid: 2\nevent: stopped\ndata: {}\n\n',
    );
    expect(world.messages.map(({ event }) => event)).toEqual([
      'started',
      'paused',
      'resumed',
      'failed',
      'stopped',
    ]);
  });

  it('is delivered where the ids of a server mean nothing', async () => {
    for (const [replays, times] of [
      ['drop', 1],
      ['deliver', 2],
    ] as const) {
      const world = makeWorld();
      world.subscribe({ replays });
      await world.environment.settle();
      world.transport.latest.send('id: 1\ndata: tick\n\n');
      world.transport.latest.end();
      await world.environment.advance(2_000);
      world.transport.latest.send('id: 1\ndata: tick\n\n');
      expect(dataOf(world)).toEqual(Array.from({ length: times }, () => 'tick'));
    }
  });

  it('is not what JSON cannot write', async () => {
    const transport = memoryTransport();
    const world = makeWorld([transport]);
    world.subscribe();
    await world.environment.settle();
    for (const data of [10n, undefined]) {
      transport.latest.message({ id: '1', data });
      transport.latest.end();
      await world.environment.advance(2_000);
    }
    expect(dataOf(world)).toEqual([10n, undefined]);
  });
});

describe('a refresh of credentials', () => {
  it('is waited for by those alone who have the same handler', async () => {
    const environment = virtualEnvironment();
    const page = openPage(environment);
    const refusing = vi.fn(() => Promise.reject(new Error('signed out')));
    const refreshing = vi.fn();
    const one = page.subscribe('/one', { onUnauthorized: refusing });
    const two = page.subscribe('/two', { onUnauthorized: refreshing });
    const three = page.subscribe('/three', { onUnauthorized: refreshing });
    await environment.settle();
    for (const { status } of [...page.transport.connections]) status(401);
    await environment.settle();
    expect([refusing, refreshing].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    for (const { open } of page.transport.connections.slice(3)) open();
    expect([one.state, two.state, three.state]).toEqual(['closed', 'open', 'open']);
  });

  it('counts for every origin that its handler is given for', async () => {
    const environment = virtualEnvironment();
    const page = openPage(environment);
    const refresh = vi.fn(() => new Promise<void>((resolve) => environment.setTimer(resolve, 1_000)));
    for (const url of ['https://app.test/one', 'https://far.test/two']) {
      page.subscribe(url, { onUnauthorized: refresh });
    }
    await environment.settle();
    for (const { status } of [...page.transport.connections]) status(401);
    await environment.advance(1_000);
    expect(refresh).toHaveBeenCalledOnce();
    expect(page.transport.connections).toHaveLength(4);
  });
});

describe('what is shown', () => {
  it.each([
    ['https://app.test/events?token=SECRET&a=1#SECRET', 'https://app.test/events?token=…&a=…'],
    ['https://user:SECRET@app.test/events', 'https://app.test/events'],
    ['/events?flag', '/events?flag'],
    ['https://app.test/a@b?c', 'https://app.test/a@b?c'],
    ['https://app.test/events?q=a=b&x=', 'https://app.test/events?q=…&x=…'],
  ])('of %s is %s', (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
  });

  it('in a trace, a line and an error holds no value of a query', async () => {
    const environment = virtualEnvironment();
    const page = openPage(environment);
    const shown: unknown[] = [];
    const subscription = page.subscribe('/events?token=SECRET', {
      debug: (line) => shown.push(line),
      onError: (error) => shown.push(error.url, error.message),
    });
    await environment.settle();
    page.transport.latest.open();
    page.transport.latest.cut();
    await environment.advance(5_000);
    page.transport.latest.status(404);
    expect(JSON.stringify([shown, subscription.trace])).not.toContain('SECRET');
    expect(shown).toContain('https://app.test/events?token=…');
  });

  it.each<[what: string, answer: () => Promise<Response>]>([
    ['no response', async () => Promise.reject(new TypeError('Failed to fetch'))],
    [
      'a response that breaks off',
      async () => answering(new ReadableStream({ pull: (body) => body.error(new TypeError('cut')) })),
    ],
    ['bytes that are not UTF-8', async () => answering(new Uint8Array([0xff]))],
  ])('in the sentence about %s holds no value of a query', async (_, answer) => {
    const environment = virtualEnvironment();
    const { subscribe } = createClient({
      transports: [fetchStream],
      formats: [eventStream],
      environment,
    });
    const sentences: string[] = [];
    const subscription = subscribe('/events?token=SECRET', {
      fetch: answer,
      onError: ({ message }) => sentences.push(message),
    });
    await environment.advance(100);
    expect(sentences.join()).toContain('/events?token=…');
    expect(JSON.stringify([sentences, subscription.trace])).not.toContain('SECRET');
    subscription.close();
  });

  it('as a hash is the same for the same text, and another for another', () => {
    const texts = Array.from({ length: 5_000 }, (_, n) => `["https://app.test/",[["n",${String(n)}]]]`);
    const hashes = texts.map(hashOf);
    expect(new Set(hashes).size).toBe(texts.length);
    expect(hashes.filter((hash) => !/^[0-9a-f]{32}$/.test(hash))).toEqual([]);
    // Each quarter is a hash of its own.
    for (const at of [0, 8, 16, 24]) {
      expect(new Set(hashes.map((hash) => hash.slice(at, at + 8))).size).toBeGreaterThan(texts.length - 5);
    }
    expect(hashOf('a')).toBe(hashOf('a'));
    expect(hashOf('ab')).not.toBe(hashOf('ba'));
  });
});

describe('equal subscriptions', () => {
  it('share what has delivered nothing yet, and no more: each gets the snapshot of its connection', async () => {
    const environment = virtualEnvironment();
    const page = openPage(environment);
    const seen: string[] = [];
    const follow = (name: string, options: SubscribeOptions = {}): void => {
      page.subscribe('/events', {
        onMessage: ({ data }) => seen.push(`${name} ${String(data)}`),
        ...options,
      });
    };
    follow('first');
    await environment.settle();
    page.transport.latest.open();
    follow('second');
    await environment.settle();
    page.transport.latest.send('data: snapshot\n\n');
    follow('third');
    follow('fourth');
    await environment.settle();
    page.transport.latest.send('data: snapshot\n\n');
    expect(page.transport.connections).toHaveLength(2);
    expect(seen.sort()).toEqual(['first', 'fourth', 'second', 'third'].map((name) => `${name} snapshot`));
  });

  it('share later, too, where they say so', async () => {
    const environment = virtualEnvironment();
    const page = openPage(environment);
    page.subscribe('/events', { share: 'page' });
    await environment.settle();
    page.transport.latest.send('data: snapshot\n\n');
    page.subscribe('/events', { share: 'page' });
    await environment.settle();
    expect(page.transport.connections).toHaveLength(1);
  });

  it('tell who joins of the response, before the state', async () => {
    const environment = virtualEnvironment();
    const page = openPage(environment);
    page.subscribe('/events');
    await environment.settle();
    page.transport.latest.open();
    const told: string[] = [];
    page.subscribe('/events', {
      onOpen: ({ status }) => told.push(String(status)),
      onState: ({ state }) => told.push(state),
    });
    await environment.settle();
    expect(told).toEqual(['200', 'open']);
  });
});
