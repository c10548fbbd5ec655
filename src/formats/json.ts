// The `json` format: the body is one JSON document, and an array is a list of messages.
//
// The elements of an array are given as they come, so that one that is broken or too long costs only itself,
// and a server that writes a long array slowly streams.

import type { Decoder, DecoderOptions, DecoderSink, Format } from './format.ts';
import { createJsonScanner } from './json-scanner.ts';
import { createLimitedText } from './limited-text.ts';
import { parseJson } from './parse-json.ts';
import { malformed, tooLarge } from './unreadable.ts';
import { createGiveValue } from './value-message.ts';

/** Reads `chunk` from `at` on in one place of the document, and says how far it came. */
type Place = (chunk: string, at: number) => number;

export const json: Format = {
  name: 'json',
  mediaTypes: ['application/json'],
  decoder: createJsonDecoder,
};

function createJsonDecoder(sink: DecoderSink, options: DecoderOptions): Decoder {
  const { maxMessageSize } = options;
  const give = createGiveValue(sink, options);
  const scanner = createJsonScanner();
  const held = createLimitedText(maxMessageSize, (start) => sink.problem(tooLarge(start, maxMessageSize)));
  let place: Place = beforeDocument;
  let afterComma = false; // whether an element must follow

  return {
    feed(chunk) {
      for (let at = 0; at < chunk.length;) at = place(chunk, at);
    },
    end() {
      const text = held.take();
      if (text === undefined) return;
      if (place === inDocument) giveParsed(text, 'The body is not one JSON document.');
      if (place === inArray) sink.problem(malformed('The body is a JSON array that is not closed.', text));
      if (place === inRest) sink.problem(malformed('Text follows the JSON array in the body.', text));
    },
  };

  function beforeDocument(chunk: string, at: number): number {
    const start = skipBlanks(chunk, at);
    if (start === chunk.length) return start;
    place = chunk[start] === '[' ? inArray : inDocument;
    return place === inArray ? start + 1 : start;
  }

  function inDocument(chunk: string, at: number): number {
    held.add(chunk.slice(at));
    return chunk.length;
  }

  function inArray(chunk: string, at: number): number {
    const end = scanner.next(chunk, at);
    const mark = chunk[end];
    held.add(chunk.slice(at, end));
    if (mark === undefined) return end;
    if (mark === ',' || mark === ']') endElement(mark);
    else held.add(mark); // what should not be there is part of the element, which the parser will refuse
    return end + 1;
  }

  function endElement(mark: ',' | ']'): void {
    const text = held.take();
    scanner.reset();
    const closes = mark === ']';
    if (closes) place = afterArray;
    const isEmptyArray = closes && !afterComma && text?.trim() === '';
    afterComma = true;
    if (text !== undefined && !isEmptyArray) {
      giveParsed(text, 'An element of the array is not JSON. It was skipped.');
    }
  }

  function afterArray(chunk: string, at: number): number {
    const start = skipBlanks(chunk, at);
    if (start < chunk.length) place = inRest;
    return start;
  }

  function inRest(chunk: string, at: number): number {
    return inDocument(chunk, at);
  }

  function giveParsed(text: string, complaint: string): void {
    const value = parseJson(text);
    if (value === undefined) sink.problem(malformed(complaint, text));
    else give(value);
  }
}

/** JavaScript counts a byte order mark among the blanks. */
function skipBlanks(chunk: string, at: number): number {
  const offset = chunk.slice(at).search(/\S/);
  return offset < 0 ? chunk.length : at + offset;
}
