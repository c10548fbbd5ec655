// What a session says, to whom, and what of it those can hold.

import type { EnckeError } from '../ground/errors.ts';
import type { Message } from '../ground/message.ts';
import type {
  Closed,
  CloseReason,
  Resync,
  State,
  StateChange,
  TraceEntry,
  TransportChange,
} from '../options.ts';
import type { Head } from '../transports/transport.ts';

/** All that a session says, beside what it brings. */
export interface Told {
  state: StateChange;
  transport: TransportChange;
  head: Head;
  error: EnckeError;
  resync: Resync;
  closed: Closed;
  /** For the trace alone. */
  note: readonly [TraceEntry['what'], string];
}

/** The one voice of a session. After `closed` nothing is said. */
export type Tell = <What extends keyof Told>(what: What, value: Told[What]) => void;

/** Who listens to a session. */
export interface Listener {
  readonly tell: Tell;
  /** Apart from all else, since it is called for each message: what comes between costs most of what a message costs. */
  message(message: Message): void;
  /** The connection has stated this last event id; before the message, if there is one. */
  id(id: string): void;
  /** The event names that someone listens for. */
  eventNames(): readonly string[];
  /** Where more has come than can be used, the moment from which the next is welcome. */
  ready(): Promise<void> | undefined;
}

/** What connects, decides what follows an end, and tells of it. */
export interface Session {
  readonly state: State;
  /** Name of the transport in use. */
  readonly transport: string;
  readonly lastEventId: string;
  /** Requests made so far. */
  readonly attempt: number;
  /** What the part `trace` has written down. */
  readonly trace?: readonly TraceEntry[] | undefined;
  /** Connects anew, at once; a microtask later, so that it may be called in a handler. */
  reconnect(): void;
  /** Someone listens for further event names: connects anew where the carrier has to be told each. */
  listen(): void;
  /** Ends it for good. */
  close(reason: CloseReason, error?: EnckeError, truncated?: boolean): void;
}
