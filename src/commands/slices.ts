// When commands may be carried out: for a slice of each frame, so that the page stays responsive.

import { callInFrame } from './next-frame.ts';

/** After a rest of a frame's length there is time again, whether a frame has come or not. Milliseconds. */
const REST = 16;

/** After commands as quick as this some go without a look at the clock, which may cost as much. Milliseconds. */
const QUICK = 0.1;

/** How many: few, since the next one may be slow. */
const UNCLOCKED = 3;

export interface Slices {
  /** Whether the next frame is awaited. */
  readonly awaitsFrame: boolean;
  /** Begins a slice. It has what the slices before it have left of the frame's budget. */
  begin(): void;
  /** Whether the slice has time for one more command. */
  hasTime(): boolean;
  end(): void;
  /** Calls back when the next frame comes. */
  awaitFrame(): void;
  /** Awaits it no longer, and leaves nothing behind. */
  cancel(): void;
}

/** @param budget milliseconds in each frame */
export function createSlices(budget: number, onFrame: () => void): Slices {
  let left = budget; // when the last slice ended
  let restEnd = 0;
  let deadline = 0; // of the slice
  let lastLook = 0; // at the clock
  let unclocked = 0; // how many commands may still go without a look
  let stop: (() => void) | undefined; // set while a frame is awaited

  return {
    get awaitsFrame() {
      return stop !== undefined;
    },
    begin() {
      const now = performance.now();
      if (!stop && now >= restEnd) left = budget;
      deadline = now + left;
      lastLook = unclocked = 0;
    },
    hasTime() {
      if (unclocked-- > 0) return true;
      const now = performance.now();
      unclocked = now - lastLook < QUICK ? UNCLOCKED : 0;
      lastLook = now;
      return now < deadline;
    },
    end() {
      const now = performance.now();
      left = deadline - now;
      restEnd = now + REST;
    },
    awaitFrame() {
      stop ??= callInFrame(() => {
        stop = undefined;
        restEnd = 0;
        onFrame();
      });
    },
    cancel() {
      stop?.();
      stop = undefined;
    },
  };
}
