// @vitest-environment happy-dom
// What a store tells, when it connects, and what it leaves behind.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { requestStore, subscriptionStore, withClient, type Snapshot } from '../../src/store/store.ts';
import { makeStoreWorld, type StoreWorld } from './world.ts';

let world: StoreWorld;
const leaves: (() => void)[] = [];
let stores: ReturnType<typeof withClient<StoreWorld['client']>>;

beforeEach(() => {
  world = makeStoreWorld();
  stores = withClient(world.client);
});

afterEach(async () => {
  for (const leave of leaves.splice(0)) leave();
  await world.settle();
  vi.useRealTimers();
});

const list = {
  initial: [] as readonly unknown[],
  reduce: (all: readonly unknown[], { data }: { data: unknown }) => [...all, data],
};

/** Subscribes, and keeps what is told. */
function read<Value>(store: { subscribe(listener: (snapshot: Snapshot<Value>) => void): () => void }): {
  told: Snapshot<Value>[];
  leave: () => void;
} {
  const told: Snapshot<Value>[] = [];
  const leave = store.subscribe((snapshot) => told.push(snapshot));
  leaves.push(leave);
  return { told, leave };
}

describe('a message whose handler begins anew', () => {
  it('is no part of the next answer', async () => {
    const { transport, frame } = world;
    const onMessage = vi.fn(() => void store.start());
    const store = stores.requestStore('/answer', { onMessage });
    read(store);
    void store.start();
    await frame();
    transport.latest.message({ data: 'old' });
    await frame();
    onMessage.mockImplementation(() => undefined);
    transport.latest.message({ data: 'new' });
    await frame();
    expect(store.getSnapshot().value).toBe('new');
  });

  it('is no part of the next stream', async () => {
    const { transport, frame } = world;
    const onMessage = (): void => store.update('/two', list);
    const store = stores.subscriptionStore('/one', { ...list, onMessage });
    read(store);
    await frame();
    transport.latest.message({ data: 'old' });
    await frame();
    expect(store.getSnapshot().value).toEqual([]);
  });
});

describe('the store of a subscription', () => {
  it('connects when the first subscribes, and closes when the last has left', async () => {
    const { transport, settle } = world;
    const store = stores.subscriptionStore('/events');
    await settle();
    expect(transport.connections).toHaveLength(0);
    const [one, other] = [read(store), read(store)];
    await settle();
    one.leave();
    await settle();
    expect(transport.connections.map(({ live }) => live)).toEqual([true]);
    other.leave();
    await settle();
    expect(transport.connections.map(({ stopped }) => stopped)).toEqual([true]);
    expect(store.getSnapshot().state).toBe('closed');
  });

  it('keeps its connection when one takes over from another in the same task', async () => {
    const { transport, frame } = world;
    const store = stores.subscriptionStore('/events', list);
    const one = read(store);
    await frame();
    transport.latest.message({ data: 1 });
    one.leave();
    const other = read(store);
    await frame();
    transport.latest.message({ data: 2 });
    await frame();
    expect(transport.connections).toHaveLength(1);
    expect(other.told.at(-1)?.value).toEqual([1, 2]);
  });

  it('makes one request where it is read, left and read in one task, as under StrictMode', async () => {
    const store = stores.subscriptionStore('/events');
    read(store).leave();
    read(store);
    await world.settle();
    expect(world.transport.connections).toHaveLength(1);
  });

  it('reduces each message once, in order, and tells once in a frame', async () => {
    const { transport, frame } = world;
    const reduce = vi.fn((sum: number, { data }: { data: unknown }) => sum * 2 + Number(data));
    const store = stores.subscriptionStore('/events', { initial: 0, reduce });
    const { told } = read(store);
    await frame();
    told.length = 0;
    transport.latest.open();
    for (let n = 0; n < 1_000; n++) transport.latest.message({ data: 1 });
    transport.latest.message({ data: 0 });
    expect(told).toEqual([]);
    await frame();
    expect(reduce).toHaveBeenCalledTimes(1_001);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ state: 'open' });
  });

  it('tells all stores in one frame, so that they are rendered together', async () => {
    const { transport, frame } = world;
    const order: string[] = [];
    for (const name of ['/one', '/other']) {
      leaves.push(stores.subscriptionStore(name).subscribe(() => order.push(name)));
    }
    await frame();
    order.length = 0;
    const frames = vi.spyOn(globalThis, 'requestAnimationFrame');
    for (const connection of transport.connections) connection.message({ data: 1 });
    await frame();
    expect(order).toEqual(['/one', '/other']);
    expect(frames).toHaveBeenCalledTimes(1);
    frames.mockRestore();
  });

  it('tells in time where no frame comes, in a hidden page for one', async () => {
    const { transport, frame, settle } = world;
    const { told } = read(stores.subscriptionStore('/events'));
    await frame();
    vi.stubGlobal('requestAnimationFrame', () => 0);
    transport.latest.message({ data: 'late' });
    vi.advanceTimersByTime(100);
    await settle();
    vi.unstubAllGlobals();
    expect(told.at(-1)?.value).toBe('late');
  });

  it('gives the data of the last message where it has no `reduce`', async () => {
    const store = stores.subscriptionStore('/events', { parse: JSON.parse });
    const { told } = read(store);
    await world.frame();
    expect(told.map(({ value }) => value as unknown)).toEqual([undefined]);
    world.transport.latest.message({ data: '{"price":1}' });
    await world.frame();
    expect(told.at(-1)?.value).toEqual({ price: 1 });
  });

  it('gives the same object until something changes, and tells nothing where the value stays the same', async () => {
    const { transport, frame } = world;
    const store = stores.subscriptionStore('/events', { initial: 'kept', reduce: (value: string) => value });
    const { told } = read(store);
    await frame();
    transport.latest.open();
    await frame();
    const before = store.getSnapshot();
    const count = told.length;
    transport.latest.message({ data: 1 });
    await frame();
    expect(store.getSnapshot()).toBe(before);
    expect(told).toHaveLength(count);
  });

  it('tells a listener at once, and a listener that throws holds up no other', async () => {
    const store = stores.subscriptionStore('/events');
    const uncaught = vi.fn();
    const told = vi.fn();
    const throwing = store.subscribe(() => {
      uncaught();
      throw new Error('of a listener');
    });
    leaves.push(throwing, store.subscribe(told));
    const first = {
      value: undefined,
      state: 'connecting',
      settledState: 'connecting',
      error: undefined,
      done: false,
    };
    expect(told.mock.calls.map(([snapshot]) => snapshot as unknown)).toEqual([first]);
    expect(uncaught).toHaveBeenCalledTimes(1);
    expect(() => vi.runOnlyPendingTimers()).toThrow('of a listener');
  });

  it('goes on with the value of before where `reduce` throws', async () => {
    const { transport, frame } = world;
    const reduce = (all: readonly unknown[], { data }: { data: unknown }): readonly unknown[] => {
      if (data === 'bad') throw new Error('of a reduce');
      return [...all, data];
    };
    const { told } = read(stores.subscriptionStore('/events', { initial: [] as readonly unknown[], reduce }));
    await frame();
    for (const data of ['one', 'bad', 'two']) transport.latest.message({ data });
    expect(() => vi.advanceTimersByTime(20)).toThrow('of a reduce');
    await frame();
    expect(told.at(-1)?.value).toEqual(['one', 'two']);
  });

  it('says what a server renders, whatever has come since', async () => {
    const store = stores.subscriptionStore('/events', { initial: 'from the server' });
    read(store);
    await world.frame();
    world.transport.latest.message({ data: 'new' });
    await world.frame();
    expect(store.getSnapshot().value).toBe('new');
    expect(store.getServerSnapshot().value).toBe('from the server');
  });

  it('is closed, and connects nowhere, where there is no URL', async () => {
    const store = stores.subscriptionStore(undefined, { initial: 0 });
    const { told } = read(store);
    await world.frame();
    expect(told).toMatchObject([{ state: 'closed', settledState: 'closed' }]);
    expect(world.transport.connections).toHaveLength(0);
    store.update('/events', { initial: 0 });
    expect(told.at(-1)?.state).toBe('connecting');
    await world.frame();
    expect(world.transport.connections).toHaveLength(1);
    store.update(null, { initial: 0 });
    expect(told.at(-1)?.state).toBe('closed');
    await world.frame();
    expect(world.transport.latest.stopped).toBe(true);
  });

  it('leaves no timer and no frame behind', async () => {
    const { transport, frame, settle } = world;
    const { leave } = read(stores.subscriptionStore('/events'));
    await frame();
    transport.latest.message({ data: 1 });
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    leave();
    await settle();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the states of a subscription', () => {
  it('are told with the error that led there, which is gone once the connection is open again', async () => {
    const { transport, frame, advance } = world;
    const store = stores.subscriptionStore('/events', { retryDelay: 0 });
    read(store);
    await frame();
    transport.latest.open();
    await frame();
    expect(store.getSnapshot()).toMatchObject({ state: 'open', error: undefined });
    transport.latest.cut();
    await frame();
    expect(store.getSnapshot()).toMatchObject({ state: 'waiting', error: { code: 'network' } });
    await advance(1_000);
    expect(store.getSnapshot()).toMatchObject({ state: 'connecting', error: { code: 'network' } });
    transport.latest.open();
    await frame();
    expect(store.getSnapshot()).toMatchObject({ state: 'open', error: undefined });
  });

  it('settle when they have lasted 3 s', async () => {
    const { transport, frame, advance } = world;
    const store = stores.subscriptionStore('/events');
    read(store);
    await frame();
    transport.latest.open();
    await advance(2_900);
    expect(store.getSnapshot()).toMatchObject({ state: 'open', settledState: 'connecting' });
    await advance(200);
    await frame();
    expect(store.getSnapshot().settledState).toBe('open');
  });

  it('of the stream of before do not settle', async () => {
    const { transport, frame, advance } = world;
    const store = stores.subscriptionStore('/one');
    read(store);
    await frame();
    transport.latest.open();
    await advance(2_000);
    store.update('/two');
    await advance(2_000);
    await frame();
    expect(store.getSnapshot()).toMatchObject({ state: 'connecting', settledState: 'connecting' });
  });

  it('settle at once when the connection closes', async () => {
    const store = stores.subscriptionStore('/events');
    read(store);
    await world.frame();
    world.transport.latest.status(404);
    await world.frame();
    expect(store.getSnapshot()).toMatchObject({
      state: 'closed',
      settledState: 'closed',
      error: { status: 404 },
      done: false,
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('end as done where the server has nothing more', async () => {
    const store = stores.subscriptionStore('/events', { endOn: 'over' });
    read(store);
    await world.frame();
    world.transport.latest.message({ data: 'last' });
    world.transport.latest.message({ data: 'over' });
    await world.frame();
    expect(store.getSnapshot()).toMatchObject({
      value: 'last',
      state: 'closed',
      error: undefined,
      done: true,
    });
  });

  it('begin again by `reconnect`, at once while it is open, and from the beginning where it has closed', async () => {
    const { transport, frame } = world;
    const store = stores.subscriptionStore('/events', list);
    read(store);
    await frame();
    transport.latest.message({ data: 1, id: '7' });
    store.reconnect();
    await frame();
    expect(transport.latest.request.lastEventId).toBe('7');
    expect(store.getSnapshot().value).toEqual([1]);
    transport.latest.status(404);
    await frame();
    store.reconnect();
    await frame();
    expect(transport.connections).toHaveLength(3);
    expect(transport.latest.request.lastEventId).toBe('');
    expect(store.getSnapshot()).toMatchObject({ value: [], state: 'connecting', error: undefined });
  });
});

describe('other options', () => {
  it.each([
    ['another URL', '/other', {}],
    ['another header', '/events', { headers: { authorization: 'Bearer 2' } }],
    ['another list of headers', '/events', { headers: new Headers({ a: '1' }) }],
    ['an option more', '/events', { headers: { authorization: 'Bearer 1' }, endOn: 'over' }],
    [
      'a function where there was none',
      '/events',
      { headers: { authorization: 'Bearer 1' }, parse: JSON.parse },
    ],
    [
      'a handler for another event',
      '/events',
      { headers: { authorization: 'Bearer 1' }, on: { price: () => undefined } },
    ],
    [
      'another signal',
      '/events',
      { headers: { authorization: 'Bearer 1' }, signal: new AbortController().signal },
    ],
  ])(
    'that say another stream close the connection, and open one with `initial`: %s',
    async (_, url, options) => {
      const { transport, frame } = world;
      const store = stores.subscriptionStore('/events', { ...list, headers: { authorization: 'Bearer 1' } });
      const { told } = read(store);
      await frame();
      transport.latest.message({ data: 'old' });
      await frame();
      store.update(url, { ...list, ...options });
      expect(told.at(-1)).toMatchObject({ value: [], state: 'connecting' });
      await frame();
      expect(transport.connections.map(({ live }) => live)).toEqual([false, true]);
    },
  );

  it('that say the same stream leave the connection as it is', async () => {
    const { transport, settle } = world;
    const signal = new AbortController().signal;
    const inline = (): object => ({
      initial: [],
      reduce: () => [],
      headers: { authorization: 'Bearer 1' },
      body: new URLSearchParams({ query: 'all' }),
      transports: [transport],
      on: { price: () => undefined },
      onMessage: () => undefined,
      resume: undefined,
      signal,
    });
    const store = stores.subscriptionStore('/events', inline());
    read(store);
    await settle();
    store.update('/events', inline());
    store.update('/events', { ...inline(), initial: [1] });
    await settle();
    expect(transport.connections.map(({ live }) => live)).toEqual([true]);
  });

  it('have their functions called from then on', async () => {
    const { transport, frame, advance } = world;
    const heard: string[] = [];
    const say = (name: string) => ({
      headers: () => ({ authorization: name }),
      parse: (text: string) => `${name}: ${text}`,
      reduce: (_: string, { data }: { data: unknown }) => `${String(data)}, reduced by ${name}`,
      initial: '',
      on: { message: () => heard.push(`on of ${name}`) },
      onMessage: () => heard.push(`onMessage of ${name}`),
      onState: ({ state }: { state: string }) => heard.push(`${state} of ${name}`),
    });
    const store = stores.subscriptionStore('/events', say('one'));
    read(store);
    await frame();
    store.update('/events', say('two'));
    transport.latest.message({ data: 'hello' });
    await frame();
    expect(store.getSnapshot().value).toBe('two: hello, reduced by two');
    expect(heard).toEqual(['open of two', 'onMessage of two', 'on of two']);
    transport.latest.cut();
    await advance(2_000);
    expect(transport.latest.request.headers.get('authorization')).toBe('two');
  });

  it('may lack functions that a request under way was sent with: handlers are silent, the others stay', async () => {
    const { transport, frame } = world;
    const heard = vi.fn();
    const on = { news: heard };
    const rest = { onMessage: heard, onError: heard, on, headers: () => ({ authorization: 'one' }) };
    const store = stores.requestStore('/events', {
      ...rest,
      parse: (text: string) => `${text}!`,
      until: () => true,
    });
    read(store);
    const started = store.start();
    // In the same task: the functions have not been asked yet.
    store.update('/events', {});
    await frame();
    transport.latest.send('data: 1\n\nevent: news\ndata: 2\n\n');
    transport.latest.cut();
    await expect(started).resolves.toMatchObject({ error: { code: 'network' } });
    await frame();
    expect(transport.latest.request.headers.get('authorization')).toBe('one');
    expect(store.getSnapshot().value).toBe('1!2!');
    expect(heard).not.toHaveBeenCalled();
  });

  it('are not told of what comes from the stream of before, nor of its end', async () => {
    const { transport, frame } = world;
    const [before, after] = [vi.fn(), vi.fn()];
    const store = stores.subscriptionStore('/one', { onMessage: before, onState: before });
    const { leave } = read(store);
    await frame();
    const old = transport.latest;
    store.update('/two', { onMessage: after, onState: after });
    old.message({ data: 'late' });
    await frame();
    expect(before).not.toHaveBeenCalled();
    expect(after).not.toHaveBeenCalled();
    leave();
    await frame();
    expect(after).not.toHaveBeenCalled();
  });

  it('stay when only the URL changes', async () => {
    const { transport, frame } = world;
    const store = stores.subscriptionStore('/one', list);
    read(store);
    await frame();
    transport.latest.message({ data: 'old' });
    store.update('/two');
    await frame();
    expect(store.getSnapshot().value).toEqual([]);
    transport.latest.message({ data: 'new' });
    await frame();
    expect(store.getSnapshot().value).toEqual(['new']);
  });

  it('count, too, before anyone has subscribed', async () => {
    const store = stores.subscriptionStore('/one', { initial: 1 });
    store.update('/two', { initial: 2 });
    expect(store.getSnapshot()).toMatchObject({ value: 2, state: 'connecting' });
    read(store);
    await world.settle();
    expect(world.transport.connections.map(({ request }) => new URL(request.url).pathname)).toEqual(['/two']);
  });

  it('that are wrong throw where they are given, and leave nothing', () => {
    const store = stores.subscriptionStore('/events', { pollInterval: -1 });
    expect(() => read(store)).toThrow('pollInterval');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a store whose connection gives way to one that cannot be made', () => {
  const closed = {
    value: undefined,
    state: 'closed',
    settledState: 'closed',
    done: false,
    error: { code: 'invalid-option' },
  };

  it('is closed, if it is of a subscription, and connects with the next options', async () => {
    const { transport, frame } = world;
    const store = stores.subscriptionStore('/events');
    read(store);
    await frame();
    transport.latest.message({ data: 'old' });
    expect(() => store.update('https://')).toThrow('URL');
    await frame();
    expect(transport.latest.live).toBe(false);
    expect(store.getSnapshot()).toMatchObject(closed);
    store.update('/others');
    await frame();
    expect(store.getSnapshot()).toMatchObject({ state: 'connecting', error: undefined });
  });

  it('is closed, if it is of a request', async () => {
    const { transport, frame } = world;
    const store = stores.requestStore('/llm');
    read(store);
    void store.start();
    await frame();
    transport.latest.message({ data: 'old' });
    expect(() => store.start({ connectTimeout: -1 })).toThrow('connectTimeout');
    await frame();
    expect(store.getSnapshot()).toMatchObject({ ...closed, value: '' });
  });
});

describe('the store of a request', () => {
  it('is sent when it is started, and gives the text so far', async () => {
    const { transport, frame } = world;
    const store = stores.requestStore('/llm');
    const { told } = read(store);
    await frame();
    expect(transport.connections).toHaveLength(0);
    expect(told).toMatchObject([{ value: '', state: 'closed', done: false }]);
    const closed = store.start({ body: { prompt: 'Why?' } });
    await frame();
    expect(transport.latest.request).toMatchObject({ method: 'POST', body: '{"prompt":"Why?"}' });
    expect(told.at(-1)).toMatchObject({ value: '', state: 'connecting' });
    transport.latest.message({ data: 'Be' });
    transport.latest.message({ data: 'cause.' });
    await frame();
    expect(told.at(-1)).toMatchObject({ value: 'Because.', state: 'open', done: false });
    transport.latest.end();
    await frame();
    expect(told.at(-1)).toMatchObject({ value: 'Because.', state: 'closed', done: true, error: undefined });
    expect(await closed).toMatchObject({ reason: 'done' });
  });

  it('reduces to any value', async () => {
    const store = stores.requestStore('/llm', {
      initial: 0,
      parse: JSON.parse,
      reduce: (sum: number, { data }: { data: { tokens: number } }) => sum + data.tokens,
    });
    read(store);
    void store.start();
    await world.frame();
    for (const tokens of [1, 2, 3]) world.transport.latest.message({ data: JSON.stringify({ tokens }) });
    await world.frame();
    expect(store.getSnapshot().value).toBe(6);
  });

  it('keeps what has come when it is stopped, and is neither done nor an error', async () => {
    const store = stores.requestStore('/llm');
    read(store);
    const closed = store.start();
    await world.frame();
    world.transport.latest.message({ data: 'Half' });
    store.stop();
    await world.frame();
    expect(world.transport.latest.stopped).toBe(true);
    expect(store.getSnapshot()).toMatchObject({
      value: 'Half',
      state: 'closed',
      done: false,
      error: undefined,
    });
    expect(await closed).toMatchObject({ reason: 'user' });
  });

  it('tells why an answer is not whole', async () => {
    const store = stores.requestStore('/llm');
    read(store);
    const closed = store.start();
    await world.frame();
    world.transport.latest.message({ data: 'Half' });
    world.transport.latest.cut();
    await world.frame();
    expect(store.getSnapshot()).toMatchObject({
      value: 'Half',
      state: 'closed',
      done: false,
      error: { code: 'network' },
    });
    expect(await closed).toMatchObject({ reason: 'fatal' });
  });

  it('begins anew when it is started again, which stops the one under way', async () => {
    const { transport, frame } = world;
    const store = stores.requestStore('/llm');
    read(store);
    void store.start();
    await frame();
    transport.latest.message({ data: 'first' });
    void store.start();
    await frame();
    expect(transport.connections.map(({ live }) => live)).toEqual([false, true]);
    expect(store.getSnapshot()).toMatchObject({ value: '', state: 'connecting' });
    transport.connections[0]?.message({ data: 'late' });
    transport.latest.message({ data: 'second' });
    await frame();
    expect(store.getSnapshot().value).toBe('second');
  });

  it('is stopped when the last who subscribed has left', async () => {
    const store = stores.requestStore('/llm');
    const { leave } = read(store);
    void store.start();
    await world.frame();
    leave();
    await world.settle();
    expect(world.transport.latest.stopped).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('goes on when its options change; the next start sends the new ones', async () => {
    const { transport, frame } = world;
    const [one, two] = [vi.fn(), vi.fn()];
    const store = stores.requestStore('/one', { onMessage: one });
    read(store);
    void store.start({ endOn: 'over' });
    await frame();
    store.update('/two', { onMessage: two });
    transport.latest.message({ data: 'for two' });
    await frame();
    expect(transport.connections.map(({ live }) => live)).toEqual([true]);
    expect([one, two].map((each) => each.mock.calls.length)).toEqual([0, 1]);
    void store.start();
    await frame();
    expect(new URL(transport.latest.request.url).pathname).toBe('/two');
  });

  it('throws at the start where an option is wrong, and stays as it was', async () => {
    const store = stores.requestStore('/llm', { connectTimeout: -1 });
    read(store);
    expect(() => store.start()).toThrow('connectTimeout');
    await world.frame();
    expect(store.getSnapshot().state).toBe('closed');
  });
});

describe('credentials', () => {
  it('that two stores refresh by one function are refreshed once', async () => {
    const { transport, frame } = world;
    const onUnauthorized = vi.fn(() => Promise.resolve());
    const subscription = stores.subscriptionStore('/events', { onUnauthorized });
    const request = stores.requestStore('/llm', { onUnauthorized });
    read(subscription);
    read(request);
    void request.start();
    await frame();
    for (const { status } of [...transport.connections]) status(401);
    await frame();
    expect(transport.connections).toHaveLength(4);
    expect(onUnauthorized).toHaveBeenCalledOnce();
  });

  it('that nobody refreshes any more are refused for good', async () => {
    const { transport, frame } = world;
    const onUnauthorized = vi.fn();
    const store = stores.requestStore('/llm', { onUnauthorized });
    read(store);
    const started = store.start();
    store.update('/llm', {});
    await frame();
    for (let time = 0; time < 2; time++) {
      transport.latest.status(401);
      await frame();
    }
    await expect(started).resolves.toMatchObject({ reason: 'fatal', error: { status: 401 } });
    expect(onUnauthorized).not.toHaveBeenCalled();
  });
});

describe('a client of your own', () => {
  it('needs no more than the verb that is used', async () => {
    const { client, transport, settle } = world;
    const own = withClient({ subscribe: client.subscribe });
    expect(own).not.toHaveProperty('requestStore.start');
    read(own.subscriptionStore('/events'));
    await settle();
    expect(transport.connections).toHaveLength(1);
  });

  it('may have verbs that add what all connections have in common', async () => {
    const { client, transport, settle } = world;
    const headers = { authorization: 'Bearer of all' };
    const own = withClient({ subscribe: (url: string | URL) => client.subscribe(url, { headers }) });
    read(own.subscriptionStore('/events'));
    await settle();
    expect(transport.latest.request.headers.get('authorization')).toBe('Bearer of all');
  });
});

describe('the stores of the default client', () => {
  it('are made without a connection', () => {
    expect(subscriptionStore('/events', { initial: 1 }).getSnapshot().value).toBe(1);
    expect(requestStore('/llm').getSnapshot().value).toBe('');
  });
});
