// The errors a decoder reports for one message: it cannot be read, or it is too long.

import { EnckeError } from '../errors.ts';

const EXCERPT_LENGTH = 200;

/** `sentence` says what is wrong with `text`. */
export function malformed(sentence: string, text: string): EnckeError {
  return new EnckeError('malformed', sentence, { payload: text.slice(0, EXCERPT_LENGTH) });
}

/** `start` is how the message begins. The excerpt is the same however much of it has come. */
export function tooLarge(start: string, maxMessageSize: number): EnckeError {
  return new EnckeError(
    'too-large',
    `A message is longer than ${maxMessageSize} characters and was dropped. Raise maxMessageSize, or send less at once.`,
    { payload: start.slice(0, Math.min(EXCERPT_LENGTH, maxMessageSize)) },
  );
}
