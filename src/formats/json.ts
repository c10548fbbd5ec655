// The `json` format: the body is one JSON document, and an array is a list of messages.
//
// The elements of an array are given as they come, so that one that is broken or too long costs only itself,
// and a server that writes a long array slowly streams. One in brackets is given at its last bracket: the comma behind it
// may come with the next element only.

import type { Decoder, DecoderOptions, DecoderSink, Format } from './format.ts';
import { createJsonScanner } from './json-scanner.ts';
import { createLimitedText } from './limited-text.ts';
import { createGiveJson } from './value-message.ts';

/** One JSON value, or a list of messages: `application/json`. */
export const json: Format = {
  name: 'json',
  mediaTypes: ['application/json', 'text/json'],
  decoder: createJsonDecoder,
};

function createJsonDecoder(sink: DecoderSink, options: DecoderOptions): Decoder {
  const give = createGiveJson(sink, options);
  const held = createLimitedText(sink, options);
  const scan = createJsonScanner(() => (closed = true));
  let closed = false; // whether the last border is the last bracket of an element
  let given = false; // whether the element has been given at that bracket
  let bracket: string | undefined; // the array's last bracket; '' where the document is none; undefined before it

  return {
    feed(chunk) {
      let rest = bracket === undefined ? begin(chunk.trimStart()) : chunk;
      while (bracket === '[' && rest) rest = readArray(rest);
      held.add(rest);
    },
    end() {
      const rest = held.take();
      // With its bracket, neither an array that is not closed nor text behind one is JSON.
      if (bracket === '[' || rest.trim()) give(`${bracket ?? ''}${rest}`);
    },
  };

  function begin(text: string): string {
    if (text) bracket = text.startsWith('[') ? '[' : '';
    return text.slice(bracket?.length);
  }

  /** Reads to the next border, and returns what is behind it. */
  function readArray(text: string): string {
    closed = false;
    const end = scan(text);
    const border = text.charAt(end);
    const ends = !isClosed() && (border === ',' || border === ']');
    // Another border should not be there: with it the element will be found broken.
    held.add(text.slice(0, ends ? end : end + 1));
    if (ends) {
      if (border === ']') bracket = border;
      const rest = held.take();
      // Between the last bracket of an element and the comma nothing may stand.
      give(given && rest.trim() ? `}${rest}` : rest);
      given = false;
    } else if (isClosed() && !given) {
      give(held.take());
      given = true;
    }
    return text.slice(end + 1);
  }

  /** A function, so that the compiler forgets what it knew before the scan. */
  function isClosed(): boolean {
    return closed;
  }
}
