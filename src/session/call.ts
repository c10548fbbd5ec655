// Calls into code that is not ours.

/** Runs a handler. When it throws, the rest goes on and the page's error reporting hears of it. */
export function call<Args extends readonly unknown[], Result>(
  handler: ((...args: Args) => Result) | undefined,
  ...args: Args
): Result | undefined {
  try {
    return handler?.(...args);
  } catch (error) {
    // A throw in a task of its own reaches `window.onerror` everywhere, and Node, which has no `reportError`.
    setTimeout(() => {
      throw error;
    });
    return undefined;
  }
}
