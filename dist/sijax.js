import { E as EnckeError, ab as baseUrl, ac as pageOrigin, aa as resolveUrl, aN as createScriptCallDecoder, aO as tooLarge, aP as malformed, aQ as inWords, aR as parseLiteral, aS as NOTHING, aT as statusError, aU as firstOf, az as notBuilt, aV as nextBelow, aW as stepTo, aX as startDeadline, ak as setTimer, aY as thenable, aZ as createQueueTaker, a_ as whole, a7 as call, a$ as allReady, b0 as shownUrl, g as fetchStream, a5 as xhrStream, b1 as hasCredentials, a8 as refuseUnknown, v as commandQueue } from './shared-index.js';
export { I as formValues } from './shared-index.js';

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
/** Whether a URL that the markup says, as the `action` of a form, is the page's own or of one of these. */
function isTrusted(url, backend, origins) {
    const base = baseUrl();
    const target = resolve(url, base);
    // What is no URL is refused by the client.
    if (!target)
        return true;
    const trusted = [pageOrigin(), resolve(backend, base)?.origin, ...origins];
    return /^https?:/.test(target.protocol) && trusted.includes(target.origin);
}
/** @throws EnckeError `invalid-option` for what is not an origin */
function checkOrigins(origins) {
    if (Array.isArray(origins) && origins.every(isOrigin))
        return origins;
    throw new EnckeError('invalid-option', "trustedOrigins must be a list of origins: ['https://example.com'].");
}
function isOrigin(value) {
    return value !== 'null' && typeof value === 'string' && resolve(value)?.origin === value;
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
        const sentence = `The arguments of ${functionName} cannot be written as JSON: ${inWords(cause)}`;
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
/** A problem of one of our calls, by its text, and not of any other script in a page. */
const OUR_CALL = /^[\w$.]*\b(?:Sijax\.processCommands|sjxUpload\.processResponse)\(/;
/** PHP puts one behind the first piece of a stream, Python before it, so that old browsers begin to read. */
const EMPTY_SCRIPTS = /<script\b[^>]{0,200}>\s*<\/script\s*>/gi;
/**
 * Where a list of commands may begin: at once, or behind other text. What stands behind `:` or `,` or a bracket is part
 * of another list, of which the end is missing: an argument must not become a command.
 */
const LIST_START = /^\[|[^\s:,[{]\s*\[(?=\s*[{\]])/g;
/** How many of these places are tried: each costs as much as the text is long. */
const MOST_STARTS = 20;
const EXCERPT_LENGTH = 200;
function createSijaxDecoder(sink, options) {
    const { maxMessageSize } = options;
    const scripts = createScriptCallDecoder({ ...sink, problem: tellOfOurs }, options, giveCall);
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
        if (error.code === 'malformed' && !OUR_CALL.test(error.payload ?? ''))
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
        sink.message({ event: 'message', data: list, id: options.lastEventId });
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
    const sentence = `The answer holds no commands. Did the server see ${PARAM_REQUEST} and ${PARAM_ARGS}, or is it a login page?`;
    return new EnckeError('not-a-sijax-response', sentence, { payload: text.slice(0, EXCERPT_LENGTH) });
}

// Fields of a form, and headers, of which the values may be functions that are asked when they are needed.
/**
 * Asks every function now. The answer comes later only where one of them answers later.
 *
 * @throws EnckeError `invalid-option` where a function throws.
 */
function askFields(fields) {
    const names = Object.keys(fields);
    const values = [];
    try {
        for (const name of names)
            values.push(ask(name, fields[name]));
    }
    catch (error) {
        // What those before it answer is of no use any more, and neither is their failure.
        void Promise.allSettled(values.map(async (value) => value));
        throw error;
    }
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
        return value();
    }
    catch (cause) {
        throw new EnckeError('invalid-option', `The function for ${name} failed: ${inWords(cause)}`, { cause });
    }
}
/** The only object among them; of which class it is depends on who made it. */
function isPromise(value) {
    return typeof value === 'object' && value !== null;
}

// Reads the answer of a Sijax backend: lists of commands.
/** @param maxMessageSize the longest list, in characters */
function createCommandDecoder(sink, maxMessageSize = Infinity) {
    return sijaxFormat.decoder({
        message: ({ data }) => sink.commands(data),
        problem: sink.problem,
        failed: sink.failed,
        id: ignore$1,
        retry: ignore$1,
    }, { maxMessageSize, lastEventId: '', flush: true });
}
function ignore$1() {
    // This format has neither ids nor reconnection times.
}

// One POST over one transport, and its answer as lists of commands.
function openPost(open, request, { maxMessageSize, allowTruncated }, listener) {
    let live = true; // neither ended nor stopped
    let answered = false;
    let brought = false; // whether a list has come
    const decoder = createCommandDecoder({ commands, problem, failed }, maxMessageSize);
    const stopTransport = open(request, {
        opened: answer,
        alive: answer,
        text: (chunk) => decoder.feed(chunk),
        ready: () => listener.ready(),
        problem,
        message: ignore,
        id: ignore,
        retry: ignore,
        ended(end) {
            if (end.how === 'complete')
                decoder.end();
            finish(meaningOf(end));
        },
    });
    return stop;
    function answer(head) {
        answered = true;
        if (live)
            listener.answered(head);
    }
    /** A handler may have stopped it in the middle of a chunk: then the rest of it counts for nothing. */
    function commands(list) {
        brought = true;
        if (live)
            listener.commands(list);
    }
    function problem(error) {
        if (live)
            listener.problem(error);
    }
    function failed(error) {
        finish({ how: 'failed', error });
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
function ignore() {
    // No carrier that posts decodes messages by itself.
}

// Sends a call, once: over the first transport that can carry it, or where that cannot work here, over the next.
const CLOCK = { now: () => performance.now(), setTimer };
/**
 * It is sent when the current code has ended, so that what is closed at once never reaches the network.
 *
 * @throws EnckeError `no-transport`
 */
function sendOnce(outgoing, listener) {
    const { demand, transports, connectTimeout = Infinity } = outgoing;
    const { transport: first, refusals } = firstOf(transports, demand);
    let built;
    let live = true; // neither over nor stopped
    let stopPost = nothing;
    let stopTimer = nothing;
    queueMicrotask(() => {
        if (!live)
            return;
        listener.chosen({ to: first.name, refusals });
        void open(first);
    });
    return stop;
    async function open(transport) {
        // A handler that was told of it may have stopped us.
        if (!isLive())
            return;
        expectAnswer();
        try {
            const request = await (built ??= outgoing.request());
            if (isLive())
                stopPost = openPost(transport.open, request, outgoing, { ...listener, answered, ended });
        }
        catch (cause) {
            over(cause instanceof EnckeError ? cause : notBuilt(cause));
        }
        function ended(end) {
            const next = end.how === 'unusable' && !end.sent && nextBelow(transport, transports, demand);
            if (!next)
                return over('error' in end ? end.error : undefined, 'truncated' in end && end.truncated);
            listener.problem(end.error);
            listener.chosen(stepTo(next, transport, end.error.message));
            void open(next);
        }
    }
    /** A function, so that the compiler forgets what it knew before others ran. */
    function isLive() {
        return live;
    }
    function answered(head) {
        stopTimer();
        if (head)
            listener.opened(head);
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
                over(new EnckeError('timeout', `No answer within ${String(connectTimeout)} ms.`));
        });
    }
    function over(error, truncated) {
        if (!live)
            return;
        stop();
        listener.over(error, truncated);
    }
    function stop() {
        live = false;
        stopTimer();
        stopPost();
    }
}
function nothing() {
    // Nothing has begun.
}

// One call: what a caller holds while it goes out, and its answer comes in.
/** @throws EnckeError `no-transport` */
function startCall(outgoing, options) {
    const { signal, commands, onMessage, onError, onState, onTransport } = options;
    const { url } = outgoing;
    // A page's code may call us while a server renders it; nothing must happen then.
    const isInert = baseUrl() === undefined;
    const takers = new Set();
    let state = 'connecting';
    let transport = ''; // the name of the one in use
    let attempt = 0; // transports tried
    let head;
    let last; // once it is over
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
    const listener = {
        chosen(change) {
            attempt++;
            transport = change.to;
            call(onTransport, change);
        },
        opened(begun) {
            head = begun;
            become('open', 'the server has answered');
        },
        ready: () => allReady([...takers, commands].map((taker) => taker?.ready())),
        commands: receive,
        problem: report,
        over(error, truncated) {
            if (error)
                report(error);
            close(error ? 'fatal' : 'done', error, truncated);
        },
    };
    const stop = isInert ? () => undefined : sendOnce(outgoing, listener);
    const abort = () => close('abort');
    if (signal?.aborted)
        abort();
    else
        signal?.addEventListener('abort', abort);
    return Object.assign(face, thenable(reply));
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
    function close(reason, error, truncated) {
        // A handler that hears of the error may have closed it.
        if (last)
            return;
        last = { reason, error, truncated };
        stop();
        signal?.removeEventListener('abort', abort);
        become('closed', error?.message ?? reason, error);
        for (const taker of takers)
            taker.over?.(last);
        settle(last);
    }
    function on(_event, handler) {
        const push = (message) => call(handler, message.data, message);
        const taker = { push, ready: () => undefined };
        takers.add(taker);
        return () => void takers.delete(taker);
    }
    function loop() {
        const queue = createQueueTaker({ takers, options, isInert, last, close: face.close });
        return queue.read();
    }
    async function reply() {
        const truncated = await whole({ isInert, closed, signal, commands });
        const { status = 204, headers } = head ?? {};
        return { messages: [], truncated, status, url: head?.url ?? url, headers, transport };
    }
}

// What goes out by a call: how each kind does it, and what the app and the call add.
/** A call whose answer comes as a whole. */
const PLAIN = { isAjax: true, callbacks: [] };
/** No header, no word in the URL: an iframe can carry the same. */
const COMET = { allowTruncated: true, callbacks: [PROCESS_COMMANDS] };
/** Python's answers call the first, PHP's the second. */
const UPLOAD = { allowTruncated: true, callbacks: [PROCESS_COMMANDS, PROCESS_RESPONSE] };
/**
 * Where progress is to be told, fetch leaves it to XHR. Not otherwise: of a response that breaks off, as those of Python
 * do, XHR in Firefox (153) never shows what came in the last 50 ms.
 */
const TRANSPORTS = [fetchStream, xhrStream];
/** A whole answer may be one list, of any amount of HTML. */
const MAX_MESSAGE_SIZE = 16_777_216;
/**
 * Sends it, once. What stands in several of the options is taken from the last, but headers, params and signals add up.
 *
 * @throws EnckeError `invalid-option`, `no-transport`
 */
function send(post, ...all) {
    const { form, fields, kind, isRefused = false } = post;
    // A stranger is given nothing, and nobody is asked for a token in vain.
    const given = isRefused
        ? all.map((options) => ({ ...options, headers: undefined, params: undefined }))
        : all;
    const own = given.map((options) => options.headers).filter(isGiven);
    const signals = given.map((options) => options.signal).filter(isGiven);
    const params = askFields(Object.fromEntries(given.flatMap((options) => Object.entries(options.params ?? {}))));
    const options = merge(given);
    const { credentials = 'same-origin', fetch: ownFetch, onUploadProgress } = options;
    const { href, origin } = absoluteUrl(post.url);
    const sources = [kind.isAjax ? ajaxHeaders(origin) : { accept: 'text/html' }, ...own];
    const isLater = isRefused || 'then' in params;
    // Where the call is closed at once, nobody hears of a token that could not be had.
    if ('then' in params)
        params.catch(() => undefined);
    const demand = {
        method: 'POST',
        headers: kind.isAjax === true || own.length > 0,
        body: isLater ? 'any' : 'form',
        crossOrigin: origin !== pageOrigin(),
        credentials,
        once: true,
        ownFetch: ownFetch !== undefined,
        uploadProgress: onUploadProgress !== undefined,
        urlCredentials: hasCredentials(href),
    };
    const { connectTimeout, maxMessageSize = MAX_MESSAGE_SIZE, transports = TRANSPORTS } = options;
    const { allowTruncated } = kind;
    return startCall({ url: href, demand, request, transports, connectTimeout, maxMessageSize, allowTruncated }, { ...options, ...(signals.length > 1 && { signal: AbortSignal.any(signals) }) });
    async function request() {
        if (isRefused)
            throw refusal(post.url);
        const [headers, entries] = await Promise.all([askHeaders(sources), params]);
        // The fields of Sijax come last: without them a server takes the call for a visit to the page.
        for (const [name, value] of [...entries, ...fields])
            form.set(name, value);
        return postRequest({
            url: href,
            headers,
            body: form,
            credentials,
            ...(ownFetch && { fetch: ownFetch }),
            onUploadProgress: onUploadProgress && ((progress) => call(onUploadProgress, progress)),
            callbacks: kind.callbacks,
        });
    }
}
/** An option given as `undefined` is an option not given. */
function merge(sources) {
    const entries = sources.flatMap((source) => Object.entries(source));
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
function refusal(url) {
    const sentence = `The form goes to ${String(url)}: name its origin in trustedOrigins, if its commands may be carried out.`;
    return new EnckeError('invalid-option', sentence);
}
function isGiven(value) {
    return value !== undefined;
}

// The suggestions in an answer, which is otherwise a list of commands like any other.
/** What the command calls that brings them. */
const PROCESS_SUGGESTIONS = 'sjxSuggest.processResponse';
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
    const [answer] = Array.isArray(params) ? params : [];
    const { suggestions } = (answer ?? {});
    return Array.isArray(suggestions) ? suggestions.filter(isSuggestion) : [];
}
function isSuggestion(value) {
    return typeof value?.display === 'string';
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
    return { commands, request, comet, upload, suggest };
    function request(functionName, args = [], own = {}) {
        refuseUnknown('request', own, OF_CALL);
        return send({ ...postOf(functionName, args), kind: PLAIN }, defaults, own);
    }
    function comet(functionName, args = [], own = {}) {
        refuseUnknown('comet', own, OF_CALL);
        return send({ ...postOf(functionName, args), kind: COMET }, defaults, own);
    }
    function upload(form, own = {}) {
        refuseUnknown('upload', own, OF_UPLOAD);
        const { callback, submitter = null, ...rest } = own;
        // By attribute, as a field named `id` or `action` stands in the way of the property.
        const id = form.getAttribute('id');
        if (!id)
            throw new EnckeError('invalid-option', 'The form needs an id: the server knows it by that.');
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
    function suggest(functionName, query, own = {}) {
        let suggestions = [];
        const queue = withoutSuggestions(own.commands ?? commands, (found) => (suggestions = found));
        const call = request(functionName, [query], { ...own, commands: queue });
        const whole = call.then;
        const reply = () => whole((answer) => ({ ...answer, suggestions }));
        return Object.assign(call, thenable(reply));
    }
    function postOf(functionName, args) {
        return { url: address(), form: new URLSearchParams(), fields: callFields(functionName, args) };
    }
    function address() {
        return url !== undefined ? ownUrl(url) : (globalThis.location?.href ?? '');
    }
}
function queueOf({ commands = {}, onError }) {
    if ('push' in commands)
        return commands;
    const functions = { sjxUpload: { resetForm }, ...commands.functions };
    return commandQueue({ ...(onError && { onError }), ...commands, functions });
}
/** What the upload functions of a server call to empty a form. */
function resetForm(id) {
    const form = document.getElementById(String(id));
    // Not as its method, as a field may have that name.
    if (form)
        HTMLFormElement.prototype.reset.call(form);
}

export { cookie, metaTag, sijax, sijaxFormat };
//# sourceMappingURL=sijax.js.map
