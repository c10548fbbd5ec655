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
  /** So many bytes have gone on. */
  passed?(count: number): void;
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

export const oneBehind: Misbehaviour = () => ({
  room: Infinity,
  due(answer) {
    if (answer.ended) return answer.kept.length;
    const head = headLeft(answer);
    return head + lastChunk(answer.kept.subarray(head));
  },
});

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
}

/** A plan of cuts under way, to be handed to one adversary. */
export interface Cuts extends Misbehaviour {
  /** Those made so far. */
  readonly made: number;
}

export function cuts({ seed, kills, within, by = 'either' }: CutPlan): Cuts {
  const random = seededRandom(seed);
  const part = within / kills;
  let made = 0;
  let place = 0; // of the cut before, in bytes of the whole
  let left = distance(); // bytes until the next cut

  const treat: Misbehaviour = ({ cut }) => ({
    due: ({ kept }) => Math.min(kept.length, left),
    passed(count) {
      left -= count;
      if (left > 0) return;
      made++;
      left = distance();
      cut(kind());
    },
  });
  return Object.defineProperty(treat, 'made', { get: () => made }) as Cuts;

  function distance(): number {
    if (made === kills) return Infinity;
    const next = Math.floor((made + random()) * part);
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

/** Where the last whole chunk begins; 0 where there is none, or where this is no chunked body. */
function lastChunk(body: Buffer): number {
  let last = 0;
  for (let start = 0; ;) {
    const lineEnd = body.indexOf('\r\n', start, 'latin1');
    const size = lineEnd < 0 ? NaN : Number.parseInt(body.toString('latin1', start, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    // The chunk of no bytes ends the body: then nothing has to wait.
    if (size === 0) return body.length;
    if (!(end <= body.length)) return last;
    last = start;
    start = end;
  }
}
