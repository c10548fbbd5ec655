// What a session needs of the world around it, so that a test can be that world.

import { setTimer } from '../ground/long-timer.ts';
import { baseUrl, pageOrigin } from '../ground/page-address.ts';
import type { Page } from './page-lifecycle.ts';

/** Time, chance and place. */
export interface Environment {
  /** Milliseconds on a clock that never goes back, and goes on while the machine sleeps. */
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
  /** What happens to the page. @defaultValue what the browser tells */
  readonly page?: Page | undefined;
  /** Where a last event id can be kept over a reload; throws, or gives nothing, where the page may keep nothing. @defaultValue the `sessionStorage` of the page */
  readonly storage?: (() => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined) | undefined;
  /** Where tabs meet. @defaultValue the globals */
  readonly tabs?: Pick<typeof globalThis, 'navigator' | 'BroadcastChannel'>;
}

export const browserEnvironment: Environment = {
  now: /* @__PURE__ */ sleeplessClock(),
  setTimer,
  random: Math.random,
  baseUrl,
  origin: pageOrigin,
  fetch: (input, init) => fetch(input, init),
};

/** How far the two clocks may part in one go before the machine counts as having slept. Milliseconds. */
const SLEPT = 1_000;

/** `performance.now()` stands still while some machines sleep, `Date.now()` goes back where it is set. */
function sleeplessClock(): () => number {
  let slept = 0;
  let parted: number | undefined;
  return () => {
    const time = performance.now();
    const distance = Date.now() - time;
    const grown = distance - (parted ??= distance);
    slept += grown > SLEPT ? grown : 0;
    if (Math.abs(grown) > SLEPT) parted = distance;
    return time + slept;
  };
}
