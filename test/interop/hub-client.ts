// A subscription to a hub, in a page of the hub's own origin, and all that it is told.

import { expect, vi } from 'vitest';
import { subscribe, type Message, type SubscribeOptions, type Subscription } from '../../src/index.ts';
import type { EnckeError } from '../../src/ground/errors.ts';
import type { Resync, TransportChange } from '../../src/options.ts';

export interface Followed {
  readonly connection: Subscription;
  /** The data of every message. */
  readonly data: unknown[];
  readonly messages: Message[];
  readonly errors: EnckeError[];
  readonly gaps: Resync[];
  readonly changes: TransportChange[];
  /** Waits until so many messages have come. */
  until(count: number, patience?: number): Promise<void>;
}

const opened: Subscription[] = [];

/** Subscribes with a connection of its own, over all techniques unless some are named. */
export function follow(url: string, options: SubscribeOptions, client = { subscribe }): Followed {
  const record = {
    data: [] as unknown[],
    messages: [] as Message[],
    errors: [] as EnckeError[],
    gaps: [] as Resync[],
    changes: [] as TransportChange[],
  };
  const connection = client.subscribe(url, {
    share: false,
    // A machine that is busy must not make a test slow.
    retryDelay: 50,
    ...options,
    onMessage(message) {
      record.messages.push(message);
      record.data.push(message.data);
    },
    onError: (error) => record.errors.push(error),
    onResync: (gap) => record.gaps.push(gap),
    onTransport: (change) => record.changes.push(change),
  });
  opened.push(connection);
  return {
    ...record,
    connection,
    async until(count, timeout = 10_000) {
      const come = (): number => record.data.length;
      await expect.poll(come, { timeout, interval: 5, message: 'messages' }).toBeGreaterThanOrEqual(count);
    },
  };
}

/** Puts the page to an origin, which makes its requests same-origin. */
export function visit(url: string): void {
  vi.stubGlobal('location', new URL(url));
}

/** Closes every subscription, and leaves the page. */
export function leaveAll(): void {
  for (const connection of opened.splice(0)) connection.close();
  vi.unstubAllGlobals();
}
