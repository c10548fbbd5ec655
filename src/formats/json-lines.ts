// The `json-lines` format: every line is a JSON value.

import type { Decoder, DecoderOptions, DecoderSink, Format } from './format.ts';
import { createLimitedText } from './limited-text.ts';
import { createGiveJson } from './value-message.ts';

/** RFC 7464 puts it before each value. No JSON text holds it, so it parts values as well as a line end does. */
const RECORD_SEPARATOR = '\x1e';

/** One JSON value on each line: `application/x-ndjson` and the like. */
export const jsonLines: Format = {
  name: 'json-lines',
  mediaTypes: [
    'application/x-ndjson',
    'application/ndjson',
    'application/nd+json',
    'application/jsonl',
    'application/x-jsonl',
    'application/jsonlines',
    'application/x-jsonlines',
    'application/json-lines',
    'application/x-json-lines',
    'application/ldjson',
    'application/x-ldjson',
    'application/json-seq',
    'application/x-json-seq',
    'application/stream+json',
    'application/json-stream',
    'application/x-json-stream',
    'text/x-ndjson',
    'text/ndjson',
    'text/jsonl',
    'text/x-jsonl',
  ],
  decoder: createJsonLinesDecoder,
};

function createJsonLinesDecoder(sink: DecoderSink, options: DecoderOptions): Decoder {
  const give = createGiveJson(sink, options);
  const line = createLimitedText(sink, options);

  return {
    feed(chunk) {
      const [first = '', ...others] = chunk.split('\n');
      line.add(first);
      for (const piece of others) {
        endLine();
        line.add(piece);
      }
    },
    // A JSON value shows by itself whether it is whole, so the last line needs no terminator.
    end: endLine,
  };

  function endLine(): void {
    for (const record of line.take().split(RECORD_SEPARATOR)) give(record);
  }
}
