// The life of one subscription or request: connect, and decide what follows an end.

import { call } from '../ground/call.ts';
import { EnckeError } from '../ground/errors.ts';
import { shownUrl } from '../ground/shown-url.ts';
import type { CloseReason, State } from '../options.ts';
import type { End, Stop } from '../transports/transport.ts';
import { chooseFirst } from './choice.ts';
import {
  wrapped,
  type Listener,
  type Phase,
  type Plan,
  type Response,
  type Run,
  type Session,
  type SessionInside,
  type SessionSeams,
  type TurnListener,
} from './part.ts';
import { pauseBetweenAnswers } from './pause.ts';
import { demandOf } from './request.ts';
import { readRetryAfter, retryDelay } from './retry-delay.ts';
import { startTurn } from './turn.ts';
import { verdictOn } from './verdict.ts';

/** Open this long, a stream has proved healthy even without a message. Milliseconds. */
export const HEALTHY_AFTER = 10_000;

/** The public word for each phase. */
const STATES: Readonly<Record<Phase['is'], State>> = {
  connecting: 'connecting',
  open: 'open',
  'between-answers': 'open',
  'back-off': 'waiting',
  refreshing: 'waiting',
  stored: 'waiting',
  closed: 'closed',
};

const nothing = (): void => undefined;
const no = (): boolean => false;

/** @throws EnckeError `no-transport` when no transport can carry the request. */
export function startSession(plan: Plan, listener: Listener): Session {
  const { target, cursor, house } = plan;
  const { environment, parts } = house;
  const { options, once } = target;
  const { rungs, transport: first, refusals } = chooseFirst(plan);

  let phase: Phase = { is: 'connecting', stop: nothing };
  let attempt = 0; // requests made
  let failures = 0; // attempts in a row that brought nothing
  let run: Run = newRun(); // the attempt under way, or the last
  let asked: readonly string[] = []; // the event names it listens for
  let serverRetry: number | undefined; // the reconnection time the server set
  let isAsSaid = false; // the last stream ended and had set it
  let endsStreams = false; // the last stream held nothing, and was ended by the server
  let stopParts: Stop = nothing;

  const inside: SessionInside = {
    plan,
    target,
    environment,
    cursor,
    listener,
    seams: {} as SessionSeams,
    rungs,
    transport: first,
    choice: { to: first.name, refusals },
    headPatience: 0,
    isLate: false,
    age: () => undefined,
    get phase() {
      return phase;
    },
    get run() {
      return run;
    },
    get failures() {
      return failures;
    },
    hasProved,
    rest(next, why, error) {
      breakOff();
      go(next, why, error);
    },
    connectAtOnce,
    over,
  };
  const base: SessionSeams = {
    tell: listener.tell,
    begin: () => nothing,
    attempt: (heard) => inside.seams.turn(inside.transport, heard),
    turn: (transport, heard) => startTurn(inside, transport, heard),
    opened: nothing,
    gap: nothing,
    weigh: nothing,
    unusable: stepDown,
    refused: no,
    pause: (answer) => pauseBetweenAnswers(inside, answer),
    delay: (facts) => retryDelay(facts, environment.random()),
  };
  const seams = wrapped(
    base,
    parts.map((part) => part.session?.(inside) ?? {}),
  );
  Object.assign(inside.seams, seams);

  // The first connection waits for the end of the current code,
  // so that what is closed at once (a component mounted twice) never reaches the network.
  queueMicrotask(() => {
    if (isClosed()) return;
    stopParts = seams.begin();
    seams.tell('transport', inside.choice);
    connect('');
  });

  const heard: TurnListener = {
    asked: nothing,
    opened(head) {
      run.head = head;
      seams.tell('head', head);
      answered();
      seams.opened(head);
    },
    alive() {
      run.lastLife = environment.now();
    },
    held(waits) {
      run.isHeld = waits;
      run.lastLife = environment.now();
    },
    id(id) {
      cursor.id = id;
      seams.tell('id', id);
    },
    message(message) {
      run.messages++;
      seams.tell('message', message);
      return true;
    },
    retry(milliseconds) {
      serverRetry = milliseconds;
      run.isRetrySet = true;
    },
    problem: report,
    ended,
    renew(reason) {
      if (reason === 'rotated') {
        breakOff();
        connect('');
      } else if (!isClosed()) {
        connectAtOnce('the page was suspended');
        seams.gap(reason);
      }
    },
  };

  return {
    get state() {
      return STATES[phase.is];
    },
    get transport() {
      return inside.transport.name;
    },
    get lastEventId() {
      return cursor.id;
    },
    get attempt() {
      return attempt;
    },
    reconnect,
    listen() {
      const isNew = (name: string): boolean => !asked.includes(name);
      if (inside.transport.hearsByName && listener.eventNames().some(isNew)) reconnect();
    },
    close,
  };

  function newRun(): Run {
    const now = environment.now();
    return {
      startedAt: now,
      startedAfter: cursor.id,
      lastLife: now,
      head: undefined,
      messages: 0,
      isRetrySet: false,
      isHeld: false,
    };
  }

  function reconnect(): void {
    // What led to the handler that calls this goes on first. Where an attempt follows of itself, that is enough.
    const last = attempt;
    queueMicrotask(() => {
      if (attempt === last) connectAtOnce('reconnect() was called');
    });
  }

  function connect(why: string): void {
    const under: Phase = { is: STATES[phase.is] === 'open' ? 'open' : 'connecting', stop: nothing };
    go(under, why);
    // The handler of a change may have closed it.
    if (phase !== under) return;
    attempt++;
    run = newRun();
    asked = listener.eventNames();
    const stop = seams.attempt(heard);
    under.stop = stop;
    if (phase !== under) stop();
  }

  /** Moves to a phase, and says so where the public word changes. */
  function go(next: Phase, why: string, error?: EnckeError, retryIn?: number): void {
    if (isClosed()) return;
    if ('stop' in phase) phase.stop();
    const previous = STATES[phase.is];
    phase = next;
    tellState(previous, why, error, retryIn);
  }

  function tellState(previous: State, reason: string, error?: EnckeError, retryIn?: number): void {
    const state = STATES[phase.is];
    if (state === previous) return;
    const transport = inside.transport.name;
    seams.tell('state', { state, previous, reason, attempt, transport, retryIn, error });
  }

  /** The attempt under way has its answer. */
  function answered(): void {
    if (phase.is !== 'connecting') return;
    phase.is = 'open';
    tellState('connecting', 'the server has answered');
  }

  function ended(end: End, response: Response): void {
    const { rhythm } = inside.transport;
    const isStream = rhythm === 'stream';
    const { head, startedAfter, messages, isRetrySet } = run;
    // It may be how a server answers polls, but not one that ends its streams like that.
    const isEmptyStream = response.isEmptyStream && endsStreams && !isStream;
    endsStreams = isStream ? response.isEmptyStream && !isRetrySet : endsStreams;
    const facts = { ...response, isEmptyStream, once, rhythm, resumed: startedAfter !== '' };
    const { next, error } = verdictOn(end, facts, target.convention.statuses);
    const isWholeAnswer = next === 'again' && !isStream;
    const healthy = isWholeAnswer || hasProved();
    // A stream that ended with the word when to come back has done what it was to do, also without a message.
    isAsSaid = end.how === 'complete' && isRetrySet && isStream;
    failures = healthy ? 0 : failures + 1;
    const opened = head !== undefined;
    seams.weigh({ opened, healthy: healthy || isAsSaid, isTimeout: error?.code === 'timeout' });
    if (end.how === 'complete' && rhythm === 'interval') {
      // Of half an answer the server must not be told that it is known.
      cursor.etag = end.truncated ? null : head?.headers?.get('etag');
    }
    if (isWholeAnswer) {
      answered();
      if (end.how === 'status') seams.opened(end.head);
      const { elapsed } = response;
      const pause = seams.pause({ elapsed, messages, startedAfter, serverRetry });
      return wait((stop) => ({ is: 'between-answers', stop }), 'answered', undefined, pause);
    }
    if (cursor.id === '') seams.gap('no-ids');
    if (next === 'done') over(next, undefined, end.how === 'complete' ? end.truncated : undefined);
    else if (next === 'fatal') over(next, error);
    else if (next === 'refresh') {
      if (!error || !seams.refused(error)) over('fatal', error);
    } else if (next === 'fall-back') fallBack(error);
    else {
      if (next === 'forget') {
        cursor.id = '';
        cursor.etag = null;
        seams.gap('expired');
      }
      retry(error);
    }
  }

  function hasProved(): boolean {
    return run.messages > 0 || (run.head !== undefined && environment.now() - run.startedAt >= HEALTHY_AFTER);
  }

  /** To the next transport that can carry the request, where there is one. */
  function stepDown(reason: string): boolean {
    const from = inside.transport;
    const demand = demandOf(target);
    const next = rungs.slice(rungs.indexOf(from) + 1).find((rung) => rung.refuses(demand) === undefined);
    if (!next) return false;
    inside.transport = next;
    seams.tell('transport', { from: from.name, to: next.name, reason, evidence: 'unusable', refusals: [] });
    return true;
  }

  function fallBack(error: EnckeError | undefined): void {
    const reason = error?.message ?? '';
    if (seams.unusable(reason)) return waitAsWanted(error, 0);
    const sentence = `No transport works here. The last one failed: ${reason}`;
    over('fatal', new EnckeError('no-transport', sentence, { cause: error }));
  }

  function retry(error: EnckeError | undefined): void {
    if (isClosed()) return;
    const wanted = askRetry(error, failures < options.maxAttempts && usualDelay(error), true);
    if (wanted !== false) return waitAsWanted(error, wanted);
    const sentence = `Gave up after ${String(failures)} attempts in a row that brought nothing.`;
    const last = new EnckeError('retries', sentence, { cause: error });
    report(last);
    close('retries', last);
  }

  function over(reason: CloseReason, error: EnckeError | undefined, truncated?: boolean): void {
    if (isClosed()) return;
    const wanted = once ? false : askRetry(error, reason === 'fatal' && usualDelay(error), false);
    if (wanted !== false) return waitAsWanted(error, wanted);
    report(error);
    close(reason, error, truncated);
  }

  function usualDelay(error: EnckeError | undefined): number {
    const retryAfter = readRetryAfter(error?.headers?.get('retry-after'), Date.now());
    const wasWell = isAsSaid ? 0 : failures;
    return Math.round(seams.delay({ ...options, failures: wasWell, serverRetry, retryAfter }));
  }

  /** @param goesOn whether it connects again where the caller wants nothing else */
  function askRetry(error: EnckeError | undefined, delay: number | false, goesOn: boolean): number | false {
    const usual = goesOn && delay;
    return call(options.retry, { error, failures, delay }) ?? usual;
  }

  function waitAsWanted(error: EnckeError | undefined, wanted: number): void {
    report(error, wanted);
    const isUnreachable = error?.code === 'network' || error?.code === 'timeout';
    const why = error?.message ?? 'the stream ended';
    wait((stop) => ({ is: 'back-off', stop, isUnreachable }), why, error, wanted);
  }

  function wait(
    phaseOf: (stop: Stop) => Phase,
    why: string,
    error: EnckeError | undefined,
    wanted: number,
  ): void {
    if (isClosed()) return;
    const stop = environment.setTimer(() => connect('the wait is over'), wanted);
    go(phaseOf(stop), why, error, wanted);
  }

  function connectAtOnce(why: string): void {
    if (isClosed()) return;
    breakOff();
    go({ is: 'back-off', stop: nothing, isUnreachable: false }, why, undefined, 0);
    connect(why);
  }

  /** Ends an attempt that is under way, for no fault of its own. */
  function breakOff(): void {
    if (!/^(connecting|open)$/.test(phase.is)) return;
    if (hasProved()) failures = 0;
    if (run.head && cursor.id === '') seams.gap('no-ids');
  }

  function report(error: EnckeError | undefined, retryIn?: number): void {
    if (isClosed() || !error) return;
    error.url ??= shownUrl(target.url);
    seams.tell('error', Object.assign(error, { attempt, transport: inside.transport.name, retryIn }));
  }

  function close(reason: CloseReason, error?: EnckeError, truncated?: boolean): void {
    if (isClosed()) return;
    stopParts();
    go({ is: 'closed' }, error?.message ?? reason, error);
    seams.tell('closed', { reason, error, truncated });
  }

  /** A function, so that the compiler forgets what it knew of `phase` before a handler ran. */
  function isClosed(): boolean {
    return phase.is === 'closed';
  }
}
