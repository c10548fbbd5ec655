// What was delivered: what of it comes again at the beginning of a connection is a replay.

import { hashOf } from '../ground/hash.ts';
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
  let first = 0; // index of the oldest message remembered
  let size = 0; // characters remembered
  let ids: string[] = [];
  let texts: string[] = [];
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
        const kept = content.length > LONG ? hashOf(content) : content;
        const text = `${String(event.length)} ${event}${kept}`;
        if (replaying && stated) {
          delivered ??= new Set(
            ids.slice(first).map((known, index) => key(known, texts[first + index] ?? '')),
          );
          replaying = delivered.has(key(id, text));
          if (replaying) return true;
        }
        remember(id, text);
        return false;
      },
    };
  }

  function remember(id: string, text: string): void {
    ids.push(id);
    texts.push(text);
    size += text.length;
    while (ids.length - first > MEMORY || size > MEMORY_SIZE) {
      size -= texts[first]?.length ?? 0;
      texts[first++] = '';
    }
    // Forgotten in bulk: one by one would move the whole list each time.
    if (first < MEMORY) return;
    ids = ids.slice(first);
    texts = texts.slice(first);
    first = 0;
  }
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

function key(id: string, text: string): string {
  return `${id}\n${text}`;
}
