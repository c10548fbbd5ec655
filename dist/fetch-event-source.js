import { b as eventStream, a8 as nothing, af as readText, ag as tagOf, ah as isStream, ai as meaningOfStatus, a9 as call, aj as utf8Bytes, ak as isEventStream, al as setTimer, am as pageOf, E as EnckeError, an as retryDelay, ao as readRetryAfter, ap as MAX_RETRY_DELAY, aq as RETRY_DELAY } from './shared-index.js';

// What a caller gives and gets, in the types of @microsoft/fetch-event-source.
/** The content type of an event stream. */
const EventStreamContentType = 'text/event-stream';

// One response of an event stream, read into messages.
/**
 * Resolves when the body has ended, or the signal has aborted. Rejects when the body breaks off.
 *
 * @param unnamed the event of a message that names none
 */
async function readEventStream(response, signal, sink, unnamed) {
    const isLive = () => !signal.aborted;
    const { feed } = eventStream.decoder({
        message(message) {
            if (isLive())
                sink.message(message);
        },
        id(id) {
            if (isLive())
                sink.id(id);
        },
        retry(milliseconds) {
            if (isLive())
                sink.retry(milliseconds);
        },
        // No message is too long here.
        problem: nothing,
        failed: nothing,
    }, { maxMessageSize: Infinity, lastEventId: '', flush: false, ...({ unnamed }) });
    const reader = response.body?.getReader();
    // A caller's own fetch may not heed the signal.
    signal.addEventListener('abort', () => void reader?.cancel().catch(nothing), { once: true });
    // The byte order mark is the decoder's to drop.
    const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
    const decode = (bytes) => utf8.decode(bytes, { stream: bytes !== undefined });
    await readText(response, reader, decode, (text) => {
        feed(text);
        return isLive() ? undefined : false;
    });
}

// The headers of each request, under the names that the caller has written.
/** A plain object, for a caller's own `fetch` may spread it. The later of the sources wins. */
function createHeaders(...sources) {
    const record = {};
    const set = (name, value) => {
        for (const key of Object.keys(record))
            if (isSame(key, name))
                Reflect.deleteProperty(record, key);
        if (value !== undefined)
            record[name] = value;
    };
    for (const source of sources) {
        const pairs = source && Symbol.iterator in source ? source : Object.entries(source ?? {});
        for (const [name = '', value] of pairs)
            set(name, value);
    }
    if (!Object.keys(record).some((key) => isSame(key, 'accept')))
        set('accept', EventStreamContentType);
    // A name or value that no request can have is told at once, not tried again and again.
    new Headers(record);
    return { record, set };
}
function isSame(name, other) {
    return name.toLowerCase() === other.toLowerCase();
}

// `fetchEventSource` with the options and hooks of @microsoft/fetch-event-source: an event stream read by fetch.
/** Of the waits that nobody asked for. */
const WAITS = { retryDelay: RETRY_DELAY, maxRetryDelay: MAX_RETRY_DELAY };
/**
 * Resolves when `signal` aborts, when the server answers 204 or 205, and at the end of a response after which the request
 * is not made again. Rejects with what `onerror` throws, and with an error after which a retry cannot help.
 */
function fetchEventSource(input, init = {}) {
    const { signal, headers, onopen, onmessage, onclose, onerror, openWhenHidden, reconnect, ...others } = init;
    const { fetch: ownFetch, ...rest } = others;
    const request = tagOf(input) === 'Request' ? input : undefined;
    const { method = request?.method ?? 'GET', body } = rest;
    const isOnce = isStream(body);
    const isRepeatable = !isOnce && (reconnect ?? /^(GET|HEAD)$/i.test(method));
    const closesHidden = isRepeatable && !openWhenHidden;
    const outer = signal ?? request?.signal;
    const accept = onopen ?? acceptEventStream;
    const page = pageOf({});
    return new Promise((resolve, reject) => {
        const sent = createHeaders(request?.headers, headers);
        let controller; // of the request under way
        let stopTimer = nothing; // the wait for the next one
        let isPaused = false; // until the page is shown
        let failures = 0; // attempts in a row that brought nothing; -1 when this one has brought something
        let serverRetry; // the reconnection time the server set
        if (outer?.aborted) {
            resolve();
            return;
        }
        outer?.addEventListener('abort', finish);
        const stopWatching = isRepeatable ? page.watch(heed) : nothing;
        void connect();
        async function connect() {
            stop();
            isPaused = false;
            const mine = (controller = new AbortController());
            const isLive = () => controller === mine;
            let response;
            try {
                response = await (ownFetch ?? fetch)(request ? request.clone() : input, {
                    // As EventSource does. A Request says it itself.
                    ...(!request && { cache: 'no-store' }),
                    ...rest,
                    headers: { ...sent.record },
                    signal: mine.signal,
                });
                if (isLive() && meaningOfStatus(response.status) === 'done')
                    finish();
                if (isLive())
                    await accept(response);
                if (isLive())
                    await readEventStream(response, mine.signal, createSink(isLive), '');
                if (isLive())
                    onclose?.();
                if (isLive())
                    ended(response);
            }
            catch (error) {
                if (isLive())
                    ask(error, isLive, () => failed(error, response));
            }
            // Nobody reads what is left of it.
            mine.abort();
            response?.body?.cancel().catch(nothing);
        }
        function createSink(isLive) {
            let id = '';
            let retry;
            return {
                id(stated) {
                    id = stated;
                    sent.set('last-event-id', id ? utf8Bytes(id) : undefined);
                },
                retry(milliseconds) {
                    serverRetry = retry = milliseconds;
                },
                message({ event, data }) {
                    failures = -1;
                    const message = { id, event, data: data };
                    if (retry !== undefined)
                        message.retry = retry;
                    id = '';
                    retry = undefined;
                    if (!onerror) {
                        call(onmessage, message);
                        return;
                    }
                    try {
                        onmessage?.(message);
                    }
                    catch (error) {
                        ask(error, isLive, nothing);
                    }
                },
            };
        }
        /** Asks the caller what follows an error: it may end all, or name a time. `otherwise` is what follows by itself. */
        function ask(error, isLive, otherwise) {
            const decide = (answer) => {
                if (!isLive())
                    return;
                if (typeof answer === 'number' && answer >= 0 && !isOnce)
                    wait(answer);
                else
                    otherwise();
            };
            const refuse = (reason) => {
                if (isLive())
                    fail(reason);
            };
            let answer;
            try {
                answer = onerror?.(error);
            }
            catch (reason) {
                refuse(reason);
                return;
            }
            if (answer instanceof Promise)
                answer.then(decide, refuse);
            else
                decide(answer);
        }
        function ended(response) {
            // A response that only the caller could read is no stream that was lost.
            if (isRepeatable && response.ok && isEventStream(response))
                waitAsUsual();
            else
                finish();
        }
        function failed(error, response) {
            if (isRepeatable && canHelp(error, response))
                waitAsUsual(response);
            else
                fail(error);
        }
        function waitAsUsual(refused) {
            const retryAfter = readRetryAfter(refused?.headers, Date.now());
            wait(retryDelay({ ...WAITS, failures: ++failures, serverRetry, retryAfter }, Math.random()));
        }
        function wait(milliseconds) {
            stop();
            stopTimer = setTimer(() => {
                isPaused = closesHidden && page.isHidden();
                if (!isPaused)
                    void connect();
            }, milliseconds);
        }
        /** A page that is stored in the back/forward cache must not hold a connection. */
        function heed(event) {
            if (event === 'stored' || (event === 'hidden' && closesHidden)) {
                isPaused = true;
                stop();
            }
            else if (isPaused && /^(restored|visible)$/.test(event) && !(closesHidden && page.isHidden())) {
                void connect();
            }
        }
        function finish() {
            over();
            resolve();
        }
        function fail(reason) {
            over();
            // What the caller's own hook threw goes out as it is.
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
            reject(reason);
        }
        function over() {
            outer?.removeEventListener('abort', finish);
            stopWatching();
            stop();
        }
        function stop() {
            stopTimer();
            controller?.abort();
            controller = undefined;
        }
    });
}
function acceptEventStream(response) {
    const { ok, status, url, headers } = response;
    if (!ok)
        throw new EnckeError('status', `The server answered ${String(status)}.`, { status, url, headers });
    if (isEventStream(response))
        return;
    const type = String(headers.get('content-type'));
    const sentence = `Expected content-type to be ${EventStreamContentType}, actual: ${type}.`;
    throw new EnckeError('content-type', sentence, { status, url, headers });
}
/** Whether another attempt may end in another way. */
function canHelp(error, response) {
    if (!response)
        return true;
    return response.ok ? !(error instanceof EnckeError) : meaningOfStatus(response.status) === 'retry';
}

export { EventStreamContentType, fetchEventSource };
//# sourceMappingURL=fetch-event-source.js.map
