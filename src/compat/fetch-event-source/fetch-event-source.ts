// `fetchEventSource` with the options and hooks of @microsoft/fetch-event-source: an event stream read by fetch.

import { call } from '../../ground/call.ts';
import { EnckeError } from '../../ground/errors.ts';
import { setTimer } from '../../ground/long-timer.ts';
import { isEventStream } from '../../ground/media-type.ts';
import { nothing } from '../../ground/nothing.ts';
import { isStream, tagOf } from '../../ground/request-body.ts';
import { MAX_RETRY_DELAY, RETRY_DELAY } from '../../options.ts';
import { pageOf, type PageEvent } from '../../session/page-lifecycle.ts';
import { utf8Bytes } from '../../session/request.ts';
import { readRetryAfter, retryDelay } from '../../session/retry-delay.ts';
import { meaningOfStatus } from '../../session/verdict.ts';
import type { Stop } from '../../transports/transport.ts';
import { EventStreamContentType, type EventSourceMessage, type FetchEventSourceInit } from './init.ts';
import { readEventStream } from './read-event-stream.ts';
import { createHeaders } from './request-headers.ts';

export { EventStreamContentType };
export type { EventSourceMessage, FetchEventSourceInit };

/** Of the waits that nobody asked for. */
const WAITS = { retryDelay: RETRY_DELAY, maxRetryDelay: MAX_RETRY_DELAY };

/**
 * Resolves when `signal` aborts, when the server answers 204 or 205, and at the end of a response after which the request
 * is not made again. Rejects with what `onerror` throws, and with an error after which a retry cannot help.
 */
export function fetchEventSource(input: RequestInfo | URL, init: FetchEventSourceInit = {}): Promise<void> {
  const { signal, headers, onopen, onmessage, onclose, onerror, openWhenHidden, reconnect, ...others } = init;
  const { fetch: ownFetch, ...rest } = others;
  const request = tagOf(input) === 'Request' ? (input as Request) : undefined;
  const { method = request?.method ?? 'GET', body } = rest;
  const isOnce = isStream(body);
  const isRepeatable = !isOnce && (reconnect ?? /^(GET|HEAD)$/i.test(method));
  const closesHidden = isRepeatable && !openWhenHidden;
  const outer = signal ?? request?.signal;
  const accept: (response: Response) => unknown = onopen ?? acceptEventStream;
  const page = pageOf({});

  return new Promise((resolve, reject) => {
    const sent = createHeaders(request?.headers, headers);
    let controller: AbortController | undefined; // of the request under way
    let stopTimer: Stop = nothing; // the wait for the next one
    let isPaused = false; // until the page is shown
    let failures = 0; // attempts in a row that brought nothing; -1 when this one has brought something
    let serverRetry: number | undefined; // the reconnection time the server set

    if (outer?.aborted) {
      resolve();
      return;
    }
    outer?.addEventListener('abort', finish);
    const stopWatching = isRepeatable ? page.watch(heed) : nothing;
    void connect();

    async function connect(): Promise<void> {
      stop();
      isPaused = false;
      const mine = (controller = new AbortController());
      const isLive = (): boolean => controller === mine;
      let response: Response | undefined;
      try {
        response = await (ownFetch ?? fetch)(request ? request.clone() : input, {
          // As EventSource does. A Request says it itself.
          ...(!request && { cache: 'no-store' }),
          ...rest,
          headers: { ...sent.record },
          signal: mine.signal,
        });
        if (isLive() && meaningOfStatus(response.status) === 'done') finish();
        if (isLive()) await accept(response);
        if (isLive()) await readEventStream(response, mine.signal, createSink(isLive), '');
        if (isLive()) onclose?.();
        if (isLive()) ended(response);
      } catch (error) {
        if (isLive()) ask(error, isLive, () => failed(error, response));
      }
      // Nobody reads what is left of it.
      mine.abort();
      response?.body?.cancel().catch(nothing);
    }

    function createSink(isLive: () => boolean) {
      let id = '';
      let retry: number | undefined;
      return {
        id(stated: string) {
          id = stated;
          sent.set('last-event-id', id ? utf8Bytes(id) : undefined);
        },
        retry(milliseconds: number) {
          serverRetry = retry = milliseconds;
        },
        message({ event, data }: { readonly event: string; readonly data: unknown }) {
          failures = -1;
          const message: EventSourceMessage = { id, event, data: data as string };
          if (retry !== undefined) message.retry = retry;
          id = '';
          retry = undefined;
          if (!onerror) {
            call(onmessage, message);
            return;
          }
          try {
            onmessage?.(message);
          } catch (error) {
            ask(error, isLive, nothing);
          }
        },
      };
    }

    /** Asks the caller what follows an error: it may end all, or name a time. `otherwise` is what follows by itself. */
    function ask(error: unknown, isLive: () => boolean, otherwise: () => void): void {
      const decide = (answer: unknown): void => {
        if (!isLive()) return;
        if (typeof answer === 'number' && answer >= 0 && !isOnce) wait(answer);
        else otherwise();
      };
      const refuse = (reason: unknown): void => {
        if (isLive()) fail(reason);
      };
      let answer: unknown;
      try {
        answer = onerror?.(error);
      } catch (reason) {
        refuse(reason);
        return;
      }
      if (answer instanceof Promise) answer.then(decide, refuse);
      else decide(answer);
    }

    function ended(response: Response): void {
      // A response that only the caller could read is no stream that was lost.
      if (isRepeatable && response.ok && isEventStream(response)) waitAsUsual();
      else finish();
    }

    function failed(error: unknown, response: Response | undefined): void {
      if (isRepeatable && canHelp(error, response)) waitAsUsual(response);
      else fail(error);
    }

    function waitAsUsual(refused?: Response): void {
      const retryAfter = readRetryAfter(refused?.headers, Date.now());
      wait(retryDelay({ ...WAITS, failures: ++failures, serverRetry, retryAfter }, Math.random()));
    }

    function wait(milliseconds: number): void {
      stop();
      stopTimer = setTimer(() => {
        isPaused = closesHidden && page.isHidden();
        if (!isPaused) void connect();
      }, milliseconds);
    }

    /** A page that is stored in the back/forward cache must not hold a connection. */
    function heed(event: PageEvent): void {
      if (event === 'stored' || (event === 'hidden' && closesHidden)) {
        isPaused = true;
        stop();
      } else if (isPaused && /^(restored|visible)$/.test(event) && !(closesHidden && page.isHidden())) {
        void connect();
      }
    }

    function finish(): void {
      over();
      resolve();
    }

    function fail(reason: unknown): void {
      over();
      // What the caller's own hook threw goes out as it is.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      reject(reason);
    }

    function over(): void {
      outer?.removeEventListener('abort', finish);
      stopWatching();
      stop();
    }

    function stop(): void {
      stopTimer();
      controller?.abort();
      controller = undefined;
    }
  });
}

function acceptEventStream(response: Response): void {
  const { ok, status, url, headers } = response;
  if (!ok) throw new EnckeError('status', `The server answered ${String(status)}.`, { status, url, headers });
  if (isEventStream(response)) return;
  const type = String(headers.get('content-type'));
  const sentence = `Expected content-type to be ${EventStreamContentType}, actual: ${type}.`;
  throw new EnckeError('content-type', sentence, { status, url, headers });
}

/** Whether another attempt may end in another way. */
function canHelp(error: unknown, response: Response | undefined): boolean {
  if (!response) return true;
  return response.ok ? !(error instanceof EnckeError) : meaningOfStatus(response.status) === 'retry';
}
