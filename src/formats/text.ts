// The `text` format: every piece of plain text is a message as it comes.

import type { Decoder, DecoderOptions, DecoderSink, Format } from './format.ts';
import { tooLarge } from './unreadable.ts';

const FIRST_HIGH_SURROGATE = 0xd800;
const LAST_HIGH_SURROGATE = 0xdbff;

export const text: Format = {
  name: 'text',
  mediaTypes: ['text/plain'],
  decoder: createTextDecoder,
};

function createTextDecoder(sink: DecoderSink, options: DecoderOptions): Decoder {
  const { maxMessageSize, lastEventId } = options;
  let held = ''; // the first half of a character whose second half is still to come

  return {
    feed(chunk) {
      const piece = held + chunk;
      const end = endsInHalfCharacter(piece) ? piece.length - 1 : piece.length;
      held = piece.slice(end);
      give(piece.slice(0, end));
    },
    end() {
      give(held);
    },
  };

  function give(data: string): void {
    if (data.length > maxMessageSize) sink.problem(tooLarge(data, maxMessageSize));
    else if (data) sink.message({ event: 'message', data, id: lastEventId });
  }
}

function endsInHalfCharacter(piece: string): boolean {
  const last = piece.charCodeAt(piece.length - 1);
  return last >= FIRST_HIGH_SURROGATE && last <= LAST_HIGH_SURROGATE;
}
