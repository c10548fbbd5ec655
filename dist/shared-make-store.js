import { a9 as call, ar as SETTLED_AFTER } from './shared-index.js';

// When changes are shown: with the next frame, all in one go.
/** A page that draws no frames, because it is hidden or because there is none, gets its changes by then. Milliseconds. */
const OVERDUE = 100;
/** All of the page, so that what changes in one frame is rendered once. */
const due = new Set();
let stop;
/** Calls back once, with all others that wait. The returned function calls that off. */
function atNextFrame(callback) {
    due.add(callback);
    stop ??= awaitFrame();
    return () => {
        due.delete(callback);
        if (due.size === 0)
            stop?.();
    };
}
function awaitFrame() {
    const { requestAnimationFrame, cancelAnimationFrame } = globalThis;
    const frame = requestAnimationFrame?.(come) ?? 0;
    const timer = setTimeout(come, OVERDUE);
    return () => {
        stop = undefined;
        cancelAnimationFrame?.(frame);
        clearTimeout(timer);
    };
}
function come() {
    stop?.();
    const callbacks = [...due];
    due.clear();
    for (const callback of callbacks)
        callback();
}

// Options whose functions call the latest ones.
/** What to connect with: the options, and these functions of ours in the place of theirs. */
function latestOf(latest, own) {
    const { initial, reduce, ...options } = follow(() => ({ ...latest.options, ...own }), /^on|^until/);
    return options;
    /** @param handlers the names of those that are not called where they are not given any more; of other functions the last one stays */
    function follow(now, handlers) {
        const followed = Object.entries(now()).map(([name, value]) => {
            const member = () => now()?.[name];
            if (typeof value !== 'function') {
                return [name, name === 'on' && value ? follow(member, /^/) : value];
            }
            let last = value;
            const current = () => {
                const next = member();
                if (typeof next === 'function')
                    last = next;
                else if (handlers.test(name))
                    return undefined;
                return last;
            };
            const follower = (...given) => latest.isOver || current()?.(...given);
            // Credentials are refreshed once for each function, which is the caller's and not this one.
            return [name, Object.assign(follower, { valueOf: () => current() ?? follower })];
        });
        return Object.fromEntries(followed);
    }
}

// Which options say another stream.
/** What cannot be compared by what it holds is equal when it is the same one, so each has a number. */
const numbers = new WeakMap();
let counted = 0;
/** Equal where a connection can stay as it is. Of functions counts only that they are there: the latest are called. */
function streamKey(url, options) {
    const { on } = options;
    const counting = Object.entries({ ...options, on: on && Object.keys(on), initial: 0, reduce: 0 });
    return JSON.stringify([url, counting.filter(([, value]) => value !== undefined)], (_, value) => {
        if (isFunction(value))
            return 1;
        if (isData(value))
            return value;
        if (Symbol.iterator in value)
            return [...value];
        if (!numbers.has(value))
            numbers.set(value, ++counted);
        return numbers.get(value);
    });
}
/** What JSON writes whole. A getter is code, which is not run for this. */
function isData(value) {
    if (Object(value) !== value || Array.isArray(value))
        return true;
    const members = Object.values(Object.getOwnPropertyDescriptors(value));
    return (Object.getPrototypeOf(value) === Object.prototype &&
        members.every((member) => !member.get && !isFunction(member.value)));
}
function isFunction(value) {
    return typeof value === 'function';
}

// What a connection has brought so far, told to those who subscribe, once in each frame at most.
/** @param once whether it connects when it is started, and not whenever someone subscribes to it */
function makeStore(verb, once, url, options = {}) {
    const listeners = new Set();
    let key = streamKey(url, options);
    let { initial } = options;
    let added; // to the options, at the last start
    let latest = { options };
    let connection;
    let settling;
    let stopFrame; // while one is awaited
    const first = blank(once);
    const now = { ...first };
    let told = first;
    return {
        subscribe(listener) {
            if (listeners.size === 0 && !once && !connection)
                void start();
            const own = () => void call(listener, told);
            listeners.add(own);
            own();
            return () => {
                // Whoever takes over in the same task, as the next page of an app does, takes over the connection.
                if (listeners.delete(own))
                    queueMicrotask(leave);
            };
        },
        getSnapshot: () => told,
        getServerSnapshot: () => first,
        update(nextUrl, nextOptions = options) {
            const nextKey = streamKey(nextUrl, nextOptions);
            const isSame = once || nextKey === key;
            [url, key, options] = [nextUrl, nextKey, nextOptions];
            if (isSame)
                return void (latest.options = { ...options, ...added });
            ({ initial } = options);
            halt();
            if (listeners.size > 0)
                void start();
            else
                set(blank());
            tell();
        },
        ...(once ? { start, stop } : { reconnect }),
    };
    function reconnect() {
        if (now.state !== 'closed')
            connection?.reconnect?.();
        else if (listeners.size > 0)
            void start();
    }
    function blank(isIdle = (url ?? null) === null) {
        const state = isIdle ? 'closed' : 'connecting';
        const value = once ? (initial ?? '') : initial;
        return { value, state, settledState: state, error: undefined, done: false };
    }
    function start(more) {
        halt();
        added = more;
        const own = (latest = { options: { ...options, ...more } });
        if (once)
            ({ initial } = own.options);
        try {
            if ((url ?? null) !== null)
                connection = verb(url, latestOf(own, { onMessage, onState }));
        }
        catch (error) {
            // What was open is closed by now.
            set({ ...blank(true), error: error });
            throw error;
        }
        set(blank());
        // Only a subscription may have no URL, and nobody waits for one.
        return connection?.closed.then((closed) => {
            const { reason, error } = closed;
            if (!own.isOver)
                end({ error, done: reason === 'done' });
            return closed;
        });
    }
    function onMessage(message) {
        const own = latest;
        const { reduce = once ? append : dataOf, onMessage } = own.options;
        call(onMessage, message);
        // The handler may have ended it, or begun another connection, to which this message does not belong.
        if (!own.isOver)
            set({ value: reduce(now.value, message) });
    }
    function onState(change) {
        const { state, error } = change;
        clearTimeout(settling);
        settling = setTimeout(() => set({ settledState: state }), SETTLED_AFTER);
        set(error || state === 'open' ? { state, error } : { state });
        latest.options.onState?.(change);
    }
    function stop() {
        end({});
    }
    function end(changes) {
        halt();
        set({ state: 'closed', settledState: 'closed', ...changes });
    }
    /** Ends what is under way; its handlers hear nothing of that. */
    function halt() {
        latest.isOver = true;
        clearTimeout(settling);
        connection?.close();
        connection = undefined;
    }
    function set(changes) {
        if (Object.entries(changes).every(([name, value]) => now[name] === value))
            return;
        Object.assign(now, changes);
        if (listeners.size > 0)
            stopFrame ??= atNextFrame(tell);
        else
            tell();
    }
    function tell() {
        awaitNoFrame();
        told = { ...now };
        // The listener of one may take another away.
        for (const listener of [...listeners])
            if (listeners.has(listener))
                listener();
    }
    function leave() {
        if (listeners.size > 0)
            return;
        stop();
        awaitNoFrame();
    }
    function awaitNoFrame() {
        stopFrame?.();
        stopFrame = undefined;
    }
}
function append(value, { data }) {
    return String(value) + String(data);
}
function dataOf(_, { data }) {
    return data;
}

export { makeStore as m, streamKey as s };
//# sourceMappingURL=shared-make-store.js.map
