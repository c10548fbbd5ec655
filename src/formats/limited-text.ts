// The text of one message while it comes, kept no longer than the limit.

import type { DecoderOptions, DecoderSink } from './format.ts';
import { tooLarge } from '../ground/unreadable.ts';

export interface LimitedText {
  add(piece: string): void;
  /** Gives the text and begins anew. Text that was too long has been reported, and is blank. */
  take(): string;
}

export function createLimitedText(
  sink: Pick<DecoderSink, 'problem'>,
  { maxMessageSize }: Pick<DecoderOptions, 'maxMessageSize'>,
): LimitedText {
  let text: string | undefined = ''; // undefined: too long, and dropped

  return {
    add(piece) {
      if (text === undefined) return;
      text += piece;
      if (text.length <= maxMessageSize) return;
      const start = text;
      text = undefined;
      sink.problem(tooLarge(start, maxMessageSize));
    },
    take() {
      const whole = text ?? '';
      text = '';
      return whole;
    },
  };
}
