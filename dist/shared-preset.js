import { t as tabsBy, x as xhrStreamBy, e as eventSourceBy, h as htmlFileBy, i as iframeBy, u as unreachable, a as unusable, c as composeClient, b as eventStream, j as jsonLines, d as json, s as scriptTags, f as text, g as fetchStream, l as longPoll, p as poll, k as everyPartWith } from './shared-index.js';

// The same for a client that does not hold its code: it is loaded when a connection asks for it.
//
// A file that cannot be loaded is like Web Locks that are not there: the tab connects for itself, and says why.
const REFUSAL = 'share: "tabs" needs a file that could not be loaded';
const tabs = /* @__PURE__ */ tabsBy(joinLater);
function joinLater(...[plan, listener, start]) {
    const { cursor } = plan;
    let session = waiting(listener, cursor);
    const begin = (join, heard) => {
        // What was closed meanwhile never begins.
        if (session.state !== 'closed')
            session = join(plan, heard, start);
    };
    load$1().then((joinTabs) => {
        begin(joinTabs, listener);
    }, (cause) => {
        listener.tell('note', ['share', `${REFUSAL}: ${String(cause)}`]);
        begin(start, { ...listener, tell: refusing(listener.tell) });
    });
    return {
        get state() {
            return session.state;
        },
        get transport() {
            return session.transport;
        },
        get lastEventId() {
            return cursor.id;
        },
        get attempt() {
            return session.attempt;
        },
        reconnect() {
            session.reconnect();
        },
        listen() {
            session.listen();
        },
        close(...end) {
            session.close(...end);
        },
    };
}
/** A session that has not begun. */
function waiting({ tell }, { id }) {
    let state = 'connecting';
    return {
        get state() {
            return state;
        },
        transport: '',
        lastEventId: id,
        attempt: 0,
        // Both come by themselves when it begins.
        reconnect: () => undefined,
        listen: () => undefined,
        close(reason, error, truncated) {
            if (state === 'closed')
                return;
            const previous = state;
            state = 'closed';
            tell('state', { state, previous, reason: error?.message ?? reason, attempt: 0, transport: '', error });
            tell('closed', { reason, error, truncated });
        },
    };
}
function refusing(tell) {
    return (what, value) => {
        if (what !== 'transport')
            return tell(what, value);
        const { refusals, ...change } = value;
        tell('transport', { ...change, refusals: [REFUSAL, ...refusals] });
    };
}
async function load$1() {
    return (await import('./join-tabs.js')).joinTabs;
}

// The rare carriers for a client that does not hold their code: it is loaded when one of them is opened.
//
// Each names itself, refuses and behaves as the one that holds its code. A file that cannot be loaded makes it
// unusable, so the ladder goes on to the next; that one is asked for again by the next session.
const xhrStream = /* @__PURE__ */ xhrStreamBy((...given) => openLater('openXhr', ...given));
const eventSource = /* @__PURE__ */ eventSourceBy((...given) => openLater('openEventSource', ...given));
const htmlFile = /* @__PURE__ */ htmlFileBy((...given) => openLater('openHtmlFile', ...given));
const iframe = /* @__PURE__ */ iframeBy((...given) => openLater('openIframe', ...given));
function openLater(name, request, sink) {
    let live = true;
    let stop; // once it is open
    load().then((rare) => {
        if (live)
            stop = rare[name](request, sink);
    }, (cause) => {
        if (live)
            sink.ended(isOffline() ? unreachable(request.url, cause) : missing(cause));
    });
    return () => {
        live = false;
        stop?.();
    };
}
/** Not remembered: browsers and bundlers keep what has come. What a bundler makes of `import()` may throw at once. */
async function load() {
    return import('./rare.js');
}
function missing(cause) {
    return unusable('Its code could not be loaded.', false, cause);
}
/** Then the request fails, too, and both may come another time. */
function isOffline() {
    return globalThis.navigator?.onLine === false;
}

// The preset `encke`: every technique, every format and every part. What few pages need comes when it is needed.
const everything = /* @__PURE__ */ composeClient({
    // The order, and why it is this one: transports/index.ts.
    transports: [fetchStream, xhrStream, eventSource, htmlFile, longPoll, poll, iframe],
    formats: [eventStream, jsonLines, json, scriptTags, text],
    parts: everyPartWith(tabs),
});
/** Opens an endless connection, with every technique and every part. @throws EnckeError `invalid-option`, `no-transport` */
const subscribe = (url, options) => everything.subscribe(url, options);
/** Makes one exchange, with every technique and every part. It is sent exactly once. @throws EnckeError `invalid-option`, `no-transport` */
const request = (url, options) => everything.request(url, options);

export { request as r, subscribe as s };
//# sourceMappingURL=shared-preset.js.map
