// The `text` format: every piece of plain text is a message as it comes.

import type { Decoder, DecoderOptions, DecoderSink, Format } from './format.ts';
import { createLimitedText } from './limited-text.ts';

/** One at the beginning of the body is no part of the text. */
const BYTE_ORDER_MARK = '\uFEFF';

const HIGH_SURROGATE = /[\ud800-\udbff]/;

/** Plain text: every piece is a message as it comes. */
export const text: Format = {
  name: 'text',
  mediaTypes: ['text/plain'],
  decoder: createTextDecoder,
};

function createTextDecoder(sink: DecoderSink, options: DecoderOptions): Decoder {
  const limited = createLimitedText(sink, options);
  let isBegun = false;
  let half = ''; // the first half of a character whose second half is still to come

  return {
    feed(chunk) {
      const piece = half + (isBegun || !chunk.startsWith(BYTE_ORDER_MARK) ? chunk : chunk.slice(1));
      isBegun ||= chunk !== '';
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
