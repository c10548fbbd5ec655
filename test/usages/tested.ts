// A test of code that subscribes.

import { createClient, eventStream, type Client, type Environment } from 'encke';
import {
  memoryTransport,
  virtualEnvironment,
  type MemoryConnection,
  type MemoryTransport,
} from 'encke/testing';

declare function equal(seen: unknown, expected: unknown): void;
declare function startApp(subscribe: Client['subscribe']): { readonly text: string };

export async function test(): Promise<void> {
  const transport: MemoryTransport = memoryTransport({ rhythm: 'stream' });
  const environment = virtualEnvironment({ random: () => 0 });
  const place: Environment = environment;
  const { subscribe } = createClient({
    transports: [transport],
    formats: [eventStream],
    environment: place,
  });
  const app = startApp(subscribe);
  await environment.settle();
  const latest: MemoryConnection = transport.latest;
  latest.send('data: hello\n\n');
  equal(app.text, 'hello');
  await environment.tell('hidden');
  await environment.advance(1_000);
  equal(transport.connections[0]?.stopped, true);
}
