// Bytes as Orbited's API has them: text of which each character is one byte.

import { tagOf } from '../../ground/request-body.ts';

/** How many bytes become characters in one call: an engine takes so many arguments. */
const PIECE = 32_768;

export function byteText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE)
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return text;
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function utf8Text(text: string): string {
  return byteText(new TextEncoder().encode(text));
}

/** Of another frame, too. */
export function isBuffer(data: unknown): data is ArrayBuffer {
  return tagOf(data).endsWith('ArrayBuffer');
}
