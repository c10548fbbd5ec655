import { aE as guardSink, aF as COMPLETE, u as unreachable, E as EnckeError, aG as trustedHtml, aH as CODE_TYPE, aw as openFetch, aI as mediaTypeOf, a as unusable, aJ as POLICY, aK as WINDOW_PREFIX, aL as onPolicyViolation, aM as brokeOff, aN as carriesMessages, aO as isEnvelope, aP as endOf, aQ as EXCERPT_LENGTH, ae as pageOrigin } from './shared-index.js';

// The browser's own EventSource, for one connection only.
//
// It is closed at its first error: browsers differ in when and whether they reconnect, and the session decides.
// It sees no status, no header and no comment, and only events whose names it was told.
/** What performance entries call the initiator: Chromium and Firefox `other`, WebKit `eventsource`. */
const OWN = /^(?:other|eventsource)$/;
/** Too Many Requests, and what gateways answer, and servers that are busy. */
const COME_LATER = /^(?:429|50[234])$/;
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

export { openEventSource, openHtmlFile, openIframe, openXhr };
//# sourceMappingURL=rare.js.map
