// Which transport carries a request: the best that can, until there is evidence that it does not work here.

import type { Evidence, TransportChange } from '../../options.ts';
import type { Demand, Transport } from '../../transports/transport.ts';
import type { OriginMemory } from './origin-memory.ts';

/** Streams in a row that may open and bring nothing before the next rung is tried. */
export const MUTE_STREAMS = 3;

/** How long a doubt lasts, in milliseconds. */
export const DOUBT_LASTS = 300_000;

const FIX =
  'Let the stream through: send X-Accel-Buffering: no and Cache-Control: no-transform, and turn buffering and compression off in the proxy and in the application.';

export interface Ladder {
  /** The rung in use. */
  readonly transport: Transport;
  /** Whether a rung that was left is tried again: the one before it works, and can be opened beside it. */
  readonly isTrial: boolean;
  /** Whether the rung in use has brought a message to this connection. */
  readonly isProved: boolean;
  /** Whether it ever has. */
  readonly wasProved: boolean;
  /** What is told of the first choice. */
  choice(): TransportChange;
  /** A new attempt: a rung that was left may be tried again. */
  renew(): void;
  /** The rung to open beside the one in use, when that stays mute. */
  beside(tried: ReadonlySet<Transport>): Transport | undefined;
  /** The rung cannot work in this page: takes the next; false where there is none. */
  giveUp(reason: string): boolean;
  /** The rung in use seems to be held back: another one takes over. `isProof`: it is so for all of this origin. */
  moveTo(better: Transport, reason: string, isProof: boolean): void;
  /** An attempt has ended: a stream that opens again and again and never brought anything is left. */
  weigh(opened: boolean, healthy: boolean): void;
  /** The rung in use has brought a message. */
  prove(): void;
  /** The rung in use fell silent: what it proved counts no more. */
  suspect(): void;
}

/** @param able one of the rungs that can carry the request */
export function createLadder(
  rungs: readonly Transport[],
  able: Transport,
  demand: Demand,
  memory: OriginMemory,
  now: () => number,
  onChange: (change: TransportChange) => void,
): Ladder {
  const { doubts } = memory;
  const givenUp = new Map<Transport, string>(); // transports that cannot work in this page → why
  let muteStreams = 0; // in a row
  let isProved = false;
  const proved = new Set<Transport>(); // ever
  let previous: Transport | undefined; // the rung before, while a better one is on trial
  let transport = pick() ?? able;

  return {
    get transport() {
      return transport;
    },
    get isTrial() {
      return previous !== undefined;
    },
    get isProved() {
      return isProved;
    },
    get wasProved() {
      return proved.has(transport);
    },
    choice: () => ({ to: transport.name, refusals: refusals(above(transport)) }),
    renew() {
      if (transport === rungs[0] || (isProved && transport.rhythm === 'stream')) return;
      const best = pick() ?? transport;
      // Down only on evidence of its own; up as soon as it may.
      if (!above(transport).includes(best)) return;
      const left = transport;
      change(best, 'expired', 'it was held back a while ago, which may be over');
      previous = left;
    },
    beside(tried) {
      if (previous && !tried.has(previous)) return previous;
      const able = rungs.filter((rung) => rung !== transport && !tried.has(rung) && !refusalOf(rung));
      // What holds this one back on its way holds others of its rhythm back, too.
      return (
        able.find(({ rhythm }) => rhythm !== transport.rhythm) ??
        able.find((rung) => !above(transport).includes(rung))
      );
    },
    giveUp(reason) {
      givenUp.set(transport, reason);
      const next = pick();
      if (next) change(next, 'unusable', reason);
      return next !== undefined;
    },
    moveTo(better, reason, isProof) {
      if (isProof) doubt(reason, better);
      change(better, 'held', reason, FIX);
    },
    weigh(opened, healthy) {
      muteStreams = healthy || !opened ? 0 : muteStreams + 1;
      if (muteStreams < MUTE_STREAMS || isProved) return;
      const other = rungs.find((rung) => rung.rhythm !== transport.rhythm && !refusalOf(rung));
      if (!other) return;
      const reason = `opened ${String(MUTE_STREAMS)} times and brought nothing`;
      doubt(reason, other);
      change(pick() ?? other, 'mute', reason, FIX);
    },
    prove() {
      isProved = true;
      proved.add(transport);
      previous = undefined;
    },
    suspect() {
      isProved = false;
    },
  };

  function change(next: Transport, evidence: Evidence, reason: string, fix?: string): void {
    const from = transport.name;
    transport = next;
    previous = undefined;
    isProved = false;
    muteStreams = 0;
    onChange({ from, to: next.name, reason, evidence, fix, refusals: refusals(above(next)) });
  }

  /** What holds this stream back on its way holds the others back, too, unless one of them has proved better. */
  function doubt(reason: string, better: Transport): void {
    const { name, rhythm } = transport;
    for (const rung of rungs) {
      if (rung === transport) doubts.set(rung, reason);
      else if (rung.rhythm === rhythm && better.rhythm !== rhythm) {
        doubts.set(rung, `is a ${rhythm} like ${name}, which ${reason}`);
      }
    }
    memory.doubtedAt = now();
  }

  /** A doubt is a hint, no proof: where nothing else is left, it counts for nothing. */
  function pick(): Transport | undefined {
    if (now() - memory.doubtedAt >= DOUBT_LASTS) doubts.clear();
    return (
      rungs.find((rung) => !doubts.has(rung) && !refusalOf(rung)) ?? rungs.find((rung) => !refusalOf(rung))
    );
  }

  function refusals(passed: readonly Transport[]): string[] {
    const reasons = passed.map((rung) => [rung.name, refusalOf(rung) ?? doubts.get(rung)]);
    return reasons.filter(([, reason]) => reason !== undefined).map((words) => words.join(' '));
  }

  function above(rung: Transport): readonly Transport[] {
    return rungs.slice(0, rungs.indexOf(rung));
  }

  function refusalOf(rung: Transport): string | undefined {
    return givenUp.get(rung) ?? rung.refuses(demand);
  }
}
