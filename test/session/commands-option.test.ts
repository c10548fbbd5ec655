// A command queue as the handler of a connection.

import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/all-parts.ts';
import { commandQueue } from '../../src/commands/command-queue.ts';
import type { CommandQueue } from '../../src/commands/command.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import { memoryTransport, virtualEnvironment } from '../../src/testing.ts';
import type { Sink, Transport } from '../../src/transports/transport.ts';

/** A queue that applies nothing, and is done when told. */
function idleQueue(): CommandQueue & { readonly pushed: unknown[]; finish(): void } {
  const pushed: unknown[] = [];
  let finish = (): void => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve));
  return {
    pushed,
    finish: () => {
      finish();
    },
    done,
    size: 0,
    push: (commands) => pushed.push(commands),
    pause() {},
    resume() {},
    flush() {},
    clear() {},
    ready: () => (pushed.length > 0 ? done : undefined),
  };
}

function makeClient(transport = memoryTransport()) {
  const environment = virtualEnvironment();
  const client = createClient({
    transports: [transport],
    formats: [eventStream],
    environment,
  });
  return { ...client, transport, environment };
}

describe('commands', () => {
  it('get the data of every message, whatever its name, as `parse` made it', async () => {
    const { subscribe, transport, environment } = makeClient();
    const commands = idleQueue();
    subscribe('/events', { commands, parse: JSON.parse });
    await environment.settle();
    transport.latest.send('data: [1]\n\nevent: other\ndata: {"type":"remove"}\n\n');
    expect(commands.pushed).toEqual([[1], { type: 'remove' }]);
  });

  it('get nothing more once a handler has closed the connection', async () => {
    const { subscribe, transport, environment } = makeClient();
    const commands = idleQueue();
    const subscription = subscribe('/events', { commands, onMessage: () => subscription.close() });
    await environment.settle();
    transport.latest.send('data: one\n\ndata: two\n\n');
    expect(commands.pushed).toEqual([]);
  });

  it('are applied before an awaited request is done', async () => {
    const { request, transport, environment } = makeClient();
    const commands = idleQueue();
    let isDone = false;
    const reply = Promise.resolve(request('/say', { commands })).then((whole) => {
      isDone = true;
      return whole;
    });
    await environment.settle();
    transport.latest.send('data: one\n\n');
    transport.latest.end();
    await environment.settle();
    expect(isDone).toBe(false);
    commands.finish();
    expect((await reply).messages).toEqual([]);
  });

  it('are not held up by the command that made the request', async () => {
    const { request, transport, environment } = makeClient();
    const told: unknown[] = [];
    const functions = {
      tell: (value: unknown) => void told.push(value),
      ask: () => request('/say', { commands }),
    };
    const commands: CommandQueue = commandQueue({ functions });
    commands.push([
      { type: 'call', call: 'ask' },
      { type: 'call', call: 'tell', params: ['behind'] },
    ]);
    await environment.settle();
    transport.latest.send('data: {"type":"call","call":"tell","params":["answer"]}\n\n');
    transport.latest.end();
    await environment.settle();
    // On a busy machine the second may be left to the next slice.
    await expect.poll(() => told).toEqual(['behind', 'answer']);
  });

  it('go to a loop as well', async () => {
    const { request, transport, environment } = makeClient();
    const commands = idleQueue();
    const seen: unknown[] = [];
    const loop = (async () => {
      for await (const { data } of request('/say', { commands })) seen.push(data);
    })();
    await environment.settle();
    transport.latest.send('data: one\n\n');
    transport.latest.end();
    await loop;
    expect(seen).toEqual(commands.pushed);
  });

  it('hold the carrier back while too many wait', async () => {
    let sink: Sink | undefined;
    const transport: Transport = {
      name: 'held',
      rhythm: 'stream',
      sendsHeaders: true,
      namesItself: false,
      tellsCuts: true,
      showsLife: true,
      refuses: () => undefined,
      open: (_request, given) => {
        sink = given;
        return () => undefined;
      },
    };
    const environment = virtualEnvironment();
    const { subscribe } = createClient({
      transports: [transport],
      formats: [eventStream],
      environment,
    });
    const commands = idleQueue();
    subscribe('/events', { commands });
    await environment.settle();
    expect(sink?.ready()).toBeUndefined();
    commands.push('one');
    let isWelcome = false;
    void sink?.ready()?.then(() => (isWelcome = true));
    await environment.settle();
    expect(isWelcome).toBe(false);
    commands.finish();
    await environment.settle();
    expect(isWelcome).toBe(true);
  });
});
