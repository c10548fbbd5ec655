// The errors of what cannot be read, or is too long to be.

import { EnckeError, type ErrorCode } from './errors.ts';

/** How much of the text an error shows, in characters. */
export const EXCERPT_LENGTH = 200;

/** A message that is skipped. The sentence says what is wrong; the text is the message, or its beginning. */
export function malformed(sentence: string, text: string): EnckeError {
  return unreadable('malformed', `${sentence} It was skipped.`, text);
}

/** Shows no more of the text than the limit, so that the excerpt is the same wherever the text was cut. */
export function tooLarge(text: string, maxMessageSize: number): EnckeError {
  const sentence = `A message is longer than maxMessageSize, ${maxMessageSize} characters. It was skipped.`;
  return unreadable('too-large', sentence, text.slice(0, maxMessageSize));
}

export function unreadable(code: ErrorCode, sentence: string, text: string): EnckeError {
  return new EnckeError(code, sentence, { payload: text.slice(0, EXCERPT_LENGTH) });
}
