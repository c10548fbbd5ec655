/**
 * What went wrong, for programs. The sentence for people is the error's `message`.
 *
 * - `invalid-option`: a caller's mistake, thrown at once by the call that made it; or a function among the options failed.
 * - `no-transport`: no transport of the ladder can carry what was asked here.
 * - `unusable`: a transport cannot work in this page (a policy forbids it, a feature is missing).
 * - `network`: the connection could not be made, or broke.
 * - `timeout`: the server accepted the connection and never answered.
 * - `status`: the server answered with an HTTP status that carries no messages.
 * - `content-type`: the server answered 200 with something no format reads, an HTML page for example.
 * - `malformed`: one message could not be read. It is skipped, the stream goes on.
 * - `too-large`: one message is longer than `maxMessageSize`. It is skipped, the stream goes on.
 * - `encoding`: the stream holds bytes that are not UTF-8. They become U+FFFD, the stream goes on.
 * - `retries`: `maxAttempts` attempts in a row brought nothing.
 * - `unknown-command`: no verb has the name of a command's type.
 * - `no-target`: nothing matches a command's selector.
 * - `selector`: a command's selector cannot be parsed.
 * - `refused`: a command asks for what the page does not allow, a script under the default policy for example.
 * - `command`: a command threw while it was carried out.
 * - `queue-full`: a paused command queue holds `maxQueue` commands; further ones are dropped.
 * - `not-a-sijax-response`: a Sijax call was answered with something else, a page for example.
 */
type ErrorCode = 'invalid-option' | 'no-transport' | 'unusable' | 'network' | 'timeout' | 'status' | 'content-type' | 'malformed' | 'too-large' | 'encoding' | 'retries' | 'unknown-command' | 'no-target' | 'selector' | 'refused' | 'command' | 'queue-full' | 'not-a-sijax-response';
/** What is known about an error beyond its code and sentence; every field is absent when unknown. */
interface ErrorDetails {
    /** HTTP status of the response. */
    status?: number | undefined;
    /** Response headers. */
    headers?: Headers | undefined;
    /** URL of the response after redirects, or of the request where there was no response. Without the values of its query, which may be secret. */
    url?: string | undefined;
    /** The first 4,096 characters of the body of a response that is not 2xx. */
    body?: string | undefined;
    /** The offending text of a message that could not be read, cut to 200 characters. */
    payload?: string | undefined;
    /** The command that could not be carried out. */
    command?: {
        readonly type: string;
        readonly [key: string]: unknown;
    } | undefined;
    /** Name of the transport in use. */
    transport?: string | undefined;
    /** Number of the attempt, counted from 1. */
    attempt?: number | undefined;
    /** Milliseconds until the next attempt; absent when there is none. */
    retryIn?: number | undefined;
    /** The error underneath. */
    cause?: unknown;
}
/** Every error encke reports or throws. */
declare class EnckeError extends Error {
    readonly name = "EnckeError";
    readonly code: ErrorCode;
    constructor(code: ErrorCode, message: string, details?: ErrorDetails);
}
interface EnckeError extends ErrorDetails {
}

/** One message. The names are those of the event stream's fields. */
interface Message<Data = unknown> {
    /** The event's name; `'message'` where the server names none. */
    readonly event: string;
    /** What the server sent: text from an event stream, the parsed value from JSON formats. */
    readonly data: Data;
    /** The last event id when this message was sent; `''` where the server gives none. */
    readonly id: string;
}

/**
 * Turns the text of one response into messages.
 *
 * Law 1: where the text is cut into chunks changes nothing but the moment of delivery.
 *        (The `text` format is the exception it exists for: there a chunk is the message.)
 * Law 2: a message that cannot be read is reported once through `problem` and costs only itself.
 * Law 3: a message longer than `maxMessageSize` is reported once and dropped; no more of it is kept in memory than that.
 * Law 4: `feed` and `end` never throw for anything the wire can say.
 * Law 5: an id is announced by `sink.id` before the message that carries it, and also where it comes without one.
 * Law 6: the cost per character does not grow with the number of chunks.
 */
interface Decoder {
    /** Takes the next piece of text. */
    feed(chunk: string): void;
    /** The body ended as its server meant it to (never called after a cut): gives what is still due. */
    end(): void;
    /** Whether nothing is half read, so that a body that broke off here has lost no part of a message. Absent: not told. */
    isWhole?(): boolean;
}
/** Where a decoder's results go. */
interface DecoderSink {
    /** A message is complete. */
    message(message: Message): void;
    /** The last event id is now this one; `''` clears it. Called only for ids the text itself states. */
    id(id: string): void;
    /** The server asks for this reconnection time, in milliseconds. */
    retry(milliseconds: number): void;
    /** Something in the text could not be read. The stream goes on. */
    problem(error: EnckeError): void;
    /** Nobody can read this response, whatever may follow: it is given up. */
    failed(error: EnckeError): void;
}
/** What a decoder is told. */
interface DecoderOptions {
    /** Longest message, in characters (UTF-16 code units). */
    readonly maxMessageSize: number;
    /** The id that messages carry until the text states one. */
    readonly lastEventId: string;
    /**
     * Whether a clean end completes a message that lacks its terminator.
     * True for one exchange; false for a subscription, where an event stream drops it as the spec says.
     */
    readonly flush: boolean;
    /** How the last event id travels; where it says `plain`, what looks like an envelope is data. */
    readonly cursor?: string | {
        readonly plain?: boolean | undefined;
    };
    /** The event of a message that names none; only event streams ask. @defaultValue `'message'` */
    readonly unnamed?: string;
}
/** How the text of a response becomes messages. */
interface Format {
    readonly name: string;
    /** Media types that choose this format, lower case, without parameters. The first is asked for in `Accept`. */
    readonly mediaTypes: readonly string[];
    /**
     * Whether a response is read so only where the transport asks for just this type, or the caller names the format.
     * HTML is also what login and error pages are: whoever did not ask for it must not take one for a stream.
     */
    readonly onlyWhenAsked?: boolean;
    /** Makes a decoder for one response. */
    decoder(sink: DecoderSink, options: DecoderOptions): Decoder;
}

/** Applies commands to the page: one after the other, in order, within the frame budget. */
interface CommandQueue {
    /** How many commands wait. */
    readonly size: number;
    /** Resolves when everything pushed so far has been carried out or dropped; at once where nothing waits. */
    readonly done: Promise<void>;
    /** Takes a command, a list of them, or the JSON text of either. What is none is reported; it never throws. */
    push(commands: unknown): void;
    /** Lets commands wait until `resume`. One that is at work goes on. */
    pause(): void;
    /** Goes on after `pause`. */
    resume(): void;
    /** Applies what waits now, whatever the frame budget, even while paused; only a command that takes its time still holds up the rest. */
    flush(): void;
    /** Drops what waits. */
    clear(): void;
    /** Where half of `maxQueue` or more wait: resolves once fewer than a quarter do. Else `undefined`. */
    ready(): Promise<void> | undefined;
}

/**
 * What the end of a response means.
 *
 * - `stream`: the connection was lost; connect again.
 * - `answer`: the server has answered; ask again at once (long polling).
 * - `interval`: the server has answered; ask again after the interval (polling).
 */
type Rhythm = 'stream' | 'answer' | 'interval';
/** What a request needs of its carrier, known before any of it is computed. */
interface Demand {
    /** Upper case. */
    readonly method: string;
    readonly headers: boolean;
    /** `form`: URLSearchParams or FormData; `stream`: a ReadableStream; `any`: everything else. */
    readonly body: 'none' | 'form' | 'any' | 'stream';
    readonly crossOrigin: boolean;
    readonly credentials: RequestCredentials;
    /** Whether this is one exchange, so that the end of the response must be told from a failure. */
    readonly once: boolean;
    /** Whether the caller brought a `fetch` of its own. */
    readonly ownFetch: boolean;
    /** Whether the caller wants to hear how much of the body has been sent. */
    readonly uploadProgress: boolean;
    /** Whether the URL holds a user name or a password. */
    readonly urlCredentials: boolean;
}
/** How much of a request's body has been sent. */
interface UploadProgress {
    /** Bytes sent. */
    readonly loaded: number;
    /** Bytes to send; 0 where the browser cannot tell. */
    readonly total: number;
}
/** One request, ready to go. */
interface TransportRequest {
    /** Absolute, with the cursor in it where the transport sends no headers. */
    readonly url: string;
    /** Upper case. */
    readonly method: string;
    readonly headers: Headers;
    readonly body: string | URLSearchParams | FormData | Blob | BufferSource | ReadableStream<Uint8Array> | null;
    readonly credentials: RequestCredentials;
    /** What else may be wrong where it meets no server: a sentence behind another, with the space between them. */
    readonly hint?: string | undefined;
    /** The id to resume after; `''` where there is none. It is in the URL or the headers already, where it travels. */
    readonly lastEventId: string;
    /** The `fetch` to ask by. */
    readonly fetch: typeof fetch;
    /** Called while the body is being sent, by the carrier that can. */
    readonly onUploadProgress?: ((progress: UploadProgress) => void) | undefined;
    /** Names of the functions that the scripts of a frame call. */
    readonly callbacks: readonly string[];
    /** Event names listened for, for the carrier that must ask the browser for each by name. */
    readonly events: readonly string[];
}
/** The beginning of a response that carries messages. */
interface Head {
    readonly status: number;
    /** After redirects. */
    readonly url: string;
    /** Absent where the browser shows none (EventSource); for a frame, its content type alone. */
    readonly headers?: Headers;
}
/**
 * How a response ended.
 *
 * - `complete`: the body ended as its server meant it to, or the carrier cannot tell. A session that takes a cut
 *   for an end says so by `truncated`.
 * - `cut`: no connection, or it broke.
 * - `status`: the server answered with a status that carries no messages; `body` is its first 4,096 characters, or
 *   what of them came within a second of the head.
 * - `unusable`: this carrier cannot work here; asking again would change nothing. `sent` tells whether the request may
 *   have left all the same: then a `request()` is over, for the next carrier would send it again.
 * - `failed`: nobody can read the response; no transport can mend that.
 */
type End = {
    readonly how: 'complete';
    readonly truncated?: boolean;
} | {
    readonly how: 'cut';
    readonly error: EnckeError;
} | {
    readonly how: 'status';
    readonly head: Head;
    readonly body: string;
} | {
    readonly how: 'unusable';
    readonly sent: boolean;
    readonly error: EnckeError;
} | {
    readonly how: 'failed';
    readonly error: EnckeError;
};
/** What is known of an answer. */
interface Answered {
    /** How long it took, in milliseconds. */
    readonly elapsed: number;
    /** How many messages it has brought. */
    readonly messages: number;
    /** The last event id before it. */
    readonly startedAfter: string;
    /** The reconnection time that the server has set, in milliseconds. */
    readonly serverRetry: number | undefined;
}
/** How a transport polls. */
interface Polling {
    /** The statuses that are an answer after so many milliseconds, if only that there is nothing yet. */
    statuses(elapsed: number): readonly number[];
    /**
     * How long from the answer to the next question, in milliseconds.
     *
     * @param id the last event id that it asks after
     */
    pause(answered: Answered, id: string, options: {
        readonly pollInterval: number;
    }): number;
    /** Says in a question what the last answer was. */
    ask?(headers: Headers, known: Tagged): void;
    /** Keeps what an answer was. @param isWhole whether nothing of it is missing */
    keep?(known: Tagged, head: Head | undefined, isWhole: boolean): void;
}
/** What is known of the last answer. */
interface Tagged {
    /** `ETag` of the last whole answer, for `If-None-Match`. */
    etag: string | null | undefined;
}
/** Where a transport's results go. None of it throws: what a handler throws is its caller's to catch. */
interface Sink {
    /** The head of a response that carries messages has come. */
    opened(head: Head): void;
    /** The next piece of the body, as text. */
    text(chunk: string): void;
    /** Where more has come than can be used, the moment from which the next text is welcome. */
    ready(): Promise<void> | undefined;
    /** Bytes came that are no text or message: padding, a comment, half a script; or, before `opened`, the head of a refusal. A sign of life. */
    alive(): void;
    /** A message that the browser has decoded already. */
    message(message: Message): void;
    /** The last event id is now this one; only from carriers that give whole messages, before the message. */
    id(id: string): void;
    /** The server asks for this reconnection time, in milliseconds; only from carriers that give whole messages. */
    retry(milliseconds: number): void;
    /** Something in the response could not be read. The response goes on. */
    problem(error: EnckeError): void;
    /** The response is over; nothing follows. */
    ended(end: End): void;
}
/** Ends what the call that returned it began. Calling it twice does no harm. */
type Stop = () => void;
/**
 * A carrier and a rhythm.
 *
 * Law 1: `open` returns before it calls the sink.
 * Law 2: `opened` comes at most once, and before any text or message;
 *        a status outside 200 to 299, or 204, or 205 never opens where the carrier sees it.
 * Law 3: after `stop()` the sink is never called again, not even later in the same call.
 * Law 4: `ended` comes exactly once unless stopped, and is the last call.
 *        (An engine may hide from a frame that nothing more will come: its opener needs a time limit.)
 * Law 5: after the end or `stop()` nothing remains: no request, timer, listener, frame or node.
 * Law 6: text and messages arrive in the server's order, while the response still runs where the rhythm is `stream`.
 * Law 7: a character is never cut: a multi-byte sequence split by the network arrives whole.
 * Law 8: a body that broke off never ends as `complete` where the carrier can tell (`tellsCuts`).
 * Law 9: while `ready` is pending, a carrier that can leave bytes with the network gives no further text.
 */
interface Transport {
    readonly name: string;
    readonly rhythm: Rhythm;
    /** Where the rhythm is not `stream`: how it polls, `longPolling` or `polling`. */
    readonly polls?: Polling;
    /** Whether request headers can be sent, and so the cursor as `Last-Event-ID`. */
    readonly sendsHeaders: boolean;
    /** Whether the server must be told which technique this is, since nothing else in the request says so. */
    readonly namesItself: boolean;
    /** Whether a cut is told from a clean end. */
    readonly tellsCuts: boolean;
    /** Whether every byte of the body shows, so that silence says something; EventSource shows no comment. */
    readonly showsLife: boolean;
    /** Whether the whole text of a response stays in memory until its end, so that a long one is better opened anew. */
    readonly keepsText?: boolean;
    /** Whether it hears only the events whose names it was told when it was opened. */
    readonly hearsByName?: boolean;
    /** Media types this transport asks for, where it takes only some; absent: whatever the formats read. */
    readonly accept?: string;
    /** Why it cannot carry this here, as the end of a sentence ("cannot POST"); `undefined` when it can. Detects features, never user agents. */
    refuses(demand: Demand): string | undefined;
    /** Makes the request. Gives what ends it. */
    open(request: TransportRequest, sink: Sink): Stop;
}

/**
 * The states of a connection.
 *
 * - `connecting`: a request is on its way.
 * - `open`: the server has answered. Between two polls a connection stays open.
 * - `waiting`: the connection was lost; the next attempt is due in `retryIn` milliseconds.
 * - `closed`: over for good.
 */
type State = 'connecting' | 'open' | 'waiting' | 'closed';
/** One move of the state machine. */
interface StateChange {
    readonly state: State;
    readonly previous: State;
    /** Why, for people. */
    readonly reason: string;
    /** Requests made so far. */
    readonly attempt: number;
    /** Name of the transport in use. */
    readonly transport: string;
    /** Milliseconds until the next attempt, while `waiting`. */
    readonly retryIn?: number | undefined;
    /** The error that led here, where there was one. */
    readonly error?: EnckeError | undefined;
}
/**
 * What a change of transport rests on.
 *
 * - `unusable`: the transport cannot work in this page.
 * - `mute`: it was opened three times in a row, and brought nothing before it ended.
 * - `held`: it stayed mute while the one opened beside it brought a message.
 * - `expired`: a change made earlier is taken back, to see whether it is still needed.
 */
type Evidence = 'unusable' | 'mute' | 'held' | 'expired';
/** The transport was chosen, or changed. */
interface TransportChange {
    /** Name of the transport left; absent for the first choice. */
    readonly from?: string;
    /** Name of the transport taken. */
    readonly to: string;
    /** Why the one before was left; absent for the first choice. */
    readonly reason?: string;
    /** What the change rests on; absent for the first choice. */
    readonly evidence?: Evidence;
    /** What to set on the server or its proxy, so that the change is not needed. */
    readonly fix?: string | undefined;
    /** The transports of the ladder that cannot carry this request, each with its reason. */
    readonly refusals: readonly string[];
}
/**
 * Why messages may be missing.
 *
 * - `no-ids`: the connection was lost, and the server gives no ids to resume after.
 * - `reset`: the server says that its history does not reach back to the last event id.
 * - `expired`: it answered 410 or 412 to the last event id, which is forgotten.
 * - `suspended`: the page was frozen, the machine slept, or the page has come back from the back/forward cache.
 */
type ResyncReason = 'no-ids' | 'reset' | 'expired' | 'suspended';
/** A gap in which messages may be missing: time to load the whole state anew. */
interface Resync {
    readonly reason: ResyncReason;
    /** The id that the connection resumed after; `''` where there is none. */
    readonly lastEventId: string;
}
/** One line of a connection's trace. */
interface TraceEntry {
    /** Milliseconds since the connection began. */
    readonly at: number;
    readonly what: 'state' | 'transport' | 'head' | 'error' | 'resync' | 'beside' | 'page' | 'share';
    /** For people. */
    readonly detail: string;
}
/**
 * How a connection ended.
 *
 * - `user`: `close()` was called, or the loop over its messages was left.
 * - `abort`: the `signal` was aborted.
 * - `done`: there is nothing more: 204, `endOn`, `until`, or the end of a request.
 * - `fatal`: an error that no retry can mend.
 * - `retries`: `maxAttempts` attempts in a row brought nothing, or `retry` said `false`.
 */
type CloseReason = 'user' | 'abort' | 'done' | 'fatal' | 'retries';
/** The last word on a connection. */
interface Closed {
    readonly reason: CloseReason;
    /** Present for `fatal` and `retries`. */
    readonly error?: EnckeError | undefined;
    /** Whether the response of a request broke off, and `allowTruncated` let that count as its end. */
    readonly truncated?: boolean | undefined;
}

/**
 * Event names and the type of the data each brings. An interface of your own serves as well.
 *
 * Without one the data is `any`, as the platform has it for what comes off the wire: `JSON.parse`, `response.json()`,
 * `MessageEvent.data`. So `(data: Price) => …` and `(data) => data.price` are handlers; with `unknown` neither would be.
 */
type EventMap<Data = any> = Record<string, Data>;
/** The messages of an event map: one type per name, told apart by `event`. */
type MessageOf<Events extends object> = {
    [Name in keyof Events & string]: Message<Events[Name]> & {
        readonly event: Name;
    };
}[keyof Events & string];
/** Handlers by event name. */
type Handlers<Events extends object> = {
    [Name in keyof Events & string]?: ((data: Events[Name], message: Message<Events[Name]>) => void) | undefined;
};
/**
 * What a request may carry: text, `URLSearchParams`, `FormData`, `Blob`, `ArrayBuffer`, a typed array or `DataView`; any
 * plain object or array, which is sent as JSON; and a `ReadableStream`, where `fetch` can send one. That can be sent
 * once, so `subscribe` takes only a function that makes one. Anything else is refused as `invalid-option`.
 */
type RequestBody = string | object;
/** A value, or a function that gives it, asked before every attempt. */
type Asked<Value> = Value | (() => Value | Promise<Value>);
/** How the last event id travels: the name of a convention. */
type CursorName = 'last-event-id' | 'mercure' | 'mercure-1' | 'nchan' | 'yaffle';
/** How the last event id travels, as a value. */
interface CursorConvention {
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
type StatusMeaning = 'again' | 'retry' | 'done' | 'refresh' | 'forget' | 'fatal' | 'fall-back';
/** What is known when the next attempt is decided. */
interface RetryContext {
    readonly error: EnckeError | undefined;
    /** Attempts in a row that brought nothing, this one included. */
    readonly failures: number;
    /** Milliseconds to wait as usual; `false` where the server has said that nothing more will come (204), or `maxAttempts` is reached. */
    readonly delay: number | false;
}
/** Options of both verbs. */
interface ConnectionOptions<Events extends object = EventMap> {
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
interface RequestOptions$1<Data = EventMap[string], Events extends object = EventMap<Data>> extends ConnectionOptions<Events> {
}
/** Options of `subscribe`. */
interface SubscribeOptions$1<Events extends object = EventMap> extends ConnectionOptions<Events> {
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
    resume?: 'session' | {
        readonly session: string;
    } | undefined;
    /** Which equal subscriptions use one connection. `'start'`: those that begin before it has delivered a message. `'page'`: all of the page; each gets the messages from when it joins. `'tabs'`: those of all tabs. `{ tabs: NAME }`: those of all tabs with the same name. `false`: none. @defaultValue `'start'` */
    share?: 'start' | 'page' | 'tabs' | {
        readonly tabs: string;
    } | false | undefined;
}
/** The options that each part brings. */
interface OptionsOfParts {
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
/** The default of every option that has a value for one. */
declare const DEFAULTS: {
    credentials: "same-origin";
    lastEventId: string;
    cursor: "last-event-id";
    transportParam: string;
    callback: string;
    maxMessageSize: number;
    connectTimeout: number;
    longPollTimeout: number;
    pollInterval: number;
    retryDelay: number;
    maxRetryDelay: number;
    maxAttempts: number;
    heartbeat: number;
    share: "start";
    replays: "drop";
};
/** Options with every default in place. */
type ResolvedOptions = SubscribeOptions$1 & {
    [Name in keyof typeof DEFAULTS | 'method']: NonNullable<SubscribeOptions$1[Name]>;
};

/** What was delivered, in order, as far as it is remembered. */
interface Delivered {
    /** A new connection begins: what it sends first may be a replay. */
    connect(): Place;
}
/** A connection's view of what was delivered. */
interface Place {
    /** The connection has stated an id. */
    stated(): void;
    /** Whether an earlier connection delivered this message already, under this id; remembers it when not. */
    isReplay(message: Message, id: string): boolean;
}

/** The place in the stream. It belongs to the subscription, so it outlives connections and transports. */
interface Cursor extends Tagged {
    /** The last event id; `''` when none is known. */
    id: string;
    /** Whether the id goes by query although a header could be sent: the URL is answered from another origin. */
    inQuery: boolean;
    /** Whether any attempt was answered. */
    wasAnswered: boolean;
    /** What was delivered, where somebody drops what comes again. */
    delivered?: Delivered;
}

/**
 * - `visible`, `hidden`: the tab.
 * - `stored`: the page is left; it may come back from the back/forward cache.
 * - `restored`: it has come back.
 * - `frozen`: its code will not run until it is resumed; only Chromium tells.
 * - `resumed`: it was frozen, and no longer is.
 * - `online`: the network is back, or another one.
 * - `activated`: it was prerendered, and is shown now.
 */
type PageEvent = 'visible' | 'hidden' | 'stored' | 'restored' | 'frozen' | 'resumed' | 'online' | 'activated';
/** The page that an environment is in. */
interface Page {
    /** Calls back with every event; the returned function ends that. */
    watch(listener: (event: PageEvent) => void): () => void;
    /** Whether its tab is out of sight. */
    isHidden(): boolean;
    /** Whether it is rendered ahead of time, and may never be shown. @defaultValue it is not */
    isPrerendered?(): boolean;
}

/** Time, chance and place. */
interface Environment {
    /** Milliseconds on a clock that never goes back, and goes on while the machine sleeps. */
    now(): number;
    /** Calls back after so many milliseconds, unless the returned function is called first. */
    setTimer(callback: () => void, milliseconds: number): () => void;
    /** A number from 0 to below 1. */
    random(): number;
    /** The URL that relative ones are resolved against; `undefined` on a server, where no request is made. */
    baseUrl(): string | undefined;
    /** The page's own origin, which decides what is cross-origin; `<base href>` does not. */
    origin(): string | undefined;
    /** The global `fetch`, looked up at each request so that a mock installed later is used. */
    fetch: typeof fetch;
    /** What happens to the page. @defaultValue what the browser tells */
    readonly page?: Page | undefined;
    /** Where a last event id can be kept over a reload; throws, or gives nothing, where the page may keep nothing. @defaultValue the `sessionStorage` of the page */
    readonly storage?: (() => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined) | undefined;
    /** Where tabs meet. @defaultValue the globals */
    readonly tabs?: Pick<typeof globalThis, 'navigator' | 'BroadcastChannel'>;
}

interface MessageQueue<Item> {
    push(item: Item): void;
    /** Where a loop lags behind, the moment from which more is welcome. */
    ready(): Promise<void> | undefined;
    /** No more will come. What is queued is still given; then the loop ends, or throws the error. */
    end(error?: unknown): void;
    /** Nothing more is given, not even what is queued: the loop ends, or throws the error. */
    drop(error?: unknown): void;
    /** Everything queued, at once. */
    take(): Item[];
    /** The loop's side; to be read once. */
    read(): AsyncIterator<Item, void> & AsyncIterable<Item>;
}

/** What stays the same for every attempt. */
interface Target {
    /** Absolute. */
    readonly url: string;
    readonly origin: string;
    /** The URL without its query. */
    readonly resource: string;
    readonly crossOrigin: boolean;
    readonly options: ResolvedOptions;
    readonly convention: CursorConvention;
    readonly formats: readonly Format[];
    readonly fetch: typeof fetch;
    /** Whether this is one exchange, never sent again. */
    readonly once: boolean;
}
/** A request, and what of it is the caller's. */
interface BuiltRequest extends TransportRequest {
    /** Whether the caller has said what the answer may be: it is not for another technique to ask for something else. */
    readonly namesAccept: boolean;
}

/** What the wait depends on. Durations in milliseconds. */
interface RetryFacts {
    /** Attempts in a row that brought nothing; 0 right after a healthy connection. */
    readonly failures: number;
    /** Upper bound of the first wait. */
    readonly retryDelay: number;
    /** Upper bound of every wait. */
    readonly maxRetryDelay: number;
    /** The reconnection time the server set with `retry:`. */
    readonly serverRetry?: number | undefined;
    /** The wait the server asked for in this answer. */
    readonly retryAfter?: number | undefined;
    /** How many connections of this page to the same origin wait to be made again. */
    readonly crowd?: number;
}

/** All that a session says, beside what it brings. */
interface Told {
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
type Tell = <What extends keyof Told>(what: What, value: Told[What]) => void;
/** Who listens to a session. */
interface Listener {
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
interface Session {
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

/** An attempt is under way, or what the session waits for, with what ends that. */
type Phase = {
    /** `open`: the server has answered, if only the poll before this one. */
    is: 'connecting' | 'open';
    stop: Stop;
} | {
    readonly is: 'between-answers';
    readonly stop: Stop;
} | {
    readonly is: 'back-off';
    readonly stop: Stop;
    /** Whether the last attempt met no server: then none has asked for patience. */
    readonly isUnreachable: boolean;
} | {
    readonly is: 'refreshing';
}
/** The page is put away. */
 | {
    readonly is: 'stored';
} | {
    readonly is: 'closed';
};
/** What is known of an attempt. */
interface Run {
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
interface Weight {
    /** Whether a head has come. */
    readonly opened: boolean;
    /** Whether it has brought what it was to bring. */
    readonly healthy: boolean;
    /** Whether it was given up after a silence. */
    readonly isTimeout: boolean;
}
/** What a turn tells; nothing after `ended` or `renew`, or once it is stopped. */
interface TurnListener extends Pick<Sink, 'opened' | 'id' | 'retry' | 'problem'> {
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
interface Response {
    /** How long it took, in milliseconds. */
    readonly elapsed: number;
    /** Whether it is what a server that knows no polls answers to one: an event stream that held nothing. By `fallBack`. */
    readonly isNoAnswer?: boolean;
    /** Whether it brought a message, if only a replay. Absent where it was not read to its end. */
    readonly brought?: boolean;
    /** Whether it brought a message, and nothing is half read. */
    readonly isWhole: boolean;
}

/** What a client may be made of, beside transports and formats. */
interface Part<Name extends string = string> {
    readonly name: Name;
    /** Whose wrap is further out at a seam that both wrap: the lower one's. @defaultValue 9 */
    readonly rank?: number;
    /** Called once for each client. What it keeps for all connections of a client stands in its closure. */
    install(house: House): Installed;
}
/** What a part does in one client. */
interface Installed {
    readonly client?: Wraps<ClientSeams>;
    /** Called once for each connection: what a caller holds. */
    connection?(inside: ConnectionInside): Wraps<ConnectionSeams>;
    /** Called once for each session: what one or more connections listen to. */
    session?(inside: SessionInside): Wraps<SessionSeams>;
}
/** For each seam that is wrapped, a function that is given the next one and gives the one to call. */
type Wraps<Seams> = {
    readonly [Name in keyof Seams]?: (next: Seams[Name]) => Seams[Name];
};
/** What all connections of a client have in common. */
interface House {
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
interface ClientSeams {
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
interface Plan {
    readonly house: House;
    readonly target: Target;
    /** It outlives the session where tabs take over from one another. */
    readonly cursor: Cursor;
    /** What an earlier session of the same subscription was. @defaultValue there was none */
    readonly earlier?: Earlier | undefined;
}
/** What is known of the sessions that a subscription had before. */
interface Earlier {
    /** Whether one was ever open: then gaps are told. */
    readonly wasOpen: boolean;
    /** Why messages may be missing since. */
    readonly gap: ResyncReason | undefined;
}
/** What a connection is to a part. */
interface ConnectionInside {
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
interface Taker {
    /** Takes a message. */
    push(message: Message): void;
    /** Where it can take no more: resolves once it can. */
    ready(): Promise<void> | undefined;
    /** The connection is over. */
    over?(closed: Closed): void;
}
/** The functions of a connection that parts may wrap. */
interface ConnectionSeams {
    /** What goes to the handlers of the caller, beside messages. */
    tell: Tell;
    /** A message goes to the handlers of the caller. */
    message: Listener['message'];
}
/** What a session is to a part. */
interface SessionInside {
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
interface SessionSeams {
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

/** What makes an object fit wherever a promise does. It is none that a linter wants awaited: it may have handlers. */
interface Thenable<Value> {
    /** As that of a promise. */
    readonly then: Promise<Value>['then'];
    /** As that of a promise. */
    readonly catch: Promise<Value>['catch'];
    /** As that of a promise. */
    readonly finally: Promise<Value>['finally'];
    readonly [Symbol.toStringTag]: string;
}

/** What every client gives a caller to hold. */
interface CoreConnection<Events extends object = EventMap> {
    readonly state: State;
    /** Name of the transport in use; `''` on a server, where nothing is requested. */
    readonly transport: string;
    /** The id to resume after; `''` where the server gives none. */
    readonly lastEventId: string;
    /** Resolves when the connection is over for good. Never rejects. */
    readonly closed: Promise<Closed>;
    /** Ends the connection; nothing is delivered after this. Calling it again does no harm. */
    close(): void;
    /** Adds a handler for one event name; the returned function takes it away. */
    on<Name extends keyof Events & string>(event: Name, handler: (data: Events[Name], message: Message<Events[Name]>) => void): () => void;
}
/** What the part `trace` adds. */
interface Traced {
    /** What has happened to it, for bug reports: the last 200 entries, the oldest first. */
    readonly trace: readonly TraceEntry[];
}
/** What the part `settledState` adds. */
interface Settled {
    /** The last state that lasted 3 s, or `closed`: for banners that shall not flicker. */
    readonly settledState: State;
}
/** What both verbs of a client with all parts return. */
interface Connection<Events extends object = EventMap> extends CoreConnection<Events>, Traced, Settled, AsyncIterable<MessageOf<Events>> {
}
/** What `subscribe` returns. A request has no `reconnect`: it is sent once. */
interface Reconnectable {
    /** Connects anew at once, and resumes after the last event id. A connection that others share is theirs, too. */
    reconnect(): void;
}
/** What awaiting a request gives. */
interface Reply<Data = EventMap[string], Events extends object = EventMap<Data>> {
    /** The messages that no handler and no loop has taken. */
    readonly messages: MessageOf<Events>[];
    readonly status: number;
    /** Whether the response broke off, and `allowTruncated` let that count as its end. */
    readonly truncated: boolean;
    /** URL of the response after redirects. */
    readonly url: string;
    /** Absent where the transport cannot see them. */
    readonly headers: Headers | undefined;
    /** Name of the transport that carried it. */
    readonly transport: string;
}

/** What a client is made of. */
interface ClientParts<Parts extends readonly Part[] = readonly Part[]> {
    /** The ladder, best first. */
    readonly transports: readonly Transport[];
    /** The formats it can read, the preferred one first. */
    readonly formats: readonly Format[];
    /** What it can do beside connecting, decoding, keeping the last event id and connecting again. Their order means nothing. @defaultValue none */
    readonly parts?: Parts | undefined;
    /** Time, chance and place. @defaultValue those of the browser */
    readonly environment?: Environment | undefined;
}
/** An endless connection. A `for await` loop over it gets the messages from when the loop begins. */
type Subscription$1<Events extends object = EventMap> = Connection<Events> & Reconnectable;
/**
 * One exchange. Await it for the whole reply (rejects with an EnckeError, or with the reason of the aborted
 * signal), or loop over it for the messages as they come. Unless handlers are given, messages wait to be taken.
 *
 * `then`, `catch` and `finally` are those of a promise. While none of them is called, a failure is no unhandled rejection:
 * `onError` and `closed` tell of it.
 */
interface Exchange$1<Data = EventMap[string], Events extends object = EventMap<Data>> extends Connection<Events>, Thenable<Reply<Data, Events>> {
}
/** What a client with all parts can do. */
interface Client {
    /**
     * Opens an endless connection: a stream that ends is connected again, a poll is asked again.
     *
     * @typeParam Events - event names and the type of the data each brings
     * @throws EnckeError `invalid-option`, `no-transport`
     */
    subscribe<Events extends object = EventMap>(url: string | URL, options?: SubscribeOptions$1<NoInfer<Events>>): Subscription$1<Events>;
    /**
     * Makes one exchange. It is sent exactly once.
     *
     * @typeParam Data - the type of the data of every message
     * @typeParam Events - event names and the type of the data each brings, where they differ
     * @throws EnckeError `invalid-option`, `no-transport`
     */
    request<Data = EventMap[string], Events extends object = EventMap<Data>>(url: string | URL, options?: RequestOptions$1<NoInfer<Data>, NoInfer<Events>>): Exchange$1<Data, Events>;
}
/** What each part adds to what a caller holds. */
interface FacesOfParts<Events extends object> {
    loops: AsyncIterable<MessageOf<Events>>;
    settledState: Settled;
    trace: Traced;
}
type All<Union> = (Union extends unknown ? (member: Union) => void : never) extends (all: infer Every) => void ? Every : never;
/** Options without those of parts that are not among `Names`. */
type OptionsWith<Names, Options> = Omit<Options, OptionsOfParts[Exclude<keyof OptionsOfParts, Names>] | 'cursor' | ('tabs' extends Names ? never : 'share')> & {
    cursor?: ('conventions' extends Names ? CursorName : never) | CursorConvention | undefined;
} & ('share' extends keyof Options ? SharingWith<Names> : object);
/** How connections may be shared without the part `tabs`. */
type SharingWith<Names> = 'tabs' extends Names ? object : 'sharing' extends Names ? {
    share?: 'start' | 'page' | false | undefined;
} : object;
/** What a caller holds of a client with parts of these names. */
type FaceWith<Names, Events extends object> = CoreConnection<Events> & All<object | FacesOfParts<Events>[Names & keyof FacesOfParts<Events>]>;
/** What a client with parts of these names can do; with parts that are not known by name, everything. */
type ClientWith<Names> = string extends Names ? Client : {
    /** As that of a client with all parts, with the options of the parts that are there. */
    subscribe<Events extends object = EventMap>(url: string | URL, options?: OptionsWith<Names, SubscribeOptions$1<NoInfer<Events>>>): FaceWith<Names, Events> & Reconnectable;
} & ('exchange' extends Names ? {
    /** As that of a client with all parts, with the options of the parts that are there. */
    request<Data = EventMap[string], Events extends object = EventMap<Data>>(url: string | URL, options?: OptionsWith<Names, RequestOptions$1<NoInfer<Data>, NoInfer<Events>>>): FaceWith<Names, Events> & Thenable<Reply<Data, Events>>;
} : object);
/**
 * Makes a client of what is named, and of nothing else: what is not named can leave the bundle. `createClient` takes the
 * same, and has every part where none are named.
 *
 * @throws EnckeError `invalid-option`
 */
declare function composeClient<const Parts extends readonly Part[] = []>(given: ClientParts<Parts>): ClientWith<Parts[number]['name']>;

/** What the preset is made of, for a client that has more: `composeClient({ ...light, parts: [...light.parts, tabs] })`. */
declare const light: {
    readonly transports: readonly [Transport, Transport, Transport];
    readonly formats: readonly [Format, Format, Format];
    readonly parts: readonly [Part<"bodies">, Part<"credentials">, Part<"exchange">, Part<"fallBack">, Part<"gaps">, Part<"loops">, Part<"pageLife">, Part<"replays">, Part<"watchdog">];
};
type Names = (typeof light.parts)[number]['name'];
/** What the preset can do. */
type LightClient = ClientWith<Names>;
/** The options of its `subscribe`. */
type SubscribeOptions<Events extends object = EventMap> = OptionsWith<Names, SubscribeOptions$1<Events>>;
/** The options of its `request`. */
type RequestOptions<Data = EventMap[string], Events extends object = EventMap<Data>> = OptionsWith<Names, RequestOptions$1<Data, Events>>;
/** What its `subscribe` gives. */
type Subscription<Events extends object = EventMap> = FaceWith<Names, Events> & Reconnectable;
/** What its `request` gives. */
type Exchange<Data = EventMap[string], Events extends object = EventMap<Data>> = FaceWith<Names, Events> & Thenable<Reply<Data, Events>>;
/** Opens an endless connection. @throws EnckeError `no-transport` */
declare const subscribe: LightClient['subscribe'];
/** Makes one exchange. It is sent exactly once. @throws EnckeError `no-transport` */
declare const request: LightClient['request'];

export { EnckeError, composeClient, light, request, subscribe };
export type { ClientWith, CloseReason, Closed, ErrorCode, EventMap, Exchange, FaceWith, Handlers, LightClient, Message, MessageOf, OptionsWith, Reply, RequestOptions, Resync, RetryContext, SharingWith, State, StateChange, SubscribeOptions, Subscription, TransportChange };
