// The event stream of the HTML standard, section 9.2.6, as a program that is slow and easy to compare with its text.

import type { DecoderOptions } from '../../src/formats/format.ts';
import type { SinkCall } from '../contracts/record-sink.ts';

/** `event: `: what a line may have beside the text that counts. */
const LONGEST_PREFIX = 7;
const PAYLOAD_LENGTH = 200;

/** Everything the whole text leads to. It knows nothing of chunks. */
export function decodeByTheStandard(text: string, options: DecoderOptions): SinkCall[] {
  const calls: SinkCall[] = [];
  let lastEventIdString = options.lastEventId;
  let lastEventIdBuffer: string | null = null;
  let eventTypeBuffer = '';
  let dataBuffer = '';
  let tooLarge = false;

  // "Streams must be decoded using the UTF-8 decode algorithm", which strips one byte order mark.
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const unfinished = lines.pop() ?? '';
  for (const line of lines) processLine(line);
  if (options.flush) {
    if (unfinished !== '') processLine(unfinished);
    dispatch();
  } else {
    checkUnfinished(unfinished);
  }
  return calls;

  function processLine(line: string): void {
    if (line === '') {
      dispatch();
    } else if (line.startsWith(':')) {
      // Ignore the line.
    } else if (line.includes(':')) {
      const field = line.slice(0, line.indexOf(':'));
      const value = line.slice(line.indexOf(':') + 1);
      processField(field, value.startsWith(' ') ? value.slice(1) : value, line);
    } else {
      processField(line, '', line);
    }
  }

  function processField(field: string, value: string, line: string): void {
    if (field === 'data') {
      dataBuffer += value + '\n';
      if (dataBuffer.length - 1 > options.maxMessageSize) reportTooLarge(dataBuffer);
    } else if (isTooLong(line)) {
      reportTooLarge(dataBuffer + line);
    } else if (field === 'event') {
      eventTypeBuffer = value;
    } else if (field === 'id') {
      if (!value.includes('\0')) lastEventIdBuffer = value;
    } else if (field === 'retry') {
      if (/^[0-9]+$/.test(value)) calls.push(['retry', parseInt(value, 10)]);
    }
    if (tooLarge) dataBuffer = '';
  }

  function dispatch(): void {
    if (lastEventIdBuffer !== null) {
      lastEventIdString = lastEventIdBuffer;
      calls.push(['id', lastEventIdString]);
    }
    if (dataBuffer !== '') {
      const event = eventTypeBuffer === '' ? 'message' : eventTypeBuffer;
      calls.push(['message', { event, data: dataBuffer.slice(0, -1), id: lastEventIdString }]);
    }
    lastEventIdBuffer = null;
    eventTypeBuffer = '';
    dataBuffer = '';
    tooLarge = false;
  }

  // Not of the standard: our limit. A line is too long as soon as it is, not only at its end.
  function checkUnfinished(line: string): void {
    if (isTooLong(line)) processLine(line);
  }

  function isTooLong(line: string): boolean {
    return dataBuffer.length + line.length > options.maxMessageSize + LONGEST_PREFIX;
  }

  function reportTooLarge(payload: string): void {
    if (!tooLarge) {
      calls.push([
        'problem',
        'too-large',
        payload.slice(0, Math.min(PAYLOAD_LENGTH, options.maxMessageSize)),
      ]);
    }
    tooLarge = true;
  }
}
