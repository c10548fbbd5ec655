// One response of an event stream, read into messages.

import { nothing } from '../../ground/nothing.ts';
import { eventStream } from '../../formats/event-stream.ts';
import type { DecoderSink } from '../../formats/format.ts';
import { readText } from '../../transports/fetch-body.ts';

/** Where the messages go. It is called until the signal aborts, and never after. */
export type EventStreamSink = Pick<DecoderSink, 'message' | 'id' | 'retry'>;

/**
 * Resolves when the body has ended, or the signal has aborted. Rejects when the body breaks off.
 *
 * @param unnamed the event of a message that names none
 */
export async function readEventStream(
  response: Response,
  signal: AbortSignal,
  sink: EventStreamSink,
  unnamed?: string,
): Promise<void> {
  const isLive = (): boolean => !signal.aborted;
  const { feed } = eventStream.decoder(
    {
      message(message) {
        if (isLive()) sink.message(message);
      },
      id(id) {
        if (isLive()) sink.id(id);
      },
      retry(milliseconds) {
        if (isLive()) sink.retry(milliseconds);
      },
      // No message is too long here.
      problem: nothing,
      failed: nothing,
    },
    { maxMessageSize: Infinity, lastEventId: '', flush: false, ...(unnamed !== undefined && { unnamed }) },
  );
  const reader = response.body?.getReader();
  // A caller's own fetch may not heed the signal.
  signal.addEventListener('abort', () => void reader?.cancel().catch(nothing), { once: true });
  // The byte order mark is the decoder's to drop.
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const decode = (bytes?: Uint8Array): string => utf8.decode(bytes, { stream: bytes !== undefined });
  await readText(response, reader, decode, (text) => {
    feed(text);
    return isLive() ? undefined : false;
  });
}
