import { aA as createDelivered, aB as answeredFrom, aC as hashOf, aD as tabsKey, E as EnckeError, a9 as call, am as pageOf } from './shared-index.js';

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
        call(() => {
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

export { SIGN_OF_LIFE, joinTabs };
//# sourceMappingURL=join-tabs.js.map
