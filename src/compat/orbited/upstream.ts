// What is sent to the server: in order, one request after the other.

import { nothing } from '../../ground/nothing.ts';
import { browserEnvironment } from '../../session/environment.ts';
import { retryDelay } from '../../session/retry-delay.ts';
import type { Stop } from '../../transports/transport.ts';
import { ask, type ShortAnswer } from './ask.ts';
import { packetText } from './packets.ts';

export interface Upstream {
  /** Characters that the server has not confirmed, as they travel. */
  readonly buffered: number;
  /** Whether it is unknown of something whether it has arrived. */
  readonly isUnsure: boolean;
  send(...packet: [name: 'data', base64: string] | [name: 'ping', text: ''] | [name: 'close']): void;
  /** There is a session now. */
  start(url: string): void;
  /** The server has answered what was sent: whatever becomes of the request, it has arrived. */
  arrived(): void;
  /** The network may be back. */
  wake(): void;
  /** What is queued is sent once, and a close behind it. Nothing is told any more. */
  close(): void;
  /** What no request carries yet is not sent. */
  drop(): void;
  stop(): void;
}

/** What it needs of the session. */
export interface UpstreamHost {
  readonly credentials: RequestCredentials;
  /** The highest id that the next request confirms. */
  ack(): number;
  /** The server has it. */
  delivered(ack: number): void;
  /** Finds out whether a request without an answer has arrived, by what it would have confirmed; where that can be told. */
  prove(ack: number, decide: (hasArrived: boolean) => void): Stop | undefined;
  /** The server does not know the session. */
  gone(): void;
  /** It has failed for so many milliseconds. */
  failing(duration: number): void;
}

/** The search for whether a request without an answer has arrived. */
export interface Proof {
  /** What the request would have confirmed. */
  readonly ack: number;
  hasArrived: boolean;
  /** Answers in a row that told nothing. */
  weak: number;
  readonly decide: (hasArrived: boolean) => void;
}

/** How long one request may take, in milliseconds. */
const PATIENCE = 30_000;

/** Bounds of the waits between two tries, in milliseconds. */
export const WAITS = { retryDelay: 250, maxRetryDelay: 30_000 };

export function createUpstream(host: UpstreamHost): Upstream {
  const { now, setTimer, random } = browserEnvironment;
  let url: string | undefined; // of the session
  let queue = ''; // packets that no request carries yet
  let batch = ''; // packets of the request under way
  let count = 0; // packets so far
  let failures = 0; // of this batch
  let failingSince = 0;
  let isClosing = false;
  let confirms = 0; // what the request under way confirms
  let isWaiting = false;
  let stopCurrent: Stop | undefined; // the request, the wait, or the proof

  return {
    get buffered() {
      return queue.length + batch.length;
    },
    get isUnsure() {
      return batch !== '';
    },
    send(...packet) {
      queue += packetText(++count, ...packet);
      pump();
    },
    start(given) {
      url = given;
      pump();
    },
    arrived() {
      if (!batch) return;
      stopCurrent?.();
      stopCurrent = undefined;
      isWaiting = false;
      delivered(confirms);
    },
    wake() {
      if (isWaiting) tryAgain();
    },
    close() {
      isClosing = true;
      if (url === undefined) stop();
      else if (failures > 0) tryAgain();
    },
    drop() {
      queue = '';
    },
    stop,
  };

  function stop(): void {
    stopCurrent?.();
    stopCurrent = nothing;
    queue = batch = '';
  }

  function tryAgain(): void {
    stopCurrent?.();
    isWaiting = false;
    stopCurrent = host.prove(confirms, (hasArrived) => {
      stopCurrent = undefined;
      if (hasArrived) delivered(confirms);
      else pump();
    });
    pump();
  }

  function pump(): void {
    if (stopCurrent || url === undefined) return;
    if (!batch) {
      batch = queue;
      queue = '';
    }
    if (!batch) return;
    confirms = host.ack();
    const address = `${url}?ack=${String(confirms)}`;
    const asked = { url: address, body: batch, credentials: host.credentials, patience: PATIENCE };
    stopCurrent = ask(asked, (answer) => {
      stopCurrent = undefined;
      answered(answer);
    });
  }

  function answered({ status, text }: ShortAnswer): void {
    // A login page or the like is no answer of Orbited's.
    if (status === 200 && 'OK'.startsWith(text.trim())) return delivered(confirms);
    if (isGone(status)) return host.gone();
    if (isClosing && failures > 0) return stop();
    if (failures++ === 0) failingSince = now();
    host.failing(now() - failingSince);
    // The session may be over now, or what failed is given one more chance at once.
    if (stopCurrent) return;
    if (isClosing) return pump();
    isWaiting = true;
    stopCurrent = setTimer(tryAgain, retryDelay({ ...WAITS, failures }, random()));
  }

  function delivered(ack: number): void {
    batch = '';
    failures = 0;
    host.delivered(ack);
    pump();
  }
}

/** Whether a status says that there is no such session. */
export function isGone(status: number | undefined): boolean {
  return status === 404 || status === 410;
}
