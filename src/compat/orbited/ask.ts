// One request with a short answer, and the answer as text.

import { setTimer } from '../../ground/long-timer.ts';
import { nothing } from '../../ground/nothing.ts';
import { openFetch } from '../../transports/fetch-body.ts';
import type { End, Stop, TransportRequest } from '../../transports/transport.ts';

export interface Asked {
  readonly url: string;
  /** Posted, where there is one. */
  readonly body?: string;
  readonly credentials: RequestCredentials;
  /** How long the answer may take, in milliseconds. */
  readonly patience: number;
}

/** Without an end it took too long. */
export interface ShortAnswer {
  readonly status: number | undefined;
  readonly text: string;
  readonly end: End | undefined;
}

export function ask({ url, body, credentials, patience }: Asked, done: (answer: ShortAnswer) => void): Stop {
  let status: number | undefined;
  let text = '';
  const stopTimer = setTimer(() => finish(undefined), patience);
  const stopRequest = openFetch(requestOf({ url, credentials, body: body ?? null }), {
    opened: (head) => void ({ status } = head),
    text: (chunk) => void (text += chunk),
    ended: (end) => finish(end),
    ready: nothing,
    alive: nothing,
    problem: nothing,
  });
  return stop;

  function finish(end: End | undefined): void {
    stop();
    done({ status: end?.how === 'status' ? end.head.status : status, text, end });
  }

  function stop(): void {
    stopTimer();
    stopRequest();
  }
}

/** The longest body that browsers send on when the page is left, in characters; they allow 64 KiB for all together. */
const KEPT_ALIVE = 32_768;

/** No header of ours, and text as the body: no server has to allow that across origins before it is sent. */
export function requestOf(
  given: Pick<TransportRequest, 'url' | 'credentials'> & { body: string | null },
): TransportRequest {
  const { body } = given;
  const keepalive = body !== null && body.length <= KEPT_ALIVE;
  return {
    ...given,
    method: body === null ? 'GET' : 'POST',
    headers: new Headers(),
    lastEventId: '',
    fetch: (input, init) => fetch(input, { ...init, keepalive }),
    callbacks: [],
    events: [],
  };
}
