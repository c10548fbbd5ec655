// When changes are shown: with the next frame, all in one go.

/** A page that draws no frames, because it is hidden or because there is none, gets its changes by then. Milliseconds. */
const OVERDUE = 100;

/** All of the page, so that what changes in one frame is rendered once. */
const due = new Set<() => void>();
let stop: (() => void) | undefined;

/** Calls back once, with all others that wait. The returned function calls that off. */
export function atNextFrame(callback: () => void): () => void {
  due.add(callback);
  stop ??= awaitFrame();
  return () => {
    due.delete(callback);
    if (due.size === 0) stop?.();
  };
}

function awaitFrame(): () => void {
  const { requestAnimationFrame, cancelAnimationFrame } = globalThis as Partial<typeof globalThis>;
  const frame = requestAnimationFrame?.(come) ?? 0;
  const timer = setTimeout(come, OVERDUE);
  return () => {
    stop = undefined;
    cancelAnimationFrame?.(frame);
    clearTimeout(timer);
  };
}

function come(): void {
  stop?.();
  const callbacks = [...due];
  due.clear();
  for (const callback of callbacks) callback();
}
