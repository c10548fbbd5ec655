// What the adversary can do to an answer on its way: each a small decision about the bytes it holds in its hands.
//
//   pass              nothing
//   hold              the body is kept back until the target ends it (`hold('head')`: the head, too), as a proxy buffers
//   oneBehind         every message (chunk of the transfer coding) waits for the next one
//   gather(4096)      only whole blocks of so many bytes pass; the rest at the end
//   killAfter(200)    the connection is cut so many milliseconds after its request came
//   killIdle(5000)    the connection is cut when nothing has passed for so many milliseconds
//   blackHole(300)    nothing more after so many bytes, not even the end; the socket stays open
//   throttle(2000)    so many bytes a second
//   cuts({ … })       a number of cuts at seeded places, over however many connections it takes

import { seededRandom } from '../tools/random.ts';
import type { CutKind } from './wire.ts';

/** An answer on its way. Head and body count alike. */
export interface Answer {
  /** What has come and has not gone on. */
  readonly kept: Buffer;
  /** Bytes that have gone on. */
  readonly passed: number;
  /** Bytes of the head, its empty line included; `undefined` until it is whole. */
  readonly headLength: number | undefined;
  /** Whether the target has ended it, so that nothing follows what is kept. */
  readonly ended: boolean;
}

/** What a misbehaviour may do to its connection by itself. */
export interface Grip {
  /** Asks `due` again. */
  again(): void;
  cut(by: CutKind): void;
}

/** How one answer is treated. */
export interface Treatment {
  /** How many of the kept bytes may go on now. */
  due(answer: Answer): number;
  /** So many bytes have gone on, all in all the sum. */
  passed?(count: number, sum: number): void;
  /** Whether the end of the answer is kept from the client once all bytes have gone. */
  readonly hidesEnd?: boolean;
  /** Bytes that may be kept before the target is made to wait. @defaultValue 65_536 */
  readonly room?: number;
  /** Ends what it has begun: timers. */
  stop?(): void;
}

/** Begins the treatment of one connection's answer, when its request has come. */
export type Misbehaviour = (grip: Grip) => Treatment;

/** How often bytes pass a throttle, in milliseconds. */
const TICK = 20;

const all = ({ kept }: Answer): number => kept.length;

export const pass: Misbehaviour = () => ({ due: all });

export function hold(what: 'body' | 'head' = 'body'): Misbehaviour {
  return () => ({
    room: Infinity,
    due(answer) {
      if (answer.ended) return answer.kept.length;
      return what === 'head' ? 0 : headLeft(answer);
    },
  });
}

export const oneBehind: Misbehaviour = () => {
  const bordersOf = createBorders();
  return {
    room: Infinity,
    due(answer) {
      const { kept, passed, ended } = answer;
      if (ended) return kept.length;
      const reached = bordersOf(answer).filter((border) => border <= passed + kept.length);
      return (reached.at(-2) ?? reached[0] ?? passed) - passed;
    },
  };
};

/** The head passes with the first block. */
export function gather(bytes: number): Misbehaviour {
  return () => ({
    room: bytes * 2,
    due: ({ kept, ended }) => (ended ? kept.length : kept.length - (kept.length % bytes)),
  });
}

export function killAfter(milliseconds: number, by: CutKind = 'fin'): Misbehaviour {
  return ({ cut }) => {
    const timer = setTimeout(cut, milliseconds, by);
    return { due: all, stop: () => clearTimeout(timer) };
  };
}

export function killIdle(milliseconds: number, by: CutKind = 'fin'): Misbehaviour {
  return ({ cut }) => {
    const timer = setTimeout(cut, milliseconds, by);
    return { due: all, passed: () => void timer.refresh(), stop: () => clearTimeout(timer) };
  };
}

export function blackHole(bytes = 0): Misbehaviour {
  return () => ({
    hidesEnd: true,
    due: ({ kept, passed }) => Math.min(kept.length, Math.max(0, bytes - passed)),
  });
}

export function throttle(bytesPerSecond: number): Misbehaviour {
  return ({ again }) => {
    const began = performance.now();
    let spent = 0;
    const timer = setInterval(again, TICK);
    return {
      due({ kept }) {
        const earned = Math.floor(((performance.now() - began) * bytesPerSecond) / 1000) - spent;
        return Math.min(kept.length, earned);
      },
      passed: (count) => void (spent += count),
      stop: () => clearInterval(timer),
    };
  };
}

export interface CutPlan {
  readonly seed: number;
  /** How many cuts. */
  readonly kills: number;
  /** Bytes over which they are spread, all connections and their heads together: one cut in each equal part. */
  readonly within: number;
  /** @defaultValue 'either', drawn for each cut */
  readonly by?: CutKind | 'either';
  /**
   * How many of the cuts, from 0 to 1, wait for the next border between two chunks of the transfer coding: there,
   * engines may take a closed socket for the end of the body. @defaultValue 0
   */
  readonly betweenChunks?: number;
}

/** A plan of cuts under way, to be handed to one adversary. */
export interface Cuts extends Misbehaviour {
  /** Those made so far. */
  readonly made: readonly Cut[];
}

export interface Cut {
  readonly by: CutKind;
  /** Bytes of the answer before it. */
  readonly after: number;
}

export function cuts({ seed, kills, within, by = 'either', betweenChunks = 0 }: CutPlan): Cuts {
  const random = seededRandom(seed);
  const part = within / kills;
  const made: Cut[] = [];
  let place = 0; // of the cut before, in bytes of the whole
  let left = distance(); // bytes until the next cut
  let waits = random() < betweenChunks; // whether that is to fall between two chunks

  const treat: Misbehaviour = ({ cut }) => {
    const bordersOf = createBorders();
    let goal = Infinity; // where this answer is to be cut, in its bytes
    return {
      due(answer) {
        const { kept, passed } = answer;
        const borders = bordersOf(answer);
        // Another connection may have come to the place before.
        const place = passed + Math.max(left, 1);
        goal = waits ? (borders.find((border) => border >= place) ?? Infinity) : place;
        return Math.min(kept.length, goal - passed);
      },
      passed(count, sum) {
        left -= count;
        if (sum !== goal) return;
        const next = { by: kind(), after: sum };
        made.push(next);
        left = distance();
        waits = random() < betweenChunks;
        cut(next.by);
      },
    };
  };
  return Object.assign(treat, { made });

  function distance(): number {
    if (made.length === kills) return Infinity;
    const next = Math.floor((made.length + random()) * part);
    const far = Math.max(1, next - place);
    place = next;
    return far;
  }

  function kind(): CutKind {
    if (by !== 'either') return by;
    return random() < 0.5 ? 'fin' : 'reset';
  }
}

/** How many of the kept bytes are head. */
function headLeft({ headLength, passed, kept }: Answer): number {
  return Math.min(kept.length, Math.max(0, (headLength ?? 0) - passed));
}

/**
 * Follows the chunks of an answer: gives where they begin and end, as far as that can be known and has not gone on yet,
 * in bytes of the answer. The end of the last one is no border, since it ends the body. An answer that is not chunked
 * has no border behind its head.
 */
function createBorders(): (answer: Answer) => readonly number[] {
  let borders: number[] = [];
  let next: number | undefined; // where the next size will be looked for
  let line = ''; // what has been seen of it

  return ({ kept, passed, headLength }) => {
    if (next === undefined && headLength !== undefined) borders.push((next = Math.max(headLength, passed)));
    while (next !== undefined && next < passed + kept.length) {
      const lineEnd = kept.indexOf('\n', next - passed, 'latin1');
      const seen = lineEnd < 0 ? kept.length : lineEnd + 1;
      line += kept.toString('latin1', next - passed, seen);
      next = passed + seen;
      if (lineEnd < 0) break;
      next += chunkSize(line);
      line = '';
      if (next < Infinity) borders.push(next);
    }
    return (borders = borders.filter((border) => border >= passed));
  };
}

/** With the line end behind it; infinite where no further chunk can be found. */
function chunkSize(line: string): number {
  const size = Number.parseInt(line, 16);
  return size > 0 ? size + 2 : Infinity;
}
