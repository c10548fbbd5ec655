// The contract between a client and its parts: the seams, and what a part sees at each.
//
// A client connects, decodes, keeps the last event id, connects again and closes. All else is a part that wraps a seam:
// a function that is called where the core has something to decide or to say. What no part wraps does as little as it can.
//
// Law 1: a part wraps seams, and changes nothing else. What it keeps, it keeps in its own closure: of a client, a
//        connection, or a session.
// Law 2: it calls the next function of its seam, or stands in for it as the seam's comment allows. It never throws, but
//        for `invalid-option` and `no-transport` where a connection begins.
// Law 3: after a session has closed nothing of it remains: no timer, no listener, no request.
// Law 4: the order in which parts are named means nothing: `rank` says who is further out.
// Law 5: a client without it works as its row in docs/parts.md says.

import type { EnckeError } from '../ground/errors.ts';
import type { Message } from '../ground/message.ts';
import type {
  Closed,
  CloseReason,
  ResolvedOptions,
  Resync,
  ResyncReason,
  State,
  StateChange,
  TraceEntry,
  TransportChange,
} from '../options.ts';
import type { Format } from '../formats/format.ts';
import type { End, Head, Sink, Stop, Transport } from '../transports/transport.ts';
import type { Cursor } from './cursor.ts';
import type { Environment } from './environment.ts';
import type { MessageQueue } from './message-queue.ts';
import type { BuiltRequest, Target } from './request.ts';
import type { RetryFacts } from './retry-delay.ts';

/** What a client may be made of, beside transports and formats. */
export interface Part<Name extends string = string> {
  readonly name: Name;
  /** Whose wrap is further out at a seam that both wrap: the lower one's. @defaultValue 9 */
  readonly rank?: number;
  /** Called once for each client. What it keeps for all connections of a client stands in its closure. */
  install(house: House): Installed;
}

export interface Installed {
  readonly client?: Wraps<ClientSeams>;
  /** Called once for each connection: what a caller holds. */
  connection?(inside: ConnectionInside): Wraps<ConnectionSeams>;
  /** Called once for each session: what one or more connections listen to. */
  session?(inside: SessionInside): Wraps<SessionSeams>;
}

/** For each seam that is wrapped, a function that is given the next one and gives the one to call. */
export type Wraps<Seams> = { readonly [Name in keyof Seams]?: (next: Seams[Name]) => Seams[Name] };

/** Puts wraps around what they wrap, the first the outermost. */
export function wrapped<Seams extends object>(base: Seams, wraps: readonly Wraps<Seams>[]): Seams {
  const seams = { ...base };
  for (const name of Object.keys(base) as (keyof Seams)[]) {
    seams[name] = wraps.reduceRight((next, wrap) => wrap[name]?.(next) ?? next, base[name]);
  }
  return seams;
}

/** What all connections of a client have in common. */
export interface House {
  /** What the client was made of, as given. */
  readonly given: object;
  readonly transports: readonly Transport[];
  readonly formats: readonly Format[];
  readonly environment: Environment;
  /** The names of the parts. */
  readonly names: ReadonlySet<string>;
  /** By rank; complete once every part is installed. */
  readonly parts: readonly Installed[];
  readonly seams: ClientSeams;
}

export interface ClientSeams {
  /** Options as they are given become options as they are used. @throws EnckeError `invalid-option` */
  options(given: object, once: boolean): object;
  /** Begins what a connection listens to. @throws EnckeError `invalid-option`, `no-transport` */
  start(plan: Plan, listener: Listener): Session;
  /** The verbs of the client, beside `subscribe`. */
  verbs(): object;
}

/** What a session is given. */
export interface Plan {
  readonly house: House;
  readonly target: Target;
  /** It outlives the session where tabs take over from one another. */
  readonly cursor: Cursor;
  /** What an earlier session of the same subscription was. @defaultValue there was none */
  readonly earlier?: Earlier | undefined;
}

/** What is known of the sessions that a subscription had before. */
export interface Earlier {
  /** Whether one was ever open: then gaps are told. */
  readonly wasOpen: boolean;
  /** Why messages may be missing since. */
  readonly gap: ResyncReason | undefined;
}

/** All that a session says. */
export interface Told {
  state: StateChange;
  transport: TransportChange;
  head: Head;
  /** The connection has stated this last event id. */
  id: string;
  message: Message;
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
  /** The event names that someone listens for. */
  eventNames(): readonly string[];
  /** Where more has come than can be used, the moment from which the next is welcome. */
  ready(): Promise<void> | undefined;
}

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
  close(reason: CloseReason, error?: EnckeError, truncated?: boolean): void;
}

/** What a connection is to a part. */
export interface ConnectionInside {
  readonly house: House;
  /** As given. */
  readonly url: string;
  readonly options: ResolvedOptions;
  readonly once: boolean;
  /** What the caller will hold; a part may add members. */
  readonly face: object;
  /** Not to be asked while the parts begin. */
  session(): Session;
  /** Takers of messages beside the handlers. */
  readonly takers: Set<Taker>;
  /** How it ended, once it has. */
  readonly last: Closed | undefined;
  /** Whether it is one that never connects, on a server. */
  readonly isInert: boolean;
  /** Gives what the connection has kept for the first loop, once; by the verb `request`. */
  claim: () => MessageQueue<Message> | undefined;
  close(): void;
}

/** Who takes messages, and may hold the carrier back until it can take more. */
export interface Taker {
  push(message: Message): void;
  ready(): Promise<void> | undefined;
  /** The connection is over. */
  over?(closed: Closed): void;
}

export interface ConnectionSeams {
  /** What goes to the handlers of the caller. */
  tell: Tell;
}

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

/** What a session is to a part. */
export interface SessionInside {
  readonly plan: Plan;
  readonly target: Target;
  readonly environment: Environment;
  readonly cursor: Cursor;
  readonly listener: Listener;
  /** The seams with all their wraps; not there yet while the parts begin. */
  readonly seams: SessionSeams;
  /** The transports that may be tried, best first, whether they can carry it or not. */
  readonly rungs: readonly Transport[];
  /** The transport in use. Whoever changes it tells so. */
  transport: Transport;
  /** What is told of the first choice. */
  choice: TransportChange;
  readonly phase: Phase;
  /** The attempt under way, or the last. */
  readonly run: Run;
  /** Attempts in a row that brought nothing. */
  readonly failures: number;
  /** How long a head may take, where that is longer than `connectTimeout`; by the watchdog. Milliseconds. */
  headPatience: number;
  /** Whether the server is known to send the head of a stream with its first message; by the watchdog. */
  isLate: boolean;
  /** How long ago the last byte must have come for a page that wakes up to doubt the connection, in milliseconds; by the watchdog. `undefined` while unknown. */
  age: () => number | undefined;
  /** Whether the attempt under way has brought something, or was open for so long that it might have. */
  hasProved(): boolean;
  /** Breaks off what is under way, and waits in this phase until somebody connects. */
  rest(phase: Phase, why: string, error?: EnckeError): void;
  /** Connects anew, breaking off what is under way. */
  connectAtOnce(why: string): void;
  /** The server has ended it, unless the caller wants to connect again all the same. */
  over(reason: CloseReason, error: EnckeError | undefined): void;
}

export interface SessionSeams {
  tell: Tell;
  /** The session begins to connect. Gives what ends what was begun here. */
  begin(): Stop;
  /** One attempt: a turn of the transport in use. */
  attempt(listener: TurnListener): Stop;
  /** One request and its response. */
  turn(transport: Transport, listener: TurnListener): Stop;
  /** The server has answered, and that was told. */
  opened(head: Head): void;
  /** Messages may be missing. */
  gap(reason: ResyncReason): void;
  /** An attempt has ended. */
  weigh(weight: Weight): void;
  /** The transport in use cannot work here. Takes the next that can carry the request, and gives whether there is one. */
  unusable(reason: string): boolean;
  /** The server refuses the credentials. Gives whether the session rests until they are refreshed. */
  refused(error: EnckeError): boolean;
  /** How long from the answer to one poll to the next, in milliseconds. */
  pause(answer: Answer): number;
  /** How long to wait before the next attempt, in milliseconds. */
  delay(facts: RetryFacts): number;
}

/** What is known of the answer to a poll. */
export interface Answer {
  /** How long it took, in milliseconds. */
  readonly elapsed: number;
  readonly messages: number;
  /** The last event id before it. */
  readonly startedAfter: string;
  /** The reconnection time the server set. */
  readonly serverRetry: number | undefined;
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
  /** Gives `false` for one that was delivered before. */
  message(message: Message): boolean;
  ended(end: End, response: Response): void;
  /** Whether the carrier waits for us: as long as it does, the server's silence says nothing. */
  held(waits: boolean): void;
  /** Bytes of the body have come. @param size characters of text, where they are text */
  alive(size: number): void;
  /** The turn is over for no fault of the server; the next may follow at once. */
  renew(reason: 'rotated' | 'suspended'): void;
}

/** What is known of a response that has ended. */
export interface Response {
  /** How long it took, in milliseconds. */
  readonly elapsed: number;
  /** Whether it was an event stream without a message. A replay is one, too. */
  readonly isEmptyStream: boolean;
  /** Whether it brought a message, and nothing is half read. */
  readonly isWhole: boolean;
}
