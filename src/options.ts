// Every option, what it means, and its default.

import type { Format } from './formats/format.ts';
import type { CommandQueue } from './commands/command.ts';
import type { Head, Transport, UploadProgress } from './transports/transport.ts';
import type { EnckeError } from './ground/errors.ts';
import type { Message } from './ground/message.ts';
import type { Resync, StateChange, TransportChange } from './outcomes.ts';

export type * from './outcomes.ts';

/**
 * Event names and the type of the data each brings. An interface of your own serves as well.
 *
 * Without one the data is `any`, as the platform has it for what comes off the wire: `JSON.parse`, `response.json()`,
 * `MessageEvent.data`. So `(data: Price) => …` and `(data) => data.price` are handlers; with `unknown` neither would be.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
export type EventMap<Data = any> = Record<string, Data>;

/** The messages of an event map: one type per name, told apart by `event`. */
export type MessageOf<Events extends object> = {
  [Name in keyof Events & string]: Message<Events[Name]> & { readonly event: Name };
}[keyof Events & string];

/** Handlers by event name. */
export type Handlers<Events extends object> = {
  [Name in keyof Events & string]?:
    ((data: Events[Name], message: Message<Events[Name]>) => void) | undefined;
};

/**
 * What a request may carry: text, `URLSearchParams`, `FormData`, `Blob`, `ArrayBuffer`, a typed array or `DataView`; any
 * plain object or array, which is sent as JSON; and a `ReadableStream`, where `fetch` can send one. That can be sent
 * once, so `subscribe` takes only a function that makes one. Anything else is refused as `invalid-option`.
 */
export type RequestBody = string | object;

/** A value, or a function that gives it, asked before every attempt. */
export type Asked<Value> = Value | (() => Value | Promise<Value>);

/** How the last event id travels: the name of a convention. */
export type CursorName = 'last-event-id' | 'mercure' | 'mercure-1' | 'nchan' | 'yaffle';

/** How the last event id travels, as a value. */
export interface CursorConvention {
  /** Query parameter that carries the id where a header cannot. */
  readonly param: string;
  /** Whether the id never goes into a header. */
  readonly queryOnly?: boolean;
  /** Whether `If-None-Match` would be taken for an id. */
  readonly withoutEtag?: boolean;
  /** Response header that repeats the id asked for; another value says that the history does not reach back so far. */
  readonly echo?: string;
  /** Whether a long poll that has nothing to say may never be answered: then silence is no failure. */
  readonly holds?: boolean;
  /** What statuses mean that mean something else here. */
  readonly statuses?: Readonly<Record<number, StatusMeaning>>;
  /** Whether an object with `id` and `data` is data like any other, for an id never stands beside it. */
  readonly plain?: boolean | undefined;
  /** The id of a whole answer, where its headers state it. Such an answer has one message of however many there are. */
  idOf?(headers: Headers): string | undefined;
  /** For a protocol of its own: wraps the seams of a session, as a part does. Then nothing is taken for a replay. @param inside the `SessionInside` */
  session?(inside: object): object;
}

/**
 * What may follow the end of a response.
 *
 * - `again`: a poll was answered; ask again by the rhythm.
 * - `retry`: connect again after the retry delay.
 * - `done`: nothing more will come.
 * - `refresh`: the credentials are refused; with new ones it may be asked once more.
 * - `forget`: the server does not know the last event id any more; without one it may be asked again.
 * - `fatal`: no retry can mend this.
 * - `fall-back`: this transport cannot work here; take the next.
 */
export type StatusMeaning = 'again' | 'retry' | 'done' | 'refresh' | 'forget' | 'fatal' | 'fall-back';

/** What is known when the next attempt is decided. */
export interface RetryContext {
  readonly error: EnckeError | undefined;
  /** Attempts in a row that brought nothing, this one included. */
  readonly failures: number;
  /** Milliseconds to wait as usual; `false` where the server has said that nothing more will come (204), or `maxAttempts` is reached. */
  readonly delay: number | false;
}

/** Options of both verbs. */
export interface ConnectionOptions<Events extends object = EventMap> {
  /** HTTP method. @defaultValue `'GET'`, or `'POST'` where there is a body */
  method?: string | undefined;
  /** Request headers, or a function asked for them before every attempt. @defaultValue none */
  headers?: Asked<HeadersInit> | undefined;
  /** Request body, or a function asked for it before every attempt. A plain object or an array is sent as JSON, as it is at the call. @defaultValue none */
  body?: Asked<RequestBody> | undefined;
  /** As in `fetch`. `'omit'` is refused on its own origin by XHR, EventSource and iframe, which always send cookies there. @defaultValue `'same-origin'` */
  credentials?: RequestCredentials | undefined;
  /** Closes the connection when aborted. Already aborted: no request is made. @defaultValue none */
  signal?: AbortSignal | undefined;
  /** A `fetch` of your own, asked for every request; only transports made of fetch are used then. @defaultValue the global `fetch` */
  fetch?: typeof fetch | undefined;
  /** The transports to try, best first. @defaultValue every transport of the client */
  transports?: readonly Transport[] | undefined;
  /** Reads every response as this format, whatever its content type says. @defaultValue chosen by content type */
  format?: Format | undefined;
  /** Turns the text of each message into its data. Throws: the message is reported as `malformed` and skipped. @defaultValue none */
  parse?: ((data: string) => unknown) | undefined;
  /** Handlers by event name; each gets the data, then the whole message. @defaultValue none */
  on?: Handlers<Events> | undefined;
  /** Called with every message. @defaultValue none */
  onMessage?: ((message: MessageOf<Events>) => void) | undefined;
  /** Takes the data of every message as commands; awaiting a request then also waits until they are applied. @defaultValue none */
  commands?: CommandQueue | undefined;
  /** Called with every error, also with those that the stream survives. @defaultValue none */
  onError?: ((error: EnckeError) => void) | undefined;
  /** Called with the status, final URL and headers of every response that carries messages, before its state `open` is told. What a carrier cannot see is absent. @defaultValue none */
  onOpen?: ((head: Head) => void) | undefined;
  /** Called after every change of state. @defaultValue none */
  onState?: ((change: StateChange) => void) | undefined;
  /** Called when the transport is chosen and whenever it changes. @defaultValue none */
  onTransport?: ((change: TransportChange) => void) | undefined;
  /** Called when a connection is back after a gap in which messages may be missing, before its first message; never at the first open. @defaultValue none */
  onResync?: ((gap: Resync) => void) | undefined;
  /** Called like `onState`, once a state has lasted 3 s, and at the close: for banners that should not flicker. @defaultValue none */
  onSettledState?: ((change: StateChange) => void) | undefined;
  /** Called instead of `onError` when the server answers 401 or 403; then the request is made once more. While a call is under way, other connections with the same function wait for it. Rejects: the connection closes as `fatal`. @defaultValue none */
  onUnauthorized?: ((error: EnckeError) => void | Promise<void>) | undefined;
  /** Milliseconds from one sign of life of the server to the next. A silence of 2.5 times this, and at least 30 s, is a lost connection. At 0 a `subscribe` learns the interval, and a `request` waits forever. @defaultValue 0 */
  heartbeat?: number | undefined;
  /** Prints a line per event, by `console.debug` or your function. @defaultValue `false` */
  debug?: boolean | ((line: string) => void) | undefined;
  /** Called while the body is being sent. `xhr-stream` can tell; `fetch-stream` refuses such a request. @defaultValue none */
  onUploadProgress?: ((progress: UploadProgress) => void) | undefined;
  /** Whether a response to a `request` that breaks off after a whole message counts as complete; for servers that always end so. Only the format of script tags can tell. @defaultValue `false` */
  allowTruncated?: boolean | undefined;
  /** A message with exactly this text ends the connection as `done`; it is not delivered. @defaultValue none */
  endOn?: string | undefined;
  /** Called after each delivery; `true` ends the connection as `done`. @defaultValue none */
  until?: ((message: MessageOf<Events>) => boolean) | undefined;
  /** The id to resume after, on the first attempt. @defaultValue none */
  lastEventId?: string | undefined;
  /** How the last event id travels: `last-event-id`, `mercure`, `mercure-1`, `nchan` or `yaffle`, or a convention as a value. @defaultValue `'last-event-id'` */
  cursor?: CursorName | CursorConvention | undefined;
  /** Query parameter that carries the last event id where a header cannot. @defaultValue that of the convention `cursor`, `'lastEventId'` */
  lastEventIdParam?: string | undefined;
  /** Query parameter by which long-poll, poll, htmlfile and iframe name themselves; `''` adds none. @defaultValue `'transport'` */
  transportParam?: string | undefined;
  /** Name of the parent's function that the scripts of a streamed frame call, or several names; may be dotted. @defaultValue `'enckeReceive'` */
  callback?: string | readonly string[] | undefined;
  /** Longest message, in characters (UTF-16 code units). @defaultValue 1_048_576 */
  maxMessageSize?: number | undefined;
  /** Longest wait for the head of a response, for a poll for the whole of it, in milliseconds; `Infinity` waits forever. @defaultValue 15_000 for `subscribe`, `Infinity` for `request` */
  connectTimeout?: number | undefined;
}

/** Options of `request`. */
export interface RequestOptions<
  Data = EventMap[string],
  Events extends object = EventMap<Data>,
> extends ConnectionOptions<Events> {}

/** Options of `subscribe`. */
export interface SubscribeOptions<Events extends object = EventMap> extends ConnectionOptions<Events> {
  /** Longest time a long poll may stay unanswered, in milliseconds. @defaultValue 60_000 */
  longPollTimeout?: number | undefined;
  /** Time between the end of one poll and the next, in milliseconds. Minimum 1_000. @defaultValue 5_000 */
  pollInterval?: number | undefined;
  /** Upper bound of the first, random wait before a reconnection, in milliseconds; it doubles with every failure. Minimum 0. @defaultValue 1_000 */
  retryDelay?: number | undefined;
  /** Upper bound of every such wait, in milliseconds; the server may ask for a longer one. @defaultValue 30_000 */
  maxRetryDelay?: number | undefined;
  /** Attempts in a row that may bring nothing before the connection closes. @defaultValue `Infinity` */
  maxAttempts?: number | undefined;
  /** Decides what follows every end that is not your own, including those that close the connection (404, 204): milliseconds to wait, or `false` to close. @defaultValue the delay of the context; for an end that closes the connection, to close it */
  retry?: ((context: RetryContext) => number | false | undefined) | undefined;
  /** `'drop'`: messages that the server sends again after a reconnection are not delivered again. `'deliver'`: they are; for servers whose ids mean nothing. @defaultValue `'drop'` */
  replays?: 'drop' | 'deliver' | undefined;
  /** `'session'`: the last event id survives a reload of the page, in `sessionStorage`. `{ session: NAME }`: the same, and equal subscriptions with different names keep separate ids; required where `body` is a function or a file. @defaultValue none */
  resume?: 'session' | { readonly session: string } | undefined;
  /** Which equal subscriptions use one connection. `'start'`: those that begin before it has delivered a message. `'page'`: all of the page; each gets the messages from when it joins. `'tabs'`: those of all tabs. `{ tabs: NAME }`: those of all tabs with the same name. `false`: none. @defaultValue `'start'` */
  share?: 'start' | 'page' | 'tabs' | { readonly tabs: string } | false | undefined;
}

/** The options that each part brings. */
export interface OptionsOfParts {
  bodies: 'body' | 'onUploadProgress';
  credentials: 'onUnauthorized';
  gaps: 'onResync';
  replays: 'replays';
  resume: 'resume';
  settledState: 'onSettledState';
  sharing: 'share';
  trace: 'debug';
  truncated: 'allowTruncated';
  watchdog: 'heartbeat';
}

/** Upper bound of the first wait before a reconnection, and of every one, in milliseconds. */
export const RETRY_DELAY = 1_000;
export const MAX_RETRY_DELAY = 30_000;

/** The default of every option that has a value for one. */
export const DEFAULTS = {
  credentials: 'same-origin',
  lastEventId: '',
  cursor: 'last-event-id',
  transportParam: 'transport',
  callback: 'enckeReceive',
  maxMessageSize: 1_048_576,
  connectTimeout: 15_000,
  longPollTimeout: 60_000,
  pollInterval: 5_000,
  retryDelay: RETRY_DELAY,
  maxRetryDelay: MAX_RETRY_DELAY,
  maxAttempts: Infinity,
  heartbeat: 0,
  share: 'start',
  replays: 'drop',
} satisfies SubscribeOptions;

/** Options with every default in place. */
export type ResolvedOptions = SubscribeOptions & {
  [Name in keyof typeof DEFAULTS | 'method']: NonNullable<SubscribeOptions[Name]>;
};

/** Puts the defaults in place, once, at the border. */
export function resolveOptions(options: object): ResolvedOptions {
  // An option given as `undefined` is an option not given.
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const resolved = { method: 'body' in given ? 'POST' : 'GET', ...DEFAULTS, ...given } as ResolvedOptions;
  resolved.method = resolved.method.toUpperCase();
  return resolved;
}
