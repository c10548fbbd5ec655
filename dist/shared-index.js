// A URL as it may be shown: in errors, traces and logs, where tokens do not belong.
/** A user's name or password, and what is before it. */
const CREDENTIALS = /^([^/]*\/\/)[^/]*@/;
/** Without the values of its query, its credentials and its fragment; their names stay, for whoever looks for a fault. */
function shownUrl(url) {
    const [place = '', query] = url.replace(/#.*/s, '').split(/\?(.*)/s);
    const names = query ? `?${query.replace(/=[^&]*/g, '=…')}` : '';
    return place.replace(CREDENTIALS, '$1') + names;
}

// The one error class, and the closed set of codes it carries.
/** What was thrown, as text. Never throws: anything can be thrown, and not everything can be made a text. */
function inWords(cause) {
    try {
        return String(cause);
    }
    catch {
        return typeof cause;
    }
}
/** The URLs in a sentence, without what ends the sentence. */
const URLS = /https?:\/\/[^\s"]+?(?=[.,:;]?(?:[\s"]|$))/g;
/** Every error encke reports or throws. */
class EnckeError extends Error {
    name = 'EnckeError';
    code;
    constructor(code, message, details = {}) {
        super(message.replace(URLS, shownUrl));
        this.code = code;
        Object.assign(this, details);
        this.url &&= shownUrl(this.url);
    }
}

// Where the page is, and where URLs lead from there.
/** The URL that relative ones are resolved against; `undefined` on a server. */
function baseUrl() {
    // The document's base URL counts `<base href>`; a worker has only its location.
    const base = globalThis.document?.baseURI ?? globalThis.location?.href;
    // fetch refuses every URL with credentials, also those of a page that was opened by one (in every engine). The browser knows them.
    return base?.replace(CREDENTIALS, '$1');
}
/** @throws EnckeError `invalid-option` for what is no URL, or a relative one without a base */
function resolveUrl(url, base) {
    try {
        return new URL(url, base);
    }
    catch (cause) {
        throw new EnckeError('invalid-option', `"${String(url)}" is not a URL.`, { cause });
    }
}
/** Whether an absolute URL holds a user name or a password. */
function hasCredentials(url) {
    return CREDENTIALS.test(url);
}
/** The page's own origin, which decides what is cross-origin; `<base href>` does not. */
function pageOrigin() {
    // The global is `'null'` in a sandboxed page, whatever its address says.
    return globalThis.origin ?? globalThis.location?.origin;
}

// A timer of any length.
/** The longest timer browsers keep, about 24.8 days. A longer one would fire at once. */
const MAX_TIMER = 2_147_483_647;
/** Calls back after so many milliseconds, at the latest after the longest that browsers keep, unless the returned function is called first. */
function setTimer(callback, milliseconds) {
    const timer = setTimeout(callback, Math.min(milliseconds, MAX_TIMER));
    return () => {
        clearTimeout(timer);
    };
}

// Every option, what it means, and its default.
/** Upper bound of the first wait before a reconnection, and of every one, in milliseconds. */
const RETRY_DELAY = 1_000;
const MAX_RETRY_DELAY = 30_000;
/** The default of every option that has a value for one. */
const DEFAULTS = {
    credentials: 'same-origin',
    lastEventId: '',
    cursor: 'last-event-id',
    transportParam: 'transport',
    callback: 'enckeReceive',
    maxMessageSize: 1_048_576,
    connectTimeout: 15_000,
    longPollTimeout: 60_000,
    pollInterval: 5_000,
    retryDelay: RETRY_DELAY,
    maxRetryDelay: MAX_RETRY_DELAY,
    maxAttempts: Infinity,
    heartbeat: 0,
    share: 'start',
    replays: 'drop',
};
/** Puts the defaults in place, once, at the border. */
function resolveOptions(options) {
    // An option given as `undefined` is an option not given.
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    const resolved = { method: 'body' in given ? 'POST' : 'GET', ...DEFAULTS, ...given };
    resolved.method = resolved.method.toUpperCase();
    return resolved;
}

// What happens to the page: hidden, shown, put away, woken, on line again.
/** Where there is no document, in a worker for one, only `online` is told. */
const browserPage = {
    watch,
    isHidden: () => documentOf()?.visibilityState === 'hidden',
    isPrerendered: () => documentOf()?.prerendering === true,
};
/** What tells of the page in this world. */
function pageOf({ page = browserPage }) {
    return page;
}
/** Wraps what begins something and gives its end: the page is watched from before the one until the other. */
function watching$1(environment, heed) {
    return (next) => () => {
        const stopWatching = pageOf(environment).watch(heed);
        const stop = next();
        return () => {
            stopWatching();
            stop();
        };
    };
}
/** Never `unload` or `beforeunload`: a page that listens for them is kept out of the back/forward cache. */
const EVENTS = {
    pagehide: 'stored',
    pageshow: 'restored',
    freeze: 'frozen',
    resume: 'resumed',
    online: 'online',
    prerenderingchange: 'activated',
};
function watch(listener) {
    const controller = new AbortController();
    const { signal } = controller;
    const page = documentOf();
    const told = ({ type }) => {
        listener(EVENTS[type] ?? (browserPage.isHidden() ? 'hidden' : 'visible'));
    };
    for (const type of Object.keys(EVENTS)) {
        // [spec: Page Lifecycle] These come to the document, the others to the window, or to a worker's scope.
        const target = /^(freeze|resume|prerenderingchange)$/.test(type)
            ? page
            : globalThis;
        target?.addEventListener?.(type, told, { signal });
    }
    page?.addEventListener('visibilitychange', told, { signal });
    return () => {
        controller.abort();
    };
}
function documentOf() {
    return globalThis.document;
}

// How long to wait before the next attempt.
/** How far behind one another the places of a crowd are, in milliseconds. */
const ROOM = 80;
/**
 * Exponential back-off with jitter. What the server asked for is a floor, to which the jitter is added.
 *
 * After a healthy connection the jitter is full. Of a crowd that lost its server each comes back around a place of its own.
 * After failures the lower half of the range is left out: a lucky draw must not hammer a server that
 * accepts and drops (at the defaults at most 12 attempts fall into two minutes).
 *
 * @param random a number from 0 to below 1
 */
function retryDelay(facts, random) {
    const { failures, retryDelay: base, serverRetry, retryAfter = 0, crowd = 0 } = facts;
    const floor = Math.max(serverRetry ?? 0, retryAfter);
    const behind = crowd * ROOM;
    const longest = (usual) => Math.min(facts.maxRetryDelay, Math.max(usual, behind));
    if (failures > 0)
        return floor + (longest(base * 2 ** failures) * (1 + random)) / 2;
    // A healthy server that named a short time means it: 20 ms stay about 20 ms.
    const isNamed = serverRetry !== undefined || retryAfter > 0;
    const width = isNamed && floor < base ? (floor * floor) / base : base;
    const most = longest(width);
    // Behind the others rather than among them: else the first second would be the fullest of all.
    const least = most === behind ? Math.max(0, most - Math.max(base, width)) : 0;
    return floor + least + random * (most - least);
}
/** A time of day. Without one, `Date.parse` takes almost any number for a year. */
const TIME = /\d:\d\d/;
/**
 * The wait that a `Retry-After` header asks for, in milliseconds; 0 where there is none or it cannot be read.
 * RFC 9110, section 10.2.3: seconds, or an HTTP date. Some servers write fractions of seconds.
 *
 * @param wallClock milliseconds since 1970, for answers that do not tell the time of their server
 */
function readRetryAfter(headers, wallClock) {
    const value = headers?.get('retry-after') ?? '';
    if (/^\d+(?:\.\d+)?$/.test(value))
        return Number(value) * 1000;
    if (!TIME.test(value))
        return 0;
    const now = Date.parse(headers?.get('date') ?? '') || wallClock;
    return Math.max(0, Date.parse(value) - now || 0);
}

// What the end of a response means for what comes next.
/** What a status that carries no messages means. One not listed is `retry` from 500 on, and else `fatal`. */
const STATUS_VERDICTS = {
    // [spec] Clients will reconnect if the connection is closed; a client can be told to stop reconnecting
    // using the HTTP 204 No Content response code.
    204: 'done',
    205: 'done',
    304: 'again',
    401: 'refresh',
    403: 'refresh',
    408: 'retry',
    410: 'forget',
    412: 'forget',
    425: 'retry',
    429: 'retry',
};
/** What a status that carries no messages means to a stream. */
function meaningOfStatus(status) {
    return STATUS_VERDICTS[status] ?? (status < 500 ? 'fatal' : 'retry');
}
/** @param statuses those that mean something else here */
function verdictOn(end, attempt, statuses) {
    const { once } = attempt;
    switch (end.how) {
        case 'complete':
            return { next: once ? 'done' : attempt.answers ? 'again' : 'retry' };
        case 'cut':
            return { next: once ? 'fatal' : 'retry', error: end.error };
        case 'unusable':
            return { next: once && end.sent ? 'fatal' : 'fall-back', error: end.error };
        case 'failed':
            return { next: 'fatal', error: end.error };
        case 'status':
            return verdictOnStatus(end.head, end.body, attempt, statuses);
    }
}
function verdictOnStatus(head, body, attempt, statuses) {
    const { once, resumed, answers } = attempt;
    const { status } = head;
    const isAnswer = answers?.includes(status) && !once;
    const next = statuses?.[status] ?? (isAnswer ? 'again' : meaningOfStatus(status));
    if (next === 'done' || (next === 'again' && !once))
        return { next };
    const isOver = next !== 'refresh' && (once || (next === 'forget' && !resumed));
    return { next: isOver ? 'fatal' : next, error: statusError(head, body) };
}
/** A status that carries no messages, as an error. */
function statusError(head, body) {
    return new EnckeError('status', `The server answered ${String(head.status)}.`, { ...head, body });
}
/** Why a response is none that can be used; `undefined` where it is complete. */
function errorOf(end) {
    if (end.how === 'status')
        return statusError(end.head, end.body);
    return end.how === 'complete' ? undefined : end.error;
}

// The errors of what cannot be read, or is too long to be.
/** How much of the text an error shows, in characters. */
const EXCERPT_LENGTH$1 = 200;
/** A message that is skipped. The sentence says what is wrong; the text is the message, or its beginning. */
function malformed(sentence, text) {
    return unreadable('malformed', `${sentence} It was skipped.`, text);
}
/** Shows no more of the text than the limit, so that the excerpt is the same wherever the text was cut. */
function tooLarge(text, maxMessageSize) {
    const sentence = `A message is longer than maxMessageSize, ${maxMessageSize} characters. It was skipped.`;
    return unreadable('too-large', sentence, text.slice(0, maxMessageSize));
}
function unreadable(code, sentence, text) {
    return new EnckeError(code, sentence, { payload: text.slice(0, EXCERPT_LENGTH$1) });
}

// The text/event-stream format: server-sent events, by the grammar of the HTML standard, section 9.2.6.
/** Server-sent events: `text/event-stream`. */
const eventStream = {
    name: 'event-stream',
    mediaTypes: ['text/event-stream'],
    decoder: createDecoder,
};
const LINE_FEED = 10;
const SPACE = 32;
const COLON = 58;
const LETTER_D = 100;
const BYTE_ORDER_MARK$2 = 0xfeff;
/** [spec] If the field value consists of only ASCII digits. */
const RETRY = /^retry: ?([0-9]+)$/;
/** Length of `event: ` without the line feed that a value counts with: what a line may have beside that. */
const LONGEST_PREFIX = 6;
/**
 * It is fast because it searches for no character twice, slices a value once, joins by `+` (engines copy nothing then),
 * and never asks for a character outside the text (V8 throws away what it compiled when one does).
 * A page that has just loaded runs it uncompiled: there every call counts, and V8 compiles `startsWith` to comparisons
 * where the text it looks for has up to three characters.
 */
function createDecoder(sink, { maxMessageSize, lastEventId, flush, unnamed = 'message' }) {
    /** The last event ID buffer; undefined while this block has not set it. */
    let id;
    /** The event type buffer. */
    let event = '';
    /** The data buffer without its last line feed; undefined while this block has no data, null where it was too large. */
    let data;
    /** How many characters the data buffer may still take, each value with its line feed. */
    let room = maxMessageSize + 1;
    /** The beginning of an unfinished line. Only its length is looked at: to look inside would copy it each time. */
    let pending = '';
    /** A chunk's first character belongs to no line where it is this one. */
    let skipped = BYTE_ORDER_MARK$2;
    return {
        feed,
        end() {
            // [spec] Once the end of the file is reached, any pending data must be discarded. (If the file ends in the middle of
            // an event, before the final empty line, the incomplete event is not dispatched.)
            if (flush)
                feed('\n\n');
        },
    };
    function feed(chunk) {
        const { length } = chunk;
        if (length === 0)
            return;
        // [spec] stream = [ bom ] *event
        let start = chunk.charCodeAt(0) === skipped ? 1 : 0;
        skipped = -1;
        let lineFeed = -1; // where the next one is, or the length
        let carriageReturn = -1;
        for (;;) {
            if (lineFeed < start && (lineFeed = chunk.indexOf('\n', start)) < 0)
                lineFeed = length;
            if (carriageReturn < start && (carriageReturn = chunk.indexOf('\r', start)) < 0)
                carriageReturn = length;
            const lineEnd = lineFeed < carriageReturn ? lineFeed : carriageReturn;
            if (lineEnd === length)
                break;
            // Most messages are one line of data, and the blank line behind it.
            if (lineEnd === lineFeed &&
                pending === '' &&
                data === undefined &&
                chunk.charCodeAt(start) === LETTER_D &&
                lineEnd + 1 < length &&
                chunk.charCodeAt(lineEnd + 1) === LINE_FEED &&
                chunk.startsWith('ata', start + 1) &&
                chunk.charCodeAt(start + 4) === COLON) {
                const value = chunk.slice(chunk.charCodeAt(start + 5) === SPACE ? start + 6 : start + 5, lineEnd);
                if (value.length < room) {
                    start = lineEnd + 2;
                    if (id === undefined && event === '')
                        sink.message({ event: unnamed, data: value, id: lastEventId });
                    else
                        dispatch(value);
                    continue;
                }
            }
            if (pending) {
                const line = pending + chunk.slice(start, lineEnd + 1);
                pending = '';
                takeLine(line, 0, line.length - 1);
            }
            else
                takeLine(chunk, start, lineEnd);
            start = lineEnd + 1;
            // [spec] end-of-line = ( cr lf / cr / lf )
            if (lineEnd === carriageReturn) {
                if (start === length)
                    skipped = LINE_FEED;
                else if (start === lineFeed)
                    start++;
            }
        }
        if (start === length)
            return;
        pending += chunk.slice(start);
        if (pending.length <= room + LONGEST_PREFIX)
            return;
        takeLine(pending, 0, pending.length);
        // What is left of it is read as a comment.
        pending = ':';
    }
    function takeLine(text, start, end) {
        if (start === end) {
            // [spec] If the line is empty (a blank line): Dispatch the event, as defined below.
            const value = data;
            data = undefined;
            dispatch(value);
        }
        else if (text.charCodeAt(start) === LETTER_D &&
            text.startsWith('ata', start + 1) &&
            text.charCodeAt(start + 4) === COLON) {
            takeData(valueOf$1(text, start + 5, end));
        }
        else if (text.charCodeAt(start) !== COLON) {
            takeField(text, start, end);
        } // [spec] If the line starts with a U+003A COLON character (:): Ignore the line.
    }
    function takeField(text, start, end) {
        // [spec] Field names must be compared literally, with no case folding performed.
        if (end - start > room + LONGEST_PREFIX) {
            drop(text.slice(start, end));
        }
        else if (text.startsWith('id:', start)) {
            // [spec] If the field name is "id": If the field value does not contain U+0000 NULL, then set the last event ID
            // buffer to the field value. Otherwise, ignore the field.
            const value = valueOf$1(text, start + 3, end);
            if (!value.includes('\0'))
                id = value;
        }
        else if (text.startsWith('eve', start) && text.startsWith('nt:', start + 3)) {
            // [spec] If the field name is "event": Set the event type buffer to field value.
            event = valueOf$1(text, start + 6, end);
        }
        else {
            const line = text.slice(start, end);
            // [spec] If the field name is "retry": If the field value consists of only ASCII digits, then interpret the field
            // value as an integer in base ten, and set the event stream's reconnection time to that integer.
            const retry = RETRY.exec(line);
            if (retry)
                sink.retry(Number(retry[1]));
            // [spec] Otherwise, the string is not empty but does not contain a U+003A COLON character (:): Process the field
            // using … the whole line as the field name, and the empty string as the field value.
            else if (line === 'data')
                takeData('');
            else if (line === 'id')
                id = '';
            else if (line === 'event')
                event = '';
            // [spec] Otherwise: The field is ignored.
        }
    }
    function takeData(value) {
        if (data === null)
            return;
        // [spec] Append the field value to the data buffer, then append a single U+000A LINE FEED (LF) character to the data
        // buffer.
        // [spec] If the data buffer's last character is a U+000A LINE FEED (LF) character, then remove the last character from
        // the data buffer. So one stands between each two values, also after an empty first one.
        room -= value.length + 1;
        if (room < 0)
            drop(value);
        else
            data = data === undefined ? value : data + '\n' + value;
    }
    function dispatch(value) {
        room = maxMessageSize + 1;
        // [spec] Set the last event ID string of the event source to the value of the last event ID buffer.
        // Here and not at its line: a connection cut inside a block has to ask for that block again.
        if (id !== undefined) {
            lastEventId = id;
            id = undefined;
            sink.id(lastEventId);
        }
        // [spec] Initialize event's type attribute to "message" … If the event type buffer has a value other than the empty
        // string, change the type of the newly created event to equal the value of the event type buffer.
        const type = event || unnamed;
        event = '';
        // [spec] If the data buffer is an empty string, set the data buffer and the event type buffer to the empty string and
        // return. (The data buffer of a block with an empty data line is not empty: it holds a line feed.)
        if (typeof value === 'string')
            sink.message({ event: type, data: value, id: lastEventId });
    }
    /** The message is too large. What is left of its data is not kept. */
    function drop(text) {
        if (data === null)
            return;
        const message = data === undefined ? text : data + '\n' + text;
        data = null;
        room = maxMessageSize + 1;
        sink.problem(tooLarge(message, maxMessageSize));
    }
}
/** [spec] If value starts with a U+0020 SPACE character, remove it from value. */
function valueOf$1(text, start, end) {
    return text.slice(text.charCodeAt(start) === SPACE ? start + 1 : start, end);
}

// The media type of a response, as Fetch takes it out of the header `Content-Type`.
/** [spec] "Get, decode, and split": a comma inside a quoted string separates nothing. */
const VALUES = /(?:"(?:\\[^]|[^"\\])*"?|[^",])+/g;
/** [spec] "Parse a MIME type", as far as its type and subtype. */
const ESSENCE = /^[\t\n\r ]*([\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+)[\t\n\r ]*(?:;|$)/;
/**
 * Lower case, without parameters; `''` where the header states none.
 * A header may have several values, for a gateway adds one of its own: the last that is valid counts.
 */
function mediaTypeOf(contentType) {
    const types = (contentType ?? '').match(VALUES)?.map((value) => ESSENCE.exec(value)?.[1]);
    const valid = types?.filter((type) => type && type !== '*/*').at(-1);
    return valid?.toLowerCase() ?? '';
}
/** Whether a response with these headers is an event stream; not where the browser shows none. */
function isEventStream(head) {
    return mediaTypeOf(head?.headers?.get('content-type')) === 'text/event-stream';
}

// What is called where nothing is to be done.
/** Does nothing. */
const nothing = () => undefined;

// How the last event id travels.
/** The convention of the standard, and of encke's own servers: a header, or a query parameter where none can be sent. */
const lastEventIdHeader = { param: 'lastEventId' };

// Which format reads a response: the one its content type names.
/** RFC 6839 and RFC 8091: `application/problem+json` is JSON, `application/geo+json-seq` is lines of it. */
const SUFFIX = /^.*\+(?=json(?:-seq)?$)/;
/** The formats that a response may have, by the one media type its transport asks for, where it asks for one. */
function formatsFor(formats, asked) {
    return formats.filter(({ onlyWhenAsked, mediaTypes: [type] }) => !onlyWhenAsked || type === asked);
}
function pickFormat(formats, contentType) {
    const type = mediaTypeOf(contentType);
    const reads = (name) => formats.find(({ mediaTypes }) => mediaTypes.includes(name));
    return reads(type) ?? reads(type.replace(SUFFIX, 'application/'));
}

// One attempt's request, made from the options and the cursor.
/** [spec: RFC 9110, section 5.5] No field value may hold them; some servers answer 400, and fetch throws for three of them. */
const CONTROLS = /[\0-\b\n-\x1f\x7f]/;
/** Stands for the page's address on a server, where nothing is requested. */
const NOWHERE = 'https://localhost';
/** @throws EnckeError `invalid-option` */
function targetOf({ environment, formats }, given, options, once) {
    const url = resolveUrl(given, environment.baseUrl() ?? NOWHERE);
    const { cursor } = options;
    return {
        url: url.href,
        origin: url.origin,
        resource: url.origin + url.pathname,
        crossOrigin: url.origin !== environment.origin(),
        options,
        convention: typeof cursor === 'object' ? cursor : lastEventIdHeader,
        formats,
        fetch: options.fetch ?? environment.fetch,
        once,
    };
}
/** What the options ask of a carrier. */
function demandOf({ url, crossOrigin, once, options }) {
    const { method, headers, credentials, fetch } = options;
    return {
        method,
        headers: headers !== undefined,
        body: 'none',
        crossOrigin,
        credentials,
        once,
        ownFetch: fetch !== undefined,
        uploadProgress: false,
        urlCredentials: hasCredentials(url),
    };
}
/** Asks the functions among the options, then puts the request together. */
async function buildRequest(target, transport, cursor, events) {
    const { options, convention, crossOrigin, fetch } = target;
    const { method, credentials } = options;
    const url = new URL(target.url);
    const headers = new Headers(await ask(options.headers));
    const namesAccept = headers.has('accept');
    if (!namesAccept)
        headers.set('accept', acceptOf(target, transport));
    // Across origins, also behind a redirect, these headers would cause a preflight, which most servers refuse.
    const sendsHeaders = transport.sendsHeaders && !crossOrigin && !cursor.inQuery;
    if (cursor.id) {
        if (sendsHeaders && !convention.queryOnly && !CONTROLS.test(cursor.id))
            headers.set('last-event-id', utf8Bytes(cursor.id));
        else
            setParam(url, options.lastEventIdParam ?? convention.param, cursor.id);
    }
    if (method === 'GET' && sendsHeaders && !convention.withoutEtag)
        transport.polls?.ask?.(headers, cursor);
    if (transport.namesItself && options.transportParam) {
        setParam(url, options.transportParam, transport.name);
    }
    return {
        url: url.href,
        method,
        headers,
        body: null,
        credentials,
        lastEventId: cursor.id,
        fetch,
        callbacks: [options.callback].flat(),
        events,
        namesAccept,
    };
}
/** A function among the options failed. */
function notBuilt(cause) {
    return new EnckeError('invalid-option', `The request cannot be built: ${inWords(cause)}`, { cause });
}
async function ask(asked) {
    return typeof asked === 'function' ? asked() : asked;
}
function acceptOf({ options, formats }, { accept }) {
    if (!options.format && accept !== undefined)
        return accept;
    const asked = options.format ? [options.format] : formatsFor(formats, undefined);
    return asked.map(({ mediaTypes: [type] }) => type).join(', ');
}
/** As text, because `searchParams` would write the caller's part anew, and a signed URL would not be signed any more. */
function setParam(url, name, value) {
    const start = `${percentEncoded(name)}=`;
    const others = url.search
        .slice(1)
        .split('&')
        .filter((pair) => pair !== '' && !pair.startsWith(start));
    url.search = [...others, start + percentEncoded(value)].join('&');
}
const LONE_SURROGATES = /\p{Surrogate}/gu;
/** As browsers encode text: half a character, which JSON can write, throws otherwise. */
function percentEncoded(text) {
    return encodeURIComponent(text.replace(LONE_SURROGATES, '\uFFFD'));
}
/**
 * [spec] The id is encoded as UTF-8; a header value takes one character per byte. Not by TextEncoder, which the jsdom of
 * Jest lacks.
 */
function utf8Bytes(text) {
    return percentDecoded(percentEncoded(text));
}
/** [spec: URL] As bytes, one character each. A `%` that no byte follows stands for itself, and bytes need not be UTF-8. */
function percentDecoded(text) {
    return text.replace(/%([\da-f]{2})/gi, (_, byte) => String.fromCharCode(parseInt(byte, 16)));
}

// Ends that are no clean end: a status without messages, a connection that failed, a carrier that cannot work.
/** How much of the body of a refusal is kept, in characters. */
const EXCERPT_LENGTH = 4_096;
/** How long that body may take, in milliseconds: the status counts, whatever becomes of the body. */
const EXCERPT_TIME = 1_000;
/** Statuses that say that there is nothing to say: No Content, Reset Content. */
const NOTHING = [204, 205];
/** Whether a response with this status carries messages. */
function carriesMessages({ status }) {
    return status >= 200 && status < 300 && !NOTHING.includes(status);
}
/** The end of a response whose body is over: a refusal, or else `otherwise`. */
function endOf(head, body, otherwise) {
    if (carriesMessages(head))
        return otherwise;
    // Half an error page is a refusal all the same.
    return { how: 'status', head, body: body.slice(0, EXCERPT_LENGTH) };
}
const COMPLETE = { how: 'complete' };
/** No response, or none that the page may read: browsers do not tell which. */
function unreachable(url, cause, hint = '') {
    return cut(`No response from ${url}: the server is down, or a policy (CORS, CSP, X-Frame-Options) forbids it.${hint}`, url, cause);
}
function brokeOff(url, cause) {
    return cut(`The response from ${url} broke off.`, url, cause);
}
function cut(sentence, url, cause) {
    return { how: 'cut', error: new EnckeError('network', sentence, { url, cause }) };
}
/** `sent`: whether the request may have left. */
function unusable(sentence, sent, cause) {
    return { how: 'unusable', sent, error: new EnckeError('unusable', sentence, { cause }) };
}

// A sink held to the laws: opened once, nothing after the end, nothing after the stop.
/** `release` runs before the last call, or at the stop: it takes away what the carrier put up. */
function guardSink({ url }, sink, release) {
    let live = true;
    let open = false;
    let timer; // the time for the body of a refusal
    const guarded = {
        isLive: () => live,
        stop() {
            live = false;
            clearTimeout(timer);
            release();
        },
        begin(start) {
            queueMicrotask(() => {
                try {
                    if (live)
                        start();
                }
                catch (cause) {
                    guarded.ended(unreachable(url, cause));
                }
            });
        },
        refused(conclude) {
            guarded.alive();
            if (live)
                timer = setTimeout(conclude, EXCERPT_TIME);
        },
        opened(head) {
            if (live && !open)
                sink.opened(head);
            open = true;
        },
        text(chunk) {
            if (live)
                sink.text(chunk);
        },
        ready: () => (live ? sink.ready() : undefined),
        alive() {
            if (live)
                sink.alive();
        },
        problem(error) {
            if (live)
                sink.problem(error);
        },
        ended(end) {
            if (!live)
                return;
            guarded.stop();
            sink.ended(end);
        },
    };
    return guarded;
}

// A task of its own, without a timer: those of a hidden page are held back for a second and more; messages are not.
/** Calls back once, in a task of its own. What it returns calls that off; either leaves nothing behind. */
function callInTask(callback) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
        stop();
        callback();
    };
    port2.postMessage(0);
    return stop;
    function stop() {
        // Firefox 153 and WebKitGTK 2.50 deliver what is under way when a port is closed.
        port1.onmessage = null;
        port1.close();
    }
}

// The page's turn: a burst is read in many short tasks, so that clicks and frames come between.
/** How long one task may read, in milliseconds: half a frame. */
const TASK = 8;
/** To be asked between two pieces of work; gives the moment from which to go on, where the page is due its turn. */
function createPageTurn() {
    let since = performance.now(); // when the task began, or an earlier one
    return () => {
        if (performance.now() - since < TASK)
            return undefined;
        return nextTask()?.then(() => {
            since = performance.now();
        });
    };
}
/** A resolved promise gives no turn, and a timer waits for 4 ms, in a hidden page for a second. */
function nextTask() {
    const { scheduler, MessageChannel } = globalThis;
    if (scheduler?.yield)
        return scheduler.yield();
    return MessageChannel && new Promise((resolve) => void callInTask(resolve));
}

// Bytes to text, in any cut, and word of what was no UTF-8.
const REPLACEMENT = '\uFFFD';
/** The bytes of U+FFFD as one number. EF never continues a sequence, so they are nothing else. */
const REPLACEMENT_BYTES = 0xefbfbd;
/**
 * Decodes one response: called with each chunk, and without one at the end of the body.
 * `onInvalid` is called once, at the first bytes that are not UTF-8.
 */
function utf8Decoder(onInvalid) {
    // The byte order mark is the format's to drop: only the event stream has a rule for it.
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    let valid = true; // no invalid byte so far
    let last = 0; // the last three bytes as one number: a U+FFFD that the server sent may have begun in them
    return (bytes) => {
        const text = decoder.decode(bytes, { stream: bytes !== undefined });
        if (!valid)
            return text;
        const length = bytes?.length ?? 0;
        let unsent = text.split(REPLACEMENT).length - 1; // not by the server itself
        for (let at = unsent ? 0 : Math.max(0, length - 2); at < length; at++) {
            last = ((last << 8) | (bytes?.[at] ?? 0)) & 0xffffff;
            if (last === REPLACEMENT_BYTES)
                unsent--;
        }
        valid = unsent <= 0;
        if (!valid)
            onInvalid();
        return text;
    };
}

// One fetch, its body carried to a sink as text: the carrier of fetch-stream, htmlfile, long-poll and poll.
/** So much is given in one piece, in bytes: between two of them the page may have its turn. */
const PIECE = 16_384;
function openFetch(request, sink) {
    const controller = new AbortController();
    let reader; // once there is a body
    const guarded = guardSink(request, sink, release);
    guarded.begin(() => {
        // A caller's own fetch may give anything: what cannot be received at all is no response.
        send$1(request, controller.signal)
            .then(receive)
            .catch((cause) => {
            guarded.ended(unreachable(request.url, cause, request.hint));
        });
    });
    return guarded.stop;
    function release() {
        controller.abort();
        // A caller's own fetch may not heed the signal. A body that failed already cannot be cancelled; its failure was told.
        reader?.cancel().catch(nothing);
    }
    async function receive(response) {
        const { status, headers } = response;
        const head = { status, url: response.url || request.url, headers };
        // [spec] Of a network error and of what is opaque the status is 0: a caller's own fetch can give them.
        if (!status)
            throw new TypeError('The response has no status.');
        const isRefusal = !carriesMessages(head);
        let end = COMPLETE;
        let excerpt = ''; // of a refusal
        try {
            // Throws where a caller's own fetch gives a body that was read already.
            reader = response.body?.getReader();
            if (isRefusal)
                guarded.refused(conclude);
            else
                guarded.opened(head);
            if (!guarded.isLive())
                release();
            // What an earlier connection has brought may be more than can be used already.
            await readiness();
            await readText(response, reader, utf8Decoder(reportInvalid), take);
        }
        catch (cause) {
            end = brokeOff(head.url, cause);
        }
        conclude();
        function take(chunk) {
            if (isRefusal)
                excerpt += chunk;
            else if (chunk)
                guarded.text(chunk);
            return guarded.isLive() && excerpt.length < EXCERPT_LENGTH && readiness();
        }
        function conclude() {
            guarded.ended(endOf(head, excerpt, end));
        }
        function readiness() {
            return isRefusal ? undefined : guarded.ready();
        }
        function reportInvalid() {
            const sentence = `${head.url} sent bytes that are not UTF-8. They became U+FFFD.`;
            if (!isRefusal)
                guarded.problem(new EnckeError('encoding', sentence, { url: head.url }));
        }
    }
}
/** Why this page cannot carry a request by fetch at all. */
function refusesFetch({ ownFetch, body, urlCredentials }) {
    // [spec] If parsedURL includes credentials, then throw a TypeError.
    if (urlCredentials && !ownFetch)
        return 'cannot send credentials in a URL';
    const present = (ownFetch || typeof fetch === 'function') && typeof TextDecoder === 'function';
    if (!present)
        return 'needs fetch and TextDecoder';
    // A browser that knows no such body takes the stream for text. (Chromium 156 has the member, Firefox 153 and WebKitGTK 2.50 not.)
    const sendsStreams = body !== 'stream' || ownFetch || 'duplex' in Request.prototype;
    return sendsStreams ? undefined : 'cannot send a stream in this browser';
}
/** Why this page cannot read a response by fetch before it has ended. */
function refusesFetchStream(demand) {
    const present = typeof ReadableStream === 'function' && 'body' in Response.prototype;
    return refusesFetch(demand) ?? (present ? undefined : 'needs streams in responses');
}
function send$1(request, signal) {
    // Taken out first: the browser's own function refuses to be called as a method of the request.
    const { fetch, url, method, headers, body, credentials } = request;
    // [spec] `duplex`: needs to be set when the body is a ReadableStream. `half` is the only value.
    const init = { method, headers, body, credentials, signal, cache: 'no-store', duplex: 'half' };
    return fetch(url, init);
}
/**
 * Reads the body as text, in pieces between which the page has its turn. Throws when the body breaks off.
 *
 * @param decode called with each piece, and without one at the end of the body
 * @param take gives `false` where it wants no more, or when the next piece is welcome, where that is not at once
 */
async function readText(response, reader, decode, take) {
    if (!reader) {
        // A response of a caller's own fetch may lack the stream.
        void take(await response.text());
        return;
    }
    const pageTurn = createPageTurn();
    for (;;) {
        const { done, value } = await reader.read();
        let at = 0;
        // Once at least: what is not made of bytes is not passed over, it throws.
        do {
            const ready = take(done ? decode() : decode(value.subarray(at, (at += PIECE))));
            if (ready === false)
                return;
            // Asked first: waiting for nothing would cost a turn of promises for every piece.
            if (ready)
                await ready;
            const turn = pageTurn();
            if (turn)
                await turn;
        } while (value && at < value.length);
        if (done)
            return;
    }
}

// What kind of body a request has, told before anything is sent.
const CLASSES = {
    URLSearchParams: 'form',
    FormData: 'form',
    Blob: 'any',
    File: 'any',
    ArrayBuffer: 'any',
    ReadableStream: 'stream',
};
/** `undefined` for what no carrier sends as it is meant: fetch would write a Map as `[object Map]`, JSON as `{}`. */
function bodyKind(body) {
    if (body === undefined || body === null)
        return 'none';
    if (typeof body === 'string')
        return 'any';
    if (typeof body !== 'object')
        return undefined;
    if (Array.isArray(body))
        return 'json';
    // Memory that is shared may change while it is sent: browsers refuse it.
    if (ArrayBuffer.isView(body))
        return bodyKind(body.buffer);
    const prototype = Object.getPrototypeOf(body);
    // An object of another frame has the prototype of that frame.
    if (prototype === null || Object.getPrototypeOf(prototype) === null)
        return 'json';
    const name = Object.keys(CLASSES).find((known) => isOf(body, known));
    return name === undefined ? undefined : CLASSES[name];
}
/** By its tag, too: what was made in another frame is of that frame's class. */
function isOf(body, name) {
    const known = globalThis[name];
    return (typeof known === 'function' && body instanceof known) || tagOf(body) === name;
}
/** Whether it can be sent once only, and read while it is made. */
function isStream(body) {
    return tagOf(body) === 'ReadableStream';
}
/** What else may be wrong where a request with this body meets no server: a sentence behind another. */
function hintOn(body) {
    return isStream(body) ? ' To send a stream, Chromium needs HTTP/2 or later.' : undefined;
}
/** Whether it is sent as JSON. An object of another frame counts, and so does one of a class of the caller's own. */
function isJson(body) {
    return /^(Object|Array)$/.test(tagOf(body));
}
/** The name of a value's class, also of one made in another frame. */
function tagOf(value) {
    return Object.prototype.toString.call(value).slice(8, -1);
}

// Calls into code that is not ours.
/**
 * Runs a handler. When it throws, the rest goes on and the page's error reporting hears of it.
 * Two parameters instead of a rest: this runs for every message, and no array is made for it.
 */
function call$1(handler, first, second) {
    try {
        return handler?.(first, second);
    }
    catch (error) {
        throwLater(error);
        return undefined;
    }
}
/** A throw in a task of its own reaches `window.onerror` everywhere, and Node, which has no `reportError`. */
function throwLater(error) {
    setTimeout(() => {
        throw error;
    });
}

// Which scripts are code.
/** The types of scripts that a browser runs. What has any other is a block of data. */
const CODE_TYPE = /^\s*(?:$|module\s*$|(?:text|application)\/(?:x-)?(?:java|ecma|j|live)script(?![a-z-]))/i;

// How scripts name the window around them.
/** What may stand before the name of a function of that window. */
const WINDOW_PREFIX = /^(?:(?:window|parent|top|self)\.)+/;

// Finds the end of a JSON value in text that comes in pieces, without parsing it.
const MARKS = /["[{(\]}),<]/g;
const MARKS_IN_STRING = /["\\\r\n]/g;
/** With `closed`, the bracket that closes the outermost one is a border too, and `closed` is called at it. */
function createJsonScanner(closed) {
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
            else if (depth > 0 && ']})'.includes(mark)) {
                if (--depth > 0 || !closed)
                    continue;
                closed();
                return border();
            }
            else if (depth === 0 || mark !== ',')
                return border();
        }
    };
    function border() {
        const place = at - 1;
        at = 0;
        return place;
    }
}

// The text of one message while it comes, kept no longer than the limit.
function createLimitedText(sink, { maxMessageSize }) {
    let text = ''; // undefined: too long, and dropped
    return {
        add(piece) {
            if (text === undefined)
                return;
            text += piece;
            if (text.length <= maxMessageSize)
                return;
            const start = text;
            text = undefined;
            sink.problem(tooLarge(start, maxMessageSize));
        },
        take() {
            const whole = text ?? '';
            text = '';
            return whole;
        },
    };
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
/** Words that JavaScript has and JSON has not. The first half passes over strings, where they are text. */
const NOT_IN_JSON = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\b(?:NaN|Infinity|undefined)\b/g;
/** The same for what scripts hold: `NaN`, `Infinity` and `undefined`, which some servers write, become `null`. */
function parseLiteral(text) {
    return (parseJson(text) ?? parseJson(text.replace(NOT_IN_JSON, (word) => (word.startsWith('"') ? word : 'null'))));
}

// Reads the calls that stand in the script blocks of streamed HTML.
//
// It knows just enough of HTML to find the blocks, and of JavaScript to find `name(JSON)` where a statement may
// begin. Nothing is executed. Outside of arguments, the place where it is, is the pattern it looks for.
/** A comment's beginning, or a script's start tag up to its `>`, with the attributes; or up to where it breaks off. */
const OPENING = /<!(?=--)|<script(?=[\s/>])([^>]{0,990})(?=>|$)/i;
const COMMENT_END = /-->/;
/** The block's end, or a call's name where a statement may begin: also behind the `>` of the start tag or of its attributes. */
const END_OR_CALL = /<\/script[\s/>]|[>;{}&)\r\n][ \t]{0,99}([\w$][\w$.]{0,99})\s{0,99}\(/i;
const SOURCE = /[\s"'/]src\s*=/i;
const TYPE = /[\s"'/]type\s*=\s*(?:"([^"]*)|'([^']*)|([^\s"'>]*))/i;
const END = /<\/script/i;
/** A tag of which the end is missing. */
const OPEN_TAG = /<[^>]*$/;
/** How arguments begin that were meant as JSON, unlike most other code of a page. */
const LITERAL = /^\s*["'[{\d-]/;
function createScriptCallDecoder(sink, options, give) {
    const held = createLimitedText(sink, options); // arguments
    const later = []; // what is behind the rest, not joined to it, which would copy it each time
    let scan = createJsonScanner();
    let rest = ''; // what is still to be read
    let sought = OPENING; // what the text is searched for
    let called = ''; // the function whose arguments are being read, if any are
    let ignored = false; // whether the calls of this block are of no interest
    return {
        feed(chunk) {
            rest += chunk;
            readOn();
        },
        isWhole: () => sought === OPENING && !OPEN_TAG.test(rest),
        end() {
            // Giving a call up may bring to light another one that is not closed either.
            for (; called; readOn())
                giveUp(held.take());
        },
    };
    function readOn() {
        while ((called ? readArguments() : search()) || takeLater())
            ;
    }
    function takeLater() {
        const next = later.pop();
        rest += next ?? '';
        return next !== undefined;
    }
    /** Says whether there is more to read, as its two siblings do. */
    function search() {
        let match = sought.exec(rest);
        // Of a start tag the end is still to come: what looks like a comment in it is none.
        if (sought === OPENING && match && match.index + match[0].length === rest.length)
            match = null;
        rest = match ? rest.slice(match.index + match[0].length) : rest.slice(-1e3);
        if (match)
            enter(match[1]);
        return match !== null;
    }
    function enter(found) {
        if (sought === OPENING)
            enterMarkup(found);
        else if (found === undefined)
            sought = OPENING;
        else if (!ignored) {
            called = found;
            scan = createJsonScanner();
        }
    }
    /** A script's attributes tell it from a comment, which has none. */
    function enterMarkup(attributes) {
        if (attributes === undefined)
            sought = COMMENT_END;
        else if (!attributes.endsWith('/'))
            sought = END_OR_CALL; // XHTML closes an empty element so
        ignored = attributes !== undefined && !isCode$2(attributes);
    }
    function readArguments() {
        const end = scan(rest);
        const border = rest.charAt(end);
        const next = border === ',' ? end + 1 : end;
        held.add(rest.slice(0, next));
        rest = rest.slice(next);
        if (border === ')')
            giveCall(held.take());
        else if (border && border !== ',')
            giveUp(held.take());
        return border !== '';
    }
    function giveCall(text) {
        const values = parseLiteral(`[${text}]`);
        if (!values)
            return giveUp(text);
        if (values.length > 0)
            give(called.replace(WINDOW_PREFIX, ''), values);
        called = '';
    }
    /**
     * The call cannot be read, so its block ends as for a browser: at the first `</script`, in a string or not.
     * A quote that is never closed may have swallowed other blocks behind that, which are read again.
     */
    function giveUp(text) {
        ignored = LITERAL.test(text);
        const sentence = `An argument of ${called}() is not JSON.`;
        if (ignored)
            sink.problem(malformed(sentence, `${called}(${text}`));
        called = '';
        const end = text.search(END);
        if (end < 0)
            return;
        later.push(rest);
        rest = text.slice(end);
    }
}
/** What has a source, or is a block of data, a browser would not run either. */
function isCode$2(attributes) {
    const [, quoted, single = quoted, bare = single ?? ''] = TYPE.exec(attributes) ?? [];
    return !SOURCE.test(attributes) && CODE_TYPE.test(bare);
}

// fetch streaming: the response is read while it comes.
/** Fetch streaming: the response is read while it comes. Carries any method, header and body, and sees statuses. */
const fetchStream = {
    name: 'fetch-stream',
    rhythm: 'stream',
    sendsHeaders: true,
    namesItself: false,
    tellsCuts: true,
    showsLife: true,
    refuses,
    open: openFetch,
};
/** Only this one: the others made of fetch come behind XHR, which tells the progress, and are better than nothing. */
function refuses(demand) {
    return demand.uploadProgress ? 'cannot tell the progress of an upload' : refusesFetchStream(demand);
}

// The contract between a transport and what opens it.
/** A poll that was held this long was held until a time limit, whatever ended it then. Milliseconds. */
const LONG_HOLD = 5_000;

// Transports that ask again and again: which end is an answer, and when the next question is due.
/** Statuses by which a poll is told that there is nothing yet. It has no stream to end, and hears by 205 that there is nothing more. */
const NOTHING_YET = [204, 304, 408];
/** What a gateway answers when its server takes longer than it waits; the last is Cloudflare's. */
const GATEWAY_STATUSES = [502, 504, 524];
/** Shortest time from one empty answer to the next question, in milliseconds. */
const EMPTY_ANSWER_PAUSE = 1_000;
/** Shortest time from one long poll to the next when the first brought messages without ids, which a server that answers at once would send again and again. */
const REPEATED_ANSWER_PAUSE = 100;
/** The server is asked again after the interval, with the tag of what is known. */
const polling = {
    statuses: () => NOTHING_YET,
    pause: (_answered, _id, { pollInterval }) => pollInterval,
    ask(headers, { etag }) {
        if (etag)
            headers.set('if-none-match', etag);
    },
    // Of half an answer the server must not be told that it is known.
    keep(known, head, isWhole) {
        known.etag = isWhole ? head?.headers?.get('etag') : null;
    },
};
/** The server answers when it has something to say, and is asked again at once. */
const longPolling = {
    statuses: (elapsed) => (elapsed < LONG_HOLD ? NOTHING_YET : [...NOTHING_YET, ...GATEWAY_STATUSES]),
    // One that brings nothing, or nothing that can be resumed after, never comes back in a tight loop.
    pause({ elapsed, messages, startedAfter, serverRetry = 0 }, id) {
        if (id !== startedAfter)
            return 0;
        const pause = messages > 0 ? REPEATED_ANSWER_PAUSE : Math.max(EMPTY_ANSWER_PAUSE, serverRetry);
        return Math.max(0, pause - elapsed);
    },
};

// Long polling: the server answers when it has something to say, and is asked again at once.
/** Long polling: the server answers when it has something, and is asked again at once. */
const longPoll = {
    name: 'long-poll',
    rhythm: 'answer',
    polls: longPolling,
    sendsHeaders: true,
    namesItself: true,
    tellsCuts: true,
    showsLife: true,
    accept: 'application/json',
    refuses: refusesFetch,
    open: openFetch,
};

// Polling: the server answers at once, and is asked again after the interval.
/** Polling: the server answers at once, and is asked again after `pollInterval`. */
const poll = {
    name: 'poll',
    rhythm: 'interval',
    polls: polling,
    sendsHeaders: true,
    namesItself: true,
    tellsCuts: true,
    showsLife: true,
    accept: 'application/json',
    refuses: refusesFetch,
    open: openFetch,
};

// What a session needs of the world around it, so that a test can be that world.
const browserEnvironment = {
    now: /* @__PURE__ */ sleeplessClock(),
    setTimer,
    random: Math.random,
    baseUrl,
    origin: pageOrigin,
    fetch: (input, init) => fetch(input, init),
};
/** How far the two clocks may part in one go before the machine counts as having slept. Milliseconds. */
const SLEPT = 1_000;
/** `performance.now()` stands still while some machines sleep, `Date.now()` goes back where it is set. */
function sleeplessClock() {
    let slept = 0;
    let parted;
    return () => {
        const time = performance.now();
        const distance = Date.now() - time;
        const grown = distance - (parted ??= distance);
        slept += grown > SLEPT ? grown : 0;
        if (Math.abs(grown) > SLEPT)
            parted = distance;
        return time + slept;
    };
}

// How a wrong option is refused.
function refuse(sentence, cause) {
    throw new EnckeError('invalid-option', sentence, { cause });
}

// What is wrong with a command, as the error that its verb throws.
/** Names that lead from an object to what all objects share. */
const SHARED = /(?:^|\.)(?:__proto__|constructor|prototype)(?:\.|$)/;
/** @throws EnckeError `malformed` when a field of a command is missing or no text. */
function textOf(value, field) {
    if (typeof value !== 'string')
        throw new EnckeError('malformed', `"${field}" must be text.`);
    return value;
}
/** @throws EnckeError as `textOf`, and `refused` for `__proto__`, `constructor` and `prototype`. */
function nameOf$2(value, field) {
    const name = textOf(value, field);
    if (SHARED.test(name))
        throw new EnckeError('refused', `"${field}" must not be ${name}.`);
    return name;
}
/** @throws EnckeError `refused` unless code of the server may run. */
function checkCode(scripts) {
    if (!scripts.allowsScripts)
        throw codeRefused();
}
/** One sentence for all ways to bring code: the command beside it shows which. */
function codeRefused() {
    return new EnckeError('refused', 'The option "scripts" allows no code of the server.');
}

// The Trusted Types policy of this library: the signature that a page's policy may ask for.
/** A page allows it by `trusted-types encke`. */
const POLICY = 'encke';
const asItIs = (text) => text;
const RULES = { createHTML: asItIs, createScript: asItIs, createScriptURL: asItIs };
/** Asked for once: a name can be taken once in a page, and the browser tells the page's owner of every refusal. */
let policy;
/** Signs HTML that may be parsed. What it may hold is for its caller to decide, before. */
function trustedHtml(html) {
    return ourPolicy().createHTML(html);
}
/** Signs code that may run. */
function trustedScript(code) {
    return ourPolicy().createScript(code);
}
/** Signs the address of code that may run. */
function trustedScriptUrl(url) {
    return ourPolicy().createScriptURL(url);
}
function ourPolicy() {
    if (policy)
        return policy;
    policy = RULES;
    const { trustedTypes } = globalThis;
    try {
        if (trustedTypes)
            policy = trustedTypes.createPolicy(POLICY, RULES);
    }
    catch {
        // The page does not allow this policy; it may still allow text, which the first use will show.
    }
    return policy;
}

// HTML as nodes: parsed as what it is put into would parse it, and none of its scripts runs.
const HTML$1 = 'http://www.w3.org/1999/xhtml';
/** What may stand before the first element: text, comments, end tags and the like. */
const BEFORE = /[^<]+|<!-{2}(?:-?>|[^]*?(?:-{2}!?>|$))|<[!?/][^>]*>?|<(?![a-z])/iy;
const TABLE_PART = /<(?:t(?:[dhr]|head|body|foot)|col(?:group)?|caption)(?=[\s/>])/iy;
/** Elements that take tags for text, or drop those they have no place for. */
const CLOSED = /^(?:iframe|no(?:embed|frames|script)|plaintext|script|select|style|textarea|title|xmp)$/;
/** Whether a part of a table comes first, which has its place in few elements. */
function isTablePart(html) {
    BEFORE.lastIndex = TABLE_PART.lastIndex = 0;
    while (BEFORE.test(html))
        TABLE_PART.lastIndex = BEFORE.lastIndex;
    return TABLE_PART.test(html);
}
/** @param setHtml parses; by default as `innerHTML` does */
function parseHtml(html, target, setHtml = setInnerHtml) {
    const place = placeLike(target, html);
    setHtml(place, html);
    if (isTemplate(place))
        return place.content;
    // Of the same document: in another one custom elements would be told that they have moved.
    const nodes = place.ownerDocument.createDocumentFragment();
    nodes.append(...place.childNodes);
    return nodes;
}
function isTemplate(element) {
    return element.localName === 'template' && element.namespaceURI === HTML$1;
}
/**
 * Nodes of others may bring scripts that have yet to run. The parser marks those that it makes for `innerHTML` as not to
 * be run, so its own take their place.
 */
function withoutLiveScripts(nodes) {
    for (const script of nodes.querySelectorAll('script')) {
        const html = script.namespaceURI === HTML$1 ? '<script>' : '<svg><script>';
        const inert = parseHtml(html, document.createElement('template')).querySelector('script');
        if (!inert)
            continue;
        copyAttributes(script, inert);
        inert.append(...script.childNodes);
        script.replaceWith(inert);
    }
    return nodes;
}
/** From one script to another. As nodes: parsers take names that no setter takes, and `xlink:href` has a namespace. */
function copyAttributes({ attributes }, script) {
    for (const attribute of attributes) {
        const { namespaceURI, name, value } = attribute;
        const sign = name.startsWith('on') ? trustedScript : /^src$|href$/.test(name) && trustedScriptUrl;
        if (sign)
            script.setAttributeNS(namespaceURI, name, sign(value));
        else
            script.setAttributeNode(attribute.cloneNode());
    }
}
/** In a template every part of a table has its place. A custom element would begin its life, and `html` make a page. */
function placeLike({ namespaceURI, localName, ownerDocument }, html) {
    const isOpen = namespaceURI === HTML$1 && (/-|^html$/.test(localName) || (!CLOSED.test(localName) && isTablePart(html)));
    return ownerDocument.createElementNS(namespaceURI, isOpen ? 'template' : localName);
}
function setInnerHtml(place, html) {
    place.innerHTML = trustedHtml(html);
}

// Puts HTML into an element, as jQuery does; what may be put there is not asked here.
/** What the parser reads as anything but text. */
const SYNTAX = /[<&\r\0]/;
/** Elements in which it takes text for something else, and scripts, whose text has to be signed. */
const NO_TEXT = /html|template|colgroup|frameset|script/;
/** What jQuery appends as HTML. Half an entity is text to it. */
const MARKUP = /<|&#?\w+;/;
/** What stands in a template itself is in no use. */
function contentOf(target) {
    return isTemplate(target) ? target.content : target;
}
/** What is neither `replace` nor `append` puts before, as in Sijax's own client. */
function placementOf(setType) {
    return setType === 'replace' || setType === 'append' ? setType : 'prepend';
}
/** As jQuery takes it: a number for its text, `true` too, `false` and `null` for none. */
function htmlText(html) {
    if (typeof html === 'object' && html)
        return textOf(html, 'html');
    return html || html === 0 ? html.toString() : '';
}
/**
 * Gives the scripts that were put there, where there may be any.
 *
 * @param place what of the target nodes go into
 */
function putHtml(target, html, placement, place) {
    const isReplaced = placement === 'replace';
    const isDirect = typeof html === 'string' &&
        !(/<script/i.test(html) || isTablePart(html) || (isTemplate(target) && !isReplaced));
    if (!isDirect) {
        const nodes = typeof html === 'string' ? parseHtml(html, target) : html;
        return putNodes(target, place, nodes, placement);
    }
    if (isReplaced) {
        if (SYNTAX.test(html) || NO_TEXT.test(target.localName))
            target.innerHTML = trustedHtml(html);
        else
            target.textContent = html;
    }
    else if (MARKUP.test(html)) {
        target.insertAdjacentHTML(placement === 'append' ? 'beforeend' : 'afterbegin', trustedHtml(html));
    }
    else if (html)
        putNode(target, new Text(html), placement);
    return undefined;
}
function putNodes(target, place, nodes, placement) {
    const scripts = [...nodes.querySelectorAll('script')].filter(isCode$1);
    if (placement === 'replace')
        place.textContent = '';
    // Rows belong into the body of a table, where it has one.
    const body = nodes.firstElementChild?.localName === 'tr' && target.tBodies?.[0];
    putNode(body || place, nodes, placement);
    return scripts;
}
/** As jQuery does it: a field named `append` hides the method of its form. */
function putNode(place, node, placement) {
    place.insertBefore(node, placement === 'append' ? null : place.firstChild);
}
function isCode$1(element) {
    return CODE_TYPE.test(element.type);
}
/** In their order. Where one is waited for, those behind it wait, too. */
function reviveAll(scripts, policy) {
    for (let script = scripts.shift(); script; script = scripts.shift()) {
        const running = policy.revive(script);
        if (running)
            return running.then(() => reviveAll(scripts, policy));
    }
}

// The one door by which HTML enters the page.
/** The types of scripts that browsers do not run, but load what they name. */
const MAP_TYPE = /^\s*(?:importmap|speculationrules)\s*$/i;
function createHtmlDoor({ sanitize, preserve }, scripts, report) {
    return (targets, html, placement) => {
        if (html === undefined)
            return;
        const text = htmlText(html);
        const restore = preserve?.(targets);
        let brought; // by the last target: code runs once, and there, as with jQuery
        try {
            for (const target of targets) {
                // What is written into a script that has not run yet would run; a map says which code others load.
                if (isActive(target))
                    checkCode(scripts);
                const clean = sanitize ? cleaned(sanitize(text, target)) : text;
                brought = putHtml(target, clean, placement, contentOf(target));
            }
        }
        finally {
            restore?.();
        }
        if (!brought?.length)
            return;
        if (scripts.allowsScripts)
            return reviveAll(brought, scripts);
        report(codeRefused());
    };
}
function isActive(target) {
    const type = target.getAttribute('type') ?? '';
    return target.localName === 'script' && (CODE_TYPE.test(type) || MAP_TYPE.test(type));
}
/** Of callers without types everything must be looked at: what cannot be used must not empty the target. */
function cleaned(given) {
    if (typeof given === 'string')
        return given;
    const isFragment = given?.nodeType === Node.DOCUMENT_FRAGMENT_NODE;
    if (isFragment)
        return withoutLiveScripts(given);
    throw new EnckeError('invalid-option', 'sanitize must return text or a DocumentFragment.');
}

// Which code of the server's may run: none, what carries the page's nonce, or all of it.
//
// No other file of the library makes code of text.
/**
 * Runs no code of the server's. Refused are `script` commands, redirects and addresses that are `javascript:` URLs,
 * event handlers and `srcdoc` as attributes, and whatever would change a script element; scripts in inserted HTML
 * stand there and do nothing.
 *
 * The rest of inserted HTML is trusted: event handlers and `javascript:` links that are part of it work, and so do
 * frames. The option `sanitize` says what HTML may hold; a content security policy without `'unsafe-inline'`
 * makes handlers and such links inert, too.
 */
const refuseScripts = {
    allowsScripts: false,
    run() {
        throw codeRefused();
    },
    revive() {
        // It stays as the parser left it: marked as not to be run.
    },
};
/**
 * Runs the code of the server in script elements with the nonce of the page's content security policy
 * (`script-src 'nonce-…'`), which then needs no `'unsafe-eval'`.
 *
 * A `script` command runs as the body of a function: its variables are its own. What it throws is reported with the
 * command, and where the policy does not let it run, that is reported as `refused`.
 *
 * External scripts in inserted HTML hold up what is behind them until they have run or failed.
 */
function nonceScripts(nonce) {
    return {
        allowsScripts: true,
        run(code) {
            runWithNonce(nonce, code);
        },
        revive: (script) => revive(script, nonce),
    };
}
/**
 * Runs all code of the server, as Sijax's own client does. A content security policy must have `'unsafe-eval'` for
 * `script` commands, and whatever scripts in inserted HTML need.
 *
 * A `script` command runs as the body of a function: its variables are its own. What it throws is reported with the
 * command.
 *
 * External scripts in inserted HTML hold up what is behind them until they have run or failed.
 */
const allowScripts = {
    allowsScripts: true,
    run(code) {
        evaluate(asCall(code));
    },
    revive: (script) => revive(script, script.nonce),
};
/** The value of code in the global scope; none of ours is in its sight. */
function evaluate(code) {
    // Not `new Function`: not every browser takes trusted text for it.
    // eslint-disable-next-line no-eval, no-restricted-syntax -- to run what the server says is what the page asked for
    return globalThis.eval(trustedScript(code));
}
/** The line break ends a comment at the end of the code. */
function asCall(code) {
    return `(function(){${code}\n})();`;
}
/** The script that runs. Not by the document itself: an image named `currentScript` hides that property. */
const CURRENT = "Reflect.get(Document.prototype,'currentScript',document)";
function runWithNonce(nonce, code) {
    const script = document.createElement('script');
    script.nonce = nonce;
    const noting = `try{${asCall(code)}}catch(error){${CURRENT}.failure=[error]}`;
    script.text = trustedScript(`${CURRENT}.begun=true;${noting}`);
    addEventListener('error', keep, true);
    document.head.append(script);
    removeEventListener('error', keep, true);
    script.remove();
    if (script.failure)
        throw script.failure[0];
    if (script.begun)
        return;
    throw new EnckeError('refused', 'The content security policy runs no script with this nonce.');
    /** Code that cannot be parsed. The queue reports it, so nobody else needs to. */
    function keep(event) {
        // An error of another's, of a listener that the code calls for example.
        if (script.begun)
            return;
        script.failure = [event.error];
        event.preventDefault();
        event.stopImmediatePropagation();
    }
}
function revive(script, nonce, isSigned = true) {
    // One before it may have removed it, or its document is in no window. Nothing would come of it, not even an event.
    if (!script.isConnected || !script.ownerDocument.defaultView)
        return;
    // Only in the namespace of HTML can code be signed. One that names its code keeps that of a drawing.
    const namespace = isSigned && script.textContent !== '' ? HTML$1 : script.namespaceURI;
    const fresh = document.createElementNS(namespace, 'script');
    copyAttributes(script, fresh);
    fresh.nonce = nonce;
    fresh.textContent = trustedScript(script.textContent);
    const isAwaited = fresh.src && fresh.type !== 'module' && !fresh.noModule;
    if (isAwaited) {
        // By these a browser passes it over without an event, and what is behind it would wait for ever.
        fresh.type &&= 'text/javascript';
        for (const name of ['language', 'event'])
            fresh.removeAttribute(name);
    }
    const settled = isAwaited ? waitFor(fresh) : undefined;
    script.replaceWith(fresh);
    return settled;
}
function waitFor(script) {
    return new Promise((resolve) => {
        for (const type of ['load', 'error'])
            script.addEventListener(type, () => resolve());
    });
}

// From a selector to elements.
/** What jQuery takes for an id, too: `#1st` is no valid CSS, and yet names an element. */
const ID = /^#[\w-]+$/;
function createSelect({ root, select }, report) {
    return (value) => {
        const elements = find(textOf(value, 'selector'));
        if (elements.length === 0)
            report(new EnckeError('no-target', `Nothing matches ${String(value)}.`));
        return elements;
    };
    function find(selector) {
        // Asked for now: where the queue is created there may be no document yet. On a server there is none, and no target.
        const base = root ?? globalThis.document;
        if (!base)
            return [];
        try {
            return select ? [...select(selector, base)] : selectElements(base, selector);
        }
        catch (cause) {
            const sentence = `${selector} is no CSS selector. The option "select" may read it.`;
            throw new EnckeError('selector', sentence, { cause });
        }
    }
}
/** @throws what the browser does, where the selector is no CSS. */
function selectElements(root, selector) {
    if (!ID.test(selector))
        return [...root.querySelectorAll(selector)];
    const element = byId(root, selector.slice(1));
    return element ? [element] : [];
}
/** Only the first element of an id, however many have it. */
function byId(root, id) {
    if ('getElementById' in root)
        return root.getElementById(id);
    return root.querySelector(`[id="${id}"]`);
}

// The page as verbs may touch it, made from the options of the queue.
/** @param report takes what is wrong with a command that is carried out all the same. */
function createCommandPage(options, report) {
    const { functions = {}, scripts = refuseScripts, alert = (text) => window.alert(text), navigate = (url) => location.assign(url), } = options;
    return {
        select: createSelect(options, report),
        insert: createHtmlDoor(options, scripts, report),
        scripts,
        functions,
        alert,
        navigate,
    };
}

// What was pushed, as commands: one, a list, or the JSON text of either.
/** A list whose elements are still to be looked at one by one. */
function readList(pushed) {
    const value = typeof pushed === 'string' ? parse(pushed) : pushed;
    return Array.isArray(value) ? value : [value];
}
function isCommand(value) {
    return typeof value?.type === 'string';
}
function notACommand(value) {
    return malformed('No command, which is an object whose "type" is text.', print(value));
}
/** Never throws. */
function print(value) {
    if (typeof value === 'string')
        return value;
    let json;
    try {
        json = JSON.stringify(value);
    }
    catch {
        // It has a circle, or a `toJSON` that throws.
    }
    return json ?? typeof value;
}
/** The text itself where it is not JSON; that is no command either. */
function parse(text) {
    try {
        // A byte order mark counts as white space here; JSON allows none.
        return JSON.parse(text.trim());
    }
    catch {
        return text;
    }
}

// The `call` command: a function of the page by its name.
/** A dotted name leads from object to object; the last one before the function is its `this`. */
const call = ({ call: value, params }, { functions }) => {
    const name = nameOf$2(value, 'call');
    let owner;
    let found = functions;
    for (const key of name.split('.')) {
        owner = found;
        // Of its own: what every object inherits was registered by nobody.
        found = Object.hasOwn(Object(owner), key) ? owner[key] : undefined;
    }
    if (typeof found === 'function')
        return Reflect.apply(found, owner, Array.isArray(params) ? params : []);
    throw new EnckeError('refused', `The option "functions" has no function ${name}.`);
};

// Addresses that are code.
/**
 * Whether a browser takes it for a `javascript:` URL, passing over spaces and control characters.
 * Animations have lists of addresses.
 */
function isScriptUrl(url) {
    return /(?:^|;)javascript:/i.test(String(url).replace(/[\0- ]+/g, ''));
}

// The `attr` command: what an element has by a name, as a property or else as an attribute.
/** Attributes of which the property has another name, as jQuery knows them: most differ in capitals alone. */
const CAPITALS = 'tabIndex readOnly maxLength cellSpacing cellPadding rowSpan colSpan useMap frameBorder contentEditable';
const RENAMED = /* @__PURE__ */ renamed();
/** Attributes with words for values, of which the property is a boolean: the text `false` would count as true. */
const WORDS$1 = /^(?:autocorrect|draggable|hidden|spellcheck|translate)$/;
/** What does not follow an attribute: the state of form fields and media, and what has none. */
const STATE = /^(?:checked|currentTime|hash|indeterminate|innerText|muted|nodeValue|scroll(?:Left|Top)|search|selected(?:Index)?|srcObject|text|textContent|value)$/;
/** Event handlers, HTML that passes no door, and what makes code of the rest of an address. */
const CODE = /^(?:on|(?:outerhtml|srcdoc|protocol)$)/i;
/** Whatever stands before: `formaction`, `xlink:href`. The last three are of animations, which may move a link. */
const ADDRESS = /(?:href|src|action|data|values|from|to)$/i;
/** What else of a link's address can be written by itself: in `javascript:void(0)` it is code. */
const PART = /^(?:user|pass|host|port|path|search$|hash$)/;
/**
 * Sets the property `key` where the element has one that can be written, else the attribute. `null`, and `false` for a
 * boolean attribute, take the attribute away. `append` and `prepend` go on from what the first element has, and give the
 * whole to all.
 */
const attr = ({ selector, key: given, value: sent, setType }, page) => {
    const key = nameOf$2(given, 'key');
    const name = propertyOf(key);
    const targets = page.select(selector);
    const [first] = targets;
    if (!first || sent === undefined)
        return;
    const isBoolean = hasFlag(first, name);
    const value = isBoolean && sent === false ? null : sent;
    const isWhole = value === null || (isBoolean && value === true) || setType === 'replace';
    const whole = isWhole ? value : join(textIn(first, name, key), value, setType === 'append');
    if (name === 'innerHTML')
        return page.insert(targets, whole, 'replace');
    // What the property is not called the attribute may be: `defaultOnclick`.
    const isCode = whole !== null &&
        [name, attributeOf(key)].some((each) => CODE.test(each) || (ADDRESS.test(each) && isScriptUrl(whole)));
    for (const target of targets) {
        const isPartOfCode = PART.test(name) && isScriptUrl(target['href']);
        if (isCode || isPartOfCode || target.localName === 'script')
            checkCode(page.scripts);
        if (whole === null)
            takeAway(target, name, key);
        else if (isWords(name, whole) || !hasSet(target, name, whole)) {
            target.setAttribute(attributeOf(key), isBoolean && whole === true ? '' : whole);
        }
    }
};
/** The name of the property for that of an attribute. */
function propertyOf(key) {
    return Object.hasOwn(RENAMED, key) ? (RENAMED[key] ?? key) : key;
}
function renamed() {
    const names = CAPITALS.split(' ').map((name) => [name.toLowerCase(), name]);
    return { class: 'className', for: 'htmlFor', ...Object.fromEntries(names) };
}
/** An object is no text to go on from: that of `style` is in the attribute. What is missing counts for none. */
function textIn(element, name, key) {
    const present = element[name] ?? null;
    return typeof present === 'object' ? (element.getAttribute(attributeOf(key)) ?? '') : present;
}
/** As `+` does it: the sum of two numbers, otherwise one text behind the other. */
function join(present, value, isAppended) {
    return isAppended ? present + value : value + present;
}
/**
 * Whether it means yes by being there: a boolean property says so. Of what HTML has no property for, `true` and `false` mean
 * that, too, but for `data-…` and `aria-…`.
 */
function hasFlag(element, name) {
    if (WORDS$1.test(name) && name !== 'hidden')
        return false;
    if (name in element)
        return typeof element[name] === 'boolean' && !isOwn(element, name);
    const isHtml = element.namespaceURI === HTML$1 || name in HTMLElement.prototype;
    return isHtml && !name.includes('-');
}
function isWords(name, value) {
    return typeof value === 'string' && value !== '' && WORDS$1.test(name);
}
function takeAway(target, name, key) {
    if (name in target && (STATE.test(name) || isOwn(target, name))) {
        hasSet(target, name, typeof target[name] === 'string' ? '' : null);
    }
    // Afterwards, as some write the attribute: the value of a box, the number of a list item.
    target.removeAttribute(attributeOf(key));
}
/** Whether it is what a custom element has made up, which may follow no attribute. */
function isOwn({ localName }, name) {
    return localName.includes('-') && !(name in HTMLElement.prototype);
}
/** Where it cannot be told from the name of the property by its letters alone; in HTML capitals do not count. */
function attributeOf(key) {
    return key
        .replace(/^(class|rel)(?:Name|List)$/, '$1')
        .replace(/^(?:default|html)(?=[A-Z])/, '')
        .replace(/^(?:aria|http|accept)(?=[A-Z])/, '$&-');
}
function hasSet(target, name, value) {
    try {
        if (name in target) {
            target[name] = value;
            return true;
        }
        return false;
    }
    catch {
        // `false` is the answer of a property that is only for reading, as in SVG; any other throws once more.
        return Reflect.set(target, name, value);
    }
}

// The `css` command: one declaration of an element's own style.
/** A number by itself: its sign where it is relative, the number, its unit. */
const NUMBER = /^(?:([+-])=)?([+-]?(?:\d*\.)?\d+(?:e[+-]?\d+)?)([a-z%]*)$/i;
/** Sizes, which jQuery takes for pixels even as text, and never lets fall below 0. */
const SIZE = /^(?:width|height|padding|border-width)$/;
/**
 * `key` as in style sheets or in scripts. A number is taken for pixels where it is not valid without a unit; `+=` and
 * `-=` go on from what is computed; `''` removes. As wherever scripts set styles, `!important` is not valid in a value.
 */
const css = ({ selector, key, value }, page) => {
    const text = textOf(key, 'key');
    setStyle(page.select(selector), text, value);
};
function setStyle(targets, key, value, unitOf = validUnit) {
    if (value === undefined || value === null)
        return;
    const name = declarationOf(key);
    for (const element of targets) {
        styleOf(element).setProperty(name, textFor(element, name, value, unitOf));
    }
}
/** A field named `style` hides that of its form. */
function styleOf(element) {
    const { style } = element;
    return 'setProperty' in style ? style : Reflect.get(HTMLElement.prototype, 'style', element);
}
/** `flex: 1` and `tab-size: 4` say something else than with a unit; strokes are measured in pixels either way. */
function validUnit(name, number) {
    const isPlain = CSS.supports(name, String(number)) && !name.startsWith('stroke-');
    return !isPlain && CSS.supports(name, `${number}px`) ? 'px' : '';
}
/** As style sheets write it. Most keys are: one look is quicker than three replacements. */
function declarationOf(key) {
    if (/^--|^[^A-Z]*$/.test(key))
        return key;
    return key
        .replace('cssF', 'f')
        .replace(/[A-Z]|^webkit/g, '-$&')
        .toLowerCase();
}
function textFor(element, name, value, unitOf) {
    const isSize = SIZE.test(name);
    const [, sign, amount, given] = NUMBER.exec(String(value)) ?? [];
    if (!amount || !(sign || isSize || typeof value === 'number'))
        return String(value);
    let number = Number(amount);
    let unit = given;
    if (sign) {
        const computed = getComputedStyle(element).getPropertyValue(name);
        const [, , present = 0, its] = NUMBER.exec(computed) ?? [];
        // Only layout can add what has not the same unit.
        if (its && unit && its !== unit)
            return `calc(${computed} ${sign} ${amount}${unit})`;
        // Half of `opacity: 1` is 50 %.
        if (unit === '%' && its === '') {
            number /= 100;
            unit = '';
        }
        unit ||= its;
        number = Number(present) + Number(`${sign}1`) * number;
    }
    if (isSize)
        number = Math.max(0, number);
    return `${number}${unit || unitOf(name, number)}`;
}

// What commands do to the page: one verb for each type of the Sijax protocol.
const verbs = {
    html({ selector, html, setType }, page) {
        const targets = page.select(selector);
        if (targets.length > 0)
            return page.insert(targets, html, placementOf(setType));
    },
    attr,
    css,
    /** The key of the same name is the selector; the one that every other command has is taken, too. */
    remove({ remove, selector }, page) {
        // By its parent: a field named `remove` hides the method of its form.
        for (const element of page.select(remove ?? selector))
            element.parentNode?.removeChild(element);
    },
    call,
    alert({ alert }, page) {
        page.alert(String(alert));
    },
    script({ script }, page) {
        page.scripts.run(textOf(script, 'script'));
    },
    redirect({ redirect }, page) {
        const url = textOf(redirect, 'redirect');
        if (isScriptUrl(url))
            checkCode(page.scripts);
        page.navigate(url);
    },
};

// Carries out one command: its verb, the hooks around it, and what becomes of an error.
function createRunner(options) {
    const { beforeApply, afterApply, onError } = options;
    const page = createCommandPage(options, fail);
    let command; // the one at work, the only one
    let failed = false; // whether an error of it was reported
    return {
        apply(next) {
            command = next;
            failed = false;
            try {
                const answer = beforeApply?.(next);
                if (answer === false)
                    return undefined;
                if (answer && answer !== true)
                    return Promise.resolve(answer).then((later) => (later === false ? undefined : carryOut(next)), fail);
            }
            catch (cause) {
                // Nobody has said that it may be carried out.
                return fail(cause);
            }
            return carryOut(next);
        },
        report,
    };
    function carryOut(next) {
        try {
            const verb = findVerb(options.verbs, next.type) ?? findVerb(verbs, next.type);
            if (!verb)
                throw new EnckeError('unknown-command', `No verb is called ${next.type}.`);
            // A function that "returns nothing" may return anything; only a promise is waited for.
            const work = verb(next, page);
            // A request is not either: it waits for its own commands, which come behind this one.
            if (work?.then && !work.closed)
                return Promise.resolve(work).then(finish, fail);
            finish();
        }
        catch (error) {
            fail(error);
        }
        return undefined;
    }
    function finish() {
        if (afterApply && command && !failed)
            call$1(afterApply, command);
    }
    function fail(cause) {
        const error = cause instanceof EnckeError ? cause : new EnckeError('command', sentenceFor(cause), { cause });
        error.command = command;
        failed = true;
        report(error);
    }
    function sentenceFor(cause) {
        // Of what is no error not everything can be made a text.
        return `A command of type ${command?.type} threw: ${cause instanceof Error ? inWords(cause) : print(cause)}`;
    }
    function report(error) {
        if (onError)
            call$1(onError, error);
        // Servers often send what only some pages have a place for.
        else if (error.code !== 'no-target')
            throwLater(error);
    }
}
/** Looks only at what the table itself holds: `constructor` and `__proto__` are no verbs. */
function findVerb(table, type) {
    return table && Object.hasOwn(table, type) ? table[type] : undefined;
}

// Refuses an option that does not exist, and names the one that was probably meant.
/**
 * An option given as `undefined` is an option not given.
 *
 * @param owner - what takes the options, as the caller knows it
 * @throws EnckeError `invalid-option`
 */
function refuseUnknown(owner, options, names) {
    for (const [name, value] of Object.entries(options)) {
        if (value === undefined || Object.hasOwn(names, name))
            continue;
        const nearest = nearestOf(Object.keys(names), name);
        throw new EnckeError('invalid-option', `${owner} has no option ${name}. Did you mean ${nearest}?`);
    }
}
function nearestOf(names, typed) {
    const scores = names.map((name) => likeness(framed(typed), framed(name)));
    return names[scores.indexOf(Math.max(...scores))] ?? '';
}
/** How many pairs of letters both have; of two names that have as many, the one whose length is nearer. */
function likeness(typed, name) {
    const shared = Array.from(typed).filter((_, at) => name.includes(typed.slice(at, at + 2)));
    return shared.length - Math.abs(typed.length - name.length) / 4;
}
/** In spaces, so that the first and the last letter are in two pairs like any other. */
function framed(text) {
    return ` ${text.toLowerCase()} `;
}

// What the options of a queue must be.
const FUNCTION$1 = ['a function', (value) => value === null || isFunction(value)];
const KINDS = {
    root: ['an element or a document', (value) => value === null || 'querySelectorAll' in Object(value)],
    verbs: ['an object of functions', (value) => isObject(value) && Object.values(value).every(isFunction)],
    functions: ['an object', isObject],
    scripts: ['refuseScripts, allowScripts or nonceScripts(nonce)', isPolicy],
    sanitize: FUNCTION$1,
    select: FUNCTION$1,
    alert: FUNCTION$1,
    navigate: FUNCTION$1,
    beforeApply: FUNCTION$1,
    afterApply: FUNCTION$1,
    onError: FUNCTION$1,
    preserve: FUNCTION$1,
    ariaBusy: ['busyMarks', isPart],
    coalesce: ['coalesceByTarget', isPart],
    frameBudget: ['a number above 0', (value) => isAtLeast(value, Number.MIN_VALUE)],
    maxQueue: ['a number of at least 1', (value) => isAtLeast(value, 1)],
};
/** @throws EnckeError `invalid-option` for a value that cannot be used, and for an option that does not exist. */
function checkQueueOptions(options) {
    refuseUnknown('commandQueue', options, KINDS);
    for (const [name, [words, isRight]] of Object.entries(KINDS)) {
        const value = options[name];
        if (value !== undefined && !isRight(value))
            throw new EnckeError('invalid-option', `${name} must be ${words}.`);
    }
}
function isFunction(value) {
    return typeof value === 'function';
}
function isObject(value) {
    return Object(value) === value;
}
function isPart(value) {
    return !value || isFunction(value);
}
function isPolicy(value) {
    const { run, revive } = (value ?? {});
    return !value || (isFunction(run) && isFunction(revive));
}
/** Text and NaN are not. */
function isAtLeast(value, least) {
    return typeof value === 'number' && value >= least;
}

// The commands that wait: first come, first served.
/** Two lists, of which only ends are touched: nothing is moved when one leaves, and nothing of it is left. */
function createLine() {
    let front = []; // the first is at the end
    let back = [];
    let came = 0;
    const size = () => front.length + back.length;
    return {
        get size() {
            return size();
        },
        get came() {
            return came;
        },
        get first() {
            return came - size();
        },
        add(commands, most) {
            const room = Math.max(0, most - size());
            const taken = room < commands.length ? commands.slice(0, room) : commands;
            for (const command of taken)
                back.push(command);
            came += taken.length;
            return commands.length - taken.length;
        },
        take() {
            if (front.length === 0) {
                front = back.reverse();
                back = [];
            }
            return front.pop();
        },
        clear() {
            front = [];
            back = [];
        },
        peek: (count) => [...front.slice(-count).reverse(), ...back.slice(0, count)],
    };
}

// The next frame, or a task in its stead where the page draws none.
/** A frame that has not come by then may never come: the page lies off screen, or behind another. Milliseconds. */
const OVERDUE = 100;
/** Calls back once. What it returns calls that off; either leaves nothing behind. */
function callInFrame(callback) {
    const { document, requestAnimationFrame } = globalThis;
    const isDrawn = document?.hidden === false && requestAnimationFrame;
    const stop = isDrawn ? awaitFrame(come) : callInTask(come);
    return stop;
    function come() {
        stop();
        callback();
    }
}
function awaitFrame(come) {
    const frame = requestAnimationFrame(come);
    const timer = setTimeout(come, OVERDUE);
    document.addEventListener('visibilitychange', come);
    return () => {
        cancelAnimationFrame(frame);
        clearTimeout(timer);
        document.removeEventListener('visibilitychange', come);
    };
}

// When commands may be carried out: for a slice of each frame, so that the page stays responsive.
/** After a rest of a frame's length there is time again, whether a frame has come or not. Milliseconds. */
const REST = 16;
/** @param budget milliseconds in each frame */
function createSlices(budget, onFrame) {
    let left = budget; // when the last slice ended
    let restEnd = 0;
    let deadline = 0; // of the slice
    let awaited = false; // a frame
    let stop;
    let isDue = false; // one command, however little time a frame has
    return {
        get awaitsFrame() {
            return awaited;
        },
        begin(goesOn) {
            const now = performance.now();
            if (!awaited && now >= restEnd)
                left = budget;
            else if (goesOn)
                left -= now + REST - restEnd;
            deadline = now + left;
        },
        // One slow command among many quick ones would go unnoticed if not every one were clocked.
        hasTime() {
            const has = isDue || performance.now() < deadline;
            isDue = false;
            return has;
        },
        end() {
            const now = performance.now();
            left = deadline - now;
            restEnd = now + REST;
        },
        // Only behind the current code, which may flush: to await a frame and call it off costs as much as 20 commands.
        awaitFrame() {
            if (!awaited)
                queueMicrotask(listen);
            awaited = true;
        },
        cancel() {
            awaited = false;
            stop?.();
            stop = undefined;
        },
    };
    function listen() {
        if (awaited)
            stop ??= callInFrame(come);
    }
    function come() {
        awaited = false;
        stop = undefined;
        restEnd = 0;
        isDue = true;
        onFrame();
    }
}

// Commands on their way to the page: one after the other, in slices of time.
/** How many of those that wait are marked as busy. */
const MOST_MARKED = 1_000;
/**
 * Makes a queue. What is pushed while nothing waits is carried out before `push` returns, as far as the frame budget
 * goes; the rest in the frames to come.
 *
 * @throws EnckeError `invalid-option` for a value outside its bounds, and for an option that does not exist.
 */
function commandQueue(options = {}) {
    checkQueueOptions(options);
    const { frameBudget = 8, maxQueue = 50_000, coalesce, ariaBusy } = options;
    const runner = createRunner(options);
    const slices = createSlices(frameBudget, work);
    const line = (coalesce || createLine)(options);
    const busyMarks = ariaBusy ? ariaBusy(options) : undefined;
    let state = 'idle'; // held: a command takes its time
    let paused = false;
    let owed = 0; // what came before it is to be carried out, whatever the time
    let current = 0; // how many came before the one at work
    let askers = [];
    return {
        get size() {
            return line.size;
        },
        get done() {
            const due = line.came;
            return when(() => (state === 'idle' ? line.first : current) >= due);
        },
        push,
        pause() {
            paused = true;
            owed = 0;
            rest();
        },
        resume() {
            paused = false;
            work();
        },
        flush() {
            owed = line.came;
            work();
        },
        clear() {
            line.clear();
            rest();
        },
        ready() {
            return line.size < maxQueue / 2 ? undefined : when(() => line.size < maxQueue / 4);
        },
    };
    function push(pushed) {
        const blocked = paused || state === 'held';
        const items = readList(pushed);
        const commands = items.filter(isCommand);
        const excess = line.size + 1 - maxQueue; // with the first that comes
        const refused = line.add(commands, blocked ? maxQueue : Infinity);
        if (slices.awaitsFrame)
            busyMarks?.mark(commands);
        // Only now: who hears of them may push, too, and is to come behind.
        if (commands.length < items.length) {
            for (const item of items)
                if (!isCommand(item))
                    runner.report(notACommand(item));
        }
        if (refused > 0) {
            runner.report(new EnckeError('queue-full', `${refused} commands dropped: ${maxQueue} wait already.`));
        }
        if (excess > 0 && !blocked && commands.length > 0)
            owed = Math.max(owed, line.first + excess);
        if (!slices.awaitsFrame || line.first < owed)
            work();
    }
    /** Carries out what may be by now. A command at work is not disturbed: what is asked of the queue meanwhile goes on behind it. */
    function work(wasHeld) {
        if (state !== 'idle')
            return;
        state = 'applying';
        slices.begin(wasHeld === true);
        let held;
        while (!held && line.size > 0 && mayGoOn())
            held = applyFirst();
        slices.end();
        state = held ? 'held' : 'idle';
        void held?.then(() => {
            state = 'idle';
            work(true);
        });
        rest();
    }
    function mayGoOn() {
        return line.first < owed || (!paused && slices.hasTime());
    }
    function applyFirst() {
        current = line.first;
        const command = line.take();
        return command && runner.apply(command);
    }
    /** Sees to those who wait: the commands, and who asked how far they are. */
    function rest() {
        if (state !== 'idle' || paused || line.size === 0)
            slices.cancel();
        else {
            slices.awaitFrame();
            busyMarks?.mark(line.peek(MOST_MARKED));
        }
        if (state === 'idle' && line.size === 0)
            busyMarks?.clear();
        askers = askers.filter(({ isTime, resolve }) => !isTime() || resolve());
    }
    function when(isTime) {
        return new Promise((resolve) => {
            askers.push({ isTime, resolve });
            rest();
        });
    }
}

// The moment from which several can take more.
/** `undefined` where none has to be waited for: asked for every chunk, so nothing is made then. */
function allReady(waits) {
    const pending = waits.filter((wait) => wait !== undefined);
    return pending.length > 1 ? Promise.all(pending).then(nothing) : pending[0];
}

// Where we are in the stream: the last event id, and what belongs to it.
function createCursor(id) {
    return { id, etag: null, inQuery: false, wasAnswered: false };
}
/** A response came from this URL: at another origin than the page's a header of ours would cost a preflight. */
function answeredFrom(cursor, url, pageOrigin) {
    cursor.wasAnswered = true;
    const origin = originOf(url);
    cursor.inQuery = origin !== undefined && origin !== pageOrigin;
}
function originOf(url) {
    try {
        return new URL(url).origin;
    }
    catch {
        // A transport of the caller's own may tell anything.
        return undefined;
    }
}

// The contract between a client and its parts: the seams, and what a part sees at each.
//
// A client connects, decodes, keeps the last event id, connects again and closes. All else is a part that wraps a seam:
// a function that is called where the core has something to decide or to say. What no part wraps does as little as it can.
//
// Law 1: a part wraps seams, and changes nothing else. What it keeps, it keeps in its own closure: of a client, a
//        connection, or a session.
// Law 2: it calls the next function of its seam, or stands in for it as the seam's comment allows. It never throws, but
//        for `invalid-option` and `no-transport` where a connection begins.
// Law 3: after a session has closed nothing of it remains: no timer, no listener, no request.
// Law 4: the order in which parts are named means nothing: `rank` says who is further out.
// Law 5: a client without it works as its row in docs/parts.md says.
/** Puts wraps around what stands in the seams, the first the outermost. */
function wrap(seams, wraps) {
    for (const name of Object.keys(seams)) {
        seams[name] = wraps.reduceRight((next, each) => {
            const put = each?.[name];
            return put ? put(next) : next;
        }, seams[name]);
    }
}

// Stands for a session on a server: it connects to nothing, and can be closed.
function inert({ tell }) {
    let state = 'connecting';
    return {
        get state() {
            return state;
        },
        transport: '',
        lastEventId: '',
        attempt: 0,
        reconnect: () => undefined,
        listen: () => undefined,
        close(reason) {
            if (state === 'closed')
                return;
            state = 'closed';
            tell('closed', { reason });
        },
    };
}

// What a caller holds: a session, with the handlers that its messages go to.
/**
 * @param once whether this is one exchange, never sent again
 * @throws EnckeError `invalid-option`, `no-transport`
 */
function startConnection(house, url, given, once) {
    const options = resolveOptions(house.seams.options(given, once));
    const { signal, onMessage, parse, endOn, until, commands } = options;
    const { environment } = house;
    const isInert = environment.baseUrl() === undefined;
    const handlers = new Map();
    const takers = new Set();
    let last; // once it is over
    let settle;
    const closed = new Promise((resolve) => (settle = resolve));
    for (const [event, handler] of Object.entries(options.on ?? {}))
        on(event, handler);
    const face = {
        get state() {
            return running().state;
        },
        get transport() {
            return running().transport;
        },
        get lastEventId() {
            return running().lastEventId;
        },
        closed,
        close,
        on: on,
        ...(!once && { reconnect: () => running().reconnect() }),
    };
    const inside = {
        house,
        url: String(url),
        options,
        once,
        face,
        session: running,
        takers,
        get last() {
            return last;
        },
        isInert,
        claim: () => undefined,
        close,
    };
    const hearers = hearersOf(options, over);
    const seams = { tell: (what, value) => void call$1(hearers[what], value), message: receive };
    wrap(seams, house.parts.map((part) => part.connection?.(inside)));
    const listener = {
        ...seams,
        id: () => undefined,
        eventNames: () => [...handlers.keys()],
        ready: () => allReady([...takers, commands].map((taker) => taker?.ready())),
    };
    const target = targetOf(house, url, options, once);
    const cursor = createCursor(options.lastEventId);
    // A page's code may call us while a server renders it; nothing must happen then.
    const session = isInert ? inert(listener) : house.seams.start({ house, target, cursor }, listener);
    // Asynchronously, as all else is told: what is returned is not there yet. Nothing is requested before.
    if (signal?.aborted)
        queueMicrotask(abort);
    else
        signal?.addEventListener('abort', abort);
    return face;
    /** A function, since the parts begin before it is there. */
    function running() {
        return session;
    }
    function over(closing) {
        last = closing;
        signal?.removeEventListener('abort', abort);
        for (const taker of takers)
            taker.over?.(closing);
        settle(closing);
    }
    function receive(raw) {
        // Others who listen to the same session may have closed this connection.
        if (isClosed())
            return;
        if (endOn !== undefined && raw.data === endOn)
            return running().close('done');
        const message = parse && typeof raw.data === 'string' ? parsed(raw, raw.data, parse) : raw;
        if (!message || isClosed())
            return;
        if (onMessage)
            call$1(onMessage, message);
        if (commands && !isClosed())
            commands.push(message.data);
        // Not asked where nobody listens by name, or loops: this runs for every message.
        if (handlers.size > 0)
            dispatch(message);
        if (takers.size > 0 && !isClosed())
            for (const taker of takers)
                taker.push(message);
        if (until && !isClosed() && call$1(until, message))
            running().close('done');
    }
    function dispatch(message) {
        // A copy: a handler that takes itself away and adds itself anew would be met for ever.
        for (const handler of [...(handlers.get(message.event) ?? [])]) {
            // A handler may close the connection; the ones after it hear nothing more.
            if (!isClosed())
                call$1(handler, message.data, message);
        }
    }
    function parsed(raw, text, parse) {
        try {
            return { ...raw, data: parse(text) };
        }
        catch (cause) {
            const payload = text.slice(0, EXCERPT_LENGTH$1);
            const { attempt, transport } = running();
            const details = { cause, payload, attempt, transport, url: target.url };
            call$1(options.onError, new EnckeError('malformed', `parse: ${inWords(cause)}`, details));
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
    /** A function, so that the compiler forgets what it knew before a handler ran. */
    function isClosed() {
        return last !== undefined;
    }
    function close() {
        running().close('user');
    }
    function abort() {
        running().close('abort');
    }
}
function hearersOf(options, over) {
    const { onState, onTransport, onOpen, onError, onResync } = options;
    return {
        state: onState,
        transport: onTransport,
        head: onOpen,
        error: onError,
        resync: onResync,
        closed: over,
    };
}

// Which transport a session begins with: the first that can carry its request.
/** @throws EnckeError `no-transport` when none can carry the request. */
function chooseFirst({ target, house }) {
    return firstOf(target.options.transports ?? house.transports, house.seams.demand(target));
}
/** @throws EnckeError `no-transport` when none can carry what is demanded. */
function firstOf(rungs, demand) {
    const refusals = [];
    for (const transport of rungs) {
        const refusal = transport.refuses(demand);
        if (refusal === undefined)
            return { rungs, transport, refusals };
        refusals.push(`${transport.name} ${refusal}`);
    }
    const reasons = refusals.join('; ') || 'the list is empty';
    throw new EnckeError('no-transport', `No transport can carry this: ${reasons}. Add fetchStream, xhrStream or longPoll.`);
}
/** The next transport below this one that can carry what is demanded. */
function nextBelow(from, rungs, demand) {
    return rungs.slice(rungs.indexOf(from) + 1).find((rung) => rung.refuses(demand) === undefined);
}
/** What is told where one transport takes over from another, which cannot work here. */
function stepTo(next, from, reason) {
    return { from: from.name, to: next.name, reason, evidence: 'unusable', refusals: [] };
}

// What follows the end of an attempt.
function createEnds(inside, { answered, wait, report, close }) {
    const { target, cursor, seams } = inside;
    const { options, once } = target;
    let serverRetry; // the reconnection time the server set
    let isAsSaid = false; // the last stream ended and had set it
    const ends = {
        failures: 0,
        retry(milliseconds) {
            serverRetry = milliseconds;
            inside.run.isRetrySet = true;
        },
        ended,
        over,
    };
    return ends;
    function ended(end, response) {
        const { polls } = inside.transport;
        const { head, startedAfter, messages, isRetrySet } = inside.run;
        const { elapsed, isNoAnswer } = response;
        const answers = isNoAnswer ? undefined : polls?.statuses(elapsed);
        const facts = { once, answers, resumed: startedAfter !== '' };
        const { next, error } = verdictOn(end, facts, target.convention.statuses);
        const isWholeAnswer = next === 'again' && polls !== undefined;
        const healthy = isWholeAnswer || inside.hasProved();
        // A stream that ended with the word when to come back has done what it was to do, also without a message.
        isAsSaid = end.how === 'complete' && isRetrySet && !polls;
        ends.failures = healthy ? 0 : ends.failures + 1;
        const opened = head !== undefined;
        seams.weigh({ opened, healthy: healthy || isAsSaid, isTimeout: error?.code === 'timeout' });
        // One without a message may be none of it.
        if (end.how === 'complete')
            polls?.keep?.(cursor, head, response.brought === true && !end.truncated);
        if (isWholeAnswer) {
            answered();
            if (end.how === 'status')
                seams.opened(end.head);
            const pause = seams.pause({ elapsed, messages, startedAfter, serverRetry }, inside.transport);
            return wait((stop) => ({ is: 'between-answers', stop }), 'answered', undefined, pause);
        }
        if (cursor.id === '')
            seams.gap('no-ids');
        if (next === 'done')
            over(next, undefined, end.how === 'complete' ? end.truncated : undefined);
        else if (next === 'fatal')
            over(next, error);
        else if (next === 'refresh') {
            if (!error || !seams.refused(error))
                over('fatal', error);
        }
        else if (next === 'fall-back') {
            const last = seams.unusable(error);
            if (last)
                over('fatal', last);
            else
                waitAsWanted(error, 0);
        }
        else {
            if (next === 'forget') {
                cursor.id = '';
                cursor.etag = null;
                seams.gap('expired');
            }
            retry(error);
        }
    }
    function retry(error) {
        if (isClosed())
            return;
        const mayRetry = ends.failures < options.maxAttempts;
        const wanted = askRetry(error, mayRetry && usualDelay(error), true);
        if (wanted !== false)
            return waitAsWanted(error, wanted);
        const sentence = mayRetry
            ? 'The option retry gave false.'
            : `Gave up after ${String(ends.failures)} attempts that brought nothing.`;
        const last = new EnckeError('retries', sentence, { cause: error });
        report(last);
        close('retries', last);
    }
    function over(reason, error, truncated) {
        if (isClosed())
            return;
        const wanted = once ? false : askRetry(error, reason === 'fatal' && usualDelay(error), false);
        if (wanted !== false)
            return waitAsWanted(error, wanted);
        report(error);
        close(reason, error, truncated);
    }
    function usualDelay(error) {
        const retryAfter = readRetryAfter(error?.headers, Date.now());
        const wasWell = isAsSaid ? 0 : ends.failures;
        return Math.round(seams.delay({ ...options, failures: wasWell, serverRetry, retryAfter }));
    }
    /** @param goesOn whether it connects again where the caller wants nothing else */
    function askRetry(error, delay, goesOn) {
        const usual = goesOn && delay;
        return seams.retry({ error, failures: ends.failures, delay }) ?? usual;
    }
    function waitAsWanted(error, wanted) {
        report(error, wanted);
        const isUnreachable = error?.code === 'network' || error?.code === 'timeout';
        const why = error?.message ?? 'the stream ended';
        wait((stop) => ({ is: 'back-off', stop, isUnreachable }), why, error, wanted);
    }
    function isClosed() {
        return inside.phase.is === 'closed';
    }
}

// The phase a session is in: one at a time, moved by one function, told where the public word for it changes.
/** The public word for each phase. */
const STATES = {
    connecting: 'connecting',
    open: 'open',
    'between-answers': 'open',
    'back-off': 'waiting',
    refreshing: 'waiting',
    stored: 'waiting',
    closed: 'closed',
};
/** @param tell told of every change of the public word */
function createPhases(first, tell) {
    let current = first;
    const phases = {
        get current() {
            return current;
        },
        get state() {
            return STATES[current.is];
        },
        go(next, why, error, retryIn) {
            if (current.is === 'closed')
                return;
            if ('stop' in current)
                current.stop();
            const previous = phases.state;
            current = next;
            tellOf(previous, why, error, retryIn);
        },
        answered() {
            if (current.is !== 'connecting')
                return;
            current.is = 'open';
            tellOf('connecting', 'the server has answered');
        },
        isClosed: () => current.is === 'closed',
    };
    return phases;
    function tellOf(previous, reason, error, retryIn) {
        const { state } = phases;
        if (state !== previous)
            tell({ state, previous, reason, retryIn, error });
    }
}

// A timer that knows whether the page slept through it.
/** A timer that comes more than this many times too late was suspended. */
const LATE = 2;
/** A shorter one counts as this long, in milliseconds: a busy page delays it by many times its length. */
const SHORTEST = 1_000;
/** @param due called with whether the page was suspended: then nothing is known of what happened meanwhile */
function startDeadline({ now, setTimer }, milliseconds, due) {
    const began = now();
    return setTimer(() => {
        due(now() - began > LATE * Math.max(milliseconds, SHORTEST));
    }, milliseconds);
}

// One turn: a request, and its response as messages.
function startTurn(inside, transport, listener) {
    const { target, environment, cursor } = inside;
    const { options, once } = target;
    const isStream = transport.rhythm === 'stream';
    const { connectTimeout, longPollTimeout } = options;
    const deadline = transport.rhythm === 'answer' ? longPollTimeout : connectTimeout;
    const startedAt = environment.now();
    let live = true; // neither ended nor stopped
    let stopTransport;
    let decoder; // absent until the head, and where the browser decodes
    let begun;
    let answered = false; // whether a head has come, also that of a refusal
    let asked = false; // whether the request has left
    let brought = false; // whether it has brought a message
    let holds = 0; // how many waits of the carrier for us are under way
    let ending = false; // the body has ended
    let torn = false; // and its last message is not whole: an engine took a cut for an end
    let isAwaited = true; // the head of a stream, the whole of an answer
    let stopTimer = () => undefined;
    awaitAnswer();
    const sink = {
        opened(head) {
            begun = head;
            answered = true;
            // A stream is under way, also by a server that knows no polls: nothing but its silence tells that it is lost.
            // A poll has its answer only when it is whole.
            if (isStream || (isEventStream(head) && !once))
                expectNothing();
            if (head.headers)
                decode(head, head.headers.get('content-type'));
            if (live)
                listener.opened(head);
        },
        text(chunk) {
            if (decoder)
                decoder.feed(chunk);
            else if (begun)
                refuse(begun, 'a body without content type');
            beat(chunk.length);
        },
        ready() {
            const pending = allReady([listener.ready?.(), inside.listener.ready()]);
            if (pending && live)
                void pending.then(hold());
            return pending;
        },
        alive() {
            // A refusal, whose status counts whatever becomes of its body.
            if (!begun)
                expectNothing();
            answered = true;
            beat(0);
        },
        // A handler may have closed us in the middle of a chunk: then the rest of it counts for nothing.
        message(message) {
            brought = true;
            if (!begun?.headers)
                beat(0);
            if (live)
                listener.message(message);
        },
        id(id) {
            if (live)
                listener.id(id);
        },
        retry(milliseconds) {
            if (live)
                listener.retry(milliseconds);
        },
        problem(error) {
            torn ||= ending;
            // Half an answer must not pass for a whole one, and nothing of it comes again.
            if (once && ending && error.code === 'malformed')
                finish({ how: 'failed', error });
            else if (live)
                listener.problem(error);
        },
        failed(error) {
            finish({ how: 'failed', error });
        },
        ended(end) {
            if (end.how === 'complete') {
                ending = true;
                decoder?.end();
            }
            if (torn && !once)
                finish({ how: 'complete', truncated: true });
            // Whatever its carrier says: what was answered was sent.
            else
                finish(end.how === 'unusable' && answered ? { ...end, sent: true } : end);
        },
    };
    // A function among the options may close: then whoever began this turn must hold its stop already.
    queueMicrotask(send);
    return stop;
    function send() {
        if (!live)
            return;
        inside.seams.request(transport).then((request) => {
            if (!live)
                return;
            asked = true;
            listener.asked(request);
            stopTransport = transport.open(request, sink);
        }, (cause) => {
            // A function that asks for a token may fail because the network does: the next attempt asks it again.
            const isTold = cause instanceof EnckeError && cause.code === 'invalid-option';
            finish({ how: 'cut', error: isTold ? cause : notBuilt(cause) });
        });
    }
    /** Finds the format that reads this response. An answer that says nothing of its type may still be empty. */
    function decode(head, contentType) {
        const { formats } = target;
        const format = options.format ?? pickFormat(formatsFor(formats, transport.accept), contentType);
        decoder = format?.decoder(sink, { ...options, lastEventId: cursor.id, flush: once });
        if (!decoder && contentType !== null)
            refuse(head, contentType);
    }
    /** A sign of life. */
    function beat(size) {
        if (live)
            listener.alive(size, environment.now());
    }
    /** No clock of the server's runs while the carrier waits for us; afterwards each begins anew. */
    function hold() {
        holds++;
        stopTimer();
        listener.held(true);
        return () => {
            if (--holds > 0 || !live)
                return;
            listener.held(false);
            if (isAwaited)
                awaitAnswer();
        };
    }
    function expectNothing() {
        isAwaited = false;
        stopTimer();
    }
    /** For the head of a stream, or the whole answer to a poll. */
    function awaitAnswer() {
        const patience = Math.max(deadline, inside.headPatience);
        limit(patience, () => {
            const what = asked ? 'No answer' : 'No headers or body from your functions';
            finish({ how: 'cut', error: new EnckeError('timeout', `${what} within ${String(patience)} ms.`) });
        });
    }
    /** What a page slept through is no timeout: its connection is made anew, or else has its time once more. */
    function limit(milliseconds, expire) {
        stopTimer();
        stopTimer = startDeadline(environment, milliseconds, (suspended) => {
            if (!suspended)
                expire();
            else if (once)
                limit(milliseconds, expire);
            else
                renew();
        });
    }
    function refuse(head, what) {
        const sentence = `No format reads ${what}. Is it a login or error page? Else name the format.`;
        sink.failed(new EnckeError('content-type', sentence, head));
    }
    function renew() {
        stop();
        listener.renew('suspended');
    }
    function finish(end) {
        if (!live)
            return;
        stop();
        listener.ended(end, {
            elapsed: environment.now() - startedAt,
            brought,
            isWhole: brought && decoder?.isWhole?.() === true,
        });
    }
    function stop() {
        if (!live)
            return;
        live = false;
        stopTimer();
        stopTransport?.();
    }
}

// The life of one subscription or request: connect, and decide what follows an end.
/** Open this long, a stream has proved healthy even without a message. Milliseconds. */
const HEALTHY_AFTER = 10_000;
const no = () => false;
/** @throws EnckeError `no-transport` when no transport can carry the request. */
function startSession(plan, listener) {
    const { target, cursor, house } = plan;
    const { environment, parts } = house;
    const { rungs, transport: first, refusals } = chooseFirst(plan);
    const phases = createPhases({ is: 'connecting', stop: nothing }, (change) => {
        seams.tell('state', { ...change, attempt, transport: inside.transport.name });
    });
    const { answered, go, isClosed } = phases;
    let attempt = 0; // requests made
    let run = newRun(); // the attempt under way, or the last
    let asked = []; // the event names it listens for
    let stopParts = nothing;
    const seams = {
        tell: listener.tell,
        begin: () => nothing,
        attempt: (heard) => seams.turn(inside.transport, heard),
        request: (transport) => buildRequest(target, transport, cursor, listener.eventNames()),
        turn: (transport, heard) => startTurn(inside, transport, heard),
        opened: nothing,
        brought: nothing,
        gap: nothing,
        weigh: nothing,
        unusable: (error) => error,
        refused: no,
        pause: (answer, { polls }) => polls?.pause(answer, cursor.id, target.options) ?? 0,
        delay: (facts) => retryDelay(facts, environment.random()),
        retry: (context) => call$1(target.options.retry, context),
    };
    const inside = {
        plan,
        target,
        environment,
        cursor,
        listener,
        seams,
        rungs,
        transport: first,
        choice: { to: first.name, refusals },
        headPatience: 0,
        isLate: false,
        age: () => undefined,
        get phase() {
            return phases.current;
        },
        get run() {
            return run;
        },
        get failures() {
            return ends.failures;
        },
        hasProved,
        rest(next, why, error) {
            breakOff();
            go(next, why, error);
        },
        report,
        connectAtOnce,
        over: (reason, error) => ends.over(reason, error),
    };
    const ends = createEnds(inside, { answered, wait, report, close });
    // The convention is a part, too: the innermost.
    wrap(seams, [...parts, target.convention].map((part) => part.session?.(inside)));
    // The first connection waits for the end of the current code,
    // so that what is closed at once (a component mounted twice) never reaches the network.
    queueMicrotask(() => {
        if (isClosed())
            return;
        stopParts = seams.begin();
        seams.tell('transport', inside.choice);
        connect('');
    });
    const heard = {
        asked: nothing,
        opened(head) {
            run.head = head;
            seams.tell('head', head);
            answered();
            seams.opened(head);
        },
        alive(_size, at) {
            run.lastLife = at;
        },
        held(waits) {
            run.isHeld = waits;
            run.lastLife = environment.now();
        },
        id(id) {
            cursor.id = id;
            listener.id(id);
        },
        message(message) {
            if (run.messages++ === 0)
                seams.brought();
            listener.message(message);
        },
        retry: ends.retry,
        problem: report,
        ended: ends.ended,
        renew(reason) {
            if (reason === 'rotated') {
                breakOff();
                connect('');
            }
            else if (!isClosed()) {
                connectAtOnce('the page was suspended');
                seams.gap(reason);
            }
        },
    };
    return {
        get state() {
            return phases.state;
        },
        get transport() {
            return inside.transport.name;
        },
        get lastEventId() {
            return cursor.id;
        },
        get attempt() {
            return attempt;
        },
        reconnect,
        listen() {
            const isNew = (name) => !asked.includes(name);
            if (inside.transport.hearsByName && listener.eventNames().some(isNew))
                reconnect();
        },
        close,
    };
    function newRun() {
        const now = environment.now();
        return {
            startedAt: now,
            startedAfter: cursor.id,
            lastLife: now,
            head: undefined,
            messages: 0,
            isRetrySet: false,
            isHeld: false,
        };
    }
    function reconnect() {
        // What led to the handler that calls this goes on first. Where an attempt follows of itself, that is enough.
        const last = attempt;
        queueMicrotask(() => {
            if (attempt === last)
                connectAtOnce('reconnect() was called');
        });
    }
    function connect(why) {
        const under = { is: phases.state === 'open' ? 'open' : 'connecting', stop: nothing };
        go(under, why);
        // The handler of a change may have closed it.
        if (phases.current !== under)
            return;
        attempt++;
        run = newRun();
        asked = listener.eventNames();
        const stop = seams.attempt(heard);
        under.stop = stop;
        if (phases.current !== under)
            stop();
    }
    function hasProved() {
        return run.messages > 0 || (run.head !== undefined && environment.now() - run.startedAt >= HEALTHY_AFTER);
    }
    function wait(phaseOf, why, error, wanted) {
        if (isClosed())
            return;
        const stop = environment.setTimer(() => connect('the wait is over'), wanted);
        go(phaseOf(stop), why, error, wanted);
    }
    function connectAtOnce(why) {
        if (isClosed())
            return;
        breakOff();
        go({ is: 'back-off', stop: nothing, isUnreachable: false }, why, undefined, 0);
        connect(why);
    }
    /** Ends an attempt that is under way, for no fault of its own. */
    function breakOff() {
        if (!/^(connecting|open)$/.test(phases.current.is))
            return;
        if (hasProved())
            ends.failures = 0;
        if (run.head && cursor.id === '')
            seams.gap('no-ids');
    }
    function report(error, retryIn) {
        if (isClosed() || !error)
            return;
        error.url ??= shownUrl(target.url);
        seams.tell('error', Object.assign(error, { attempt, transport: inside.transport.name, retryIn }));
    }
    function close(reason, error, truncated) {
        if (isClosed())
            return;
        stopParts();
        go({ is: 'closed' }, error?.message ?? reason, error);
        seams.tell('closed', { reason, error, truncated });
    }
}

// A client, made from what it is given.
/** Where a part without a rank stands. */
const USUAL_RANK = 9;
/**
 * Makes a client of what is named, and of nothing else: what is not named can leave the bundle. `createClient` takes the
 * same, and has every part where none are named.
 *
 * @throws EnckeError `invalid-option`
 */
function composeClient(given) {
    const { transports, formats, parts = [], environment = browserEnvironment } = given;
    const installed = [];
    const names = new Set(parts.map(({ name }) => name));
    const seams = {
        options: (given) => given,
        start: startSession,
        demand: demandOf,
        verbs: () => ({}),
    };
    const house = {
        given,
        transports,
        formats,
        environment,
        names,
        parts: installed,
        seams,
    };
    const ranked = [...parts].sort((one, other) => (one.rank ?? USUAL_RANK) - (other.rank ?? USUAL_RANK));
    for (const part of ranked)
        installed.push(part.install(house));
    wrap(seams, installed.map(({ client }) => client ?? {}));
    const subscribe = (url, options = {}) => startConnection(house, url, options, false);
    return { subscribe, ...seams.verbs() };
}

// Requests with a body: text, forms, bytes, JSON, or a stream.
/** Part of a client. Sends a body, and tells how much of it has been sent. */
const bodies = {
    name: 'bodies',
    install({ seams }) {
        const texts = new WeakMap(); // JSON as it was at the call, by the options: the caller may go on writing in it
        return {
            client: {
                demand: (next) => (target) => {
                    const { body, onUploadProgress } = target.options;
                    const uploadProgress = onUploadProgress !== undefined;
                    return { ...next(target), body: demanded(body), uploadProgress };
                },
            },
            connection({ options }) {
                if (isJson(options.body))
                    texts.set(options, jsonOf(options.body));
                return {};
            },
            session({ target }) {
                const { body: asked, onUploadProgress } = target.options;
                if (asked === undefined)
                    return {};
                return {
                    request: (next) => async (transport) => {
                        // At the same time: behind the headers, the body might be asked for when all is over.
                        const [request, given] = await Promise.all([next(transport), ask(asked)]);
                        // A function may give a stream, which was not known when the transport was chosen.
                        const refusal = isStream(given) && transport.refuses({ ...seams.demand(target), body: 'stream' });
                        if (refusal) {
                            throw new EnckeError('invalid-option', `The body is a stream: ${transport.name} ${refusal}.`);
                        }
                        const { headers } = request;
                        const json = isJson(given) ? (texts.get(target.options) ?? jsonOf(given)) : undefined;
                        if (json && !headers.has('content-type'))
                            headers.set('content-type', 'application/json');
                        return {
                            ...request,
                            body: (json ?? given ?? null),
                            hint: hintOn(given),
                            onUploadProgress: onUploadProgress && ((progress) => call$1(onUploadProgress, progress)),
                        };
                    },
                };
            },
        };
    },
};
/** @throws EnckeError `invalid-option` */
function jsonOf(body) {
    try {
        return JSON.stringify(body);
    }
    catch (cause) {
        throw notBuilt(cause);
    }
}
/** A function counts as what it may return. */
function demanded(body) {
    if (body === undefined || body === null)
        return 'none';
    if (isStream(body))
        return 'stream';
    return /^(URLSearchParams|FormData)$/.test(tagOf(body)) ? 'form' : 'any';
}

// What a body may be, before anything is sent.
/**
 * @param once whether it is sent once only
 * @throws EnckeError `invalid-option` for a body that would not be sent as it is meant
 */
function checkBody(body, once) {
    const kind = bodyKind(body);
    if (kind === undefined) {
        const name = Object.prototype.toString.call(body).slice(8, -1);
        refuse(`The body cannot be sent (${name}): give text, a form, bytes, a stream, a plain object or a list.`);
    }
    if (kind === 'json')
        checkJson(body);
    if (kind !== 'stream')
        return;
    if (!once)
        refuse('A stream can be sent once. Give a function, which makes one for every attempt.');
    try {
        // [spec] Throws a TypeError where the stream is disturbed or locked.
        new Response(body);
    }
    catch (cause) {
        refuse('The body is a stream that was read already. Give a function, which makes one.', cause);
    }
}
function checkJson(body) {
    let text;
    let cause;
    try {
        text = JSON.stringify(body);
    }
    catch (thrown) {
        cause = thrown;
    }
    if (text === undefined)
        refuse(`JSON cannot write the body: ${inWords(cause)}`, cause);
}

// The names of all options.
/** The names of the options of both verbs. */
const OF_BOTH = {
    method: 0,
    headers: 0,
    body: 0,
    credentials: 0,
    signal: 0,
    fetch: 0,
    transports: 0,
    format: 0,
    parse: 0,
    on: 0,
    onMessage: 0,
    commands: 0,
    onError: 0,
    onOpen: 0,
    onState: 0,
    onTransport: 0,
    onResync: 0,
    onSettledState: 0,
    onUnauthorized: 0,
    heartbeat: 0,
    debug: 0,
    onUploadProgress: 0,
    allowTruncated: 0,
    endOn: 0,
    until: 0,
    lastEventId: 0,
    cursor: 0,
    lastEventIdParam: 0,
    transportParam: 0,
    callback: 0,
    maxMessageSize: 0,
    connectTimeout: 0,
};
/** Those of `subscribe` only. */
const OF_SUBSCRIBE = {
    longPollTimeout: 0,
    pollInterval: 0,
    retryDelay: 0,
    maxRetryDelay: 0,
    maxAttempts: 0,
    retry: 0,
    replays: 0,
    resume: 0,
    share: 0,
};

// The values that options may have.
/** What a call in a script of a frame may name. */
const DOTTED_NAME = /^[\w$][\w$.]{0,99}$/;
/** Shortest time between two polls, in milliseconds. */
const MIN_POLL_INTERVAL = 1_000;
/** What is called: handlers, and these. */
const FUNCTION = /^(?:on[A-Z].*|fetch|parse|retry|until)$/;
/** What is compared or sent as it stands. */
const TEXT = /^(?:method|endOn|lastEventId|lastEventIdParam|transportParam)$/;
/** What has this method or field, and how the caller knows it. */
const MADE = {
    commands: ['push', 'a command queue'],
    format: ['decoder', 'a format such as eventStream'],
    signal: ['aborted', 'an AbortSignal'],
};
/** @throws EnckeError `invalid-option` */
function refuseValues(options) {
    refuseTypes(options);
    const resolved = resolveOptions(options);
    if (/^(GET|HEAD)$/.test(resolved.method) && resolved.body !== undefined) {
        refuse(`A ${resolved.method} request has no body. Use POST.`);
    }
    refuseUnsendable(resolved);
    const names = [resolved.callback].flat();
    if (!names.every((name) => DOTTED_NAME.test(name)) || /[\0\r\n]/.test(resolved.lastEventId)) {
        refuse('callback must be a dotted name, lastEventId a single line.');
    }
    const { share, resume, transports = [] } = resolved;
    const isNamed = (value, by) => typeof value?.[by] === 'string';
    if (!isNamed(share, 'tabs') && ![false, 'start', 'page', 'tabs'].includes(share)) {
        refuse("share must be 'start', 'page', 'tabs', { tabs: NAME } or false.");
    }
    if (!isNamed(resume, 'session') && ![undefined, 'session'].includes(resume)) {
        refuse("resume must be 'session' or { session: NAME }.");
    }
    if (!['drop', 'deliver'].includes(resolved.replays)) {
        refuse("replays must be 'drop' or 'deliver'.");
    }
    refuseList('transports', transports, 'open', 'longPoll');
    for (const [name, value] of Object.entries(DEFAULTS)) {
        const least = name === 'pollInterval' ? MIN_POLL_INTERVAL : 0;
        const wanted = resolved[name];
        // Written so that NaN and text fail, too.
        if (typeof value !== 'number' || (typeof wanted === 'number' && wanted >= least))
            continue;
        refuse(`${name} must be a number, at least ${least}.`);
    }
}
/** @param member what each of the list has */
function refuseList(name, list, member, one) {
    if (Array.isArray(list) && list.every((item) => member in Object(item)))
        return;
    refuse(`${name} must be a list of ${name}, [${one}] for one.`);
}
/** A page has no compiler: what is of another type would fail at each message or attempt, or do nothing. */
function refuseTypes(options) {
    for (const [name, value] of Object.entries(options)) {
        const [member, what = ''] = MADE[name] ?? [];
        // As in `fetch`, a signal of `null` is none.
        if (value === undefined || (value === null && name === 'signal'))
            continue;
        if (FUNCTION.test(name))
            need(name, typeof value === 'function', 'a function');
        if (TEXT.test(name))
            need(name, typeof value === 'string', 'a string');
        if (name === 'on')
            need(name, hasFunctions(value), 'an object of functions');
        if (member)
            need(name, member in Object(value), what);
    }
}
function hasFunctions(value) {
    const handlers = Object.values(value ?? {});
    return typeof value === 'object' && handlers.every((one) => one === undefined || typeof one === 'function');
}
function need(name, isRight, what) {
    if (!isRight)
        refuse(`${name} must be ${what}.`);
}
/** What the browser would refuse to send: it says so as it does of a server that is down. Headers of a function are not known yet. */
function refuseUnsendable({ method, headers, credentials }) {
    // The jsdom of Jest has none.
    if (typeof Request !== 'function')
        return;
    try {
        new Request('https://localhost', {
            method,
            credentials,
            headers: typeof headers === 'function' || headers === undefined ? [] : headers,
        });
    }
    catch (cause) {
        refuse(inWords(cause), cause);
    }
}

// Says what is wrong with options: a name that does not exist, a value outside its bounds, a part that is missing.
/** The parts without which an option does nothing. */
const PART_OF = {
    onResync: 'gaps',
    onSettledState: 'settledState',
    onUnauthorized: 'credentials',
    body: 'bodies',
    onUploadProgress: 'bodies',
    heartbeat: 'watchdog',
    debug: 'trace',
    allowTruncated: 'truncated',
    replays: 'replays',
    resume: 'resume',
    share: 'sharing',
};
/** Part of a client. Refuses options that do not exist, values out of bounds, and options of parts that are missing. */
const check = {
    name: 'check',
    // It sees options as the caller has written them.
    rank: 0,
    install({ given: made, names, transports, formats }) {
        refuseUnknown('createClient', made, { transports: 0, formats: 0, parts: 0, environment: 0 });
        refuseList('transports', transports, 'open', 'longPoll');
        refuseList('formats', formats, 'decoder', 'eventStream');
        const checked = new WeakMap(); // one for each function: subscriptions with equal ones are equal
        return {
            client: {
                options: (next) => (given, once) => {
                    if (typeof given !== 'object' || given === null)
                        refuse('Options are an object: { onMessage }.');
                    refuseUnknownOptions(given, once);
                    refuseWithoutPart(given, names);
                    refuseValues(given);
                    return next(checkedLater(given, once), once);
                },
            },
            session: checkRetry,
        };
        /** What a function gives is checked when it gives it. */
        function checkedLater(options, once) {
            const { body } = options;
            if (typeof body === 'function')
                return { ...options, body: checkedOnce(body) };
            checkBody(body, once);
            return options;
        }
        function checkedOnce(given) {
            const known = checked.get(given) ?? checkedBody(given);
            checked.set(given, known);
            return known;
        }
    },
};
function checkedBody(given) {
    return async () => {
        const body = await given();
        checkBody(body, true);
        return body;
    };
}
/** What is wrong is told once, to everyone who listens to the session. */
function checkRetry(inside) {
    let hasComplained = false;
    return {
        retry: (next) => (context) => {
            const wanted = next(context);
            const isTime = typeof wanted === 'number' && wanted >= 0 && wanted < Infinity;
            if (wanted === false || wanted === undefined || isTime)
                return wanted;
            const sentence = 'retry must give milliseconds, at least 0, or false, and no promise. The default is taken.';
            if (!hasComplained)
                inside.report(new EnckeError('invalid-option', sentence));
            hasComplained = true;
            return undefined;
        },
    };
}
function refuseUnknownOptions(options, once) {
    const misplaced = once &&
        Object.entries(options).find(([name, value]) => value !== undefined && Object.hasOwn(OF_SUBSCRIBE, name));
    if (misplaced)
        refuse(`${misplaced[0]} is an option of subscribe: a request is sent once.`);
    refuseUnknown(once ? 'request' : 'subscribe', options, { ...OF_BOTH, ...(!once && OF_SUBSCRIBE) });
}
/** `false` and such turn off what is not there. */
function refuseWithoutPart(options, names) {
    for (const [option, part] of Object.entries(PART_OF)) {
        if (options[option])
            need(part, option);
    }
    const { cursor, share } = options;
    if (typeof cursor === 'string' && !names.has('conventions')) {
        refuse('cursor must be a convention as a value, or the client needs the part conventions.');
    }
    if (share === 'tabs' || typeof share === 'object')
        need('tabs', 'share among tabs');
    function need(part, what) {
        if (!names.has(part))
            refuse(`${what} needs the part ${part}: createClient({ parts: [${part}] }).`);
    }
}

// Conventions of the last event id that are not the standard's, and the words for them.
/** The hub of Mercure up to 0.24. */
const mercure = { param: 'lastEventID', echo: 'last-event-id' };
/** The hub of Mercure as of 1.0. */
const mercure1 = { param: 'last_event_id', echo: 'mercure-last-event-id' };
/** Nchan. By 410 it says that it has let go of its listeners, as at every reload of nginx: the id is as good as before. */
const nchan = {
    param: 'last_event_id',
    withoutEtag: true,
    holds: true,
    statuses: { 410: 'retry' },
    plain: true,
    idOf: nchanId,
};
/** The polyfill event-source-polyfill, and servers written for it. */
const yaffle = { param: 'lastEventId', queryOnly: true };
/** Nchan writes an id as seconds and a tag; an answer has the one in `Last-Modified`, the other in `ETag`. */
function nchanId(headers) {
    const time = Date.parse(headers.get('last-modified') ?? '');
    const tag = headers.get('etag');
    return Number.isNaN(time) || tag === null ? undefined : `${String(time / 1000)}:${tag}`;
}
/** By the words that stand for them in the option `cursor`. */
const CURSOR_CONVENTIONS = {
    'last-event-id': lastEventIdHeader,
    mercure,
    'mercure-1': mercure1,
    nchan,
    yaffle,
};
/** Lets the option `cursor` be a word, and heeds polls whose headers state the id of the whole answer, as Nchan's do. */
const conventions = {
    name: 'conventions',
    install: () => ({
        session: headerIds,
        client: {
            options: (next) => (given, once) => {
                const options = next(given, once);
                const { cursor } = options;
                if (cursor === undefined || typeof cursor === 'object')
                    return options;
                if (!Object.hasOwn(CURSOR_CONVENTIONS, cursor)) {
                    const words = Object.keys(CURSOR_CONVENTIONS).join(', ');
                    throw new EnckeError('invalid-option', `cursor must be ${words}.`);
                }
                return { ...options, cursor: CURSOR_CONVENTIONS[cursor] };
            },
        },
    }),
};
function headerIds({ target, cursor }) {
    const { convention, once } = target;
    const { idOf, holds } = convention;
    if (!idOf && !holds)
        return {};
    return {
        // One message of however many there are leaves no time to lose.
        pause: (next) => (answer, transport) => idOf && cursor.id !== answer.startedAfter ? 0 : next(answer, transport),
        turn: (next) => (transport, listener) => {
            if (transport.rhythm === 'stream')
                return next(transport, listener);
            const before = cursor.id;
            let id; // of the whole answer
            let isStated = false;
            let hasLength = false;
            const stop = next(transport, {
                ...listener,
                opened(head) {
                    if (!idOf || !head.headers || (isEventStream(head) && !once))
                        return listener.opened(head);
                    id = idOf(head.headers);
                    hasLength = head.headers.has('content-length');
                    if (id !== undefined || once)
                        return listener.opened(head);
                    // Without an id the same message would come again and again.
                    stop();
                    const sentence = `The answer of ${head.url} has no ETag. Turn compression off for it.`;
                    const error = new EnckeError('unusable', sentence, head);
                    listener.ended({ how: 'unusable', sent: true, error }, { elapsed: 0, isWhole: false });
                },
                message(message) {
                    state();
                    listener.message(message.id === before ? { ...message, id: id ?? before } : message);
                },
                ended(end, response) {
                    // Some engines take a cut for the end. Where its length is stated, it is there.
                    if (end.how === 'complete' && hasLength)
                        state();
                    const isSilent = end.how === 'cut' && end.error.code === 'timeout';
                    // It may never have been meant to be answered.
                    if (holds && isSilent && transport.rhythm === 'answer' && !once)
                        listener.renew('rotated');
                    else
                        listener.ended(end, response);
                },
            });
            return stop;
            /** Only now: an answer that broke off before its message must be asked for again. */
            function state() {
                if (id !== undefined && !isStated)
                    listener.id(id);
                isStated = true;
            }
        },
    };
}

// Credentials that the server refuses are refreshed, once for all who ask with the same handler.
/** How long what begins meanwhile waits for a refresh. Milliseconds. */
const PATIENCE$1 = 15_000;
/** Part of a client. Refreshes credentials after a 401 or 403, once for all connections with the same function. */
const credentials = {
    name: 'credentials',
    // Outermost: while an attempt waits for a refresh, nothing is opened beside it.
    rank: 1,
    install({ environment }) {
        const refreshes = new WeakMap(); // by handler
        let called; // the handler that is being called
        return {
            session(inside) {
                const { onUnauthorized, body } = inside.target.options;
                if (!onUnauthorized)
                    return {};
                // A hook has a function of its own around each of the caller's, and gives that as the value.
                const handler = () => onUnauthorized.valueOf();
                // What a refresh asks for itself must not wait for it.
                let isOfRefresh = called === handler();
                let isRefreshed = false; // since credentials were last accepted
                let askedAt = 0; // when the last attempt began, with the credentials of that time
                return {
                    // With credentials that are known to be refused nothing is sent: a stream could be sent no second time.
                    attempt: (next) => (listener) => {
                        let stop; // of the wait, or the attempt
                        let isBegun = false;
                        let isStopped = false;
                        begin();
                        return () => {
                            isStopped = true;
                            stop?.();
                        };
                        function begin() {
                            if (isOver() || isBegun)
                                return;
                            stop?.();
                            const pending = isOfRefresh ? undefined : refreshOf(handler()).pending;
                            if (!pending)
                                return goOn();
                            // The handler may wait for this one itself.
                            stop = environment.setTimer(goOn, PATIENCE$1);
                            void pending.then(begin, begin);
                        }
                        function goOn() {
                            isBegun = true;
                            askedAt = environment.now();
                            stop = next(listener);
                            if (isOver())
                                stop();
                        }
                        /** A function, so that the compiler forgets what it knew before the attempt began. */
                        function isOver() {
                            return isStopped;
                        }
                    },
                    opened: (next) => (head) => {
                        isRefreshed = isOfRefresh = false;
                        next(head);
                    },
                    // Once, until credentials were accepted again; for one handler at a time.
                    refused: (next) => (error) => {
                        const known = refreshOf(handler());
                        // Refused with the credentials of before a refresh, which is under way or has ended since.
                        const isStale = known.pending !== undefined || askedAt < known.endedAt;
                        const isFinal = isStale ? isOfRefresh && known.pending : isRefreshed;
                        // A stream was read by the first request, and cannot be sent again.
                        if (isFinal || isStream(body))
                            return next(error);
                        isRefreshed = true;
                        const phase = { is: 'refreshing' };
                        inside.rest(phase, error.message, error);
                        if (inside.phase !== phase)
                            return true;
                        if (!isStale)
                            start(known, handler(), () => onUnauthorized(error));
                        Promise.resolve(known.pending).then(() => {
                            if (inside.phase === phase)
                                inside.connectAtOnce('the credentials were refreshed');
                        }, (cause) => {
                            if (inside.phase === phase)
                                inside.over('fatal', Object.assign(error, { cause }));
                        });
                        return true;
                    },
                };
            },
        };
        function refreshOf(handler) {
            const known = refreshes.get(handler) ?? { endedAt: -Infinity };
            refreshes.set(handler, known);
            return known;
        }
        function start(refresh, handler, ask) {
            called = handler;
            // Asynchronous, so that what it throws is a rejection as well.
            const asked = (async () => ask())();
            called = undefined;
            refresh.pending = asked.finally(() => {
                refresh.pending = undefined;
                refresh.endedAt = environment.now();
            });
        }
    },
};

// Connections of one page that lost the same server come back one behind the other.
/** Part of a client. Connections of a page that lost the same server come back one behind the other. */
const crowd = {
    name: 'crowd',
    install() {
        const waiting = new Map(); // by origin
        return {
            session({ target }) {
                const { origin } = target;
                let waits = false;
                const count = (more) => {
                    waiting.set(origin, (waiting.get(origin) ?? 0) + more);
                };
                return {
                    delay: (next) => (facts) => next({ ...facts, crowd: waiting.get(origin) ?? 0 }),
                    tell: (next) => (what, value) => {
                        if (what === 'state') {
                            if (waits)
                                count(-1);
                            const change = value;
                            waits = change.state === 'waiting' && change.retryIn !== undefined;
                            if (waits)
                                count(1);
                        }
                        next(what, value);
                    },
                };
            },
        };
    },
};

// A promise that is made when it is asked for, as members for another object.
/** Calls `make` once, when the first asks: where nobody does, no rejection goes unhandled. */
function thenable(make) {
    let promise;
    const get = () => (promise ??= make());
    return {
        then: (resolved, rejected) => get().then(resolved, rejected),
        catch: (rejected) => get().catch(rejected),
        finally: (settled) => get().finally(settled),
        [Symbol.toStringTag]: 'Exchange',
    };
}

// Messages on their way to a loop that takes them one by one.
/** A loop that lags this many messages behind holds back a carrier that can wait. */
const HIGH_WATER = 1_000;
/** @param onLeft called when the loop is left early */
function createMessageQueue(onLeft) {
    let items = [];
    let given = 0; // how many of them the loop has
    let ended = false;
    let failure; // thrown once, when the rest is given
    let wake; // set while the loop waits
    let isRead = false; // a loop takes them one by one
    let room; // while it lags behind
    let makeRoom;
    return {
        push(item) {
            items.push(item);
            wake?.();
        },
        ready() {
            if (!isRead || ended || items.length - given < HIGH_WATER)
                return undefined;
            return (room ??= new Promise((resolve) => (makeRoom = resolve)));
        },
        end,
        drop,
        take,
        read() {
            isRead = true;
            const loop = give();
            return {
                next: () => loop.next(),
                return(value) {
                    leave();
                    return loop.return(value);
                },
                // Without it `yield*` hides what was thrown behind a TypeError of its own.
                throw(error) {
                    leave();
                    return loop.throw(error);
                },
                [Symbol.asyncIterator]() {
                    return this;
                },
            };
        },
    };
    /** A generator that waits would take its leave only with the next message, so it is woken first. */
    function leave() {
        drop();
        onLeft();
    }
    async function* give() {
        for (;;) {
            // One by one: whoever closes at the first is not given the second.
            while (given < items.length) {
                const item = items[given++];
                forget();
                yield item;
            }
            // As a reader of a body does, with the reason of an aborted signal, whatever that is.
            // eslint-disable-next-line @typescript-eslint/only-throw-error
            if (failure !== undefined)
                throw failure;
            if (ended)
                return;
            await new Promise((resolve) => (wake = resolve));
        }
    }
    /** Makes room, and lets go of what was given: in bulk, since one by one would move the whole list each time. */
    function forget() {
        const lag = items.length - given;
        if (lag < HIGH_WATER / 2)
            freeRoom();
        if (lag > 0 && given < HIGH_WATER)
            return;
        items = items.slice(given);
        given = 0;
    }
    function freeRoom() {
        room = undefined;
        makeRoom?.();
    }
    function end(error) {
        ended = true;
        failure = error;
        wake?.();
        freeRoom();
    }
    function drop(error) {
        take();
        end(error);
    }
    function take() {
        const rest = items.slice(given);
        items = [];
        given = 0;
        freeRoom();
        return rest;
    }
}

// A taker of messages that keeps them for a loop, or for whoever awaits the whole reply.
function createQueueTaker(inside) {
    const { takers, options } = inside;
    const queue = createMessageQueue(() => inside.close());
    takers.add({ ...queue, over });
    if (inside.isInert)
        queue.end();
    // A loop that begins after the connection has ended.
    if (inside.last)
        over(inside.last);
    return queue;
    /** What the caller closed gives nothing more; an abort for a reason of its own, a time limit for one, is told. */
    function over({ reason, error }) {
        const why = options.signal?.reason;
        if (reason === 'user')
            queue.drop();
        else if (reason === 'abort')
            queue.drop(why?.name === 'AbortError' ? undefined : why);
        else
            queue.end(error);
    }
}

// Waiting for the whole reply to what is sent once.
/** Resolves with whether the response broke off. What was closed half way must not pass for a whole reply. */
async function whole({ isInert, closed, signal, commands }) {
    if (isInert)
        throw new EnckeError('no-transport', 'On a server nothing is requested.');
    const { reason, error, truncated = false } = await closed;
    if (error)
        throw error;
    if (reason === 'abort')
        throw signal?.reason;
    if (reason === 'user')
        throw new DOMException('The request was closed.', 'AbortError');
    await commands?.done;
    return truncated;
}

// The verb `request`: one exchange, to be awaited for the whole reply.
/** Part of a client. Makes one exchange, which can be awaited. */
const exchange = {
    name: 'exchange',
    install(house) {
        const replies = new WeakMap(); // by what the caller holds
        const heads = new WeakMap(); // of responses, also of those without messages; by the options
        return {
            client: {
                verbs: (next) => () => ({ ...next(), request }),
                // One exchange may take its time; who wants a limit gives one, or a signal.
                options: (next) => (given, once) => {
                    const options = next(given, once);
                    const { connectTimeout = Infinity } = options;
                    return once ? { ...options, connectTimeout, longPollTimeout: connectTimeout } : options;
                },
            },
            connection(inside) {
                if (!inside.once)
                    return {};
                const { onMessage, on, commands } = inside.options;
                // Messages wait for whoever awaits it or loops over it later.
                let unclaimed = onMessage || on || commands ? undefined : createQueueTaker(inside);
                inside.claim = () => {
                    const claimed = unclaimed;
                    unclaimed = undefined;
                    return claimed;
                };
                replies.set(inside.face, reply);
                return {};
                async function reply() {
                    const { isInert, face, options, url } = inside;
                    const { closed } = face;
                    const truncated = await whole({ ...options, isInert, closed });
                    return {
                        status: 204,
                        url,
                        headers: undefined,
                        ...heads.get(options),
                        truncated,
                        messages: unclaimed?.take() ?? [],
                        transport: inside.session().transport,
                    };
                }
            },
            session({ target: { once, options } }) {
                if (!once)
                    return {};
                return {
                    turn: (next) => (transport, listener) => next(transport, {
                        ...listener,
                        opened(head) {
                            heads.set(options, head);
                            listener.opened(head);
                        },
                        ended(end, response) {
                            if (end.how === 'status')
                                heads.set(options, end.head);
                            listener.ended(end, response);
                        },
                    }),
                };
            },
        };
        function request(url, options = {}) {
            const connection = startConnection(house, url, options, true);
            return Object.assign(connection, thenable(replies.get(connection)));
        }
    },
};

// How long a session and its parts wait for a sign of life. All in milliseconds.
/** Shortest silence that counts as a lost connection. */
const LEAST_PATIENCE = 30_000;
/** How long a head may take before another rung is opened beside it. */
const HEAD_PATIENCE = 3_000;
/** How long a message is held for a tie; what comes this soon after something came with it. */
const TIE = 250;
/** How long an event stream that answers a poll may go on before it counts as a stream. */
const ANSWER_PATIENCE = 1_000;

// One attempt: the turn of the transport in use and, while that stays mute, one of the next rung beside it.
//
// What the one beside it brings is held for a moment. When the first shows life meanwhile, it was a tie: a quiet
// server had something to say, and said it to both. When it does not, it is held back on its way, and the other wins.
// Compare RFC 8305, "happy eyeballs".
/** How long the first byte may take after the head. Milliseconds. */
const BYTE_PATIENCE = 8_500;
/** A stream that ends within this time of a question beside it was ended for it. Milliseconds. */
const AS_IT_OPENED = 1_000;
/** How many attempts are remembered that proved the way. */
const MOST_PROOFS = 4;
function startHedged(inside, ladder, memory, listener) {
    const { environment, cursor, target, seams } = inside;
    const { method } = target.options;
    const tried = new Set(); // what was opened beside it, in vain
    let unreached = []; // of these, what met no server, and may another time
    // What is not safe to ask twice is not asked beside itself (RFC 9110, section 9.2.1).
    const isStream = ladder.transport.rhythm === 'stream';
    const isHedged = !target.once && method === 'GET' && isStream && !ladder.isProved;
    let live = true;
    let hasHead = false; // the first
    let hasAnswer = false; // the one beside it, though an empty one
    let isFixed = false; // the caller has said by `accept` what the answer is to be
    let firstLife; // when the first byte of the first came
    const proof = {}; // that nothing on the way holds streams back
    const startedAt = environment.now();
    const wasProved = ladder.isProved; // before its first message
    let rival;
    let stopTimer; // of the patience with the first, or with a tie
    const lead = {
        ...listener,
        asked(request) {
            isFixed = request.namesAccept;
        },
        opened(head) {
            hasHead = true;
            if (isHedged && !rival)
                wait(BYTE_PATIENCE, besideIt);
            listener.opened(head);
        },
        alive(size, at) {
            if (firstLife === undefined) {
                firstLife = at;
                if (isStream && memory.proofs.size < MOST_PROOFS)
                    memory.proofs.add(proof);
            }
            dropRival('the first has shown life');
            listener.alive(size, at);
        },
        ended(end, response) {
            const now = environment.now();
            const isTimeout = end.how === 'cut' && end.error.code === 'timeout';
            // A stream that is held back comes all at once, at its end.
            if (firstLife !== undefined && now - firstLife < TIE) {
                memory.proofs.delete(proof);
                if (!wasProved && firstLife - startedAt >= TIE)
                    ladder.suspect();
            }
            // What breaks may have broken for any reason, and the one beside it with it.
            const isEnded = end.how === 'complete' || end.how === 'status';
            if (rival && isEnded && now - rival.at < AS_IT_OPENED)
                memory.asksOnce.add(target.resource);
            const isOver = end.how === 'cut' || end.how === 'complete';
            // A stream that has ever delivered is left only for one that answers: a server that hangs answers neither.
            const isHeadless = isTimeout && !hasHead && (hasAnswer || !ladder.wasProved);
            // A rung tried again that dies mute has had its chance; so has one whose message is here by another way.
            if (rival && (isHeadless || (isOver && (ladder.isTrial || rival.delivers)))) {
                win(rival, isHeadless ? 'gave no head in time' : 'ended and brought nothing');
            }
            else {
                dropRival(end.how);
                listener.ended(end, response);
            }
        },
        renew(reason) {
            dropRival(reason);
            listener.renew(reason);
        },
    };
    let stopFirst = seams.turn(ladder.transport, lead);
    if (isHedged)
        wait(ladder.isTrial ? 0 : HEAD_PATIENCE, besideIt);
    return () => {
        live = false;
        stopFirst();
        stopTimer?.();
        rival?.stop();
    };
    function besideIt() {
        // Mute by us, who read nothing of it.
        if (inside.run.isHeld)
            return wait(BYTE_PATIENCE, besideIt);
        if (!mayAskBeside())
            return;
        const transport = ladder.beside(tried);
        if (transport)
            return open(transport);
        for (const rung of unreached)
            tried.delete(rung);
        if (unreached.length > 0)
            wait(BYTE_PATIENCE, besideIt);
        unreached = [];
    }
    /** A question that is not free for the server is asked only where there is reason to doubt the way of the stream. */
    function mayAskBeside() {
        const { asksOnce, proofs } = memory;
        if (asksOnce.has(target.resource) || isFixed)
            return false;
        return ladder.isTrial || (proofs.size === 0 && !inside.isLate);
    }
    function open(transport) {
        note(`${transport.name} is opened beside ${ladder.transport.name}, which is mute`);
        const held = [];
        let free = () => undefined;
        const won = new Promise((resolve) => (free = resolve));
        const current = {
            transport,
            held,
            free,
            stop: () => undefined,
            at: environment.now(),
            delivers: false,
        };
        rival = current;
        // Until it wins, nothing it says counts.
        const hold = (say) => (...values) => {
            if (rival === current)
                held.push(() => say(...values));
            else
                say(...values);
        };
        current.stop = seams.turn(transport, {
            asked() {
                current.at = environment.now();
            },
            opened(head) {
                current.at = environment.now();
                hold(listener.opened)(head);
                // A server that knows no other way has begun a second stream, as mute as the first.
                if (rival === current && hasHead && isEventStream(head))
                    wait(ANSWER_PATIENCE, forgo);
            },
            id: hold(lead.id),
            retry: hold(lead.retry),
            problem: hold(lead.problem),
            alive: hold(listener.alive),
            // More than one piece need not be held: what is said all at once nobody can hold back.
            ready: () => (rival === current && current.delivers ? won : undefined),
            held: hold(listener.held),
            renew(reason) {
                if (rival !== current || current.delivers)
                    return hold(lead.renew)(reason);
                open(transport);
            },
            message(message) {
                if (rival === current && !current.delivers) {
                    current.delivers = true;
                    wait(TIE, () => win(current, `stayed mute while ${transport.name} brought a message`));
                }
                hold(listener.message)(message);
            },
            ended(end, response) {
                if (rival !== current || current.delivers)
                    return hold(lead.ended)(end, response);
                const { statuses } = target.convention;
                // A stream that has ended is an answer, even without a message: the other one goes on.
                const answers = transport.polls?.statuses(response.elapsed);
                const facts = { once: false, answers, resumed: false };
                const { next } = verdictOn(end, facts, statuses);
                const isEmpty = next === 'again';
                rival = undefined;
                hasAnswer ||= isEmpty;
                if (isEmpty)
                    return wait(pauseOf(transport), () => open(transport));
                note(`${transport.name} failed beside it: ${end.how}`);
                tried.add(transport);
                if (end.how === 'cut')
                    unreached.push(transport);
                // A refusal, or a stream of the kind that is there already. Who has other credentials next time may ask again.
                const isForGood = end.how !== 'cut' && end.how !== 'unusable' && next !== 'refresh';
                if (isForGood)
                    memory.asksOnce.add(target.resource);
                besideIt();
            },
        });
    }
    /** From an empty answer. */
    function pauseOf(transport) {
        const empty = { elapsed: 0, messages: 0, startedAfter: cursor.id, serverRetry: 0 };
        return seams.pause(empty, transport);
    }
    /** Nothing else is tried beside it. */
    function forgo() {
        memory.asksOnce.add(target.resource);
        dropRival('it is a stream, too');
    }
    function win(winner, reason) {
        stopTimer?.();
        // What the first was sent before the other asked is lost, unless that asked after an id.
        if (cursor.id === '')
            seams.gap('no-ids');
        stopFirst();
        rival = undefined;
        stopFirst = winner.stop;
        // Two that wait for a head may both wait for a free connection: only an answer is worth remembering.
        ladder.moveTo(winner.transport, reason, winner.delivers || hasAnswer || ladder.isTrial);
        for (const say of winner.held)
            if (live)
                say();
        winner.free();
    }
    function dropRival(why) {
        stopTimer?.();
        stopTimer = undefined;
        if (!rival)
            return;
        note(`${rival.transport.name} beside it is stopped: ${why}`);
        rival.stop();
        rival = undefined;
    }
    function note(detail) {
        seams.tell('note', ['beside', detail]);
    }
    function wait(milliseconds, then) {
        stopTimer?.();
        stopTimer = environment.setTimer(then, milliseconds);
    }
}

// Which transport carries a request: the best that can, until there is evidence that it does not work here.
/** Streams in a row that may open and bring nothing before the next rung is tried. */
const MUTE_STREAMS = 3;
/** How long a doubt lasts, in milliseconds. */
const DOUBT_LASTS = 300_000;
const FIX = 'Let the stream through: send X-Accel-Buffering: no and Cache-Control: no-transform, and turn buffering and compression off in the proxy and in the application.';
/** @param able one of the rungs that can carry the request */
function createLadder(rungs, able, demand, memory, now, onChange) {
    const { doubts } = memory;
    const givenUp = new Map(); // transports that cannot work in this page → why
    let muteStreams = 0; // in a row
    let isProved = false;
    const proved = new Set(); // ever
    let previous; // the rung before, while a better one is on trial
    let transport = pick() ?? able;
    return {
        get transport() {
            return transport;
        },
        get isTrial() {
            return previous !== undefined;
        },
        get isProved() {
            return isProved;
        },
        get wasProved() {
            return proved.has(transport);
        },
        choice: () => ({ to: transport.name, refusals: refusals(above(transport)) }),
        renew() {
            if (transport === rungs[0] || (isProved && transport.rhythm === 'stream'))
                return;
            const best = pick() ?? transport;
            // Down only on evidence of its own; up as soon as it may.
            if (!above(transport).includes(best))
                return;
            const left = transport;
            change(best, 'expired', 'it was held back a while ago, which may be over');
            previous = left;
        },
        beside(tried) {
            if (previous && !tried.has(previous))
                return previous;
            const able = rungs.filter((rung) => rung !== transport && !tried.has(rung) && !refusalOf(rung));
            // What holds this one back on its way holds others of its rhythm back, too.
            return (able.find(({ rhythm }) => rhythm !== transport.rhythm) ??
                able.find((rung) => !above(transport).includes(rung)));
        },
        giveUp(reason) {
            givenUp.set(transport, reason);
            const next = pick();
            if (next)
                change(next, 'unusable', reason);
            return next !== undefined;
        },
        moveTo(better, reason, isProof) {
            if (isProof)
                doubt(reason, better);
            change(better, 'held', reason, FIX);
        },
        weigh(opened, healthy) {
            muteStreams = healthy || !opened ? 0 : muteStreams + 1;
            if (muteStreams < MUTE_STREAMS || isProved)
                return;
            const other = rungs.find((rung) => rung.rhythm !== transport.rhythm && !refusalOf(rung));
            if (!other)
                return;
            const reason = `opened ${String(MUTE_STREAMS)} times and brought nothing`;
            doubt(reason, other);
            change(pick() ?? other, 'mute', reason, FIX);
        },
        prove() {
            isProved = true;
            proved.add(transport);
            previous = undefined;
        },
        suspect() {
            isProved = false;
        },
    };
    function change(next, evidence, reason, fix) {
        const from = transport.name;
        transport = next;
        previous = undefined;
        isProved = false;
        muteStreams = 0;
        onChange({ from, to: next.name, reason, evidence, fix, refusals: refusals(above(next)) });
    }
    /** What holds this stream back on its way holds the others back, too, unless one of them has proved better. */
    function doubt(reason, better) {
        const { name, rhythm } = transport;
        for (const rung of rungs) {
            if (rung === transport)
                doubts.set(rung, reason);
            else if (rung.rhythm === rhythm && better.rhythm !== rhythm) {
                doubts.set(rung, `is a ${rhythm} like ${name}, which ${reason}`);
            }
        }
        memory.doubtedAt = now();
    }
    /** A doubt is a hint, no proof: where nothing else is left, it counts for nothing. */
    function pick() {
        if (now() - memory.doubtedAt >= DOUBT_LASTS)
            doubts.clear();
        return (rungs.find((rung) => !doubts.has(rung) && !refusalOf(rung)) ?? rungs.find((rung) => !refusalOf(rung)));
    }
    function refusals(passed) {
        const reasons = passed.map((rung) => [rung.name, refusalOf(rung) ?? doubts.get(rung)]);
        return reasons.filter(([, reason]) => reason !== undefined).map((words) => words.join(' '));
    }
    function above(rung) {
        return rungs.slice(0, rungs.indexOf(rung));
    }
    function refusalOf(rung) {
        return givenUp.get(rung) ?? rung.refuses(demand);
    }
}

// What a client has learned of an origin; every session with it begins with that.
/** Memory by origin, for the life of a client. */
function createMemory() {
    const origins = new Map();
    return (origin) => {
        const known = origins.get(origin) ?? {
            doubts: new Map(),
            doubtedAt: 0,
            proofs: new Set(),
            asksOnce: new Set(),
        };
        origins.set(origin, known);
        return known;
    };
}

// Falls back: from a transport that cannot work here, or is held back on its way, to the next; and up again later.
/** Part of a client. Leaves a transport that cannot work here, or that a proxy holds back, for the next one, and tries it again later. */
const fallBack = {
    name: 'fallBack',
    // Inside of what looks at all that an attempt brings, outside of what heeds the page.
    rank: 5,
    install(house) {
        const { environment } = house;
        const memoryOf = createMemory();
        return {
            session(inside) {
                const { target, rungs, seams } = inside;
                const { once, origin, resource } = target;
                const memory = memoryOf(origin);
                const { asksOnce, doubts, proofs } = memory;
                const demand = house.seams.demand(target);
                const ladder = createLadder(rungs, inside.transport, demand, memory, environment.now, (change) => {
                    inside.transport = ladder.transport;
                    seams.tell('transport', change);
                });
                const doubtful = doubting(inside);
                inside.transport = ladder.transport;
                inside.choice = ladder.choice();
                return {
                    // Before anyone connects because of it.
                    ...(!once && {
                        begin: watching$1(environment, (event) => {
                            if (event !== 'online')
                                return;
                            doubts.clear();
                            proofs.clear();
                        }),
                    }),
                    attempt: () => (listener) => {
                        // A rung that was left may be tried again.
                        if (!asksOnce.has(resource))
                            ladder.renew();
                        // The handler of a change may have closed it.
                        if (inside.phase.is === 'closed')
                            return () => undefined;
                        return startHedged(inside, ladder, memory, doubtful(listener));
                    },
                    brought: (next) => () => {
                        ladder.prove();
                        next();
                    },
                    weigh: (next) => (weight) => {
                        if (weight.isTimeout) {
                            ladder.suspect();
                            proofs.clear();
                        }
                        ladder.weigh(weight.opened, weight.healthy);
                        next(weight);
                    },
                    unusable: () => (cause) => {
                        const reason = cause?.message ?? '';
                        if (ladder.giveUp(reason))
                            return undefined;
                        const sentence = `No transport works here. The last one failed: ${reason}`;
                        return new EnckeError('no-transport', sentence, { cause });
                    },
                };
            },
        };
    },
};
/**
 * A server that ends its streams empty answers polls, which it does not know, in the same way. From others an event
 * stream that holds nothing is an answer. A replay counts as a message.
 */
function doubting(inside) {
    let endsStreams = false; // the last stream held nothing, and was ended by the server
    return (listener) => {
        let isEvents = false; // it is an event stream
        return {
            ...listener,
            opened(head) {
                isEvents = isEventStream(head);
                listener.opened(head);
            },
            ended(end, response) {
                const isStream = !inside.transport.polls;
                const isEmpty = isEvents && response.brought === false;
                const isNoAnswer = isEmpty && endsStreams && !isStream && response.elapsed < LONG_HOLD;
                if (isStream)
                    endsStreams = isEmpty && !inside.run.isRetrySet;
                listener.ended(end, { ...response, isNoAnswer });
            },
        };
    };
}

// Tells of gaps: after which reconnections messages may be missing.
/** Part of a client. Tells after which reconnections messages may be missing. */
const gaps = {
    name: 'gaps',
    install: () => ({
        session(inside) {
            const { target, plan, seams } = inside;
            if (target.once)
                return {};
            let { wasOpen = false, gap } = plan.earlier ?? {}; // ever; why messages may be missing, until it is told
            return {
                gap: (next) => (reason) => {
                    gap = reason === 'no-ids' ? (gap ?? reason) : reason;
                    next(reason);
                },
                // Told once the connection is back.
                opened: (next) => (head) => {
                    const { echo } = target.convention;
                    const { startedAfter } = inside.run;
                    const answered = echo === undefined ? undefined : head.headers?.get(echo);
                    const isTold = startedAfter !== '' && typeof answered === 'string';
                    // A header is shown as it came, one character for each byte.
                    if (isTold && answered !== utf8Bytes(startedAfter))
                        gap = 'reset';
                    const reason = gap;
                    gap = undefined;
                    if (wasOpen && reason !== undefined && inside.phase.is !== 'closed') {
                        seams.tell('resync', { reason, lastEventId: startedAfter });
                    }
                    wasOpen = true;
                    next(head);
                },
            };
        },
    }),
};

// `for await` over a connection.
/** Part of a client. Makes a connection something to loop over, with back-pressure. */
const loops = {
    name: 'loops',
    install: () => ({
        connection(inside) {
            Object.assign(inside.face, {
                [Symbol.asyncIterator]: () => (inside.claim() ?? createQueueTaker(inside)).read(),
            });
            return {};
        },
    }),
};

// What the page goes through, and what that means for a connection.
/** How many times longer the interval of polling is in a hidden tab. */
const HIDDEN_SLOWDOWN = 4;
/** Part of a client. Closes the connection of a page that is put away, and checks it when the page, the machine or the network wakes up. */
const pageLife = {
    name: 'pageLife',
    install: ({ environment }) => ({
        session(inside) {
            const { target, seams } = inside;
            if (target.once)
                return {};
            return {
                pause: (next) => (answer, transport) => {
                    const isSlow = transport.rhythm === 'interval' && pageOf(environment).isHidden();
                    return next(answer, transport) * (isSlow ? HIDDEN_SLOWDOWN : 1);
                },
                begin: watching$1(environment, heed),
            };
            function heed(event) {
                seams.tell('note', ['page', event]);
                if (/^(activated|hidden|frozen)$/.test(event))
                    return;
                const isStored = inside.phase.is === 'stored';
                if (event === 'stored') {
                    // An open connection keeps a page out of the back/forward cache.
                    inside.rest({ is: 'stored' }, 'the page is put away');
                }
                else if (isStored || isDue(event === 'visible')) {
                    inside.connectAtOnce(`the page is ${event}`);
                    if (isStored || event === 'resumed')
                        seams.gap('suspended');
                }
            }
            /** Whether the connection may have died unnoticed, or there is no use in waiting any longer. */
            function isDue(isGlance) {
                const { phase, run, transport } = inside;
                const silence = environment.now() - run.lastLife;
                const isStream = transport.rhythm === 'stream';
                switch (phase.is) {
                    case 'connecting':
                    case 'open':
                        // A long poll is silent by nature; its own deadline tells when the page slept through it.
                        return (!run.isHeld &&
                            silence >= ((isStream && inside.age()) || LEAST_PATIENCE) &&
                            (isStream || !isGlance));
                    case 'between-answers':
                        return silence >= target.options.pollInterval;
                    case 'back-off':
                        // Where a server has asked for patience, or refused, waking up changes nothing.
                        return phase.isUnreachable;
                    default:
                        return false;
                }
            }
        },
    }),
};

// The last event id of a URL that is answered from another origin goes by query: as a header it would cost a preflight.
/** Of so many failures in a row one may be due to a redirect that is new. */
const GUESS_EVERY = 8;
/** Part of a client. Sends the last event id by query where another origin answers, so that no header needs a preflight. */
const redirects = {
    name: 'redirects',
    rank: 2,
    install: () => ({
        session(inside) {
            const { target, cursor, environment } = inside;
            let suspects = false; // the last attempt may have failed for its header, at another origin
            return {
                attempt: (next) => (listener) => {
                    let stopAttempt;
                    let isGuess = suspects; // this one sends the id by query because of that
                    if (isGuess)
                        cursor.inQuery = true;
                    begin();
                    return () => {
                        stopAttempt();
                    };
                    function begin() {
                        stopAttempt = next({
                            ...listener,
                            opened(head) {
                                if (isWellAsked(head))
                                    listener.opened(head);
                            },
                            ended(end, response) {
                                if (end.how === 'status' && !isWellAsked(end.head))
                                    return;
                                suspects = mayBeRedirected(end);
                                listener.ended(end, response);
                            },
                        });
                    }
                    /** Where the query was a guess, and the answer comes from the page's own origin after all, it is asked once more by header. */
                    function isWellAsked({ url }) {
                        answeredFrom(cursor, url, environment.origin());
                        const isWrong = isGuess && !cursor.inQuery;
                        isGuess = suspects = false;
                        if (isWrong) {
                            stopAttempt();
                            begin();
                        }
                        return !isWrong;
                    }
                    /** A redirect to another origin refuses a header of ours, and nothing tells that from a server that is down. */
                    function mayBeRedirected(end) {
                        const { head, startedAfter } = inside.run;
                        const isUnanswered = end.how === 'cut' && end.error.code === 'network' && !head;
                        const wasInHeader = startedAfter !== '' && inside.transport.sendsHeaders && !cursor.inQuery;
                        if (isGuess)
                            cursor.inQuery = false;
                        const isDue = !cursor.wasAnswered || (inside.failures + 1) % GUESS_EVERY === 0;
                        return isUnanswered && wasInHeader && !target.crossOrigin && isDue;
                    }
                },
            };
        },
    }),
};

// What was delivered: what of it comes again at the beginning of a connection is a replay.
/** How many messages are remembered at least to recognise a replay, and twice as many at most. */
const MEMORY$1 = 512;
/** How many characters of them at least; the same. What is kept may hang on the chunk it was cut from. */
const MEMORY_SIZE = 262_144;
/** Of a longer message only a hash is remembered. Characters. */
const LONG = 16_384;
/**
 * A replay is what was delivered before, under the same id and name and with the same data, at the beginning of a
 * connection. All of it counts, since a server that begins its numbering anew sends known ids with other messages.
 */
function createDelivered() {
    // The newest are added to one list, and when that is full, the one before is forgotten: this runs for every message.
    let older = [];
    let newest = [];
    let size = 0; // characters of the newest
    return { connect };
    function connect() {
        let replaying = true; // all messages under ids of this connection so far are ones that were delivered before
        let known; // what was delivered before, as keys; made when it is first asked
        let stated = false; // it has stated an id
        return {
            stated() {
                stated = true;
            },
            isReplay(message, id) {
                const kept = id === '' ? undefined : keepable(message, id);
                if (!kept)
                    return false;
                if (replaying && stated) {
                    known ??= new Set([...older, ...newest].map(keyOf$1));
                    replaying = known.has(keyOf$1(kept));
                    if (replaying)
                        return true;
                }
                newest.push(kept);
                size += kept.event.length + kept.data.length;
                if (newest.length === MEMORY$1 || size > MEMORY_SIZE) {
                    older = newest;
                    newest = [];
                    size = 0;
                }
                return false;
            },
        };
    }
}
/** What JSON cannot write, a format of one's own may give; it is no replay of anything. */
function keepable(message, id) {
    const { event, data } = message;
    const isText = typeof data === 'string';
    // Not copied, as almost always.
    if (isText && data.length <= LONG && message.id === id)
        return message;
    try {
        const text = isText ? data : JSON.stringify(data);
        return text === undefined ? undefined : { event, data: text.length > LONG ? hashed(text) : text, id };
    }
    catch {
        return undefined;
    }
}
/** Two texts that differ in one character never have the same hash: each step maps one to one (FNV-1a, 32 bits). */
function hashed(text) {
    let hash = text.length;
    for (let at = 0; at < text.length; at++)
        hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return `${String(text.length)} ${String(hash)}`;
}
function keyOf$1({ id, event, data }) {
    return `${id}\n${event}\n${data}`;
}

// What a server sends again after a reconnection is not delivered again.
/** Part of a client. Drops what the server sends again after a reconnection. */
const replays = {
    name: 'replays',
    // Inside of what begins an attempt anew, outside of what holds back what an attempt brings.
    rank: 3,
    install: () => ({
        session({ target, cursor }) {
            // Where the protocol is one of its own, an id need not name a message.
            if (target.options.replays === 'deliver' || target.convention.session)
                return {};
            const delivered = (cursor.delivered ??= createDelivered());
            return {
                attempt: (next) => (listener) => {
                    const place = delivered.connect();
                    return next({
                        ...listener,
                        id(id) {
                            place.stated();
                            listener.id(id);
                        },
                        message(message) {
                            if (!place.isReplay(message, cursor.id))
                                listener.message(message);
                        },
                    });
                },
            };
        },
    }),
};

// A short name for what must not be read: the same for the same text, and nothing of the text can be seen in it.
/** 32 hexadecimal digits, made by four 32-bit hashes (FNV-1a with other primes and another mixing at the end). */
function hashOf(text) {
    return [0x01000193, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f].map((prime) => lane(text, prime)).join('');
}
function lane(text, prime) {
    let hash = 0x811c9dc5 ^ prime;
    for (let at = 0; at < text.length; at++) {
        hash = Math.imul(hash ^ text.charCodeAt(at), prime);
        // Without this the high bits of a character would never reach the low ones of the hash.
        hash ^= hash >>> 15;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
    return ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0');
}

// Which subscriptions are equal, and can be served by one connection.
/** Options that each listener has for itself: what is done with messages, not how they come. */
const OWN$1 = new Set([
    'on',
    'onMessage',
    'onError',
    'onOpen',
    'onState',
    'onSettledState',
    'onTransport',
    'onResync',
    'commands',
    'parse',
    'endOn',
    'until',
    'signal',
]);
/** Objects and functions are equal when they are the same one, so each has a number. */
const numbers = new WeakMap();
let counted = 0;
/** Equal for equal subscriptions of one page. */
function pageKey(url, options) {
    return keyOf(url, options, (value) => {
        const number = numbers.get(value) ?? ++counted;
        numbers.set(value, number);
        return number;
    });
}
/**
 * Equal for equal subscriptions of any page of the origin. A transport or format is its name, binary data its bytes; what
 * else is not data does not count.
 */
function tabsKey(url, options) {
    return keyOf(url, options, (value) => {
        if (value instanceof FormData)
            return [...value];
        if (value instanceof ArrayBuffer)
            return [...new Uint8Array(value)];
        if (ArrayBuffer.isView(value))
            return [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
        return typeof value === 'object' && 'name' in value ? value.name : 0;
    });
}
/** Options that say which stream it is that the server sends, rather than how it is read and kept up. */
const STREAM = ['method', 'headers', 'body', 'credentials', 'format', 'cursor', 'resume'];
/** Equal for subscriptions of any page of the origin that may go on where the other was. */
function cursorKey(url, options) {
    return tabsKey(url, Object.fromEntries(STREAM.map((name) => [name, options[name]])));
}
/** Whether nobody can tell from a body what it will send: that of a function, or of a file. */
function isOpaque(body) {
    if (body instanceof FormData)
        return [...body.values()].some(isOpaque);
    return typeof body === 'function' || body instanceof Blob;
}
/** @throws EnckeError `invalid-option` for a body that JSON cannot write */
function keyOf(url, options, stateOf) {
    const shared = Object.entries(options)
        .filter(([name]) => !OWN$1.has(name))
        .sort(([one], [other]) => (one < other ? -1 : 1));
    try {
        return JSON.stringify([url, shared], (_, value) => {
            if (value instanceof Headers || value instanceof URLSearchParams)
                return [...value];
            return isData(value) ? value : stateOf(value);
        });
    }
    catch (cause) {
        throw new EnckeError('invalid-option', inWords(cause), { cause });
    }
}
/** What JSON keeps whole. */
function isData(value) {
    if (Object(value) !== value || Array.isArray(value))
        return true;
    const prototype = Object.getPrototypeOf(value);
    // A getter is code, which is not run for this.
    const members = Object.values(Object.getOwnPropertyDescriptors(value));
    const hasCode = members.some((member) => member.get ?? typeof member.value === 'function');
    return (prototype === null || prototype === Object.prototype) && !hasCode;
}

// A last event id that survives a reload of the page.
/** Of what is kept, and under which names. */
const VERSION$1 = 1;
/** Part of a client. Keeps the last event id for a reload of the page. */
const resume = {
    name: 'resume',
    // Outside of sharing among tabs: a tab that follows keeps an id as well.
    rank: 3,
    install: ({ environment }) => ({
        client: {
            start: (next) => (plan, listener) => {
                const { target, cursor } = plan;
                const { options, url, once } = target;
                if (!options.resume || once)
                    return next(plan, listener);
                if (options.resume === 'session' && isOpaque(options.body)) {
                    const sentence = 'Nobody can tell what a function or a file sends: write resume: { session: NAME }.';
                    throw new EnckeError('invalid-option', sentence);
                }
                const kept = keptId(environment, cursorKey(url, options));
                cursor.id ||= kept.take();
                const page = pageOf(environment);
                let isHidden = page.isHidden(); // kept, since asking the document for each message takes its time
                let stop = () => undefined;
                const session = next(plan, {
                    ...listener,
                    tell(what, value) {
                        if (what === 'closed')
                            stop();
                        listener.tell(what, value);
                    },
                    message(message) {
                        listener.message(message);
                        if (isHidden)
                            kept.put(cursor.id);
                    },
                });
                stop = page.watch((event) => {
                    if (event === 'hidden' || event === 'visible')
                        isHidden = event === 'hidden';
                    // The first of them may be the last that a page hears which is discarded or killed in the background.
                    if (/^(hidden|frozen|stored)$/.test(event))
                        kept.put(cursor.id);
                    // Of a page that is hidden still, what happens in the background changes nothing.
                    else if (event !== 'activated' && !isHidden)
                        kept.take();
                });
                return session;
            },
        },
    }),
};
/** @param name what it is kept for, which is not shown. Where the page may keep nothing, nothing is said. */
function keptId({ storage = storageOfPage }, name) {
    const key = `encke:${String(VERSION$1)}:${hashOf(name)}`;
    return {
        take() {
            const id = attempt((kept) => kept.getItem(key));
            attempt((kept) => {
                kept.removeItem(key);
            });
            return id ?? '';
        },
        put(id) {
            attempt((kept) => {
                if (id !== '')
                    kept.setItem(key, id);
            });
        },
    };
    function attempt(use) {
        try {
            const kept = storage();
            return kept && use(kept);
        }
        catch {
            // Blocked, or full.
            return undefined;
        }
    }
}
function storageOfPage() {
    return globalThis.sessionStorage;
}

// A carrier that keeps the whole text of its response is opened anew before that grows too large.
/** Characters after which a carrier that keeps its whole text is opened anew. */
const ROTATE_AFTER = 1_048_576;
/** Part of a client. Opens a carrier anew that keeps the whole text of its response, after a mebibyte. */
const rotation = {
    name: 'rotation',
    install: () => ({
        session(inside) {
            const { target, cursor } = inside;
            if (target.once)
                return {};
            return {
                turn: (next) => (transport, listener) => {
                    if (!transport.keepsText)
                        return next(transport, listener);
                    let size = 0; // characters so far
                    const stop = next(transport, {
                        ...listener,
                        alive(more, at) {
                            size += more;
                            listener.alive(more, at);
                            // Else a message, or a replay, longer than that would be begun again for ever. The next goes on behind an id.
                            if (size < ROTATE_AFTER || cursor.id === '' || inside.run.messages === 0)
                                return;
                            stop();
                            listener.renew('rotated');
                        },
                    });
                    return stop;
                },
            };
        },
    }),
};

// The state that has lasted a while: for banners that shall not flicker.
/** How long a state must last to count as settled, in milliseconds. */
const SETTLED_AFTER = 3_000;
/** Part of a client. Tells states that have lasted 3 s, for banners that should not flicker. */
const settledState = {
    name: 'settledState',
    install: ({ environment }) => ({
        connection({ face, options }) {
            const { now, setTimer } = environment;
            const { onSettledState } = options;
            let settled = 'connecting';
            let current = 'connecting';
            let told = 'connecting'; // to the handler, whose timer comes late in a hidden page
            let since = 0;
            let stop;
            Object.defineProperty(face, 'settledState', {
                get: () => (isSettled() ? current : settled),
                enumerable: true,
            });
            return {
                tell: (next) => (what, value) => {
                    if (what === 'state')
                        note(value);
                    next(what, value);
                },
            };
            function note(change) {
                if (isSettled())
                    settled = current;
                current = change.state;
                since = now();
                stop?.();
                if (current === 'closed')
                    call$1(onSettledState, change);
                else if (onSettledState) {
                    stop = setTimer(() => {
                        // There and back within the time is no change.
                        if (current !== told)
                            call$1(onSettledState, change);
                        told = settled = current;
                    }, SETTLED_AFTER);
                }
            }
            function isSettled() {
                return current === 'closed' || now() - since >= SETTLED_AFTER;
            }
        },
    }),
};

// Equal subscriptions of one page use one connection.
/** Part of a client. Equal subscriptions of a page use one connection. */
const sharing = {
    name: 'sharing',
    rank: 1,
    install() {
        const hubs = new Map(); // by what makes subscriptions equal
        return {
            client: {
                start: (next) => (plan, listener) => {
                    const { url, options, once } = plan.target;
                    const { share } = options;
                    if (once || share === false)
                        return next(plan, listener);
                    const key = pageKey(url, options);
                    let hub = hubs.get(key);
                    // What the server sends at the beginning, a snapshot of its state for one, would be missed by who joins later.
                    if (!hub || (share === 'start' && hub.hasDelivered)) {
                        const opened = createHub((heard) => next(plan, heard), () => {
                            if (hubs.get(key) === opened)
                                hubs.delete(key);
                        });
                        hubs.set(key, (hub = opened));
                    }
                    return hub.join(listener);
                },
            },
        };
    },
};
/** @param onOver called when it is closed; who comes later needs another */
function createHub(start, onOver) {
    // Replaced, never changed: a listener may leave while a message goes round.
    let listeners = [];
    let last;
    let head; // of the last response
    let hasDelivered = false;
    let chosen; // the last that was told
    let wait; // of the network, for listeners that are slow
    let endWait;
    const tell = (what, value) => {
        if (what === 'transport')
            chosen = value;
        if (what === 'head')
            head = value;
        if (what === 'state') {
            last = value;
            // Before anyone hears of it, and might subscribe anew.
            if (last.state === 'closed')
                onOver();
        }
        // The handler of one may close another.
        for (const listener of listeners)
            if (listeners.includes(listener))
                listener.tell(what, value);
    };
    const session = start({
        tell,
        message(message) {
            hasDelivered = true;
            // Without the loop where there is one, as almost always: this runs for every message.
            if (listeners.length === 1)
                listeners[0]?.message(message);
            else
                for (const listener of listeners)
                    listener.message(message);
        },
        id: () => undefined,
        eventNames: () => listeners.flatMap((listener) => listener.eventNames()),
        ready() {
            const pending = allReady(listeners.map((listener) => listener.ready()));
            void pending?.then(goOn);
            return pending && (wait ??= new Promise((resolve) => (endWait = resolve)));
        },
    });
    return {
        get hasDelivered() {
            return hasDelivered;
        },
        join,
    };
    function goOn() {
        wait = undefined;
        endWait?.();
    }
    function join(listener) {
        let left = false;
        const [wasChosen, wasLast, wasHead] = [chosen, last, head];
        listeners = [...listeners, listener];
        if (wasChosen)
            session.listen();
        // Who comes late is told where things stand; asynchronously, like everyone else. What it has heard of meanwhile
        // is not told again, and its own handler may close it.
        queueMicrotask(() => {
            if (left || session.state === 'closed')
                return;
            if (chosen && chosen === wasChosen)
                listener.tell('transport', { to: chosen.to, refusals: [] });
            if (head && head === wasHead && !isLeft())
                listener.tell('head', head);
            if (last && last === wasLast && !isLeft())
                listener.tell('state', last);
        });
        const own = {
            get state() {
                return left ? 'closed' : session.state;
            },
            get transport() {
                return session.transport;
            },
            get lastEventId() {
                return session.lastEventId;
            },
            get attempt() {
                return session.attempt;
            },
            get trace() {
                return session.trace;
            },
            reconnect: session.reconnect,
            listen: session.listen,
            close(reason, error, truncated) {
                if (left || session.state === 'closed')
                    return;
                left = true;
                if (listeners.length === 1)
                    session.close(reason, error, truncated);
                else
                    leave({ reason, error, truncated });
            },
        };
        return own;
        /** A function, so that the compiler forgets what it knew before a handler ran. */
        function isLeft() {
            return left;
        }
        function leave(closed) {
            listeners = listeners.filter((other) => other !== listener);
            // The network may have waited for it alone. Who else is slow is asked at the next piece.
            goOn();
            const { attempt, transport, state: previous } = session;
            const { reason, error } = closed;
            const change = { state: 'closed', previous, reason, attempt, transport, error };
            listener.tell('state', change);
            listener.tell('closed', closed);
        }
    }
}

// What has happened to a connection, for bug reports.
/** How many entries are kept. */
const TRACE_LENGTH = 200;
/** Part of a client. Writes down what has happened, for bug reports. */
const trace = {
    name: 'trace',
    // Inside of sharing in the page, which shows it to everyone, outside of all else.
    rank: 2,
    install: ({ environment }) => ({
        client: {
            start: (next) => (plan, listener) => {
                const { url, options } = plan.target;
                const { note, entries } = createTrace(url, environment.now, options.debug);
                let state = 'connecting';
                const session = next(plan, {
                    ...listener,
                    tell(what, value) {
                        // These come by the thousand.
                        const line = lineOf(what, value, state);
                        if (what === 'state')
                            state = value.state;
                        if (line)
                            note(...line);
                        if (what !== 'note')
                            listener.tell(what, value);
                    },
                });
                return Object.assign(session, { trace: entries });
            },
        },
        connection({ face, session }) {
            Object.defineProperty(face, 'trace', { get: () => session().trace ?? [], enumerable: true });
            return {};
        },
    }),
};
/** What is written down of what is told; `undefined` of what goes without saying. */
function lineOf(what, value, state) {
    const told = { [what]: value };
    if (told.note)
        return told.note;
    if (told.state)
        return ['state', `${told.state.state}: ${told.state.reason}`];
    if (told.transport) {
        const { to, evidence, reason } = told.transport;
        return ['transport', [to, evidence, reason].filter(Boolean).join(': ')];
    }
    // Ten answers a second to polls would leave room for nothing else.
    if (told.head && state !== 'open')
        return ['head', `${String(told.head.status)} ${shownUrl(told.head.url)}`];
    if (told.error)
        return ['error', `${told.error.code}: ${told.error.message}`];
    return told.resync && ['resync', told.resync.reason];
}
/** @param debug prints each entry: a function that takes lines, or `true` for `console.debug` */
function createTrace(url, now, debug) {
    const entries = [];
    let began;
    // eslint-disable-next-line no-console -- asked for by `debug`.
    const print = debug === true ? (line) => console.debug(line) : debug;
    return { note, entries };
    function note(what, detail) {
        const time = now();
        const at = Math.round(time - (began ??= time));
        if (entries.push({ at, what, detail }) > TRACE_LENGTH)
            entries.shift();
        if (print)
            call$1(print, `encke ${shownUrl(url)} +${String(at)} ms ${what}: ${detail}`);
    }
}

// A response that breaks off after a whole message may count as complete, for servers that always end so.
/** Part of a client. Takes a response that breaks off after a whole message for complete, where asked to. */
const truncated = {
    name: 'truncated',
    install: () => ({
        session({ target }) {
            if (!target.once || !target.options.allowTruncated)
                return {};
            return {
                turn: (next) => (transport, listener) => next(transport, {
                    ...listener,
                    ended(end, response) {
                        // Not one that the caller's own time limit has ended.
                        const isEnd = end.how === 'cut' && end.error.code === 'network' && response.isWhole;
                        listener.ended(isEnd ? { how: 'complete', truncated: true } : end, response);
                    },
                }),
            };
        },
    }),
};

// The watchdog: how often a server shows that it is alive, and how long it may be silent.
/** How many intervals the server may miss. */
const MISSED = 2.5;
/** Signs of life closer than this are one, cut by the network; of a server that never pauses they add up. Milliseconds. */
const ONE_BURST = 50;
/** Of a server that never pauses, a byte is old when it came so long ago. Milliseconds. */
const LEAST_AGE = 1_000;
/** How many gaps tell a rhythm, and how many are remembered. */
const ENOUGH = 2;
const MEMORY = 8;
/** Alarms in a row after which patience grows no more. */
const MOST_ALARMS = 6;
/** Part of a client. Learns how often the server shows life, and reconnects when it is silent for too long. */
const watchdog = {
    name: 'watchdog',
    install() {
        const lateHeads = new Set(); // resources whose server sends the head of a stream with its first message
        return {
            session(inside) {
                const { options, once } = inside.target;
                const { heartbeat } = options;
                // A request learns no rhythm: a model may think for as long as it likes.
                return once && heartbeat === 0 ? {} : { turn: watching(inside, createRhythm(heartbeat), lateHeads) };
            },
        };
    },
};
function watching(inside, rhythm, lateHeads) {
    const { environment, target } = inside;
    const { once, resource } = target;
    inside.age = () => rhythm.age;
    return (next) => (transport, listener) => {
        let openedAt; // when the head came
        let isEvents = false; // what it says of the body
        let isHeadNew = false; // nothing has come behind it yet
        let isHeld = false; // the carrier waits for us
        let beats = 0; // signs of life in the body
        const startedAt = environment.now();
        let lastLife = startedAt; // when the last one came, or the turn began
        let isWatching = false;
        let stopTimer;
        inside.isLate = lateHeads.has(resource);
        inside.headPatience = inside.isLate ? rhythm.patience : 0;
        const stopTurn = next(transport, {
            ...listener,
            opened(head) {
                openedAt = lastLife = environment.now();
                isEvents = isHeadNew = isEventStream(head);
                watch();
                listener.opened(head);
            },
            alive(size, at) {
                noteLateness(at);
                if (isStream(ANSWER_PATIENCE) && beats++ > 0)
                    rhythm.heard(at - lastLife);
                lastLife = at;
                if (!isWatching)
                    watch();
                listener.alive(size, at);
            },
            held(waits) {
                isHeld = waits;
                lastLife = environment.now();
                // What comes next tells nothing of the rhythm.
                beats = 0;
                watch();
                listener.held(waits);
            },
            ended(end, response) {
                stopTimer?.();
                listener.ended(end, response);
            },
            renew(reason) {
                stopTimer?.();
                listener.renew(reason);
            },
        });
        return stop;
        function stop() {
            stopTimer?.();
            stopTurn();
        }
        /**
         * A server that knows no polls may answer one with a stream.
         *
         * @param age how long that has gone on at least: what comes at once may be all of an answer, and tells no rhythm
         */
        function isStream(age = 0) {
            if (openedAt === undefined || !transport.showsLife)
                return false;
            if (transport.rhythm === 'stream')
                return true;
            return isEvents && !once && environment.now() - openedAt >= age;
        }
        /**
         * A server that sends the head of a stream with its first byte is mute by nature until then. Firefox (153) shows no
         * head before that, whatever the server does.
         */
        function noteLateness(now) {
            // Asked once for each response.
            if (!isHeadNew || openedAt === undefined)
                return;
            isHeadNew = false;
            const waited = openedAt - startedAt;
            if (waited < HEAD_PATIENCE || now - openedAt >= TIE)
                return;
            lateHeads.add(resource);
            rhythm.waited(waited);
        }
        /** Looks again when the silence will have lasted too long, rather than at every chunk. */
        function watch() {
            stopTimer?.();
            const { patience } = rhythm;
            isWatching = !isHeld && isStream() && patience < Infinity;
            if (isWatching)
                limit(Math.max(patience - silence(), 0));
        }
        function limit(milliseconds) {
            stopTimer = startDeadline(environment, milliseconds, (suspended) => {
                const isOver = silence() >= rhythm.patience;
                if (!isOver && !suspended)
                    return watch();
                // What a page slept through is no silence of the server's.
                if (suspended && (once || !isOver))
                    return limit(milliseconds);
                const lasted = silence();
                stopTurn();
                if (suspended)
                    return listener.renew('suspended');
                rhythm.alarm();
                const sentence = `Nothing has come for ${String(Math.round(lasted))} ms.`;
                const error = new EnckeError('timeout', sentence);
                listener.ended({ how: 'cut', error }, { elapsed: environment.now() - startedAt, isWhole: false });
            });
        }
        function silence() {
            return environment.now() - lastLife;
        }
    };
}
/** @param heartbeat the interval, where it is known; 0 learns it */
function createRhythm(heartbeat) {
    let gaps = [];
    let alarms = 0; // in a row
    let least = 0; // an interval is no shorter
    let burst = 0; // how long the latest has lasted, in milliseconds
    return {
        get interval() {
            return interval();
        },
        get age() {
            const known = interval();
            return known && Math.max(LEAST_AGE, known);
        },
        get patience() {
            const known = interval();
            if (known === undefined)
                return Infinity;
            // A server that just has nothing to say must not be asked every half minute for ever.
            return Math.max(LEAST_PATIENCE, MISSED * known) * 2 ** Math.min(alarms, MOST_ALARMS);
        },
        heard(gap) {
            burst += gap;
            if (burst < ONE_BURST)
                return;
            gaps = [...gaps.slice(1 - MEMORY), burst];
            burst = alarms = 0;
        },
        waited(milliseconds) {
            least = Math.max(least, milliseconds);
        },
        alarm() {
            alarms++;
        },
    };
    function interval() {
        if (heartbeat > 0)
            return heartbeat;
        return gaps.length < ENOUGH ? undefined : Math.max(least, ...gaps);
    }
}

// Every part in one list, but for the one that a client holds or loads later.
/** @param tabs the part of that name, which holds its code or loads it when it is asked for */
const everyPartWith = (tabs) => [
    bodies,
    check,
    conventions,
    credentials,
    crowd,
    exchange,
    fallBack,
    gaps,
    loops,
    pageLife,
    redirects,
    replays,
    resume,
    rotation,
    settledState,
    sharing,
    tabs,
    trace,
    truncated,
    watchdog,
];

// One message, whatever carrier and format brought it.
const ENVELOPE_KEYS = new Set(['id', 'event', 'data', 'retry']);
/**
 * Tells an envelope from a bare value. The JSON formats and the frame's callback share this rule:
 * an object with `data` and `id` or `event` (or both), as strings, and no other key but `retry`.
 *
 * `{"id":42,"data":{…}}` is what many servers call an object of theirs, so a number is an id only where nothing but a
 * message is meant: beside an `event`, or where `data` is text, as in an event stream. Rounded, it would be another id.
 */
function isEnvelope(value) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'data'))
        return false;
    if (!Object.keys(value).every((key) => ENVELOPE_KEYS.has(key)))
        return false;
    const { id = null, event, data } = value;
    const isNamed = typeof event === 'string';
    if (typeof id !== 'number')
        return typeof id === 'string' || (isNamed && id === null);
    return Math.abs(id) <= Number.MAX_SAFE_INTEGER && (isNamed || typeof data === 'string');
}

// What a JSON value says: a message, and around it what an envelope states.
/** Not in an id: a header cannot carry them, so the server would never see the id again. */
const NOT_IN_A_HEADER = /[\0\r\n]/;
function createGiveValue(sink, { lastEventId, cursor }) {
    let currentId = lastEventId;
    return (value, unnamed = 'message') => {
        if ((typeof cursor === 'object' && cursor.plain) || !isEnvelope(value)) {
            sink.message({ event: unnamed, data: value, id: currentId });
            return;
        }
        const { id, event, retry, data } = value;
        if (typeof retry === 'number' && retry >= 0 && Number.isInteger(retry))
            sink.retry(retry);
        const stated = typeof id === 'number' ? String(id) : id;
        if (typeof stated === 'string' && !NOT_IN_A_HEADER.test(stated))
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
            sink.problem(malformed('A message is not JSON.', trimmed));
        else
            give(value);
    };
}

// The `json-lines` format: every line is a JSON value.
/** RFC 7464 puts it before each value. No JSON text holds it, so it parts values as well as a line end does. */
const RECORD_SEPARATOR = '\x1e';
/** One JSON value on each line: `application/x-ndjson` and the like. */
const jsonLines = {
    name: 'json-lines',
    mediaTypes: [
        'application/x-ndjson',
        'application/ndjson',
        'application/nd+json',
        'application/jsonl',
        'application/x-jsonl',
        'application/jsonlines',
        'application/x-jsonlines',
        'application/json-lines',
        'application/x-json-lines',
        'application/ldjson',
        'application/x-ldjson',
        'application/json-seq',
        'application/x-json-seq',
        'application/stream+json',
        'application/json-stream',
        'application/x-json-stream',
        'text/x-ndjson',
        'text/ndjson',
        'text/jsonl',
        'text/x-jsonl',
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

// The `json` format: the body is one JSON document, and an array is a list of messages.
//
// The elements of an array are given as they come, so that one that is broken or too long costs only itself,
// and a server that writes a long array slowly streams. One in brackets is given at its last bracket: the comma behind it
// may come with the next element only.
/** One JSON value, or a list of messages: `application/json`. */
const json = {
    name: 'json',
    mediaTypes: ['application/json', 'text/json'],
    decoder: createJsonDecoder,
};
function createJsonDecoder(sink, options) {
    const give = createGiveJson(sink, options);
    const held = createLimitedText(sink, options);
    const scan = createJsonScanner(() => (closed = true));
    let closed = false; // whether the last border is the last bracket of an element
    let given = false; // whether the element has been given at that bracket
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
        closed = false;
        const end = scan(text);
        const border = text.charAt(end);
        const ends = !isClosed() && (border === ',' || border === ']');
        // Another border should not be there: with it the element will be found broken.
        held.add(text.slice(0, ends ? end : end + 1));
        if (ends) {
            if (border === ']')
                bracket = border;
            const rest = held.take();
            // Between the last bracket of an element and the comma nothing may stand.
            give(given && rest.trim() ? `}${rest}` : rest);
            given = false;
        }
        else if (isClosed() && !given) {
            give(held.take());
            given = true;
        }
        return text.slice(end + 1);
    }
    /** A function, so that the compiler forgets what it knew before the scan. */
    function isClosed() {
        return closed;
    }
}

// The `script-tags` format: messages as the arguments of calls, in the script blocks of streamed HTML.
/** The function our own server calls. As it is the default, it names no event. */
const DEFAULT_CALLBACK = 'enckeReceive';
/** HTML with scripts that call a function: each call is a message. */
const scriptTags = {
    name: 'script-tags',
    mediaTypes: ['text/html', 'application/xhtml+xml'],
    onlyWhenAsked: true,
    decoder(sink, options) {
        const give = createGiveValue(sink, options);
        return createScriptCallDecoder(sink, options, (name, values) => {
            give(values.length > 1 ? values : values[0], name === DEFAULT_CALLBACK ? 'message' : name);
        });
    },
};

// The `text` format: every piece of plain text is a message as it comes.
/** One at the beginning of the body is no part of the text. */
const BYTE_ORDER_MARK$1 = '\uFEFF';
const HIGH_SURROGATE = /[\ud800-\udbff]/;
/** Plain text: every piece is a message as it comes. */
const text = {
    name: 'text',
    mediaTypes: ['text/plain'],
    decoder: createTextDecoder,
};
function createTextDecoder(sink, options) {
    const limited = createLimitedText(sink, options);
    let isBegun = false;
    let half = ''; // the first half of a character whose second half is still to come
    return {
        feed(chunk) {
            const piece = half + (isBegun || !chunk.startsWith(BYTE_ORDER_MARK$1) ? chunk : chunk.slice(1));
            isBegun ||= chunk !== '';
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

// The part `tabs`, before the code is there by which tabs speak with one another. That may be loaded later.
const tabsBy = (join) => ({
    name: 'tabs',
    rank: 4,
    install: () => ({
        client: {
            start: (next) => (plan, listener) => {
                const { options, once } = plan.target;
                const { share, body } = options;
                if (once || (share !== 'tabs' && typeof share !== 'object'))
                    return next(plan, listener);
                // One tab would get what is another's.
                if (share === 'tabs' && isOpaque(body)) {
                    const sentence = 'Nobody can tell what a function or a file sends: write share: { tabs: NAME }.';
                    throw new EnckeError('invalid-option', sentence);
                }
                // What cannot be carried must throw here, even where another tab leads.
                chooseFirst(plan);
                return join(plan, listener, next);
            },
        },
    }),
});

// What a carrier that is not made of fetch cannot do.
function refusesWithoutFetch({ ownFetch, credentials, crossOrigin, body, }) {
    if (body === 'stream')
        return 'cannot send a stream';
    if (ownFetch)
        return 'cannot use a fetch of your own';
    // It sends the cookies of the page's own origin whatever was asked.
    return credentials === 'omit' && !crossOrigin ? 'cannot omit cookies' : undefined;
}
function refusesWithoutHeaders(demand) {
    return demand.headers ? 'cannot send headers' : refusesWithoutFetch(demand);
}

// What is known of the rare carriers before their code is there. The code itself may be loaded later.
const xhrStreamBy = (open) => ({
    name: 'xhr-stream',
    rhythm: 'stream',
    sendsHeaders: true,
    namesItself: false,
    tellsCuts: true,
    showsLife: true,
    keepsText: true,
    refuses: refusesXhr,
    open,
});
const eventSourceBy = (open) => ({
    name: 'event-source',
    rhythm: 'stream',
    sendsHeaders: false,
    namesItself: false,
    tellsCuts: false,
    showsLife: false,
    hearsByName: true,
    accept: 'text/event-stream',
    refuses: refusesEventSource,
    open,
});
const htmlFileBy = (open) => ({
    name: 'htmlfile',
    rhythm: 'stream',
    sendsHeaders: true,
    namesItself: true,
    tellsCuts: true,
    showsLife: true,
    // Firefox (153) keeps what was written into a document until it is closed.
    keepsText: true,
    accept: 'text/html',
    refuses: refusesHtmlFile,
    open,
});
const iframeBy = (open) => ({
    name: 'iframe',
    rhythm: 'stream',
    sendsHeaders: false,
    namesItself: true,
    tellsCuts: true,
    showsLife: true,
    // The browser keeps the source of a document that has not ended, whatever was taken out of it.
    keepsText: true,
    accept: 'text/html',
    refuses: refusesIframe,
    open,
});
function refusesXhr(demand) {
    return typeof XMLHttpRequest === 'function' ? refusesWithoutFetch(demand) : 'needs XMLHttpRequest';
}
function refusesEventSource(demand) {
    if (typeof EventSource !== 'function')
        return 'needs EventSource';
    if (demand.method !== 'GET')
        return `cannot ${demand.method}`;
    if (demand.once)
        return 'cannot tell the end of an answer from a failure';
    return refusesWithoutHeaders(demand);
}
function refusesHtmlFile(demand) {
    return typeof document === 'undefined' ? 'needs a document' : refusesFetchStream(demand);
}
function refusesIframe(demand) {
    if (typeof document === 'undefined')
        return 'needs a document';
    if (demand.crossOrigin)
        return 'cannot read a frame of another origin';
    if (demand.method !== 'GET' && demand.method !== 'POST')
        return `cannot ${demand.method}`;
    if (demand.body === 'any')
        return 'cannot send a body that is no form';
    return refusesWithoutHeaders(demand);
}

// The browser's own EventSource, for one connection only.
//
// It is closed at its first error: browsers differ in when and whether they reconnect, and the session decides.
// It sees no status, no header and no comment, and only events whose names it was told.
/** What performance entries call the initiator: Chromium and Firefox `other`, WebKit `eventsource`. */
const OWN = /^(?:other|eventsource)$/;
/** Too Many Requests, and what gateways answer, and servers that are busy. */
const COME_LATER = /^(?:429|50[234])$/;
/** The browser's own `EventSource`, one connection at a time. Carries GET without headers, and sees no statuses. */
const eventSource = /* @__PURE__ */ eventSourceBy(openEventSource);
function openEventSource(request, sink) {
    const { url, credentials, events } = request;
    const asking = new AbortController(); // of the question that follows a refusal
    let source;
    let opened = false;
    let startedAt = 0; // by the clock of the page's performance entries
    let shownId = ''; // what this connection has stated, as the browser shows it
    let id = request.lastEventId; // what messages carry
    const guarded = guardSink(request, sink, () => {
        source?.close();
        asking.abort();
    });
    guarded.begin(() => {
        startedAt = performance.now();
        const connection = (source = new EventSource(url, { withCredentials: credentials === 'include' }));
        // Once each, for a name may be asked for twice, and a server may name its events `open` and `error`.
        for (const name of new Set(['open', 'error', 'message', ...events])) {
            connection.addEventListener(name, (event) => {
                if (event instanceof MessageEvent)
                    giveMessage(event);
                else if (name === 'open')
                    open();
                else
                    fail(connection);
            });
        }
    });
    return guarded.stop;
    function open() {
        opened = true;
        guarded.opened({ status: 200, url });
    }
    function giveMessage({ type, data, lastEventId }) {
        // The browser begins each connection without an id, and shows one as soon as the stream states it.
        if (guarded.isLive() && lastEventId !== shownId)
            sink.id((id = shownId = lastEventId));
        if (guarded.isLive())
            sink.message({ event: type, data, id });
    }
    /** Called before the source is closed: its state is all that is known of the error. */
    function fail(connection) {
        // The stream ended or broke off, and the browser would connect again: it tells neither from the other.
        if (opened)
            return guarded.ended(COMPLETE);
        if (connection.readyState !== EventSource.CLOSED)
            return guarded.ended(unreachable(url));
        const end = answered();
        if (end)
            return guarded.ended(end);
        // Closed for good. Firefox (153) does that to another origin that is only down, so that one is asked for an answer.
        const question = { method: 'HEAD', mode: 'no-cors', credentials, cache: 'no-store' };
        fetch(url, { ...question, signal: asking.signal }).then((response) => guarded.ended(answered() ?? busy(response) ?? refused(url)), (cause) => guarded.ended(unreachable(url, cause)));
    }
    /** The status, where the engine shows it in the performance entry of this very request, as Firefox (153) does. */
    function answered() {
        const entries = performance.getEntriesByName(url, 'resource');
        const own = entries.find((entry) => entry.startTime >= startedAt && OWN.test(entry.initiatorType));
        const status = own?.responseStatus ?? 0;
        // A redirect may have led to a server that is down.
        if (status < 200 || (status >= 300 && status < 400))
            return undefined;
        return status === 200 ? refused(url) : { how: 'status', head: { status, url }, body: '' };
    }
}
/**
 * The answer to the question shows its status where it comes from the page's own origin. Only what says to come back
 * later counts: a server may answer HEAD otherwise than GET, but hardly so.
 */
function busy({ status, url, headers }) {
    return COME_LATER.test(String(status))
        ? { how: 'status', head: { status, url, headers }, body: '' }
        : undefined;
}
function refused(url) {
    const sentence = `${url} answered, but the browser refuses it: by its status, its content type or its CORS headers, which a page is not shown.`;
    return { how: 'failed', error: new EnckeError('status', sentence, { url }) };
}

// A document that nobody sees and nothing runs in, filled by the browser's own HTML parser.
const SCRIPT_END = /<\/script[\t\n\f\r ]*>\s*$/i;
/** @throws where the page's policy forbids `document.write` even here. */
function createInertPage() {
    // Without a browsing context no script runs, no event handler is compiled, nothing is loaded.
    const page = document.implementation.createHTMLDocument('');
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
        page.write(trustedHtml(html));
    }
}
/**
 * A script that is still arriving shows part of its text. Only the last one can be: it is whole when the parser
 * stands behind it, or when the text written so far ends with its end tag.
 */
function takeScripts(page, endsWithScript) {
    const scripts = [...page.scripts];
    const last = scripts.at(-1);
    if (last?.contains(deepestLast(page)) && !endsWithScript)
        scripts.pop();
    for (const script of scripts)
        script.remove();
    return scripts.filter(isCode).map((script) => script.text);
}
/** As in a page, a block of data counts for nothing, and so does the text of a script with a source. */
function isCode(script) {
    return !script.hasAttribute('src') && CODE_TYPE.test(script.type);
}
function deepestLast(node) {
    return node.lastChild ? deepestLast(node.lastChild) : node;
}
/** Removes all but the way to where the parser stands, so that an endless stream takes no memory. */
function prune(parent) {
    if (parent instanceof HTMLScriptElement)
        return;
    while (parent.firstChild !== parent.lastChild)
        parent.firstChild?.remove();
    const { lastChild } = parent;
    if (lastChild instanceof CharacterData)
        lastChild.remove();
    else if (lastChild)
        prune(lastChild);
}

// htmlfile: streamed HTML is parsed in a document off screen, and its scripts are read instead of run.
//
// The name is that of the ActiveX object which did this in old Internet Explorer. No loading indicator,
// no history entry; and since the bytes come by fetch, statuses and cuts are seen.
const HTML = /^(?:text\/html|application\/xhtml\+xml)$/;
/** htmlfile: streamed HTML is parsed in an inert document; its scripts are read, not run. */
const htmlFile = /* @__PURE__ */ htmlFileBy(openHtmlFile);
function openHtmlFile(request, sink) {
    let page;
    let stopFetch;
    let isHtml = false; // other text is passed on as it is
    const guarded = guardSink(request, sink, () => {
        stopFetch?.();
        page?.close();
    });
    guarded.begin(() => {
        // Before anything is sent: what cannot be read here must not be asked for.
        try {
            page = createInertPage();
        }
        catch (cause) {
            return guarded.ended(forbidden$1(cause));
        }
        stopFetch = openFetch(request, { ...guarded, opened, text });
    });
    return guarded.stop;
    function opened(head) {
        isHtml = HTML.test(mediaTypeOf(head.headers?.get('content-type')));
        guarded.opened(head);
    }
    function text(chunk) {
        if (page && isHtml)
            giveScripts(page.write(chunk));
        else
            guarded.text(chunk);
    }
    function giveScripts(scripts) {
        if (scripts.length === 0)
            guarded.alive();
        else
            guarded.text(scripts.map((text) => `<script>${text}</script>`).join(''));
    }
}
function forbidden$1(cause) {
    const sentence = `Trusted Types forbid it. Add "trusted-types ${POLICY}" to the content security policy.`;
    return unusable(sentence, false, cause);
}

// A policy of the page (Content Security Policy) forbids a request: browsers tell by an event alone.
const VIOLATION = 'securitypolicyviolation';
/**
 * Calls back for each policy that forbids something, those that only report left out. The returned function ends that.
 *
 * @param teller - a window, or a worker's global scope
 */
function onPolicyViolation(heed, teller = globalThis) {
    const hear = (event) => {
        const { disposition, effectiveDirective, blockedURI } = event;
        if (disposition === 'enforce')
            heed(effectiveDirective, blockedURI);
    };
    teller.addEventListener?.(VIOLATION, hear);
    return () => teller.removeEventListener?.(VIOLATION, hear);
}

// Posts a body into a frame, by a form that nobody sees.
/** @throws in Firefox, where a content security policy forbids it. */
function postInto(document, target, { url, body }) {
    const form = document.createElement('form');
    const fields = body instanceof URLSearchParams || body instanceof FormData ? [...body] : [];
    const hasFiles = fields.some(([, value]) => typeof value !== 'string');
    form.acceptCharset = 'utf-8';
    form.action = url;
    form.enctype = hasFiles ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
    form.hidden = true;
    form.method = 'post';
    form.target = target;
    // Not by inputs: one named `submit` would hide the method of that name.
    form.onformdata = ({ formData }) => {
        for (const [name, value] of fields)
            formData.append(name, value);
    };
    document.documentElement.append(form);
    try {
        form.submit();
    }
    finally {
        form.remove();
    }
}

// The functions that the scripts of a frame call in the window around it.
/** Has `receive` called for each call of `window[name]`; names may be dotted. The window is ours, so nothing is in the way. */
function receiveCalls(window, names, receive) {
    for (const given of names) {
        // `parent` of this window is the page, where nothing may stand.
        const name = given.replace(WINDOW_PREFIX, '');
        const path = name.split('.');
        const key = path.pop() ?? name;
        let owner = window;
        for (const step of path)
            owner = (owner[step] ??= {});
        owner[key] = (...values) => {
            receive(name, values);
        };
    }
}

// The hidden iframe: the server streams a page, and its scripts call a function of this one.
//
// The frame is put in after the page's load, so that no loading indicator turns, and its first navigation is the
// request, so that no history entry is made. It stands in an empty frame of ours, which has two uses: the functions
// that its scripts call are put up there instead of in the page; and the outer frame's `load` tells when the inner
// one is over, also when the response broke off, of which Chromium (156) tells the inner frame nothing at all.
/** How often the frame is looked at, in milliseconds: no event tells that its document came, or will never come. */
const LOOK = 100;
/** How many looks after the last byte `load` may take: the parser may still be busy. */
const PATIENCE = 10;
/** The document of a frame whose response has not begun. */
const BLANK = 'about:blank';
/** A hidden frame loads the stream, and its scripts call the page. Same origin only; GET, or a posted form. */
const iframe = /* @__PURE__ */ iframeBy(openIframe);
function openIframe(request, sink) {
    const { url, method, callbacks } = request;
    const outer = document.createElement('iframe');
    const observer = new MutationObserver(sweep);
    let frame; // the inner one, once the outer one is in the page
    let timer; // the wait for the page's load, the next look, or the end
    let head; // once a document has come
    const stops = []; // of what listens for policies
    let looksAfterEnd = 0; // how often it was looked at since the last byte
    const guarded = guardSink(request, sink, () => {
        removeEventListener('load', soon);
        for (const stop of stops)
            stop();
        observer.disconnect();
        clearTimeout(timer);
        outer.onload = null;
        outer.remove();
    });
    guarded.begin(() => {
        if (document.readyState === 'complete')
            start();
        else
            addEventListener('load', soon);
    });
    return guarded.stop;
    function soon() {
        timer = setTimeout(start);
    }
    function start() {
        outer.style.display = 'none';
        // Not into the body: pages that swap it would take the frame along.
        document.documentElement.append(outer);
        const { contentDocument: room, contentWindow: around } = outer;
        // An extension may take frames away at once.
        if (!room || !around)
            return guarded.ended(unusable('The page does not keep frames.', false));
        room.open();
        room.append(room.createElement('html'));
        frame = room.createElement('iframe');
        receiveCalls(around, callbacks, receive);
        around.onmessage = receivePosted;
        // Firefox (153) tells the page instead of the outer frame.
        for (const teller of [around, window])
            stops.push(onPolicyViolation(heedPolicy, teller));
        frame.name = 'encke';
        frame.onload = readPage;
        if (method === 'GET')
            frame.src = url;
        outer.onload = over;
        room.documentElement.append(frame);
        timer = setInterval(look, LOOK);
        try {
            if (method === 'POST')
                postInto(room, frame.name, request);
            // From here on the outer frame loads as long as the inner one. A form is sent later: that one has not begun yet.
            else
                room.close();
        }
        catch (cause) {
            guarded.ended(forbidden('form-action', false, cause));
        }
    }
    /** WebKit (2.50) tells of a reset connection by the time of the last byte alone; of any other end, `load` tells first. */
    function look() {
        const page = readPage();
        const { responseStart = 0, responseEnd = 0 } = (page && navigationOf(page)) ?? {};
        if (responseEnd > responseStart && ++looksAfterEnd > PATIENCE)
            guarded.ended(brokeOff(url));
    }
    /** The document of the response, once it is there. No document at all is one of another origin, or an error page. */
    function readPage() {
        const page = frame?.contentDocument;
        if (!page)
            guarded.ended(unreachable(url));
        else if (page.URL !== BLANK) {
            if (!head)
                arrive(page);
            return page;
        }
        return undefined;
    }
    function arrive(page) {
        const headers = new Headers({ 'content-type': 'text/html' });
        head = { status: statusOf(page), url: page.URL, headers };
        outer.contentDocument?.close();
        if (!carriesMessages(head))
            return guarded.refused(() => conclude(page));
        if (!page.contentType.includes('html')) {
            const sentence = `${url} sent a frame ${page.contentType}, not HTML.`;
            guarded.ended({ how: 'failed', error: new EnckeError('content-type', sentence, head) });
        }
        guarded.opened(head);
        if (guarded.isLive())
            observer.observe(page, { childList: true, characterData: true, subtree: true });
    }
    /** Takes away what was looked at, so that an endless page takes no memory. */
    function sweep(records) {
        guarded.alive();
        for (const { addedNodes } of records) {
            for (const node of addedNodes)
                if (isPadding(node))
                    node.parentNode?.removeChild(node);
        }
    }
    /**
     * The call becomes text again: the format knows what it says, and nothing of the frame's is kept.
     * Arguments that are no JSON throw into the script that gave them.
     */
    function receive(name, values) {
        const page = readPage();
        if (!page || !head || !carriesMessages(head))
            return;
        guarded.text(`<script>${name}(${JSON.stringify(values).slice(1, -1)})</script>`);
        page.currentScript?.remove();
    }
    function receivePosted({ source, origin, data }) {
        const isOurs = source === frame?.contentWindow && origin === self.origin;
        if (isOurs && isEnvelope(data))
            receive(callbacks[0] ?? '', [data]);
    }
    function heedPolicy(directive, blockedUri) {
        const concernsFrames = /^(?:frame-src|form-action)$/.test(directive);
        if (!concernsFrames || !url.startsWith(blockedUri))
            return;
        // What the page asks for, or what the answer redirects to: the event is the same for both.
        guarded.ended(forbidden(directive, true));
    }
    function over() {
        const page = readPage();
        clearTimeout(timer);
        if (!guarded.isLive())
            return;
        // What the page has posted is still on its way; where no page came, so is word of the policy that forbids it.
        timer = setTimeout(() => {
            if (page)
                conclude(page);
            // Of a 204, or where WebKit (2.50) met no server: nothing else tells of them.
            else
                guarded.ended(unreachable(url));
        }, page ? 0 : LOOK);
    }
    /** A document whose response broke off is never `complete`. WebKit (2.50) takes a closed socket for the end. */
    function conclude(page) {
        const end = page.readyState === 'complete' ? COMPLETE : brokeOff(url);
        // Where the very beginning broke off there is no element yet, whatever the type says.
        const root = page.documentElement;
        if (head)
            guarded.ended(endOf(head, root?.textContent ?? '', end));
    }
}
function forbidden(directive, sent, cause) {
    return unusable(`The content security policy forbids it by ${directive}.`, sent, cause);
}
/** WebKit (2.50) does not tell the status of a frame's document; there, any page counts as 200. */
function statusOf(page) {
    return navigationOf(page)?.responseStatus || 200;
}
function navigationOf({ defaultView }) {
    return defaultView?.performance.getEntriesByType('navigation')[0];
}
/** Text in a script is none: that script may still be arriving. */
function isPadding({ nodeType, parentNode }) {
    return (nodeType === Node.TEXT_NODE || nodeType === Node.COMMENT_NODE) && parentNode?.nodeName !== 'SCRIPT';
}

// XHR streaming: the response text is read while it grows.
//
// Second to fetch: the whole text stays in memory until the end (a session opens a new one in time), Chromium and
// Firefox tell of progress at most once per 50 ms, and bytes that are not UTF-8 become U+FFFD unnoticed.
const BYTE_ORDER_MARK = '\uFEFF';
/** XHR streaming: the same by `XMLHttpRequest`, for places where `fetch` cannot stream. */
const xhrStream = /* @__PURE__ */ xhrStreamBy(openXhr);
function openXhr(request, sink) {
    const xhr = new XMLHttpRequest();
    let head; // once there is a response
    let given = 0; // characters of the text that the sink has
    let excerpt = ''; // of a refusal, kept: where the response breaks off the browser takes its text away
    const guarded = guardSink(request, sink, () => {
        xhr.abort();
    });
    xhr.onreadystatechange = xhr.onprogress = receive;
    xhr.onload = () => {
        receive();
        conclude(COMPLETE);
    };
    // Comes after `load`, too; then the end was told.
    xhr.onloadend = () => {
        conclude(brokeOff(request.url));
    };
    guarded.begin(() => {
        send(xhr, request);
    });
    return guarded.stop;
    function receive() {
        // Zero stands for no response yet, and for none any more.
        if (xhr.status === 0)
            return;
        const isNew = !head;
        head ??= readHead(xhr, request.url);
        if (carriesMessages(head))
            return giveText(head);
        if (isNew)
            guarded.refused(() => conclude(COMPLETE));
        excerpt = xhr.responseText;
        if (excerpt.length >= EXCERPT_LENGTH)
            conclude(COMPLETE);
    }
    function giveText(known) {
        guarded.opened(known);
        // A handler may have stopped, and the text is gone then.
        const chunk = xhr.responseText.slice(given);
        // The browser has taken one away, and a format takes one more: of two, the second belongs to the text.
        const isMarked = given === 0 && chunk.startsWith(BYTE_ORDER_MARK);
        given += chunk.length;
        if (chunk)
            guarded.text(isMarked ? BYTE_ORDER_MARK + chunk : chunk);
    }
    function conclude(end) {
        guarded.ended(head ? endOf(head, excerpt, end) : unreachable(request.url));
    }
}
function send(xhr, request) {
    const { method, url, headers, body, credentials, onUploadProgress } = request;
    xhr.open(method, url);
    xhr.withCredentials = credentials === 'include';
    headers.forEach((value, name) => xhr.setRequestHeader(name, value));
    // XHR has no cache mode, and `Cache-Control` would cost a preflight at another origin, also behind a redirect. So it
    // goes with the header that does so anyway: no cache may answer with what came before that id.
    if (headers.has('last-event-id') && url.startsWith(`${String(pageOrigin())}/`)) {
        xhr.setRequestHeader('cache-control', 'no-cache');
    }
    // Only where asked for: a listener there costs a preflight across origins.
    if (onUploadProgress)
        xhr.upload.onprogress = ({ loaded, total }) => onUploadProgress({ loaded, total });
    // UTF-8 whatever the server says, and no XML parser behind it; the headers stay as they came.
    xhr.overrideMimeType('text/plain; charset=utf-8');
    // No stream: a request that has one is refused.
    xhr.send(body);
}
function readHead(xhr, requestUrl) {
    const lines = xhr.getAllResponseHeaders().matchAll(/^([^:\n]+):(.*)$/gm);
    const headers = new Headers([...lines].map(([, name = '', value = '']) => [name, value]));
    return { status: xhr.status, url: xhr.responseURL || requestUrl, headers };
}

// Tells assistive technology which elements are about to change.
const BUSY = 'aria-busy';
/** How long elements may be looked up at a time, beside the commands. Milliseconds. */
const BUDGET$1 = 4;
/** Of all queues of a page: the mark of another one is nothing that the element has by itself. */
const marks = new WeakMap();
/** For the option `ariaBusy`: the targets of commands that wait get `aria-busy="true"`, until all are carried out. */
function busyMarks(options) {
    // What is wrong with a selector is told when its command is carried out.
    const select = createSelect(options, () => undefined);
    const looked = new Set(); // selectors
    const held = new Set();
    return {
        mark(commands) {
            const deadline = performance.now() + BUDGET$1;
            for (const { selector, remove = selector } of commands) {
                if (looked.has(remove))
                    continue;
                if (performance.now() > deadline)
                    return;
                looked.add(remove);
                for (const element of find(remove)) {
                    const mark = marks.get(element) ?? createMark(element);
                    mark.put(held);
                    held.add(mark);
                }
            }
        },
        clear() {
            for (const mark of held)
                mark.leave(held);
            held.clear();
            looked.clear();
        },
    };
    function find(selector) {
        try {
            return select(selector);
        }
        catch {
            return [];
        }
    }
}
function createMark(element) {
    const holders = new Set();
    // What a command or the page sets in the meantime is what the element has without the mark, be it the same word.
    const observer = new MutationObserver(read);
    let value; // without the mark
    read();
    observer.observe(element, { attributeFilter: [BUSY] });
    const mark = {
        put(holder) {
            takeOver();
            holders.add(holder);
            element.setAttribute(BUSY, 'true');
            // That was no other.
            observer.takeRecords();
        },
        leave(holder) {
            holders.delete(holder);
            if (holders.size > 0)
                return;
            takeOver();
            observer.disconnect();
            marks.delete(element);
            if (value === null)
                element.removeAttribute(BUSY);
            else
                element.setAttribute(BUSY, value);
        },
    };
    marks.set(element, mark);
    return mark;
    function takeOver() {
        if (observer.takeRecords().length > 0)
            read();
    }
    function read() {
        value = element.getAttribute(BUSY);
    }
}

// Which commands make an earlier one superfluous.
const PLAIN_ID = /^#[\w-]+$/;
/**
 * HTML that reaches beyond its target: by ids or custom elements, by scripts or handlers, or because a choice
 * in it undoes another one (`name` of radio buttons, `selected`).
 */
const FAR_REACHING = /[\s"'/](?:id|is|name|on\w+)\s*=|\bselected\b|<(?:script|[a-z][^\s/>]*-)/i;
/** Attributes that take any plain value, and change nothing but themselves. */
const SIMPLE = /^(?:class|className|title|alt|placeholder|tab[iI]ndex)$/;
/** Those that change nothing else either, but come and go, or refuse a value. */
const FICKLE = /^(?:value|hidden|disabled|max[lL]ength|(?:aria|data)-.+)$/;
/** Relative to the present value; or a removal, after which the declaration would come back in another place. */
const NOT_ABSOLUTE = /^\s*(?:[+-]=|$)/;
/** To parse a declaration takes longer than to remember it; how many are. */
const MOST_KNOWN = 1_000;
/**
 * Names html, attr and css after what they write, so that a later one takes the place of an earlier one where the page
 * ends up the same without it. That needs ids that are unique, and between the two only commands that
 *
 * - write to what a plain `#id` names, and read nothing;
 * - bring no id, and change none: so elements with an id only ever go, and what was written to them goes with them;
 * - overwrite, the later one, all that the earlier one wrote.
 *
 * What only keeps to the first two is named `''`. Any other command has no name: it separates those before it from those
 * behind.
 */
function nameOf$1(command, ownVerbs = {}) {
    const { type, selector } = command;
    if (typeof selector !== 'string' || !PLAIN_ID.test(selector) || Object.hasOwn(ownVerbs, type))
        return undefined;
    return Object.hasOwn(NAMES, type) ? NAMES[type]?.(command, selector) : undefined;
}
const NAMES = {
    html: ({ html, setType }, selector) => setType === 'replace' && isPlain(html) && !FAR_REACHING.test(String(html)) ? selector : undefined,
    attr({ key, value, setType }, selector) {
        if (setType !== 'replace' || typeof key !== 'string')
            return undefined;
        if (SIMPLE.test(key) && isPlain(value))
            return `${selector} ${key}`;
        return FICKLE.test(key) ? '' : undefined;
    },
    css({ key, value }, selector) {
        if (typeof key !== 'string' || typeof value !== 'string')
            return '';
        if (NOT_ABSOLUTE.test(value))
            return undefined;
        return isValid(key, value) ? `${selector} ${key}` : '';
    },
};
function isPlain(value) {
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
/** Whether it overwrites anything: a declaration that cannot be parsed is passed over. */
function isValid(key, value) {
    const declaration = `${key}:${value}`;
    if (!known.has(declaration)) {
        if (known.size === MOST_KNOWN)
            known.clear();
        known.set(declaration, CSS.supports(key.replace(/[A-Z]/g, '-$&'), value));
    }
    return known.get(declaration) === true;
}
const known = new Map(); // whether a declaration is valid

// Commands that wait, of which a later one takes the place of an earlier one.
/** How long commands are looked at when they come, in milliseconds. */
const BUDGET = 4;
/** How many are looked at whenever one leaves. */
const LOOKS$1 = 20;
/**
 * For the option `coalesce`: a later html, attr or css command takes the place of a waiting one with the same target
 * and key, if the page ends up the same. With `beforeApply` it leaves out nothing: a command that is skipped must not have
 * driven out another.
 */
function coalesceByTarget({ beforeApply, verbs }) {
    const unseen = createLine(); // came behind all in the ring, and have not been looked at
    if (beforeApply)
        return unseen;
    const latest = new Map(); // of each name, since the last command without one
    const end = {}; // closes the ring: behind it is the first, before it the last
    let came = 0;
    let size = 0; // of the ring
    clear();
    return {
        get size() {
            return size + unseen.size;
        },
        get came() {
            return came;
        },
        get first() {
            return end.behind === end ? came - unseen.size : end.behind.number;
        },
        add(commands, most) {
            const deadline = performance.now() + BUDGET;
            let refused = 0;
            look(Infinity, deadline);
            for (const command of commands) {
                const room = size + unseen.size < most;
                if (unseen.size === 0 && performance.now() < deadline) {
                    if (enter(command, came, room))
                        came++;
                    else
                        refused++;
                }
                else if (room)
                    came += 1 - unseen.add([command], most);
                else
                    refused++;
            }
            return refused;
        },
        take() {
            look(LOOKS$1, Infinity);
            const first = end.behind;
            if (first === end)
                return undefined;
            remove(first);
            if (first.name && latest.get(first.name) === first)
                latest.delete(first.name);
            return first.command;
        },
        clear,
        peek(count) {
            const commands = [];
            for (let link = end.behind; link !== end && commands.length < count; link = link.behind)
                commands.push(link.command);
            return commands;
        },
    };
    /** Moves into the ring what has not been looked at. */
    function look(most, deadline) {
        for (let looks = 0; looks < most && unseen.size > 0 && performance.now() < deadline; looks++) {
            const number = came - unseen.size;
            const command = unseen.take();
            if (command)
                enter(command, number, true);
        }
    }
    /** Puts one at the end of the ring, if there is room or it takes the place of another. */
    function enter(command, number, room) {
        const name = nameOf$1(command, verbs);
        const earlier = name ? latest.get(name) : undefined;
        if (earlier && !earlier.stays)
            remove(earlier);
        else if (!room)
            return false;
        // By the first a declaration has its place among the others.
        const stays = !earlier && command.type === 'css';
        const link = { command, number, name, stays, before: end.before, behind: end };
        end.before = end.before.behind = link;
        size++;
        if (name)
            latest.set(name, link);
        else if (name === undefined)
            latest.clear();
        return true;
    }
    function remove({ before, behind }) {
        before.behind = behind;
        behind.before = before;
        size--;
    }
    function clear() {
        unseen.clear();
        latest.clear();
        end.before = end.behind = end;
        size = 0;
    }
}

// What a form's fields hold, nested as their names say: what Sijax's `getFormValues` gives.
const FIELDS = 'input, textarea, select';
/** `a[b][c]`, `a[]`. What stands before and between the brackets are the keys. */
const NESTED = /^(\w+)\[(.*?)\]$/;
/** Names that reach beyond a plain object wherever the values may be copied to. */
const REFUSED = new Set(['__proto__', 'constructor', 'prototype']);
/**
 * Gives the values of every input, textarea and select inside an element, a list of elements, or what a selector
 * names. `a[b]` lies under `a` as `b`, `a[]` adds to the list `a`; of fields with the same name the last counts.
 *
 * Fields that are disabled, nameless or badly named are left out, and so are unchecked boxes. Buttons are in.
 *
 * @throws EnckeError `selector` when it cannot be parsed.
 */
function formValues(root) {
    const values = emptyValues();
    const fields = [...rootsOf(root)].flatMap((parent) => [...parent.querySelectorAll(FIELDS)]);
    // A root inside of another one would bring its fields twice.
    for (const field of new Set(fields))
        if (counts(field))
            put(values, keysOf(field.name), valueOf(field));
    return values;
}
function rootsOf(root) {
    // A form is iterable, too.
    if (typeof root !== 'string')
        return 'querySelectorAll' in root ? [root] : root;
    try {
        return document.querySelectorAll(root);
    }
    catch (cause) {
        throw new EnckeError('selector', `"${root}" is not a selector.`, { cause });
    }
}
function counts(field) {
    if (field.matches(':disabled') || keysOf(field.name).some((key) => REFUSED.has(key)))
        return false;
    // The attribute as it is written, as the original asks for it: `type="CHECKBOX"` counts checked or not.
    const isBox = field.localName === 'input' && /^(?:checkbox|radio)$/.test(field.getAttribute('type') ?? '');
    return !isBox || field.checked;
}
/** As jQuery's `val()` gives it. */
function valueOf(field) {
    if (!('selectedOptions' in field))
        return field.value.replaceAll('\r', '');
    const chosen = [...field.selectedOptions].filter((option) => !option.matches(':disabled'));
    const values = chosen.map(({ value }) => value);
    return field.multiple ? values : (values[0] ?? null);
}
/** None for a name that says nothing; the last one is `''` where the value is added to a list. */
function keysOf(name) {
    if (!name.includes('['))
        return name ? [name] : [];
    const [, first, rest = ''] = NESTED.exec(name) ?? [];
    return first === undefined ? [] : [first, ...rest.split('][')];
}
/** Where another field's value stands in the way, this one is left out. */
function put(place, keys, value) {
    const [key, ...rest] = keys;
    if (isAddition(keys)) {
        if (Array.isArray(place))
            place.push(value);
    }
    else if (key !== undefined && canHold(place, key)) {
        if (rest.length === 0)
            place[key] = value;
        else {
            // Not `??=`: the null of a select stands in the way like any other value.
            if (place[key] === undefined)
                place[key] = isAddition(rest) ? [] : emptyValues();
            put(place[key], rest, value);
        }
    }
}
function isAddition(keys) {
    return keys.length === 1 && keys[0] === '';
}
/** A list has places by number, and nothing else that JSON could say. */
function canHold(place, key) {
    return typeof place === 'object' && place !== null && (!Array.isArray(place) || /^\d+$/.test(key));
}
function emptyValues() {
    return Object.create(null);
}

// What someone is doing in a part of the page survives that this part is written anew.
/**
 * For the option `preserve`: where inserted HTML puts an element in the place of another one of the same id, it takes
 * over the focus, what is selected in it (of inputs and textareas), and how far it is scrolled.
 *
 * It asks for scroll positions, for which browsers lay out the page before each insertion.
 */
function keepFocus(targets) {
    const restores = targets.flatMap((target) => {
        const { activeElement } = target.getRootNode(); // a tree outside of the page has none
        const scrolled = [...target.querySelectorAll('[id]')].filter(isScrolled);
        return [
            ...(activeElement && target.contains(activeElement) ? [keepActive(target, activeElement)] : []),
            ...scrolled.map((element) => keepScroll(target, element)),
        ];
    });
    return () => {
        for (const restore of restores)
            restore();
    };
}
function keepActive(target, active) {
    const { selectionStart, selectionEnd, selectionDirection } = active;
    return () => {
        const heir = heirOf(target, active);
        heir?.focus({ preventScroll: true });
        // Both are `null` or absent where there is no text to select in.
        if (typeof selectionStart !== 'number' || typeof heir?.selectionStart !== 'number')
            return;
        heir.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? undefined);
    };
}
function isScrolled({ scrollTop, scrollLeft }) {
    return scrollTop !== 0 || scrollLeft !== 0;
}
function keepScroll(target, element) {
    const { scrollTop, scrollLeft } = element;
    return () => {
        const heir = heirOf(target, element);
        if (heir)
            Object.assign(heir, { scrollTop, scrollLeft });
    };
}
/** None for an element that is still there, as all are where HTML was put before or behind. */
function heirOf(target, element) {
    // Not the property: a field named `id` hides that of its form.
    const id = element.getAttribute('id');
    if (target.contains(element) || !id)
        return null;
    return [...target.querySelectorAll('[id]')].find((other) => other.getAttribute('id') === id) ?? null;
}

// The browser's own sanitizer.
/**
 * For the option `sanitize`: what the browser's `Element.setHTML` leaves of HTML, which is nothing that could run.
 *
 * @throws EnckeError `unusable` where the browser has none.
 */
const nativeSanitizer = (html, target) => parseHtml(html, target, setHtml);
function setHtml(place, html) {
    if (place.setHTML)
        return place.setHTML(html);
    throw new EnckeError('unusable', 'This browser has no Element.setHTML: give "sanitize" a sanitizer of your own.');
}

// What a tab that follows hears of the stream: its cursor goes along, and each message comes once.
function createHearing({ cursor, target }, listener) {
    const delivered = target.options.replays === 'drop' ? (cursor.delivered ??= createDelivered()) : undefined;
    let place = delivered?.connect();
    return {
        begin() {
            place = delivered?.connect();
        },
        state(id) {
            cursor.id = id;
            place?.stated();
        },
        take(message) {
            if (!place?.isReplay(message, cursor.id))
                listener.message(message);
        },
    };
}

// The lock that decides which tab leads.
/** How often the tab that heard the end looks whether others wait for the lock, each time a way to the browser and back. */
const LOOKS = 100;
/** To ask throws where the browser has no locks. */
function createTabLock({ navigator }, name, listener) {
    let awaited; // what was asked for last
    let release; // lets it go
    return {
        ask(steal = false) {
            awaited?.abort();
            const { signal } = (awaited = new AbortController());
            const granted = () => {
                if (signal.aborted)
                    return undefined;
                const held = new Promise((resolve) => (release = resolve));
                listener.granted();
                return held;
            };
            // [spec: Web Locks] `steal` and `signal` exclude each other.
            navigator.locks.request(name, steal ? { steal } : { signal }, granted).catch((error) => {
                if (signal.aborted)
                    return;
                if (error.name === 'AbortError')
                    listener.stolen();
                else
                    listener.refused(error);
            });
        },
        leave(whenHeard) {
            const free = release;
            release = undefined;
            awaited?.abort();
            if (free && whenHeard)
                void freeWhenHeard(free);
            else
                free?.();
        },
    };
    /** Lets the lock go when nobody waits for it any longer: who were granted it before it hears the end would ask the server once more. */
    async function freeWhenHeard(free) {
        for (let look = 0; look < LOOKS; look++) {
            const { pending } = await navigator.locks.query().catch(() => ({ pending: [] }));
            if (!pending?.some((lock) => lock.name === name))
                break;
        }
        free();
    }
}

// What a tab tells its own listener of the connection that all tabs share, whoever runs it.
function createMirror({ cursor, house }, listener) {
    const { tell } = listener;
    let last = {
        state: 'connecting',
        previous: 'connecting',
        reason: '',
        attempt: 0,
        transport: '',
    };
    let transport = '';
    let wasOpen = false;
    let missedAfter; // the last event id when it left the stream, until that is told
    const mirror = {
        refusals: [],
        get last() {
            return last;
        },
        get transport() {
            return transport;
        },
        get wasOpen() {
            return wasOpen;
        },
        standing: (id) => ({ ...last, transport, id, isNew: !wasOpen }),
        become,
        move: (state, reason, error) => become({ ...last, state, reason, error, retryIn: undefined }),
        turnTo(change) {
            if (change.to === transport)
                return;
            transport = change.to;
            tell('transport', { ...change, refusals: [...mirror.refusals, ...change.refusals] });
        },
        hear(what, value) {
            if (what === 'transport')
                mirror.turnTo(value);
            else if (what !== 'state') {
                // Whoever leads next asks where the answer came from.
                if (what === 'head')
                    answeredFrom(cursor, value.url, house.environment.origin());
                tell(what, value);
            }
            else if (value.state !== 'closed') {
                // The end has a word of its own.
                become(value);
            }
        },
        miss(id) {
            wasOpen = true;
            missedAfter ??= id;
        },
        earlier() {
            const gap = takeGap() !== undefined ? 'suspended' : wasOpen && cursor.id === '' ? 'no-ids' : undefined;
            return { wasOpen, gap };
        },
        isClosed,
    };
    return mirror;
    function become(change) {
        const { state: previous } = last;
        if (isClosed() || change.state === previous)
            return;
        if (previous === 'open' && change.state === 'connecting') {
            become({ ...change, state: 'waiting', retryIn: 0 });
            return become(change);
        }
        last = { ...change, previous };
        wasOpen ||= change.state === 'open';
        tell('state', last);
        if (change.state !== 'open' || isClosed())
            return;
        const lastEventId = takeGap();
        if (lastEventId !== undefined)
            tell('resync', { reason: 'suspended', lastEventId });
    }
    function takeGap() {
        const gap = missedAfter;
        missedAfter = undefined;
        return gap;
    }
    /** A function, so that the compiler forgets what it knew of `last` before a handler ran. */
    function isClosed() {
        return last.state === 'closed';
    }
}

// What tabs say to one another.
/** Tabs of another version are no tabs of ours. */
const VERSION = 1;
/** Of the lock and the channel of those who want the same. */
function nameOf({ url, options }) {
    return `encke:${String(VERSION)}:${hashOf(tabsKey(url, options))}`;
}
/** Of what a leader passes on, that which followers take as it is. */
const WORDS = /^(?:state|transport|head|error|resync|closed)$/;
/** Headers and errors become data that can be cloned; a cause that is an error of another kind becomes its text. */
function pack(value) {
    return JSON.stringify(value, (_, member) => {
        if (member instanceof Headers)
            return [...member];
        if (member instanceof EnckeError)
            return Object.assign({}, member, { message: member.message });
        return member instanceof Error ? String(member) : member;
    });
}
function unpack(text) {
    return JSON.parse(text, (name, member) => {
        if (name === 'headers')
            return new Headers(member);
        const { code, message, ...details } = Object(member);
        return code && /^(error|cause|)$/.test(name) ? new EnckeError(code, String(message), details) : member;
    });
}

// The channel by which tabs talk. What goes over it: words.ts.
function createTabChannel({ BroadcastChannel }, name, me, hear) {
    let channel;
    let stated; // the last event id, until it is passed on
    return {
        me,
        open() {
            channel = new BroadcastChannel(name);
            channel.onmessage = ({ data }) => {
                const { what, value } = data;
                hear({ ...data, value: what === 'message' ? value : unpack(value) });
            };
        },
        close() {
            channel?.close();
            channel = undefined;
        },
        post,
        pass,
        state(id) {
            stated = id;
            queueMicrotask(() => {
                if (stated !== undefined)
                    pass('id');
            });
        },
    };
    function pass(what, value) {
        const id = stated;
        stated = undefined;
        post(what, value, id);
    }
    function post(what, value = null, id) {
        // What a format of one's own makes of a message need not be something that can be cloned.
        call$1(() => {
            channel?.postMessage({ from: me, what, value: what === 'message' ? value : pack(value), id });
        }, undefined);
    }
}

// One connection for all tabs that want the same: one tab leads, and tells the others what comes.
//
// Law 1: who holds the lock leads, and nobody else. It runs the session, with the cursor of its own tab.
// Law 2: the others believe the tab that announced itself last, until it says that it has left. Each moves a cursor of
//        its own and remembers what it delivered. So whoever leads next goes on from where it is itself, and what the
//        others have heard beyond that is a replay to them, as after any reconnection.
// Law 3: a page that is put away or frozen leaves. A lock keeps a page out of the back/forward cache, and a frozen page
//        that were granted one would lead without moving.
// Law 4: who joins, becomes visible, or loses its leader asks for a sign of life. Where none comes within a second, it
//        takes the lock by force. The one that had it learns so from the browser, when its code runs again, and follows.
// What browsers do with locks of pages that are frozen or put away: docs/sharing.md.
/** How long the leading tab may take to give a sign of life. Milliseconds. */
const SIGN_OF_LIFE = 1_000;
const REFUSAL = 'share: "tabs" needs Web Locks and BroadcastChannel';
/** Has one tab at a time run the session, and the others mirror it. */
function joinTabs(plan, listener, start) {
    const { cursor, target, house } = plan;
    const { environment } = house;
    const page = pageOf(environment);
    const apis = environment.tabs ?? globalThis;
    const name = nameOf(target);
    const names = new Set(); // of events that any tab listens for
    const mirror = createMirror(plan, listener);
    const { become, move, isClosed } = mirror;
    const hearing = createHearing(plan, listener);
    let returnsBy; // while it is put away or frozen
    const channel = createTabChannel(apis, name, 1 + environment.random(), hear);
    const { post } = channel;
    const note = (detail) => listener.tell('note', ['share', detail]);
    const lock = createTabLock(apis, name, {
        granted: lead,
        stolen: () => restart('another tab has taken the lead'),
        refused: connectAlone,
    });
    let session; // while this tab leads
    let leader; // whose word counts; null when it has left
    let stopTimer; // of the wait for a sign of life
    const leading = {
        // `ready` of this tab alone: one that is slow elsewhere does not hold the network.
        ...listener,
        eventNames: () => [...listener.eventNames(), ...names],
        // To the others, and then to this tab, whose handlers may close it.
        tell(what, value) {
            if (what === 'note')
                return listener.tell(what, value);
            if (!session)
                return;
            if (what === 'head')
                leader = channel.me;
            channel.pass(what, value);
            hearOf(what, value);
        },
        message(message) {
            if (!session)
                return;
            channel.pass('message', message);
            listener.message(message);
        },
        id: (id) => session && channel.state(id),
    };
    const standing = () => ({ ...mirror.standing(cursor.id), names: leading.eventNames() });
    const stopWatching = page.watch(heed);
    // As a session does: what is closed in the same task asks for nothing.
    queueMicrotask(join);
    return {
        get state() {
            return mirror.last.state;
        },
        get transport() {
            return mirror.transport;
        },
        get lastEventId() {
            return cursor.id;
        },
        get attempt() {
            return session?.attempt ?? mirror.last.attempt;
        },
        reconnect() {
            post('reconnect');
            session?.reconnect();
        },
        listen() {
            post('hello', listener.eventNames());
            session?.listen();
        },
        close(reason, error, truncated) {
            finish({ reason, error, truncated });
        },
    };
    function join() {
        if (isClosed() || returnsBy)
            return;
        // Locks and channels of a page that nobody sees yet wait, and their silence would pass for that of a tab that hangs.
        if (page.isPrerendered?.()) {
            returnsBy = 'activated';
            return;
        }
        try {
            channel.open();
            lock.ask();
            ask();
        }
        catch (error) {
            connectAlone(error);
        }
    }
    /** Asks for a sign of life of whoever leads. */
    function ask() {
        post('hello', listener.eventNames());
        stopTimer?.();
        stopTimer = environment.setTimer(() => {
            note('the leading tab gives no sign of life');
            lock.ask(true);
        }, SIGN_OF_LIFE);
    }
    function lead() {
        stopTimer?.();
        note('this tab leads');
        move('connecting', 'this tab leads');
        if (isClosed())
            return;
        post('lead', standing());
        session = start({ ...plan, earlier: mirror.earlier() }, leading);
    }
    function connectAlone(error) {
        note(`${REFUSAL}: ${String(error)}`);
        mirror.refusals = [REFUSAL];
        leave();
        lead();
    }
    function heed(event) {
        // A session of its own heeds for itself.
        if (mirror.refusals.length > 0)
            return;
        if (event === 'stored' || (event === 'frozen' && !returnsBy)) {
            returnsBy = event === 'stored' ? 'restored' : 'resumed';
            leave();
            move('waiting', `the page is ${event}`);
        }
        else if (event === returnsBy) {
            returnsBy = undefined;
            if (event === 'activated')
                join();
            else
                restart(`the page is ${event}`);
        }
        else if (event === 'visible' && !session && !returnsBy)
            ask();
    }
    function restart(reason) {
        leave();
        leader = undefined;
        if (mirror.wasOpen)
            mirror.miss(cursor.id);
        move('connecting', reason);
        join();
    }
    /** @param isDone whether a message has ended it, which the others hear as well */
    function leave(isDone = false) {
        const own = session;
        session = undefined;
        if (own)
            post('left');
        stopTimer?.();
        channel.close();
        lock.leave(isDone || own?.state === 'closed');
        own?.close('user');
    }
    function hear(envelope) {
        const { from, what, value } = envelope;
        if (what === 'hello') {
            for (const event of value)
                names.add(event);
            session?.listen();
            if (session)
                post('here', standing());
        }
        else if (what === 'reconnect') {
            session?.reconnect();
        }
        else if (session) {
            // Who led before may have heard the end while it let the lock go.
            if (what === 'closed' && from === leader)
                leading.tell('closed', value);
            if (what === 'known')
                goOnFrom(value);
        }
        else {
            const isNext = what === 'lead' && leader !== undefined;
            const isNews = what === 'lead' || (what === 'here' && !leader);
            if (isNews)
                follow(from, isNext, value);
            if (from === leader)
                believe(envelope);
        }
    }
    /** @param isNext whether it leads after one that was followed to the end, so that nothing is missed */
    function follow(from, isNext, { id, names: heard, isNew, ...change }) {
        note('another tab leads');
        for (const event of heard)
            names.add(event);
        const wasLeft = mirror.wasOpen && (isNew || !isNext);
        const hasGap = cursor.id === '' ? wasLeft : cursor.id !== id && (wasLeft || !isNext);
        if (hasGap)
            mirror.miss(cursor.id);
        if (!isNext)
            cursor.id = id;
        else if (hasGap && cursor.id !== '')
            post('known', cursor.id);
        hearing.begin();
        leader = from;
        if (change.transport !== '')
            mirror.turnTo({ to: change.transport, refusals: [] });
        become(change);
    }
    /** This tab leads and has heard of none that led before: others know how far those came. */
    function goOnFrom(id) {
        if (mirror.wasOpen || cursor.id === id)
            return;
        if (cursor.id !== '')
            mirror.miss(cursor.id);
        cursor.id = id;
        session?.reconnect();
    }
    function believe({ what, value, id }) {
        stopTimer?.();
        if (id !== undefined)
            hearing.state(id);
        if (what === 'left') {
            leader = null;
            ask();
        }
        else if (what === 'message')
            hearing.take(value);
        else if (WORDS.test(what))
            hearOf(what, value);
    }
    function hearOf(what, value) {
        if (what === 'closed')
            finish(value);
        else
            mirror.hear(what, value);
    }
    function finish(closed) {
        if (isClosed())
            return;
        const { reason, error } = closed;
        leave(reason === 'done');
        stopWatching();
        move('closed', error?.message ?? reason, error);
        listener.tell('closed', closed);
    }
}

// One connection for all tabs of the origin that want the same.
/** Part of a client. Equal subscriptions of all tabs use one connection. */
const tabs = /* @__PURE__ */ tabsBy(joinTabs);

// Durable Streams: one offset through plain reads, long polls and event streams.
//
// What a response brings is held until its offset is known, in a header or in the event `control` that follows. So a
// response that breaks off has delivered nothing that the next one sends again.
/** A stream of Durable Streams whose content is JSON: each value is a message. */
const durableStreams = /* @__PURE__ */ conventionOf((data) => {
    const list = parsed(data);
    return Array.isArray(list) ? list : undefined;
});
/** A stream of Durable Streams whose content is text: it comes in pieces. */
const durableTextStreams = /* @__PURE__ */ conventionOf((data) => [data]);
const UNREADABLE = 'An event of the stream is no list of JSON. It was skipped.';
/** The offset before the first message. */
const START = '-1';
/** @param contentOf - what an event of a stream holds; `undefined` where it cannot be read */
function conventionOf(contentOf) {
    return {
        param: 'offset',
        queryOnly: true,
        plain: true,
        session: (inside) => speak(inside, contentOf),
    };
}
function speak({ target, cursor }, contentOf) {
    /** What the server wants to hear again, so that a cache answers all who wait by one answer. */
    let shared;
    return {
        request: (next) => async (transport) => {
            // `live` says it. Not a copy: a transport may have getters.
            const silent = Object.create(transport, { namesItself: { value: false } });
            const request = await next(silent);
            const url = new URL(request.url);
            if (!cursor.id)
                setParam(url, 'offset', START);
            if (!target.once && transport.rhythm !== 'interval') {
                setParam(url, 'live', transport.rhythm === 'stream' ? 'sse' : 'long-poll');
                if (shared)
                    setParam(url, 'cursor', shared);
            }
            return { ...request, url: url.href, events: [...request.events, 'data', 'control'] };
        },
        turn: (next) => (transport, listener) => {
            let live = true;
            let id = cursor.id;
            let held = []; // what came since that id
            let headers;
            let areEvents = false;
            let size = 0; // characters so far
            const stopTurn = next(transport, {
                ...listener,
                opened(head) {
                    ({ headers } = head);
                    // A browser that shows no headers has found an event stream.
                    areEvents = !headers || isEventStream(head);
                    listener.opened(head);
                    if (live && !id)
                        listener.id((id = START));
                    if (headers?.get('stream-sse-data-encoding')) {
                        const sentence = 'The stream is binary. encke reads streams of JSON and of text.';
                        end({ how: 'failed', error: new EnckeError('content-type', sentence, head) });
                    }
                },
                // No other ids count than the offsets.
                id: () => undefined,
                message({ event, data }) {
                    if (!areEvents)
                        held.push(data);
                    else if (event === 'control')
                        takeControl(String(data));
                    else if (event === 'data')
                        takeData(String(data));
                },
                alive(more, at) {
                    size += more;
                    listener.alive(more, at);
                },
                ended(how, response) {
                    const answer = how.how === 'status' ? how.head.headers : headers;
                    if (answer &&
                        (how.how === 'complete'
                            ? isWhole(how.truncated)
                            : how.how === 'status' && how.head.status === 204)) {
                        shared = answer.get('stream-cursor') ?? shared;
                        reach(answer.get('stream-next-offset'), answer.has('stream-closed'));
                    }
                    if (live)
                        listener.ended(how, response);
                },
            });
            return stop;
            function stop() {
                live = false;
                stopTurn();
            }
            /**
             * Some engines take a cut between two chunks for the end: half a list is no JSON, and neither is nothing, unless it
             * stands for nothing.
             */
            function isWhole(isTruncated = false) {
                const mayBeEmpty = contentOf('') ?? headers?.get('stream-next-offset') === id;
                return !areEvents && !isTruncated && (size > 0 || Boolean(mayBeEmpty));
            }
            function takeData(data) {
                const content = contentOf(data);
                if (content)
                    held.push(...content);
                else
                    listener.problem(unreadable('malformed', UNREADABLE, data));
            }
            function takeControl(data) {
                const control = (parsed(data) ?? {});
                const { streamNextOffset: offset, streamCursor } = control;
                const isClosed = control.streamClosed === true;
                if (typeof streamCursor === 'string')
                    shared = streamCursor;
                // What states no offset is of no use: what is held waits for one that does.
                if (typeof offset === 'string')
                    reach(offset, isClosed);
                else if (isClosed)
                    reach(null, true);
            }
            /** All until this offset is there. */
            function reach(offset, isClosed = false) {
                const all = held;
                held = [];
                all.forEach((data, index) => {
                    // Whoever goes on after a message that is not the last of its answer must ask for that answer again.
                    if (index === all.length - 1)
                        goTo(offset);
                    if (live)
                        listener.message({ event: 'message', data, id });
                });
                goTo(offset);
                // What ends a stream, and a poll.
                if (live && isClosed)
                    end({ how: 'status', head: { status: 205, url: '' }, body: '' });
            }
            function goTo(offset) {
                if (live && offset && offset !== id)
                    listener.id((id = offset));
            }
            function end(how) {
                if (!live)
                    return;
                stop();
                listener.ended(how, { elapsed: 0, isWhole: false });
            }
        },
    };
}
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

// Every part, and all of them at once.
/** Every part, for `composeClient` and `createClient`. */
const allParts = /* @__PURE__ */ everyPartWith(tabs);
/**
 * Makes a client that has every part, unless `parts` names those that it is to have. A bundle then holds them all the
 * same: `composeClient` leaves out what is not named.
 *
 * @throws EnckeError `invalid-option`
 */
function createClient(given) {
    return composeClient({ ...given, parts: given.parts ?? allParts });
}

export { rotation as $, credentials as A, crowd as B, durableStreams as C, DEFAULTS as D, EnckeError as E, durableTextStreams as F, eventSource as G, exchange as H, fallBack as I, formValues as J, gaps as K, htmlFile as L, iframe as M, keepFocus as N, longPolling as O, loops as P, mercure as Q, mercure1 as R, nativeSanitizer as S, nchan as T, nonceScripts as U, pageLife as V, polling as W, redirects as X, refuseScripts as Y, replays as Z, resume as _, unusable as a, nextBelow as a$, settledState as a0, sharing as a1, tabs as a2, trace as a3, truncated as a4, watchdog as a5, xhrStream as a6, yaffle as a7, nothing as a8, call$1 as a9, createDelivered as aA, answeredFrom as aB, hashOf as aC, tabsKey as aD, guardSink as aE, COMPLETE as aF, trustedHtml as aG, CODE_TYPE as aH, mediaTypeOf as aI, POLICY as aJ, WINDOW_PREFIX as aK, onPolicyViolation as aL, brokeOff as aM, carriesMessages as aN, isEnvelope as aO, endOf as aP, EXCERPT_LENGTH as aQ, createScriptCallDecoder as aR, tooLarge as aS, malformed as aT, inWords as aU, parseLiteral as aV, unreadable as aW, NOTHING as aX, statusError as aY, firstOf as aZ, thenable as a_, refuseUnknown as aa, refuse as ab, resolveUrl as ac, baseUrl as ad, pageOrigin as ae, readText as af, tagOf as ag, isStream as ah, meaningOfStatus as ai, utf8Bytes as aj, isEventStream as ak, setTimer as al, pageOf as am, retryDelay as an, readRetryAfter as ao, MAX_RETRY_DELAY as ap, RETRY_DELAY as aq, SETTLED_AFTER as ar, ask as as, percentDecoded as at, setParam as au, hintOn as av, openFetch as aw, notBuilt as ax, createPageTurn as ay, errorOf as az, eventStream as b, stepTo as b0, startDeadline as b1, shownUrl as b2, createQueueTaker as b3, whole as b4, allReady as b5, hasCredentials as b6, formatsFor as b7, pickFormat as b8, utf8Decoder as b9, isJson as ba, browserEnvironment as bb, composeClient as c, json as d, eventSourceBy as e, text as f, fetchStream as g, htmlFileBy as h, iframeBy as i, jsonLines as j, everyPartWith as k, longPoll as l, allParts as m, allowScripts as n, bodies as o, poll as p, busyMarks as q, check as r, scriptTags as s, tabsBy as t, unreachable as u, coalesceByTarget as v, commandQueue as w, xhrStreamBy as x, conventions as y, createClient as z };
//# sourceMappingURL=shared-index.js.map
