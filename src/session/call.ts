// Calls into code that is not ours.

/** Runs a handler. When it throws, the rest goes on and the page's error reporting hears of it. */
export function call<Args extends readonly unknown[]>(
  handler: ((...args: Args) => unknown) | undefined,
  ...args: Args
): void {
  try {
    handler?.(...args);
  } catch (error) {
    reportLater(error);
  }
}

function reportLater(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  // Node has no reportError; a throw of its own task reaches the same listeners there.
  else
    queueMicrotask(() => {
      throw error;
    });
}
