// The life of one subscription or request: connect, keep, and decide what follows an end.

import { call } from '../ground/call.ts';
import { EnckeError } from '../ground/errors.ts';
import { mediaTypeOf } from '../ground/media-type.ts';
import type { Message } from '../ground/message.ts';
import type {
  Closed,
  CloseReason,
  Resync,
  ResyncReason,
  State,
  StateChange,
  TraceEntry,
  TransportChange,
} from '../options.ts';
import { shownUrl } from '../ground/shown-url.ts';
import type { End, Head, Stop, Transport } from '../transports/transport.ts';
import { EMPTY_ANSWER_PAUSE, HEAD_PATIENCE, pollInterval, startAttempt, TIE } from './attempt.ts';
import type { Cursor } from './cursor.ts';
import type { Environment } from './environment.ts';
import { createLadder } from './ladder.ts';
import type { OriginMemory } from './origin-memory.ts';
import type { PageEvent } from './page-lifecycle.ts';
import { demandOf, type Target } from './request.ts';
import { refreshOf, startRefresh } from './refresh.ts';
import { readRetryAfter, retryDelay } from './retry-delay.ts';
import type { Trace } from './trace.ts';
import { EVENT_STREAM, type Response } from './turn.ts';
import { verdictOn } from './verdict.ts';
import { createRhythm, LEAST_PATIENCE } from './watchdog.ts';

/** Open this long, a stream has proved healthy even without a message. Milliseconds. */
export const HEALTHY_AFTER = 10_000;

/** Shortest time from one long poll to the next when the first brought messages without ids, which a server that answers at once would send again and again. */
const REPEATED_ANSWER_PAUSE = 100;

/** Of so many failures in a row one may be due to a redirect that is new. */
const GUESS_EVERY = 8;

/** What a session is given. */
export interface Plan {
  readonly target: Target;
  readonly rungs: readonly Transport[];
  readonly environment: Environment;
  /** It outlives the session where tabs take over from one another. */
  readonly cursor: Cursor;
  readonly memory: OriginMemory;
  readonly trace: Trace;
  /** Keeps the last event id over a reload, where that was asked for. */
  keep(id: string): void;
  /** What an earlier session of the same subscription was. @defaultValue there was none */
  readonly earlier?: Earlier | undefined;
}

/** What is known of the sessions that a subscription had before. */
export interface Earlier {
  /** Whether one was ever open: then gaps are told. */
  readonly wasOpen: boolean;
  /** Why messages may be missing since. */
  readonly gap: ResyncReason | undefined;
}

/** Where what a session says goes. After `closed` nothing is said. */
export interface SessionListener {
  state(change: StateChange): void;
  transport(change: TransportChange): void;
  head(head: Head): void;
  message(message: Message): void;
  error(error: EnckeError): void;
  resync(gap: Resync): void;
  closed(closed: Closed): void;
  /** The event names that someone listens for. */
  eventNames(): readonly string[];
  /** Where more has come than can be used, the moment from which the next is welcome. */
  ready(): Promise<void> | undefined;
}

export interface Session {
  readonly state: State;
  /** Name of the transport in use. */
  readonly transport: string;
  readonly lastEventId: string;
  /** Requests made so far. */
  readonly attempt: number;
  readonly trace: readonly TraceEntry[];
  /** Connects anew, at once; a microtask later, so that it may be called in a handler. */
  reconnect(): void;
  /** Someone listens for further event names: connects anew where the carrier has to be told each. */
  listen(): void;
  close(reason: CloseReason, error?: EnckeError, truncated?: boolean): void;
}

/** What a session does between two attempts. */
type Rest = 'back-off' | 'between answers' | 'refresh' | 'stored';

/** The moves a state allows. */
const MOVES: Readonly<Record<State, readonly State[]>> = {
  connecting: ['open', 'waiting', 'closed'],
  open: ['waiting', 'closed'],
  waiting: ['connecting', 'closed'],
  closed: [],
};

/** @throws EnckeError `no-transport` when no rung can carry the request. */
export function startSession(plan: Plan, listener: SessionListener): Session {
  const { target, environment, cursor, memory, trace } = plan;
  const { options, once } = target;
  const rhythm = createRhythm(options.heartbeat);
  const ladder = createLadder(plan.rungs, demandOf(target), memory, environment.now, (change) => {
    trace('transport', [change.to, change.evidence, change.reason].filter(Boolean).join(': '));
    listener.transport(change);
  });

  let state: State = 'connecting';
  let attempt = 0; // requests made
  let failures = 0; // attempts in a row that brought nothing
  let serverRetry: number | undefined; // the reconnection time the server set
  let startedAt = 0; // when the current attempt began
  let startedAfter = ''; // the last event id then
  let lastLife = 0; // when the last byte came, or the attempt began
  let head: Head | undefined; // of the current attempt
  let asked: readonly string[] = []; // the event names it listens for
  let messages = 0; // what it has brought
  let headAt = 0; // when its head came
  let isHeadNew = false; // nothing has come behind it yet
  let isRetrySet = false; // it has set the reconnection time
  let isAsSaid = false; // the last one ended and had set it
  let isHeld = false; // its carrier waits for us
  let suspectsRedirect = false; // the last one may have failed for its header, at another origin
  let isGuess = false; // this one sends the id by query because of that
  let endsStreams = false; // the last stream held nothing, and was ended by the server
  let hasComplained = false; // of what `retry` gives
  let { wasOpen = false, gap } = plan.earlier ?? {}; // ever; why messages may be missing, until it is told
  let isRefreshed = false; // since credentials were last accepted
  let isUnreachable = false; // the last attempt met no server, so that none has asked for patience
  let rest: Rest | undefined; // absent while an attempt is under way
  let stopAttempt: Stop | undefined;
  let stopTimer: Stop | undefined; // of the rest
  let stopWatching: Stop | undefined;

  // The first connection waits for the end of the current code,
  // so that what is closed at once (a component mounted twice) never reaches the network.
  queueMicrotask(() => {
    if (isClosed()) return;
    if (!once) stopWatching = environment.page.watch(heed);
    ladder.begin();
    connect();
  });

  return {
    get state() {
      return state;
    },
    get transport() {
      return ladder.transport.name;
    },
    get lastEventId() {
      return cursor.id;
    },
    get attempt() {
      return attempt;
    },
    trace: trace.entries,
    reconnect,
    listen() {
      const isNew = (name: string): boolean => !asked.includes(name);
      if (ladder.transport.hearsByName && listener.eventNames().some(isNew)) reconnect();
    },
    close,
  };

  function reconnect(): void {
    // What led to the handler that calls this goes on first. Where an attempt follows of itself, that is enough.
    const last = attempt;
    queueMicrotask(() => {
      if (attempt === last) connectAtOnce('reconnect() was called');
    });
  }

  function connect(): void {
    if (isClosed()) return;
    rest = undefined;
    if (!memory.asksOnce.has(target.resource)) ladder.renew();
    // The handler of a change may have closed it.
    if (isClosed()) return;
    attempt++;
    messages = 0;
    head = undefined;
    isRetrySet = isHeld = isHeadNew = false;
    isGuess = suspectsRedirect;
    if (isGuess) cursor.inQuery = true;
    lastLife = startedAt = environment.now();
    startedAfter = cursor.id;
    const { eventNames, ready } = listener;
    asked = eventNames();
    const note = (detail: string): void => {
      trace('beside', detail);
    };
    const missed = (): void => {
      gap ??= 'no-ids';
    };
    stopAttempt = startAttempt(
      { target, environment, cursor, rhythm, ladder, memory, isLate, eventNames, ready, note, missed },
      {
        asked: () => undefined,
        opened(seen) {
          if (!isWellAsked(seen)) return;
          head = seen;
          isRefreshed = false;
          headAt = environment.now();
          isHeadNew = true;
          // Ten answers a second to polls would leave room for nothing else.
          const isNews = state !== 'open' || ladder.transport.rhythm === 'stream';
          if (isNews) trace('head', `${String(seen.status)} ${shownUrl(seen.url)}`);
          listener.head(seen);
          become('open', 'the server has answered');
          tellGap(seen);
        },
        alive() {
          lastLife = environment.now();
          noteLateness();
        },
        held(waits) {
          isHeld = waits;
          lastLife = environment.now();
        },
        message(message) {
          messages++;
          noteLateness();
          listener.message(message);
          if (environment.page.isHidden()) plan.keep(cursor.id);
        },
        retry(milliseconds) {
          serverRetry = milliseconds;
          isRetrySet = true;
        },
        problem: report,
        ended,
        renew(reason) {
          if (reason === 'suspended') {
            if (wake('the page was suspended', true)) gap = 'suspended';
          } else {
            breakOff();
            connect();
          }
        },
      },
    );
  }

  function ended(end: End, response: Response): void {
    const { transport } = ladder;
    const { rhythm } = transport;
    if (end.how === 'status' && !isWellAsked(end.head)) return;
    suspectsRedirect = mayBeRedirected(end);
    const resumed = startedAfter !== '';
    const { statuses } = target.convention;
    // It may be how a server answers polls, but not one that ends its streams like that.
    const isEmptyStream = response.isEmptyStream && endsStreams && rhythm !== 'stream';
    endsStreams = rhythm === 'stream' ? response.isEmptyStream && !isRetrySet : endsStreams;
    const { next, error } = verdictOn(end, { ...response, isEmptyStream, once, rhythm, resumed, statuses });
    const isWholeAnswer = next === 'again' && rhythm !== 'stream';
    const isHealthy = isWholeAnswer || hasProved();
    // A stream that ended with the word when to come back has done what it was to do, also without a message.
    isAsSaid = end.how === 'complete' && isRetrySet && rhythm === 'stream';
    if (isHealthy) startAfresh();
    else failures++;
    if (error?.code === 'timeout') suspect();
    ladder.weigh(head !== undefined, isHealthy || isAsSaid);
    if (end.how === 'complete' && rhythm === 'interval') {
      // Of half an answer the server must not be told that it is known.
      cursor.etag = end.truncated ? null : head?.headers?.get('etag');
    }
    if (isWholeAnswer) {
      become('open', 'the server has answered');
      if (end.how === 'status') tellGap(end.head);
    } else if (cursor.id === '') gap ??= 'no-ids';

    if (next === 'done') over(next, undefined, end.how === 'complete' ? end.truncated : undefined);
    else if (next === 'fatal') over(next, error);
    else if (isWholeAnswer) wait('between answers', pauseBetweenAnswers(response.elapsed));
    else if (next === 'refresh') refresh(error);
    else if (next === 'fall-back') fallBack(error);
    else {
      if (next === 'forget') {
        cursor.forget();
        gap = 'expired';
      }
      retry(error);
    }
  }

  /** Where the query was a guess, and the answer comes from the page's own origin after all, it is asked once more by header. */
  function isWellAsked({ url }: Head): boolean {
    cursor.answeredFrom(url, environment.origin());
    const isWrong = isGuess && !cursor.inQuery;
    isGuess = suspectsRedirect = false;
    if (isWrong) {
      stopAttempt?.();
      connect();
    }
    return !isWrong;
  }

  /** A redirect to another origin refuses a header of ours, and nothing tells that from a server that is down. */
  function mayBeRedirected(end: End): boolean {
    const isUnanswered = end.how === 'cut' && end.error.code === 'network' && !head;
    const wasInHeader = startedAfter !== '' && ladder.transport.sendsHeaders && !cursor.inQuery;
    if (isGuess) cursor.inQuery = false;
    return (
      isUnanswered &&
      wasInHeader &&
      !target.crossOrigin &&
      (!cursor.wasAnswered || (failures + 1) % GUESS_EVERY === 0)
    );
  }

  /**
   * A server that sends the head of a stream with its first byte is mute by nature until then. Firefox (153) shows no head
   * before that, whatever the server does.
   */
  function noteLateness(): void {
    // Asked once for each response.
    if (!isHeadNew) return;
    isHeadNew = false;
    const isStream = mediaTypeOf(head?.headers?.get('content-type')) === EVENT_STREAM;
    if (isStream && headAt - startedAt >= HEAD_PATIENCE && environment.now() - headAt < TIE) {
      memory.lateHeads.add(target.resource);
      rhythm.waited(headAt - startedAt);
    }
  }

  function isLate(): boolean {
    return memory.lateHeads.has(target.resource);
  }

  /** What was proved of the way counts no more. */
  function suspect(): void {
    ladder.suspect();
    memory.letsThrough = false;
  }

  /** Whether the attempt under way has brought something, or was open for so long that it might have. */
  function hasProved(): boolean {
    return messages > 0 || (head !== undefined && environment.now() - startedAt >= HEALTHY_AFTER);
  }

  /** What went wrong before counts no more. */
  function startAfresh(): void {
    failures = 0;
  }

  /** A long poll that brings nothing, or nothing that can be resumed after, never comes back in a tight loop. */
  function pauseBetweenAnswers(elapsed: number): number {
    // One message of however many there are leaves no time to lose.
    if (target.convention.idOf && cursor.id !== startedAfter) return 0;
    if (ladder.transport.rhythm === 'interval') return pollInterval(target, environment);
    if (cursor.id !== startedAfter) return 0;
    const pause = messages > 0 ? REPEATED_ANSWER_PAUSE : Math.max(EMPTY_ANSWER_PAUSE, serverRetry ?? 0);
    return Math.max(0, pause - elapsed);
  }

  function fallBack(error: EnckeError | undefined): void {
    const reason = error?.message ?? '';
    if (!ladder.giveUp(reason)) {
      const sentence = `No transport works here. The last one failed: ${reason}`;
      over('fatal', new EnckeError('no-transport', sentence, { cause: error }));
      return;
    }
    report(error);
    become('waiting', reason, error, 0);
    wait('back-off', 0);
  }

  /** Once, until credentials were accepted again; for one handler at a time. */
  function refresh(error: EnckeError | undefined): void {
    const { onUnauthorized } = options;
    if (!onUnauthorized || !error) return over('fatal', error);
    const known = refreshOf(memory.refreshes, onUnauthorized);
    // Refused with the credentials of before a refresh, which is under way or has ended since.
    const isStale = known.pending !== undefined || startedAt < known.endedAt;
    if (isRefreshed && !isStale) return over('fatal', error);
    isRefreshed = true;
    rest = 'refresh';
    become('waiting', error.message, error);
    if (isClosed()) return;
    if (!isStale) startRefresh(known, onUnauthorized, error, environment.now);
    Promise.resolve(known.pending).then(
      () => {
        if (rest === 'refresh') connectAtOnce('the credentials were refreshed');
      },
      (cause: unknown) => {
        if (rest === 'refresh') over('fatal', Object.assign(error, { cause }));
      },
    );
  }

  function retry(error: EnckeError | undefined): void {
    if (isClosed()) return;
    const wanted = askRetry(error, failures < options.maxAttempts && usualDelay(error), true);
    if (wanted !== false) return waitAsWanted(error, wanted);
    const sentence = `Gave up after ${String(failures)} attempts in a row that brought nothing.`;
    fail('retries', new EnckeError('retries', sentence, { cause: error }));
  }

  /** The server, or what it answered, has ended it, unless the caller wants to connect again all the same. */
  function over(reason: CloseReason, error: EnckeError | undefined, truncated?: boolean): void {
    if (isClosed()) return;
    const wanted = once ? false : askRetry(error, reason === 'fatal' && usualDelay(error), false);
    if (wanted !== false) return waitAsWanted(error, wanted);
    report(error);
    close(reason, error, truncated);
  }

  function usualDelay(error: EnckeError | undefined): number {
    const retryAfter = readRetryAfter(error?.headers?.get('retry-after'), Date.now());
    isUnreachable = error?.code === 'network' || error?.code === 'timeout';
    const wasWell = isAsSaid ? 0 : failures;
    const facts = { ...options, failures: wasWell, serverRetry, retryAfter, crowd: memory.waiting };
    return Math.round(retryDelay(facts, environment.random()));
  }

  /** @param goesOn whether it connects again where the caller wants nothing else */
  function askRetry(error: EnckeError | undefined, delay: number | false, goesOn: boolean): number | false {
    const usual = goesOn && delay;
    const wanted: unknown = call(options.retry, { error, failures, delay }) ?? usual;
    if (wanted === false || (typeof wanted === 'number' && wanted >= 0 && wanted < Infinity)) return wanted;
    const sentence =
      'retry must give milliseconds, at least 0, or false, and no promise. The default is taken.';
    if (!hasComplained) report(new EnckeError('invalid-option', sentence));
    hasComplained = true;
    return usual;
  }

  function waitAsWanted(error: EnckeError | undefined, wanted: number): void {
    report(error, wanted);
    become('waiting', error?.message ?? 'the stream ended', error, wanted);
    wait('back-off', wanted);
  }

  function wait(why: Rest, milliseconds: number): void {
    if (isClosed()) return;
    rest = why;
    const isCrowding = why === 'back-off';
    if (isCrowding) memory.waiting++;
    const stop = environment.setTimer(() => {
      endRest();
      become('connecting', 'the wait is over');
      connect();
    }, milliseconds);
    stopTimer = () => {
      if (isCrowding) memory.waiting--;
      stop();
    };
  }

  function endRest(): void {
    stopTimer?.();
    stopTimer = undefined;
    rest = undefined;
  }

  function connectAtOnce(why: string): void {
    if (isClosed()) return;
    breakOff();
    become('waiting', why, undefined, 0);
    become('connecting', why);
    connect();
  }

  /** Ends what is under way, an attempt or a rest, for no fault of either. */
  function breakOff(): void {
    if (rest === undefined && hasProved()) startAfresh();
    if (rest === undefined && head && cursor.id === '') gap ??= 'no-ids';
    stopAttempt?.();
    endRest();
  }

  /** What the page goes through, and what that means for a connection. */
  function heed(event: PageEvent): void {
    trace('page', event);
    if (event === 'activated') return;
    if (event === 'online') {
      memory.doubts.clear();
      memory.letsThrough = false;
    }
    // The last that a page hears which is discarded or killed in the background.
    if (event === 'hidden' || event === 'frozen') return plan.keep(cursor.id);
    if (event !== 'stored') plan.keep('');
    if (event !== 'stored') {
      const wasAway = event === 'resumed' || rest === 'stored';
      const isMade = wake(`the page is ${event}`, rest === 'stored', event === 'visible');
      if (isMade && wasAway) gap = 'suspended';
    } else if (!isClosed()) {
      // An open connection keeps a page out of the back/forward cache.
      breakOff();
      rest = 'stored';
      plan.keep(cursor.id);
      become('waiting', 'the page is put away');
    }
  }

  /** Connects anew where the connection may have died unnoticed, or where there is no use in waiting any longer. */
  function wake(why: string, isSure: boolean, isGlance = false): boolean {
    if (isClosed()) return false;
    const silence = environment.now() - lastLife;
    const isStream = ladder.transport.rhythm === 'stream';
    const isDue =
      rest === undefined
        ? !isHeld &&
          // A long poll is silent by nature; its own deadline tells when the page slept through it.
          silence >= ((isStream && rhythm.age) || LEAST_PATIENCE) &&
          (isStream || !isGlance)
        : rest === 'between answers' && silence >= options.pollInterval;
    // Where a server has asked for patience, or refused, waking up changes nothing.
    const isMade = isSure || isDue || (rest === 'back-off' && isUnreachable);
    if (isMade) connectAtOnce(why);
    return isMade;
  }

  /** Tells of a gap, once the connection is back. */
  function tellGap({ headers }: Head): void {
    const { echo } = target.convention;
    const answered = echo === undefined ? undefined : headers?.get(echo);
    if (startedAfter !== '' && typeof answered === 'string' && answered !== startedAfter) gap = 'reset';
    const reason = gap;
    gap = undefined;
    if (wasOpen && reason !== undefined && !once && !isClosed()) {
      trace('resync', reason);
      listener.resync({ reason, lastEventId: startedAfter });
    }
    wasOpen = true;
  }

  function fail(reason: CloseReason, error: EnckeError | undefined): void {
    report(error);
    close(reason, error);
  }

  function report(error: EnckeError | undefined, retryIn?: number): void {
    if (isClosed() || !error) return;
    error.url ??= shownUrl(target.url);
    trace('error', `${error.code}: ${error.message}`);
    listener.error(Object.assign(error, { attempt, transport: ladder.transport.name, retryIn }));
  }

  function close(reason: CloseReason, error?: EnckeError, truncated?: boolean): void {
    if (isClosed()) return;
    endRest();
    stopAttempt?.();
    stopWatching?.();
    become('closed', error?.message ?? reason, error);
    listener.closed({ reason, error, truncated });
  }

  function become(next: State, reason: string, error?: EnckeError, retryIn?: number): void {
    if (!MOVES[state].includes(next)) return;
    const previous = state;
    state = next;
    const transport = ladder.transport.name;
    trace('state', `${next}: ${reason}`);
    listener.state({ state, previous, reason, attempt, transport, retryIn, error });
  }

  /** A function, so that the compiler forgets what it knew of `state` before a handler ran. */
  function isClosed(): boolean {
    return state === 'closed';
  }
}
