// What kind of body a request has, told before anything is sent.

/**
 * - `form`: URLSearchParams or FormData.
 * - `json`: a plain object or an array, to be written as JSON.
 * - `any`: text, bytes, a blob.
 * - `stream`: a ReadableStream, which can be sent once.
 */
export type BodyKind = 'none' | 'form' | 'json' | 'any' | 'stream';

const CLASSES: Readonly<Record<string, BodyKind>> = {
  URLSearchParams: 'form',
  FormData: 'form',
  Blob: 'any',
  File: 'any',
  ArrayBuffer: 'any',
  ReadableStream: 'stream',
};

/** `undefined` for what no carrier sends as it is meant: fetch would write a Map as `[object Map]`, JSON as `{}`. */
export function bodyKind(body: unknown): BodyKind | undefined {
  if (body === undefined || body === null) return 'none';
  if (typeof body === 'string') return 'any';
  if (typeof body !== 'object') return undefined;
  if (Array.isArray(body)) return 'json';
  // Memory that is shared may change while it is sent: browsers refuse it.
  if (ArrayBuffer.isView(body)) return bodyKind(body.buffer);
  const prototype: unknown = Object.getPrototypeOf(body);
  // An object of another frame has the prototype of that frame.
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return 'json';
  const name = Object.keys(CLASSES).find((known) => isOf(body, known));
  return name === undefined ? undefined : CLASSES[name];
}

/** By its tag, too: what was made in another frame is of that frame's class. */
function isOf(body: object, name: string): boolean {
  const known = (globalThis as Record<string, unknown>)[name];
  return (typeof known === 'function' && body instanceof known) || tagOf(body) === name;
}

/** Whether it can be sent once only, and read while it is made. */
export function isStream(body: unknown): boolean {
  return tagOf(body) === 'ReadableStream';
}

/** What else may be wrong where a request with this body meets no server: a sentence behind another. */
export function hintOn(body: unknown): string | undefined {
  return isStream(body) ? ' To send a stream, Chromium needs HTTP/2 or later.' : undefined;
}

/** Whether it is sent as JSON. An object of another frame counts, and so does one of a class of the caller's own. */
export function isJson(body: unknown): boolean {
  return /^(Object|Array)$/.test(tagOf(body));
}

/** The name of a value's class, also of one made in another frame. */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}
