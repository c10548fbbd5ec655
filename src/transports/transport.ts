// The contract between a transport and what opens it.

import type { EnckeError } from '../ground/errors.ts';
import type { Message } from '../ground/message.ts';

/**
 * What the end of a response means.
 *
 * - `stream`: the connection was lost; connect again.
 * - `answer`: the server has answered; ask again at once (long polling).
 * - `interval`: the server has answered; ask again after the interval (polling).
 */
export type Rhythm = 'stream' | 'answer' | 'interval';

/** What a request needs of its carrier, known before any of it is computed. */
export interface Demand {
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
export interface UploadProgress {
  /** Bytes sent. */
  readonly loaded: number;
  /** Bytes to send; 0 where the browser cannot tell. */
  readonly total: number;
}

/** One request, ready to go. */
export interface TransportRequest {
  /** Absolute, with the cursor in it where the transport sends no headers. */
  readonly url: string;
  /** Upper case. */
  readonly method: string;
  readonly headers: Headers;
  readonly body:
    string | URLSearchParams | FormData | Blob | BufferSource | ReadableStream<Uint8Array> | null;
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
export interface Head {
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
export type End =
  | { readonly how: 'complete'; readonly truncated?: boolean }
  | { readonly how: 'cut'; readonly error: EnckeError }
  | { readonly how: 'status'; readonly head: Head; readonly body: string }
  | { readonly how: 'unusable'; readonly sent: boolean; readonly error: EnckeError }
  | { readonly how: 'failed'; readonly error: EnckeError };

/** What is known of an answer. */
export interface Answered {
  /** How long it took, in milliseconds. */
  readonly elapsed: number;
  /** How many messages it has brought. */
  readonly messages: number;
  /** The last event id before it. */
  readonly startedAfter: string;
  /** The reconnection time that the server has set, in milliseconds. */
  readonly serverRetry: number | undefined;
}

/** A poll that was held this long was held until a time limit, whatever ended it then. Milliseconds. */
export const LONG_HOLD = 5_000;

/** How a transport polls. */
export interface Polling {
  /** The statuses that are an answer after so many milliseconds, if only that there is nothing yet. */
  statuses(elapsed: number): readonly number[];
  /**
   * How long from the answer to the next question, in milliseconds.
   *
   * @param id the last event id that it asks after
   */
  pause(answered: Answered, id: string, options: { readonly pollInterval: number }): number;
  /** Says in a question what the last answer was. */
  ask?(headers: Headers, known: Tagged): void;
  /** Keeps what an answer was. @param isWhole whether nothing of it is missing */
  keep?(known: Tagged, head: Head | undefined, isWhole: boolean): void;
}

/** What is known of the last answer. */
export interface Tagged {
  /** `ETag` of the last whole answer, for `If-None-Match`. */
  etag: string | null | undefined;
}

/** Where a transport's results go. None of it throws: what a handler throws is its caller's to catch. */
export interface Sink {
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
export type Stop = () => void;

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
export interface Transport {
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
