// The `json-lines` format: every line is a JSON value.

import type { Decoder, DecoderOptions, DecoderSink, Format } from './format.ts';
import { createLimitedText } from './limited-text.ts';
import { parseJson } from './parse-json.ts';
import { malformed, tooLarge } from './unreadable.ts';
import { createGiveValue } from './value-message.ts';

/** RFC 7464 puts it before each value. No JSON text holds it, so it parts values as well as a line end does. */
const RECORD_SEPARATOR = '\x1e';

export const jsonLines: Format = {
  name: 'json-lines',
  mediaTypes: [
    'application/x-ndjson',
    'application/ndjson',
    'application/jsonl',
    'application/json-lines',
    'application/jsonlines',
    'application/json-seq',
  ],
  decoder: createJsonLinesDecoder,
};

function createJsonLinesDecoder(sink: DecoderSink, options: DecoderOptions): Decoder {
  const { maxMessageSize } = options;
  const give = createGiveValue(sink, options);
  const line = createLimitedText(maxMessageSize, (start) => sink.problem(tooLarge(start, maxMessageSize)));

  return {
    feed(chunk) {
      let start = 0;
      for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
        line.add(chunk.slice(start, end));
        endLine();
        start = end + 1;
      }
      line.add(chunk.slice(start));
    },
    // A JSON value shows by itself whether it is whole, so the last line needs no terminator.
    end: endLine,
  };

  function endLine(): void {
    for (const record of line.take()?.split(RECORD_SEPARATOR) ?? []) readRecord(record.trim());
  }

  /** `record` is trimmed: JavaScript's `trim` takes a byte order mark and a carriage return, JSON's grammar does not. */
  function readRecord(record: string): void {
    if (!record) return;
    const value = parseJson(record);
    if (value === undefined) sink.problem(malformed('A line is not JSON. It was skipped.', record));
    else give(value);
  }
}
