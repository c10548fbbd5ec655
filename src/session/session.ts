// The life of one subscription or request: connect, and decide what follows an end.

import { call } from '../ground/call.ts';
import type { EnckeError } from '../ground/errors.ts';
import { nothing } from '../ground/nothing.ts';
import { shownUrl } from '../ground/shown-url.ts';
import type { CloseReason } from '../options.ts';
import type { Stop } from '../transports/transport.ts';
import { chooseFirst } from './choice.ts';
import { createEnds } from './ends.ts';
import {
  wrap,
  type Listener,
  type Phase,
  type Plan,
  type Run,
  type Session,
  type SessionInside,
  type SessionSeams,
  type TurnListener,
} from './part.ts';
import { buildRequest } from './request.ts';
import { retryDelay } from './retry-delay.ts';
import { createPhases } from './phases.ts';
import { startTurn } from './turn.ts';

/** Open this long, a stream has proved healthy even without a message. Milliseconds. */
export const HEALTHY_AFTER = 10_000;

const no = (): boolean => false;

/** @throws EnckeError `no-transport` when no transport can carry the request. */
export function startSession(plan: Plan, listener: Listener): Session {
  const { target, cursor, house } = plan;
  const { environment, parts } = house;
  const { rungs, transport: first, refusals } = chooseFirst(plan);

  const phases = createPhases({ is: 'connecting', stop: nothing }, (change) => {
    seams.tell('state', { ...change, attempt, transport: inside.transport.name });
  });
  const { answered, go, isClosed } = phases;
  let attempt = 0; // requests made
  let run: Run = newRun(); // the attempt under way, or the last
  let asked: readonly string[] = []; // the event names it listens for
  let stopParts: Stop = nothing;

  const seams: SessionSeams = {
    tell: listener.tell,
    begin: () => nothing,
    attempt: (heard) => seams.turn(inside.transport, heard),
    request: (transport) => buildRequest(target, transport, cursor, listener.eventNames()),
    turn: (transport, heard) => startTurn(inside, transport, heard),
    opened: nothing,
    brought: nothing,
    gap: nothing,
    weigh: nothing,
    unusable: (error) => error,
    refused: no,
    pause: (answer, { polls }) => polls?.pause(answer, cursor.id, target.options) ?? 0,
    delay: (facts) => retryDelay(facts, environment.random()),
    retry: (context) => call(target.options.retry, context),
  };
  const inside: SessionInside = {
    plan,
    target,
    environment,
    cursor,
    listener,
    seams,
    rungs,
    transport: first,
    choice: { to: first.name, refusals },
    headPatience: 0,
    isLate: false,
    age: () => undefined,
    get phase() {
      return phases.current;
    },
    get run() {
      return run;
    },
    get failures() {
      return ends.failures;
    },
    hasProved,
    rest(next, why, error) {
      breakOff();
      go(next, why, error);
    },
    report,
    connectAtOnce,
    over: (reason, error) => ends.over(reason, error),
  };
  const ends = createEnds(inside, { answered, wait, report, close });
  // The convention is a part, too: the innermost.
  wrap(
    seams,
    [...parts, target.convention].map((part) => part.session?.(inside)),
  );

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
    alive(_size, at) {
      run.lastLife = at;
    },
    held(waits) {
      run.isHeld = waits;
      run.lastLife = environment.now();
    },
    id(id) {
      cursor.id = id;
      listener.id(id);
    },
    message(message) {
      if (run.messages++ === 0) seams.brought();
      listener.message(message);
    },
    retry: ends.retry,
    problem: report,
    ended: ends.ended,
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
      return phases.state;
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
    const under: Phase = { is: phases.state === 'open' ? 'open' : 'connecting', stop: nothing };
    go(under, why);
    // The handler of a change may have closed it.
    if (phases.current !== under) return;
    attempt++;
    run = newRun();
    asked = listener.eventNames();
    const stop = seams.attempt(heard);
    under.stop = stop;
    if (phases.current !== under) stop();
  }

  function hasProved(): boolean {
    return run.messages > 0 || (run.head !== undefined && environment.now() - run.startedAt >= HEALTHY_AFTER);
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
    if (!/^(connecting|open)$/.test(phases.current.is)) return;
    if (hasProved()) ends.failures = 0;
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
}
