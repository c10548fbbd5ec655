// The text of one message while it comes, kept no longer than the limit.

import { EnckeError } from '../errors.ts';
import type { DecoderOptions, DecoderSink } from './format.ts';

const EXCERPT_LENGTH = 200;

export interface LimitedText {
  add(piece: string): void;
  /** Gives the text and begins anew. Text that was too long has been reported, and is blank. */
  take(): string;
}

export function createLimitedText(sink: DecoderSink, { maxMessageSize }: DecoderOptions): LimitedText {
  let text: string | undefined = ''; // undefined: too long, and dropped

  return {
    add(piece) {
      if (text === undefined) return;
      text += piece;
      if (text.length <= maxMessageSize) return;
      // No more than the limit, so that the excerpt is the same wherever the text was cut.
      const payload = text.slice(0, Math.min(EXCERPT_LENGTH, maxMessageSize));
      text = undefined;
      const sentence = `A message is longer than maxMessageSize, ${maxMessageSize} characters. It was skipped.`;
      sink.problem(new EnckeError('too-large', sentence, { payload }));
    },
    take() {
      const whole = text ?? '';
      text = '';
      return whole;
    },
  };
}
