// What an EventSource may be given beside `withCredentials`.

import type { Asked } from '../../options.ts';

/** A value where a function stands is asked for before every attempt; the function may be async. */
export interface EventSourceOptions {
  /** Whether cookies and HTTP authentication go to other origins, too. @defaultValue `false` */
  readonly withCredentials?: boolean | undefined;
  /** Headers of the request. Across origins they need a preflight. @defaultValue none */
  readonly headers?: Asked<HeadersInit> | undefined;
  /** The method of the request. @defaultValue `GET`, with a `body` `POST` */
  readonly method?: Asked<string> | undefined;
  /** The body of the request, as `fetch` takes it. @defaultValue none */
  readonly body?: Asked<BodyInit | null | undefined> | undefined;
  /** As in `fetch`, instead of `withCredentials`. @defaultValue `same-origin`, with `withCredentials` `include` */
  readonly credentials?: Asked<RequestCredentials> | undefined;
  /** What to call instead of the global `fetch`. @defaultValue the global `fetch` */
  readonly fetch?: typeof fetch | undefined;
  /** Closes the EventSource when it is aborted. @defaultValue none */
  readonly signal?: AbortSignal | undefined;
  /**
   * Longest silence, in milliseconds: then the connection is made again. Every byte counts, comments too.
   * @defaultValue `Infinity`, with `resilient` `45_000`
   */
  readonly heartbeatTimeout?: number | undefined;
  /**
   * Sends the last event id in this query parameter instead of the header `Last-Event-ID`.
   * @defaultValue the header; `lastEventId` for another origin that refuses the header
   */
  readonly lastEventIdQueryParameterName?: string | undefined;
  /**
   * Reconnects as encke does: with back-off and jitter, after `Retry-After`, after statuses that pass (408, 425, 429
   * and 5xx), after a silence of 45 seconds, and as soon as the browser is on line again. @defaultValue `false`
   */
  readonly resilient?: boolean | undefined;
}
