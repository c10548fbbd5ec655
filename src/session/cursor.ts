// Where we are in the stream: the last event id, and what must not be delivered again.

import { hashOf } from '../ground/hash.ts';
import type { Message } from '../ground/message.ts';

/** How many messages are remembered to recognise a replay. */
const MEMORY = 512;

/** How many characters of them at most: what is kept may hang on the chunk it was cut from. */
const MEMORY_SIZE = 262_144;

/** Of a longer message only a hash is remembered. Characters. */
const LONG = 16_384;

/** The place in the stream. It belongs to the subscription, so it outlives connections and transports. */
export interface Cursor {
  /** The last event id; `''` when none is known. */
  readonly id: string;
  /** How many messages have been new, of those with an id. */
  readonly fresh: number;
  /** `ETag` of the last whole answer, for `If-None-Match`. */
  etag: string | null | undefined;
  /** Whether any attempt was answered. */
  readonly wasAnswered: boolean;
  /** Whether the id goes by query although a header could be sent: the URL is answered from another origin. */
  inQuery: boolean;
  /** A response came from this URL: at another origin than the page's a header of ours would cost a preflight. */
  answeredFrom(url: string, pageOrigin: string | undefined): void;
  /** Called when a connection has stated an id. */
  onMove?: (id: string) => void;
  /** The server does not know the id any more; what it answers without one is another answer. */
  forget(): void;
  /** A new connection begins: what it sends first may be a replay. */
  connect(): Place;
}

/** A connection's view of the cursor. */
export interface Place {
  /** The stream states this id. */
  moveTo(id: string): void;
  /** Whether an earlier connection delivered this message already; remembers it when not. */
  isReplay(message: Message): boolean;
}

/**
 * A replay is what was delivered before, under the same id and name and with the same data, at the beginning of a
 * connection. All of it counts, since a server that begins its numbering anew sends known ids with other messages.
 *
 * @param drops whether replays are told at all
 */
export function createCursor(initialId: string, drops = true): Cursor {
  let id = initialId;
  let fresh = 0;
  let wasAnswered = false;
  let first = 0; // index of the oldest message remembered
  let size = 0; // characters remembered
  let ids: string[] = [];
  let texts: string[] = [];

  const cursor: Cursor = {
    get id() {
      return id;
    },
    get fresh() {
      return fresh;
    },
    etag: null,
    get wasAnswered() {
      return wasAnswered;
    },
    answeredFrom(url, pageOrigin) {
      wasAnswered = true;
      const origin = originOf(url);
      cursor.inQuery = origin !== undefined && origin !== pageOrigin;
    },
    inQuery: false,
    forget() {
      id = '';
      cursor.etag = null;
    },
    connect,
  };
  return cursor;

  function connect(): Place {
    let replaying = true; // all messages under ids of this connection so far are ones that were delivered before
    let delivered: Set<string> | undefined; // what was delivered before, as keys; made when it is first asked
    let stated = false; // it has stated an id

    return {
      moveTo(next) {
        id = next;
        stated = true;
        cursor.onMove?.(next);
      },
      isReplay({ event, data }) {
        if (id === '' || !drops) return false;
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
        remember(text);
        return false;
      },
    };
  }

  function remember(text: string): void {
    fresh++;
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

function originOf(url: string): string | undefined {
  try {
    return new URL(url).origin;
  } catch {
    // A transport of the caller's own may tell anything.
    return undefined;
  }
}

function key(id: string, text: string): string {
  return `${id}\n${text}`;
}
