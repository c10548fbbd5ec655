// A session with an Orbited server: bytes to and fro over requests, in order, whatever becomes of a connection.

import type { EnckeError } from '../../ground/errors.ts';
import { browserEnvironment } from '../../session/environment.ts';
import { pageOf, type PageEvent } from '../../session/page-lifecycle.ts';
import { retryDelay } from '../../session/retry-delay.ts';
import { statusError } from '../../session/verdict.ts';
import type { End, Stop } from '../../transports/transport.ts';
import { ask, type ShortAnswer } from './ask.ts';
import { CONNECTION_TIMEOUT, INVALID_HANDSHAKE, SERVER_CLOSED_CONNECTION } from './codes.ts';
import { openDownstream } from './downstream.ts';
import { createLadder, WEAK_STREAMS } from './ladder.ts';
import type { ResolvedOptions } from './options.ts';
import { malformedPacket } from './packets.ts';
import { poll } from './techniques.ts';
import { createUpstream, isGone, WAITS } from './upstream.ts';

export interface SessionListener {
  opened(): void;
  /** Each character is one byte. */
  data(bytes: string): void;
  /** Something went wrong; the session goes on, or is told to be closed. */
  problem(error: EnckeError): void;
  closed(code: number): void;
}

export interface Session {
  /** The name of the technique in use. */
  readonly transport: string;
  /** Characters that the server has not confirmed, as they travel. */
  readonly buffered: number;
  /** Each character is one byte. */
  send(bytes: string): void;
  /** What was sent before goes first. Nothing is told any more. */
  close(): void;
  /** The same, but what was sent before is dropped where it has not left yet. */
  reset(): void;
  /** Leaves everything as it is: the server has closed it. */
  stop(): void;
}

/** How long the server may take to give a key, and for how long it is asked, in milliseconds. */
const KEY_PATIENCE = 15_000;
const KEY_DURATION = 30_000;

/** What listened so long has not failed, in milliseconds. */
const HEALTHY = 1_000;

/** Between two heartbeats of the server, in milliseconds: a stream that lasts so long is not held back or cut by rule. */
const HEARTBEAT = 5_000;

export function startSession(options: ResolvedOptions, listener: SessionListener): Session {
  const { now, setTimer, random } = browserEnvironment;
  const { credentials } = options;
  const began = now();
  const clocks = { pingInterval: 30_000, pingTimeout: 30_000 }; // as the server says, in milliseconds
  let live = true; // neither closed nor stopped
  let url: string | undefined; // once the server has given a key
  let isOpen = false; // whether the server has said anything
  let isAnswered = false; // whether any data have come
  let seen = 0; // the highest id
  let told = 0; // the highest id that a request which may have arrived has confirmed
  let suspect = 0; // the id of a packet that could not be right, and is taken as it is when it comes again
  let failures = 0; // in a row, of what listens
  const streams = { weak: 0 }; // in a row that began and brought nothing
  let lastLife = began; // of the session
  let proof: Proof | undefined; // that something has arrived, or has not
  let isWaiting = false;
  let isAway = false; // the page was left, and may come back
  let stopCurrent: Stop = nothing; // the request, or the wait for the next
  let stopDeadline: Stop = nothing;

  /** What to do with a packet, by its name. */
  const takers: Readonly<Record<string, (bytes: string, text: string) => void>> = {
    data(bytes) {
      // The first answers where to connect, which must not be said twice.
      if (!isAnswered) upstream.arrived();
      isAnswered = true;
      listener.data(bytes);
    },
    // A request that listens is an answer, too.
    ping: () => ladder.technique.carrier.rhythm === 'stream' && upstream.send('ping', ''),
    close: () => finish(SERVER_CLOSED_CONNECTION),
    opt(_, text) {
      const [name = '', seconds] = text.split(',');
      if (Object.hasOwn(clocks, name) && Number(seconds) > 0)
        clocks[name as keyof typeof clocks] = Number(seconds) * 1_000;
    },
  };
  const ladder = createLadder(options, listener.problem);
  const upstream = createUpstream({
    credentials,
    // One by one: what a request alone confirms tells later whether that request has arrived.
    ack: () => Math.min(seen, told + 1),
    delivered(ack) {
      told = Math.max(told, ack);
      lastLife = now();
    },
    prove,
    gone: () => finish(SERVER_CLOSED_CONNECTION),
    failing(duration) {
      if (duration > deadTime()) finish(CONNECTION_TIMEOUT);
    },
  });
  const stopWatching = pageOf({}).watch(heed);
  guard();
  askForKey();

  return {
    get transport() {
      return ladder.technique.name;
    },
    get buffered() {
      return upstream.buffered;
    },
    send: (bytes) => upstream.send('data', btoa(bytes)),
    close() {
      stopListening();
      upstream.send('close');
      upstream.close();
    },
    reset() {
      upstream.drop();
      this.close();
    },
    stop,
  };

  function stop(): void {
    stopListening();
    upstream.stop();
  }

  function stopListening(): void {
    live = false;
    stopCurrent();
    stopDeadline();
    stopWatching();
  }

  /** What still closes a session ends there, too. */
  function finish(code: number): void {
    const isNews = live;
    stop();
    if (isNews) listener.closed(code);
  }

  // Where the session begins.

  function askForKey(): void {
    const address = `${options.url}?nocache=${String(random())}`;
    stopCurrent = ask({ url: address, credentials, patience: KEY_PATIENCE }, keyAnswered);
  }

  function keyAnswered({ status, text, end }: ShortAnswer): void {
    const key = text.trim();
    if (status === 200 && /^[\w-]{8,99}$/.test(key)) {
      url = `${options.url}/${key}`;
      failures = 0;
      lastLife = now();
      upstream.start(url);
      return listen();
    }
    const passes = status === undefined || status >= 500;
    listener.problem(errorOf(end) ?? malformedPacket(`${options.url} gave no key of a session.`, text));
    if (!live) return;
    if (!passes) finish(INVALID_HANDSHAKE);
    else if (now() - began > KEY_DURATION) finish(CONNECTION_TIMEOUT);
    else wait(askForKey, retryDelay({ ...WAITS, failures: ++failures }, random()));
  }

  // What listens.

  function listen(): void {
    const asked = proof;
    const technique = asked ? poll : ladder.technique;
    const { rhythm } = technique.carrier;
    const tally = asked ?? streams;
    const start = now();
    // What a request under way would confirm is confirmed by no other, so that it can be told whether that has arrived.
    // A poll that confirms less would be answered at once, with what is known.
    const ack = asked || (upstream.isUnsure && rhythm === 'stream') ? told : seen;
    let hasBegun = false; // whether there is a head
    let isFresh = false; // whether it has brought anything new
    told = ack;
    stopCurrent = openDownstream(`${String(url)}/${technique.name}?ack=${String(ack)}`, technique, options, {
      opened() {
        hasBegun = true;
        lastLife = now();
      },
      packet([value, name, text]) {
        const id = Number(value);
        if (asked && id > told && id <= asked.ack) asked.hasArrived = false;
        const isNews = live && name !== 'open';
        if (isNews && receive(id, String(name), typeof text === 'string' ? text : '')) isFresh = true;
        // Not by the packet `open`: it is sent once, and what carried it may have broken off.
        if (!isOpen && live) {
          isOpen = true;
          listener.opened();
        }
      },
      ended(end, isMute) {
        const elapsed = now() - start;
        const status = end.how === 'status' ? end.head.status : undefined;
        if (isGone(status)) return finish(SERVER_CLOSED_CONNECTION);
        const isComplete = end.how === 'complete';
        const wasHeldBack = isMute && end.how === 'cut' && end.error.code === 'timeout';
        const error = errorOf(end);
        // That a connection broke is no news: it is made again.
        if (error && error.code !== 'network') listener.problem(error);
        if (!live) return;
        const isHealthy =
          isFresh || (rhythm === 'interval' && isComplete) || (elapsed >= HEALTHY && !wasHeldBack);
        const wasAnswered = hasBegun || status !== undefined;
        tally.weak = isFresh || elapsed >= HEARTBEAT ? 0 : tally.weak + Number(wasAnswered);
        // The first answer behind an outage may be that the request before could not be ended: the next one comes soon.
        failures = isHealthy ? 0 : wasAnswered ? tally.weak : failures + 1;
        if (!asked) judge(end, wasHeldBack);
        else if (isComplete) conclude(asked);
        if (failures > 0) wait(listen, retryDelay({ ...WAITS, failures }, random()));
        else if (!isComplete) wait(listen, WAITS.retryDelay * random());
        else wait(listen, rhythm === 'interval' && !asked ? options.pollInterval : 0);
      },
    });
  }

  /** Whether what has ended says that this technique does not work here. A server that is down says nothing of it. */
  function judge(end: End, wasHeldBack: boolean): void {
    const { beginsAtOnce, carrier } = ladder.technique;
    const why =
      end.how === 'unusable'
        ? end.error.message
        : wasHeldBack && beginsAtOnce
          ? HELD_BACK
          : streams.weak >= WEAK_STREAMS &&
            carrier.rhythm !== 'interval' &&
            `${String(streams.weak)} in a row brought nothing`;
    if (why && ladder.leave(why)) streams.weak = failures = 0;
  }

  /** Gives whether it is new. */
  function receive(id: number, name: string, text: string): boolean {
    if (!Number.isSafeInteger(id)) listener.problem(malformedPacket(`A packet "${name}" has no id.`, text));
    // The server sends again what was not confirmed.
    if (!(id > seen)) return false;
    const bytes = name === 'data' ? decoded(text) : '';
    if ((bytes === undefined || id > seen + 1) && id > suspect) {
      suspect = id;
      const what = bytes === undefined ? 'cannot be read' : `comes after ${String(seen)}`;
      listener.problem(malformedPacket(`Packet ${String(id)} ${what}. It is asked for again.`, text));
      if (live) restart();
      return false;
    }
    seen = id;
    lastLife = now();
    if (Object.hasOwn(takers, name)) takers[name]?.(bytes ?? '', text);
    else listener.problem(malformedPacket(`Nobody knows a packet "${name}".`, text));
    return true;
  }

  function restart(): void {
    stopCurrent();
    wait(listen, retryDelay({ ...WAITS, failures: ++failures }, random()));
  }

  function wait(next: () => void, delay: number): void {
    if (!live) return;
    isWaiting = true;
    stopCurrent = setTimer(() => {
      isWaiting = false;
      next();
    }, delay);
  }

  // What was sent, and may not have arrived.

  function prove(ack: number, decide: (hasArrived: boolean) => void): Stop | undefined {
    if (!live || ack <= told) return undefined;
    proof = { ack, hasArrived: true, weak: 0, decide };
    goOn();
    return () => (proof = undefined);
  }

  /** A poll is answered at once with all that was not confirmed: what the request would have confirmed stands in it, or not. */
  function conclude({ decide, hasArrived }: Proof): void {
    proof = undefined;
    decide(hasArrived);
  }

  // The time, and the page.

  function deadTime(): number {
    return clocks.pingInterval + clocks.pingTimeout;
  }

  /** The server counts, too: behind that time it does not know the session any more. */
  function guard(): void {
    const left = lastLife + deadTime() - now();
    if (left <= 0) finish(CONNECTION_TIMEOUT);
    else stopDeadline = setTimer(guard, left);
  }

  /** What has been silent for too long meanwhile is noticed by its own clock. */
  function heed(event: PageEvent): void {
    if (event === 'online') ladder.rewind();
    if (event === 'stored') {
      isAway = true;
      stopCurrent();
      stopDeadline();
    } else if (isAway ? event === 'restored' : isWaiting && event !== 'hidden') {
      if (isAway) guard();
      isAway = false;
      if (live) goOn();
      upstream.wake();
    }
  }

  function goOn(): void {
    stopCurrent();
    isWaiting = false;
    if (url === undefined) askForKey();
    else listen();
  }
}

interface Proof {
  /** What the request would have confirmed. */
  readonly ack: number;
  hasArrived: boolean;
  /** Answers in a row that told nothing. */
  weak: number;
  readonly decide: (hasArrived: boolean) => void;
}

const HELD_BACK = 'the server begins at once, and nothing has come; a proxy holds it back';

function decoded(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}

function errorOf(end: End | undefined): EnckeError | undefined {
  if (end?.how === 'status') return statusError(end.head, end.body);
  return end && 'error' in end ? end.error : undefined;
}

function nothing(): void {
  // Nothing is under way.
}
