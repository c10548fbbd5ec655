// One attempt: a request, and its response as messages.

import { EnckeError } from '../errors.ts';
import type { Decoder, DecoderSink } from '../formats/format.ts';
import type { End, Head, Sink, Stop, Transport } from '../transports/transport.ts';
import type { Cursor } from './cursor.ts';
import { formatsFor, pickFormat } from './pick-format.ts';
import { buildRequest, type Target } from './request.ts';

/** What a turn tells; nothing after `ended`, or once it is stopped. */
export type TurnListener = Pick<Sink, 'opened' | 'message' | 'retry' | 'problem' | 'ended'>;

export function startTurn(
  target: Target,
  transport: Transport,
  cursor: Cursor,
  listener: TurnListener,
): Stop {
  let live = true; // neither ended nor stopped
  let stopTransport: Stop | undefined;
  let decoder: Decoder | undefined; // absent until the head, and where the browser decodes
  let begun: Head | undefined;
  let brought = false; // whether it has brought a message
  let etag: string | null | undefined;

  const sink: Sink & DecoderSink = {
    opened(head) {
      etag = head.headers?.get('etag');
      begun = head;
      if (head.headers) decode(head, head.headers.get('content-type'));
      if (live) listener.opened(head);
    },
    text(chunk) {
      if (decoder) decoder.feed(chunk);
      else if (begun) refuse(begun, 'a body without content type');
    },
    ready: () => target.options.commands?.ready(),
    // A sign of life; nothing watches for silence yet.
    alive: () => undefined,
    // A handler may have closed us in the middle of a chunk: then the rest of it counts for nothing.
    message(message) {
      brought = true;
      if (live && !cursor.isReplay(message.data)) listener.message(message);
    },
    id(id) {
      if (live) cursor.moveTo(id);
    },
    retry: listener.retry,
    problem(error) {
      if (live) listener.problem(error);
    },
    failed(error) {
      stopTransport?.();
      finish({ how: 'failed', error });
    },
    ended(end) {
      if (end.how === 'cut' && mayEndHere()) finish({ how: 'complete', truncated: true });
      if (end.how === 'complete') {
        decoder?.end();
        // Of a poll only: a stream is never "not modified", and two long polls may well bring the same twice.
        if (transport.rhythm === 'interval') cursor.etag = etag;
      }
      finish(end);
    },
  };

  cursor.reconnected();
  buildRequest(target, transport, cursor).then(
    (request) => {
      if (live) stopTransport = transport.open(request, sink);
    },
    (cause: unknown) => {
      // A function that asks for a token may fail because the network does: the next attempt asks it again.
      const sentence = `The request cannot be built: ${String(cause)}`;
      finish({ how: 'cut', error: new EnckeError('invalid-option', sentence, { cause }) });
    },
  );
  return stop;

  /** Finds the format that reads this response. An answer that says nothing of its type may still be empty. */
  function decode(head: Head, contentType: string | null): void {
    const { options, formats, once } = target;
    const format = options.format ?? pickFormat(formatsFor(formats, transport.accept), contentType);
    decoder = format?.decoder(sink, { ...options, lastEventId: cursor.id, flush: once });
    if (!decoder && contentType !== null) refuse(head, contentType);
  }

  /** The server may be one that never ends its responses as it should; nothing of a message is missing then. */
  function mayEndHere(): boolean | undefined {
    const { once, options } = target;
    return once && options.allowTruncated && brought && decoder?.isWhole?.();
  }

  function refuse(head: Head, what: string): void {
    const sentence = `No format reads ${what}. Is it a login or error page? Else name the format.`;
    sink.failed(new EnckeError('content-type', sentence, head));
  }

  function finish(end: End): void {
    if (!live) return;
    live = false;
    listener.ended(end);
  }

  function stop(): void {
    live = false;
    stopTransport?.();
  }
}
