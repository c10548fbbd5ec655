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
 */
type ErrorCode = 'invalid-option' | 'no-transport' | 'unusable' | 'network' | 'timeout' | 'status' | 'content-type' | 'malformed' | 'too-large' | 'encoding' | 'retries';
/** What is known about an error beyond its code and sentence; every field is absent when unknown. */
interface ErrorDetails {
    /** HTTP status of the response. */
    status?: number | undefined;
    /** Response headers. */
    headers?: Headers | undefined;
    /** URL of the response after redirects, or of the request where there was no response. */
    url?: string | undefined;
    /** The first 4,096 characters of the body of a response that is not 2xx. */
    body?: string | undefined;
    /** The offending text of a message that could not be read, cut to 200 characters. */
    payload?: string | undefined;
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
/** A JSON object that wraps a message: `data`, beside `id` or `event`, and nothing else but `retry`. */
interface Envelope {
    readonly data: unknown;
    readonly id?: string | number;
    readonly event?: string;
    readonly retry?: number;
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
}
/** Where a decoder's results go. */
interface DecoderSink {
    message(message: Message): void;
    /** The last event id is now this one; `''` clears it. Called only for ids the text itself states. */
    id(id: string): void;
    /** The server asks for this reconnection time, in milliseconds. */
    retry(milliseconds: number): void;
    /** Something in the text could not be read. The stream goes on. */
    problem(error: EnckeError): void;
}
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
}
interface Format {
    readonly name: string;
    /** Media types that choose this format, lower case, without parameters. The first is asked for in `Accept`. */
    readonly mediaTypes: readonly string[];
    /**
     * Whether a response is read so only where the transport asks for just this type, or the caller names the format.
     * HTML is also what login and error pages are: whoever did not ask for it must not take one for a stream.
     */
    readonly onlyWhenAsked?: boolean;
    decoder(sink: DecoderSink, options: DecoderOptions): Decoder;
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
    /** `form`: URLSearchParams or FormData; `any`: everything else. */
    readonly body: 'none' | 'form' | 'any';
    readonly crossOrigin: boolean;
    readonly credentials: RequestCredentials;
    /** Whether this is one exchange, so that the end of the response must be told from a failure. */
    readonly once: boolean;
    /** Whether the caller brought a `fetch` of its own. */
    readonly ownFetch: boolean;
}
/** One request, ready to go. */
interface TransportRequest {
    /** Absolute, with the cursor in it where the transport sends no headers. */
    readonly url: string;
    /** Upper case. */
    readonly method: string;
    readonly headers: Headers;
    readonly body: string | URLSearchParams | FormData | Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | null;
    readonly credentials: RequestCredentials;
    readonly fetch: typeof fetch;
    /** Name of the page's function that the scripts of a frame call. */
    readonly callback: string;
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
 * - `complete`: the body ended as its server meant it to, or the carrier cannot tell.
 * - `cut`: no connection, or it broke.
 * - `status`: the server answered with a status that carries no messages; `body` is its first 4,096 characters.
 * - `unusable`: this carrier cannot work here; asking again would change nothing.
 * - `failed`: nobody can read the response; no transport can mend that.
 */
type End = {
    readonly how: 'complete';
} | {
    readonly how: 'cut';
    readonly error: EnckeError;
} | {
    readonly how: 'status';
    readonly head: Head;
    readonly body: string;
} | {
    readonly how: 'unusable';
    readonly error: EnckeError;
} | {
    readonly how: 'failed';
    readonly error: EnckeError;
};
/** Where a transport's results go. None of it throws: what a handler throws is its caller's to catch. */
interface Sink {
    opened(head: Head): void;
    /** The next piece of the body, as text. */
    text(chunk: string): void;
    /** Bytes came that are no text or message yet: padding, a comment, half a script. A sign of life. */
    alive(): void;
    /** A message that the browser has decoded already. */
    message(message: Message): void;
    /** The last event id is now this one; only from carriers that give whole messages, before the message. */
    id(id: string): void;
    /** The server asks for this reconnection time, in milliseconds; only from carriers that give whole messages. */
    retry(milliseconds: number): void;
    /** Something in the response could not be read. The response goes on. */
    problem(error: EnckeError): void;
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
 */
interface Transport {
    readonly name: string;
    readonly rhythm: Rhythm;
    /** Whether request headers can be sent, and so the cursor as `Last-Event-ID`. */
    readonly sendsHeaders: boolean;
    /** Whether the server must be told which technique this is, since nothing else in the request says so. */
    readonly namesItself: boolean;
    /** Whether a cut is told from a clean end. */
    readonly tellsCuts: boolean;
    /** Media types this transport asks for, where it takes only some; absent: whatever the formats read. */
    readonly accept?: string;
    /** Why it cannot carry this here, as the end of a sentence ("cannot POST"); `undefined` when it can. Detects features, never user agents. */
    refuses(demand: Demand): string | undefined;
    open(request: TransportRequest, sink: Sink): Stop;
}

/** Event names and the type of the data each brings. An interface of your own serves as well. */
type EventMap = Record<string, unknown>;
/** The messages of an event map: one type per name, told apart by `event`. */
type MessageOf<Events extends object> = {
    [Name in keyof Events & string]: Message<Events[Name]> & {
        readonly event: Name;
    };
}[keyof Events & string];
/** Handlers by event name. */
type Handlers<Events extends object> = {
    [Name in keyof Events & string]?: (data: Events[Name], message: Message<Events[Name]>) => void;
};
/**
 * What a request may carry: text, `URLSearchParams`, `FormData`, `Blob`, `ArrayBuffer`, a typed array; and any plain object
 * or array, which is sent as JSON. A `ReadableStream` cannot be sent again, so `subscribe` has no use for one.
 */
type RequestBody = string | object;
/** A value, or a function that gives it, asked before every attempt. */
type Asked<Value> = Value | (() => Value | Promise<Value>);
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
/** The transport was chosen, or changed. */
interface TransportChange {
    /** Name of the transport left; absent for the first choice. */
    readonly from?: string;
    /** Name of the transport taken. */
    readonly to: string;
    /** Why the one before was left; absent for the first choice. */
    readonly reason?: string;
    /** The transports of the ladder that cannot carry this request, each with its reason. */
    readonly refusals: readonly string[];
}
/** What is known when the next attempt is decided. */
interface RetryContext {
    readonly error: EnckeError | undefined;
    /** Attempts in a row that brought nothing, this one included. */
    readonly failures: number;
    /** Milliseconds encke would wait. */
    readonly delay: number;
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
}
/** Options of both verbs. */
interface RequestOptions<Events extends object = EventMap> {
    /** HTTP method. @defaultValue `'GET'`, or `'POST'` where there is a body */
    method?: string;
    /** Request headers, or a function asked for them before every attempt. @defaultValue none */
    headers?: Asked<HeadersInit>;
    /** Request body, or a function asked for it before every attempt. A plain object or an array is sent as JSON. @defaultValue none */
    body?: Asked<RequestBody>;
    /** As in `fetch`. `'omit'` is refused on its own origin by XHR, EventSource and iframe, which always send cookies there. @defaultValue `'same-origin'` */
    credentials?: RequestCredentials;
    /** Closes the connection when aborted. Already aborted: no request is made. @defaultValue none */
    signal?: AbortSignal;
    /** A `fetch` of your own, asked for every request; only transports made of fetch are used then. @defaultValue the global `fetch` */
    fetch?: typeof fetch;
    /** The transports to try, best first. @defaultValue every transport of the client */
    transports?: readonly Transport[];
    /** Reads every response as this format, whatever its content type says. @defaultValue chosen by content type */
    format?: Format;
    /** Turns the text of each message into its data. Throws: the message is reported as `malformed` and skipped. @defaultValue none */
    parse?: (data: string) => unknown;
    /** Handlers by event name; each gets the data, then the whole message. @defaultValue none */
    on?: Handlers<Events>;
    /** Called with every message. @defaultValue none */
    onMessage?: (message: MessageOf<Events>) => void;
    /** Called with every error, also with those that the stream survives. @defaultValue none */
    onError?: (error: EnckeError) => void;
    /** Called after every change of state. @defaultValue none */
    onState?: (change: StateChange) => void;
    /** Called when the transport is chosen and whenever it changes. @defaultValue none */
    onTransport?: (change: TransportChange) => void;
    /** A message with exactly this text ends the connection as `done`; it is not delivered. @defaultValue none */
    endOn?: string;
    /** Called after each delivery; `true` ends the connection as `done`. @defaultValue none */
    until?: (message: MessageOf<Events>) => boolean;
    /** The id to resume after, on the first attempt. @defaultValue none */
    lastEventId?: string;
    /** Query parameter that carries the last event id where a header cannot. @defaultValue `'lastEventId'` */
    lastEventIdParam?: string;
    /** Query parameter by which long-poll, poll, htmlfile and iframe name themselves; `''` adds none. @defaultValue `'transport'` */
    transportParam?: string;
    /** Name of the page's function that the scripts of a streamed frame call; may be dotted. @defaultValue `'enckeReceive'` */
    callback?: string;
    /** Longest message, in characters (UTF-16 code units). @defaultValue 1_048_576 */
    maxMessageSize?: number;
    /** Longest wait for the head of a response, for a poll for the whole of it, in milliseconds; `Infinity` waits for ever. @defaultValue 15_000 for `subscribe`, `Infinity` for `request` */
    connectTimeout?: number;
}
/** Options of `subscribe`. */
interface SubscribeOptions<Events extends object = EventMap> extends RequestOptions<Events> {
    /** Longest time a long poll may stay unanswered, in milliseconds. @defaultValue 60_000 */
    longPollTimeout?: number;
    /** Time between the end of one poll and the next, in milliseconds. Minimum 1_000. @defaultValue 5_000 */
    pollInterval?: number;
    /** Upper bound of the first, random wait before a reconnection, in milliseconds; it doubles with every failure. Minimum 0. @defaultValue 1_000 */
    retryDelay?: number;
    /** Upper bound of every such wait, in milliseconds; a longer wait that the server asks for counts all the same. @defaultValue 30_000 */
    maxRetryDelay?: number;
    /** Attempts in a row that may bring nothing before the connection closes. @defaultValue `Infinity` */
    maxAttempts?: number;
    /** Decides each wait: milliseconds, or `false` to give up. @defaultValue the delay of the context */
    retry?: (context: RetryContext) => number | false;
}
/** The default of every option that has a value for one. */
declare const DEFAULTS: {
    credentials: "same-origin";
    lastEventId: string;
    lastEventIdParam: string;
    transportParam: string;
    callback: string;
    maxMessageSize: number;
    connectTimeout: number;
    longPollTimeout: number;
    pollInterval: number;
    retryDelay: number;
    maxRetryDelay: number;
    maxAttempts: number;
};

/** Time, chance and place. */
interface Environment {
    /** Milliseconds on a clock that never goes back. */
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
}

/** What both verbs return. */
interface Connection<Events extends object = EventMap> extends AsyncIterable<MessageOf<Events>> {
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
/** What awaiting a request gives. */
interface Reply<Events extends object = EventMap> {
    /** The messages that no handler and no loop has taken. */
    readonly messages: MessageOf<Events>[];
    readonly status: number;
    /** URL of the response after redirects. */
    readonly url: string;
    /** Absent where the transport cannot see them. */
    readonly headers: Headers | undefined;
    /** Name of the transport that carried it. */
    readonly transport: string;
}

/** What a client is made of. */
interface ClientParts {
    /** The ladder, best first. */
    readonly transports: readonly Transport[];
    /** The formats it can read, the preferred one first. */
    readonly formats: readonly Format[];
    /** Time, chance and place. @defaultValue those of the browser */
    readonly environment?: Environment;
}
/** An endless connection. A `for await` loop over it gets the messages from when the loop begins. */
type Subscription<Events extends object = EventMap> = Connection<Events>;
/**
 * One exchange. Await it for the whole reply (rejects with an EnckeError, or with the reason of the aborted
 * signal), or loop over it for the messages as they come. Unless handlers are given, messages wait to be taken.
 */
interface Exchange<Events extends object = EventMap> extends Connection<Events>, PromiseLike<Reply<Events>> {
}
interface Client {
    /**
     * Opens an endless connection: a stream that ends is connected again, a poll is asked again.
     *
     * @throws EnckeError `invalid-option`, `no-transport`
     */
    subscribe<Events extends object = EventMap>(url: string | URL, options?: SubscribeOptions<Events>): Subscription<Events>;
    /**
     * Makes one exchange. It is sent exactly once.
     *
     * @throws EnckeError `invalid-option`, `no-transport`
     */
    request<Events extends object = EventMap>(url: string | URL, options?: RequestOptions<Events>): Exchange<Events>;
}
/** Makes a client of the parts named, and of nothing else: what is not named can leave the bundle. */
declare function createClient({ environment, ...parts }: ClientParts): Client;

declare const eventStream: Format;

declare const jsonLines: Format;

declare const json: Format;

declare const scriptTags: Format;

declare const text: Format;

declare const eventSource: Transport;

declare const fetchStream: Transport;

declare const htmlFile: Transport;

declare const iframe: Transport;

declare const longPoll: Transport;

declare const poll: Transport;

declare const xhrStream: Transport;

declare const subscribe: Client['subscribe'];
declare const request: Client['request'];

export { DEFAULTS, EnckeError, createClient, eventSource, eventStream, fetchStream, htmlFile, iframe, json, jsonLines, longPoll, poll, request, scriptTags, subscribe, text, xhrStream };
export type { Asked, Client, ClientParts, CloseReason, Closed, Connection, Decoder, DecoderOptions, DecoderSink, Demand, End, Envelope, Environment, ErrorCode, ErrorDetails, EventMap, Exchange, Format, Handlers, Head, Message, MessageOf, Reply, RequestBody, RequestOptions, RetryContext, Rhythm, Sink, State, StateChange, Stop, SubscribeOptions, Subscription, Transport, TransportChange, TransportRequest };
