// The life of one subscription or request: connect, keep, and decide what follows an end.

import { EnckeError } from '../errors.ts';
import type { Message } from '../message.ts';
import type { Closed, CloseReason, State, StateChange, TransportChange } from '../options.ts';
import type { Head, Stop, Transport } from '../transports/transport.ts';
import type { Cursor } from './cursor.ts';
import type { Environment } from './environment.ts';
import { pickTransport } from './pick-transport.ts';
import { demandOf, type Target } from './request.ts';
import { readRetryAfter, retryDelay } from './retry-delay.ts';
import { startTurn, type TurnEnd } from './turn.ts';
import { verdictOnEnd, verdictOnExchange, type Verdict } from './verdict.ts';

/** Open this long, a stream has proved healthy even without a message. Milliseconds. */
const HEALTHY_AFTER = 10_000;

/** Streams in a row that may open and bring nothing before the next rung is tried. */
const MUTE_STREAMS = 3;

/** Shortest time from one long poll to the next when the first came back empty. Milliseconds. */
const EMPTY_ANSWER_PAUSE = 1_000;

/** What a session is given. */
export interface Plan {
  readonly target: Target;
  readonly ladder: readonly Transport[];
  readonly environment: Environment;
  readonly cursor: Cursor;
  /** A subscription connects again after an end; a request does not. */
  readonly endless: boolean;
  onHead(head: Head): void;
  onMessage(message: Message): void;
  onError(error: EnckeError): void;
  onState(change: StateChange): void;
  onTransport(change: TransportChange): void;
  onClosed(closed: Closed): void;
}

export interface Session {
  readonly state: State;
  /** Name of the transport in use. */
  readonly transport: string;
  /** Tells of an error that the stream survives. */
  report(error: EnckeError): void;
  close(reason: CloseReason, error?: EnckeError): void;
}

/** The moves a state allows. */
const MOVES: Readonly<Record<State, readonly State[]>> = {
  connecting: ['open', 'waiting', 'closed'],
  open: ['connecting', 'waiting', 'closed'],
  waiting: ['connecting', 'closed'],
  closed: [],
};

/** @throws EnckeError `no-transport` when nothing in the ladder can carry the request. */
export function startSession(plan: Plan): Session {
  const { target, environment, cursor, endless } = plan;
  const { options } = target;
  const demand = demandOf(target, !endless);
  const givenUp = new Map<string, string>(); // transports that do not work here → why
  const proved = new Set<Transport>(); // transports that have brought something here

  let state: State = 'connecting';
  let { transport, refusals } = pickTransport(plan.ladder, demand, givenUp);
  let attempt = 0; // requests made
  let failures = 0; // attempts in a row that brought nothing
  let muteStreams = 0; // streams in a row that opened and brought nothing
  let serverRetry: number | undefined; // the reconnection time the server set
  let startedAt = 0; // when the current attempt began
  let messages = 0; // what the current attempt has brought
  let opened = false; // whether the current attempt has seen a head
  let stopTurn: Stop = nothing;
  let stopTimer: Stop = nothing; // the wait, or the deadline of the current attempt

  // The first connection waits for the end of the current code,
  // so that what is closed at once (a component mounted twice) never reaches the network.
  queueMicrotask(() => {
    if (state === 'closed') return;
    plan.onTransport({ to: transport.name, refusals });
    connect();
  });

  return {
    get state() {
      return state;
    },
    get transport() {
      return transport.name;
    },
    report,
    close,
  };

  function connect(): void {
    if (isClosed()) return;
    const isStream = transport.rhythm === 'stream';
    const deadline = transport.rhythm === 'answer' ? options.longPollTimeout : options.connectTimeout;

    attempt += 1;
    messages = 0;
    opened = false;
    startedAt = environment.now();
    stopTimer = environment.setTimer(() => {
      stopTurn();
      const error = new EnckeError('timeout', `No answer within ${String(deadline)} ms.`, {
        url: target.url,
      });
      ended({ how: 'cut', error });
    }, deadline);
    stopTurn = startTurn(
      { target, transport, cursor, flush: !endless },
      {
        opened(head) {
          // A stream is under way; a poll has its answer only when it is whole.
          if (isStream) stopTimer();
          opened = true;
          become('open', `${transport.name} is open`);
          plan.onHead(head);
        },
        message(message) {
          messages += 1;
          plan.onMessage(message);
        },
        retry(milliseconds) {
          serverRetry = milliseconds;
        },
        problem: report,
        ended,
      },
    );
  }

  function ended(end: TurnEnd): void {
    stopTimer();
    weigh(end);
    follow(end.how === 'failed' ? { next: 'fatal', error: end.error } : decide(end));
  }

  function decide(end: Exclude<TurnEnd, { how: 'failed' }>): Verdict {
    return endless ? verdictOnEnd(end, transport.rhythm) : verdictOnExchange(end);
  }

  /** Counts what the attempt was worth. */
  function weigh(end: TurnEnd): void {
    const isWholeAnswer = transport.rhythm !== 'stream' && end.how === 'complete';
    const isHealthy =
      messages > 0 || isWholeAnswer || (opened && environment.now() - startedAt >= HEALTHY_AFTER);
    failures = isHealthy ? 0 : failures + 1;
    muteStreams = isHealthy || !opened ? 0 : muteStreams + 1;
    if (isHealthy) proved.add(transport);
  }

  function follow(verdict: Verdict): void {
    switch (verdict.next) {
      case 'done':
        close('done');
        break;
      case 'fatal':
        report(verdict.error);
        close('fatal', verdict.error);
        break;
      case 'fall-back':
        report(verdict.error);
        fallBack(verdict.error);
        break;
      case 'again':
        wait(pauseBetweenAnswers());
        break;
      case 'retry':
        if (muteStreams >= MUTE_STREAMS && !proved.has(transport)) leaveMuteStream();
        retry(verdict.error, verdict.retryAfter);
    }
  }

  /** Takes the next rung, or ends when there is none. */
  function fallBack(error: EnckeError): void {
    givenUp.set(transport.name, `cannot work here (${error.message})`);
    try {
      changeTransport(error.message);
      wait(0);
    } catch (noneLeft) {
      if (noneLeft instanceof EnckeError) close('fatal', noneLeft);
    }
  }

  /** Takes the next rung where there is one; a mute stream is no proof, so it stays where there is none. */
  function leaveMuteStream(): void {
    const reason = `opened ${String(MUTE_STREAMS)} times and brought nothing`;
    givenUp.set(transport.name, reason);
    try {
      changeTransport(`${transport.name} ${reason}`);
    } catch {
      // The last rung keeps trying.
      givenUp.delete(transport.name);
    }
    muteStreams = 0;
  }

  function changeTransport(reason: string): void {
    const from = transport.name;
    ({ transport, refusals } = pickTransport(plan.ladder, demand, givenUp));
    plan.onTransport({ from, to: transport.name, reason, refusals });
  }

  /** [rhythm] Ask again at once, or after the interval; an empty long poll never comes back in a tight loop. */
  function pauseBetweenAnswers(): number {
    if (transport.rhythm === 'interval') return options.pollInterval;
    if (messages > 0) return 0;
    return Math.max(0, EMPTY_ANSWER_PAUSE - (environment.now() - startedAt));
  }

  function retry(error: EnckeError | undefined, retryAfter?: string | null): void {
    const delay = retryDelay(
      {
        failures,
        base: options.retryDelay,
        cap: options.maxRetryDelay,
        serverRetry,
        retryAfter: readRetryAfter(retryAfter, Date.now()),
      },
      environment.random(),
    );
    const wanted = failures >= options.maxAttempts ? false : askRetry(error, delay);
    if (error) report(error, wanted === false ? undefined : wanted);
    if (isClosed()) return;
    if (wanted === false) {
      close('retries', outOfAttempts(error));
    } else {
      become('waiting', error?.message ?? 'the stream ended', wanted, error);
      wait(wanted);
    }
  }

  function askRetry(error: EnckeError | undefined, delay: number): number | false {
    return options.retry ? options.retry({ error, failures, delay }) : delay;
  }

  function outOfAttempts(cause: EnckeError | undefined): EnckeError {
    return new EnckeError(
      'retries',
      `Gave up after ${String(failures)} attempts in a row that brought nothing.`,
      {
        cause,
        url: target.url,
      },
    );
  }

  function wait(milliseconds: number): void {
    if (isClosed()) return;
    stopTimer = environment.setTimer(() => {
      if (state === 'waiting') become('connecting', 'the wait is over');
      connect();
    }, milliseconds);
  }

  function report(error: EnckeError, retryIn?: number): void {
    if (isClosed()) return;
    plan.onError(Object.assign(error, { attempt, transport: transport.name, retryIn }));
  }

  function close(reason: CloseReason, error?: EnckeError): void {
    if (isClosed()) return;
    stopTimer();
    stopTurn();
    become('closed', error?.message ?? reason, undefined, error);
    plan.onClosed(error ? { reason, error } : { reason });
  }

  function become(next: State, reason: string, retryIn?: number, error?: EnckeError): void {
    const previous = state;
    if (!MOVES[previous].includes(next)) return;
    state = next;
    plan.onState({
      state,
      previous,
      reason,
      attempt,
      transport: transport.name,
      ...(retryIn !== undefined && { retryIn }),
      ...(error && { error }),
    });
  }

  /** A function, so that the compiler forgets what it knew of `state` before a handler ran. */
  function isClosed(): boolean {
    return state === 'closed';
  }
}

function nothing(): void {
  // Nothing has been started yet.
}
