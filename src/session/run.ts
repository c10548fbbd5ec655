// Where a session is, what is known of its attempts, and what a turn tells.

import type { Message } from '../ground/message.ts';
import type { End, Head, Sink, Stop } from '../transports/transport.ts';
import type { BuiltRequest } from './request.ts';

/** An attempt is under way, or what the session waits for, with what ends that. */
export type Phase =
  | {
      /** `open`: the server has answered, if only the poll before this one. */
      is: 'connecting' | 'open';
      stop: Stop;
    }
  | { readonly is: 'between-answers'; readonly stop: Stop }
  | {
      readonly is: 'back-off';
      readonly stop: Stop;
      /** Whether the last attempt met no server: then none has asked for patience. */
      readonly isUnreachable: boolean;
    }
  | { readonly is: 'refreshing' }
  /** The page is put away. */
  | { readonly is: 'stored' }
  | { readonly is: 'closed' };

/** What is known of an attempt. */
export interface Run {
  readonly startedAt: number;
  /** The last event id then. */
  readonly startedAfter: string;
  /** When the last byte came, or the attempt began. */
  lastLife: number;
  head: Head | undefined;
  /** How many it has brought. */
  messages: number;
  /** Whether it has set the reconnection time. */
  isRetrySet: boolean;
  /** Whether its carrier waits for us. */
  isHeld: boolean;
}

/** What an attempt has come to. */
export interface Weight {
  /** Whether a head has come. */
  readonly opened: boolean;
  /** Whether it has brought what it was to bring. */
  readonly healthy: boolean;
  /** Whether it was given up after a silence. */
  readonly isTimeout: boolean;
}

/** What a turn tells; nothing after `ended` or `renew`, or once it is stopped. */
export interface TurnListener extends Pick<Sink, 'opened' | 'id' | 'retry' | 'problem'> {
  /** The request is about to leave. */
  asked(request: BuiltRequest): void;
  /** A message is there. */
  message(message: Message): void;
  /** The response has ended. */
  ended(end: End, response: Response): void;
  /** Whether the carrier waits for us: as long as it does, the server's silence says nothing. */
  held(waits: boolean): void;
  /** Where no more is to come for now, the moment from which it may, beside what the takers of messages ask for. */
  ready?(): Promise<void> | undefined;
  /** Bytes of the body have come. @param size characters of text, where they are text @param at by the environment's clock */
  alive(size: number, at: number): void;
  /** The turn is over for no fault of the server; the next may follow at once. */
  renew(reason: 'rotated' | 'suspended'): void;
}

/** What is known of a response that has ended. */
export interface Response {
  /** How long it took, in milliseconds. */
  readonly elapsed: number;
  /** Whether it is what a server that knows no polls answers to one: an event stream that held nothing. By `fallBack`. */
  readonly isNoAnswer?: boolean;
  /** Whether it brought a message, if only a replay. Absent where it was not read to its end. */
  readonly brought?: boolean;
  /** Whether it brought a message, and nothing is half read. */
  readonly isWhole: boolean;
}
