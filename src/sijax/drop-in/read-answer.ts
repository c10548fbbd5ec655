// Reads an answer that is whole.

import type { EnckeError } from '../../ground/errors.ts';
import { createCommandDecoder } from '../wire/command-decoder.ts';
import { report } from './report.ts';

/** The commands, or why it holds none; what is wrong with a part of it is reported. */
export function readAnswer(text: string): unknown[] | EnckeError {
  const commands: unknown[] = [];
  let failure: EnckeError | undefined;
  const decoder = createCommandDecoder({
    commands: (list) => void commands.push(...list),
    problem: report,
    failed: (error) => (failure = error),
  });
  decoder.feed(text);
  decoder.end();
  return failure ?? commands;
}
