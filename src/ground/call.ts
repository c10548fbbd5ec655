// Calls into code that is not ours.

/**
 * Runs a handler. When it throws, the rest goes on and the page's error reporting hears of it.
 * Two parameters instead of a rest: this runs for every message, and no array is made for it.
 */
export function call<First, Second, Result>(
  handler: ((first: First, second: Second) => Result) | undefined,
  first: First,
  second?: Second,
): Result | undefined {
  try {
    return handler?.(first, second as Second);
  } catch (error) {
    throwLater(error);
    return undefined;
  }
}

/** A throw in a task of its own reaches `window.onerror` everywhere, and Node, which has no `reportError`. */
export function throwLater(error: unknown): void {
  setTimeout(() => {
    throw error;
  });
}
