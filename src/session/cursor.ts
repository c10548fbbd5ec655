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
  let delivered: Map<string, number> | undefined; // id → fingerprint, made when the first id of a connection comes
  let count = 0; // messages remembered, ever
  const ids: string[] = [];
  const fingerprints: number[] = [];

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
      delivered ??= new Map(ids.map((known, slot) => [known, fingerprints[slot] ?? 0]));
      replaying = replayed = delivered.has(next);
    },
    isReplay(data) {
      if (replayed && delivered?.get(id) === fingerprint(data)) return true;
      if (id === '') return false;
      ids[count % MEMORY] = id;
      fingerprints[count++ % MEMORY] = fingerprint(data);
      return false;
    },
  };
}

/**
 * Tells most messages under one id apart without keeping or reading them whole:
 * a server that begins its numbering anew sends known ids with other data, and those are no replay.
 */
function fingerprint(data: unknown): number {
  if (typeof data !== 'string') return 0;
  const { length } = data;
  return length + 31 * (data.charCodeAt(length >> 1) + 31 * data.charCodeAt(length - 1)) || length;
}
