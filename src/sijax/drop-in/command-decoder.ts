// Reads the answer of a Sijax backend: lists of commands, of any length.

import type { EnckeError } from '../../ground/errors.ts';
import type { Decoder } from '../../formats/format.ts';
import { report } from './report.ts';
import { sijaxFormat } from '../wire/sijax-wire.ts';

/** `onFailed` hears of an answer that is none; what is wrong with a part of it is reported. */
export function createCommandDecoder(
  onCommands: (commands: readonly unknown[]) => void,
  onFailed: (error: EnckeError) => void,
): Decoder {
  return sijaxFormat.decoder(
    {
      message: ({ data }) => onCommands(data as readonly unknown[]),
      failed: onFailed,
      problem: report,
      id: ignore,
      retry: ignore,
    },
    { maxMessageSize: Infinity, lastEventId: '', flush: true },
  );
}

/** The commands of an answer that is whole, or why it holds none. */
export function readAnswer(text: string): unknown[] | EnckeError {
  const commands: unknown[] = [];
  let failure: EnckeError | undefined;
  const decoder = createCommandDecoder(
    (list) => void commands.push(...list),
    (error) => (failure = error),
  );
  decoder.feed(text);
  decoder.end();
  return failure ?? commands;
}

function ignore(): void {
  // This format has neither ids nor reconnection times.
}
