// What a connection tells whoever holds it.

import type { EnckeError } from './ground/errors.ts';

/**
 * The states of a connection.
 *
 * - `connecting`: a request is on its way.
 * - `open`: the server has answered. Between two polls a connection stays open.
 * - `waiting`: the connection was lost; the next attempt is due in `retryIn` milliseconds.
 * - `closed`: over for good.
 */
export type State = 'connecting' | 'open' | 'waiting' | 'closed';

/** One move of the state machine. */
export interface StateChange {
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
export type Evidence = 'unusable' | 'mute' | 'held' | 'expired';

/** The transport was chosen, or changed. */
export interface TransportChange {
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
export type ResyncReason = 'no-ids' | 'reset' | 'expired' | 'suspended';

/** A gap in which messages may be missing: time to load the whole state anew. */
export interface Resync {
  readonly reason: ResyncReason;
  /** The id that the connection resumed after; `''` where there is none. */
  readonly lastEventId: string;
}

/** One line of a connection's trace. */
export interface TraceEntry {
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
export type CloseReason = 'user' | 'abort' | 'done' | 'fatal' | 'retries';

/** The last word on a connection. */
export interface Closed {
  readonly reason: CloseReason;
  /** Present for `fatal` and `retries`. */
  readonly error?: EnckeError | undefined;
  /** Whether the response of a request broke off, and `allowTruncated` let that count as its end. */
  readonly truncated?: boolean | undefined;
}
