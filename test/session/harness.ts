// A client in a world without network or time, and a record of all it says.

import { createClient } from '../../src/all-parts.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import type { StateChange, SubscribeOptions, TransportChange } from '../../src/options.ts';
import type { EnckeError } from '../../src/ground/errors.ts';
import type { Message } from '../../src/ground/message.ts';
import type { Exchange, Subscription } from '../../src/client.ts';
import { memoryTransport, virtualEnvironment, type MemoryTransport } from '../../src/testing.ts';

export interface World {
  readonly environment: ReturnType<typeof virtualEnvironment>;
  readonly transports: readonly MemoryTransport[];
  readonly transport: MemoryTransport;
  readonly messages: Message[];
  readonly errors: EnckeError[];
  readonly states: StateChange[];
  readonly changes: TransportChange[];
  subscribe(options?: SubscribeOptions): Subscription;
  request(options?: SubscribeOptions): Exchange;
}

export function makeWorld(transports = [memoryTransport()], random?: () => number): World {
  const environment = virtualEnvironment(random ? { random } : {});
  const client = createClient({ transports, formats: [eventStream], environment });
  const world = { messages: [], errors: [], states: [], changes: [] } as unknown as World;
  const record = (options: SubscribeOptions): SubscribeOptions => ({
    onMessage: (message) => world.messages.push(message),
    onError: (error) => world.errors.push(error),
    onState: (change) => world.states.push(change),
    onTransport: (change) => world.changes.push(change),
    ...options,
  });
  return Object.assign(world, {
    environment,
    transports,
    get transport(): MemoryTransport {
      const [first] = transports;
      if (!first) throw new Error('a world needs a transport');
      return first;
    },
    subscribe: (options: SubscribeOptions = {}) => client.subscribe('/events', record(options)),
    request: (options: SubscribeOptions = {}) => client.request('/events', record(options)),
  });
}

/** The data of what was delivered. */
export function dataOf(world: World): unknown[] {
  return world.messages.map(({ data }) => data);
}

/** Lets time pass until the transport has one request more, at most two minutes. */
export async function nextConnection({ environment, transport }: World): Promise<void> {
  const before = transport.connections.length;
  for (let step = 0; step < 1_200 && transport.connections.length === before; step++) {
    await environment.advance(100);
  }
}
