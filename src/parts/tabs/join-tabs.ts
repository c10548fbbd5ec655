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

import type { Message } from '../../ground/message.ts';
import type { Closed } from '../../options.ts';
import { pageOf, type PageEvent } from '../../session/page-lifecycle.ts';
import type { Listener, Plan, Session } from '../../session/part.ts';
import { createHearing } from './hearing.ts';
import { createTabLock } from './lock.ts';
import { createMirror } from './mirror.ts';
import { createTabChannel } from './tab-channel.ts';
import { nameOf, WORDS, type Envelope, type Standing, type Words } from './words.ts';
import type { Stop } from '../../transports/transport.ts';

/** How long the leading tab may take to give a sign of life. Milliseconds. */
export const SIGN_OF_LIFE = 1_000;

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
  const apis = environment.tabs ?? globalThis;
  const name = nameOf(target);
  const names = new Set<string>(); // of events that any tab listens for
  const mirror = createMirror(plan, listener);
  const { become, move, isClosed } = mirror;
  const hearing = createHearing(plan, listener);
  let returnsBy: PageEvent | undefined; // while it is put away or frozen
  const channel = createTabChannel(apis, name, 1 + environment.random(), hear);
  const { post } = channel;
  const note = (detail: string): void => listener.tell('note', ['share', detail]);
  const lock = createTabLock(apis, name, {
    granted: lead,
    stolen: () => restart('another tab has taken the lead'),
    refused: connectAlone,
  });
  let session: Session | undefined; // while this tab leads
  let leader: number | null | undefined; // whose word counts; null when it has left
  let stopTimer: Stop | undefined; // of the wait for a sign of life

  const leading: Listener = {
    // `ready` of this tab alone: one that is slow elsewhere does not hold the network.
    ...listener,
    eventNames: () => [...listener.eventNames(), ...names],
    // To the others, and then to this tab, whose handlers may close it.
    tell(what, value) {
      if (what === 'note') return listener.tell(what, value);
      if (!session) return;
      if (what === 'head') leader = channel.me;
      channel.pass(what, value);
      hearOf(what, value);
    },
    message(message) {
      if (!session) return;
      channel.pass('message', message);
      listener.message(message);
    },
    id: (id) => session && channel.state(id),
  };
  const standing = (): Standing => ({ ...mirror.standing(cursor.id), names: leading.eventNames() });
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

  function join(): void {
    if (isClosed() || returnsBy) return;
    // Locks and channels of a page that nobody sees yet wait, and their silence would pass for that of a tab that hangs.
    if (page.isPrerendered?.()) {
      returnsBy = 'activated';
      return;
    }
    try {
      channel.open();
      lock.ask();
      ask();
    } catch (error) {
      connectAlone(error);
    }
  }

  /** Asks for a sign of life of whoever leads. */
  function ask(): void {
    post('hello', listener.eventNames());
    stopTimer?.();
    stopTimer = environment.setTimer(() => {
      note('the leading tab gives no sign of life');
      lock.ask(true);
    }, SIGN_OF_LIFE);
  }

  function lead(): void {
    stopTimer?.();
    note('this tab leads');
    move('connecting', 'this tab leads');
    if (isClosed()) return;
    post('lead', standing());
    session = start({ ...plan, earlier: mirror.earlier() }, leading);
  }

  function connectAlone(error: unknown): void {
    note(`${REFUSAL}: ${String(error)}`);
    mirror.refusals = [REFUSAL];
    leave();
    lead();
  }

  function heed(event: PageEvent): void {
    // A session of its own heeds for itself.
    if (mirror.refusals.length > 0) return;
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
    if (mirror.wasOpen) mirror.miss(cursor.id);
    move('connecting', reason);
    join();
  }

  /** @param isDone whether a message has ended it, which the others hear as well */
  function leave(isDone = false): void {
    const own = session;
    session = undefined;
    if (own) post('left');
    stopTimer?.();
    channel.close();
    lock.leave(isDone || own?.state === 'closed');
    own?.close('user');
  }

  function hear(envelope: Envelope): void {
    const { from, what, value } = envelope;
    if (what === 'hello') {
      for (const event of value as string[]) names.add(event);
      session?.listen();
      if (session) post('here', standing());
    } else if (what === 'reconnect') {
      session?.reconnect();
    } else if (session) {
      // Who led before may have heard the end while it let the lock go.
      if (what === 'closed' && from === leader) leading.tell('closed', value as Closed);
      if (what === 'known') goOnFrom(value as string);
    } else {
      const isNext = what === 'lead' && leader !== undefined;
      const isNews = what === 'lead' || (what === 'here' && !leader);
      if (isNews) follow(from, isNext, value as Standing);
      if (from === leader) believe(envelope);
    }
  }

  /** @param isNext whether it leads after one that was followed to the end, so that nothing is missed */
  function follow(from: number, isNext: boolean, { id, names: heard, isNew, ...change }: Standing): void {
    note('another tab leads');
    for (const event of heard) names.add(event);
    const wasLeft = mirror.wasOpen && (isNew || !isNext);
    const hasGap = cursor.id === '' ? wasLeft : cursor.id !== id && (wasLeft || !isNext);
    if (hasGap) mirror.miss(cursor.id);
    if (!isNext) cursor.id = id;
    else if (hasGap && cursor.id !== '') post('known', cursor.id);
    hearing.begin();
    leader = from;
    if (change.transport !== '') mirror.turnTo({ to: change.transport, refusals: [] });
    become(change);
  }

  /** This tab leads and has heard of none that led before: others know how far those came. */
  function goOnFrom(id: string): void {
    if (mirror.wasOpen || cursor.id === id) return;
    if (cursor.id !== '') mirror.miss(cursor.id);
    cursor.id = id;
    session?.reconnect();
  }

  function believe({ what, value, id }: Envelope): void {
    stopTimer?.();
    if (id !== undefined) hearing.state(id);
    if (what === 'left') {
      leader = null;
      ask();
    } else if (what === 'message') hearing.take(value as Message);
    else if (WORDS.test(what)) hearOf(what as keyof Words, value);
  }

  function hearOf(what: keyof Words, value: unknown): void {
    if (what === 'closed') finish(value as Closed);
    else mirror.hear(what, value);
  }

  function finish(closed: Closed): void {
    if (isClosed()) return;
    const { reason, error } = closed;
    leave(reason === 'done');
    stopWatching();
    move('closed', error?.message ?? reason, error);
    listener.tell('closed', closed);
  }
}
