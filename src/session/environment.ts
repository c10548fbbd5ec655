// What a session needs of the world around it, so that a test can be that world.

/** Time, chance and place. */
export interface Environment {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Calls back after so many milliseconds, unless the returned function is called first. */
  setTimer(callback: () => void, milliseconds: number): () => void;
  /** A number from 0 to below 1. */
  random(): number;
  /** The URL that relative ones are resolved against; `undefined` on a server, where no request is made. */
  baseUrl(): string | undefined;
  /** The page's own origin, which decides what is cross-origin; `<base href>` does not. */
  origin(): string | undefined;
  /** The global `fetch`, looked up at each request so that a mock installed later is used. */
  fetch: typeof fetch;
}

export const browserEnvironment: Environment = {
  now: () => performance.now(),
  setTimer(callback, milliseconds) {
    // A longer timer would fire at once.
    const timer = setTimeout(callback, Math.min(milliseconds, MAX_TIMER));
    return () => {
      clearTimeout(timer);
    };
  },
  random: Math.random,
  // The document's base URL counts `<base href>`; a worker has only its location.
  baseUrl: () => (globalThis as Place).document?.baseURI ?? (globalThis as Place).location?.href,
  // The global is `'null'` in a sandboxed page, whatever its address says.
  origin: () => (globalThis as Place).origin ?? (globalThis as Place).location?.origin,
  fetch: (input, init) => fetch(input, init),
};

/** The longest timer browsers keep, about 24.8 days. */
const MAX_TIMER = 2 ** 31 - 1;

interface Place {
  readonly document?: Document;
  readonly location?: Location;
  readonly origin?: string;
}
