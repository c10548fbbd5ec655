// The error of a message that cannot be read, or is too long to be.

import { EnckeError, type ErrorCode } from '../errors.ts';

const EXCERPT_LENGTH = 200;

export function unreadable(code: ErrorCode, sentence: string, text: string): EnckeError {
  return new EnckeError(code, `${sentence} It was skipped.`, { payload: text.slice(0, EXCERPT_LENGTH) });
}
