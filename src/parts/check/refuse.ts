// How a wrong option is refused.

import { EnckeError } from '../../ground/errors.ts';

export function refuse(sentence: string, cause?: unknown): never {
  throw new EnckeError('invalid-option', sentence, { cause });
}
