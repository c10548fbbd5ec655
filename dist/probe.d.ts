/**
 * What a request may carry: text, `URLSearchParams`, `FormData`, `Blob`, `ArrayBuffer`, a typed array or `DataView`; any
 * plain object or array, which is sent as JSON; and a `ReadableStream`, where `fetch` can send one. That can be sent
 * once, so `subscribe` takes only a function that makes one. Anything else is refused as `invalid-option`.
 */
type RequestBody = string | object;

/** Options of `probe`. */
interface ProbeOptions {
    /** HTTP method. @defaultValue `'GET'`, or `'POST'` if there is a body */
    method?: string | undefined;
    /** Request headers. @defaultValue none */
    headers?: HeadersInit | undefined;
    /** Request body. A plain object or an array is sent as JSON. @defaultValue none */
    body?: RequestBody | undefined;
    /** As in `fetch`. @defaultValue `'same-origin'` */
    credentials?: RequestCredentials | undefined;
    /** Ends the probe when it is aborted. The promise then rejects with the reason. @defaultValue none */
    signal?: AbortSignal | undefined;
    /** A `fetch` of your own. @defaultValue the global `fetch` */
    fetch?: typeof fetch | undefined;
    /** Longest time to listen, in milliseconds. Above 0, and finite. @defaultValue 10_000 */
    duration?: number | undefined;
    /** Called with one line at the beginning and with the text of the report at the end, for example `console.log`. @defaultValue nothing is printed */
    print?: ((text: string) => void) | undefined;
}

/**
 * The outcome in one word.
 *
 * - `live`: the stream is open, and bytes come through as they are sent.
 * - `held`: something between the server and the page keeps the stream back, or collects it.
 * - `silent`: nothing came, and nothing tells why.
 * - `answered`: a whole answer that encke reads, as polls are.
 * - `ended`: the server ended the stream while the probe listened.
 * - `cut`: the response broke off.
 * - `unreadable`: text came that is no message.
 * - `page`: an HTML page came instead of a stream.
 * - `refused`: a status that carries no messages.
 * - `blocked`: the browser does not let the page have the response.
 * - `unreachable`: no server answered.
 */
type ProbeVerdict = 'live' | 'held' | 'silent' | 'answered' | 'ended' | 'cut' | 'unreadable' | 'page' | 'refused' | 'blocked' | 'unreachable';
/**
 * Why there was no response, as far as a page can find out.
 *
 * - `content-security-policy`: the page's own policy forbids it.
 * - `mixed-content`: a page of https asks for http.
 * - `offline`: the browser says so.
 * - `redirect`: the server sends the request elsewhere, and that place does not answer this page.
 * - `preflight`: the server answers, but does not permit this method or these headers to another origin.
 * - `cors`: the server answers, but does not let this origin read it.
 * - `no-connection`: none of these.
 */
type Obstacle = 'content-security-policy' | 'mixed-content' | 'offline' | 'redirect' | 'preflight' | 'cors' | 'no-connection';
/** A piece of the body, as the browser gave it. */
interface ProbeChunk {
    /** Milliseconds after the request. */
    readonly at: number;
    /** Bytes, after decompression. */
    readonly bytes: number;
    /** Messages that it completed. */
    readonly messages: number;
    /** Whether it ended with a whole line; `true` where the format has no lines. */
    readonly whole: boolean;
}
/** The spread of a measurement, in milliseconds. */
interface Spread {
    readonly min: number;
    readonly median: number;
    readonly max: number;
}
/** What the text of a body said. */
interface Said {
    /** The format that encke reads it by; absent: none. */
    readonly format?: string | undefined;
    /** What the text looks like, where its content type says something else. */
    readonly looksLike?: 'event-stream' | 'html' | undefined;
    /** Its first 200 characters. */
    readonly beginning: string;
    readonly messages: number;
    /** Milliseconds after the request. */
    readonly firstMessageAfter?: number | undefined;
    /** How often each name of an event came. */
    readonly names: Readonly<Record<string, number>>;
    /** Messages that carried an id. */
    readonly withId: number;
    /** `''`: none. */
    readonly lastEventId: string;
    /** The reconnection time that the server asked for, in milliseconds. */
    readonly retry?: number | undefined;
    /** When a comment, blank text or an event named like a heartbeat came, in milliseconds after the request. */
    readonly heartbeats: readonly number[];
    /** What could not be read, the first few sentences. */
    readonly problems: readonly string[];
}
/** The head of a response. */
interface ProbeHead {
    /** Milliseconds after the request. Firefox shows a head only with the first byte of the body. */
    readonly after: number;
    readonly status: number;
    /** After redirects. */
    readonly url: string;
    readonly redirected: boolean;
    /** Whether a script made the response: a service worker, or a `fetch` of your own. */
    readonly madeByScript: boolean;
    /** Those that say something about streaming, by their lower-case names. Across origins few can be read. */
    readonly headers: Readonly<Record<string, string>>;
}
/** One request, and what came of it. */
interface Heard {
    /** Absent where none came. */
    readonly head?: ProbeHead | undefined;
    readonly chunks: readonly ProbeChunk[];
    readonly said: Said;
    /** `none`: no head within the time. `failed`: no response. `open`: the probe ended it. */
    readonly ending: 'none' | 'failed' | 'open' | 'complete' | 'cut';
}
/** What is known before it is judged. */
interface ProbeFacts extends Heard {
    /** As asked for, absolute. */
    readonly url: string;
    readonly method: string;
    /** The names of the caller's own headers, lower case. */
    readonly ownHeaders: readonly string[];
    readonly credentials: RequestCredentials;
    /** Of the page; absent where there is none. */
    readonly origin?: string | undefined;
    readonly crossOrigin: boolean;
    /** Milliseconds from the request to the end of the listening. */
    readonly listened: number;
    /** Milliseconds from the request to the first byte of the body. */
    readonly firstByteAfter?: number | undefined;
    /** Milliseconds between two chunks; absent below two chunks. */
    readonly gaps?: Spread | undefined;
    /** Bytes of a chunk; absent without a chunk. */
    readonly sizes?: Spread | undefined;
    /** Milliseconds between two heartbeats, the median; absent below two of them. */
    readonly heartbeat?: number | undefined;
    /** The same asked for as a long poll, while the stream was mute; absent where it was not. */
    readonly beside?: (Heard & {
        readonly asked: number;
    }) | undefined;
    /** The root of the same host, asked for where no head came; to another origin without permission to read it. */
    readonly root?: Heard | undefined;
    /** Why there was no response. */
    readonly obstacle?: Obstacle | undefined;
    /** `http/1.1`, `h2`, `h3`: as the browser tells it, of this request or of the latest one to the same origin. */
    readonly protocol?: string | undefined;
    /** `handled`: it had this request in its hands. `present`: it controls the page, and may have had it. */
    readonly serviceWorker: 'handled' | 'present' | 'none' | 'not-seen';
}
/** Whether something on the way collects the stream before it passes it on. */
interface Buffered {
    readonly answer: 'yes' | 'likely' | 'no' | 'not-seen';
    /** The evidence. */
    readonly because: string;
}
/** What is known, and how it was judged. */
interface Case extends ProbeFacts {
    readonly verdict: ProbeVerdict;
    readonly buffered: Buffered;
}
interface ProbeReport extends Case {
    /** What to do, the most important first; empty where nothing is to be done. */
    readonly advice: readonly string[];
    /** All of it, to read. */
    readonly text: string;
}

/**
 * Asks for a stream as `subscribe` does, listens for a while, and tells what came and what to do about it.
 *
 * Where nothing comes, the same is asked for as a long poll beside it; where there is no response, in the ways that
 * show why not. What is no GET is asked for once only. Nothing is printed unless `print` says how.
 *
 * @returns a report, whatever the server does. Rejects with the signal's reason when that is aborted
 * @throws EnckeError `invalid-option`, as a rejection
 */
declare function probe(url: string | URL, options?: ProbeOptions): Promise<ProbeReport>;

export { probe };
export type { Buffered, Case, Heard, Obstacle, ProbeChunk, ProbeFacts, ProbeHead, ProbeOptions, ProbeReport, ProbeVerdict, Said, Spread };
