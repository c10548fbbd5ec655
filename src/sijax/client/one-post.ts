// Sends a call, once: over the first transport that can carry it, or where that cannot work here, over the next.

import { EnckeError } from '../../ground/errors.ts';
import { setTimer } from '../../ground/long-timer.ts';
import type { TransportChange } from '../../options.ts';
import { firstOf, nextBelow, stepTo } from '../../session/choice.ts';
import { startDeadline } from '../../session/deadline.ts';
import { notBuilt } from '../../session/request.ts';
import type { Demand, Head, Stop, Transport, TransportRequest } from '../../transports/transport.ts';
import { openPost, type PostEnd, type PostListener, type Reading } from '../wire/open-post.ts';

/** What is to be sent. */
export interface Outgoing extends Reading {
  /** Absolute. */
  readonly url: string;
  readonly demand: Demand;
  /** Best first. */
  readonly transports: readonly Transport[];
  /** Longest wait for the head of the response, in milliseconds. @defaultValue none */
  readonly connectTimeout?: number | undefined;
  /** Asks the functions among the options. Called once. */
  request(): Promise<TransportRequest>;
}

/** What becomes of it. Nothing is told behind `over`, or once it is stopped. */
export interface OutgoingListener extends Pick<PostListener, 'commands' | 'problem' | 'ready'> {
  chosen(change: TransportChange): void;
  opened(head: Head): void;
  over(error: EnckeError | undefined, truncated?: boolean): void;
}

const CLOCK = { now: () => performance.now(), setTimer };

/**
 * It is sent when the current code has ended, so that what is closed at once never reaches the network.
 *
 * @throws EnckeError `no-transport`
 */
export function sendOnce(outgoing: Outgoing, listener: OutgoingListener): Stop {
  const { demand, transports, connectTimeout = Infinity } = outgoing;
  const { transport: first, refusals } = firstOf(transports, demand);
  let built: Promise<TransportRequest> | undefined;
  let live = true; // neither over nor stopped
  let stopPost: Stop = nothing;
  let stopTimer: Stop = nothing;

  queueMicrotask(() => {
    if (!live) return;
    listener.chosen({ to: first.name, refusals });
    void open(first);
  });
  return stop;

  async function open(transport: Transport): Promise<void> {
    // A handler that was told of it may have stopped us.
    if (!isLive()) return;
    expectAnswer();
    try {
      const request = await (built ??= outgoing.request());
      if (isLive()) stopPost = openPost(transport.open, request, outgoing, { ...listener, answered, ended });
    } catch (cause) {
      over(cause instanceof EnckeError ? cause : notBuilt(cause));
    }

    function ended(end: PostEnd): void {
      const next = end.how === 'unusable' && !end.sent && nextBelow(transport, transports, demand);
      if (!next) return over('error' in end ? end.error : undefined, 'truncated' in end && end.truncated);
      listener.problem(end.error);
      listener.chosen(stepTo(next, transport, end.error.message));
      void open(next);
    }
  }

  /** A function, so that the compiler forgets what it knew before others ran. */
  function isLive(): boolean {
    return live;
  }

  function answered(head?: Head): void {
    stopTimer();
    if (head) listener.opened(head);
  }

  /** What a page slept through is no timeout. */
  function expectAnswer(): void {
    stopTimer();
    if (connectTimeout === Infinity) return;
    stopTimer = startDeadline(CLOCK, connectTimeout, (suspended) => {
      if (suspended) expectAnswer();
      else over(new EnckeError('timeout', `No answer within ${String(connectTimeout)} ms.`));
    });
  }

  function over(error: EnckeError | undefined, truncated?: boolean): void {
    if (!live) return;
    stop();
    listener.over(error, truncated);
  }

  function stop(): void {
    live = false;
    stopTimer();
    stopPost();
  }
}

function nothing(): void {
  // Nothing has begun.
}
