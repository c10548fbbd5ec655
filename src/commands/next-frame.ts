// The next frame, or a task in its stead where the page draws none.

import { callInTask } from '../ground/message-task.ts';

/** A frame that has not come by then may never come: the page lies off screen, or behind another. Milliseconds. */
const OVERDUE = 100;

/** Calls back once. What it returns calls that off; either leaves nothing behind. */
export function callInFrame(callback: () => void): () => void {
  const { document, requestAnimationFrame } = globalThis as Place;
  const isDrawn = document?.hidden === false && requestAnimationFrame;
  const stop = isDrawn ? awaitFrame(come) : callInTask(come);
  return stop;

  function come(): void {
    stop();
    callback();
  }
}

function awaitFrame(come: () => void): () => void {
  const frame = requestAnimationFrame(come);
  const timer = setTimeout(come, OVERDUE);
  document.addEventListener('visibilitychange', come);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', come);
  };
}

/** A worker has no document, a server neither. */
interface Place {
  readonly document?: Document;
  readonly requestAnimationFrame?: typeof requestAnimationFrame;
}
