import { E as EnckeError, ae as pageOrigin, ad as baseUrl, ac as resolveUrl, aR as createScriptCallDecoder, aS as tooLarge, aT as malformed, aU as inWords, aV as parseLiteral, aW as unreadable, aK as WINDOW_PREFIX, a8 as nothing, aX as NOTHING, aY as statusError, aZ as firstOf, a_ as thenable, a9 as call, ax as notBuilt, a$ as nextBelow, b0 as stepTo, b1 as startDeadline, al as setTimer, b2 as shownUrl, b3 as createQueueTaker, b4 as whole, b5 as allReady, g as fetchStream, b6 as hasCredentials, aa as refuseUnknown, w as commandQueue } from './shared-index.js';
export { J as formValues, a6 as xhrStream } from './shared-index.js';

// Where calls may go: what a page's markup says must not lead them to strangers.
/** The URL of the backend. A `<base href>` of another origin does not lead a relative one there. */
function ownUrl(url) {
    const { location } = globalThis;
    const own = resolve(url, location?.href);
    const based = resolve(url, baseUrl());
    return own && based && own.origin !== based.origin ? own : url;
}
/** @throws EnckeError `invalid-option` for what is no URL. */
function absoluteUrl(url) {
    // On a server, where nothing is requested, any will do.
    return resolveUrl(url, baseUrl() ?? 'https://localhost');
}
/**
 * Whether a URL that the markup says, as the `action` of a form, is the page's own or of one of these.
 *
 * @throws EnckeError `invalid-option` for what is no URL.
 */
function isTrusted(url, backend, origins) {
    const { protocol, origin } = absoluteUrl(url);
    const trusted = [pageOrigin(), absoluteUrl(backend).origin, ...origins];
    return /^https?:/.test(protocol) && trusted.includes(origin);
}
/** @throws EnckeError `invalid-option` for what is not an origin */
function checkOrigins(origins) {
    if (Array.isArray(origins) && origins.every(isOrigin))
        return origins;
    throw new EnckeError('invalid-option', "trustedOrigins must be a list of origins: ['https://example.com'].");
}
function isOrigin(value) {
    return resolve(value)?.origin === value;
}
function resolve(url, base) {
    try {
        return new URL(url, base);
    }
    catch {
        return undefined;
    }
}

// A POST to a backend, as transports take it.
function postRequest(given) {
    return {
        method: 'POST',
        credentials: 'same-origin',
        lastEventId: '',
        fetch: (input, init) => fetch(input, init),
        callbacks: [],
        events: [],
        ...given,
    };
}

// What goes over the wire between a page and a Sijax backend: the fields of a call, and the format of the answers.
/** The field that names the function. */
const PARAM_REQUEST = 'sijax_rq';
/** The field that carries its arguments. */
const PARAM_ARGS = 'sijax_args';
/** What a plain call accepts, word for word as jQuery says it: some backends tell by it what is no visit to a page. */
const ACCEPT = 'application/json, text/javascript, */*; q=0.01';
/** Across origins the second one would cause a preflight; jQuery does not send it there either. */
function ajaxHeaders(origin) {
    return { accept: ACCEPT, ...(origin === pageOrigin() && { 'x-requested-with': 'XMLHttpRequest' }) };
}
/** The page's function that scripts of a comet answer call, by its path from `window`. */
const PROCESS_COMMANDS = 'Sijax.processCommands';
/** The page's function that scripts of PHP's answer to an upload call. */
const PROCESS_RESPONSE = 'sjxUpload.processResponse';
/**
 * The two fields of a call.
 *
 * @throws EnckeError `invalid-option` for arguments that JSON cannot say: circles, big integers.
 */
function callFields(functionName, args) {
    try {
        return [
            [PARAM_REQUEST, functionName],
            [PARAM_ARGS, JSON.stringify(args)],
        ];
    }
    catch (cause) {
        const sentence = `The arguments of ${functionName} are not JSON: ${inWords(cause)}`;
        throw new EnckeError('invalid-option', sentence, { cause });
    }
}
/**
 * What any Sijax backend answers: a JSON array of commands, or the script blocks of comet and upload. Each list is one
 * message. The content type is `text/html` either way, so a call names this format.
 */
const sijaxFormat = {
    name: 'sijax',
    mediaTypes: ['text/html', 'application/json'],
    onlyWhenAsked: true,
    decoder: createSijaxDecoder,
};
/** Where the list stands among the arguments of each function that our scripts may call. */
const LISTS = { [PROCESS_COMMANDS]: 0, [PROCESS_RESPONSE]: 1 };
/** PHP puts one behind the first piece of a stream, Python before it, so that old browsers begin to read. */
const EMPTY_SCRIPTS = /<script\b[^>]{0,200}>\s*<\/script\s*>/gi;
/**
 * Where a list of commands may begin: at once, or behind other text. What stands behind `:` or `,` or a bracket is part
 * of another list, of which the end is missing: an argument must not become a command.
 */
const LIST_START = /^\[|[^\s:,[{]\s*\[(?=\s*[{\]])/g;
/** How many of these places are tried: each costs as much as the text is long. */
const MOST_STARTS = 20;
/** Of a decoder's contract these servers need no more: they give no ids and no reconnection times. */
function createSijaxDecoder(sink, options) {
    const { maxMessageSize, lastEventId = '' } = options;
    const scripts = createScriptCallDecoder({ problem: tellOfOurs }, options, giveCall);
    let kind; // told by the first character that is not blank
    let held = ''; // the answer, as long as it may still be a list
    let settled = false; // whether it is none: scripts have called, or it is given up
    return {
        feed(chunk) {
            const text = kind ? chunk : chunk.trimStart();
            if (text)
                kind ??= text.startsWith('[') ? 'list' : 'page';
            hold(text);
            // A list is not searched for scripts: the HTML in it may hold some.
            if (kind === 'page')
                scripts.feed(text);
        },
        isWhole: () => kind === 'page' && scripts.isWhole?.() === true,
        end() {
            if (kind === 'page')
                scripts.end();
            if (!settled)
                giveList(held.slice(0, maxMessageSize).trimEnd());
        },
    };
    function hold(text) {
        if (settled || isTooLong())
            return;
        held += text;
        if (kind === 'list' && isTooLong())
            giveUp(tooLarge(held, maxMessageSize));
    }
    function isTooLong() {
        return held.length > maxMessageSize;
    }
    function giveCall(name, values) {
        if (!Object.hasOwn(LISTS, name))
            return;
        settle();
        const list = values[LISTS[name] ?? 0];
        if (Array.isArray(list))
            give(list);
        else
            sink.problem(malformed(`${name}() was given no list of commands.`, JSON.stringify(values).slice(1, -1)));
    }
    /** Other scripts of a page may say what they like; a call that is too long has lost its name. */
    function tellOfOurs(error) {
        const [called = ''] = error.payload?.split('(') ?? [];
        if (error.code === 'malformed' && !Object.hasOwn(LISTS, called.replace(WINDOW_PREFIX, '')))
            return;
        settle();
        sink.problem(error);
    }
    function giveList(text) {
        // A function that has nothing to say is no failure.
        if (!text.replace(EMPTY_SCRIPTS, '').trim())
            return;
        const found = isTooLong() ? undefined : findList(text);
        if (!found)
            return giveUp(noCommands(text));
        if (found.before)
            sink.problem(malformed('The commands have text before them.', found.before));
        give(found.list);
    }
    function give(list) {
        sink.message({ event: 'message', data: list, id: lastEventId });
    }
    function giveUp(error) {
        settle();
        sink.failed(error);
    }
    function settle() {
        settled = true;
        held = '';
    }
}
/** The list that the text ends with, and what a talkative backend wrote before it, the notices of PHP for example. */
function findList(text) {
    if (!text.endsWith(']'))
        return undefined;
    let tries = 0;
    for (const { index, 0: match } of text.matchAll(LIST_START)) {
        const start = index + match.indexOf('[');
        const list = parseLiteral(text.slice(start));
        if (list !== undefined)
            return { list, before: text.slice(0, start) };
        if (++tries === MOST_STARTS)
            break;
    }
    return undefined;
}
function noCommands(text) {
    const sentence = `The answer holds no commands. Is it a login page, or did the server not see ${PARAM_REQUEST}?`;
    return unreadable('not-a-sijax-response', sentence, text);
}

// Fields of a form, and headers, of which the values may be functions that are asked when they are needed.
/**
 * Asks every function now. The answer comes later only where one of them answers later.
 *
 * @throws EnckeError `invalid-option` where a function throws.
 */
function askFields(fields) {
    const names = Object.keys(fields);
    const values = names.map((name) => ask(name, fields[name]));
    return values.some(isPromise)
        ? Promise.all(values.map(async (value) => value)).then(entries)
        : entries(values);
    function entries(given) {
        return names.flatMap((name, index) => {
            const value = given[index];
            return value === undefined || value === null ? [] : [[name, String(value)]];
        });
    }
}
/** Headers as fetch takes them, or as fields; those that come later in the list replace those before. */
async function askHeaders(given) {
    const headers = new Headers();
    for (const source of given) {
        const asked = typeof source === 'function' ? await source() : source;
        const entries = Symbol.iterator in asked ? asked : await askFields(asked);
        for (const [name, value] of entries)
            headers.set(name, value);
    }
    return headers;
}
function ask(name, value) {
    if (typeof value !== 'function')
        return value;
    try {
        const answer = value();
        // Where one behind it fails at once, nobody hears of a failure of this one.
        if (isPromise(answer))
            void Promise.allSettled([answer]);
        return answer;
    }
    catch (cause) {
        throw new EnckeError('invalid-option', `The function for ${name} failed: ${inWords(cause)}`, { cause });
    }
}
/** The only object among them; of which class it is depends on who made it. */
function isPromise(value) {
    return typeof value === 'object' && value !== null;
}

// One POST over one transport, and its answer as lists of commands.
function openPost(open, request, { maxMessageSize = Infinity, allowTruncated }, listener) {
    let live = true; // neither ended nor stopped
    let answered = false;
    let brought = false; // whether a list has come
    // The carrier's and the decoder's. A handler may stop it in the middle of a chunk: then the rest of it counts for nothing.
    const sink = {
        opened: answer,
        alive: answer,
        text: (chunk) => decoder.feed(chunk),
        ready: listener.ready,
        message({ data }) {
            brought = true;
            if (live)
                listener.commands(data);
        },
        // Neither this format nor a carrier that posts has ids or reconnection times.
        id: nothing,
        retry: nothing,
        problem(error) {
            if (live)
                listener.problem(error);
        },
        failed: (error) => finish({ how: 'failed', error }),
        ended(end) {
            if (end.how === 'complete')
                decoder.end();
            finish(meaningOf(end));
        },
    };
    const decoder = createSijaxDecoder(sink, { maxMessageSize });
    const stopTransport = open(request, sink);
    return stop;
    function answer(head) {
        answered = true;
        listener.answered(head);
    }
    function meaningOf(end) {
        if (end.how === 'status') {
            const { head, body } = end;
            return NOTHING.includes(head.status)
                ? { how: 'complete' }
                : { how: 'failed', error: statusError(head, body) };
        }
        const isWhole = allowTruncated && end.how === 'cut' && brought && decoder.isWhole?.();
        if (isWhole)
            return { how: 'complete', truncated: true };
        // Whatever its carrier says: what was answered was sent.
        return end.how === 'unusable' && answered ? { ...end, sent: true } : end;
    }
    function finish(end) {
        if (!live)
            return;
        stop();
        listener.ended(end);
    }
    function stop() {
        live = false;
        stopTransport();
    }
}

// One call, which is sent once: what a caller holds while it goes out, and its answer comes in.
const CLOCK = { now: () => performance.now(), setTimer };
/**
 * It goes over the first transport that can carry it, or where that cannot work here, over the next; and it goes when the
 * current code has ended, so that what is closed at once never reaches the network.
 *
 * @throws EnckeError `no-transport`
 */
function startCall(outgoing, options) {
    const { signal, commands, onMessage, onError, onState, onTransport } = options;
    const { url, demand, transports, connectTimeout = Infinity } = outgoing;
    // A page's code may call us while a server renders it; nothing must happen then.
    const isInert = baseUrl() === undefined;
    const takers = new Set();
    let state = 'connecting';
    let transport = ''; // the name of the one in use
    let attempt = 0; // transports tried
    let built;
    let head;
    let last; // once it is over
    let stopPost = nothing;
    let stopTimer = nothing;
    let settle;
    const closed = new Promise((resolve) => (settle = resolve));
    const face = {
        get state() {
            return state;
        },
        get transport() {
            return transport;
        },
        lastEventId: '',
        closed,
        close: () => close('user'),
        on,
        [Symbol.asyncIterator]: loop,
    };
    const abort = () => close('abort');
    if (!isInert) {
        const { transport: first, refusals } = firstOf(transports, demand);
        queueMicrotask(() => void open(first, { to: first.name, refusals }));
    }
    if (signal?.aborted)
        abort();
    else
        signal?.addEventListener('abort', abort);
    return Object.assign(face, thenable(reply));
    async function open(carrier, change) {
        if (isOver())
            return;
        attempt++;
        transport = change.to;
        call(onTransport, change);
        if (isOver())
            return;
        expectAnswer();
        const listener = {
            answered,
            ready: () => allReady([...takers, commands].map((taker) => taker?.ready())),
            commands: receive,
            problem: report,
            ended,
        };
        try {
            const request = await (built ??= outgoing.request());
            if (!isOver())
                stopPost = openPost(carrier.open, request, outgoing, listener);
        }
        catch (cause) {
            fail(cause instanceof EnckeError ? cause : notBuilt(cause));
        }
        function ended(end) {
            if (end.how === 'complete')
                return close('done', undefined, end.truncated);
            const next = end.how === 'unusable' && !end.sent && nextBelow(carrier, transports, demand);
            if (!next)
                return fail(end.error);
            report(end.error);
            void open(next, stepTo(next, carrier, end.error.message));
        }
    }
    /** A function, so that the compiler forgets what it knew before others ran. */
    function isOver() {
        return last !== undefined;
    }
    function answered(begun) {
        stopTimer();
        if (!begun)
            return;
        head = begun;
        become('open', 'the server has answered');
    }
    /** What a page slept through is no timeout. */
    function expectAnswer() {
        stopTimer();
        if (connectTimeout === Infinity)
            return;
        stopTimer = startDeadline(CLOCK, connectTimeout, (suspended) => {
            if (suspended)
                expectAnswer();
            else
                fail(new EnckeError('timeout', `No answer within ${String(connectTimeout)} ms.`));
        });
    }
    function become(next, reason, error) {
        const previous = state;
        state = next;
        if (!isInert)
            call(onState, { state, previous, reason, attempt, transport, error });
    }
    function receive(data) {
        const message = { event: 'message', data, id: '' };
        call(onMessage, message);
        if (!last)
            commands?.push(data);
        // A copy: a handler that takes itself away and adds itself anew would be met for ever.
        for (const taker of [...takers])
            if (!last)
                taker.push(message);
    }
    function report(error) {
        error.url ??= shownUrl(url);
        call(onError, Object.assign(error, { attempt, transport }));
    }
    function fail(error) {
        if (last)
            return;
        report(error);
        close('fatal', error);
    }
    function close(reason, error, truncated) {
        // A handler that hears of the error may have closed it.
        if (last)
            return;
        last = { reason, error, truncated };
        stopTimer();
        stopPost();
        signal?.removeEventListener('abort', abort);
        become('closed', error?.message ?? reason, error);
        for (const taker of takers)
            taker.over?.(last);
        settle(last);
    }
    function on(_event, handler) {
        const push = (message) => call(handler, message.data, message);
        const taker = { push, ready: nothing };
        takers.add(taker);
        return () => void takers.delete(taker);
    }
    function loop() {
        const queue = createQueueTaker({ takers, options, isInert, last, close: face.close });
        return queue.read();
    }
    async function reply() {
        const truncated = await whole({ isInert, closed, signal, commands });
        const answer = { status: 204, url, headers: undefined, ...head };
        return { messages: [], truncated, transport, ...answer };
    }
}

// What goes out by a call: how each kind does it, and what the app and the call add.
/** A call whose answer comes as a whole. */
const PLAIN = { isAjax: true, callbacks: [] };
/** No header, no word in the URL: an iframe can carry the same. */
const COMET = { allowTruncated: true, callbacks: [PROCESS_COMMANDS] };
/** Python's answers call the first, PHP's the second. */
const UPLOAD = { allowTruncated: true, callbacks: [PROCESS_COMMANDS, PROCESS_RESPONSE] };
/** Not XHR: of a response that breaks off, as those of Python do, it never shows in Firefox (153) what came in the last 50 ms. */
const TRANSPORTS = [fetchStream];
/** A whole answer may be one list, of any amount of HTML. */
const MAX_MESSAGE_SIZE = 16_777_216;
/**
 * Sends it, once. What stands in several of the options is taken from the last, but headers, params and signals add up.
 *
 * @throws EnckeError `invalid-option`, `no-transport`
 */
function send(post, ...all) {
    const { form, fields, kind, isRefused = false } = post;
    const { isAjax = false, allowTruncated, callbacks } = kind;
    // A stranger is given nothing, and nobody is asked for a token in vain.
    const given = isRefused ? [] : all;
    const own = given.flatMap(({ headers }) => (headers === undefined ? [] : [headers]));
    const params = askFields(Object.assign({}, ...given.map((options) => options.params)));
    const signals = all.flatMap(({ signal }) => signal ?? []);
    // An option given as `undefined` is an option not given.
    const entries = all
        .flatMap((options) => Object.entries(options))
        .filter(([, value]) => value !== undefined);
    const options = Object.fromEntries(entries);
    const { credentials = 'same-origin', fetch: ownFetch, onUploadProgress } = options;
    const { href, origin } = absoluteUrl(post.url);
    const sources = [isAjax ? ajaxHeaders(origin) : { accept: 'text/html' }, ...own];
    // Where the call is closed at once, nobody hears of a token that could not be had.
    if ('then' in params)
        params.catch(nothing);
    const demand = {
        method: 'POST',
        headers: isAjax || own.length > 0,
        body: 'then' in params ? 'any' : 'form',
        crossOrigin: origin !== pageOrigin(),
        credentials,
        once: true,
        ownFetch: ownFetch !== undefined,
        uploadProgress: onUploadProgress !== undefined,
        urlCredentials: hasCredentials(href),
    };
    const { connectTimeout, maxMessageSize = MAX_MESSAGE_SIZE, transports = TRANSPORTS } = options;
    return startCall({ url: href, demand, request, transports, connectTimeout, maxMessageSize, allowTruncated }, { ...options, ...(signals.length > 1 && { signal: AbortSignal.any(signals) }) });
    async function request() {
        if (isRefused) {
            const sentence = `The form goes to ${href}, whose origin is not in trustedOrigins.`;
            throw new EnckeError('invalid-option', sentence);
        }
        const [headers, ofParams] = await Promise.all([askHeaders(sources), params]);
        // The fields of Sijax come last: without them a server takes the call for a visit to the page.
        for (const [name, value] of [...ofParams, ...fields])
            form.set(name, value);
        return postRequest({
            url: href,
            headers,
            body: form,
            credentials,
            ...(ownFetch && { fetch: ownFetch }),
            onUploadProgress: onUploadProgress && ((progress) => call(onUploadProgress, progress)),
            callbacks,
        });
    }
}

// Tokens against request forgery, read from the page at the moment of each call.
/**
 * Reads a cookie at each call. For a header, where the page is on the backend's own origin:
 *
 * - Django: `{ 'X-CSRFToken': cookie('csrftoken') }`
 * - Laravel: `{ 'X-XSRF-TOKEN': cookie('XSRF-TOKEN') }`
 */
function cookie(name) {
    return () => {
        if (typeof document === 'undefined')
            return undefined;
        const start = `${name}=`;
        const pair = document.cookie.split('; ').find((candidate) => candidate.startsWith(start));
        return pair && decode(pair.slice(start.length));
    };
}
/**
 * Reads the content of a `<meta name="…">` at each call. For a header, or for a field of `params`:
 *
 * - Flask-WTF: header `{ 'X-CSRFToken': metaTag('csrf-token') }`, or field `{ csrf_token: metaTag('csrf-token') }`
 * - Laravel: header `{ 'X-CSRF-TOKEN': metaTag('csrf-token') }`, or field `{ _token: metaTag('csrf-token') }`
 */
function metaTag(name) {
    return () => {
        if (typeof document === 'undefined')
            return undefined;
        const tags = [...document.getElementsByTagName('meta')];
        return tags.find((tag) => tag.name === name)?.content;
    };
}
/** Laravel encodes its token, and expects it back as it was. */
function decode(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        // A percent sign that stands for itself.
        return text;
    }
}

// What asks the suggest plugin of Sijax for PHP.
/** What the command calls that brings them. */
const PROCESS_SUGGESTIONS = 'sjxSuggest.processResponse';
function withSuggestions(app) {
    return { ...app, suggest };
    function suggest(functionName, query, own = {}) {
        let suggestions = [];
        const queue = withoutSuggestions(own.commands ?? app.commands, (found) => (suggestions = found));
        const call = app.request(functionName, [query], { ...own, commands: queue });
        const whole = call.then;
        const reply = () => whole((answer) => ({ ...answer, suggestions }));
        return Object.assign(call, thenable(reply));
    }
}
/** The same queue, but for the command that brings suggestions: those are handed to `found`. */
function withoutSuggestions(queue, found) {
    const push = (commands) => {
        for (const answer of commands.filter(isAnswer))
            found(suggestionsIn(answer));
        queue.push(commands.filter((command) => !isAnswer(command)));
    };
    return Object.create(queue, { push: { value: push } });
}
function isAnswer(value) {
    const { type, call } = (value ?? {});
    return type === 'call' && call === PROCESS_SUGGESTIONS;
}
function suggestionsIn({ params }) {
    const [answer] = [params].flat();
    return [answer?.suggestions].flat().filter(isSuggestion);
}
function isSuggestion(value) {
    return typeof value?.display === 'string';
}

// The entry `encke/sijax`: a typed client for Sijax backends.
const OF_CALL = {
    credentials: 0,
    signal: 0,
    fetch: 0,
    transports: 0,
    onMessage: 0,
    onError: 0,
    onState: 0,
    onTransport: 0,
    connectTimeout: 0,
    headers: 0,
    params: 0,
    commands: 0,
    maxMessageSize: 0,
};
const OF_UPLOAD = { ...OF_CALL, callback: 0, submitter: 0, onUploadProgress: 0 };
function sijax(url, options = {}) {
    refuseUnknown('sijax', options, { ...OF_CALL, trustedOrigins: 0 });
    const commands = queueOf(options);
    const { trustedOrigins = [], ...ofCalls } = options;
    const origins = checkOrigins(trustedOrigins);
    const defaults = { ...ofCalls, commands };
    return { commands, request: verb('request', PLAIN), comet: verb('comet', COMET), upload };
    function verb(name, kind) {
        return (functionName, args = [], own = {}) => {
            refuseUnknown(name, own, OF_CALL);
            const fields = callFields(functionName, args);
            return send({ url: address(), form: new URLSearchParams(), fields, kind }, defaults, own);
        };
    }
    function upload(form, own = {}) {
        refuseUnknown('upload', own, OF_UPLOAD);
        const { callback, submitter = null, ...rest } = own;
        // By attribute, as a field named `id` or `action` stands in the way of the property.
        const id = form.getAttribute('id');
        if (!id)
            throw new EnckeError('invalid-option', 'The form needs an id.');
        const action = submitter?.getAttribute('formaction') || form.getAttribute('action');
        const target = action || address();
        const post = {
            url: target,
            isRefused: !isTrusted(target, address(), origins),
            form: new FormData(form, submitter),
            fields: callFields(callback ?? `${id}_upload`, [id]),
            kind: UPLOAD,
        };
        return send(post, defaults, rest);
    }
    function address() {
        return url !== undefined ? ownUrl(url) : (globalThis.location?.href ?? '');
    }
}
function queueOf({ commands = {}, onError }) {
    if ('push' in commands)
        return commands;
    const functions = { sjxUpload: { resetForm }, ...commands.functions };
    return commandQueue({ onError, ...commands, functions });
}
/** What the upload functions of a server call to empty a form. */
function resetForm(id) {
    const form = document.getElementById(String(id));
    // Not as its method, as a field may have that name.
    if (form)
        HTMLFormElement.prototype.reset.call(form);
}

export { cookie, metaTag, sijax, sijaxFormat, withSuggestions };
//# sourceMappingURL=sijax.js.map
