// What a client has learned of an origin; every subscription to it begins with that.

import type { Transport } from '../transports/transport.ts';
import type { Refresh } from './refresh.ts';

export interface OriginMemory {
  /** Transports that something on the way holds back → the evidence as the end of a sentence. */
  readonly doubts: Map<Transport, string>;
  /** When the last of them was learned. */
  doubtedAt: number;
  /** Whether a byte of a stream has come before the stream ended: nothing on the way holds streams back. */
  letsThrough: boolean;
  /** Resources of which nothing is asked beside a stream: the server refused that, or ended the stream for it. */
  readonly asksOnce: Set<string>;
  /** Resources whose server sends the head of a stream with the first message. */
  readonly lateHeads: Set<string>;
  /** How many connections to it wait to be made again. */
  waiting: number;
  /** Refreshes of credentials by their handler; those of all origins. */
  readonly refreshes: WeakMap<object, Refresh>;
}

/** Memory by origin, for the life of a client. */
export type Memory = (origin: string) => OriginMemory;

export function createMemory(): Memory {
  const origins = new Map<string, OriginMemory>();
  const refreshes = new WeakMap<object, Refresh>();
  return (origin) => {
    const known = origins.get(origin) ?? {
      doubts: new Map(),
      doubtedAt: 0,
      letsThrough: false,
      asksOnce: new Set(),
      lateHeads: new Set(),
      waiting: 0,
      refreshes,
    };
    origins.set(origin, known);
    return known;
  };
}
