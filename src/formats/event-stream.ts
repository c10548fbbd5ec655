// The text/event-stream format: server-sent events, by the grammar of the HTML standard, section 9.2.6.

import { EnckeError } from '../errors.ts';
import type { Decoder, DecoderOptions, DecoderSink, Format } from './format.ts';

export const eventStream: Format = {
  name: 'event-stream',
  mediaTypes: ['text/event-stream'],
  decoder: createDecoder,
};

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const COLON = 58;
const LETTER_A = 97;
const LETTER_D = 100;
const LETTER_T = 116;
const BYTE_ORDER_MARK = 0xfeff;
/** Length of `data: `: a line that has as many characters shows whether it carries data, and where. */
const DATA_PREFIX = 6;
/** Length of `event: `, the longest name of a field that is kept. */
const LONGEST_PREFIX = 7;
/** A chunk shorter than this is searched for line ends character by character, which is faster there than `indexOf`. */
const SHORT_CHUNK = 16;
/** How much of a message that is too large its error shows. */
const PAYLOAD_LENGTH = 200;

/**
 * `feed` finds the lines, `takeLine` is the grammar. `takeMessages` and `takeDataLines` are short cuts through both for
 * what most streams are made of. Three things make it fast: no character is searched for twice, a value is sliced once
 * and joined by `+`, which copies nothing, and no index is outside its string (V8 discards code that was compiled before
 * it saw one).
 */
function createDecoder(sink: DecoderSink, options: DecoderOptions): Decoder {
  const { maxMessageSize } = options;
  /** The last event ID string of the event source: what messages carry. */
  let lastEventId = options.lastEventId;
  /** The last event ID buffer; undefined while this block has not set it. */
  let id: string | undefined;
  /** The event type buffer. */
  let event = '';
  /** The data buffer without its last line feed; undefined while this block has no data. */
  let data: string | undefined;
  /** The data of this block was too large, what is left of it is not kept. */
  let dropped = false;
  /** An unfinished line that is not known to carry data. */
  let pending = '';
  /** The unfinished line carries data, and its value so far is at the end of the data buffer. */
  let inData = false;
  /** Nothing has come yet. */
  let fresh = true;
  /** The last chunk ended with a carriage return. */
  let afterCarriageReturn = false;

  return { feed, end };

  function feed(chunk: string): void {
    const length = chunk.length;
    let start = (fresh || afterCarriageReturn) && length > 0 ? skipMark(chunk.charCodeAt(0)) : 0;
    // Where the next of each is, or the length of the chunk; searched for again only once it has been passed.
    let lineFeed = -1;
    let carriageReturn = -1;
    while (start < length) {
      const resumes = inData || pending !== '';
      const first = chunk.charCodeAt(start);
      let lineEnd: number;
      if (length < SHORT_CHUNK || !(resumes || first === LETTER_D || first === COLON)) {
        lineEnd = scanLine(chunk, start);
      } else {
        if (carriageReturn < start) carriageReturn = find(chunk, '\r', start);
        if (carriageReturn === length && first === LETTER_D && !resumes && !dropped) {
          start = data === undefined ? takeMessages(chunk, start) : takeDataLines(chunk, start, data);
          if (start === length) return;
        }
        if (lineFeed < start) lineFeed = find(chunk, '\n', start);
        lineEnd = lineFeed < carriageReturn ? lineFeed : carriageReturn;
      }
      if (lineEnd === length) return takeBeginning(start === 0 ? chunk : chunk.slice(start));
      if (resumes) takeRest(chunk.slice(start, lineEnd));
      else takeLine(chunk, start, lineEnd);
      start = skipLineEnd(chunk, lineEnd);
    }
  }

  function end(): void {
    // [spec] Once the end of the file is reached, any pending data must be discarded. (If the file ends in the middle of
    // an event, before the final empty line, the incomplete event is not dispatched.)
    if (!options.flush) return;
    takeRest('');
    takeBlank();
  }

  /** How many characters at the start of this chunk belong to no line. */
  function skipMark(first: number): number {
    // [spec] stream = [ bom ] *event
    // [spec] end-of-line = ( cr lf / cr / lf ): a line feed that was cut from its carriage return ends no line of its own.
    const skip = first === (fresh ? BYTE_ORDER_MARK : LINE_FEED) ? 1 : 0;
    fresh = afterCarriageReturn = false;
    return skip;
  }

  function skipLineEnd(chunk: string, lineEnd: number): number {
    const start = lineEnd + 1;
    if (chunk.charCodeAt(lineEnd) === LINE_FEED) return start;
    afterCarriageReturn = start === chunk.length;
    return !afterCarriageReturn && chunk.charCodeAt(start) === LINE_FEED ? start + 1 : start;
  }

  /** Takes text that begins a line or goes on with it, and does not end it. */
  function takeBeginning(text: string): void {
    if (inData) return addToData(text);
    const wasUndecided = pending.length < DATA_PREFIX;
    pending += text;
    if (wasUndecided && pending.length >= DATA_PREFIX && startsData(pending, 0)) {
      inData = true;
      addDataLine(pending.slice(skipSpace(pending, 5)));
      pending = '';
    } else if (isTooLong(pending.length)) {
      // A comment costs nobody a message, however long it is. What is left of another line is read as a comment.
      if (pending.charCodeAt(0) !== COLON) dropAt(pending);
      pending = ':';
    }
  }

  /** Takes the text between what came of a line before and its end. */
  function takeRest(text: string): void {
    const line = pending + text;
    pending = '';
    if (inData) addToData(text);
    else if (line !== '') takeLine(line, 0, line.length);
    inData = false;
  }

  function takeLine(text: string, start: number, lineEnd: number): void {
    // [spec] If the line is empty (a blank line): Dispatch the event, as defined below.
    if (start === lineEnd) return takeBlank();
    // [spec] If the line starts with a U+003A COLON character (:): Ignore the line.
    if (text.charCodeAt(start) === COLON) return;
    // [spec] If the line contains a U+003A COLON character (:): Collect the characters on the line before the first
    // U+003A COLON character (:), and let field be that string. Collect the characters on the line after the first
    // U+003A COLON character (:), and let value be that string.
    // [spec] Field names must be compared literally, with no case folding performed.
    if (startsData(text, start)) return addDataLine(text.slice(skipSpace(text, start + 5), lineEnd));
    if (isTooLong(lineEnd - start)) return dropAt(text.slice(start, lineEnd));
    if (text.startsWith('id:', start)) return takeId(text.slice(skipSpace(text, start + 3), lineEnd));
    // [spec] If the field name is "event": Set the event type buffer to field value.
    if (text.startsWith('event:', start)) event = text.slice(skipSpace(text, start + 6), lineEnd);
    else takeRareLine(text.slice(start, lineEnd));
  }

  function takeRareLine(line: string): void {
    // [spec] Otherwise, the string is not empty but does not contain a U+003A COLON character (:): Process the field using
    // the steps described below, using the whole line as the field name, and the empty string as the field value.
    if (/^(data|id|event)$/.test(line)) return takeLine(line + ':', 0, line.length + 1);
    // [spec] If the field name is "retry": If the field value consists of only ASCII digits, then interpret the field value
    // as an integer in base ten, and set the event stream's reconnection time to that integer. Otherwise, ignore the field.
    const digits = /^retry: ?([0-9]+)$/.exec(line)?.[1];
    if (digits) sink.retry(Number(digits));
    // [spec] Otherwise: The field is ignored.
  }

  function takeId(value: string): void {
    // [spec] If the field value does not contain U+0000 NULL, then set the last event ID buffer to the field value.
    // Otherwise, ignore the field.
    if (value.indexOf('\0') < 0) id = value;
  }

  function addDataLine(value: string): void {
    // [spec] Append the field value to the data buffer, then append a single U+000A LINE FEED (LF) character to the data
    // buffer.
    // [spec] If the data buffer's last character is a U+000A LINE FEED (LF) character, then remove the last character from
    // the data buffer. So one stands between each two values, also after an empty first one.
    setData(data === undefined ? value : data + '\n' + value);
  }

  function addToData(text: string): void {
    setData((data ?? '') + text);
  }

  function setData(value: string): void {
    if (value.length > maxMessageSize) drop(value);
    else if (!dropped) data = value;
  }

  function takeBlank(): void {
    // [spec] Set the last event ID string of the event source to the value of the last event ID buffer.
    // Here and not at its line: a connection cut inside a block has to ask for that block again.
    if (id !== undefined) sink.id((lastEventId = id));
    // [spec] If the data buffer is an empty string, set the data buffer and the event type buffer to the empty string and
    // return. (The data buffer of a block with an empty data line holds a line feed.)
    const message = data === undefined ? undefined : makeMessage(data);
    // [spec] Set the data buffer and the event type buffer to the empty string.
    id = data = undefined;
    event = '';
    dropped = false;
    if (message) sink.message(message);
  }

  function makeMessage(text: string): { event: string; data: string; id: string } {
    // [spec] Initialize event's type attribute to "message", its data attribute to data, its origin attribute …, and its
    // lastEventId attribute to the last event ID string of the event source.
    // [spec] If the event type buffer has a value other than the empty string, change the type of the newly created event
    // to equal the value of the event type buffer.
    return { event: event || 'message', data: text, id: lastEventId };
  }

  function isTooLong(lineLength: number): boolean {
    return lineLength + (data === undefined ? 0 : data.length) > maxMessageSize + LONGEST_PREFIX;
  }

  function dropAt(line: string): void {
    drop((data ?? '') + line);
  }

  function drop(text: string): void {
    if (dropped) return;
    dropped = true;
    data = undefined;
    const sentence = `A message is longer than maxMessageSize (${maxMessageSize} characters) and was skipped.`;
    sink.problem(
      new EnckeError('too-large', sentence, {
        payload: text.slice(0, Math.min(PAYLOAD_LENGTH, maxMessageSize)),
      }),
    );
  }

  /** Takes messages of a single data line, as long as one follows the other. Returns where it stopped. */
  function takeMessages(chunk: string, start: number): number {
    while (id === undefined) {
      const lineEnd = chunk.indexOf('\n', start);
      if (lineEnd < 0 || lineEnd + 1 === chunk.length || chunk.charCodeAt(lineEnd + 1) !== LINE_FEED) break;
      if (!startsData(chunk, start)) break;
      const from = skipSpace(chunk, start + 5);
      if (lineEnd - from > maxMessageSize) break;
      const message = makeMessage(chunk.slice(from, lineEnd));
      event = '';
      sink.message(message);
      start = lineEnd + 2;
    }
    return start;
  }

  /** Takes data lines behind the first of a block, as long as one follows the other. Returns where it stopped. */
  function takeDataLines(chunk: string, start: number, before: string): number {
    const lastPrefix = chunk.length - DATA_PREFIX;
    if (before.length + chunk.length > maxMessageSize || start > lastPrefix || !startsData(chunk, start))
      return start;
    for (let joined = before + '\n'; ;) {
      const from = skipSpace(chunk, start + 5);
      const lineEnd = find(chunk, '\n', from);
      if (lineEnd >= lastPrefix || !startsData(chunk, lineEnd + 1)) {
        data = joined + chunk.slice(from, lineEnd);
        inData = lineEnd === chunk.length;
        return inData ? lineEnd : lineEnd + 1;
      }
      // Another one follows, so this value takes its own line feed along: one piece to join instead of two.
      joined += chunk.slice(from, lineEnd + 1);
      start = lineEnd + 1;
    }
  }
}

/** Compared by character, since `startsWith` is slower and this is asked for every line. */
function startsData(text: string, at: number): boolean {
  return (
    at + 5 <= text.length &&
    text.charCodeAt(at) === LETTER_D &&
    text.charCodeAt(at + 1) === LETTER_A &&
    text.charCodeAt(at + 2) === LETTER_T &&
    text.charCodeAt(at + 3) === LETTER_A &&
    text.charCodeAt(at + 4) === COLON
  );
}

function skipSpace(text: string, at: number): number {
  // [spec] If value starts with a U+0020 SPACE character, remove it from value.
  return at < text.length && text.charCodeAt(at) === SPACE ? at + 1 : at;
}

/** Where the character is, or the length of the text. */
function find(text: string, character: string, start: number): number {
  const at = text.indexOf(character, start);
  return at < 0 ? text.length : at;
}

/** Where the line ends, or the length of the text. */
function scanLine(text: string, start: number): number {
  for (; start < text.length; start++) {
    const code = text.charCodeAt(start);
    if (code === LINE_FEED || code === CARRIAGE_RETURN) break;
  }
  return start;
}
