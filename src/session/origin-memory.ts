// What a client has learned of an origin; every subscription to it begins with that.

import type { Transport } from '../transports/transport.ts';

export interface OriginMemory {
  /** Transports that something on the way holds back → the evidence as the end of a sentence. */
  readonly doubts: Map<Transport, string>;
  /** When the last of them was learned. */
  doubtedAt: number;
  /** How many connections to it wait to be made again. */
  waiting: number;
  /** The refresh of credentials under way. */
  refreshing: Promise<void> | undefined;
  /** When the last one ended. */
  refreshedAt: number;
}

/** Memory by origin, for the life of a client. */
export type Memory = (origin: string) => OriginMemory;

export function createMemory(): Memory {
  const origins = new Map<string, OriginMemory>();
  return (origin) => {
    const known = origins.get(origin) ?? {
      doubts: new Map(),
      doubtedAt: 0,
      waiting: 0,
      refreshing: undefined,
      refreshedAt: -Infinity,
    };
    origins.set(origin, known);
    return known;
  };
}
