import { describe, expect, it } from 'vitest';
import { makeWorld } from './harness.ts';

const THREE = 'data: 1\n\ndata: 2\n\ndata: 3\n\n';

/** Every way in which a caller ends a connection. */
const WAYS: Record<string, (connection: { close(): void }, controller: AbortController) => void> = {
  'close()': (connection) => {
    connection.close();
  },
  'an abort': (_, controller) => {
    controller.abort();
  },
};

describe.each(Object.entries(WAYS))('after %s', (_, end) => {
  it.each(['subscribe', 'request'] as const)('a loop over a %s is given nothing more', async (verb) => {
    const world = makeWorld();
    const controller = new AbortController();
    const connection = world[verb]({ signal: controller.signal, onMessage: undefined } as object);
    const seen: unknown[] = [];
    const over = (async () => {
      for await (const { data } of connection) {
        seen.push(data);
        end(connection, controller);
      }
    })();
    await world.environment.settle();
    world.transport.latest.send(THREE);
    await over;
    expect(seen).toEqual(['1']);
  });

  it('no handler and no loop is given the message at which a handler ended it', async () => {
    const world = makeWorld();
    const controller = new AbortController();
    const seen: string[] = [];
    const connection = world.subscribe({
      signal: controller.signal,
      onMessage() {
        end(connection, controller);
      },
      on: { message: () => seen.push('by name') },
    });
    const over = (async () => {
      for await (const { data } of connection) seen.push(String(data));
    })();
    await world.environment.settle();
    world.transport.latest.send(THREE);
    await over;
    expect(seen).toEqual([]);
  });

  it('a loop that begins only then ends at once', async () => {
    const world = makeWorld();
    const controller = new AbortController();
    const connection = world.subscribe({ signal: controller.signal });
    await world.environment.settle();
    end(connection, controller);
    expect(await connection[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined });
  });
});

describe('an abort for a reason of its own', () => {
  const reason = new DOMException('It took too long.', 'TimeoutError');

  it.each(['subscribe', 'request'] as const)('is thrown in a loop over a %s', async (verb) => {
    const world = makeWorld();
    const controller = new AbortController();
    const connection = world[verb]({ signal: controller.signal, onMessage: undefined } as object);
    const seen: unknown[] = [];
    const over = (async () => {
      for await (const { data } of connection) seen.push(data);
    })();
    await world.environment.settle();
    world.transport.latest.send('data: half of\n\n');
    await world.environment.settle();
    controller.abort(reason);
    await expect(over).rejects.toBe(reason);
    expect(seen).toEqual(['half of']);
  });

  it('is thrown in a loop that begins only then', async () => {
    const world = makeWorld();
    const connection = world.subscribe({ signal: AbortSignal.abort(reason) });
    await expect(connection[Symbol.asyncIterator]().next()).rejects.toBe(reason);
  });
});

describe('a request', () => {
  it('has no reconnect, for it is sent once', () => {
    expect('reconnect' in makeWorld().request()).toBe(false);
    expect('reconnect' in makeWorld().subscribe()).toBe(true);
  });
});

describe('onOpen', () => {
  it('is told the response before the state is open, at every connection', async () => {
    const world = makeWorld();
    const told: string[] = [];
    world.subscribe({
      onOpen: ({ status, url, headers }) =>
        told.push(`${String(status)} ${url} ${String(headers?.get('x-served-by'))}`),
      onState: ({ state }) => told.push(state),
    });
    await world.environment.settle();
    world.transport.latest.open({ headers: { 'content-type': 'text/event-stream', 'x-served-by': 'a' } });
    expect(told).toEqual(['200 https://app.test/events a', 'open']);
    world.transport.latest.cut();
    await world.environment.advance(5_000);
    world.transport.latest.open({ headers: { 'content-type': 'text/event-stream', 'x-served-by': 'b' } });
    expect(told.slice(-2)).toEqual(['200 https://app.test/events b', 'open']);
  });

  it('may close the connection, which then never becomes open', async () => {
    const world = makeWorld();
    const connection = world.subscribe({
      onOpen() {
        connection.close();
      },
    });
    await world.environment.settle();
    world.transport.latest.send(THREE);
    expect(world.states.map(({ state }) => state)).toEqual(['closed']);
    expect(world.messages).toEqual([]);
  });
});
