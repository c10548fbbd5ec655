// The text/event-stream format: server-sent events, by the grammar of the HTML standard, section 9.2.6.

import type { Decoder, DecoderOptions, DecoderSink, Format } from './format.ts';
import { tooLarge } from '../ground/unreadable.ts';

/** Server-sent events: `text/event-stream`. */
export const eventStream: Format = {
  name: 'event-stream',
  mediaTypes: ['text/event-stream'],
  decoder: createDecoder,
};

const LINE_FEED = 10;
const SPACE = 32;
const COLON = 58;
const LETTER_D = 100;
const BYTE_ORDER_MARK = 0xfeff;

/** [spec] If the field value consists of only ASCII digits. */
const RETRY = /^retry: ?([0-9]+)$/;

/** Length of `event: ` without the line feed that a value counts with: what a line may have beside that. */
const LONGEST_PREFIX = 6;

/**
 * It is fast because it searches for no character twice, slices a value once, joins by `+` (engines copy nothing then),
 * and never asks for a character outside the text (V8 throws away what it compiled when one does).
 * A page that has just loaded runs it uncompiled: there every call counts, and V8 compiles `startsWith` to comparisons
 * where the text it looks for has up to three characters.
 */
function createDecoder(
  sink: DecoderSink,
  { maxMessageSize, lastEventId, flush, unnamed = 'message' }: DecoderOptions,
): Decoder {
  /** The last event ID buffer; undefined while this block has not set it. */
  let id: string | undefined;
  /** The event type buffer. */
  let event = '';
  /** The data buffer without its last line feed; undefined while this block has no data, null where it was too large. */
  let data: string | null | undefined;
  /** How many characters the data buffer may still take, each value with its line feed. */
  let room = maxMessageSize + 1;
  /** The beginning of an unfinished line. Only its length is looked at: to look inside would copy it each time. */
  let pending = '';
  /** A chunk's first character belongs to no line where it is this one. */
  let skipped = BYTE_ORDER_MARK;

  return {
    feed,
    end() {
      // [spec] Once the end of the file is reached, any pending data must be discarded. (If the file ends in the middle of
      // an event, before the final empty line, the incomplete event is not dispatched.)
      if (flush) feed('\n\n');
    },
  };

  function feed(chunk: string): void {
    const { length } = chunk;
    if (length === 0) return;
    // [spec] stream = [ bom ] *event
    let start = chunk.charCodeAt(0) === skipped ? 1 : 0;
    skipped = -1;
    let lineFeed = -1; // where the next one is, or the length
    let carriageReturn = -1;
    for (;;) {
      if (lineFeed < start && (lineFeed = chunk.indexOf('\n', start)) < 0) lineFeed = length;
      if (carriageReturn < start && (carriageReturn = chunk.indexOf('\r', start)) < 0)
        carriageReturn = length;
      const lineEnd = lineFeed < carriageReturn ? lineFeed : carriageReturn;
      if (lineEnd === length) break;
      // Most messages are one line of data, and the blank line behind it.
      if (
        lineEnd === lineFeed &&
        pending === '' &&
        data === undefined &&
        chunk.charCodeAt(start) === LETTER_D &&
        lineEnd + 1 < length &&
        chunk.charCodeAt(lineEnd + 1) === LINE_FEED &&
        chunk.startsWith('ata', start + 1) &&
        chunk.charCodeAt(start + 4) === COLON
      ) {
        const value = chunk.slice(chunk.charCodeAt(start + 5) === SPACE ? start + 6 : start + 5, lineEnd);
        if (value.length < room) {
          start = lineEnd + 2;
          if (id === undefined && event === '')
            sink.message({ event: unnamed, data: value, id: lastEventId });
          else dispatch(value);
          continue;
        }
      }
      if (pending) {
        const line = pending + chunk.slice(start, lineEnd + 1);
        pending = '';
        takeLine(line, 0, line.length - 1);
      } else takeLine(chunk, start, lineEnd);
      start = lineEnd + 1;
      // [spec] end-of-line = ( cr lf / cr / lf )
      if (lineEnd === carriageReturn) {
        if (start === length) skipped = LINE_FEED;
        else if (start === lineFeed) start++;
      }
    }
    if (start === length) return;
    pending += chunk.slice(start);
    if (pending.length <= room + LONGEST_PREFIX) return;
    takeLine(pending, 0, pending.length);
    // What is left of it is read as a comment.
    pending = ':';
  }

  function takeLine(text: string, start: number, end: number): void {
    if (start === end) {
      // [spec] If the line is empty (a blank line): Dispatch the event, as defined below.
      const value = data;
      data = undefined;
      dispatch(value);
    } else if (
      text.charCodeAt(start) === LETTER_D &&
      text.startsWith('ata', start + 1) &&
      text.charCodeAt(start + 4) === COLON
    ) {
      takeData(valueOf(text, start + 5, end));
    } else if (text.charCodeAt(start) !== COLON) {
      takeField(text, start, end);
    } // [spec] If the line starts with a U+003A COLON character (:): Ignore the line.
  }

  function takeField(text: string, start: number, end: number): void {
    // [spec] Field names must be compared literally, with no case folding performed.
    if (end - start > room + LONGEST_PREFIX) {
      drop(text.slice(start, end));
    } else if (text.startsWith('id:', start)) {
      // [spec] If the field name is "id": If the field value does not contain U+0000 NULL, then set the last event ID
      // buffer to the field value. Otherwise, ignore the field.
      const value = valueOf(text, start + 3, end);
      if (!value.includes('\0')) id = value;
    } else if (text.startsWith('eve', start) && text.startsWith('nt:', start + 3)) {
      // [spec] If the field name is "event": Set the event type buffer to field value.
      event = valueOf(text, start + 6, end);
    } else {
      const line = text.slice(start, end);
      // [spec] If the field name is "retry": If the field value consists of only ASCII digits, then interpret the field
      // value as an integer in base ten, and set the event stream's reconnection time to that integer.
      const retry = RETRY.exec(line);
      if (retry) sink.retry(Number(retry[1]));
      // [spec] Otherwise, the string is not empty but does not contain a U+003A COLON character (:): Process the field
      // using … the whole line as the field name, and the empty string as the field value.
      else if (line === 'data') takeData('');
      else if (line === 'id') id = '';
      else if (line === 'event') event = '';
      // [spec] Otherwise: The field is ignored.
    }
  }

  function takeData(value: string): void {
    if (data === null) return;
    // [spec] Append the field value to the data buffer, then append a single U+000A LINE FEED (LF) character to the data
    // buffer.
    // [spec] If the data buffer's last character is a U+000A LINE FEED (LF) character, then remove the last character from
    // the data buffer. So one stands between each two values, also after an empty first one.
    room -= value.length + 1;
    if (room < 0) drop(value);
    else data = data === undefined ? value : data + '\n' + value;
  }

  function dispatch(value: string | null | undefined): void {
    room = maxMessageSize + 1;
    // [spec] Set the last event ID string of the event source to the value of the last event ID buffer.
    // Here and not at its line: a connection cut inside a block has to ask for that block again.
    if (id !== undefined) {
      lastEventId = id;
      id = undefined;
      sink.id(lastEventId);
    }
    // [spec] Initialize event's type attribute to "message" … If the event type buffer has a value other than the empty
    // string, change the type of the newly created event to equal the value of the event type buffer.
    const type = event || unnamed;
    event = '';
    // [spec] If the data buffer is an empty string, set the data buffer and the event type buffer to the empty string and
    // return. (The data buffer of a block with an empty data line is not empty: it holds a line feed.)
    if (typeof value === 'string') sink.message({ event: type, data: value, id: lastEventId });
  }

  /** The message is too large. What is left of its data is not kept. */
  function drop(text: string): void {
    if (data === null) return;
    const message = data === undefined ? text : data + '\n' + text;
    data = null;
    room = maxMessageSize + 1;
    sink.problem(tooLarge(message, maxMessageSize));
  }
}

/** [spec] If value starts with a U+0020 SPACE character, remove it from value. */
function valueOf(text: string, start: number, end: number): string {
  return text.slice(text.charCodeAt(start) === SPACE ? start + 1 : start, end);
}
