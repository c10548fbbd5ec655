// One attempt: a request, and its response as events.

import { eventStream } from '../../formats/event-stream.ts';
import type { Decoder, DecoderSink } from '../../formats/format.ts';
import { EnckeError } from '../../ground/errors.ts';
import { setTimer } from '../../ground/long-timer.ts';
import { isEventStream } from '../../ground/media-type.ts';
import { nothing } from '../../ground/nothing.ts';
import { notBuilt } from '../../session/request.ts';
import { openFetch } from '../../transports/fetch-body.ts';
import type { End, Head, Sink, Stop } from '../../transports/transport.ts';
import { buildRequest, type Target } from './request.ts';

export interface AttemptListener extends Pick<Sink, 'message' | 'id' | 'retry' | 'ready'> {
  /** It is an event stream with status 200. */
  opened(head: Head): void;
  /** @param isUnanswered whether a request was sent, and brought no response that the page may see */
  ended(end: End, isUnanswered: boolean): void;
}

/** @param heartbeatTimeout longest silence, in milliseconds */
export function startAttempt(target: Target, heartbeatTimeout: number, listener: AttemptListener): Stop {
  let live = true; // neither ended nor stopped
  let isSent = false;
  let isAnswered = false;
  let decoder: Decoder | undefined;
  let lastLife = performance.now();
  let stopTimer: Stop = nothing;
  let stopRequest: Stop = nothing;

  const sink: Sink & DecoderSink = {
    ...listener,
    opened(head) {
      beat();
      // [spec] if res's status is not 200, or if res's `Content-Type` is not `text/event-stream`, then fail the connection.
      if (head.status !== 200) return finish({ how: 'status', head, body: '' });
      if (!isEventStream(head)) {
        const sentence = `${head.url} is no event stream, but ${String(head.headers?.get('content-type'))}.`;
        return sink.failed(new EnckeError('content-type', sentence, head));
      }
      decoder = eventStream.decoder(sink, {
        maxMessageSize: Infinity,
        lastEventId: target.lastEventId,
        flush: false,
      });
      listener.opened(head);
    },
    text(chunk) {
      beat();
      decoder?.feed(chunk);
    },
    ready() {
      const pending = listener.ready();
      // The silence of a carrier that waits for us is no silence of the server's.
      void pending?.then(beat);
      return pending;
    },
    alive: beat,
    // [spec] Streams must be decoded using the UTF-8 decode algorithm, which replaces what is none.
    problem: nothing,
    failed: (error) => finish({ how: 'failed', error }),
    ended: finish,
  };

  if (heartbeatTimeout < Infinity) watch(heartbeatTimeout);
  buildRequest(target).then(
    (request) => {
      if (!live) return;
      isSent = true;
      stopRequest = openFetch(request, sink);
    },
    // A function that asks for a token may fail because the network does: the next attempt asks it again.
    (cause: unknown) => finish({ how: 'cut', error: notBuilt(cause) }),
  );
  return stop;

  function beat(): void {
    isAnswered = isSent;
    lastLife = performance.now();
  }

  /** Looks again when the silence will have lasted too long, rather than at every chunk. */
  function watch(left: number): void {
    stopTimer = setTimer(() => {
      const silence = performance.now() - lastLife;
      if (listener.ready()) return watch(heartbeatTimeout);
      if (silence < heartbeatTimeout) return watch(heartbeatTimeout - silence);
      const sentence = `Nothing has come for ${String(Math.round(silence))} ms.`;
      finish({ how: 'cut', error: new EnckeError('timeout', sentence) });
    }, left);
  }

  function finish(end: End): void {
    if (!live) return;
    stop();
    listener.ended(end, isSent && !isAnswered);
  }

  function stop(): void {
    live = false;
    stopTimer();
    stopRequest();
  }
}
