// The rules for one event stream: when it is open, when it is asked for again, and when it has failed for good.

import type { EnckeError } from '../../ground/errors.ts';
import { setTimer } from '../../ground/long-timer.ts';
import type { Message } from '../../ground/message.ts';
import { pageOrigin } from '../../ground/page-address.ts';
import { MAX_RETRY_DELAY, RETRY_DELAY } from '../../options.ts';
import { pageOf } from '../../session/page-lifecycle.ts';
import { readRetryAfter, retryDelay } from '../../session/retry-delay.ts';
import { errorOf, meaningOfStatus } from '../../session/verdict.ts';
import type { End, Head, Stop } from '../../transports/transport.ts';
import { startAttempt } from './attempt.ts';
import { askWhetherFutile } from './futile.ts';
import type { EventSourceOptions } from './options.ts';
import { createTaskQueue } from './task-queue.ts';

/** Each is called in a task of its own, and never once it is stopped. */
export interface Follower {
  opened(head: Head): void;
  message(message: Message, origin: string): void;
  /** The connection is lost, and will be made again. Without an error: the server ended it. */
  lost(error: EnckeError | undefined): void;
  /** It will not. */
  failed(error: EnckeError | undefined): void;
}

/** The reconnection time until the server sets one, in milliseconds. [spec] Probably in the region of a few seconds. */
const RECONNECTION_TIME = 3_000;

/** With `resilient`, the longest silence, in milliseconds, and the bounds of the waits. */
const HEARTBEAT = 45_000;
const WAITS = { retryDelay: RETRY_DELAY, maxRetryDelay: MAX_RETRY_DELAY };

export function follow(url: string, options: EventSourceOptions, follower: Follower): Stop {
  const { resilient, lastEventIdQueryParameterName: named } = options;
  const { heartbeatTimeout = resilient ? HEARTBEAT : Infinity } = options;
  const tasks = createTaskQueue();
  let lastEventId = '';
  let serverRetry: number | undefined; // the reconnection time that the server set
  let origin = new URL(url).origin; // of the latest response
  let hasOpened = false; // at least once
  let inQuery = named !== undefined; // how the id travels
  let failures = 0; // attempts in a row that brought nothing
  let stopCurrent: Stop | undefined; // the attempt, or what follows it
  let isWaiting = false;
  let isAway = false; // the page was left, and may come back

  const stopWatching = pageOf({}).watch((event) => {
    if (event === 'stored') {
      // Nothing is told to a page that is left, and nothing keeps it from being stored.
      stopCurrent?.();
      isAway = true;
    } else if (event === 'restored' && isAway) {
      isAway = false;
      lose(undefined, 0);
    } else if (event === 'online' && resilient && isWaiting) attempt();
  });
  attempt();
  return stop;

  function stop(): void {
    stopCurrent?.();
    stopWatching();
    tasks.clear();
  }

  function attempt(): void {
    stopCurrent?.();
    isWaiting = false;
    let brought = false; // whether it has brought an event
    stopCurrent = startAttempt({ url, options, lastEventId, inQuery }, heartbeatTimeout, {
      opened(head) {
        hasOpened = true;
        origin = new URL(head.url).origin;
        inQuery &&= named !== undefined || isForeign();
        tasks.add(() => follower.opened(head));
      },
      message(message) {
        brought = true;
        const sender = origin;
        tasks.add(() => follower.message(message, sender));
      },
      id(id) {
        lastEventId = id;
      },
      retry(milliseconds) {
        serverRetry = milliseconds;
      },
      ready: () => tasks.drained(),
      ended(end, isUnanswered) {
        failures = brought ? 0 : failures + 1;
        if (isUnanswered) unanswered(end);
        else ended(end);
      },
    });
  }

  /** Whether another origin has to let this page in, behind a redirect or before it. */
  function isForeign(): boolean {
    const page = pageOrigin();
    return page !== undefined && (origin !== page || new URL(url).origin !== page);
  }

  /** The server is down, or it refuses this page or one of the headers: a page is not told which. */
  function unanswered(end: End): void {
    if (named === undefined && isForeign() && lastEventId) {
      // Most servers answer no preflight, which the header needs. A browser's own EventSource needs none.
      inQuery = !inQuery;
      if (inQuery) return attempt();
    }
    // [spec] Otherwise, if res is a network error, then reestablish the connection, unless the user agent knows that to be
    // futile, in which case the user agent may fail the connection.
    if (hasOpened || resilient) ended(end);
    else {
      stopCurrent = askWhetherFutile(url, options, isForeign(), (isFutile) => {
        if (isFutile) fail(errorOf(end));
        else ended(end);
      });
    }
  }

  function ended(end: End): void {
    const error = errorOf(end);
    const { status = 200, headers } = error ?? {};
    const passes = meaningOfStatus(status) === 'retry';
    if (end.how === 'failed' || (end.how === 'status' && !(resilient && passes))) return fail(error);
    const retryAfter = readRetryAfter(headers, Date.now());
    const delay = resilient
      ? retryDelay({ ...WAITS, failures, serverRetry, retryAfter }, Math.random())
      : (serverRetry ?? RECONNECTION_TIME);
    lose(error, delay);
  }

  // [spec] reestablish the connection
  function lose(error: EnckeError | undefined, delay: number): void {
    tasks.add(() => {
      stopCurrent?.();
      isWaiting = true;
      stopCurrent = setTimer(attempt, delay);
      follower.lost(error);
    });
  }

  // [spec] fail the connection
  function fail(error: EnckeError | undefined): void {
    tasks.add(() => {
      stop();
      follower.failed(error);
    });
  }
}
