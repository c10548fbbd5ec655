import { aa as refuseUnknown, O as longPolling, W as polling, E as EnckeError } from './shared-index.js';

// Parts for tests: a world whose time stands still, and a transport whose server is the test.
/** Makes an environment whose time moves only when told. @throws EnckeError `invalid-option` */
function virtualEnvironment(options = {}) {
    refuseUnknown('virtualEnvironment', options, { baseUrl: 0, random: 0, fetch: 0 });
    const { baseUrl = 'https://app.test/', random = () => 0.5 } = options;
    const timers = new Set();
    const watchers = new Set();
    const kept = new Map();
    let time = 0;
    let hidden = false;
    return {
        now: () => time,
        setTimer(callback, milliseconds) {
            const timer = { due: time + milliseconds, callback };
            timers.add(timer);
            return () => {
                timers.delete(timer);
            };
        },
        random,
        baseUrl: () => baseUrl,
        origin: () => new URL(baseUrl).origin,
        fetch: options.fetch ?? ((input, init) => fetch(input, init)),
        page: {
            watch(watcher) {
                watchers.add(watcher);
                return () => void watchers.delete(watcher);
            },
            isHidden: () => hidden,
        },
        storage: () => ({
            getItem: (key) => kept.get(key) ?? null,
            setItem: (key, value) => void kept.set(key, value),
            removeItem: (key) => void kept.delete(key),
        }),
        get timers() {
            return timers.size;
        },
        get watchers() {
            return watchers.size;
        },
        settle,
        async tell(event) {
            if (event === 'hidden' || event === 'visible')
                hidden = event === 'hidden';
            for (const watcher of [...watchers])
                watcher(event);
            await settle();
        },
        async sleep(milliseconds) {
            await settle();
            time += milliseconds;
            await fire(time);
        },
        async advance(milliseconds) {
            const end = time + milliseconds;
            await settle();
            await fire(end);
            // Another may have let more time pass meanwhile.
            time = Math.max(time, end);
        },
    };
    async function fire(end) {
        for (let timer = earliest(end); timer; timer = earliest(end)) {
            timers.delete(timer);
            time = Math.max(time, timer.due);
            timer.callback();
            await settle();
        }
    }
    function earliest(end) {
        const due = [...timers].filter((timer) => timer.due <= end);
        return due.reduce((first, timer) => (first && first.due <= timer.due ? first : timer), undefined);
    }
}
/** Long enough for every promise that a session waits for one after the other. */
const MICROTASKS = 50;
async function settle() {
    for (let turn = 0; turn < MICROTASKS; turn++)
        await Promise.resolve();
}
/** A transport without a network. */
function memoryTransport(options = {}) {
    refuseUnknown('memoryTransport', options, { name: 0, rhythm: 0, refusal: 0 });
    const { name = 'memory', rhythm = 'stream', refusal } = options;
    const connections = [];
    return {
        name,
        rhythm,
        ...(rhythm !== 'stream' && { polls: rhythm === 'answer' ? longPolling : polling }),
        sendsHeaders: true,
        namesItself: rhythm !== 'stream',
        tellsCuts: true,
        showsLife: true,
        connections,
        get latest() {
            const latest = connections.at(-1);
            if (!latest)
                throw new Error('No request has reached this transport yet.');
            return latest;
        },
        refuses: () => refusal,
        open(request, sink) {
            const { connection, stop } = connectInMemory(request, sink);
            connections.push(connection);
            return stop;
        },
    };
}
function connectInMemory(request, sink) {
    let { lastEventId } = request; // what messages carry
    let opened = false;
    let over = false;
    let stopped = false;
    const connection = {
        request,
        get live() {
            return !over;
        },
        get stopped() {
            return stopped;
        },
        open({ status = 200, headers = { 'content-type': 'text/event-stream' } } = {}) {
            if (over || opened)
                return;
            opened = true;
            sink.opened({ status, url: request.url, headers: new Headers(headers) });
        },
        send(text) {
            connection.open();
            if (!over)
                sink.text(text);
        },
        message({ event = 'message', data, id }) {
            connection.open();
            if (!over && id !== undefined)
                sink.id((lastEventId = id));
            if (!over)
                sink.message({ event, data, id: lastEventId });
        },
        end() {
            connection.open();
            finish({ how: 'complete' });
        },
        cut() {
            finish({ how: 'cut', error: new EnckeError('network', 'The test cut the connection.') });
        },
        status(status, headers = {}, body = '') {
            const head = { status, url: request.url, headers: new Headers(headers) };
            finish({ how: 'status', head, body });
        },
        unusable(reason, sent = false) {
            finish({ how: 'unusable', sent, error: new EnckeError('unusable', reason) });
        },
    };
    return {
        connection,
        stop() {
            stopped ||= !over;
            over = true;
        },
    };
    function finish(end) {
        if (over)
            return;
        over = true;
        sink.ended(end);
    }
}

export { memoryTransport, virtualEnvironment };
//# sourceMappingURL=testing.js.map
