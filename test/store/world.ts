// A client without a network, and a page whose frames come when a test says so.

import { vi } from 'vitest';
import { createClient } from '../../src/all-parts.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import { memoryTransport, virtualEnvironment, type MemoryTransport } from '../../src/testing.ts';

export interface StoreWorld {
  readonly client: ReturnType<typeof createClient>;
  readonly transport: MemoryTransport;
  /** Lets everything that is due happen, but no frame. */
  settle(): Promise<void>;
  /** Lets a frame come. */
  frame(): Promise<void>;
  /** Lets time pass, in the session and in the page. */
  advance(milliseconds: number): Promise<void>;
}

/** Milliseconds from one frame to the next. */
const FRAME = 16;

/** Call `vi.useRealTimers()` behind the test. */
export function makeStoreWorld(): StoreWorld {
  vi.useFakeTimers();
  const environment = virtualEnvironment();
  const transport = memoryTransport();
  const client = createClient({ transports: [transport], formats: [eventStream], environment });
  const { settle } = environment;
  return {
    client,
    transport,
    settle,
    async frame() {
      await settle();
      vi.advanceTimersByTime(FRAME);
      await settle();
    },
    async advance(milliseconds) {
      await environment.advance(milliseconds);
      vi.advanceTimersByTime(milliseconds);
      await settle();
    },
  };
}
