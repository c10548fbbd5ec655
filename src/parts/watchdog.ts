// The watchdog: how often a server shows that it is alive, and how long it may be silent.

import { EnckeError } from '../ground/errors.ts';
import { isEventStream } from '../ground/media-type.ts';
import { startDeadline } from '../session/deadline.ts';
import type { Part, SessionInside, SessionSeams } from '../session/part.ts';
import { ANSWER_PATIENCE, HEAD_PATIENCE, LEAST_PATIENCE, TIE } from '../session/patience.ts';
import type { Stop } from '../transports/transport.ts';

/** How many intervals the server may miss. */
export const MISSED = 2.5;

/** Signs of life closer than this are one, cut by the network; of a server that never pauses they add up. Milliseconds. */
const ONE_BURST = 50;

/** Of a server that never pauses, a byte is old when it came so long ago. Milliseconds. */
export const LEAST_AGE = 1_000;

/** How many gaps tell a rhythm, and how many are remembered. */
const ENOUGH = 2;
const MEMORY = 8;

/** Alarms in a row after which patience grows no more. */
const MOST_ALARMS = 6;

/** Part of a client. Learns how often the server shows life, and reconnects when it is silent for too long. */
export const watchdog: Part<'watchdog'> = {
  name: 'watchdog',
  install() {
    const lateHeads = new Set<string>(); // resources whose server sends the head of a stream with its first message
    return {
      session(inside) {
        const { options, once } = inside.target;
        const { heartbeat } = options;
        // A request learns no rhythm: a model may think for as long as it likes.
        return once && heartbeat === 0 ? {} : { turn: watching(inside, createRhythm(heartbeat), lateHeads) };
      },
    };
  },
};

function watching(
  inside: SessionInside,
  rhythm: Rhythm,
  lateHeads: Set<string>,
): (next: SessionSeams['turn']) => SessionSeams['turn'] {
  const { environment, target } = inside;
  const { once, resource } = target;
  inside.age = () => rhythm.age;

  return (next) => (transport, listener) => {
    let openedAt: number | undefined; // when the head came
    let isEvents = false; // what it says of the body
    let isHeadNew = false; // nothing has come behind it yet
    let isHeld = false; // the carrier waits for us
    let beats = 0; // signs of life in the body
    const startedAt = environment.now();
    let lastLife = startedAt; // when the last one came, or the turn began
    let isWatching = false;
    let stopTimer: Stop | undefined;
    inside.isLate = lateHeads.has(resource);
    inside.headPatience = inside.isLate ? rhythm.patience : 0;

    const stopTurn = next(transport, {
      ...listener,
      opened(head) {
        openedAt = lastLife = environment.now();
        isEvents = isHeadNew = isEventStream(head);
        watch();
        listener.opened(head);
      },
      alive(size, at) {
        noteLateness(at);
        if (isStream(ANSWER_PATIENCE) && beats++ > 0) rhythm.heard(at - lastLife);
        lastLife = at;
        if (!isWatching) watch();
        listener.alive(size, at);
      },
      held(waits) {
        isHeld = waits;
        lastLife = environment.now();
        // What comes next tells nothing of the rhythm.
        beats = 0;
        watch();
        listener.held(waits);
      },
      ended(end, response) {
        stopTimer?.();
        listener.ended(end, response);
      },
      renew(reason) {
        stopTimer?.();
        listener.renew(reason);
      },
    });
    return stop;

    function stop(): void {
      stopTimer?.();
      stopTurn();
    }

    /**
     * A server that knows no polls may answer one with a stream.
     *
     * @param age how long that has gone on at least: what comes at once may be all of an answer, and tells no rhythm
     */
    function isStream(age = 0): boolean {
      if (openedAt === undefined || !transport.showsLife) return false;
      if (transport.rhythm === 'stream') return true;
      return isEvents && !once && environment.now() - openedAt >= age;
    }

    /**
     * A server that sends the head of a stream with its first byte is mute by nature until then. Firefox (153) shows no
     * head before that, whatever the server does.
     */
    function noteLateness(now: number): void {
      // Asked once for each response.
      if (!isHeadNew || openedAt === undefined) return;
      isHeadNew = false;
      const waited = openedAt - startedAt;
      if (waited < HEAD_PATIENCE || now - openedAt >= TIE) return;
      lateHeads.add(resource);
      rhythm.waited(waited);
    }

    /** Looks again when the silence will have lasted too long, rather than at every chunk. */
    function watch(): void {
      stopTimer?.();
      const { patience } = rhythm;
      isWatching = !isHeld && isStream() && patience < Infinity;
      if (isWatching) limit(Math.max(patience - silence(), 0));
    }

    function limit(milliseconds: number): void {
      stopTimer = startDeadline(environment, milliseconds, (suspended) => {
        const isOver = silence() >= rhythm.patience;
        if (!isOver && !suspended) return watch();
        // What a page slept through is no silence of the server's.
        if (suspended && (once || !isOver)) return limit(milliseconds);
        const lasted = silence();
        stopTurn();
        if (suspended) return listener.renew('suspended');
        rhythm.alarm();
        const sentence = `Nothing has come for ${String(Math.round(lasted))} ms.`;
        const error = new EnckeError('timeout', sentence);
        listener.ended({ how: 'cut', error }, { elapsed: environment.now() - startedAt, isWhole: false });
      });
    }

    function silence(): number {
      return environment.now() - lastLife;
    }
  };
}

/** What is known of a server's rhythm; it outlives connections. All in milliseconds. */
export interface Rhythm {
  /** The longest time between two signs of life that is usual; `undefined` while unknown. */
  readonly interval: number | undefined;
  /** How long ago the last byte must have come for a page that wakes up to doubt the connection; `undefined` while unknown. */
  readonly age: number | undefined;
  /** How long the server may be silent; `Infinity` while its rhythm is unknown. */
  readonly patience: number;
  /** A sign of life came so long after the one before, on the same connection. */
  heard(gap: number): void;
  /** The server let a head wait for so long, until it had something to say: as long a silence is usual, whatever else it does. */
  waited(milliseconds: number): void;
  /** The silence lasted too long. Until a rhythm is heard again, it may have been the server's way. */
  alarm(): void;
}

/** @param heartbeat the interval, where it is known; 0 learns it */
export function createRhythm(heartbeat: number): Rhythm {
  let gaps: number[] = [];
  let alarms = 0; // in a row
  let least = 0; // an interval is no shorter
  let burst = 0; // how long the latest has lasted, in milliseconds

  return {
    get interval() {
      return interval();
    },
    get age() {
      const known = interval();
      return known && Math.max(LEAST_AGE, known);
    },
    get patience() {
      const known = interval();
      if (known === undefined) return Infinity;
      // A server that just has nothing to say must not be asked every half minute for ever.
      return Math.max(LEAST_PATIENCE, MISSED * known) * 2 ** Math.min(alarms, MOST_ALARMS);
    },
    heard(gap) {
      burst += gap;
      if (burst < ONE_BURST) return;
      gaps = [...gaps.slice(1 - MEMORY), burst];
      burst = alarms = 0;
    },
    waited(milliseconds) {
      least = Math.max(least, milliseconds);
    },
    alarm() {
      alarms++;
    },
  };

  function interval(): number | undefined {
    if (heartbeat > 0) return heartbeat;
    return gaps.length < ENOUGH ? undefined : Math.max(least, ...gaps);
  }
}
