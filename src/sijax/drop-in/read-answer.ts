// Reads an answer that is whole.

import { throwLater } from '../../ground/call.ts';
import type { EnckeError } from '../../ground/errors.ts';
import type { Message } from '../../ground/message.ts';
import { createSijaxDecoder } from '../wire/sijax-wire.ts';

/** The commands, or why it holds none; what is wrong with a part of it is reported. */
export function readAnswer(text: string): unknown[] | EnckeError {
  const commands: unknown[] = [];
  let failure: EnckeError | undefined;
  const sink = {
    message: ({ data }: Message) => void commands.push(...(data as unknown[])),
    problem: throwLater,
    failed: (error: EnckeError) => (failure = error),
  };
  const decoder = createSijaxDecoder(sink, { maxMessageSize: Infinity });
  decoder.feed(text);
  decoder.end();
  return failure ?? commands;
}
