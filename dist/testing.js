import { E as EnckeError } from './shared-index.js';

// Parts for tests: a world whose time stands still, and a transport whose server is the test.
function virtualEnvironment(options = {}) {
    const { baseUrl = 'https://app.test/', random = () => 0.5 } = options;
    const timers = new Set();
    let time = 0;
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
        get timers() {
            return timers.size;
        },
        settle,
        async advance(milliseconds) {
            const end = time + milliseconds;
            await settle();
            for (let timer = earliest(end); timer; timer = earliest(end)) {
                timers.delete(timer);
                time = timer.due;
                timer.callback();
                await settle();
            }
            time = end;
        },
    };
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
    const { name = 'memory', rhythm = 'stream', refusal } = options;
    const connections = [];
    return {
        name,
        rhythm,
        sendsHeaders: true,
        namesItself: rhythm !== 'stream',
        tellsCuts: true,
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
    let opened = false;
    let over = false;
    let stopped = false;
    const connection = {
        request,
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
        message({ event = 'message', data, id = '' }) {
            connection.open();
            if (!over && id !== '')
                sink.id(id);
            if (!over)
                sink.message({ event, data, id });
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
        unusable(reason) {
            finish({ how: 'unusable', error: new EnckeError('unusable', reason) });
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
