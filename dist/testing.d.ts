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

/** An environment to hand to `createClient`, whose time moves only when told. */
interface VirtualEnvironment extends Environment {
    /** Lets so many milliseconds pass: fires the timers due in order, and everything they set off. */
    advance(milliseconds: number): Promise<void>;
    /** Lets so many milliseconds pass in which the machine sleeps: what was due meanwhile comes late, all at once. */
    sleep(milliseconds: number): Promise<void>;
    /** Has something happen to the page. */
    tell(event: PageEvent): Promise<void>;
    /** Lets everything that is due now happen. */
    settle(): Promise<void>;
    /** How many timers are set. */
    readonly timers: number;
    /** How many watch the page. */
    readonly watchers: number;
}
/** Options of `virtualEnvironment`. */
interface VirtualEnvironmentOptions {
    /** @defaultValue `'https://app.test/'` */
    baseUrl?: string | undefined;
    /** @defaultValue always 0.5 */
    random?: (() => number) | undefined;
    /** @defaultValue the global `fetch` */
    fetch?: typeof fetch | undefined;
}
/** Makes an environment whose time moves only when told. @throws EnckeError `invalid-option` */
declare function virtualEnvironment(options?: VirtualEnvironmentOptions): VirtualEnvironment;
/** One request that reached a memory transport, and the server's side of it. */
interface MemoryConnection {
    readonly request: TransportRequest;
    /** Whether neither side has ended it. */
    readonly live: boolean;
    /** Whether the client has ended it. */
    readonly stopped: boolean;
    /** Sends the head. @defaultValue 200 with the content type `text/event-stream` */
    open(head?: {
        status?: number;
        headers?: Record<string, string>;
    }): void;
    /** Sends text of the body; the head first, where it is missing. */
    send(text: string): void;
    /** Sends a message that needs no decoding; the head first, where it is missing. Without `id` it carries the last one; `''` clears that. */
    message(message: Partial<Message> & {
        data: unknown;
    }): void;
    /** Ends the body. */
    end(): void;
    /** Breaks the connection. */
    cut(): void;
    /** Answers with a status that carries no messages. */
    status(status: number, headers?: Record<string, string>, body?: string): void;
    /** Tells that this transport cannot work here. @param sent whether the request may have left; `false` where not given */
    unusable(reason: string, sent?: boolean): void;
}
interface MemoryTransport extends Transport {
    /** Every request so far, the first first. */
    readonly connections: readonly MemoryConnection[];
    /** The newest request. @throws Error when there was none */
    readonly latest: MemoryConnection;
}
/** Options of `memoryTransport`. */
interface MemoryTransportOptions {
    /** @defaultValue `'memory'` */
    name?: string | undefined;
    /** @defaultValue `'stream'` */
    rhythm?: Rhythm | undefined;
    /** Why it can carry nothing. @defaultValue it can carry everything */
    refusal?: string | undefined;
}
/** A transport without a network. */
declare function memoryTransport(options?: MemoryTransportOptions): MemoryTransport;

export { memoryTransport, virtualEnvironment };
export type { MemoryConnection, MemoryTransport, MemoryTransportOptions, VirtualEnvironment, VirtualEnvironmentOptions };
