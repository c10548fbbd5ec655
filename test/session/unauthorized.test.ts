import { describe, expect, it, vi, type Mock } from 'vitest';
import type { SubscribeOptions } from '../../src/options.ts';
import { memoryTransport, type MemoryTransport } from '../../src/testing.ts';
import { makeWorld, nextConnection, type World } from './harness.ts';

describe('onUnauthorized', () => {
  it.each([401, 403])(
    'is called at %d, then the request is made once more, with headers asked anew',
    async (status) => {
      const world = makeWorld();
      let token = 'old';
      const onUnauthorized = vi.fn(() => void (token = 'new'));
      world.subscribe({ headers: () => ({ authorization: token }), onUnauthorized });
      await world.environment.settle();
      world.transport.latest.status(status);
      await world.environment.settle();
      expect(onUnauthorized).toHaveBeenCalledExactlyOnceWith(
        expect.objectContaining({ code: 'status', status }),
      );
      expect(world.transport.connections.map(({ request }) => request.headers.get('authorization'))).toEqual([
        'old',
        'new',
      ]);
      expect(world.errors).toEqual([]);
    },
  );

  it('is not called where the body is a stream, which was sent: the refusal is what is told', async () => {
    const world = makeWorld();
    const onUnauthorized = vi.fn();
    const body = new Response('chunks').body as ReadableStream;
    const exchange = world.request({ body, onUnauthorized });
    await world.environment.settle();
    world.transport.latest.status(401);
    await expect(exchange).rejects.toMatchObject({ code: 'status', status: 401 });
    expect(onUnauthorized).not.toHaveBeenCalled();
    expect(world.transport.connections).toHaveLength(1);
  });

  it('may make a request with the same function: refused, that fails at once, and so does what waits for it', async () => {
    const world = makeWorld();
    const onUnauthorized = vi.fn(async () => void (await world.request({ onUnauthorized })));
    const exchange = world.request({ onUnauthorized });
    await world.environment.settle();
    world.transport.latest.status(401);
    await world.environment.settle();
    world.transport.latest.status(403);
    await expect(exchange).rejects.toMatchObject({ status: 401, cause: { status: 403 } });
    expect(onUnauthorized).toHaveBeenCalledOnce();
  });

  it('may open a connection anew: refused with what was sent before the refresh, that tries again', async () => {
    const world = makeWorld();
    const { environment, transport } = world;
    const onUnauthorized = vi.fn(() => {
      first.close();
      world.subscribe({ onUnauthorized, share: false });
      return new Promise<void>((resolve) => void environment.setTimer(resolve, 5));
    });
    const first = world.subscribe({ onUnauthorized, share: false });
    await environment.settle();
    transport.latest.status(401);
    await environment.advance(10);
    transport.latest.status(401);
    await environment.settle();
    expect(transport.connections).toHaveLength(3);
    expect(transport.latest.live).toBe(true);
    expect(onUnauthorized).toHaveBeenCalledOnce();
  });

  it('is not called again when the new credentials are refused, too: that is fatal', async () => {
    const world = makeWorld();
    const onUnauthorized = vi.fn();
    const subscription = world.subscribe({ onUnauthorized });
    await world.environment.settle();
    world.transport.latest.status(401);
    await world.environment.settle();
    world.transport.latest.status(403);
    await expect(subscription.closed).resolves.toMatchObject({ reason: 'fatal', error: { status: 403 } });
    expect(onUnauthorized).toHaveBeenCalledOnce();
  });

  it('is called anew once a connection was accepted in between', async () => {
    const world = makeWorld();
    const onUnauthorized = vi.fn();
    world.subscribe({ onUnauthorized });
    await world.environment.settle();
    world.transport.latest.status(401);
    await world.environment.settle();
    world.transport.latest.send('data: 1\n\n');
    world.transport.latest.end();
    await nextConnection(world);
    await world.environment.advance(1);
    world.transport.latest.status(401);
    await world.environment.settle();
    expect(onUnauthorized).toHaveBeenCalledTimes(2);
    expect(world.transport.connections).toHaveLength(4);
  });

  it('without it a refusal is fatal at once', async () => {
    const world = makeWorld();
    const subscription = world.subscribe();
    await world.environment.settle();
    world.transport.latest.status(401);
    await expect(subscription.closed).resolves.toMatchObject({ reason: 'fatal', error: { status: 401 } });
  });

  it('runs once for all who are refused meanwhile, and for those who were refused with the old credentials', async () => {
    const world = makeWorld();
    let finish = (): void => undefined;
    const onUnauthorized = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    for (let count = 0; count < 3; count++) world.subscribe({ share: false, onUnauthorized });
    await world.environment.settle();
    const [first, second, late] = world.transport.connections;
    first?.status(401);
    second?.status(401);
    await world.environment.advance(1_000);
    expect(world.transport.connections).toHaveLength(3);
    finish();
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(5);
    late?.status(401);
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(6);
    expect(onUnauthorized).toHaveBeenCalledOnce();
    // One that is refused with the new credentials asks for newer ones.
    world.subscribe({ share: false, onUnauthorized });
    await world.environment.advance(1);
    world.transport.latest.status(401);
    await world.environment.settle();
    expect(onUnauthorized).toHaveBeenCalledTimes(2);
  });

  it('that rejects ends the connection, and says why', async () => {
    const world = makeWorld();
    const cause = new Error('signed out');
    const subscription = world.subscribe({ onUnauthorized: () => Promise.reject(cause) });
    await world.environment.settle();
    world.transport.latest.status(401);
    await expect(subscription.closed).resolves.toMatchObject({
      reason: 'fatal',
      error: { status: 401, cause },
    });
  });

  it('that throws does the same', async () => {
    const world = makeWorld();
    const subscription = world.subscribe({
      onUnauthorized: () => {
        throw new Error('no');
      },
    });
    await world.environment.settle();
    world.transport.latest.status(401);
    await expect(subscription.closed).resolves.toMatchObject({ reason: 'fatal' });
  });

  it('gives a request its one other try: the server has done nothing of it', async () => {
    const world = makeWorld();
    const exchange = world.request({ body: { ask: 1 }, onUnauthorized: () => undefined });
    await world.environment.settle();
    world.transport.latest.status(401);
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(2);
    world.transport.latest.send('data: yes\n\n');
    world.transport.latest.end();
    await expect(exchange).resolves.toMatchObject({ status: 200 });
  });

  it('changes nothing for a connection that was closed meanwhile', async () => {
    const world = makeWorld([memoryTransport()]);
    let finish = (): void => undefined;
    const subscription = world.subscribe({
      onUnauthorized: () => new Promise<void>((resolve) => (finish = resolve)),
    });
    await world.environment.settle();
    world.transport.latest.status(401);
    await world.environment.tell('online');
    expect(world.transport.connections).toHaveLength(1);
    subscription.close();
    finish();
    await world.environment.advance(60_000);
    expect(world.transport.connections).toHaveLength(1);
  });

  it('is called anew after it threw, for who comes then', async () => {
    const world = makeWorld();
    const onUnauthorized = vi.fn(() => {
      throw new Error('no');
    });
    for (let time = 1; time <= 2; time++) {
      const { closed } = world.subscribe({ onUnauthorized });
      await world.environment.settle();
      world.transport.latest.status(401);
      await closed;
      expect(onUnauthorized).toHaveBeenCalledTimes(time);
    }
  });

  it('is called anew after someone was refused late with the old credentials', async () => {
    const world = makeWorld();
    const onUnauthorized = vi.fn();
    world.subscribe({ share: false, onUnauthorized });
    world.subscribe({ share: false, onUnauthorized });
    await world.environment.settle();
    const [first, late] = world.transport.connections;
    await world.environment.advance(1);
    first?.status(401);
    await world.environment.settle();
    late?.status(401);
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(4);
    for (const { send } of world.transport.connections) send('data: 1\n\n');
    world.transport.latest.end();
    await nextConnection(world);
    world.transport.latest.status(401);
    await world.environment.settle();
    expect(onUnauthorized).toHaveBeenCalledTimes(2);
  });

  it('is waited for by an attempt of its own that is made meanwhile', async () => {
    const world = makeWorld();
    let finish = (): void => undefined;
    const onUnauthorized = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const subscription = world.subscribe({ onUnauthorized });
    await world.environment.settle();
    world.transport.latest.status(401);
    subscription.reconnect();
    await world.environment.advance(10);
    expect(subscription.state).toBe('connecting');
    expect(world.transport.connections).toHaveLength(1);
    finish();
    await world.environment.advance(10);
    expect(world.transport.connections).toHaveLength(2);
    world.transport.latest.status(401);
    await expect(subscription.closed).resolves.toMatchObject({ reason: 'fatal', error: { status: 401 } });
    expect(onUnauthorized).toHaveBeenCalledOnce();
  });

  it('is not called for a connection that was closed on hearing of the refusal', async () => {
    const world = makeWorld();
    const onUnauthorized = vi.fn();
    const subscription = world.subscribe({ onUnauthorized, onState: () => subscription.close() });
    await world.environment.settle();
    world.transport.latest.status(401);
    await world.environment.settle();
    expect(onUnauthorized).not.toHaveBeenCalled();
  });

  it('that rejects ends no connection that was accepted meanwhile', async () => {
    const world = makeWorld();
    let refuse = (): void => undefined;
    const onUnauthorized = (): Promise<void> => new Promise((_, reject) => (refuse = reject));
    const refused = world.subscribe({ onUnauthorized, share: false });
    const accepted = world.subscribe({ onUnauthorized, share: false });
    await world.environment.settle();
    const [first, second] = world.transport.connections;
    first?.status(401);
    await world.environment.settle();
    second?.open();
    refuse();
    await world.environment.settle();
    expect([refused.state, accepted.state]).toEqual(['closed', 'open']);
  });
});

describe('a connection that begins while credentials are refreshed', () => {
  interface Refreshing {
    readonly world: World;
    readonly options: SubscribeOptions;
    readonly onUnauthorized: Mock<() => Promise<void>>;
    finish(): void;
    fail(): void;
  }

  /** One connection was refused, with the token `old`. */
  async function refreshing(transports?: MemoryTransport[]): Promise<Refreshing> {
    const world = makeWorld(transports);
    let token = 'old';
    let [finish, fail] = [(): void => undefined, (): void => undefined];
    const onUnauthorized = vi.fn(() => {
      return new Promise<void>((resolve, reject) => {
        finish = () => {
          token = 'new';
          resolve();
        };
        fail = reject;
      });
    });
    const options = { headers: () => ({ authorization: token }), onUnauthorized, share: false } as const;
    world.subscribe(options);
    await world.environment.settle();
    world.transport.latest.status(401);
    await world.environment.settle();
    return { world, options, onUnauthorized, finish: () => finish(), fail: () => fail() };
  }

  const tokens = ({ transport }: World): (string | null)[] =>
    transport.connections.map(({ request }) => request.headers.get('authorization'));

  it('waits for that, and sends nothing with the old ones', async () => {
    const beside = memoryTransport({ name: 'beside', rhythm: 'answer' });
    const { world, options, onUnauthorized, finish } = await refreshing([memoryTransport(), beside]);
    const subscription = world.subscribe(options);
    await world.environment.advance(14_999);
    expect(subscription.state).toBe('connecting');
    expect(tokens(world)).toEqual(['old']);
    expect(beside.connections).toHaveLength(0);
    finish();
    await world.environment.settle();
    expect(tokens(world)).toEqual(['old', 'new', 'new']);
    expect(world.errors).toEqual([]);
    expect(onUnauthorized).toHaveBeenCalledOnce();
  });

  it('waits no longer than 15 s, for the refresh may wait for it', async () => {
    const { world, options, onUnauthorized, finish } = await refreshing();
    const { headers } = options;
    const answer = world.request({ headers, onUnauthorized }).then(finish);
    await world.environment.settle();
    await world.environment.advance(15_000);
    await world.environment.settle();
    expect(tokens(world)).toEqual(['old', 'old']);
    world.transport.latest.end();
    await answer;
    await world.environment.settle();
    expect(tokens(world)).toEqual(['old', 'old', 'new']);
    expect(onUnauthorized).toHaveBeenCalledOnce();
  });

  it('refused then, waits on for the new ones, however long', async () => {
    const { world, options, onUnauthorized, finish } = await refreshing();
    const subscription = world.subscribe(options);
    await world.environment.settle();
    await world.environment.advance(15_000);
    await world.environment.settle();
    world.transport.latest.status(401);
    await world.environment.advance(60_000);
    expect([tokens(world), subscription.state]).toEqual([['old', 'old'], 'waiting']);
    finish();
    await world.environment.settle();
    expect(tokens(world)).toEqual(['old', 'old', 'new', 'new']);
    expect(onUnauthorized).toHaveBeenCalledOnce();
  });

  it('has its one stream to send still', async () => {
    const { world, options, finish } = await refreshing();
    const { headers, onUnauthorized } = options;
    const body = new Response('chunks').body as ReadableStream;
    const exchange = world.request({ headers, onUnauthorized, body });
    await world.environment.settle();
    finish();
    await world.environment.settle();
    const sent = world.transport.connections.find(({ request }) => request.method === 'POST');
    expect(sent?.request.headers.get('authorization')).toBe('new');
    sent?.end();
    await expect(exchange).resolves.toMatchObject({ status: 200 });
  });

  it('is sent all the same when the refresh fails: who knows whether it needs any; refused, it asks for a refresh of its own', async () => {
    const { world, options, onUnauthorized, fail, finish } = await refreshing();
    const subscription = world.subscribe(options);
    await world.environment.settle();
    fail();
    await world.environment.settle();
    expect(tokens(world)).toEqual(['old', 'old']);
    world.transport.latest.status(401);
    await world.environment.settle();
    expect(onUnauthorized).toHaveBeenCalledTimes(2);
    finish();
    await world.environment.settle();
    expect(tokens(world)).toEqual(['old', 'old', 'new']);
    expect(subscription.state).toBe('connecting');
  });

  it('sends nothing when it is closed meanwhile', async () => {
    const { world, options, finish } = await refreshing();
    const watchers = world.environment.watchers;
    world.subscribe(options).close();
    const subscription = world.subscribe(options);
    await world.environment.settle();
    subscription.close();
    expect(world.environment.watchers).toBe(watchers);
    finish();
    await world.environment.advance(1_000);
    expect(tokens(world)).toEqual(['old', 'new']);
  });
});
