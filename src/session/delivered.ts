// What was delivered: what of it comes again at the beginning of a connection is a replay.

import type { Message } from '../ground/message.ts';

/** How many messages are remembered to recognise a replay. */
const MEMORY = 512;

/** How many characters of them at most: what is kept may hang on the chunk it was cut from. */
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

/**
 * A replay is what was delivered before, under the same id and name and with the same data, at the beginning of a
 * connection. All of it counts, since a server that begins its numbering anew sends known ids with other messages.
 */
export function createDelivered(): Delivered {
  // Rings of the newest, overwritten in place: this runs for every message.
  const ids: string[] = [];
  const events: string[] = [];
  const texts: string[] = [];
  let count = 0; // of all that were remembered
  let forgotten = 0; // how many of them are not any more
  let size = 0; // characters remembered
  return { connect };

  function connect(): Place {
    let replaying = true; // all messages under ids of this connection so far are ones that were delivered before
    let delivered: Set<string> | undefined; // what was delivered before, as keys; made when it is first asked
    let stated = false; // it has stated an id

    return {
      stated() {
        stated = true;
      },
      isReplay({ event, data }, id) {
        if (id === '') return false;
        const content = textOf(data);
        if (content === undefined) return false;
        const text = content.length > LONG ? hashed(content) : content;
        if (replaying && stated) {
          delivered ??= keys();
          replaying = delivered.has(key(id, event, text));
          if (replaying) return true;
        }
        remember(id, event, text);
        return false;
      },
    };
  }

  function keys(): Set<string> {
    const all = new Set<string>();
    for (let index = forgotten; index < count; index++) {
      const at = index % MEMORY;
      all.add(key(ids[at] ?? '', events[at] ?? '', texts[at] ?? ''));
    }
    return all;
  }

  function remember(id: string, event: string, text: string): void {
    if (count - forgotten === MEMORY) forgetOldest();
    const at = count++ % MEMORY;
    ids[at] = id;
    events[at] = event;
    texts[at] = text;
    size += event.length + text.length;
    while (size > MEMORY_SIZE) forgetOldest();
  }

  function forgetOldest(): void {
    const at = forgotten++ % MEMORY;
    size -= (events[at]?.length ?? 0) + (texts[at]?.length ?? 0);
    events[at] = '';
    texts[at] = '';
  }
}

/** Two texts that differ in one character never have the same hash: each step maps one to one (FNV-1a, 32 bits). */
function hashed(text: string): string {
  let hash = text.length;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return `${String(text.length)} ${String(hash)}`;
}

/** What JSON cannot write, a format of one's own may give; it is no replay of anything. */
function textOf(data: unknown): string | undefined {
  if (typeof data === 'string') return data;
  try {
    return JSON.stringify(data);
  } catch {
    return undefined;
  }
}

function key(id: string, event: string, text: string): string {
  return `${id}\n${event}\n${text}`;
}
