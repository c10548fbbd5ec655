// What the text of a response says: messages, ids, heartbeats, or nothing of the kind.

import type { Decoder, DecoderSink, Format } from '../formats/format.ts';
import { eventStream } from '../formats/event-stream.ts';
import { jsonLines } from '../formats/json-lines.ts';
import { json } from '../formats/json.ts';
import { scriptTags } from '../formats/script-tags.ts';
import { text as plainText } from '../formats/text.ts';
import { DEFAULTS } from '../options.ts';
import { formatsFor, pickFormat } from '../session/pick-format.ts';
import type { Said } from './report.ts';

const FORMATS: readonly Format[] = [eventStream, jsonLines, json, scriptTags, plainText];

/** The types that `subscribe` asks for, too. */
export function acceptedTypes(): string {
  return formatsFor(FORMATS, undefined)
    .map(({ mediaTypes: [type] }) => type)
    .join(', ');
}

const EXCERPT_LENGTH = 200;
const MOST_NAMES = 50;
const MOST_PROBLEMS = 3;

const EVENT_STREAM_START = /^\uFEFF?(:|(data|event|id|retry):)/;
const HTML_START = /^\s*<(!doctype html|html|head|body)/i;
const HEARTBEAT_NAME = /^(ping|heart-?beat|keep-?alive)$/i;

export interface Reading {
  /** Takes the next piece; tells how many messages it completed, and whether it ended with a whole line. */
  feed(text: string, at: number): { readonly messages: number; readonly whole: boolean };
  /** The body ended as its server meant it to. */
  end(at: number): void;
  said(): Said;
}

/** @param asked - the one type that the request asked for, where it asked for one */
export function createReading(contentType: string | null, asked?: string): Reading {
  const named = pickFormat(formatsFor(FORMATS, asked), contentType);
  const names = new Map<string, number>();
  const heartbeats: number[] = [];
  const problems: string[] = [];
  let format = named; // by which it is decoded
  let decoder: Decoder | undefined; // from the first text on, where there is a format
  let looksLike: Said['looksLike'];
  let beginning = '';
  let now = 0;
  let firstMessageAfter: number | undefined;
  let messages = 0;
  let withId = 0;
  let lastEventId = '';
  let retry: number | undefined;
  let atLineStart = true;
  let beat = false; // this piece held a sign of life

  const sink: DecoderSink = {
    message({ event, id }) {
      messages++;
      firstMessageAfter ??= now;
      if (id !== '') {
        withId++;
        lastEventId = id;
      }
      beat ||= HEARTBEAT_NAME.test(event);
      if (names.has(event) || names.size < MOST_NAMES) names.set(event, (names.get(event) ?? 0) + 1);
    },
    id(id) {
      lastEventId = id;
    },
    retry(milliseconds) {
      retry = milliseconds;
    },
    problem: note,
    failed: note,
  };

  return {
    feed,
    end(at) {
      now = at;
      decoder?.end();
    },
    said: () => ({
      format: named?.name,
      looksLike,
      beginning: beginning.slice(0, EXCERPT_LENGTH),
      messages,
      firstMessageAfter,
      names: Object.fromEntries(names),
      withId,
      lastEventId,
      retry,
      heartbeats,
      problems,
    }),
  };

  function feed(text: string, at: number): { messages: number; whole: boolean } {
    now = at;
    const first = beginning === '';
    const before = messages;
    if (beginning.length < EXCERPT_LENGTH) beginning += text.slice(0, EXCERPT_LENGTH);
    if (first && text !== '') choose();
    beat = format === eventStream && hasComment(text);
    decoder?.feed(text);
    const gained = messages - before;
    const whole = isWhole(text);
    // What the other formats send to be heard is white space and comments.
    const blank = decoder !== undefined && format !== eventStream && !first && gained === 0 && whole;
    if (beat || blank) heartbeats.push(at);
    if (text !== '') atLineStart = endsLine(text);
    return { messages: gained, whole };
  }

  /** A text whose type was forgotten is read all the same, to find out what else there is to say. */
  function choose(): void {
    if (named !== eventStream && EVENT_STREAM_START.test(beginning)) looksLike = 'event-stream';
    else if (HTML_START.test(beginning) && named !== scriptTags) looksLike = 'html';
    if (looksLike === 'event-stream') format = eventStream;
    const options = { maxMessageSize: DEFAULTS.maxMessageSize, lastEventId: '', flush: false };
    decoder = format?.decoder(sink, options);
  }

  function isWhole(text: string): boolean {
    if (format === eventStream || format === jsonLines) return endsLine(text);
    return decoder?.isWhole?.() ?? true;
  }

  function hasComment(text: string): boolean {
    return (atLineStart && text.startsWith(':')) || /[\r\n]:/.test(text);
  }

  function note({ message }: Error): void {
    if (problems.length < MOST_PROBLEMS) problems.push(message);
  }
}

function endsLine(text: string): boolean {
  return /[\r\n]$/.test(text);
}
