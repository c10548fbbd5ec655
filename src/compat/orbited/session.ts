// A session with an Orbited server: bytes to and fro over requests, in order, whatever becomes of a connection.

import { browserEnvironment } from '../../session/environment.ts';
import { retryDelay } from '../../session/retry-delay.ts';
import { errorOf } from '../../session/verdict.ts';
import type { Stop } from '../../transports/transport.ts';
import { CONNECTION_TIMEOUT, SERVER_CLOSED_CONNECTION } from './codes.ts';
import type { Session, SessionListener } from './contract.ts';
import { createDeadTime } from './dead-time.ts';
import { openDownstream, type DownstreamListener } from './downstream.ts';
import { createInbox } from './inbox.ts';
import { createLadder } from './ladder.ts';
import type { ResolvedOptions } from './options.ts';
import { malformedPacket } from './packets.ts';
import { askForKey } from './session-key.ts';
import { poll } from './techniques.ts';
import { createUnderWay } from './under-way.ts';
import { createUpstream, isGone, WAITS, type Proof } from './upstream.ts';

/** What listened so long has not failed, in milliseconds. */
const HEALTHY = 1_000;

/** Between two heartbeats of the server, in milliseconds: a stream that lasts so long is not held back or cut by rule. */
const HEARTBEAT = 5_000;

export function startSession(options: ResolvedOptions, listener: SessionListener): Session {
  const { now, random } = browserEnvironment;
  const { credentials } = options;
  const began = now();
  let live = true; // neither closed nor stopped
  let url: string | undefined; // once the server has given a key
  let isOpen = false; // whether the server has said anything
  let isAnswered = false; // whether any data have come
  let isHeld = false; // nothing listens until it is known whether the address has arrived
  let told = 0; // the highest id that a request which may have arrived has confirmed
  let failures = 0; // in a row, of what listens
  const streams = { weak: 0 }; // in a row that began and brought nothing
  let proof: Proof | undefined; // that something has arrived, or has not

  /** What to do with a packet, by its name. */
  const takers: Readonly<Record<string, (text: string, bytes: string) => void>> = {
    data(_, bytes) {
      // The first answers where to connect, which must not be said twice.
      if (!isAnswered) upstream.arrived();
      isAnswered = true;
      listener.data(bytes);
    },
    // A request that listens is an answer, too.
    ping: () => ladder.technique.carrier.rhythm === 'stream' && upstream.send('ping', ''),
    close: () => finish(SERVER_CLOSED_CONNECTION),
    opt(text) {
      const [name = '', seconds] = text.split(',');
      deadTime.set(name, Number(seconds));
    },
  };
  const deadTime = createDeadTime(() => finish(CONNECTION_TIMEOUT));
  const inbox = createInbox({
    packet(name, text, bytes) {
      if (Object.hasOwn(takers, name)) takers[name]?.(text, bytes);
      else listener.problem(malformedPacket(`Nobody knows a packet "${name}".`, text));
    },
    problem: listener.problem,
    again: () => underWay.wait(listen, retryDelay({ ...WAITS, failures: ++failures }, random())),
  });
  const ladder = createLadder(options, listener.problem);
  const upstream = createUpstream({
    credentials,
    // One by one: what a request alone confirms tells later whether that request has arrived.
    ack: () => Math.min(inbox.seen, told + 1),
    delivered(ack) {
      told = Math.max(told, ack);
      deadTime.heard();
      if (isHeld && live) listen();
    },
    prove,
    gone: () => finish(SERVER_CLOSED_CONNECTION),
    failing(duration) {
      if (duration > deadTime.length) finish(CONNECTION_TIMEOUT);
    },
  });
  const underWay = createUnderWay({
    stored: deadTime.stop,
    restored: deadTime.watch,
    online: ladder.rewind,
    resume() {
      goOn();
      upstream.wake();
    },
  });
  deadTime.watch();
  begin();

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
    underWay.stop();
    deadTime.stop();
  }

  /** What still closes a session ends there, too. */
  function finish(code: number): void {
    const isNews = live;
    stop();
    if (isNews) listener.closed(code);
  }

  // Where the session begins.

  function begin(): void {
    underWay.run(() =>
      askForKey(options, began, (answer) => {
        if ('url' in answer) {
          ({ url } = answer);
          failures = 0;
          deadTime.heard();
          upstream.start(url);
          return listen();
        }
        listener.problem(answer.error);
        if (live && answer.code !== undefined) finish(answer.code);
        else underWay.wait(begin, retryDelay({ ...WAITS, failures: ++failures }, random()));
      }),
    );
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
    const ack = asked || (upstream.isUnsure && rhythm === 'stream') ? told : inbox.seen;
    let hasBegun = false; // whether there is a head
    let isFresh = false; // whether it has brought anything new
    told = ack;
    isHeld = false;
    const address = `${String(url)}/${technique.name}?ack=${String(ack)}`;
    const downstream: DownstreamListener = {
      opened() {
        hasBegun = true;
        deadTime.heard();
      },
      packet([value, name, text]) {
        const id = Number(value);
        if (asked && id > told && id <= asked.ack) asked.hasArrived = false;
        const isNews = live && name !== 'open';
        if (isNews && inbox.receive(id, String(name), typeof text === 'string' ? text : '')) {
          isFresh = true;
          deadTime.heard();
        }
        // Not by the packet `open`: it is sent once, and what carried it may have broken off.
        if (!isOpen && live) {
          isOpen = true;
          listener.opened();
        }
      },
      ended(end, isMute) {
        const elapsed = now() - start;
        const error = errorOf(end);
        const status = error?.status;
        if (isGone(status)) return finish(SERVER_CLOSED_CONNECTION);
        const isComplete = end.how === 'complete';
        const wasHeldBack = isMute && end.how === 'cut' && end.error.code === 'timeout';
        // That a connection broke is no news: it is made again.
        if (error && error.code !== 'network') listener.problem(error);
        if (!live) return;
        const isHealthy =
          isFresh || (rhythm === 'interval' && isComplete) || (elapsed >= HEALTHY && !wasHeldBack);
        const wasAnswered = hasBegun || status !== undefined;
        tally.weak = isFresh || elapsed >= HEARTBEAT ? 0 : tally.weak + Number(wasAnswered);
        // The first answer behind an outage may be that the request before could not be ended: the next one comes soon.
        failures = isHealthy ? 0 : wasAnswered ? tally.weak : failures + 1;
        if (!asked && ladder.judge(end, wasHeldBack, streams.weak)) streams.weak = failures = 0;
        // A poll is answered at once with all that was not confirmed: what the request would have confirmed stands in it, or not.
        if (asked && isComplete) {
          proof = undefined;
          asked.decide(asked.hasArrived);
        }
        // What would listen now confirms all, and nothing would be left that tells of the address: it must not arrive twice.
        isHeld = !asked && !isAnswered && upstream.isUnsure && rhythm !== 'stream';
        if (isHeld) return;
        if (failures > 0) underWay.wait(listen, retryDelay({ ...WAITS, failures }, random()));
        else if (!isComplete) underWay.wait(listen, WAITS.retryDelay * random());
        else underWay.wait(listen, rhythm === 'interval' && !asked ? options.pollInterval : 0);
      },
    };
    underWay.run(() => openDownstream(address, technique, options, downstream));
  }

  // What was sent, and may not have arrived.

  function prove(ack: number, decide: (hasArrived: boolean) => void): Stop | undefined {
    if (!live || ack <= told) return undefined;
    proof = { ack, hasArrived: true, weak: 0, decide };
    goOn();
    return () => (proof = undefined);
  }

  function goOn(): void {
    if (url === undefined) begin();
    else listen();
  }
}
