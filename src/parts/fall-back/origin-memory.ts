// What a client has learned of an origin; every session with it begins with that.

import type { Transport } from '../../transports/transport.ts';

export interface OriginMemory {
  /** Transports that something on the way holds back → the evidence as the end of a sentence. */
  readonly doubts: Map<Transport, string>;
  /** When the last of them was learned. */
  doubtedAt: number;
  /** Attempts of which a byte has come before the stream ended: nothing on the way holds streams back. */
  readonly proofs: Set<object>;
  /** Resources of which nothing is asked beside a stream: the server refused that, or ended the stream for it. */
  readonly asksOnce: Set<string>;
}

/** Memory by origin, for the life of a client. */
export function createMemory(): (origin: string) => OriginMemory {
  const origins = new Map<string, OriginMemory>();
  return (origin) => {
    const known = origins.get(origin) ?? {
      doubts: new Map(),
      doubtedAt: 0,
      proofs: new Set(),
      asksOnce: new Set(),
    };
    origins.set(origin, known);
    return known;
  };
}
