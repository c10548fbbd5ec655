// What comes from the server: each packet once, and in order.

import type { EnckeError } from '../../ground/errors.ts';
import { malformedPacket } from './packets.ts';

export interface Inbox {
  /** The highest id that has come. */
  readonly seen: number;
  /** Gives whether it is new. */
  receive(id: number, name: string, text: string): boolean;
}

export interface InboxListener {
  /** @param bytes what the text stands for, each character one byte; `''` where these are no data */
  packet(name: string, text: string, bytes: string): void;
  problem(error: EnckeError): void;
  /** What was not confirmed is asked for again. */
  again(): void;
}

export function createInbox(listener: InboxListener): Inbox {
  let seen = 0;
  let suspect = 0; // the id of a packet that could not be right, and is taken as it is when it comes again

  return {
    get seen() {
      return seen;
    },
    receive(id, name, text) {
      if (!Number.isSafeInteger(id)) listener.problem(malformedPacket(`A packet "${name}" has no id.`, text));
      // The server sends again what was not confirmed.
      if (!(id > seen)) return false;
      const bytes = name === 'data' ? decoded(text) : '';
      if ((bytes === undefined || id > seen + 1) && id > suspect) {
        suspect = id;
        const what = bytes === undefined ? 'cannot be read' : `comes after ${String(seen)}`;
        listener.problem(malformedPacket(`Packet ${String(id)} ${what}. It is asked for again.`, text));
        listener.again();
        return false;
      }
      seen = id;
      listener.packet(name, text, bytes ?? '');
      return true;
    },
  };
}

function decoded(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}
