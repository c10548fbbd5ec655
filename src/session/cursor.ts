// Where we are in the stream: the last event id, and what must not be delivered again.

/** How many messages are remembered to recognise a replay. */
const MEMORY = 512;

/** The place in the stream. It belongs to the subscription, so it outlives connections and transports. */
export interface Cursor {
  /** The last event id; `''` when none is known. */
  readonly id: string;
  /** `ETag` of the last whole answer, for `If-None-Match`. */
  etag: string | null | undefined;
  /** A new connection begins: what it sends first may be a replay. */
  reconnected(): void;
  /** The stream states this id. */
  moveTo(id: string): void;
  /** Whether an earlier connection delivered this message already; remembers it when not. */
  isReplay(data: unknown): boolean;
}

export function createCursor(initialId: string): Cursor {
  let id = initialId;
  let replaying = false; // every id of this connection so far is one that an earlier connection delivered
  let replayed = false; // so is the current id
  let delivered: Map<string, unknown> | undefined; // id → fingerprint, made when the first id of a connection comes
  let count = 0; // messages remembered, ever
  const ids: string[] = [];
  const fingerprints: unknown[] = [];

  return {
    get id() {
      return id;
    },
    etag: null,
    reconnected() {
      replaying = count > 0;
      replayed = false;
      delivered = undefined;
    },
    moveTo(next) {
      id = next;
      if (!replaying) return;
      delivered ??= new Map(ids.map((known, slot) => [known, fingerprints[slot]]));
      replaying = replayed = delivered.has(next);
    },
    isReplay(data) {
      const current = fingerprint(data);
      if (replayed && isSame(delivered?.get(id), current)) return true;
      if (id !== '') {
        const slot = count++ % MEMORY;
        ids[slot] = id;
        fingerprints[slot] = current;
      }
      return false;
    },
  };
}

/**
 * Tells messages under one id apart: a server that begins its numbering anew sends known ids with other data, and
 * those are no replay. Of a text its length and three characters are kept, for it may hang on a whole chunk;
 * a parsed value is kept itself.
 */
function fingerprint(data: unknown): unknown {
  if (typeof data !== 'string' || data === '') return data;
  const { length } = data;
  const middle = data.charCodeAt(length >> 1);
  return length + 31 * (middle + 31 * (data.charCodeAt(length - 1) + 31 * data.charCodeAt(length >> 2)));
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));
}
