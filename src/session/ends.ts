// What follows the end of an attempt.

import { EnckeError } from '../ground/errors.ts';
import type { CloseReason } from '../options.ts';
import type { End, Stop } from '../transports/transport.ts';
import type { Phase, Response, SessionInside } from './part.ts';
import { readRetryAfter } from './retry-delay.ts';
import { verdictOn } from './verdict.ts';

/** What a session can do about an end. */
export interface Moves {
  /** The attempt under way has its answer. */
  answered(): void;
  /** Waits, in the phase that is made of what ends the wait, and connects. */
  wait(
    phaseOf: (stop: Stop) => Phase,
    why: string,
    error: EnckeError | undefined,
    milliseconds: number,
  ): void;
  report(error: EnckeError | undefined, retryIn?: number): void;
  close(reason: CloseReason, error?: EnckeError, truncated?: boolean): void;
}

export interface Ends {
  /** Attempts in a row that brought nothing. */
  failures: number;
  /** The server set this reconnection time. Milliseconds. */
  retry(milliseconds: number): void;
  ended(end: End, response: Response): void;
  /** The server has ended it, unless the caller wants to connect again all the same. */
  over(reason: CloseReason, error: EnckeError | undefined, truncated?: boolean): void;
}

export function createEnds(inside: SessionInside, { answered, wait, report, close }: Moves): Ends {
  const { target, cursor, seams } = inside;
  const { options, once } = target;
  let serverRetry: number | undefined; // the reconnection time the server set
  let isAsSaid = false; // the last stream ended and had set it

  const ends: Ends = {
    failures: 0,
    retry(milliseconds) {
      serverRetry = milliseconds;
      inside.run.isRetrySet = true;
    },
    ended,
    over,
  };
  return ends;

  function ended(end: End, response: Response): void {
    const { polls } = inside.transport;
    const { head, startedAfter, messages, isRetrySet } = inside.run;
    const { elapsed, isNoAnswer } = response;
    const answers = isNoAnswer ? undefined : polls?.statuses(elapsed);
    const facts = { once, answers, resumed: startedAfter !== '' };
    const { next, error } = verdictOn(end, facts, target.convention.statuses);
    const isWholeAnswer = next === 'again' && polls !== undefined;
    const healthy = isWholeAnswer || inside.hasProved();
    // A stream that ended with the word when to come back has done what it was to do, also without a message.
    isAsSaid = end.how === 'complete' && isRetrySet && !polls;
    ends.failures = healthy ? 0 : ends.failures + 1;
    const opened = head !== undefined;
    seams.weigh({ opened, healthy: healthy || isAsSaid, isTimeout: error?.code === 'timeout' });
    // One without a message may be none of it.
    if (end.how === 'complete') polls?.keep?.(cursor, head, response.brought === true && !end.truncated);
    if (isWholeAnswer) {
      answered();
      if (end.how === 'status') seams.opened(end.head);
      const pause = seams.pause({ elapsed, messages, startedAfter, serverRetry }, inside.transport);
      return wait((stop) => ({ is: 'between-answers', stop }), 'answered', undefined, pause);
    }
    if (cursor.id === '') seams.gap('no-ids');
    if (next === 'done') over(next, undefined, end.how === 'complete' ? end.truncated : undefined);
    else if (next === 'fatal') over(next, error);
    else if (next === 'refresh') {
      if (!error || !seams.refused(error)) over('fatal', error);
    } else if (next === 'fall-back') {
      const last = seams.unusable(error);
      if (last) over('fatal', last);
      else waitAsWanted(error, 0);
    } else {
      if (next === 'forget') {
        cursor.id = '';
        cursor.etag = null;
        seams.gap('expired');
      }
      retry(error);
    }
  }

  function retry(error: EnckeError | undefined): void {
    if (isClosed()) return;
    const mayRetry = ends.failures < options.maxAttempts;
    const wanted = askRetry(error, mayRetry && usualDelay(error), true);
    if (wanted !== false) return waitAsWanted(error, wanted);
    const sentence = mayRetry
      ? 'The option retry gave false.'
      : `Gave up after ${String(ends.failures)} attempts that brought nothing.`;
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
    const retryAfter = readRetryAfter(error?.headers, Date.now());
    const wasWell = isAsSaid ? 0 : ends.failures;
    return Math.round(seams.delay({ ...options, failures: wasWell, serverRetry, retryAfter }));
  }

  /** @param goesOn whether it connects again where the caller wants nothing else */
  function askRetry(error: EnckeError | undefined, delay: number | false, goesOn: boolean): number | false {
    const usual = goesOn && delay;
    return seams.retry({ error, failures: ends.failures, delay }) ?? usual;
  }

  function waitAsWanted(error: EnckeError | undefined, wanted: number): void {
    report(error, wanted);
    const isUnreachable = error?.code === 'network' || error?.code === 'timeout';
    const why = error?.message ?? 'the stream ended';
    wait((stop) => ({ is: 'back-off', stop, isUnreachable }), why, error, wanted);
  }

  function isClosed(): boolean {
    return inside.phase.is === 'closed';
  }
}
