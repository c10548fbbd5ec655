// Which subscriptions are equal, and can be served by one connection.

import { EnckeError, inWords } from '../ground/errors.ts';
import type { SubscribeOptions } from '../options.ts';

/** Options that each listener has for itself: what is done with messages, not how they come. */
const OWN = new Set<keyof SubscribeOptions>([
  'on',
  'onMessage',
  'onError',
  'onOpen',
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

/**
 * Equal for equal subscriptions of any page of the origin. A transport or format is its name, binary data its bytes; what
 * else is not data does not count.
 */
export function tabsKey(url: string, options: object): string {
  return keyOf(url, options, (value) => {
    if (value instanceof FormData) return [...value];
    if (value instanceof ArrayBuffer) return [...new Uint8Array(value)];
    if (ArrayBuffer.isView(value))
      return [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
    return typeof value === 'object' && 'name' in value ? value.name : 0;
  });
}

/** Options that say which stream it is that the server sends, rather than how it is read and kept up. */
const STREAM = ['method', 'headers', 'body', 'credentials', 'format', 'cursor', 'resume'] as const;

/** Equal for subscriptions of any page of the origin that may go on where the other was. */
export function cursorKey(url: string, options: SubscribeOptions): string {
  return tabsKey(url, Object.fromEntries(STREAM.map((name) => [name, options[name]])));
}

/** Whether nobody can tell from a body what it will send: that of a function, or of a file. */
export function isOpaque(body: unknown): boolean {
  if (body instanceof FormData) return [...body.values()].some(isOpaque);
  return typeof body === 'function' || body instanceof Blob;
}

/** @throws EnckeError `invalid-option` for a body that JSON cannot write */
function keyOf(url: string, options: object, stateOf: (value: object) => unknown): string {
  const shared = Object.entries(options)
    .filter(([name]) => !OWN.has(name as keyof SubscribeOptions))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  try {
    return JSON.stringify([url, shared], (_, value: unknown) => {
      if (value instanceof Headers || value instanceof URLSearchParams) return [...value];
      return isData(value) ? value : stateOf(value as object);
    });
  } catch (cause) {
    throw new EnckeError('invalid-option', inWords(cause), { cause });
  }
}

/** What JSON keeps whole. */
function isData(value: unknown): boolean {
  if (Object(value) !== value || Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  // A getter is code, which is not run for this.
  const members = Object.values(Object.getOwnPropertyDescriptors(value as object));
  const hasCode = members.some((member) => member.get ?? typeof member.value === 'function');
  return (prototype === null || prototype === Object.prototype) && !hasCode;
}
