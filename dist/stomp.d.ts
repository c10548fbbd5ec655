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

/** Takes what a response brings. */
interface PacketSink {
    /** A whole packet: its id, its name, and mostly one argument more. */
    packet(values: readonly unknown[]): void;
    /** What comes now is no packet, and it cannot be told where the next one begins. Nothing follows. */
    broken(error: EnckeError): void;
}
/** Makes what reads one response, in any cut. @param maxPacketSize in characters */
type PacketReader = (sink: PacketSink, maxPacketSize: number) => (chunk: string) => void;

/** One of the ways in which an Orbited server tells a page what has come. */
interface OrbitedTransport {
    /** As the address of the session has it. */
    readonly name: 'xhrstream' | 'htmlfile' | 'sse' | 'longpoll' | 'poll';
    /** How its bytes travel, and what the end of a response means. */
    readonly carrier: Transport;
    /** Whether the server says something at once, so that silence at the beginning says that something holds it back. */
    readonly beginsAtOnce: boolean;
    /** The longest silence in which nothing is wrong, in milliseconds; absent: the option `heartbeatTimeout`. */
    readonly patience?: number;
    readonly read: PacketReader;
}

/** Options of a socket over an Orbited server. */
interface OrbitedOptions {
    /** Address of the Orbited server, without its `/tcp`. @defaultValue the page's own origin */
    readonly url?: string | URL | undefined;
    /**
     * Ways to listen to the server, best first. The next one is used where one is seen to fail.
     *
     * @defaultValue `[xhrstream, longpoll, poll]`
     */
    readonly transports?: readonly OrbitedTransport[] | undefined;
    /** Longest silence of a stream, in milliseconds; the server sends a heartbeat every 5 seconds. @defaultValue 6_000 */
    readonly heartbeatTimeout?: number | undefined;
    /** Time from one poll to the next with `poll`, in milliseconds. @defaultValue 2_000 */
    readonly pollInterval?: number | undefined;
    /** Longest packet, in characters. A longer one is a problem. @defaultValue 1_048_576 */
    readonly maxPacketSize?: number | undefined;
    /** Whether cookies are sent, as for `fetch`. @defaultValue `'same-origin'` */
    readonly credentials?: RequestCredentials | undefined;
}

/** Headers of a frame. */
type STOMPHeaders = Record<string, string>;
/** A frame from the broker. */
interface STOMPFrame {
    /** `CONNECTED`, `MESSAGE`, `RECEIPT` or `ERROR`. */
    readonly type: string;
    readonly headers: STOMPHeaders;
    /** The body as text. */
    readonly body: string;
    readonly binaryBody: Uint8Array;
}
/** A STOMP client with the API of Orbited's own. Without `content-type`, what is sent is `text/plain`. */
declare class STOMPClient {
    #private;
    /** The user that `connect()` was given. */
    user: string | undefined;
    /** Orbited is connected to the broker. */
    onopen: () => void;
    /** The connection is over, with the code that `onclose` of a `TCPSocket` is given. */
    onclose: (code: number) => void;
    /** Something went wrong. Unless `onclose` follows, the client goes on. */
    onerror: (error: unknown) => void;
    /** The broker lets this client in: now it can subscribe and send. */
    onconnectedframe: (frame: STOMPFrame) => void;
    /** A message of a subscription. */
    onmessageframe: (frame: STOMPFrame) => void;
    /** The broker has what was sent with the header `receipt`. */
    onreceiptframe: (frame: STOMPFrame) => void;
    /** The broker refuses something; most close the connection then. */
    onerrorframe: (frame: STOMPFrame) => void;
    /** The older name of `onmessageframe`. */
    onmessage: (frame: STOMPFrame) => void;
    constructor(options?: OrbitedOptions);
    /** Connects to a broker that Orbited may connect to. An earlier connection is closed, and nothing is told of it. */
    connect(domain: string, port: number | string, user?: string, password?: string): void;
    /** Takes every frame, and hands it to the function for its type. */
    onframe(frame: STOMPFrame): void;
    /**
     * Sends a message.
     *
     * @param message text, or bytes
     */
    send(message: string | Uint8Array, destination: string, headers?: STOMPHeaders): void;
    /** Messages for the destination come from now on. */
    subscribe(destination: string, headers?: STOMPHeaders): void;
    /** No more of them. */
    unsubscribe(destination: string, headers?: STOMPHeaders): void;
    /** Begins a transaction: what names it waits for its `commit()`. */
    begin(transaction: string): void;
    /** What the transaction holds is carried out. */
    commit(transaction: string): void;
    /** What the transaction holds is dropped. */
    abort(transaction: string): void;
    /**
     * Confirms a message of a subscription with the header `ack: client`. Orbited's own client never did.
     *
     * @param messageId the header `ack` of its frame, which STOMP 1.2 has, or else `message-id`
     */
    ack(messageId: string, transaction?: string, subscription?: string): void;
    /** The broker is told, and `onclose` follows. */
    disconnect(): void;
    /** Closes at once. */
    reset(): void;
}

export { STOMPClient };
export type { OrbitedOptions, OrbitedTransport, PacketReader, PacketSink, STOMPFrame, STOMPHeaders };
