// Where we are in the stream: the last event id, and what belongs to it.

import type { Tagged } from '../transports/transport.ts';
import type { Delivered } from './delivered.ts';

/** The place in the stream. It belongs to the subscription, so it outlives connections and transports. */
export interface Cursor extends Tagged {
  /** The last event id; `''` when none is known. */
  id: string;
  /** Whether the id goes by query although a header could be sent: the URL is answered from another origin. */
  inQuery: boolean;
  /** Whether any attempt was answered. */
  wasAnswered: boolean;
  /** What was delivered, where somebody drops what comes again. */
  delivered?: Delivered;
}

export function createCursor(id: string): Cursor {
  return { id, etag: null, inQuery: false, wasAnswered: false };
}

/** A response came from this URL: at another origin than the page's a header of ours would cost a preflight. */
export function answeredFrom(cursor: Cursor, url: string, pageOrigin: string | undefined): void {
  cursor.wasAnswered = true;
  const origin = originOf(url);
  cursor.inQuery = origin !== undefined && origin !== pageOrigin;
}

function originOf(url: string): string | undefined {
  try {
    return new URL(url).origin;
  } catch {
    // A transport of the caller's own may tell anything.
    return undefined;
  }
}
