// Runs a decoder over chunks and writes down what it tells its sink.

import type { ErrorCode } from '../../src/ground/errors.ts';
import type { DecoderOptions, DecoderSink, Format } from '../../src/formats/format.ts';
import type { Message } from '../../src/ground/message.ts';

export type SinkCall =
  | readonly ['message', Message]
  | readonly ['id', string]
  | readonly ['retry', number]
  | readonly ['problem' | 'failed', ErrorCode, string | undefined];

export const DECODER_OPTIONS: DecoderOptions = { maxMessageSize: 1_000_000, lastEventId: '', flush: false };

/** A message as most of them are. */
export function message(data: unknown, event = 'message', id = ''): SinkCall {
  return ['message', { event, data, id }];
}

export function recordSink(): { sink: DecoderSink; calls: SinkCall[] } {
  const calls: SinkCall[] = [];
  const sink: DecoderSink = {
    message: (given) => calls.push(['message', given]),
    id: (id) => calls.push(['id', id]),
    retry: (milliseconds) => calls.push(['retry', milliseconds]),
    problem: ({ code, payload }) => calls.push(['problem', code, payload]),
    failed: ({ code, payload }) => calls.push(['failed', code, payload]),
  };
  return { sink, calls };
}

/** Everything a whole body leads to. */
export function decode(
  format: Format,
  chunks: Iterable<string>,
  options: Partial<DecoderOptions> = {},
): SinkCall[] {
  const { sink, calls } = recordSink();
  const decoder = format.decoder(sink, { ...DECODER_OPTIONS, ...options });
  for (const chunk of chunks) decoder.feed(chunk);
  decoder.end();
  return calls;
}
