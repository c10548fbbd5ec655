// The `text` format: every piece of plain text is a message as it comes.

import type { Decoder, DecoderOptions, DecoderSink, Format } from './format.ts';
import { createLimitedText } from './limited-text.ts';

const HIGH_SURROGATE = /[\ud800-\udbff]/;

/** The whole text as one message: any `text/*` that no other format reads. */
export const text: Format = {
  name: 'text',
  mediaTypes: ['text/plain'],
  decoder: createTextDecoder,
};

function createTextDecoder(sink: DecoderSink, options: DecoderOptions): Decoder {
  const limited = createLimitedText(sink, options);
  let half = ''; // the first half of a character whose second half is still to come

  return {
    feed(chunk) {
      const piece = half + chunk;
      const last = piece.slice(-1);
      half = HIGH_SURROGATE.test(last) ? last : '';
      give(piece.slice(0, piece.length - half.length));
    },
    end() {
      give(half);
    },
  };

  function give(piece: string): void {
    limited.add(piece);
    const data = limited.take();
    if (data) sink.message({ event: 'message', data, id: options.lastEventId });
  }
}
