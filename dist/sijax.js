import { E as EnckeError, b as browserEnvironment, s as scriptTags, t as tooLarge, m as malformed, p as parseLiteral, f as fetchStream, x as xhrStream, c as createClient, h as htmlFile, i as iframe, r as refuseUnknown, a as thenable, d as commandQueue } from './shared-index.js';
export { e as formValues } from './shared-index.js';

// Where calls may go: what a page's markup says must not lead them to strangers.
/** The URL of the backend. A `<base href>` of another origin does not lead a relative one there. */
function ownUrl(url) {
    const { location } = globalThis;
    const own = resolve(url, location?.href);
    const based = resolve(url, browserEnvironment.baseUrl());
    return own && based && own.origin !== based.origin ? own : url;
}
/** Whether a URL that the markup says, as the `action` of a form, is the page's own or of one of these. */
function isTrusted(url, backend, origins) {
    const base = browserEnvironment.baseUrl();
    const target = resolve(url, base);
    // What is no URL is refused by the client.
    if (!target)
        return true;
    const trusted = [browserEnvironment.origin(), resolve(backend, base)?.origin, ...origins];
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
        throw new EnckeError('invalid-option', `The function for ${name} failed: ${String(cause)}`, { cause });
    }
}
/** The only object among them; of which class it is depends on who made it. */
function isPromise(value) {
    return typeof value === 'object' && value !== null;
}

// What goes over the wire between a page and a Sijax backend: the fields of a call, and the format of the answers.
/** The field that names the function. */
const PARAM_REQUEST = 'sijax_rq';
/** The field that carries its arguments. */
const PARAM_ARGS = 'sijax_args';
/** What a plain call accepts, word for word as jQuery says it: some backends tell by it what is no visit to a page. */
const ACCEPT = 'application/json, text/javascript, */*; q=0.01';
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
        const sentence = `The arguments of ${functionName} cannot be written as JSON: ${String(cause)}`;
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
const LISTS = {
    [PROCESS_COMMANDS]: (commands) => commands,
    [PROCESS_RESPONSE]: (values) => values[1],
};
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
    const scripts = scriptTags.decoder({ ...sink, message: giveCall, problem: tellOfOurs, id: ignore, retry: ignore }, options);
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
    function giveCall({ event, data }) {
        if (!Object.hasOwn(LISTS, event))
            return;
        settle();
        const list = LISTS[event]?.(data);
        if (Array.isArray(list))
            give(list);
        else
            sink.problem(malformed(`${event}() was given no list of commands.`, JSON.stringify(data)));
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
function ignore() {
    // What other scripts of a page say of ids and times is none of ours.
}

// One call of a Sijax backend: how each kind goes out, and how its answer comes in.
/** A whole answer may be one list, of any amount of HTML. */
const MAX_MESSAGE_SIZE = 16_777_216;
const client = /* @__PURE__ */ createClient({ transports: [], formats: [sijaxFormat] });
/** A call whose answer comes as a whole. */
function plainManner(url) {
    return { transports: [fetchStream, xhrStream], headers: () => ajaxHeaders(url) };
}
/** No header, no word in the URL: an iframe can carry the same. */
const COMET = {
    transports: [fetchStream, xhrStream, htmlFile, iframe],
    callback: PROCESS_COMMANDS,
    transportParam: '',
    allowTruncated: true,
};
/**
 * Where progress is to be told, fetch leaves it to XHR. Not otherwise: of a response that breaks off, as those of Python
 * do, XHR in Firefox (153) never shows what came in the last 50 ms.
 */
const UPLOAD = {
    ...COMET,
    transports: [fetchStream, xhrStream, iframe],
    // Of Python's answers, and of PHP's.
    callback: [PROCESS_COMMANDS, PROCESS_RESPONSE],
};
/**
 * Sends it, once. What stands in several of the options is taken from the last, but headers, params and signals add up.
 *
 * @throws EnckeError `invalid-option`, `no-transport`
 */
function send(post, ...all) {
    const { url, form, fields, manner, isRefused = false } = post;
    // A stranger is given nothing, and nobody is asked for a token in vain.
    const given = isRefused
        ? all.map((options) => ({ ...options, headers: undefined, params: undefined }))
        : all;
    const headers = [manner.headers, ...given.map((options) => options.headers)].filter(isGiven);
    const signals = given.map((options) => options.signal).filter(isGiven);
    const params = askFields(Object.fromEntries(given.flatMap((options) => Object.entries(options.params ?? {}))));
    return client.request(url, {
        maxMessageSize: MAX_MESSAGE_SIZE,
        ...merge([manner, ...given]),
        method: 'POST',
        format: sijaxFormat,
        body: isRefused ? () => Promise.reject(refusal(url)) : bodyOf(form, params, fields),
        ...(headers.length > 0 && { headers: () => askHeaders(headers) }),
        ...(signals.length > 1 && { signal: AbortSignal.any(signals) }),
    });
}
/** An option given as `undefined` is an option not given. `params` are no option of a request: they are in its body. */
function merge(sources) {
    const isOption = ([name, value]) => value !== undefined && name !== 'params';
    return Object.fromEntries(sources.flatMap(Object.entries).filter(isOption));
}
function refusal(url) {
    const sentence = `The form goes to ${String(url)}: name its origin in trustedOrigins, if its commands may be carried out.`;
    return new EnckeError('invalid-option', sentence);
}
/** The form with everything in it, or a function that gives it where some of that is still to come. */
function bodyOf(form, params, fields) {
    if ('then' in params) {
        // Where the call is closed at once, nobody hears of a token that could not be had.
        params.catch(() => undefined);
        return async () => fill(await params);
    }
    return fill(params);
    /** The fields of Sijax come last: without them a server takes the call for a visit to the page. */
    function fill(entries) {
        for (const [name, value] of [...entries, ...fields])
            form.set(name, value);
        return form;
    }
}
/** Across origins the second one would cause a preflight; jQuery does not send it there either. */
function ajaxHeaders(url) {
    const { origin } = new URL(url, browserEnvironment.baseUrl());
    const isOwn = origin === browserEnvironment.origin();
    return { accept: ACCEPT, ...(isOwn && { 'x-requested-with': 'XMLHttpRequest' }) };
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
        return send({ ...postOf(functionName, args), manner: plainManner(address()) }, defaults, own);
    }
    function comet(functionName, args = [], own = {}) {
        refuseUnknown('comet', own, OF_CALL);
        return send({ ...postOf(functionName, args), manner: COMET }, defaults, own);
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
            manner: UPLOAD,
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
