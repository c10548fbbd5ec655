import { ag as tagOf, aW as unreadable, g as fetchStream, l as longPoll, p as poll$1, E as EnckeError, a8 as nothing, aR as createScriptCallDecoder, b as eventStream, ac as resolveUrl, ad as baseUrl, bb as browserEnvironment, al as setTimer, aw as openFetch, ae as pageOrigin, az as errorOf, am as pageOf, an as retryDelay, a9 as call } from './shared-index.js';

// Bytes as Orbited's API has them: text of which each character is one byte.
/** How many bytes become characters in one call: an engine takes so many arguments. */
const PIECE = 32_768;
function byteText(bytes) {
    let text = '';
    for (let at = 0; at < bytes.length; at += PIECE)
        text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
    return text;
}
function bytesOf(text) {
    return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
function utf8Text(text) {
    return byteText(new TextEncoder().encode(text));
}
/** Of another frame, too. */
function isBuffer(data) {
    return tagOf(data).endsWith('ArrayBuffer');
}

// The numbers that `onclose` is given.
/** The server has not been heard for too long. */
const CONNECTION_TIMEOUT = 101;
/** The server is no Orbited server, or refuses. */
const INVALID_HANDSHAKE = 102;
/** Closed by the page. */
const USER_CONNECTION_RESET = 103;
/** The server has closed it, or no longer knows it. */
const SERVER_CLOSED_CONNECTION = 201;
/** The numbers that `onclose` is given, by Orbited's own names. */
const closeCodes = {
    /** The server has not been heard for too long. */
    ConnectionTimeout: CONNECTION_TIMEOUT,
    /** The server is no Orbited server, or refuses. */
    InvalidHandshake: INVALID_HANDSHAKE,
    /** Closed by the page. */
    UserConnectionReset: USER_CONNECTION_RESET,
    /** Orbited waited too long for the server behind it. */
    RemoteConnectionTimeout: 104,
    /** Orbited may not connect there: its `[access]` does not name it. */
    Unauthorized: 106,
    /** The server behind Orbited does not answer. */
    RemoteConnectionFailed: 108,
    /** The server has closed it, or no longer knows it. */
    ServerClosedConnection: SERVER_CLOSED_CONNECTION,
};

// What Orbited sends and is sent: packets, each a list of arguments that say their lengths.
/** Whether another argument follows, the length of this one, a comma. */
const ARGUMENT = /([01])(\d{1,9}),/y;
/** The beginning of that. */
const HALF_ARGUMENT = /^(?:[01]\d{0,9})?$/;
/** The longest `ARGUMENT`, in characters. */
const LONGEST = 11;
/** Heartbeats and the padding of the beginning stand between packets. */
const FILLING = /[ x]*/y;
const readPackets = (sink, maxPacketSize) => {
    let text = ''; // what has not been read
    let missing = 0; // so many characters are needed before the next argument is whole
    let values = []; // of the packet that is arriving
    let size = 0; // of that packet, in characters
    let isBroken = false;
    return (chunk) => {
        text += chunk;
        if (isBroken || text.length < missing)
            return;
        let at = 0;
        while ((at = readArgument(at)) >= 0)
            ;
    };
    /** Gives where the next one begins, or a negative number where there is none yet. */
    function readArgument(from) {
        FILLING.lastIndex = ARGUMENT.lastIndex = from;
        if (values.length === 0 && FILLING.test(text))
            ARGUMENT.lastIndex = FILLING.lastIndex;
        const begin = ARGUMENT.lastIndex;
        const [head, more, length] = ARGUMENT.exec(text) ?? [];
        if (head === undefined) {
            if (!HALF_ARGUMENT.test(text.slice(begin, begin + LONGEST)))
                return fail('Junk stands', begin);
            return keep(begin, 0);
        }
        const start = begin + head.length;
        const end = start + Number(length);
        if (size + end - begin > maxPacketSize)
            return fail('A packet that is too long begins', begin);
        if (text.length < end)
            return keep(begin, end - begin);
        size += end - begin;
        values.push(text.slice(start, end));
        if (more === '0') {
            const whole = values;
            values = [];
            size = 0;
            sink.packet(whole);
        }
        return end;
    }
    function keep(from, needed) {
        text = text.slice(from);
        missing = needed;
        return -1;
    }
    function fail(what, at) {
        isBroken = true;
        const rest = text.slice(at);
        text = '';
        sink.broken(malformedPacket(`${what} where a packet of Orbited's should.`, rest));
        return -1;
    }
};
/** A packet as text, or the packets of the client. */
function packetText(...values) {
    const last = values.length - 1;
    return values
        .map(String)
        .map((value, place) => `${place === last ? '0' : '1'}${String(value.length)},${value}`)
        .join('');
}
function malformedPacket(sentence, text) {
    return unreadable('malformed', sentence, text);
}

// How Orbited's server can be listened to: five addresses of a session, each with a grammar of its own.
/** A stream of packets: the fastest. The server sends 256 spaces at once, and a heartbeat every 5 seconds. */
const xhrstream = {
    name: 'xhrstream',
    carrier: fetchStream,
    beginsAtOnce: true,
    read: readPackets,
};
/** A stream of scripts, which are read and never run: it passes where only a page may be streamed. */
const htmlfile = {
    name: 'htmlfile',
    carrier: fetchStream,
    beginsAtOnce: true,
    read: readScripts,
};
/** A page is told by a page that the server does not know its session, and not by a status. */
const GONE = 'HTMLFileClose.js';
/** Where that stands at the latest, in characters. */
const HEAD = 256;
const readCalls = /* @__PURE__ */ readLists((sink, options) => createScriptCallDecoder(sink, options, (name, [list]) => {
    if (name === 'e')
        sink.message({ event: name, data: list, id: '' });
}));
function readScripts(sink, maxPacketSize) {
    const feed = readCalls(sink, maxPacketSize);
    let head = '';
    return (chunk) => {
        head += chunk.slice(0, HEAD - head.length);
        if (head.includes(GONE))
            sink.broken(new EnckeError('status', 'The session is gone.', { status: 404 }));
        feed(chunk);
    };
}
/** A stream of events. Its heartbeats are 30 seconds apart, so a stream that is held back is noticed late. */
const sse = {
    name: 'sse',
    carrier: fetchStream,
    beginsAtOnce: false,
    patience: 40_000,
    read: /* @__PURE__ */ readLists((sink, options) => eventStream.decoder({ ...sink, message: ({ data }) => sink.message(jsonMessage(data)) }, options)),
};
/** Each request is answered when there is something to say, at the latest after 30 seconds. */
const longpoll = {
    name: 'longpoll',
    carrier: longPoll,
    beginsAtOnce: false,
    patience: 40_000,
    read: readPackets,
};
/** The server is asked again and again, every `pollInterval`. */
const poll = {
    name: 'poll',
    carrier: poll$1,
    beginsAtOnce: false,
    patience: 15_000,
    read: readPackets,
};
/** Reads what carries packets as lists of lists: `[["3", "data", "MQ=="]]`. */
function readLists(decoder) {
    return ({ packet, broken }, maxPacketSize) => {
        const inner = decoder({
            message({ data }) {
                if (Array.isArray(data) && data.every(Array.isArray))
                    data.forEach(give);
                else
                    broken(malformedPacket("Something stands where a list of Orbited's packets should.", String(data)));
            },
            problem: broken,
            failed: broken,
            // Packets carry their ids themselves.
            id: nothing,
            retry: nothing,
        }, 
        // Behind a link that broke, a list has all that was not confirmed.
        { maxMessageSize: Infinity, lastEventId: '', flush: false });
        return (chunk) => inner.feed(chunk);
        function give(values) {
            const text = values.join();
            if (text.length > maxPacketSize)
                broken(malformedPacket('A packet is too long.', text));
            else
                packet(values);
        }
    };
}
function jsonMessage(data) {
    const message = { event: '', data, id: '' };
    try {
        return { ...message, data: JSON.parse(String(data)) };
    }
    catch {
        // As text it is no list, and that is said.
        return message;
    }
}

// What a socket over Orbited can be told.
/** @throws EnckeError `invalid-option` */
function resolveOptions({ url = '/', transports = [xhrstream, longpoll, poll], heartbeatTimeout = 6_000, pollInterval = 2_000, maxPacketSize = 1_048_576, credentials = 'same-origin', }) {
    if (!transports[0])
        throw new EnckeError('invalid-option', 'transports names none.');
    return { url: beginning(url), transports, heartbeatTimeout, pollInterval, maxPacketSize, credentials };
}
function beginning(url) {
    const { origin, pathname } = resolveUrl(url, baseUrl());
    return `${origin}${pathname.replace(/\/*$/, '')}/tcp`;
}

// How long nothing has come.
/**
 * @param limit how long it may last, in milliseconds
 * @param over it has lasted too long, and for how long; it is not watched any more
 */
function createSilence(limit, over) {
    const { now, setTimer } = browserEnvironment;
    let last = now();
    let stopTimer;
    return { heard, watch, stop: () => stopTimer?.() };
    function heard() {
        last = now();
    }
    function watch() {
        const lasted = now() - last;
        if (lasted >= limit())
            over(lasted);
        else
            stopTimer = setTimer(watch, limit() - lasted);
    }
}

// How long a session lives without a word: the server counts, too, and behind that time it does not know it any more.
function createDeadTime(over) {
    const clocks = { pingInterval: 30_000, pingTimeout: 30_000 };
    const lengthNow = () => clocks.pingInterval + clocks.pingTimeout;
    return {
        ...createSilence(lengthNow, over),
        get length() {
            return lengthNow();
        },
        set(name, seconds) {
            if (Object.hasOwn(clocks, name) && seconds > 0)
                clocks[name] = seconds * 1_000;
        },
    };
}

// One request with a short answer, and the answer as text.
function ask({ url, body, credentials, patience }, done) {
    let status;
    let text = '';
    const stopTimer = setTimer(() => finish(undefined), patience);
    const stopRequest = openFetch(requestOf({ url, credentials, body: body ?? null }), {
        opened: (head) => void ({ status } = head),
        text: (chunk) => void (text += chunk),
        ended: (end) => finish(end),
        ready: nothing,
        alive: nothing,
        problem: nothing,
    });
    return stop;
    function finish(end) {
        stop();
        done({ status: end?.how === 'status' ? end.head.status : status, text, end });
    }
    function stop() {
        stopTimer();
        stopRequest();
    }
}
/** The longest body that browsers send on when the page is left, in characters; they allow 64 KiB for all together. */
const KEPT_ALIVE = 32_768;
/** No header of ours, and text as the body: no server has to allow that across origins before it is sent. */
function requestOf(given) {
    const { body } = given;
    const keepalive = body !== null && body.length <= KEPT_ALIVE;
    return {
        ...given,
        method: body === null ? 'GET' : 'POST',
        headers: new Headers(),
        lastEventId: '',
        fetch: (input, init) => fetch(input, { ...init, keepalive }),
        callbacks: [],
        events: [],
    };
}

// One request that listens, and its response as packets.
/** @param url that of the session with `ack` */
function openDownstream(url, { carrier, patience, read }, options, listener) {
    const { heartbeatTimeout, maxPacketSize, credentials } = options;
    const limit = patience ?? heartbeatTimeout;
    let live = true; // neither ended nor stopped
    let isMute = true; // nothing of the body has come
    const silence = createSilence(() => limit, (lasted) => {
        const sentence = `Nothing has come for ${String(Math.round(lasted))} ms.`;
        finish({ how: 'cut', error: new EnckeError('timeout', sentence, { url }) });
    });
    const feed = read({
        packet(values) {
            if (live)
                listener.packet(values);
        },
        broken: (error) => finish({ how: 'cut', error }),
    }, maxPacketSize);
    const stopRequest = carrier.open(requestOf({ url, credentials, body: null }), {
        opened() {
            if (live)
                listener.opened();
        },
        text(chunk) {
            beat();
            feed(chunk);
        },
        alive: beat,
        ended: finish,
        ready: nothing,
        problem: nothing,
        message: nothing,
        id: nothing,
        retry: nothing,
    });
    silence.watch();
    return stop;
    function beat() {
        isMute = false;
        silence.heard();
    }
    function finish(end) {
        if (!live)
            return;
        stop();
        listener.ended(end, isMute);
    }
    function stop() {
        live = false;
        silence.stop();
        stopRequest();
    }
}

// What comes from the server: each packet once, and in order.
function createInbox(listener) {
    let seen = 0;
    let suspect = 0; // the id of a packet that could not be right, and is taken as it is when it comes again
    return {
        get seen() {
            return seen;
        },
        receive(id, name, text) {
            if (!Number.isSafeInteger(id))
                listener.problem(malformedPacket(`A packet "${name}" has no id.`, text));
            // The server sends again what was not confirmed.
            if (!(id > seen))
                return false;
            const bytes = name === 'data' ? decoded(text) : '';
            if ((bytes === undefined || id > seen + 1) && id > suspect) {
                suspect = id;
                const what = bytes === undefined ? 'cannot be read' : `comes after ${String(seen)}`;
                listener.problem(malformedPacket(`Packet ${String(id)} ${what}. It is asked for again.`, text));
                listener.again();
                return false;
            }
            seen = id;
            listener.packet(name, text, bytes ?? '');
            return true;
        },
    };
}
function decoded(text) {
    try {
        return atob(text);
    }
    catch {
        return undefined;
    }
}

// Which technique is used: the next one where one is seen to fail.
/** So many streams in a row that brought nothing are enough. */
const WEAK_STREAMS = 3;
const HELD_BACK = 'the server begins at once, and nothing has come; a proxy holds it back';
/** How long it is known of a server which technique failed, in milliseconds. */
const MEMORY = 300_000;
/** What the sockets of this page have left, by server and techniques. */
const known = new Map();
/** @param tell hears why a technique is left */
function createLadder(options, tell) {
    const { url, transports, credentials } = options;
    const { now } = browserEnvironment;
    const key = url + transports.map(({ name }) => name).join();
    const memory = known.get(key);
    let rung = memory && memory.until > now() ? memory.rung : 0;
    skip();
    return {
        get technique() {
            return current();
        },
        judge(end, wasHeldBack, weak) {
            const { beginsAtOnce, carrier } = current();
            const isWeak = weak >= WEAK_STREAMS && carrier.rhythm !== 'interval';
            if (end.how === 'unusable')
                return leave(end.error.message);
            if (wasHeldBack && beginsAtOnce)
                return leave(HELD_BACK);
            return isWeak && leave(`${String(weak)} in a row brought nothing`);
        },
        rewind() {
            known.delete(key);
            rung = 0;
            skip();
        },
    };
    function current() {
        return transports[rung]; // there is at least one
    }
    function leave(why) {
        if (!climb(why))
            return false;
        skip();
        known.set(key, { rung, until: now() + MEMORY });
        return true;
    }
    function skip() {
        const crossOrigin = new URL(url).origin !== pageOrigin();
        const reason = current().carrier.refuses({ ...DEMAND, crossOrigin, credentials });
        if (reason && climb(`it ${reason}`))
            skip();
    }
    /** Gives whether there was another one. */
    function climb(why) {
        const hasNext = rung < transports.length - 1;
        const transport = current().name;
        if (hasNext) {
            rung++;
            tell(new EnckeError('unusable', `${transport} is left: ${why}.`, { url, transport }));
        }
        return hasNext;
    }
}
/** What every request that listens needs. */
const DEMAND = {
    method: 'GET',
    headers: false,
    body: 'none',
    once: false,
    ownFetch: false,
    uploadProgress: false,
    urlCredentials: false,
};

// Where a session begins: the server gives a key, which is part of its address from then on.
/** How long the server may take, and for how long it is asked, in milliseconds. */
const PATIENCE$1 = 15_000;
const DURATION = 30_000;
/** @param began when it was asked first */
function askForKey({ url, credentials }, began, done) {
    const address = `${url}?nocache=${String(Math.random())}`;
    return ask({ url: address, credentials, patience: PATIENCE$1 }, ({ status, text, end }) => {
        const key = text.trim();
        if (status === 200 && /^[\w-]{8,99}$/.test(key))
            return done({ url: `${url}/${key}` });
        const error = (end && errorOf(end)) ?? malformedPacket(`${url} gave no key of a session.`, text);
        if (status !== undefined && status < 500)
            done({ error, code: INVALID_HANDSHAKE });
        else if (browserEnvironment.now() - began > DURATION)
            done({ error, code: CONNECTION_TIMEOUT });
        else
            done({ error });
    });
}

// The one thing under way: a request, or the wait for the next, which is over early where the page or the network is back.
function createUnderWay(host) {
    let live = true;
    let isWaiting = false;
    let isAway = false;
    let stopCurrent;
    const stopWatching = pageOf({}).watch(heed);
    return {
        run(begin) {
            stopCurrent?.();
            isWaiting = false;
            if (live)
                stopCurrent = begin();
        },
        wait(next, delay) {
            stopCurrent?.();
            if (!live)
                return;
            isWaiting = true;
            stopCurrent = browserEnvironment.setTimer(() => {
                isWaiting = false;
                next();
            }, delay);
        },
        stop() {
            live = false;
            stopCurrent?.();
            stopWatching();
        },
    };
    /** What has been silent for too long meanwhile is noticed by its own clock. */
    function heed(event) {
        if (event === 'online')
            host.online();
        if (event === 'stored') {
            isAway = true;
            stopCurrent?.();
            host.stored();
        }
        else if (isAway ? event === 'restored' : isWaiting && event !== 'hidden') {
            if (isAway)
                host.restored();
            isAway = false;
            if (live)
                host.resume();
        }
    }
}

// What is sent to the server: in order, one request after the other.
/** How long one request may take, in milliseconds. */
const PATIENCE = 30_000;
/** Bounds of the waits between two tries, in milliseconds. */
const WAITS = { retryDelay: 250, maxRetryDelay: 30_000 };
function createUpstream(host) {
    const { now, setTimer, random } = browserEnvironment;
    let url; // of the session
    let queue = ''; // packets that no request carries yet
    let batch = ''; // packets of the request under way
    let count = 0; // packets so far
    let failures = 0; // of this batch
    let failingSince = 0;
    let isClosing = false;
    let confirms = 0; // what the request under way confirms
    let isWaiting = false;
    let stopCurrent; // the request, the wait, or the proof
    return {
        get buffered() {
            return queue.length + batch.length;
        },
        get isUnsure() {
            return batch !== '';
        },
        send(...packet) {
            queue += packetText(++count, ...packet);
            pump();
        },
        start(given) {
            url = given;
            pump();
        },
        arrived() {
            if (!batch)
                return;
            stopCurrent?.();
            stopCurrent = undefined;
            isWaiting = false;
            delivered(confirms);
        },
        wake() {
            if (isWaiting)
                tryAgain();
        },
        close() {
            isClosing = true;
            if (url === undefined)
                stop();
            else if (failures > 0)
                tryAgain();
        },
        drop() {
            queue = '';
        },
        stop,
    };
    function stop() {
        stopCurrent?.();
        stopCurrent = nothing;
        queue = batch = '';
    }
    function tryAgain() {
        stopCurrent?.();
        isWaiting = false;
        stopCurrent = host.prove(confirms, (hasArrived) => {
            stopCurrent = undefined;
            if (hasArrived)
                delivered(confirms);
            else
                pump();
        });
        pump();
    }
    function pump() {
        if (stopCurrent || url === undefined)
            return;
        if (!batch) {
            batch = queue;
            queue = '';
        }
        if (!batch)
            return;
        confirms = host.ack();
        const address = `${url}?ack=${String(confirms)}`;
        const asked = { url: address, body: batch, credentials: host.credentials, patience: PATIENCE };
        stopCurrent = ask(asked, (answer) => {
            stopCurrent = undefined;
            answered(answer);
        });
    }
    function answered({ status, text }) {
        // A login page or the like is no answer of Orbited's.
        if (status === 200 && 'OK'.startsWith(text.trim()))
            return delivered(confirms);
        if (isGone(status))
            return host.gone();
        if (isClosing && failures > 0)
            return stop();
        if (failures++ === 0)
            failingSince = now();
        host.failing(now() - failingSince);
        // The session may be over now, or what failed is given one more chance at once.
        if (stopCurrent)
            return;
        if (isClosing)
            return pump();
        isWaiting = true;
        stopCurrent = setTimer(tryAgain, retryDelay({ ...WAITS, failures }, random()));
    }
    function delivered(ack) {
        batch = '';
        failures = 0;
        host.delivered(ack);
        pump();
    }
}
/** Whether a status says that there is no such session. */
function isGone(status) {
    return status === 404 || status === 410;
}

// A session with an Orbited server: bytes to and fro over requests, in order, whatever becomes of a connection.
/** What listened so long has not failed, in milliseconds. */
const HEALTHY = 1_000;
/** Between two heartbeats of the server, in milliseconds: a stream that lasts so long is not held back or cut by rule. */
const HEARTBEAT = 5_000;
function startSession(options, listener) {
    const { now, random } = browserEnvironment;
    const { credentials } = options;
    const began = now();
    let live = true; // neither closed nor stopped
    let url; // once the server has given a key
    let isOpen = false; // whether the server has said anything
    let isAnswered = false; // whether any data have come
    let isHeld = false; // nothing listens until it is known whether the address has arrived
    let told = 0; // the highest id that a request which may have arrived has confirmed
    let failures = 0; // in a row, of what listens
    const streams = { weak: 0 }; // in a row that began and brought nothing
    let proof; // that something has arrived, or has not
    /** What to do with a packet, by its name. */
    const takers = {
        data(_, bytes) {
            // The first answers where to connect, which must not be said twice.
            if (!isAnswered)
                upstream.arrived();
            isAnswered = true;
            listener.data(bytes);
        },
        // A request that listens is an answer, too.
        ping: () => ladder.technique.carrier.rhythm === 'stream' && upstream.send('ping', ''),
        close: () => finish(SERVER_CLOSED_CONNECTION),
        opt(text) {
            const [name = '', seconds] = text.split(',');
            deadTime.set(name, Number(seconds));
        },
    };
    const deadTime = createDeadTime(() => finish(CONNECTION_TIMEOUT));
    const inbox = createInbox({
        packet(name, text, bytes) {
            if (Object.hasOwn(takers, name))
                takers[name]?.(text, bytes);
            else
                listener.problem(malformedPacket(`Nobody knows a packet "${name}".`, text));
        },
        problem: listener.problem,
        again: () => underWay.wait(listen, retryDelay({ ...WAITS, failures: ++failures }, random())),
    });
    const ladder = createLadder(options, listener.problem);
    const upstream = createUpstream({
        credentials,
        // One by one: what a request alone confirms tells later whether that request has arrived.
        ack: () => Math.min(inbox.seen, told + 1),
        delivered(ack) {
            told = Math.max(told, ack);
            deadTime.heard();
            if (isHeld && live)
                listen();
        },
        prove,
        gone: () => finish(SERVER_CLOSED_CONNECTION),
        failing(duration) {
            if (duration > deadTime.length)
                finish(CONNECTION_TIMEOUT);
        },
    });
    const underWay = createUnderWay({
        stored: deadTime.stop,
        restored: deadTime.watch,
        online: ladder.rewind,
        resume() {
            goOn();
            upstream.wake();
        },
    });
    deadTime.watch();
    begin();
    return {
        get transport() {
            return ladder.technique.name;
        },
        get buffered() {
            return upstream.buffered;
        },
        send: (bytes) => upstream.send('data', btoa(bytes)),
        close() {
            stopListening();
            upstream.send('close');
            upstream.close();
        },
        reset() {
            upstream.drop();
            this.close();
        },
        stop,
    };
    function stop() {
        stopListening();
        upstream.stop();
    }
    function stopListening() {
        live = false;
        underWay.stop();
        deadTime.stop();
    }
    /** What still closes a session ends there, too. */
    function finish(code) {
        const isNews = live;
        stop();
        if (isNews)
            listener.closed(code);
    }
    // Where the session begins.
    function begin() {
        underWay.run(() => askForKey(options, began, (answer) => {
            if ('url' in answer) {
                ({ url } = answer);
                failures = 0;
                deadTime.heard();
                upstream.start(url);
                return listen();
            }
            listener.problem(answer.error);
            if (live && answer.code !== undefined)
                finish(answer.code);
            else
                underWay.wait(begin, retryDelay({ ...WAITS, failures: ++failures }, random()));
        }));
    }
    // What listens.
    function listen() {
        const asked = proof;
        const technique = asked ? poll : ladder.technique;
        const { rhythm } = technique.carrier;
        const tally = asked ?? streams;
        const start = now();
        // What a request under way would confirm is confirmed by no other, so that it can be told whether that has arrived.
        // A poll that confirms less would be answered at once, with what is known.
        const ack = asked || (upstream.isUnsure && rhythm === 'stream') ? told : inbox.seen;
        let hasBegun = false; // whether there is a head
        let isFresh = false; // whether it has brought anything new
        told = ack;
        isHeld = false;
        const address = `${String(url)}/${technique.name}?ack=${String(ack)}`;
        const downstream = {
            opened() {
                hasBegun = true;
                deadTime.heard();
            },
            packet([value, name, text]) {
                const id = Number(value);
                if (asked && id > told && id <= asked.ack)
                    asked.hasArrived = false;
                const isNews = live && name !== 'open';
                if (isNews && inbox.receive(id, String(name), typeof text === 'string' ? text : '')) {
                    isFresh = true;
                    deadTime.heard();
                }
                // Not by the packet `open`: it is sent once, and what carried it may have broken off.
                if (!isOpen && live) {
                    isOpen = true;
                    listener.opened();
                }
            },
            ended(end, isMute) {
                const elapsed = now() - start;
                const error = errorOf(end);
                const status = error?.status;
                if (isGone(status))
                    return finish(SERVER_CLOSED_CONNECTION);
                const isComplete = end.how === 'complete';
                const wasHeldBack = isMute && end.how === 'cut' && end.error.code === 'timeout';
                // That a connection broke is no news: it is made again.
                if (error && error.code !== 'network')
                    listener.problem(error);
                if (!live)
                    return;
                const isHealthy = isFresh || (rhythm === 'interval' && isComplete) || (elapsed >= HEALTHY && !wasHeldBack);
                const wasAnswered = hasBegun || status !== undefined;
                tally.weak = isFresh || elapsed >= HEARTBEAT ? 0 : tally.weak + Number(wasAnswered);
                // The first answer behind an outage may be that the request before could not be ended: the next one comes soon.
                failures = isHealthy ? 0 : wasAnswered ? tally.weak : failures + 1;
                if (!asked && ladder.judge(end, wasHeldBack, streams.weak))
                    streams.weak = failures = 0;
                // A poll is answered at once with all that was not confirmed: what the request would have confirmed stands in it, or not.
                if (asked && isComplete) {
                    proof = undefined;
                    asked.decide(asked.hasArrived);
                }
                // What would listen now confirms all, and nothing would be left that tells of the address: it must not arrive twice.
                isHeld = !asked && !isAnswered && upstream.isUnsure && rhythm !== 'stream';
                if (isHeld)
                    return;
                if (failures > 0)
                    underWay.wait(listen, retryDelay({ ...WAITS, failures }, random()));
                else if (!isComplete)
                    underWay.wait(listen, WAITS.retryDelay * random());
                else
                    underWay.wait(listen, rhythm === 'interval' && !asked ? options.pollInterval : 0);
            },
        };
        underWay.run(() => openDownstream(address, technique, options, downstream));
    }
    // What was sent, and may not have arrived.
    function prove(ack, decide) {
        if (!live || ack <= told)
            return undefined;
        proof = { ack, hasArrived: true, weak: 0, decide };
        goOn();
        return () => (proof = undefined);
    }
    function goOn() {
        if (url === undefined)
            begin();
        else
            listen();
    }
}

// A TCP connection from a page, over an Orbited server: the API is that of Orbited's own client.
const STATES$1 = { INITIALIZED: 1, OPENING: 2, OPEN: 3, CLOSED: 5 };
/** A TCP connection over an Orbited server. */
class TCPSocket {
    /** Options of every socket made from now on, where it is not given its own. */
    static defaults = {};
    /** The connection is there. */
    onopen = null;
    /** Text has come; with `isBinary`, text of which each character is one byte. */
    onread = null;
    /** The connection is over, or could not be made. */
    onclose = null;
    /** Something went wrong. Unless `onclose` follows, the socket goes on. */
    onerror = null;
    #options;
    #state = STATES$1.INITIALIZED;
    #session;
    #decoder; // for text, of which a character may be cut
    constructor(options = {}) {
        this.#options = { ...new.target.defaults, ...options };
    }
    /** 1 made, 2 opening, 3 open, 4 closing, 5 closed. */
    get readyState() {
        return this.#state;
    }
    /** The name of the technique in use; `''` where none is. */
    get transport() {
        return this.#session?.transport ?? '';
    }
    /** Characters that the server has not confirmed, as they travel: four for three bytes, and some more for each packet. */
    get bufferedAmount() {
        return this.#session?.buffered ?? 0;
    }
    /**
     * Connects. The server must allow that host and that port.
     *
     * @param isBinary whether data are bytes, as text of which each character is one; else they are UTF-8
     * @throws EnckeError `invalid-option` for what is no host, port or URL; `unusable` when it was opened before
     */
    open(host, port, isBinary = false) {
        if (this.#state !== STATES$1.INITIALIZED)
            throw new EnckeError('unusable', 'A socket opens once. Make another.');
        if (!/^[^\s:]+:\d{1,5}$/.test(`${host}:${String(port)}`)) {
            throw new EnckeError('invalid-option', `"${host}:${String(port)}" is no host and port.`);
        }
        const options = resolveOptions(this.#options);
        if (!isBinary)
            this.#decoder = new TextDecoder('utf-8', { ignoreBOM: true });
        this.#state = STATES$1.OPENING;
        const session = startSession(options, {
            opened: () => session.send(`${host}:${String(port)}\n`),
            data: (bytes) => (this.#state === STATES$1.OPENING ? this.#answered(bytes) : this.#read(bytes)),
            problem: (error) => this.#tell('onerror', error),
            closed: (code) => this.#end(code),
        });
        this.#session = session;
        // By a handler, which heard of a technique that does not work here.
        if (this.readyState === STATES$1.CLOSED)
            session.close();
    }
    /**
     * Sends what `onread` of the other side would take; bytes, too.
     *
     * @throws EnckeError `unusable` where it is not open
     */
    send(data) {
        if (this.#state !== STATES$1.OPEN)
            throw new EnckeError('unusable', 'The socket is not open.');
        this.#session?.send(this.#bytesFrom(data));
    }
    /** What was sent before arrives first. `onclose` is called with 103. */
    close() {
        this.#close((session) => session.close());
    }
    /** The same, but what has not left yet is dropped. */
    reset() {
        this.#close((session) => session.reset());
    }
    #close(close) {
        if (this.#state === STATES$1.CLOSED)
            return;
        const session = this.#session;
        const wasOpened = this.#state !== STATES$1.INITIALIZED;
        this.#state = STATES$1.CLOSED;
        if (session)
            close(session);
        // As Orbited's own: a handler may be set behind the call.
        if (wasOpened)
            queueMicrotask(() => this.#end(USER_CONNECTION_RESET));
    }
    #bytesFrom(data) {
        if (ArrayBuffer.isView(data)) {
            return byteText(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
        }
        if (isBuffer(data))
            return byteText(new Uint8Array(data));
        // What is neither, as of a page without types, becomes text on its way.
        if (this.#decoder)
            return utf8Text(data);
        if (!/[^\0-\xff]/.test(data))
            return data;
        throw new EnckeError('invalid-option', 'With isBinary no character is above U+00FF.');
    }
    /** [Orbited] `1` stands for a connection, `0` and a code for none. */
    #answered(bytes) {
        if (bytes.startsWith('1')) {
            this.#state = STATES$1.OPEN;
            this.#tell('onopen');
            return this.#read(bytes.slice(1));
        }
        const [, code] = /^0(\d{3})/.exec(bytes) ?? [];
        this.#session?.stop();
        // Before anything is told: who closes it there closes what is closed.
        this.#state = STATES$1.CLOSED;
        if (code === undefined) {
            const error = malformedPacket('What should be the answer of Orbited is not.', bytes);
            this.#tell('onerror', error);
        }
        this.#end(Number(code ?? INVALID_HANDSHAKE));
    }
    #read(bytes) {
        if (this.#state !== STATES$1.OPEN)
            return;
        const data = this.#decoder ? this.#decoder.decode(bytesOf(bytes), { stream: true }) : bytes;
        if (data)
            this.#tell('onread', data);
    }
    #tell(name, value) {
        call((each) => this[name]?.(each), value);
    }
    #end(code) {
        this.#state = STATES$1.CLOSED;
        this.#tell('onclose', code);
    }
}

// The same connection in the shape of a WebSocket, for libraries that are made for one.
const TYPES = ['open', 'message', 'error', 'close'];
const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };
/** [spec] The code where `close()` was given none. */
const NO_STATUS = 1005;
const NORMAL = 1000;
const ABNORMAL = 1006;
/** A TCP connection over an Orbited server, used as a WebSocket is. */
class OrbitedWebSocket extends EventTarget {
    static CONNECTING = 0;
    static OPEN = 1;
    static CLOSING = 2;
    static CLOSED = 3;
    CONNECTING = 0;
    OPEN = 1;
    CLOSING = 2;
    CLOSED = 3;
    onopen = null;
    onmessage = null;
    onerror = null;
    onclose = null;
    /** As given. */
    url;
    protocol = '';
    extensions = '';
    #socket;
    #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    #state = STATES.CONNECTING;
    #binaryType; // once it is set
    #closing;
    /**
     * @param url of the TCP server behind Orbited: `tcp://localhost:61613`
     * @param _protocols for libraries that give some; TCP has none
     * @throws a `SyntaxError` that is a `DOMException` for another URL
     */
    constructor(url, _protocols, options) {
        super();
        this.url = String(url);
        const [, host = '', port = ''] = /^tcp:\/\/([^/:\s]+):(\d{1,5})\/?$/.exec(this.url) ?? [];
        if (!host)
            throw new DOMException(`"${this.url}" is not like tcp://localhost:61613.`, 'SyntaxError');
        for (const type of TYPES)
            this.addEventListener(type, (event) => this[`on${type}`]?.(event));
        const socket = new TCPSocket(options);
        this.#socket = socket;
        socket.onopen = () => this.#become(STATES.OPEN, new Event('open'));
        socket.onread = (bytes) => this.#read(bytes);
        socket.onerror = (error) => this.#tell(Object.assign(new Event('error'), { error, message: error.message }));
        socket.onclose = (orbitedCode) => this.#closed(orbitedCode);
        socket.open(host, port, true);
    }
    get readyState() {
        return this.#state;
    }
    /** Bytes sent that the server has not confirmed. */
    get bufferedAmount() {
        return this.#socket.bufferedAmount;
    }
    /** Data are text, in UTF-8, until this is set: TCP does not tell text from bytes. */
    get binaryType() {
        return this.#binaryType ?? 'blob';
    }
    set binaryType(type) {
        this.#binaryType = type;
    }
    /**
     * @throws an `InvalidStateError` while it connects; EnckeError `invalid-option` for a `Blob`, of which the bytes come too
     * late to be sent in order. What is sent to a socket that is closed is dropped, as the standard says.
     */
    send(data) {
        if (this.#state === STATES.CONNECTING)
            throw new DOMException('It is not open yet.', 'InvalidStateError');
        if (data instanceof Blob)
            throw new EnckeError('invalid-option', 'Send an ArrayBuffer in the place of a Blob.');
        if (this.#state !== STATES.OPEN)
            return;
        // What is neither text nor bytes becomes text there.
        this.#socket.send(ArrayBuffer.isView(data) || isBuffer(data) ? data : new TextEncoder().encode(data));
    }
    /**
     * Closes it; code and reason are for the page's own `close` event. What is not open yet is lost: 1006.
     *
     * @throws an `InvalidAccessError` for a code other than 1000 and 3000 to 4999, a `SyntaxError` for a reason of more
     * than 123 bytes, as the standard says
     */
    close(code, reason = '') {
        if (code !== undefined && code !== NORMAL && !(code >= 3_000 && code <= 4_999))
            throw new DOMException(`${String(code)} is no code for this.`, 'InvalidAccessError');
        if (utf8Text(reason).length > 123)
            throw new DOMException('The reason is too long.', 'SyntaxError');
        if (this.#state >= STATES.CLOSING)
            return;
        this.#closing =
            this.#state === STATES.CONNECTING
                ? { code: ABNORMAL, reason: '' }
                : { code: code ?? NO_STATUS, reason };
        this.#state = STATES.CLOSING;
        this.#socket.close();
    }
    /** Closes at once: what has not left yet is dropped. */
    terminate() {
        if (this.#state === STATES.CLOSED)
            return;
        this.#closing ??= { code: ABNORMAL, reason: '' };
        this.#state = STATES.CLOSING;
        this.#socket.reset();
    }
    #read(bytes) {
        const data = bytesOf(bytes);
        const text = this.#binaryType === undefined ? this.#decoder.decode(data, { stream: true }) : undefined;
        if (text === '')
            return;
        const body = text ?? (this.#binaryType === 'blob' ? new Blob([data]) : data.buffer);
        this.#tell(new MessageEvent('message', { data: body }));
    }
    #closed(orbitedCode) {
        const { code, reason } = this.#closing ?? {
            code: orbitedCode === SERVER_CLOSED_CONNECTION ? NORMAL : ABNORMAL,
            reason: `Orbited ${String(orbitedCode)}`,
        };
        const wasClean = code !== ABNORMAL;
        this.#become(STATES.CLOSED, Object.assign(new Event('close'), { code, reason, wasClean, orbitedCode }));
    }
    #become(state, event) {
        this.#state = state;
        this.#tell(event);
    }
    #tell(event) {
        this.dispatchEvent(event);
    }
}

export { OrbitedWebSocket, TCPSocket, closeCodes, htmlfile, longpoll, poll, sse, xhrstream };
//# sourceMappingURL=orbited.js.map
