// The life of one subscription or request: connect, keep, and decide what follows an end.

import { call } from '../call.ts';
import { EnckeError } from '../errors.ts';
import type { Message } from '../message.ts';
import type { Closed, CloseReason, State } from '../options.ts';
import type { End, Head, Stop } from '../transports/transport.ts';
import type { Cursor } from './cursor.ts';
import type { Environment } from './environment.ts';
import type { Ladder } from './ladder.ts';
import type { Target } from './request.ts';
import { readRetryAfter, retryDelay } from './retry-delay.ts';
import { startTurn } from './turn.ts';
import { verdictOn } from './verdict.ts';

/** Open this long, a stream has proved healthy even without a message. Milliseconds. */
const HEALTHY_AFTER = 10_000;

/** Shortest time from one long poll to the next when the first came back empty. Milliseconds. */
const EMPTY_ANSWER_PAUSE = 1_000;

/** The same when it brought messages without ids, which a server that answers at once would send again and again. */
const REPEATED_ANSWER_PAUSE = 100;

/** What a session is given. */
export interface Plan {
  readonly target: Target;
  readonly ladder: Ladder;
  readonly environment: Environment;
  readonly cursor: Cursor;
  onHead(head: Head): void;
  onMessage(message: Message): void;
  onClosed(closed: Closed): void;
}

export interface Session {
  readonly state: State;
  /** Tells of an error that the stream survives. */
  report(error: EnckeError): void;
  close(reason: CloseReason, error?: EnckeError): void;
}

/** The moves a state allows. */
const MOVES: Readonly<Record<State, readonly State[]>> = {
  connecting: ['open', 'waiting', 'closed'],
  open: ['waiting', 'closed'],
  waiting: ['connecting', 'closed'],
  closed: [],
};

export function startSession(plan: Plan): Session {
  const { target, ladder, environment } = plan;
  const { options, once } = target;

  let state: State = 'connecting';
  let attempt = 0; // requests made
  let failures = 0; // attempts in a row that brought nothing
  let serverRetry: number | undefined; // the reconnection time the server set
  let startedAt = 0; // when the current attempt began
  let startedAfter = ''; // the last event id then
  let opened = false; // whether it has seen a head
  let messages = 0; // what it has brought
  let stopTurn: Stop | undefined;
  let stopTimer: Stop | undefined; // of the wait, or of the deadline of the current attempt

  // The first connection waits for the end of the current code,
  // so that what is closed at once (a component mounted twice) never reaches the network.
  queueMicrotask(() => {
    // On a server a page's code may call us while it renders; nothing must happen then.
    if (isClosed() || environment.baseUrl() === undefined) return;
    ladder.begin();
    connect();
  });

  return {
    get state() {
      return state;
    },
    report,
    close,
  };

  function connect(): void {
    if (isClosed()) return;
    const { rhythm } = ladder.transport;
    const deadline = rhythm === 'answer' ? options.longPollTimeout : options.connectTimeout;
    attempt++;
    messages = 0;
    opened = false;
    startedAt = environment.now();
    startedAfter = plan.cursor.id;
    stopTimer = environment.setTimer(() => {
      stopTurn?.();
      ended({ how: 'cut', error: new EnckeError('timeout', `No answer within ${deadline} ms.`) });
    }, deadline);
    stopTurn = startTurn(target, ladder.transport, plan.cursor, {
      opened(head) {
        // A stream is under way; a poll has its answer only when it is whole.
        if (rhythm === 'stream') stopTimer?.();
        opened = true;
        become('open', 'the server has answered');
        plan.onHead(head);
      },
      message(message) {
        messages++;
        plan.onMessage(message);
      },
      retry(milliseconds) {
        serverRetry = milliseconds;
      },
      problem: report,
      ended,
    });
  }

  function ended(end: End): void {
    const { next, error } = verdictOn(end, once);
    const isWholeAnswer = next === 'again' && ladder.transport.rhythm !== 'stream';
    const elapsed = environment.now() - startedAt;
    const isHealthy = messages > 0 || isWholeAnswer || (opened && elapsed >= HEALTHY_AFTER);
    failures = isHealthy ? 0 : failures + 1;
    stopTimer?.();
    ladder.weigh(opened, isHealthy);
    if (isWholeAnswer) become('open', 'the server has answered');

    if (next === 'done') close(next, undefined, end.how === 'complete' ? end.truncated : undefined);
    else if (next === 'fatal') fail(next, error);
    else if (isWholeAnswer) wait(pauseBetweenAnswers(elapsed));
    else if (next === 'fall-back') leave(error);
    else retry(error);
  }

  /** A long poll that brings nothing, or nothing that can be resumed after, never comes back in a tight loop. */
  function pauseBetweenAnswers(elapsed: number): number {
    if (ladder.transport.rhythm === 'interval') return options.pollInterval;
    if (plan.cursor.id !== startedAfter) return 0;
    return Math.max(0, (messages > 0 ? REPEATED_ANSWER_PAUSE : EMPTY_ANSWER_PAUSE) - elapsed);
  }

  function leave(error: EnckeError | undefined): void {
    const reason = error?.message ?? '';
    if (!ladder.leave(reason)) {
      const sentence = `No transport works here. The last one failed: ${reason}`;
      fail('fatal', new EnckeError('no-transport', sentence, { cause: error }));
      return;
    }
    report(error);
    wait(0);
  }

  function retry(error: EnckeError | undefined): void {
    if (isClosed()) return;
    const retryAfter = readRetryAfter(error?.headers?.get('retry-after'), Date.now());
    const facts = { ...options, failures, serverRetry, retryAfter };
    const delay = Math.round(retryDelay(facts, environment.random()));
    const wanted =
      failures < options.maxAttempts && (call(options.retry, { error, failures, delay }) ?? delay);
    if (wanted === false) {
      const sentence = `Gave up after ${failures} attempts in a row that brought nothing.`;
      fail('retries', new EnckeError('retries', sentence, { cause: error }));
      return;
    }
    report(error, wanted);
    become('waiting', error?.message ?? 'the stream ended', error, wanted);
    wait(wanted);
  }

  function wait(milliseconds: number): void {
    if (isClosed()) return;
    stopTimer = environment.setTimer(() => {
      become('connecting', 'the wait is over');
      connect();
    }, milliseconds);
  }

  function fail(reason: CloseReason, error: EnckeError | undefined): void {
    report(error);
    close(reason, error);
  }

  function report(error: EnckeError | undefined, retryIn?: number): void {
    if (isClosed() || !error) return;
    error.url ??= target.url;
    call(options.onError, Object.assign(error, { attempt, transport: ladder.transport.name, retryIn }));
  }

  function close(reason: CloseReason, error?: EnckeError, truncated?: boolean): void {
    if (isClosed()) return;
    stopTimer?.();
    stopTurn?.();
    become('closed', error?.message ?? reason, error);
    plan.onClosed({ reason, error, truncated });
  }

  function become(next: State, reason: string, error?: EnckeError, retryIn?: number): void {
    if (!MOVES[state].includes(next)) return;
    const previous = state;
    state = next;
    const transport = ladder.transport.name;
    call(options.onState, { state, previous, reason, attempt, transport, retryIn, error });
  }

  /** A function, so that the compiler forgets what it knew of `state` before a handler ran. */
  function isClosed(): boolean {
    return state === 'closed';
  }
}
