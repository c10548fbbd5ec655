// The text/event-stream format: server-sent events, by the grammar of the HTML standard, section 9.2.6.

import type { Decoder, DecoderOptions, DecoderSink, Format } from './format.ts';
import { tooLarge } from './unreadable.ts';

export const eventStream: Format = {
  name: 'event-stream',
  mediaTypes: ['text/event-stream'],
  decoder: createDecoder,
};

const NULL = '\0';
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const COLON = 58;
const BYTE_ORDER_MARK = 0xfeff;
const ASCII_DIGITS = /^[0-9]+$/;

/** Length of `data: `: a line that has as many characters shows whether it carries data, and where. */
const DATA_PREFIX = 6;
/** Length of `event: `: what a line may have beside a value that is kept. */
const LONGEST_PREFIX = 7;
/** A chunk shorter than this is searched character by character, which is faster there than `indexOf`. */
const SHORT_CHUNK = 16;
/** A chunk longer than this is taken in pieces, so that none is suspected of holding a message that is too large. */
const LONG_CHUNK = 65_536;

/**
 * The grammar stands here twice. `takeLine` is the standard's own, for any line. `takeLines` and the two below it obey the
 * same rules for the lines that lie whole inside a chunk, without a string per line. They are fast because they search
 * for no character twice, slice a value once, join by `+` (engines copy nothing then), leave the limit to `feed`, and
 * never ask for a character outside the string (V8 throws away what it compiled when one does).
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
  /** The data of this block was too large. What is left of it is not kept. */
  let dropped = false;
  /** The beginning of an unfinished line that is not known to carry data. */
  let pending = '';
  /** The unfinished line carries data, and its value so far is at the end of the data buffer. */
  let inData = false;
  /** Nothing has come yet. */
  let fresh = true;
  /** The last chunk ended with a carriage return. */
  let afterCarriageReturn = false;

  return { feed, end };

  function feed(chunk: string): void {
    if (chunk.length <= LONG_CHUNK) return feedPiece(chunk);
    for (let at = 0; at < chunk.length; at += LONG_CHUNK) feedPiece(chunk.slice(at, at + LONG_CHUNK));
  }

  function feedPiece(chunk: string): void {
    const length = chunk.length;
    if (length === 0) return;
    let start = fresh || afterCarriageReturn ? skipMark(chunk.charCodeAt(0)) : 0;
    if (length < SHORT_CHUNK || dropped || mayBeTooLarge(length)) return takeSlowly(chunk, start);

    const lineFeed = find(chunk, '\n', start);
    const carriageReturn = find(chunk, '\r', start);
    if (inData || pending !== '') {
      const lineEnd = Math.min(lineFeed, carriageReturn);
      if (lineEnd === length) return takeBeginning(chunk.slice(start));
      takeRest(chunk.slice(start, lineEnd));
      start = skipLineEnd(chunk, lineEnd);
    }
    takeLines(chunk, start, lineFeed, carriageReturn);
  }

  function end(): void {
    // [spec] Once the end of the file is reached, any pending data must be discarded. (If the file ends in the middle of
    // an event, before the final empty line, the incomplete event is not dispatched.)
    if (!options.flush) return;
    if (inData || pending !== '') takeRest('');
    takeBlank();
  }

  /** Whether a chunk of this length can hold what is too large: all of it may be data, and one line as long again. */
  function mayBeTooLarge(length: number): boolean {
    return 2 * length + pending.length + (data === undefined ? 0 : data.length) > maxMessageSize;
  }

  /** How many characters at the start of a chunk belong to no line. */
  function skipMark(first: number): number {
    // [spec] stream = [ bom ] *event
    // [spec] end-of-line = ( cr lf / cr / lf ): a line feed that was cut from its carriage return ends no line of its own.
    const skip = first === (fresh ? BYTE_ORDER_MARK : LINE_FEED) ? 1 : 0;
    fresh = afterCarriageReturn = false;
    return skip;
  }

  /** Where the line behind this line end starts. */
  function skipLineEnd(chunk: string, lineEnd: number): number {
    const start = lineEnd + 1;
    if (chunk.charCodeAt(lineEnd) === LINE_FEED) return start;
    afterCarriageReturn = start === chunk.length;
    return !afterCarriageReturn && chunk.charCodeAt(start) === LINE_FEED ? start + 1 : start;
  }

  function takeSlowly(chunk: string, start: number): void {
    for (let lineEnd: number; (lineEnd = scanLine(chunk, start)) < chunk.length;) {
      takeRest(chunk.slice(start, lineEnd));
      start = skipLineEnd(chunk, lineEnd);
    }
    if (start < chunk.length) takeBeginning(start === 0 ? chunk : chunk.slice(start));
  }

  /** Takes text that begins a line or goes on with it, and does not end it. */
  function takeBeginning(text: string): void {
    if (inData) return setData((data ?? '') + text);
    const wasUndecided = pending.length < DATA_PREFIX;
    pending += text;
    if (wasUndecided && pending.length >= DATA_PREFIX && startsData(pending, 0)) {
      inData = true;
      takeData(pending.slice(skipSpace(pending, 5)));
      pending = '';
    } else if (isTooLong(pending)) {
      // A comment costs nobody a message, however long it is. What is left of another line is read as a comment.
      if (pending.charCodeAt(0) !== COLON) drop((data ?? '') + pending);
      pending = ':';
    }
  }

  /** Takes the text between what came of a line before and its end. */
  function takeRest(text: string): void {
    if (inData) {
      inData = false;
      setData((data ?? '') + text);
    } else {
      const line = pending + text;
      pending = '';
      takeLine(line);
    }
  }

  function takeLine(line: string): void {
    // [spec] If the line is empty (a blank line): Dispatch the event, as defined below.
    if (line === '') return takeBlank();
    // [spec] If the line starts with a U+003A COLON character (:): Ignore the line.
    if (line.charCodeAt(0) === COLON) return;
    // [spec] If the line contains a U+003A COLON character (:): Collect the characters on the line before the first
    // U+003A COLON character (:), and let field be that string. Collect the characters on the line after the first
    // U+003A COLON character (:), and let value be that string.
    // [spec] Otherwise, the string is not empty but does not contain a U+003A COLON character (:): Process the field using
    // the steps described below, using the whole line as the field name, and the empty string as the field value.
    const colon = find(line, ':', 0);
    const field = line.slice(0, colon);
    const value = line.slice(skipSpace(line, colon + 1));
    if (field === 'data') takeData(value);
    else if (isTooLong(line)) drop((data ?? '') + line);
    else takeField(field, value);
  }

  function takeField(field: string, value: string): void {
    // [spec] Field names must be compared literally, with no case folding performed.
    // [spec] If the field name is "event": Set the event type buffer to field value.
    if (field === 'event') event = value;
    // [spec] If the field name is "id": If the field value does not contain U+0000 NULL, then set the last event ID buffer
    // to the field value. Otherwise, ignore the field.
    else if (field === 'id' && !value.includes(NULL)) id = value;
    // [spec] If the field name is "retry": If the field value consists of only ASCII digits, then interpret the field value
    // as an integer in base ten, and set the event stream's reconnection time to that integer. Otherwise, ignore the field.
    else if (field === 'retry' && ASCII_DIGITS.test(value)) sink.retry(Number(value));
    // [spec] Otherwise: The field is ignored.
  }

  function takeData(value: string): void {
    // [spec] Append the field value to the data buffer, then append a single U+000A LINE FEED (LF) character to the data
    // buffer.
    // [spec] If the data buffer's last character is a U+000A LINE FEED (LF) character, then remove the last character from
    // the data buffer. So one stands between each two values, also after an empty first one.
    setData(data === undefined ? value : data + '\n' + value);
  }

  function setData(value: string): void {
    if (value.length > maxMessageSize) drop(value);
    else if (!dropped) data = value;
  }

  function takeBlank(): void {
    // [spec] Set the last event ID string of the event source to the value of the last event ID buffer.
    // Here and not at its line: a connection cut inside a block has to ask for that block again.
    if (id !== undefined) {
      lastEventId = id;
      id = undefined;
      sink.id(lastEventId);
    }
    // [spec] If the data buffer is an empty string, set the data buffer and the event type buffer to the empty string and
    // return. (The data buffer of a block with an empty data line is not empty: it holds a line feed.)
    // [spec] Initialize event's type attribute to "message" … If the event type buffer has a value other than the empty
    // string, change the type of the newly created event to equal the value of the event type buffer.
    const message = data === undefined ? undefined : { event: event || 'message', data, id: lastEventId };
    // [spec] Set the data buffer and the event type buffer to the empty string.
    data = undefined;
    event = '';
    dropped = false;
    if (message) sink.message(message);
  }

  function isTooLong(line: string): boolean {
    return line.length + (data === undefined ? 0 : data.length) > maxMessageSize + LONGEST_PREFIX;
  }

  function drop(text: string): void {
    if (dropped) return;
    dropped = true;
    data = undefined;
    sink.problem(tooLarge(text, maxMessageSize));
  }

  /** Takes the lines of a chunk that fits. `lineFeed` and `carriageReturn` are where the next one is, or the length. */
  function takeLines(chunk: string, start: number, lineFeed: number, carriageReturn: number): void {
    const length = chunk.length;
    const lastPrefix = length - LONGEST_PREFIX;
    let nullCharacter = -1;
    while (start < length) {
      const first = chunk.charCodeAt(start);
      let lineEnd = start;
      if (first === LINE_FEED || first === CARRIAGE_RETURN) {
        takeBlank();
      } else if (start <= lastPrefix && startsData(chunk, start)) {
        if (carriageReturn === length) {
          const taken =
            data !== undefined
              ? takeDataLines(chunk, start, data)
              : id === undefined
                ? takeMessages(chunk, start)
                : takeMessage(chunk, start, id);
          if (taken > start) {
            start = taken;
            continue;
          }
        }
        const from = skipSpace(chunk, start + 5);
        if (lineFeed < from) lineFeed = find(chunk, '\n', from);
        if (carriageReturn < from) carriageReturn = find(chunk, '\r', from);
        lineEnd = lineFeed < carriageReturn ? lineFeed : carriageReturn;
        if (lineEnd === length) break;
        const value = chunk.slice(from, lineEnd);
        data = data === undefined ? value : data + '\n' + value;
      } else if (start <= lastPrefix && startsId(chunk, start)) {
        const from = skipSpace(chunk, start + 3);
        lineEnd = scanLine(chunk, from);
        if (lineEnd === length) break;
        if (nullCharacter < from) nullCharacter = find(chunk, NULL, from);
        if (nullCharacter >= lineEnd) id = chunk.slice(from, lineEnd);
      } else if (start <= lastPrefix && startsEvent(chunk, start)) {
        const from = skipSpace(chunk, start + 6);
        lineEnd = scanLine(chunk, from);
        if (lineEnd === length) break;
        event = chunk.slice(from, lineEnd);
      } else {
        if (lineFeed < start) lineFeed = find(chunk, '\n', start);
        if (carriageReturn < start) carriageReturn = find(chunk, '\r', start);
        lineEnd = lineFeed < carriageReturn ? lineFeed : carriageReturn;
        if (lineEnd === length) break;
        if (first !== COLON) takeLine(chunk.slice(start, lineEnd));
      }
      start = skipLineEnd(chunk, lineEnd);
    }
    if (start < length) takeBeginning(chunk.slice(start));
  }

  /** Takes the message of a single data line behind this id. Returns where it stopped. */
  function takeMessage(chunk: string, start: number, stated: string): number {
    const lineEnd = chunk.indexOf('\n', start);
    if (lineEnd < start || lineEnd + 1 === chunk.length || chunk.charCodeAt(lineEnd + 1) !== LINE_FEED)
      return start;
    const message = {
      event: event || 'message',
      data: chunk.slice(skipSpace(chunk, start + 5), lineEnd),
      id: stated,
    };
    lastEventId = stated;
    id = undefined;
    event = '';
    sink.id(stated);
    sink.message(message);
    return lineEnd + 2;
  }

  /** Takes messages of a single data line each, as long as one follows the other. Returns where it stopped. */
  function takeMessages(chunk: string, start: number): number {
    let name = event || 'message';
    event = '';
    for (;;) {
      const lineEnd = chunk.indexOf('\n', start);
      if (lineEnd < start + 5 || lineEnd + 1 === chunk.length) break;
      if (chunk.charCodeAt(lineEnd + 1) !== LINE_FEED || !startsData(chunk, start)) break;
      const message = {
        event: name,
        data: chunk.slice(skipSpace(chunk, start + 5), lineEnd),
        id: lastEventId,
      };
      name = 'message';
      sink.message(message);
      start = lineEnd + 2;
    }
    event = name;
    return start;
  }

  /** Takes data lines behind the first of a block, as long as one follows the other. Returns where it stopped. */
  function takeDataLines(chunk: string, start: number, before: string): number {
    const lastPrefix = chunk.length - LONGEST_PREFIX;
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

// These three expect a line's first characters to be inside the text. They compare one by one: `startsWith` is slower.

function startsData(text: string, at: number): boolean {
  return (
    text.charCodeAt(at) === 100 &&
    text.charCodeAt(at + 1) === 97 &&
    text.charCodeAt(at + 2) === 116 &&
    text.charCodeAt(at + 3) === 97 &&
    text.charCodeAt(at + 4) === COLON
  );
}

function startsId(text: string, at: number): boolean {
  return text.charCodeAt(at) === 105 && text.charCodeAt(at + 1) === 100 && text.charCodeAt(at + 2) === COLON;
}

function startsEvent(text: string, at: number): boolean {
  return (
    text.charCodeAt(at) === 101 &&
    text.charCodeAt(at + 1) === 118 &&
    text.charCodeAt(at + 2) === 101 &&
    text.charCodeAt(at + 3) === 110 &&
    text.charCodeAt(at + 4) === 116 &&
    text.charCodeAt(at + 5) === COLON
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
