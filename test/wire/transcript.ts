// One body as a server sends it, and what it must lead to.

import type { DecoderOptions } from '../../src/formats/format.ts';
import type { SinkCall } from '../contracts/record-sink.ts';

export interface Transcript {
  readonly name: string;
  readonly text: string;
  readonly gives: readonly SinkCall[];
  /** Where they differ from the usual. */
  readonly options?: Partial<DecoderOptions>;
}

/** The same with CRLF for every LF, for formats that do not tell them apart. */
export function withCrlf(transcript: Transcript): Transcript {
  const { name, text } = transcript;
  return { ...transcript, name: `${name}, with CRLF`, text: text.replaceAll('\n', '\r\n') };
}
