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
//
// What browsers do with locks of pages that are frozen or put away: docs/sharing.md.

import { call } from '../../ground/call.ts';
import type { EnckeError } from '../../ground/errors.ts';
import { hashOf } from '../../ground/hash.ts';
import type { Closed, State, StateChange, TransportChange } from '../../options.ts';
import { answeredFrom } from '../../session/cursor.ts';
import { createDelivered, type Place } from '../../session/delivered.ts';
import { tabsKey } from '../../session/keys.ts';
import { pageOf, type PageEvent } from '../../session/page-lifecycle.ts';
import type { Listener, Plan, Session, Told } from '../../session/part.ts';
import { pack, unpack, WORDS, type Envelope, type Standing, type Words } from './words.ts';
import type { Head, Stop } from '../../transports/transport.ts';

/** How long the leading tab may take to give a sign of life. Milliseconds. */
export const SIGN_OF_LIFE = 1_000;

/** How often the tab that heard the end looks whether others wait for the lock, each time a way to the browser and back. */
const LOOKS = 100;

/** Of what tabs say to one another: those of another version are no tabs of ours. */
const VERSION = 1;

const REFUSAL = 'share: "tabs" needs Web Locks and BroadcastChannel';

/** Has one tab at a time run the session, and the others mirror it. */
export function joinTabs(
  plan: Plan,
  listener: Listener,
  start: (plan: Plan, listener: Listener) => Session,
): Session {
  const { cursor, target, house } = plan;
  const { environment } = house;
  const page = pageOf(environment);
  const { navigator, BroadcastChannel } = environment.tabs ?? globalThis;
  const name = `encke:${String(VERSION)}:${hashOf(tabsKey(target.url, target.options))}`;
  const me = 1 + environment.random(); // tells this tab from the others
  const names = new Set<string>(); // of events that any tab listens for
  let last: StateChange = {
    state: 'connecting',
    previous: 'connecting',
    reason: '',
    attempt: 0,
    transport: '',
  };
  let transport = ''; // that the listener knows of
  let wasOpen = false; // ever
  let missedAfter: string | undefined; // the last event id when it left the stream, until that is told
  let returnsBy: PageEvent | undefined; // while it is put away or frozen
  let refusals: readonly string[] = []; // why it connects for itself, where it does
  let channel: BroadcastChannel | undefined;
  let awaited: AbortController | undefined; // the lock asked for last
  let release: (() => void) | undefined; // lets the lock go
  let session: Session | undefined; // while this tab leads
  let leader: number | null | undefined; // whose word counts; null when it has left
  const delivered = target.options.replays === 'drop' ? (cursor.delivered ??= createDelivered()) : undefined;
  let place: Place | undefined = delivered?.connect(); // of what the leader says
  let stated: string | undefined; // the last event id, until it is passed on
  let stopTimer: Stop | undefined; // of the wait for a sign of life

  const leading: Listener = {
    // `ready` of this tab alone: one that is slow elsewhere does not hold the network.
    ...listener,
    eventNames: () => [...listener.eventNames(), ...names],
    // To the others, and then to this tab, whose handlers may close it.
    tell(what, value) {
      if (what === 'note') return listener.tell(what, value);
      if (!session) return;
      if (what === 'id') return state(value as string);
      if (what === 'head') leader = me;
      pass(what, value);
      hearOf(what, value);
    },
  };
  const stopWatching = page.watch(heed);
  // As a session does: what is closed in the same task asks for nothing.
  queueMicrotask(join);

  return {
    get state() {
      return last.state;
    },
    get transport() {
      return transport;
    },
    get lastEventId() {
      return cursor.id;
    },
    get attempt() {
      return session?.attempt ?? last.attempt;
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

  function join(): void {
    if (isClosed() || returnsBy) return;
    // Locks and channels of a page that nobody sees yet wait, and their silence would pass for that of a tab that hangs.
    if (page.isPrerendered?.()) {
      returnsBy = 'activated';
      return;
    }
    try {
      channel = new BroadcastChannel(name);
      channel.onmessage = hear;
      queueUp();
      ask();
    } catch (error) {
      connectAlone(error);
    }
  }

  function queueUp(steal = false): void {
    awaited?.abort();
    const { signal } = (awaited = new AbortController());
    const granted = (): Promise<void> | undefined => {
      if (signal.aborted) return undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      lead();
      return held;
    };
    // [spec: Web Locks] `steal` and `signal` exclude each other.
    navigator.locks.request(name, steal ? { steal } : { signal }, granted).catch((error: unknown) => {
      if (signal.aborted) return;
      // By force: this tab was frozen, or hung.
      if ((error as Error).name === 'AbortError') restart('another tab has taken the lead');
      else connectAlone(error);
    });
  }

  /** Asks for a sign of life of whoever leads. */
  function ask(): void {
    post('hello', listener.eventNames());
    stopTimer?.();
    stopTimer = environment.setTimer(() => {
      note('the leading tab gives no sign of life');
      queueUp(true);
    }, SIGN_OF_LIFE);
  }

  function lead(): void {
    stopTimer?.();
    note('this tab leads');
    move('connecting', 'this tab leads');
    if (isClosed()) return;
    post('lead', standing());
    const gap =
      missedAfter === undefined ? (wasOpen && cursor.id === '' ? 'no-ids' : undefined) : 'suspended';
    missedAfter = undefined;
    session = start({ ...plan, earlier: { wasOpen, gap } }, leading);
  }

  function connectAlone(error: unknown): void {
    note(`${REFUSAL}: ${String(error)}`);
    refusals = [REFUSAL];
    leave();
    lead();
  }

  function heed(event: PageEvent): void {
    // A session of its own heeds for itself.
    if (refusals.length > 0) return;
    if (event === 'stored' || (event === 'frozen' && !returnsBy)) {
      returnsBy = event === 'stored' ? 'restored' : 'resumed';
      leave();
      move('waiting', `the page is ${event}`);
    } else if (event === returnsBy) {
      returnsBy = undefined;
      if (event === 'activated') join();
      else restart(`the page is ${event}`);
    } else if (event === 'visible' && !session && !returnsBy) ask();
  }

  function restart(reason: string): void {
    leave();
    leader = undefined;
    if (wasOpen) miss();
    move('connecting', reason);
    join();
  }

  function miss(): void {
    wasOpen = true;
    missedAfter ??= cursor.id;
  }

  function leave(): void {
    const [own, free] = [session, release];
    session = release = undefined;
    if (own) post('left');
    stopTimer?.();
    awaited?.abort();
    channel?.close();
    channel = undefined;
    if (own?.state === 'closed') void whenHeard(free);
    else free?.();
    own?.close('user');
  }

  /** Lets the lock go when nobody waits for it any longer: who were granted it before it hears the end would ask the server once more. */
  async function whenHeard(free: (() => void) | undefined): Promise<void> {
    for (let look = 0; free && look < LOOKS; look++) {
      const { pending } = await navigator.locks.query().catch(() => ({ pending: [] }));
      if (!pending?.some((lock) => lock.name === name)) break;
    }
    free?.();
  }

  function hear({ data }: MessageEvent<Envelope>): void {
    const { from, what } = data;
    const value = what === 'message' ? data.value : unpack(data.value as string);
    if (what === 'hello') {
      for (const event of value as string[]) names.add(event);
      session?.listen();
      if (session) post('here', standing());
    } else if (what === 'reconnect') {
      session?.reconnect();
    } else if (session) {
      // Who led before may have heard the end while it let the lock go.
      if (what === 'closed' && from === leader) leading.tell('closed', value as Closed);
    } else {
      const isNext = what === 'lead' && leader !== undefined;
      const isNews = what === 'lead' || (what === 'here' && !leader);
      if (isNews) follow(from, isNext, value as Standing);
      if (from === leader) believe({ ...data, value });
    }
  }

  /** @param isNext whether it leads after one that was followed to the end, so that nothing is missed */
  function follow(from: number, isNext: boolean, { id, names: heard, ...change }: Standing): void {
    note('another tab leads');
    for (const event of heard) names.add(event);
    if (!isNext) {
      if (cursor.id !== '' && cursor.id !== id) miss();
      moveTo(id);
    }
    place = delivered?.connect();
    leader = from;
    if (change.transport !== '') turnTo({ to: change.transport, refusals: [] });
    become(change);
  }

  function believe({ what, value, id }: Envelope): void {
    stopTimer?.();
    if (id !== undefined) {
      moveTo(id);
      place?.stated();
    }
    if (what === 'left') {
      leader = null;
      ask();
    } else if (what === 'message') {
      const message = value as Words['message'];
      if (!place?.isReplay(message, cursor.id)) listener.tell('message', message);
    } else if (WORDS.test(what)) {
      hearOf(what as keyof Words, value);
    }
  }

  /** What the leader says, this tab or another. */
  function hearOf(what: keyof Words, value: unknown): void {
    if (what === 'transport') turnTo(value as TransportChange);
    else if (what === 'closed') finish(value as Closed);
    else if (what === 'state') {
      // The end has a word of its own.
      if ((value as StateChange).state !== 'closed') become(value as StateChange);
    } else {
      // Whoever leads next asks where the answer came from.
      if (what === 'head') answeredFrom(cursor, (value as Head).url, environment.origin());
      const { tell }: { tell(what: keyof Told, value: unknown): void } = listener;
      tell(what, value);
    }
  }

  /** The session has stated an id: mostly with the message it belongs to, else by itself. */
  function state(id: string): void {
    stated = id;
    queueMicrotask(() => {
      if (stated !== undefined) pass('id');
    });
  }

  function moveTo(id: string): void {
    cursor.id = id;
  }

  function note(detail: string): void {
    listener.tell('note', ['share', detail]);
  }

  /** Says it to the others, and the last event id with it. */
  function pass(what: Envelope['what'], value?: unknown): void {
    const id = stated;
    stated = undefined;
    post(what, value, id);
  }

  function post(what: Envelope['what'], value: unknown = null, id?: string): void {
    // What a format of one's own makes of a message need not be something that can be cloned.
    call(() => {
      channel?.postMessage({ from: me, what, value: what === 'message' ? value : pack(value), id });
    }, undefined);
  }

  function standing(): Standing {
    return { ...last, transport, id: cursor.id, names: leading.eventNames() };
  }

  function turnTo(change: TransportChange): void {
    // A new leader chooses anew, and mostly the same.
    if (change.to === transport) return;
    transport = change.to;
    listener.tell('transport', { ...change, refusals: [...refusals, ...change.refusals] });
  }

  function move(state: State, reason: string, error?: EnckeError): void {
    become({ ...last, state, reason, error, retryIn: undefined });
  }

  function become(change: Omit<StateChange, 'previous'>): void {
    const { state: previous } = last;
    if (isClosed() || change.state === previous) return;
    if (previous === 'open' && change.state === 'connecting') {
      become({ ...change, state: 'waiting', retryIn: 0 });
      return become(change);
    }
    last = { ...change, previous };
    wasOpen ||= change.state === 'open';
    listener.tell('state', last);
    const lastEventId = missedAfter;
    if (change.state !== 'open' || lastEventId === undefined || isClosed()) return;
    missedAfter = undefined;
    listener.tell('resync', { reason: 'suspended', lastEventId });
  }

  function finish(closed: Closed): void {
    if (isClosed()) return;
    leave();
    stopWatching();
    const { reason, error } = closed;
    move('closed', error?.message ?? reason, error);
    listener.tell('closed', closed);
  }

  /** A function, so that the compiler forgets what it knew of `last` before a handler ran. */
  function isClosed(): boolean {
    return last.state === 'closed';
  }
}
