// The one error class, and the closed set of codes it carries.
/** Every error encke reports or throws. */
class EnckeError extends Error {
    name = 'EnckeError';
    code;
    constructor(code, message, details = {}) {
        super(message);
        this.code = code;
        Object.assign(this, details);
    }
}

// Every option, what it means, and its default.
/** The default of every option that has a value for one. */
const DEFAULTS = {
    credentials: 'same-origin',
    lastEventId: '',
    lastEventIdParam: 'lastEventId',
    transportParam: 'transport',
    callback: 'enckeReceive',
    maxMessageSize: 1_048_576,
    connectTimeout: 15_000,
    longPollTimeout: 60_000,
    pollInterval: 5_000,
    retryDelay: 1_000,
    maxRetryDelay: 30_000,
    maxAttempts: Infinity,
};
/** Shortest time between two polls, in milliseconds. */
const MIN_POLL_INTERVAL = 1_000;
/** Smallest value of every number. */
const LEAST = {
    maxMessageSize: 1,
    connectTimeout: 1,
    longPollTimeout: 1,
    pollInterval: MIN_POLL_INTERVAL,
    retryDelay: 0,
    maxRetryDelay: 0,
    maxAttempts: 1,
};
/**
 * Puts the defaults in place, once, at the border.
 *
 * @throws EnckeError `invalid-option` for a value outside its bounds.
 */
function resolveOptions(options) {
    // An option given as `undefined` is an option not given.
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    const resolved = { method: 'body' in given ? 'POST' : 'GET', ...DEFAULTS, ...given };
    resolved.method = resolved.method.toUpperCase();
    if (resolved.method === 'GET' && resolved.body !== undefined) {
        throw new EnckeError('invalid-option', 'A GET request has no body. Use POST.');
    }
    for (const [name, least] of Object.entries(LEAST)) {
        // Written so that NaN and text fail, too.
        if (resolved[name] >= least)
            continue;
        throw new EnckeError('invalid-option', `${name} must be a number, at least ${String(least)}.`);
    }
    return resolved;
}

// Calls into code that is not ours.
/** Runs a handler. When it throws, the rest goes on and the page's error reporting hears of it. */
function call(handler, ...args) {
    try {
        return handler?.(...args);
    }
    catch (error) {
        // A throw in a task of its own reaches `window.onerror` everywhere, and Node, which has no `reportError`.
        setTimeout(() => {
            throw error;
        });
        return undefined;
    }
}

// Where we are in the stream: the last event id, and what must not be delivered again.
/** How many messages are remembered to recognise a replay. */
const MEMORY = 512;
function createCursor(initialId) {
    let id = initialId;
    let replaying = false; // every id of this connection so far is one that an earlier connection delivered
    let replayed = false; // so is the current id
    let delivered; // id → fingerprint, made when the first id of a connection comes
    let count = 0; // messages remembered, ever
    const ids = [];
    const fingerprints = [];
    return {
        get id() {
            return id;
        },
        etag: null,
        reconnected() {
            replaying = count > 0;
            replayed = false;
            delivered = undefined;
        },
        moveTo(next) {
            id = next;
            if (!replaying)
                return;
            delivered ??= new Map(ids.map((known, slot) => [known, fingerprints[slot] ?? 0]));
            replaying = replayed = delivered.has(next);
        },
        isReplay(data) {
            if (replayed && delivered?.get(id) === fingerprint(data))
                return true;
            if (id === '')
                return false;
            ids[count % MEMORY] = id;
            fingerprints[count++ % MEMORY] = fingerprint(data);
            return false;
        },
    };
}
/**
 * Tells most messages under one id apart without keeping or reading them whole:
 * a server that begins its numbering anew sends known ids with other data, and those are no replay.
 */
function fingerprint(data) {
    if (typeof data !== 'string')
        return 0;
    const { length } = data;
    return length + 31 * (data.charCodeAt(length >> 1) + 31 * data.charCodeAt(length - 1)) || length;
}

// Messages on their way to a loop that takes them one by one.
/** @param onReturn called when the loop is left early */
function createMessageQueue(onReturn) {
    let items = [];
    let next = 0; // index of the first item not yet given
    let ended = false;
    let failure;
    let wake; // set while the loop waits
    return {
        push(item) {
            items.push(item);
            wake?.();
        },
        end(error) {
            ended = true;
            failure = error;
            wake?.();
        },
        take() {
            const rest = items.slice(next);
            clear();
            return rest;
        },
        async next() {
            while (next === items.length && !ended) {
                await new Promise((resolve) => (wake = resolve));
                wake = undefined;
            }
            if (next < items.length)
                return { done: false, value: give() };
            const error = failure;
            failure = undefined;
            if (error)
                throw error;
            return { done: true, value: undefined };
        },
        return() {
            ended = true;
            clear();
            onReturn();
            return Promise.resolve({ done: true, value: undefined });
        },
    };
    function give() {
        const item = items[next++];
        // Given items are let go in bulk: one by one would cost a move of the whole array each.
        if (next === items.length || next === 1024) {
            items = items.slice(next);
            next = 0;
        }
        return item;
    }
    function clear() {
        items = [];
        next = 0;
    }
}

// Which transport carries a request: the best that can, until it proves that it does not work here.
/** Streams in a row that may open and bring nothing before the next rung is tried. */
const MUTE_STREAMS = 3;
/** @throws EnckeError `no-transport` when no rung can carry the request. */
function createLadder(rungs, demand, onChange) {
    const givenUp = new Map(); // transports that do not work here → why
    const proved = new Set(); // transports that have brought something here
    let refusals = [];
    let muteStreams = 0; // in a row
    const first = pick();
    if (!first)
        throw noTransport(refusals);
    let transport = first;
    return {
        get transport() {
            return transport;
        },
        begin() {
            onChange({ to: transport.name, refusals });
        },
        leave,
        weigh(opened, healthy) {
            if (healthy)
                proved.add(transport);
            muteStreams = healthy || !opened ? 0 : muteStreams + 1;
            if (muteStreams < MUTE_STREAMS || proved.has(transport))
                return;
            const mute = transport;
            // A hint, no proof: on the last rung it changes nothing.
            if (!leave(`opened ${String(MUTE_STREAMS)} times and brought nothing`))
                givenUp.delete(mute);
        },
    };
    function leave(reason) {
        const from = transport.name;
        givenUp.set(transport, reason);
        muteStreams = 0;
        const next = pick();
        if (!next)
            return false;
        transport = next;
        onChange({ from, to: next.name, reason, refusals });
        return true;
    }
    function pick() {
        refusals = [];
        return rungs.find((rung) => {
            const refusal = givenUp.get(rung) ?? rung.refuses(demand);
            if (refusal !== undefined)
                refusals.push(`${rung.name} ${refusal}`);
            return refusal === undefined;
        });
    }
}
function noTransport(refusals) {
    const reasons = refusals.join('; ') || 'the list is empty';
    return new EnckeError('no-transport', `No transport can carry this: ${reasons}. Add fetchStream, xhrStream or longPoll, which carry any request.`);
}

// Which format reads a response: the one its content type names.
/** The formats that a response may have, by the one media type its transport asks for, where it asks for one. */
function formatsFor(formats, asked) {
    return formats.filter(({ onlyWhenAsked, mediaTypes: [type] }) => !onlyWhenAsked || type === asked);
}
function pickFormat(formats, contentType) {
    const [mediaType = ''] = contentType?.toLowerCase().match(/[^\s;]+/) ?? [];
    // RFC 6839: `application/problem+json` is JSON.
    const type = mediaType.endsWith('+json') ? 'application/json' : mediaType;
    return formats.find(({ mediaTypes }) => mediaTypes.includes(type));
}

// One attempt's request, made from the options and the cursor.
/** What the options ask of a carrier. A function counts as what it may return. */
function demandOf({ crossOrigin, once, options }) {
    const { method, headers, body, credentials, fetch } = options;
    return {
        method,
        headers: headers !== undefined,
        body: body === undefined ? 'none' : isForm(body) ? 'form' : 'any',
        crossOrigin,
        credentials,
        once,
        ownFetch: fetch !== undefined,
    };
}
/** Asks the functions among the options, then puts the request together. */
async function buildRequest(target, transport, cursor) {
    const { options, crossOrigin, fetch } = target;
    const { method, credentials, callback } = options;
    const url = new URL(target.url);
    const headers = new Headers(await ask(options.headers));
    let body = await ask(options.body);
    if (isJson(body)) {
        body = JSON.stringify(body);
        setDefault('content-type', 'application/json');
    }
    setDefault('accept', transport.accept ?? acceptOf(target));
    // Across origins these headers would cause a preflight, which most servers refuse.
    const sendsHeaders = transport.sendsHeaders && !crossOrigin;
    if (cursor.id) {
        if (sendsHeaders)
            headers.set('last-event-id', utf8Bytes(cursor.id));
        else
            url.searchParams.set(options.lastEventIdParam, cursor.id);
    }
    if (cursor.etag && sendsHeaders)
        headers.set('if-none-match', cursor.etag);
    if (transport.namesItself && options.transportParam) {
        url.searchParams.set(options.transportParam, transport.name);
    }
    const events = target.eventNames();
    return { url: url.href, method, headers, body: body ?? null, credentials, fetch, callback, events };
    function setDefault(name, value) {
        if (!headers.has(name))
            headers.set(name, value);
    }
}
async function ask(asked) {
    return typeof asked === 'function' ? asked() : asked;
}
function isForm(body) {
    return body instanceof URLSearchParams || body instanceof FormData;
}
/** A plain object or an array; everything else that fetch takes has a class of its own. */
function isJson(body) {
    return Array.isArray(body) || Object.getPrototypeOf(body ?? '') === Object.prototype;
}
function acceptOf({ options, formats }) {
    const asked = options.format ? [options.format] : formatsFor(formats, undefined);
    return asked.map(({ mediaTypes: [type] }) => type).join(', ');
}
/** [spec] The id is encoded as UTF-8; a header value takes one character per byte. */
function utf8Bytes(text) {
    return String.fromCharCode(...new TextEncoder().encode(text));
}

// How long to wait before the next attempt.
/**
 * Exponential back-off with jitter. What the server asked for is a floor, to which the jitter is added.
 *
 * After a healthy connection the jitter is full, so a crowd that lost its server comes back spread out.
 * After failures the lower half of the range is left out: a lucky draw must not hammer a server that
 * accepts and drops (at the defaults at most 12 attempts fall into two minutes).
 *
 * @param random a number from 0 to below 1
 */
function retryDelay(facts, random) {
    const { failures, retryDelay: base, serverRetry = 0, retryAfter = 0 } = facts;
    const floor = Math.max(serverRetry, retryAfter);
    const range = Math.min(facts.maxRetryDelay, base * 2 ** failures);
    if (failures > 0)
        return floor + (range * (1 + random)) / 2;
    // A healthy server that named a short time means it: 20 ms stay about 20 ms.
    // From the base on, the spread is as wide as the wait itself.
    return floor + random * (floor > 0 ? floor * Math.min(1, floor / base) : range);
}
/**
 * The wait that a `Retry-After` header asks for, in milliseconds; 0 where there is none or it cannot be read.
 * RFC 9110, section 10.2.3: seconds, or an HTTP date.
 *
 * @param wallClock milliseconds since 1970
 */
function readRetryAfter(value, wallClock) {
    return Math.max(0, Number(value) * 1000 || Date.parse(value ?? '') - wallClock || 0);
}

// One attempt: a request, and its response as messages.
function startTurn(target, transport, cursor, listener) {
    let live = true; // neither ended nor stopped
    let stopTransport;
    let decoder; // absent until the head, and where the browser decodes
    let etag;
    const sink = {
        opened(head) {
            etag = head.headers?.get('etag');
            if (head.headers)
                decode(head, head.headers.get('content-type'));
            if (live)
                listener.opened(head);
        },
        text: (chunk) => decoder?.feed(chunk),
        // A sign of life; nothing watches for silence yet.
        alive: () => undefined,
        // A handler may have closed us in the middle of a chunk: then the rest of it counts for nothing.
        message(message) {
            if (live && !cursor.isReplay(message.data))
                listener.message(message);
        },
        id(id) {
            if (live)
                cursor.moveTo(id);
        },
        retry(milliseconds) {
            if (live)
                listener.retry(milliseconds);
        },
        problem(error) {
            if (live)
                listener.problem(error);
        },
        ended(end) {
            if (end.how === 'complete') {
                decoder?.end();
                cursor.etag = etag;
            }
            finish(end);
        },
    };
    cursor.reconnected();
    buildRequest(target, transport, cursor).then((request) => {
        if (live)
            stopTransport = transport.open(request, sink);
    }, (cause) => {
        finish(failed(new EnckeError('invalid-option', `The request cannot be built: ${String(cause)}`, { cause })));
    });
    return stop;
    /** Finds the format that reads this response. */
    function decode(head, contentType) {
        const { options, formats, once } = target;
        const format = options.format ?? pickFormat(formatsFor(formats, transport.accept), contentType);
        decoder = format?.decoder(sink, { ...options, lastEventId: cursor.id, flush: once });
        if (decoder)
            return;
        stopTransport?.();
        const sentence = `No format reads ${contentType ?? 'this'}. Is it a login or error page? Else name the format.`;
        finish(failed(new EnckeError('content-type', sentence, head)));
    }
    function finish(end) {
        if (!live)
            return;
        live = false;
        listener.ended(end);
    }
    function stop() {
        live = false;
        stopTransport?.();
    }
}
function failed(error) {
    return { how: 'failed', error };
}

// What the end of a response means for what comes next.
/** What a status that carries no messages means. One not listed is `retry` from 500 on, and else `fatal`. */
const STATUS_VERDICTS = {
    // [spec] Clients will reconnect if the connection is closed; a client can be told to stop reconnecting
    // using the HTTP 204 No Content response code.
    204: 'done',
    205: 'done',
    304: 'again',
    408: 'retry',
    425: 'retry',
    429: 'retry',
};
/** @param once whether this was a request, which is never sent again: what would be retried is fatal */
function verdictOn(end, once) {
    if (end.how === 'complete')
        return { next: once ? 'done' : 'again' };
    if (end.how === 'status')
        return verdictOnStatus(end, once);
    const { how, error } = end;
    if (how === 'unusable')
        return { next: 'fall-back', error };
    return { next: how === 'failed' || once ? 'fatal' : 'retry', error };
}
function verdictOnStatus({ head, body }, once) {
    const { status } = head;
    const next = STATUS_VERDICTS[status] ?? (status < 500 ? 'fatal' : 'retry');
    if (next === 'done' || (next === 'again' && !once))
        return { next };
    const error = new EnckeError('status', `The server answered ${String(status)}.`, { ...head, body });
    return { next: once ? 'fatal' : next, error };
}

// The life of one subscription or request: connect, keep, and decide what follows an end.
/** Open this long, a stream has proved healthy even without a message. Milliseconds. */
const HEALTHY_AFTER = 10_000;
/** Shortest time from one long poll to the next when the first came back empty. Milliseconds. */
const EMPTY_ANSWER_PAUSE = 1_000;
/** The moves a state allows. */
const MOVES = {
    connecting: ['open', 'waiting', 'closed'],
    open: ['waiting', 'closed'],
    waiting: ['connecting', 'closed'],
    closed: [],
};
function startSession(plan) {
    const { target, ladder, environment } = plan;
    const { options, once } = target;
    let state = 'connecting';
    let attempt = 0; // requests made
    let failures = 0; // attempts in a row that brought nothing
    let serverRetry; // the reconnection time the server set
    let startedAt = 0; // when the current attempt began
    let opened = false; // whether it has seen a head
    let messages = 0; // what it has brought
    let stopTurn;
    let stopTimer; // of the wait, or of the deadline of the current attempt
    // The first connection waits for the end of the current code,
    // so that what is closed at once (a component mounted twice) never reaches the network.
    queueMicrotask(() => {
        // On a server a page's code may call us while it renders; nothing must happen then.
        if (isClosed() || environment.baseUrl() === undefined)
            return;
        ladder.begin();
        connect();
    });
    return {
        get state() {
            return state;
        },
        report,
        close,
    };
    function connect() {
        if (isClosed())
            return;
        const { rhythm } = ladder.transport;
        const deadline = rhythm === 'answer' ? options.longPollTimeout : options.connectTimeout;
        attempt++;
        messages = 0;
        opened = false;
        startedAt = environment.now();
        stopTimer = environment.setTimer(() => {
            stopTurn?.();
            ended({ how: 'cut', error: new EnckeError('timeout', `No answer within ${String(deadline)} ms.`) });
        }, deadline);
        stopTurn = startTurn(target, ladder.transport, plan.cursor, {
            opened(head) {
                // A stream is under way; a poll has its answer only when it is whole.
                if (rhythm === 'stream')
                    stopTimer?.();
                opened = true;
                become('open', 'the server has answered');
                plan.onHead(head);
            },
            message(message) {
                messages++;
                plan.onMessage(message);
            },
            retry(milliseconds) {
                serverRetry = milliseconds;
            },
            problem: report,
            ended,
        });
    }
    function ended(end) {
        const isAnswer = ladder.transport.rhythm !== 'stream';
        const elapsed = environment.now() - startedAt;
        const isHealthy = messages > 0 || (isAnswer && end.how === 'complete') || (opened && elapsed >= HEALTHY_AFTER);
        failures = isHealthy ? 0 : failures + 1;
        stopTimer?.();
        ladder.weigh(opened, isHealthy);
        const { next, error } = verdictOn(end, once);
        if (next === 'done')
            close(next);
        else if (next === 'fatal')
            fail(next, error);
        else if (next === 'again' && isAnswer)
            wait(pauseBetweenAnswers(elapsed));
        else if (next === 'fall-back')
            leave(error);
        else
            retry(error);
    }
    /** An empty long poll never comes back in a tight loop. */
    function pauseBetweenAnswers(elapsed) {
        if (ladder.transport.rhythm === 'interval')
            return options.pollInterval;
        return messages > 0 ? 0 : Math.max(0, EMPTY_ANSWER_PAUSE - elapsed);
    }
    function leave(error) {
        const reason = error?.message ?? '';
        if (!ladder.leave(reason)) {
            const sentence = `No transport works here. The last one failed: ${reason}`;
            fail('fatal', new EnckeError('no-transport', sentence, { cause: error }));
            return;
        }
        report(error);
        wait(0);
    }
    function retry(error) {
        const retryAfter = readRetryAfter(error?.headers?.get('retry-after'), Date.now());
        const delay = retryDelay({ ...options, failures, serverRetry, retryAfter }, environment.random());
        const wanted = failures < options.maxAttempts && (call(options.retry, { error, failures, delay }) ?? delay);
        if (wanted === false) {
            const sentence = `Gave up after ${String(failures)} attempts in a row that brought nothing.`;
            fail('retries', new EnckeError('retries', sentence, { cause: error }));
            return;
        }
        report(error, wanted);
        become('waiting', error?.message ?? 'the stream ended', error, wanted);
        wait(wanted);
    }
    function wait(milliseconds) {
        if (isClosed())
            return;
        stopTimer = environment.setTimer(() => {
            become('connecting', 'the wait is over');
            connect();
        }, milliseconds);
    }
    function fail(reason, error) {
        report(error);
        close(reason, error);
    }
    function report(error, retryIn) {
        if (isClosed() || !error)
            return;
        const { url, options } = target;
        const details = { url, ...error, attempt, transport: ladder.transport.name, retryIn };
        call(options.onError, Object.assign(error, details));
    }
    function close(reason, error) {
        if (isClosed())
            return;
        stopTimer?.();
        stopTurn?.();
        become('closed', error?.message ?? reason, error);
        plan.onClosed({ reason, error });
    }
    function become(next, reason, error, retryIn) {
        if (!MOVES[state].includes(next))
            return;
        const previous = state;
        state = next;
        const transport = ladder.transport.name;
        call(options.onState, { state, previous, reason, attempt, transport, retryIn, error });
    }
    /** A function, so that the compiler forgets what it knew of `state` before a handler ran. */
    function isClosed() {
        return state === 'closed';
    }
}

// What a caller holds: a session, with the handlers and loops that its messages go to.
/** Stands for the page's address on a server, where nothing is requested. */
const NOWHERE = 'https://localhost';
function startConnection(plan) {
    const { environment, once } = plan;
    const options = resolveOptions(plan.options);
    const { signal, onMessage, parse, endOn, until } = options;
    const base = environment.baseUrl();
    const url = new URL(plan.url, base ?? NOWHERE);
    const cursor = createCursor(options.lastEventId);
    const handlers = new Map();
    const loops = new Set();
    let head;
    let settle;
    const closed = new Promise((resolve) => (settle = resolve));
    for (const [event, handler] of Object.entries(options.on ?? {}))
        on(event, handler);
    // A request keeps its messages for whoever awaits it or loops over it later.
    let unclaimed = once && !onMessage && !options.on ? addLoop() : undefined;
    const target = {
        url: url.href,
        crossOrigin: url.origin !== new URL(base ?? NOWHERE).origin,
        options,
        formats: plan.formats,
        fetch: options.fetch ?? environment.fetch,
        once,
        eventNames: () => [...handlers.keys()],
    };
    const rungs = options.transports ?? plan.transports;
    const ladder = createLadder(rungs, demandOf(target), (change) => call(options.onTransport, change));
    const session = startSession({
        target,
        ladder,
        environment,
        cursor,
        onHead: (seen) => (head = seen),
        onMessage: receive,
        onClosed(last) {
            signal?.removeEventListener('abort', abort);
            settle(last);
        },
    });
    if (signal?.aborted)
        abort();
    else
        signal?.addEventListener('abort', abort);
    const connection = {
        get state() {
            return session.state;
        },
        get transport() {
            return ladder.transport.name;
        },
        get lastEventId() {
            return cursor.id;
        },
        closed,
        close,
        on: on,
        [Symbol.asyncIterator]() {
            const loop = unclaimed ?? addLoop();
            unclaimed = undefined;
            return loop;
        },
    };
    return { connection: connection, reply };
    function receive(raw) {
        if (endOn !== undefined && raw.data === endOn) {
            session.close('done');
            return;
        }
        const message = parse && typeof raw.data === 'string' ? parsed(raw, raw.data, parse) : raw;
        if (!message)
            return;
        if (onMessage)
            call(onMessage, message);
        for (const handler of handlers.get(message.event) ?? []) {
            // A handler may close the connection; the ones after it hear nothing more.
            if (session.state !== 'closed')
                call(handler, message.data, message);
        }
        for (const loop of loops)
            loop.push(message);
        if (until && call(until, message))
            session.close('done');
    }
    function parsed(raw, text, parse) {
        try {
            return { ...raw, data: parse(text, raw) };
        }
        catch (cause) {
            const payload = text.slice(0, 200);
            session.report(new EnckeError('malformed', `parse: ${String(cause)}`, { cause, payload }));
            return undefined;
        }
    }
    function on(event, handler) {
        const known = handlers.get(event) ?? new Set();
        handlers.set(event, known.add(handler));
        return () => {
            known.delete(handler);
        };
    }
    function addLoop() {
        const loop = createMessageQueue(close);
        loops.add(loop);
        // Also ends a loop that begins after the connection has ended.
        void closed.then(({ error }) => {
            loop.end(error);
        });
        return loop;
    }
    function close() {
        session.close('user');
    }
    function abort() {
        session.close('abort');
    }
    async function reply() {
        const { reason, error } = await closed;
        if (error)
            throw error;
        if (reason === 'abort')
            throw signal?.reason;
        return {
            messages: (unclaimed?.take() ?? []),
            status: head?.status ?? 204,
            url: head?.url ?? url.href,
            headers: head?.headers,
            transport: ladder.transport.name,
        };
    }
}

// What a session needs of the world around it, so that a test can be that world.
const browserEnvironment = {
    now: () => performance.now(),
    setTimer(callback, milliseconds) {
        // A longer timer would fire at once.
        const timer = setTimeout(callback, Math.min(milliseconds, MAX_TIMER));
        return () => {
            clearTimeout(timer);
        };
    },
    random: Math.random,
    // The document's base URL counts `<base href>`; a worker has only its location.
    baseUrl: () => globalThis.document?.baseURI ?? globalThis.location?.href,
    fetch: (input, init) => fetch(input, init),
};
/** The longest timer browsers keep, about 24.8 days. */
const MAX_TIMER = 2 ** 31 - 1;

// The two verbs, made from the parts they are given.
/** Makes a client of the parts named, and of nothing else: what is not named can leave the bundle. */
function createClient({ environment = browserEnvironment, ...parts }) {
    return { subscribe, request };
    function subscribe(url, options = {}) {
        return startConnection({ ...parts, environment, url, options, once: false }).connection;
    }
    function request(url, given = {}) {
        // One exchange may take its time; who wants a limit gives one, or a signal.
        const options = { connectTimeout: Infinity, longPollTimeout: Infinity, ...given };
        const { connection, reply } = startConnection({ ...parts, environment, url, options, once: true });
        const then = (resolved, rejected) => reply().then(resolved, rejected);
        return Object.assign(connection, { then });
    }
}

// The text/event-stream format: decodes server-sent events.
const eventStream = {
    name: 'event-stream',
    mediaTypes: ['text/event-stream'],
    decoder: createDecoder,
};
const BYTE_ORDER_MARK = 0xfeff;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const COLON = 58;
const DATA_PREFIX = 6;
const SHORT = 16;
const DEFAULT_EVENT = 'message';
const PAYLOAD_LENGTH = 200;
const DIGITS = /^[0-9]+$/;
function createDecoder(sink, { maxMessageSize, lastEventId, flush }) {
    let fresh = true;
    let afterCarriageReturn = false;
    let pending = '';
    let inData = false;
    let data = '';
    let hasData = false;
    let dropped = false;
    let event = DEFAULT_EVENT;
    let id;
    return { feed, end };
    function feed(chunk) {
        const length = chunk.length;
        if (length === 0)
            return;
        let start = skipMark(chunk.charCodeAt(0));
        if (inData || pending !== '') {
            const end = scan(chunk, start);
            continueLine(start === 0 && end === length ? chunk : chunk.slice(start, end), end < length);
            if (end === length)
                return;
            start = skipEnd(chunk, end);
        }
        let lineFeed = -1;
        let carriageReturn = -1;
        while (start < length) {
            const first = chunk.charCodeAt(start);
            let end = start;
            if (isData(chunk, start)) {
                const from = start + 5 < length && chunk.charCodeAt(start + 5) === SPACE ? start + 6 : start + 5;
                if (length < SHORT)
                    end = scan(chunk, from);
                else {
                    if (lineFeed < from && (lineFeed = chunk.indexOf('\n', from)) < 0)
                        lineFeed = length;
                    if (carriageReturn < from && (carriageReturn = chunk.indexOf('\r', from)) < 0)
                        carriageReturn = length;
                    end = lineFeed < carriageReturn ? lineFeed : carriageReturn;
                    if (end + 1 < carriageReturn && id === undefined && chunk.charCodeAt(end + 1) === LINE_FEED && !hasData && !dropped && end - from <= maxMessageSize) {
                        const message = { event, data: chunk.slice(from, end), id: lastEventId };
                        event = DEFAULT_EVENT;
                        sink.message(message);
                        start = end + 2;
                        continue;
                    }
                }
                if (end === length)
                    break;
                addData(chunk.slice(from, end));
            }
            else if (first === LINE_FEED || first === CARRIAGE_RETURN) {
                takeBlank();
            }
            else if (first === COLON) {
                end = scan(chunk, start);
                if (end === length)
                    break;
            }
            else {
                end = scan(chunk, start + 1);
                if (end === length)
                    break;
                takeField(chunk, start, end);
            }
            start = end + 1;
            if (chunk.charCodeAt(end) === CARRIAGE_RETURN) {
                if (start === length)
                    afterCarriageReturn = true;
                else if (chunk.charCodeAt(start) === LINE_FEED)
                    start++;
            }
        }
        if (start < length)
            takeStart(start === 0 ? chunk : chunk.slice(start));
    }
    function skipEnd(chunk, end) {
        const start = end + 1;
        if (chunk.charCodeAt(end) === LINE_FEED)
            return start;
        if (start === chunk.length)
            afterCarriageReturn = true;
        else if (chunk.charCodeAt(start) === LINE_FEED)
            return start + 1;
        return start;
    }
    function skipMark(first) {
        const skip = fresh ? first === BYTE_ORDER_MARK : afterCarriageReturn && first === LINE_FEED;
        fresh = afterCarriageReturn = false;
        return skip ? 1 : 0;
    }
    function continueLine(text, whole) {
        if (inData) {
            append(text);
            inData = !whole;
        }
        else if (whole) {
            const line = pending + text;
            pending = '';
            if (isData(line, 0))
                addData(line.slice(skipSpace(line, 5)));
            else
                takeField(line, 0, line.length);
        }
        else
            takeStart(text);
    }
    function takeStart(text) {
        const undecided = pending.length < DATA_PREFIX;
        pending += text;
        if (undecided && pending.length >= DATA_PREFIX && isData(pending, 0)) {
            const value = pending.slice(skipSpace(pending, 5));
            pending = '';
            inData = true;
            addData(value);
        }
        else
            checkPending();
    }
    function addData(value) {
        if (hasData)
            append('\n');
        hasData = true;
        append(value);
    }
    function append(text) {
        if (dropped)
            return;
        if (data.length + text.length > maxMessageSize)
            drop(data + text);
        else
            data += text;
    }
    function takeField(text, start, end) {
        const first = text.charCodeAt(start);
        if (first === 105 && text.charCodeAt(start + 1) === 100 && text.charCodeAt(start + 2) === COLON) {
            const value = text.slice(skipSpace(text, start + 3), end);
            if (value.indexOf('\0') < 0)
                id = value;
            return;
        }
        if (first === 101 && text.charCodeAt(start + 1) === 118 && text.charCodeAt(start + 2) === 101 && text.charCodeAt(start + 3) === 110 && text.charCodeAt(start + 4) === 116 && text.charCodeAt(start + 5) === COLON) {
            event = text.slice(skipSpace(text, start + 6), end) || DEFAULT_EVENT;
            return;
        }
        const line = text.slice(start, end);
        let colon = line.indexOf(':');
        if (colon < 0)
            colon = line.length;
        const value = line.slice(skipSpace(line, colon + 1));
        switch (line.slice(0, colon)) {
            case 'data':
                addData(value);
                break;
            case 'event':
                event = value || DEFAULT_EVENT;
                break;
            case 'id':
                if (value.indexOf('\0') < 0)
                    id = value;
                break;
            case 'retry': if (DIGITS.test(value))
                sink.retry(Number(value));
        }
    }
    function takeBlank() {
        if (id !== undefined) {
            lastEventId = id;
            id = undefined;
            sink.id(lastEventId);
        }
        const message = hasData && !dropped ? { event, data, id: lastEventId } : undefined;
        hasData = false;
        data = '';
        event = DEFAULT_EVENT;
        dropped = false;
        if (message)
            sink.message(message);
    }
    function checkPending() {
        if (pending.length - DATA_PREFIX + data.length <= maxMessageSize)
            return;
        if (pending.charCodeAt(0) !== COLON && !dropped)
            drop(data + pending);
        pending = ':';
    }
    function drop(payload) {
        dropped = true;
        data = '';
        sink.problem(new EnckeError('too-large', `A message is longer than maxMessageSize (${maxMessageSize} characters).`, { payload: payload.slice(0, PAYLOAD_LENGTH) }));
    }
    function end() {
        if (!flush)
            return;
        continueLine('', true);
        takeBlank();
    }
}
function isData(text, start) {
    return text.charCodeAt(start) === 100 &&
        text.charCodeAt(start + 1) === 97 &&
        text.charCodeAt(start + 2) === 116 &&
        text.charCodeAt(start + 3) === 97 &&
        text.charCodeAt(start + 4) === 58;
}
function skipSpace(text, at) {
    return text.charCodeAt(at) === SPACE ? at + 1 : at;
}
function scan(text, start) {
    let at = start;
    while (at < text.length) {
        const code = text.charCodeAt(at);
        if (code === LINE_FEED || code === CARRIAGE_RETURN)
            break;
        at++;
    }
    return at;
}

// The text of one message while it comes, kept no longer than the limit.
const EXCERPT_LENGTH$2 = 200;
function createLimitedText(sink, { maxMessageSize }) {
    let text = ''; // undefined: too long, and dropped
    return {
        add(piece) {
            if (text === undefined)
                return;
            text += piece;
            if (text.length <= maxMessageSize)
                return;
            // No more than the limit, so that the excerpt is the same wherever the text was cut.
            const payload = text.slice(0, Math.min(EXCERPT_LENGTH$2, maxMessageSize));
            text = undefined;
            const sentence = `A message is longer than maxMessageSize, ${maxMessageSize} characters. It was skipped.`;
            sink.problem(new EnckeError('too-large', sentence, { payload }));
        },
        take() {
            const whole = text ?? '';
            text = '';
            return whole;
        },
    };
}

// One message, whatever carrier and format brought it.
const ENVELOPE_KEYS = new Set(['id', 'event', 'data', 'retry']);
/**
 * Tells an envelope from a bare value. The JSON formats and the frame's callback share this rule:
 * an object with `data` and `id` or `event` (or both), and no other key but `retry`.
 */
function isEnvelope(value) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'data'))
        return false;
    const { id, event } = value;
    const idGiven = typeof id === 'string' || typeof id === 'number';
    const eventGiven = typeof event === 'string';
    return (idGiven || eventGiven) && Object.keys(value).every((key) => ENVELOPE_KEYS.has(key));
}

// JSON text to a value, without exceptions.
/** `undefined`, which no JSON says, when the text is not JSON. */
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        // Every caller reports it, in words that fit what was read.
        return undefined;
    }
}

// The error of a message that cannot be read.
const EXCERPT_LENGTH$1 = 200;
/** `what` is the message as people call it, `text` what was to be read. */
function malformed(what, text) {
    const payload = text.slice(0, EXCERPT_LENGTH$1);
    return new EnckeError('malformed', `${what} is not JSON. It was skipped.`, { payload });
}

// What a JSON value says: a message, and around it what an envelope states.
/** Not in an id: a header cannot carry them, so the server would never see the id again. */
const NOT_IN_A_HEADER$1 = /[\0\r\n]/;
function createGiveValue(sink, { lastEventId }) {
    let currentId = lastEventId;
    return (value, unnamed = 'message') => {
        if (!isEnvelope(value)) {
            sink.message({ event: unnamed, data: value, id: currentId });
            return;
        }
        // Its other keys may be of any type: it is known for an envelope by one of them.
        const { id, event, retry, data } = value;
        if (typeof retry === 'number' && Number.isInteger(retry) && retry >= 0)
            sink.retry(retry);
        const stated = typeof id === 'number' ? String(id) : id;
        if (typeof stated === 'string' && !NOT_IN_A_HEADER$1.test(stated))
            sink.id((currentId = stated));
        sink.message({ event: (typeof event === 'string' && event) || unnamed, data, id: currentId });
    };
}
/** Gives the value that JSON text states; blank text states none. */
function createGiveJson(sink, options) {
    const give = createGiveValue(sink, options);
    return (text) => {
        // JavaScript counts a byte order mark among the blanks, JSON does not.
        const trimmed = text.trim();
        if (!trimmed)
            return;
        const value = parseJson(trimmed);
        if (value === undefined)
            sink.problem(malformed('A message', trimmed));
        else
            give(value);
    };
}

// The `json-lines` format: every line is a JSON value.
/** RFC 7464 puts it before each value. No JSON text holds it, so it parts values as well as a line end does. */
const RECORD_SEPARATOR = '\x1e';
const jsonLines = {
    name: 'json-lines',
    mediaTypes: [
        'application/x-ndjson',
        'application/ndjson',
        'application/jsonl',
        'application/jsonlines',
        'application/json-lines',
        'application/json-seq',
    ],
    decoder: createJsonLinesDecoder,
};
function createJsonLinesDecoder(sink, options) {
    const give = createGiveJson(sink, options);
    const line = createLimitedText(sink, options);
    return {
        feed(chunk) {
            const [first = '', ...others] = chunk.split('\n');
            line.add(first);
            for (const piece of others) {
                endLine();
                line.add(piece);
            }
        },
        // A JSON value shows by itself whether it is whole, so the last line needs no terminator.
        end: endLine,
    };
    function endLine() {
        for (const record of line.take().split(RECORD_SEPARATOR))
            give(record);
    }
}

// Finds the end of a JSON value in text that comes in pieces, without parsing it.
const MARKS = /["[{(\]}),<]/g;
const MARKS_IN_STRING = /["\\\r\n]/g;
function createJsonScanner() {
    let depth = 0; // brackets open
    let quoted = false; // inside a string
    let at = 0; // where to go on; 1 when a backslash was the last character of the text before
    return (text) => {
        for (;;) {
            const marks = quoted ? MARKS_IN_STRING : MARKS;
            marks.lastIndex = at;
            const mark = marks.exec(text)?.[0];
            if (!mark) {
                at = Math.max(0, at - text.length);
                return text.length;
            }
            at = marks.lastIndex;
            if (mark === '"')
                quoted = !quoted;
            else if (mark === '\\')
                at++;
            else if ('[{('.includes(mark))
                depth++;
            else if (depth > 0 && ']})'.includes(mark))
                depth--;
            else if (depth === 0 || mark !== ',') {
                const border = at - 1;
                at = 0;
                return border;
            }
        }
    };
}

// The `json` format: the body is one JSON document, and an array is a list of messages.
//
// The elements of an array are given as they come, so that one that is broken or too long costs only itself,
// and a server that writes a long array slowly streams.
const json = {
    name: 'json',
    mediaTypes: ['application/json'],
    decoder: createJsonDecoder,
};
function createJsonDecoder(sink, options) {
    const give = createGiveJson(sink, options);
    const held = createLimitedText(sink, options);
    const scan = createJsonScanner();
    let bracket; // the array's last bracket; '' where the document is none; undefined before it
    return {
        feed(chunk) {
            let rest = bracket === undefined ? begin(chunk.trimStart()) : chunk;
            while (bracket === '[' && rest)
                rest = readArray(rest);
            held.add(rest);
        },
        end() {
            const rest = held.take();
            // With its bracket, neither an array that is not closed nor text behind one is JSON.
            if (bracket === '[' || rest.trim())
                give(`${bracket ?? ''}${rest}`);
        },
    };
    function begin(text) {
        if (text)
            bracket = text.startsWith('[') ? '[' : '';
        return text.slice(bracket?.length);
    }
    /** Reads to the next border, and returns what is behind it. */
    function readArray(text) {
        const end = scan(text);
        const border = text.charAt(end);
        const ends = border === ',' || border === ']';
        // Another border should not be there: with it the element will be found broken.
        held.add(text.slice(0, ends ? end : end + 1));
        if (border === ']')
            bracket = border;
        if (ends)
            give(held.take());
        return text.slice(end + 1);
    }
}

// The `script-tags` format: the calls that stand in the script blocks of streamed HTML.
//
// It knows just enough of HTML to find the blocks, and of JavaScript to find `name(JSON)` where a statement may
// begin. Nothing is executed. Each place has one function, which reads on and says whether that led anywhere.
/** The function our own server calls. As it is the default, it names no event. */
const DEFAULT_CALLBACK$1 = 'enckeReceive';
/** A comment's beginning, or a script's start tag up to its `>`, with the attributes. */
const OPENING = /<!(?=--)|<script(?=[\s/>])([^>]{0,990})(?=>)/i;
const UNFINISHED_OPENING = /<[^>]{0,999}$/;
const COMMENT_END = /-->/;
const UNFINISHED_COMMENT_END = /--?$/;
const SOURCE = /[\s"']src\s*=/i;
/** The block's end, or a call's name where a statement may begin: also behind the `>` of the start tag or of its attributes. */
const END_OR_CALL = /<\/script[\s/>]|[>;{}&)\r\n]\s{0,99}([\w$][\w$.]{0,99})\s{0,99}\(/i;
const UNFINISHED_END_OR_CALL = /[<>;{}&)\r\n][\s\w$./]{0,299}$/;
const END = /<\/script/i;
/** How arguments begin that were meant as JSON, unlike most other code of a page. */
const LITERAL = /^\s*["'[{\d-]/;
/** Words that JavaScript has and JSON has not. The first half passes over strings, where they are text. */
const NOT_IN_JSON = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\b(?:NaN|Infinity|undefined)\b/g;
const WINDOW = /^(?:(?:window|parent|top|self)\.)+/;
const scriptTags = {
    name: 'script-tags',
    mediaTypes: ['text/html', 'application/xhtml+xml'],
    onlyWhenAsked: true,
    decoder: createScriptTagsDecoder,
};
function createScriptTagsDecoder(sink, options) {
    const give = createGiveValue(sink, options);
    const held = createLimitedText(sink, options); // arguments
    let scan = createJsonScanner();
    let read = outside; // the place
    let rest = ''; // the text being read
    const later = []; // the text behind it, where text is read again; never joined, which would copy it each time
    let ignored = false; // whether the calls of this block are of no interest
    let called = ''; // the function whose arguments are being read
    return {
        feed(chunk) {
            rest += chunk;
            readOn();
        },
        end() {
            // Giving a call up may bring to light another one that is not closed either.
            for (; read === inArguments; readOn())
                giveUp(held.take());
        },
    };
    function readOn() {
        while (read() || readLater())
            ;
    }
    function readLater() {
        const next = later.pop();
        rest += next ?? '';
        return next !== undefined;
    }
    function outside() {
        const opening = find(OPENING, UNFINISHED_OPENING);
        if (!opening)
            return false;
        const attributes = opening[1];
        ignored = attributes !== undefined && SOURCE.test(attributes);
        if (attributes === undefined)
            read = inComment;
        else if (!attributes.endsWith('/'))
            read = inScript; // XHTML closes an empty element so
        return true;
    }
    function inComment() {
        const end = find(COMMENT_END, UNFINISHED_COMMENT_END);
        if (end)
            read = outside;
        return end !== null;
    }
    function inScript() {
        const mark = find(END_OR_CALL, UNFINISHED_END_OR_CALL);
        if (!mark)
            return false;
        if (mark[1] === undefined)
            read = outside;
        else if (!ignored)
            enterArguments(mark[1]);
        return true;
    }
    function enterArguments(name) {
        called = name;
        scan = createJsonScanner();
        read = inArguments;
    }
    function inArguments() {
        const end = scan(rest);
        const border = rest.charAt(end);
        held.add(rest.slice(0, border === ',' ? end + 1 : end));
        rest = rest.slice(border === ',' ? end + 1 : end);
        if (border === ')')
            giveCall(held.take());
        else if (border && border !== ',')
            giveUp(held.take());
        return border !== '';
    }
    function giveCall(text) {
        read = inScript;
        const values = parseArguments(text);
        if (!values)
            giveUp(text);
        else if (values.length > 0)
            give(values.length > 1 ? values : values[0], eventOf(called));
    }
    /**
     * The call cannot be read, so its block ends as for a browser: at the first `</script`, in a string or not.
     * A quote that is never closed may have swallowed other blocks behind that, which are read again.
     */
    function giveUp(text) {
        read = inScript;
        ignored = LITERAL.test(text);
        if (ignored)
            sink.problem(malformed(`An argument of ${called}()`, `${called}(${text}`));
        const end = text.search(END);
        if (end < 0)
            return;
        later.push(rest);
        rest = text.slice(end);
    }
    /** Goes on behind what is looked for. Where it is not there, keeps what may become it when more text comes. */
    function find(pattern, beginning) {
        const match = pattern.exec(rest);
        rest = match ? rest.slice(match.index + match[0].length) : (beginning.exec(rest)?.[0] ?? '');
        return match;
    }
}
/** `NaN`, `Infinity` and `undefined`, which some servers write, become `null`. */
function parseArguments(text) {
    const list = `[${text}]`;
    const values = parseJson(list) ?? parseJson(list.replace(NOT_IN_JSON, (word) => (word.startsWith('"') ? word : 'null')));
    return values;
}
function eventOf(called) {
    const name = called.replace(WINDOW, '');
    return name === DEFAULT_CALLBACK$1 ? 'message' : name;
}

// The `text` format: every piece of plain text is a message as it comes.
const HIGH_SURROGATE = /[\ud800-\udbff]/;
const text = {
    name: 'text',
    mediaTypes: ['text/plain'],
    decoder: createTextDecoder,
};
function createTextDecoder(sink, options) {
    const limited = createLimitedText(sink, options);
    let half = ''; // the first half of a character whose second half is still to come
    return {
        feed(chunk) {
            const piece = half + chunk;
            const last = piece.slice(-1);
            half = HIGH_SURROGATE.test(last) ? last : '';
            give(piece.slice(0, piece.length - half.length));
        },
        end() {
            give(half);
        },
    };
    function give(piece) {
        limited.add(piece);
        const data = limited.take();
        if (data)
            sink.message({ event: 'message', data, id: options.lastEventId });
    }
}

// A sink held to the laws: opened once, nothing after the end, nothing after the stop.
/** `release` runs once, before the last call or at the stop: it takes away what the carrier put up. */
function guardSink(sink, release) {
    let live = true;
    let open = false;
    const finish = () => {
        const first = live;
        live = false;
        if (first)
            release();
        return first;
    };
    const ended = (end) => void (finish() && sink.ended(end));
    return {
        isLive: () => live,
        stop: () => void finish(),
        begin(start, failed) {
            queueMicrotask(() => {
                try {
                    if (live)
                        start();
                }
                catch (cause) {
                    ended(failed(cause));
                }
            });
        },
        opened(head) {
            if (!live || open)
                return;
            open = true;
            sink.opened(head);
        },
        text: (chunk) => void (live && sink.text(chunk)),
        alive: () => void (live && sink.alive()),
        message: (message) => void (live && sink.message(message)),
        id: (id) => void (live && sink.id(id)),
        retry: (milliseconds) => void (live && sink.retry(milliseconds)),
        problem: (error) => void (live && sink.problem(error)),
        ended,
    };
}

// Cookies that a carrier older than fetch cannot leave out.
/** Such a carrier sends the cookies of the page's own origin whatever was asked. */
function refusesToOmitCookies({ credentials, crossOrigin }) {
    return credentials === 'omit' && !crossOrigin ? 'cannot omit the cookies of its own origin' : undefined;
}

// Ends that are no clean end: a status without messages, a connection that failed, a carrier that cannot work.
/** How much of the body of a refusal is kept, in characters. */
const EXCERPT_LENGTH = 4_096;
const NO_CONTENT = 204;
const RESET_CONTENT = 205;
/** Whether a response with this status carries messages. */
function carriesMessages(status) {
    return status >= 200 && status < 300 && status !== NO_CONTENT && status !== RESET_CONTENT;
}
function refused(head, body) {
    return { how: 'status', head, body: body.slice(0, EXCERPT_LENGTH) };
}
/** No response: browsers do not tell a page why. */
function unreachable(url, cause) {
    return cut(`No response from ${url}: the server is down, or CORS or a content security policy forbids it.`, url, cause);
}
function brokeOff(url, cause) {
    return cut(`The response from ${url} broke off.`, url, cause);
}
function cut(sentence, url, cause) {
    return { how: 'cut', error: new EnckeError('network', sentence, { url, cause }) };
}
function unusable(sentence, cause) {
    return { how: 'unusable', error: new EnckeError('unusable', sentence, { cause }) };
}

// The browser's own EventSource, for one connection only.
//
// It is closed at its first error: browsers differ in when and whether they reconnect, and the session decides.
// It sees no status, no header and no comment, and only events whose names it was told.
const eventSource = {
    name: 'event-source',
    rhythm: 'stream',
    sendsHeaders: false,
    namesItself: false,
    tellsCuts: false,
    accept: 'text/event-stream',
    refuses: refusesEventSource,
    open: openEventSource,
};
function refusesEventSource(demand) {
    if (typeof EventSource !== 'function')
        return 'needs EventSource';
    if (demand.method !== 'GET')
        return `cannot ${demand.method}`;
    if (demand.headers)
        return 'cannot send headers';
    if (demand.body !== 'none')
        return 'cannot send a body';
    if (demand.ownFetch)
        return 'cannot use a fetch of your own';
    if (demand.once)
        return 'cannot tell the end of an answer from a failure';
    return refusesToOmitCookies(demand);
}
function openEventSource(request, sink) {
    const { url, credentials, events } = request;
    let close = ignore$2; // until there is a source
    let opened = false;
    let lastId = ''; // as this connection has it
    const guarded = guardSink(sink, () => {
        close();
    });
    guarded.begin(connect, (cause) => unreachable(url, cause));
    return guarded.stop;
    function connect() {
        const source = new EventSource(url, { withCredentials: credentials === 'include' });
        close = () => {
            source.close();
        };
        // Once each, for a name may be asked for twice, and a server may name its events `open` and `error`.
        for (const name of new Set(['open', 'error', 'message', ...events])) {
            source.addEventListener(name, (event) => {
                if (event instanceof MessageEvent)
                    giveMessage(event);
                else if (name === 'open')
                    open();
                else
                    guarded.ended(endOf(source, url, opened));
            });
        }
    }
    function open() {
        opened = true;
        guarded.opened({ status: 200, url });
    }
    function giveMessage({ type, data, lastEventId }) {
        if (lastEventId !== lastId)
            guarded.id((lastId = lastEventId));
        guarded.message({ event: type, data, id: lastEventId });
    }
}
/** Called before the source is closed: its state is all that is known of the error. */
function endOf({ readyState }, url, opened) {
    // The stream ended or broke off, and the browser would connect again: it tells neither from the other.
    if (opened)
        return { how: 'complete' };
    if (readyState !== EventSource.CLOSED)
        return unreachable(url);
    return cut(`${url} answered with a status other than 200, or with something that is no event stream.`, url);
}
function ignore$2() {
    // Nothing to close yet.
}

// Bytes to text, in any cut, and word of what was no UTF-8.
const REPLACEMENT = '\uFFFD';
/**
 * Decodes one response: called with each chunk, and without one at the end of the body.
 * `onInvalid` is called once, at the first bytes that are not UTF-8.
 */
function utf8Decoder(onInvalid) {
    // The byte order mark is the format's to drop: only the event stream has a rule for it.
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    let valid = true; // no invalid byte so far
    let last = new Uint8Array(0); // the last two bytes, where a U+FFFD of the server's may have begun
    return (bytes) => {
        const text = decoder.decode(bytes, { stream: bytes !== undefined });
        if (valid) {
            valid = !text.includes(REPLACEMENT) || count(text) === countBytes(join(last, bytes));
            if (!valid)
                onInvalid();
            last = (bytes && bytes.length > 1 ? bytes : join(last, bytes)).slice(-2);
        }
        return text;
    };
}
function count(text) {
    return text.split(REPLACEMENT).length - 1;
}
/** EF never continues a sequence, so each EF BF BD is a U+FFFD that the server sent on purpose. */
function countBytes(bytes) {
    let found = 0;
    for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1)) {
        if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd)
            found++;
    }
    return found;
}
function join(head, tail = new Uint8Array(0)) {
    const joined = new Uint8Array(head.length + tail.length);
    joined.set(head);
    joined.set(tail, head.length);
    return joined;
}

// One fetch, its body carried to a sink as text: the carrier of fetch-stream, htmlfile, long-poll and poll.
function openFetch(request, sink) {
    const controller = new AbortController();
    let cancelBody = ignore$1; // until there is a body
    const guarded = guardSink(sink, () => {
        controller.abort();
        cancelBody();
    });
    const failed = (cause) => unreachable(request.url, cause);
    guarded.begin(() => {
        send$1(request, controller.signal).then(receive, (cause) => guarded.ended(failed(cause)));
    }, failed);
    return guarded.stop;
    async function receive(response) {
        const head = { status: response.status, url: response.url || request.url, headers: response.headers };
        const carries = carriesMessages(head.status);
        let excerpt = ''; // of a refusal
        if (carries)
            guarded.opened(head);
        try {
            await readText(response, {
                canCancel: (cancel) => (cancelBody = cancel),
                invalid: () => carries && guarded.problem(notUtf8(head.url)),
                text: (chunk) => (carries ? guarded.text(chunk) : (excerpt += chunk)),
                wantsMore: () => guarded.isLive() && excerpt.length < EXCERPT_LENGTH,
            });
            guarded.ended(carries ? { how: 'complete' } : refused(head, excerpt));
        }
        catch (cause) {
            // Half an error page is a refusal all the same.
            guarded.ended(carries ? brokeOff(head.url, cause) : refused(head, excerpt));
        }
    }
}
/** Why this page cannot carry a request by fetch at all. */
function refusesFetch({ ownFetch }) {
    const present = ownFetch || typeof fetch === 'function';
    return present && typeof TextDecoder === 'function' ? undefined : 'needs fetch and TextDecoder';
}
/** Why this page cannot read a response by fetch before it has ended. */
function refusesFetchStream(demand) {
    const present = typeof ReadableStream === 'function' && 'body' in Response.prototype;
    return refusesFetch(demand) ?? (present ? undefined : 'cannot read a response before its end');
}
function send$1(request, signal) {
    // Taken out first: the browser's own function refuses to be called as a method of the request.
    const { fetch, url, method, headers, body, credentials } = request;
    return fetch(url, { method, headers, body, credentials, signal, cache: 'no-store', redirect: 'follow' });
}
/** Resolves at the end of the body, or when no more is wanted; rejects when the body breaks off. */
async function readText(response, reading) {
    const reader = response.body?.getReader();
    // A response of a caller's own fetch may lack the stream.
    if (!reader) {
        giveText(await response.text());
        return;
    }
    const cancel = () => void reader.cancel().catch(ignore$1);
    const decode = utf8Decoder(reading.invalid);
    reading.canCancel(cancel);
    while (reading.wantsMore()) {
        const { done, value } = await reader.read();
        giveText(decode(value));
        if (done)
            return;
    }
    cancel();
    function giveText(chunk) {
        if (chunk !== '')
            reading.text(chunk);
    }
}
function notUtf8(url) {
    const sentence = `The response from ${url} holds bytes that are not UTF-8; each became U+FFFD. Send UTF-8.`;
    return new EnckeError('encoding', sentence, { url });
}
function ignore$1() {
    // A body that failed already cannot be cancelled; its failure was told.
}

// fetch streaming: the response is read while it comes.
const fetchStream = {
    name: 'fetch-stream',
    rhythm: 'stream',
    sendsHeaders: true,
    namesItself: false,
    tellsCuts: true,
    refuses: refusesFetchStream,
    open: openFetch,
};

// A document that nobody sees and nothing runs in, filled by the browser's own HTML parser.
/** How much of the written text is kept to tell whether it ends with an end tag, in characters. */
const SCRIPT_END = /<\/script[\t\n\f\r ]*>\s*$/i;
/** @throws where the page's policy forbids `document.write` even here. */
function createInertPage() {
    // Without a browsing context no script runs, no event handler is compiled, nothing is loaded.
    const page = document.implementation.createHTMLDocument('');
    const toHtml = htmlMaker();
    let tail = ''; // of the text written so far
    page.open();
    parse('');
    return {
        write(html) {
            parse(html);
            tail = (tail + html.slice(-32)).slice(-32);
            const scripts = takeScripts(page, SCRIPT_END.test(tail));
            prune(page);
            return scripts;
        },
        close() {
            page.close();
        },
    };
    function parse(html) {
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else hands the parser text piece by piece
        page.write(toHtml(html));
    }
}
/**
 * A script that is still arriving shows part of its text. Only the last one can be: it is whole when a node
 * follows it, or when the text written so far ends with its end tag.
 */
function takeScripts(page, endsWithScript) {
    const scripts = [...page.scripts];
    const last = scripts.at(-1);
    if (last && !endsWithScript && !isFollowed(last))
        scripts.pop();
    for (const script of scripts)
        script.remove();
    // As in a page, the text of a script with a source counts for nothing.
    return scripts.filter((script) => !script.hasAttribute('src')).map((script) => script.text);
}
function isFollowed(node) {
    for (let at = node; at; at = at.parentNode)
        if (at.nextSibling)
            return true;
    return false;
}
/** Removes all but the way to where the parser stands, so that an endless stream takes no memory. */
function prune(parent) {
    while (parent.firstChild && parent.firstChild !== parent.lastChild)
        parent.firstChild.remove();
    const { lastChild } = parent;
    if (lastChild instanceof HTMLScriptElement)
        return;
    if (lastChild instanceof Element)
        prune(lastChild);
    else
        lastChild?.remove();
}
/** A page allows it by `trusted-types encke`. */
const POLICY = 'encke';
let ourPolicy; // a name can be taken once in a page
/** Under Trusted Types `document.write` takes only what a policy has signed; here anything is safe, for nothing runs. */
function htmlMaker() {
    const { trustedTypes } = globalThis;
    if (!trustedTypes)
        return asItIs;
    try {
        const policy = (ourPolicy ??= trustedTypes.createPolicy(POLICY, { createHTML: asItIs }));
        return (html) => policy.createHTML(html);
    }
    catch {
        // The page does not allow this policy; it may still allow text, which the first write will show.
        return asItIs;
    }
}
function asItIs(html) {
    return html;
}

// htmlfile: streamed HTML is parsed in a document off screen, and its scripts are read instead of run.
//
// The name is that of the ActiveX object which did this in old Internet Explorer. No loading indicator,
// no history entry; and since the bytes come by fetch, statuses and cuts are seen.
const HTML = /^\s*(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i;
const FORBIDDEN = `Trusted Types forbid htmlfile here. Add "trusted-types ${POLICY}" to the content security policy.`;
const htmlFile = {
    name: 'htmlfile',
    rhythm: 'stream',
    sendsHeaders: true,
    namesItself: true,
    tellsCuts: true,
    accept: 'text/html',
    refuses: refusesHtmlFile,
    open: openHtmlFile,
};
function refusesHtmlFile(demand) {
    return typeof document === 'undefined' ? 'needs a document' : refusesFetchStream(demand);
}
function openHtmlFile(request, sink) {
    let page; // absent where the answer is no HTML: its text is then passed on as it is
    const guarded = guardSink(sink, () => {
        stopFetch();
        page?.close();
    });
    const stopFetch = openFetch(request, {
        ...guarded,
        opened(head) {
            try {
                if (isHtml(head))
                    page = createInertPage();
            }
            catch (cause) {
                guarded.ended(unusable(FORBIDDEN, cause));
            }
            guarded.opened(head);
        },
        text(chunk) {
            if (page)
                giveScripts(page.write(chunk));
            else
                guarded.text(chunk);
        },
    });
    return guarded.stop;
    function giveScripts(scripts) {
        if (scripts.length === 0)
            guarded.alive();
        else
            guarded.text(scripts.map((text) => `<script>${text}</script>`).join(''));
    }
}
function isHtml({ headers }) {
    return HTML.test(headers?.get('content-type') ?? '');
}

// A value that a frame's script gives, as a message, by the rule of the JSON formats.
/** The function our own server calls. As it is the default, its name is no event's name. */
const DEFAULT_CALLBACK = 'enckeReceive';
/** Not in an id: a header cannot carry them, so the server would never see the id again. */
const NOT_IN_A_HEADER = /[\0\r\n]/;
function valueGiver(sink, callback) {
    const unnamed = callback === DEFAULT_CALLBACK ? 'message' : callback;
    let currentId = ''; // as this connection has it
    return (value) => {
        if (!isEnvelope(value)) {
            sink.message({ event: unnamed, data: value, id: currentId });
            return;
        }
        // The other keys of an envelope may still be of any type: it is recognised by one of them.
        const { id, event, retry, data } = {
            id: undefined,
            event: undefined,
            retry: undefined,
            ...value,
        };
        if (typeof retry === 'number' && Number.isInteger(retry) && retry >= 0)
            sink.retry(retry);
        if ((typeof id === 'string' || typeof id === 'number') && !NOT_IN_A_HEADER.test(String(id))) {
            currentId = String(id);
            sink.id(currentId);
        }
        sink.message({ event: typeof event === 'string' && event ? event : unnamed, data, id: currentId });
    };
}

// Posts a body into a frame, by a form that nobody sees.
function postInto(frameName, { url, body }) {
    const form = document.createElement('form');
    const fields = fieldsOf(body);
    const hasFiles = fields.some(([, value]) => typeof value !== 'string');
    // Attributes, and methods of the prototype: a field named `action` or `submit` hides the form's own.
    const attributes = {
        action: url,
        method: 'post',
        target: frameName,
        enctype: hasFiles ? 'multipart/form-data' : 'application/x-www-form-urlencoded',
        'accept-charset': 'utf-8',
        hidden: '',
    };
    for (const [name, value] of Object.entries(attributes))
        form.setAttribute(name, value);
    form.append(...fields.map(makeInput));
    document.documentElement.append(form);
    HTMLFormElement.prototype.submit.call(form);
    document.documentElement.removeChild(form);
}
function fieldsOf(body) {
    return body instanceof URLSearchParams || body instanceof FormData ? [...body] : [];
}
function makeInput([name, value]) {
    const input = document.createElement('input');
    input.name = name;
    if (typeof value === 'string') {
        input.type = 'hidden';
        input.value = value;
    }
    else {
        const files = new DataTransfer();
        files.items.add(value);
        input.type = 'file';
        input.files = files.files;
    }
    return input;
}

// The page's function that the scripts of frames call: one for each name, shared by all frames that are open.
const installed = new Map();
/** Has `receive` called for each call that a running script of this frame makes of `window[name]`; the name may be dotted. */
function receiveCalls(name, frame, receive) {
    const { frames, uninstall } = installed.get(name) ?? install(name);
    frames.set(frame, receive);
    return () => {
        if (frames.delete(frame) && frames.size === 0)
            uninstall();
    };
}
function install(name) {
    const frames = new Map();
    const path = name.split('.');
    const key = path.pop() ?? name;
    const undo = [];
    let owner = globalThis;
    for (const step of path) {
        if (!isOwner(owner[step]))
            undo.push(put(owner, step, {}));
        owner = owner[step];
    }
    const previous = owner[key];
    undo.push(put(owner, key, route));
    const uninstall = () => {
        installed.delete(name);
        for (const step of undo.reverse())
            step();
    };
    installed.set(name, { frames, uninstall });
    return { frames, uninstall };
    /** The script that runs in a frame is at once the proof of where the call comes from. */
    function route(...values) {
        for (const [frame, receive] of frames) {
            const script = frame.contentDocument?.currentScript;
            if (!script)
                continue;
            receive(values);
            script.remove();
            return undefined;
        }
        return typeof previous === 'function' ? Reflect.apply(previous, this, values) : undefined;
    }
}
function isOwner(value) {
    return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
/** Sets a property; the function returned puts back what was there, unless the page has changed it since. */
function put(owner, key, value) {
    const before = Object.getOwnPropertyDescriptor(owner, key);
    owner[key] = value;
    return () => {
        if (owner[key] !== value || Object.keys(value).length > 0)
            return;
        if (before)
            Object.defineProperty(owner, key, before);
        else
            Reflect.deleteProperty(owner, key);
    };
}

// The hidden iframe: the server streams a page, and its scripts call a function of this one.
//
// The frame is put in after the page's load, so that no loading indicator turns, and its first navigation is the
// request, so that no history entry is made.
/** How often the frame is looked at, in milliseconds: no event tells that its document came, or will never come. */
const LOOK = 100;
/** The document of a frame whose response has not begun. */
const BLANK = 'about:blank';
const iframe = {
    name: 'iframe',
    rhythm: 'stream',
    sendsHeaders: false,
    namesItself: true,
    tellsCuts: false,
    accept: 'text/html',
    refuses: refusesIframe,
    open: openIframe,
};
function refusesIframe(demand) {
    if (typeof document === 'undefined')
        return 'needs a document';
    if (demand.crossOrigin)
        return 'cannot read a frame of another origin';
    if (demand.method !== 'GET' && demand.method !== 'POST')
        return `cannot ${demand.method}`;
    if (demand.headers)
        return 'cannot send headers';
    if (demand.body === 'any')
        return 'cannot send a body that is no form';
    if (demand.ownFetch)
        return 'cannot use a fetch of your own';
    return refusesToOmitCookies(demand);
}
function openIframe(request, sink) {
    const frame = document.createElement('iframe');
    const listening = new AbortController();
    const observer = new MutationObserver(sweep);
    let stopCalls = ignore; // until the frame is in the page
    let timer; // the wait for the page's load, the next look, or the end
    let head; // once a document has come
    let loading = true; // as far as the last look could tell
    const guarded = guardSink(sink, () => {
        listening.abort();
        observer.disconnect();
        clearTimeout(timer);
        stopCalls();
        frame.remove();
    });
    const give = valueGiver(guarded, request.callback);
    guarded.begin(() => {
        afterLoad(listening.signal, () => {
            timer = setTimeout(start);
        });
    }, (cause) => unreachable(request.url, cause));
    return guarded.stop;
    function start() {
        const { signal } = listening;
        stopCalls = receiveCalls(request.callback, frame, receive);
        addEventListener('message', receivePosted, { signal });
        addEventListener('securitypolicyviolation', heedPolicy, { signal });
        frame.addEventListener('load', loaded);
        frame.style.display = 'none';
        frame.name = `encke-${Math.random()}`;
        if (request.method === 'GET')
            frame.src = request.url;
        // Not into the body: pages that swap it would take the frame along.
        document.documentElement.append(frame);
        if (request.method === 'POST')
            postInto(frame.name, request);
        timer = setInterval(look, LOOK);
    }
    function look() {
        const page = frame.contentDocument;
        if (!page)
            guarded.ended(unreadable(request.url));
        else if (page.URL !== BLANK)
            arrive(page);
        // Firefox (153) leaves a document whose response broke off interactive for ever, without `load`.
        if (!loading && page?.readyState === 'interactive')
            guarded.ended(brokeOff(request.url));
        loading = page?.readyState === 'loading';
    }
    /** The response has begun. */
    function arrive(page) {
        if (head)
            return;
        head = { status: statusOf(page), url: page.URL };
        if (!carriesMessages(head.status))
            return;
        if (page.contentType !== 'text/html' && page.contentType !== 'application/xhtml+xml') {
            guarded.ended(unusable(`${page.URL} answered a frame with ${page.contentType} instead of HTML.`));
        }
        guarded.opened(head);
        if (guarded.isLive())
            observer.observe(page, { childList: true, characterData: true, subtree: true });
    }
    /** Takes away what was looked at, so that an endless page takes no memory. */
    function sweep(records) {
        const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
        if (added.length > 0 || records.some(({ type }) => type === 'characterData'))
            guarded.alive();
        for (const node of added)
            if (isPadding(node))
                node.parentNode?.removeChild(node);
    }
    function receive(values) {
        if (frame.contentDocument)
            arrive(frame.contentDocument);
        if (!head || !carriesMessages(head.status) || values.length === 0)
            return;
        try {
            // A copy, for an object of the frame's would keep the whole frame in memory.
            const copies = structuredClone(values);
            give(copies.length === 1 ? copies[0] : copies);
        }
        catch (cause) {
            guarded.problem(new EnckeError('malformed', `${request.callback}() was called with what is no data.`, { cause }));
        }
    }
    function receivePosted({ source, origin, data }) {
        if (source === frame.contentWindow && origin === self.origin && isEnvelope(data))
            receive([data]);
    }
    function heedPolicy({ disposition, effectiveDirective, blockedURI }) {
        const concernsFrames = effectiveDirective === 'frame-src' || effectiveDirective === 'form-action';
        if (disposition !== 'enforce' || !concernsFrames || !request.url.startsWith(blockedURI))
            return;
        guarded.ended(unusable(`The content security policy forbids the frame: ${effectiveDirective} leaves ${blockedURI} out.`));
    }
    function loaded() {
        const page = frame.contentDocument;
        if (page?.URL === BLANK)
            return;
        clearTimeout(timer);
        if (!page) {
            guarded.ended(unreadable(request.url));
            return;
        }
        arrive(page);
        // What the page has posted is still on its way.
        timer = setTimeout(() => {
            if (!head || carriesMessages(head.status))
                guarded.ended({ how: 'complete' });
            else
                guarded.ended(refused(head, page.documentElement.textContent));
        });
    }
}
function afterLoad(signal, start) {
    if (document.readyState === 'complete')
        start();
    else
        addEventListener('load', start, { signal });
}
/** WebKit (2.50) does not tell the status of a frame's document; there, any page counts as 200. */
function statusOf({ defaultView }) {
    const [navigation] = defaultView?.performance.getEntriesByType('navigation') ?? [];
    return navigation?.responseStatus || 200;
}
function isPadding({ nodeType, parentNode }) {
    return (nodeType === Node.TEXT_NODE || nodeType === Node.COMMENT_NODE) && parentNode?.nodeName !== 'SCRIPT';
}
/** The frame navigated on: to another origin, to an error page, or where its server forbids framing. */
function unreadable(url) {
    return cut(`The frame shows no page of ours: no response from ${url}, a redirect elsewhere, or X-Frame-Options.`, url);
}
function ignore() {
    // The frame is not in the page yet.
}

// Long polling: the server answers when it has something to say, and is asked again at once.
const longPoll = {
    name: 'long-poll',
    rhythm: 'answer',
    sendsHeaders: true,
    namesItself: true,
    tellsCuts: true,
    accept: 'application/json',
    refuses: refusesFetch,
    open: openFetch,
};

// Polling: the server answers at once, and is asked again after the interval.
const poll = {
    name: 'poll',
    rhythm: 'interval',
    sendsHeaders: true,
    namesItself: true,
    tellsCuts: true,
    accept: 'application/json',
    refuses: refusesFetch,
    open: openFetch,
};

// XHR streaming: the response text is read while it grows.
//
// Second to fetch: the whole text stays in memory until the end, Chromium tells of progress at most once
// per 50 ms, and bytes that are not UTF-8 become U+FFFD unnoticed.
const xhrStream = {
    name: 'xhr-stream',
    rhythm: 'stream',
    sendsHeaders: true,
    namesItself: false,
    tellsCuts: true,
    refuses: refusesXhr,
    open: openXhr,
};
function refusesXhr(demand) {
    if (typeof XMLHttpRequest !== 'function')
        return 'needs XMLHttpRequest';
    return demand.ownFetch ? 'cannot use a fetch of your own' : refusesToOmitCookies(demand);
}
function openXhr(request, sink) {
    const xhr = new XMLHttpRequest();
    let head; // once there is a response
    let given = 0; // characters of the text that the sink has
    const guarded = guardSink(sink, () => {
        xhr.abort();
    });
    xhr.onreadystatechange = xhr.onprogress = receive;
    xhr.onload = () => {
        receive();
        conclude({ how: 'complete' });
    };
    // Comes after `load`, too; then the end was told.
    xhr.onloadend = () => {
        conclude(brokeOff(request.url));
    };
    guarded.begin(() => {
        send(xhr, request);
    }, (cause) => unreachable(request.url, cause));
    return guarded.stop;
    function receive() {
        if (!guarded.isLive() || xhr.readyState < XMLHttpRequest.HEADERS_RECEIVED || xhr.status === 0)
            return;
        head ??= readHead(xhr, request.url);
        if (carriesMessages(head.status))
            giveText(head);
        else if (xhr.responseText.length >= EXCERPT_LENGTH)
            conclude({ how: 'complete' });
    }
    function giveText(known) {
        guarded.opened(known);
        if (!guarded.isLive())
            return;
        const chunk = xhr.responseText.slice(given);
        given += chunk.length;
        if (chunk !== '')
            guarded.text(chunk);
    }
    function conclude(end) {
        if (!head)
            guarded.ended(unreachable(request.url));
        else
            guarded.ended(carriesMessages(head.status) ? end : refused(head, xhr.responseText));
    }
}
function send(xhr, { method, url, headers, body, credentials }) {
    xhr.open(method, url);
    xhr.withCredentials = credentials === 'include';
    headers.forEach((value, name) => xhr.setRequestHeader(name, value));
    // UTF-8 whatever the server says, and no XML parser behind it; the headers stay as they came.
    xhr.overrideMimeType('text/plain; charset=utf-8');
    xhr.send(body);
}
function readHead(xhr, requestUrl) {
    const headers = new Headers();
    for (const line of xhr.getAllResponseHeaders().split('\r\n')) {
        const colon = line.indexOf(':');
        if (colon > 0)
            headers.append(line.slice(0, colon), line.slice(colon + 1));
    }
    return { status: xhr.status, url: xhr.responseURL || requestUrl, headers };
}

// The ladder: every transport, best first.
/**
 * - fetch first: it sees statuses, headers and comments, carries any method, header and body, and is the fastest.
 * - XHR second: it sees and carries the same, where fetch cannot stream or a page has replaced it. It is slower in
 *   Chromium (progress at most once per 50 ms) and keeps the whole text.
 * - EventSource third: it sees no status and no comment and carries GET only, but where the two above cannot work
 *   it is a stream still, and the browser's network code behind it is another one.
 * - htmlfile and the iframe then: they need a server that writes scripts; the iframe sees least of all.
 * - Long polling and polling last: they work wherever a page can load anything, at the price of a request per answer.
 */
const ladder = [
    fetchStream,
    xhrStream,
    eventSource,
    htmlFile,
    iframe,
    longPoll,
    poll,
];

// The public face: every technique, every format, and the two verbs made of them.
const everything = /* @__PURE__ */ createClient({
    transports: ladder,
    formats: [eventStream, jsonLines, json, scriptTags, text],
});
const subscribe = (url, options) => everything.subscribe(url, options);
const request = (url, options) => everything.request(url, options);

export { DEFAULTS, EnckeError, createClient, eventSource, eventStream, fetchStream, htmlFile, iframe, json, jsonLines, longPoll, poll, request, scriptTags, subscribe, text, xhrStream };
//# sourceMappingURL=index.js.map
