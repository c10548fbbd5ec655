// A timer of any length.

/** The longest timer browsers keep, about 24.8 days. A longer one would fire at once. */
const MAX_TIMER = 2_147_483_647;

/** Calls back after so many milliseconds, at the latest after the longest that browsers keep, unless the returned function is called first. */
export function setTimer(callback: () => void, milliseconds: number): () => void {
  const timer = setTimeout(callback, Math.min(milliseconds, MAX_TIMER));
  return () => {
    clearTimeout(timer);
  };
}
