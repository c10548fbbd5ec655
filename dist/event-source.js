import { as as ask, at as percentDecoded, au as setParam, aj as utf8Bytes, av as hintOn, aw as openFetch, ax as notBuilt, al as setTimer, E as EnckeError, a8 as nothing, ak as isEventStream, b as eventStream, ay as createPageTurn, am as pageOf, az as errorOf, ao as readRetryAfter, an as retryDelay, ap as MAX_RETRY_DELAY, aq as RETRY_DELAY, ai as meaningOfStatus, ae as pageOrigin, ad as baseUrl } from './shared-index.js';

// One attempt's request, made from the options and the last event id.
/** Asks the functions among the options, then puts the request together. */
async function buildRequest(target) {
    const { options, lastEventId, inQuery } = target;
    const url = new URL(target.url);
    const [given, body = null, asked, credentials] = await Promise.all([
        ask(options.headers),
        ask(options.body),
        ask(options.method),
        ask(options.credentials),
    ]);
    const headers = new Headers(given);
    const method = asked ?? (body === null ? 'GET' : 'POST');
    if (!headers.has('accept'))
        headers.set('accept', 'text/event-stream');
    // fetch refuses a URL that holds a user's name.
    if (url.username || url.password) {
        const user = percentDecoded(`${url.username}:${url.password}`);
        headers.set('authorization', `Basic ${btoa(user)}`);
        url.username = url.password = '';
    }
    if (lastEventId && inQuery) {
        setParam(url, options.lastEventIdQueryParameterName ?? 'lastEventId', lastEventId);
    }
    else if (lastEventId)
        headers.set('last-event-id', utf8Bytes(lastEventId));
    return {
        url: url.href,
        method: method.toUpperCase(),
        headers,
        body: body,
        hint: hintOn(body),
        credentials: credentials ?? (options.withCredentials ? 'include' : 'same-origin'),
        lastEventId,
        fetch: options.fetch ?? fetch,
        callbacks: [],
        events: [],
    };
}

// One attempt: a request, and its response as events.
/** @param heartbeatTimeout longest silence, in milliseconds */
function startAttempt(target, heartbeatTimeout, listener) {
    let live = true; // neither ended nor stopped
    let isSent = false;
    let isAnswered = false;
    let decoder;
    let lastLife = performance.now();
    let stopTimer = nothing;
    let stopRequest = nothing;
    const sink = {
        ...listener,
        opened(head) {
            beat();
            // [spec] if res's status is not 200, or if res's `Content-Type` is not `text/event-stream`, then fail the connection.
            if (head.status !== 200)
                return finish({ how: 'status', head, body: '' });
            if (!isEventStream(head)) {
                const sentence = `${head.url} is no event stream, but ${String(head.headers?.get('content-type'))}.`;
                return sink.failed(new EnckeError('content-type', sentence, head));
            }
            decoder = eventStream.decoder(sink, {
                maxMessageSize: Infinity,
                lastEventId: target.lastEventId,
                flush: false,
            });
            listener.opened(head);
        },
        text(chunk) {
            beat();
            decoder?.feed(chunk);
        },
        ready() {
            const pending = listener.ready();
            // The silence of a carrier that waits for us is no silence of the server's.
            void pending?.then(beat);
            return pending;
        },
        alive: beat,
        // [spec] Streams must be decoded using the UTF-8 decode algorithm, which replaces what is none.
        problem: nothing,
        failed: (error) => finish({ how: 'failed', error }),
        ended: finish,
    };
    if (heartbeatTimeout < Infinity)
        watch(heartbeatTimeout);
    buildRequest(target).then((request) => {
        if (!live)
            return;
        isSent = true;
        stopRequest = openFetch(request, sink);
    }, 
    // A function that asks for a token may fail because the network does: the next attempt asks it again.
    (cause) => finish({ how: 'cut', error: notBuilt(cause) }));
    return stop;
    function beat() {
        isAnswered = isSent;
        lastLife = performance.now();
    }
    /** Looks again when the silence will have lasted too long, rather than at every chunk. */
    function watch(left) {
        stopTimer = setTimer(() => {
            const silence = performance.now() - lastLife;
            if (listener.ready())
                return watch(heartbeatTimeout);
            if (silence < heartbeatTimeout)
                return watch(heartbeatTimeout - silence);
            const sentence = `Nothing has come for ${String(Math.round(silence))} ms.`;
            finish({ how: 'cut', error: new EnckeError('timeout', sentence) });
        }, left);
    }
    function finish(end) {
        if (!live)
            return;
        stop();
        listener.ended(end, isSent && !isAnswered);
    }
    function stop() {
        live = false;
        stopTimer();
        stopRequest();
    }
}

// Whether asking again would change nothing, where there is no response that the page may see.
/**
 * Another origin is asked once without CORS, for its head only: if it answers that, it does not let this page in.
 *
 * @param told called at once, or later unless it is stopped before
 */
function askWhetherFutile(url, { fetch: ownFetch = fetch }, isForeign, told) {
    const controller = new AbortController();
    const { signal } = controller;
    const tell = (isFutile) => {
        if (!signal.aborted)
            told(isFutile);
    };
    // Nothing but a server may come back.
    const isServer = /^https?:/.test(url);
    if (!isServer || !isForeign)
        tell(!isServer);
    else {
        ownFetch(url, { method: 'HEAD', mode: 'no-cors', cache: 'no-store', signal }).then(() => tell(true), () => tell(false));
    }
    return () => controller.abort();
}

// What a source has to tell, in order: promises settle between two events, and the page has its turn between many.
/**
 * So many turns of promises lie between two tasks. [spec] Each event is a task, behind which all promises settle. A task
 * of one's own costs 150 µs in WebKitGTK 2.50, these cost 2 µs; nothing tells when the last promise has settled.
 */
const TURNS = 32;
function createTaskQueue() {
    const tasks = new Set();
    let running;
    return {
        add(task) {
            tasks.add(task);
            running ??= run();
        },
        drained: () => running,
        clear: () => tasks.clear(),
    };
    async function run() {
        const pageTurn = createPageTurn();
        await settling();
        // What is added meanwhile is taken, too.
        for (const task of tasks) {
            tasks.delete(task);
            task();
            await settling();
            const turn = pageTurn();
            if (turn)
                await turn;
        }
        running = undefined;
    }
}
async function settling() {
    const settled = Promise.resolve();
    for (let turn = 0; turn < TURNS; turn++)
        await settled;
}

// The rules for one event stream: when it is open, when it is asked for again, and when it has failed for good.
/** The reconnection time until the server sets one, in milliseconds. [spec] Probably in the region of a few seconds. */
const RECONNECTION_TIME = 3_000;
/** With `resilient`, the longest silence, in milliseconds, and the bounds of the waits. */
const HEARTBEAT = 45_000;
const WAITS = { retryDelay: RETRY_DELAY, maxRetryDelay: MAX_RETRY_DELAY };
function follow(url, options, follower) {
    const { resilient, lastEventIdQueryParameterName: named } = options;
    const { heartbeatTimeout = resilient ? HEARTBEAT : Infinity } = options;
    const tasks = createTaskQueue();
    let lastEventId = '';
    let serverRetry; // the reconnection time that the server set
    let origin = new URL(url).origin; // of the latest response
    let hasOpened = false; // at least once
    let inQuery = named !== undefined; // how the id travels
    let failures = 0; // attempts in a row that brought nothing
    let stopCurrent; // the attempt, or what follows it
    let isWaiting = false;
    let isAway = false; // the page was left, and may come back
    const stopWatching = pageOf({}).watch((event) => {
        if (event === 'stored') {
            // Nothing is told to a page that is left, and nothing keeps it from being stored.
            stopCurrent?.();
            isAway = true;
        }
        else if (event === 'restored' && isAway) {
            isAway = false;
            lose(undefined, 0);
        }
        else if (event === 'online' && resilient && isWaiting)
            attempt();
    });
    attempt();
    return stop;
    function stop() {
        stopCurrent?.();
        stopWatching();
        tasks.clear();
    }
    function attempt() {
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
                if (isUnanswered)
                    unanswered(end);
                else
                    ended(end);
            },
        });
    }
    /** Whether another origin has to let this page in, behind a redirect or before it. */
    function isForeign() {
        const page = pageOrigin();
        return page !== undefined && (origin !== page || new URL(url).origin !== page);
    }
    /** The server is down, or it refuses this page or one of the headers: a page is not told which. */
    function unanswered(end) {
        if (named === undefined && isForeign() && lastEventId) {
            // Most servers answer no preflight, which the header needs. A browser's own EventSource needs none.
            inQuery = !inQuery;
            if (inQuery)
                return attempt();
        }
        // [spec] Otherwise, if res is a network error, then reestablish the connection, unless the user agent knows that to be
        // futile, in which case the user agent may fail the connection.
        if (hasOpened || resilient)
            ended(end);
        else {
            stopCurrent = askWhetherFutile(url, options, isForeign(), (isFutile) => {
                if (isFutile)
                    fail(errorOf(end));
                else
                    ended(end);
            });
        }
    }
    function ended(end) {
        const error = errorOf(end);
        const { status = 200, headers } = error ?? {};
        const passes = meaningOfStatus(status) === 'retry';
        if (end.how === 'failed' || (end.how === 'status' && !(resilient && passes)))
            return fail(error);
        const retryAfter = readRetryAfter(headers, Date.now());
        const delay = resilient
            ? retryDelay({ ...WAITS, failures, serverRetry, retryAfter }, Math.random())
            : (serverRetry ?? RECONNECTION_TIME);
        lose(error, delay);
    }
    // [spec] reestablish the connection
    function lose(error, delay) {
        tasks.add(() => {
            stopCurrent?.();
            isWaiting = true;
            stopCurrent = setTimer(attempt, delay);
            follower.lost(error);
        });
    }
    // [spec] fail the connection
    function fail(error) {
        tasks.add(() => {
            stop();
            follower.failed(error);
        });
    }
}

// The entry encke/event-source: the standard's EventSource, with headers, methods and reconnection as one needs them.
const STATES = { CONNECTING: 0, OPEN: 1, CLOSED: 2 };
const HANDLERS = ['open', 'message', 'error'];
/** `EventSource` of the HTML standard, made of `fetch`. */
class EventSource extends EventTarget {
    /** Options of every EventSource made from now on, where it is not given its own. */
    static defaults = {};
    #url;
    #withCredentials;
    #signal;
    #handlers = new Map();
    #readyState = STATES.CONNECTING;
    #stop;
    static {
        const { prototype } = this;
        // Bundlers and minifiers name it otherwise.
        Object.defineProperty(this, 'name', { value: 'EventSource' });
        for (const [name, value] of Object.entries(STATES)) {
            for (const holder of [this, prototype])
                Object.defineProperty(holder, name, { value, enumerable: true });
        }
        for (const type of HANDLERS) {
            Object.defineProperty(prototype, `on${type}`, {
                configurable: true,
                get() {
                    return this.#handlers.get(type)?.handler ?? null;
                },
                set(value) {
                    this.#handle(type, value);
                },
            });
        }
        // [spec: Web IDL] Attributes and operations are enumerable.
        const members = ['url', 'withCredentials', 'readyState', 'close', ...HANDLERS.map((type) => `on${type}`)];
        for (const name of members)
            Object.defineProperty(prototype, name, { enumerable: true });
        Object.defineProperty(prototype, Symbol.toStringTag, { value: 'EventSource', configurable: true });
    }
    /** @throws a `SyntaxError` that is a `DOMException` where the URL cannot be parsed */
    constructor(url, options = {}) {
        if (arguments.length === 0)
            throw new TypeError('EventSource needs a URL.');
        if (!/^(object|function)$/.test(typeof options)) {
            throw new TypeError('The options of an EventSource are an object.');
        }
        super();
        const all = { ...new.target.defaults, ...given(options) };
        this.#url = parse(url);
        this.#withCredentials = Boolean(all.withCredentials);
        this.#signal = all.signal;
        if (all.signal?.aborted)
            this.#readyState = STATES.CLOSED;
        else {
            all.signal?.addEventListener('abort', this.#abort);
            this.#stop = follow(this.#url, all, {
                opened: (head) => this.#become(STATES.OPEN, 'open', head),
                lost: (error) => this.#become(STATES.CONNECTING, 'error', error),
                failed: (error) => {
                    this.close();
                    this.#become(STATES.CLOSED, 'error', error);
                },
                message: ({ event, data, id }, origin) => {
                    this.dispatchEvent(new MessageEvent(event, { data, origin, lastEventId: id }));
                },
            });
        }
    }
    /** Absolute. */
    get url() {
        return this.#url;
    }
    get withCredentials() {
        return this.#withCredentials;
    }
    get readyState() {
        return this.#readyState;
    }
    /** No event is fired any more. */
    close() {
        this.#readyState = STATES.CLOSED;
        this.#signal?.removeEventListener('abort', this.#abort);
        this.#stop?.();
    }
    #abort = () => this.close();
    #become(state, type, known) {
        this.#readyState = state;
        const { status, headers } = known ?? {};
        const message = type === 'error' && { message: known instanceof Error ? known.message : '' };
        this.dispatchEvent(Object.assign(new Event(type), { status, headers, ...message }));
    }
    // [spec] An event handler's place among the listeners is that of when it was first set to a value that is not null.
    #handle(type, value) {
        const isHandler = typeof value === 'function' || (typeof value === 'object' && value !== null);
        const known = this.#handlers.get(type);
        if (!isHandler) {
            if (known)
                this.removeEventListener(type, known.listener);
            this.#handlers.delete(type);
        }
        else if (known)
            known.handler = value;
        else {
            const added = {
                handler: value,
                listener: (event) => {
                    if (typeof added.handler === 'function')
                        added.handler.call(this, event);
                },
            };
            this.#handlers.set(type, added);
            this.addEventListener(type, added.listener);
        }
    }
}
/** An option given as `undefined` is an option not given. */
function given(options) {
    return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined));
}
function parse(url) {
    // Unlike `String`, this refuses a symbol, as Web IDL does.
    const text = ''.concat(url);
    try {
        const { href, hostname, protocol } = new URL(text, baseUrl());
        // [spec: URL] U+0025 (%) is a forbidden domain code point. Chromium (156) writes spaces with it.
        if (!hostname.includes('%') || !protocol.startsWith('http'))
            return href;
    }
    catch {
        // The base URL is none, either.
    }
    throw new DOMException(`"${text}" is not a URL.`, 'SyntaxError');
}

export { EventSource };
//# sourceMappingURL=event-source.js.map
