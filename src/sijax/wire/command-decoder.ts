// Reads the answer of a Sijax backend: lists of commands.

import type { EnckeError } from '../../ground/errors.ts';
import type { Decoder } from '../../formats/format.ts';
import { sijaxFormat } from './sijax-wire.ts';

export interface CommandSink {
  commands(list: readonly unknown[]): void;
  /** Something in the answer could not be read. The answer goes on. */
  problem(error: EnckeError): void;
  /** It is no answer of such a backend. */
  failed(error: EnckeError): void;
}

/** @param maxMessageSize the longest list, in characters */
export function createCommandDecoder(sink: CommandSink, maxMessageSize = Infinity): Decoder {
  return sijaxFormat.decoder(
    {
      message: ({ data }) => sink.commands(data as readonly unknown[]),
      problem: sink.problem,
      failed: sink.failed,
      id: ignore,
      retry: ignore,
    },
    { maxMessageSize, lastEventId: '', flush: true },
  );
}

function ignore(): void {
  // This format has neither ids nor reconnection times.
}
