// What was delivered: what of it comes again at the beginning of a connection is a replay.

import type { Message } from '../ground/message.ts';

/** How many messages are remembered at least to recognise a replay, and twice as many at most. */
const MEMORY = 512;

/** How many characters of them at least; the same. What is kept may hang on the chunk it was cut from. */
const MEMORY_SIZE = 262_144;

/** Of a longer message only a hash is remembered. Characters. */
const LONG = 16_384;

/** What was delivered, in order, as far as it is remembered. */
export interface Delivered {
  /** A new connection begins: what it sends first may be a replay. */
  connect(): Place;
}

/** A connection's view of what was delivered. */
export interface Place {
  /** The connection has stated an id. */
  stated(): void;
  /** Whether an earlier connection delivered this message already, under this id; remembers it when not. */
  isReplay(message: Message, id: string): boolean;
}

/** A message, its data as text: what is kept must not change with what a handler does to it. */
type Kept = Message<string>;

/**
 * A replay is what was delivered before, under the same id and name and with the same data, at the beginning of a
 * connection. All of it counts, since a server that begins its numbering anew sends known ids with other messages.
 */
export function createDelivered(): Delivered {
  // The newest are added to one list, and when that is full, the one before is forgotten: this runs for every message.
  let older: readonly Kept[] = [];
  let newest: Kept[] = [];
  let size = 0; // characters of the newest
  return { connect };

  function connect(): Place {
    let replaying = true; // all messages under ids of this connection so far are ones that were delivered before
    let known: Set<string> | undefined; // what was delivered before, as keys; made when it is first asked
    let stated = false; // it has stated an id

    return {
      stated() {
        stated = true;
      },
      isReplay(message, id) {
        const kept = id === '' ? undefined : keepable(message, id);
        if (!kept) return false;
        if (replaying && stated) {
          known ??= new Set([...older, ...newest].map(keyOf));
          replaying = known.has(keyOf(kept));
          if (replaying) return true;
        }
        newest.push(kept);
        size += kept.event.length + kept.data.length;
        if (newest.length === MEMORY || size > MEMORY_SIZE) {
          older = newest;
          newest = [];
          size = 0;
        }
        return false;
      },
    };
  }
}

/** What JSON cannot write, a format of one's own may give; it is no replay of anything. */
function keepable(message: Message, id: string): Kept | undefined {
  const { event, data } = message;
  const isText = typeof data === 'string';
  // Not copied, as almost always.
  if (isText && data.length <= LONG && message.id === id) return message as Kept;
  try {
    const text = isText ? data : (JSON.stringify(data) as string | undefined);
    return text === undefined ? undefined : { event, data: text.length > LONG ? hashed(text) : text, id };
  } catch {
    return undefined;
  }
}

/** Two texts that differ in one character never have the same hash: each step maps one to one (FNV-1a, 32 bits). */
function hashed(text: string): string {
  let hash = text.length;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return `${String(text.length)} ${String(hash)}`;
}

function keyOf({ id, event, data }: Kept): string {
  return `${id}\n${event}\n${data}`;
}
