// When commands may be carried out: for a slice of each frame, so that the page stays responsive.

import { callInFrame } from './next-frame.ts';

/** After a rest of a frame's length there is time again, whether a frame has come or not. Milliseconds. */
const REST = 16;

export interface Slices {
  /** Whether the next frame is awaited. */
  readonly awaitsFrame: boolean;
  /**
   * Begins a slice. It has what the slices before it have left of the frame's budget.
   *
   * @param goesOn whether the time since the last one counts, too: code behind an `await` has used it
   */
  begin(goesOn: boolean): void;
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
  let awaited = false; // a frame
  let stop: (() => void) | undefined;
  let isDue = false; // one command, however little time a frame has

  return {
    get awaitsFrame() {
      return awaited;
    },
    begin(goesOn) {
      const now = performance.now();
      if (!awaited && now >= restEnd) left = budget;
      else if (goesOn) left -= now + REST - restEnd;
      deadline = now + left;
    },
    // One slow command among many quick ones would go unnoticed if not every one were clocked.
    hasTime() {
      const has = isDue || performance.now() < deadline;
      isDue = false;
      return has;
    },
    end() {
      const now = performance.now();
      left = deadline - now;
      restEnd = now + REST;
    },
    // Only behind the current code, which may flush: to await a frame and call it off costs as much as 20 commands.
    awaitFrame() {
      if (!awaited) queueMicrotask(listen);
      awaited = true;
    },
    cancel() {
      awaited = false;
      stop?.();
      stop = undefined;
    },
  };

  function listen(): void {
    if (awaited) stop ??= callInFrame(come);
  }

  function come(): void {
    awaited = false;
    stop = undefined;
    restEnd = 0;
    isDue = true;
    onFrame();
  }
}
