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
  ResyncReason,
  RetryContext,
  TransportChange,
} from '../options.ts';
import type { Format } from '../formats/format.ts';
import type { Answered, Demand, Head, Stop, Transport } from '../transports/transport.ts';
import type { Cursor } from './cursor.ts';
import type { Environment } from './environment.ts';
import type { MessageQueue } from './message-queue.ts';
import type { BuiltRequest, Target } from './request.ts';
import type { RetryFacts } from './retry-delay.ts';
import type { Tell, Listener, Session } from './told.ts';
import type { Phase, Run, TurnListener, Weight } from './run.ts';

export type * from './run.ts';
export type * from './told.ts';

/** What a client may be made of, beside transports and formats. */
export interface Part<Name extends string = string> {
  readonly name: Name;
  /** Whose wrap is further out at a seam that both wrap: the lower one's. @defaultValue 9 */
  readonly rank?: number;
  /** Called once for each client. What it keeps for all connections of a client stands in its closure. */
  install(house: House): Installed;
}

/** What a part does in one client. */
export interface Installed {
  readonly client?: Wraps<ClientSeams>;
  /** Called once for each connection: what a caller holds. */
  connection?(inside: ConnectionInside): Wraps<ConnectionSeams>;
  /** Called once for each session: what one or more connections listen to. */
  session?(inside: SessionInside): Wraps<SessionSeams>;
}

/** For each seam that is wrapped, a function that is given the next one and gives the one to call. */
export type Wraps<Seams> = { readonly [Name in keyof Seams]?: (next: Seams[Name]) => Seams[Name] };

/** Puts wraps around what stands in the seams, the first the outermost. */
export function wrap<Seams extends object>(seams: Seams, wraps: readonly (Wraps<Seams> | undefined)[]): void {
  for (const name of Object.keys(seams) as (keyof Seams)[]) {
    seams[name] = wraps.reduceRight((next, each) => {
      const put = each?.[name];
      return put ? put(next) : next;
    }, seams[name]);
  }
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

/** The functions of a client that parts may wrap. */
export interface ClientSeams {
  /** Options as they are given become options as they are used. @throws EnckeError `invalid-option` */
  options(given: object, once: boolean): object;
  /** Begins what a connection listens to. @throws EnckeError `invalid-option`, `no-transport` */
  start(plan: Plan, listener: Listener): Session;
  /** What a request needs of its carrier. */
  demand(target: Target): Demand;
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
  /** Ends the connection, as its caller would. */
  close(): void;
}

/** Who takes messages, and may hold the carrier back until it can take more. */
export interface Taker {
  /** Takes a message. */
  push(message: Message): void;
  /** Where it can take no more: resolves once it can. */
  ready(): Promise<void> | undefined;
  /** The connection is over. */
  over?(closed: Closed): void;
}

/** The functions of a connection that parts may wrap. */
export interface ConnectionSeams {
  /** What goes to the handlers of the caller, beside messages. */
  tell: Tell;
  /** A message goes to the handlers of the caller. */
  message: Listener['message'];
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
  /** Tells of an error, and where it comes from; nothing once it is closed. */
  report(error: EnckeError): void;
  /** Connects anew, breaking off what is under way. */
  connectAtOnce(why: string): void;
  /** The server has ended it, unless the caller wants to connect again all the same. */
  over(reason: CloseReason, error: EnckeError | undefined): void;
}

/** The functions of a session that parts may wrap. */
export interface SessionSeams {
  tell: Tell;
  /** The session begins to connect. Gives what ends what was begun here. */
  begin(): Stop;
  /** One attempt: a turn of the transport in use. */
  attempt(listener: TurnListener): Stop;
  /** The request of a turn, made from the options and the cursor. */
  request(transport: Transport): Promise<BuiltRequest>;
  /** One request and its response. */
  turn(transport: Transport, listener: TurnListener): Stop;
  /** The server has answered, and that was told. */
  opened(head: Head): void;
  /** The attempt has brought its first message, no replay; before anyone hears of it. */
  brought(): void;
  /** Messages may be missing. */
  gap(reason: ResyncReason): void;
  /** An attempt has ended. */
  weigh(weight: Weight): void;
  /** The transport in use cannot work here. Takes the next that can carry the request; where there is none, gives the error that ends the session. */
  unusable(error: EnckeError | undefined): EnckeError | undefined;
  /** The server refuses the credentials. Gives whether the session rests until they are refreshed. */
  refused(error: EnckeError): boolean;
  /** How long from the answer to one poll to the next, in milliseconds, over this transport. */
  pause(answer: Answered, transport: Transport): number;
  /** How long to wait before the next attempt, in milliseconds. */
  delay(facts: RetryFacts): number;
  /** What the caller wants after an end. */
  retry(context: RetryContext): number | false | undefined;
}
