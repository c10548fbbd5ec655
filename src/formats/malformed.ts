// The error of a message that cannot be read.

import { EnckeError } from '../errors.ts';

const EXCERPT_LENGTH = 200;

/** `what` is the message as people call it, `text` what was to be read. */
export function malformed(what: string, text: string): EnckeError {
  const payload = text.slice(0, EXCERPT_LENGTH);
  return new EnckeError('malformed', `${what} is not JSON. It was skipped.`, { payload });
}
