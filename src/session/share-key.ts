// Which subscriptions are equal, and can be served by one connection.

import type { SubscribeOptions } from '../options.ts';

/** Options that each listener has for itself: what is done with messages, not how they come. */
const OWN = new Set<keyof SubscribeOptions>([
  'on',
  'onMessage',
  'onError',
  'onState',
  'onSettledState',
  'onTransport',
  'onResync',
  'commands',
  'parse',
  'endOn',
  'until',
  'signal',
]);

/** Objects and functions are equal when they are the same one, so each has a number. */
const numbers = new WeakMap<object, number>();
let counted = 0;

/** Equal for equal subscriptions of one page. */
export function pageKey(url: string, options: object): string {
  return keyOf(url, options, (value) => {
    const number = numbers.get(value) ?? ++counted;
    numbers.set(value, number);
    return number;
  });
}

/** Equal for equal subscriptions of any page of the origin; what is not data does not count. */
export function tabsKey(url: string, options: object): string {
  return keyOf(url, options, () => 0);
}

function keyOf(url: string, options: object, numberOf: (value: object) => number): string {
  const shared = Object.entries(options).filter(([name]) => !OWN.has(name as keyof SubscribeOptions));
  return JSON.stringify([url, ...shared.sort()], (_, value: unknown) => {
    if (value instanceof Headers || value instanceof URLSearchParams) return [...value];
    return isData(value) ? value : numberOf(value as object);
  });
}

/** What JSON keeps whole. */
function isData(value: unknown): boolean {
  if (Object(value) !== value || Array.isArray(value)) return true;
  const hasFunctions = Object.values(value as object).some((member) => typeof member === 'function');
  return Object.getPrototypeOf(value) === Object.prototype && !hasFunctions;
}
