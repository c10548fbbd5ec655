// One turn: a request, and its response as messages.

import { EnckeError } from '../ground/errors.ts';
import { isEventStream } from '../ground/media-type.ts';
import type { Decoder, DecoderSink } from '../formats/format.ts';
import type { End, Head, Sink, Stop, Transport } from '../transports/transport.ts';
import { allReady } from './all-ready.ts';
import { startDeadline } from './deadline.ts';
import type { SessionInside, TurnListener } from './part.ts';
import { formatsFor, pickFormat } from './pick-format.ts';
import { notBuilt } from './request.ts';

export function startTurn(inside: SessionInside, transport: Transport, listener: TurnListener): Stop {
  const { target, environment, cursor } = inside;
  const { options, once } = target;
  const isStream = transport.rhythm === 'stream';
  const { connectTimeout, longPollTimeout } = options;
  const deadline = transport.rhythm === 'answer' ? longPollTimeout : connectTimeout;
  const startedAt = environment.now();
  let live = true; // neither ended nor stopped
  let stopTransport: Stop | undefined;
  let decoder: Decoder | undefined; // absent until the head, and where the browser decodes
  let begun: Head | undefined;
  let answered = false; // whether a head has come, also that of a refusal
  let asked = false; // whether the request has left
  let brought = false; // whether it has brought a message
  let holds = 0; // how many waits of the carrier for us are under way
  let ending = false; // the body has ended
  let torn = false; // and its last message is not whole: an engine took a cut for an end
  let isAwaited = true; // the head of a stream, the whole of an answer
  let stopTimer: Stop = () => undefined;
  awaitAnswer();

  const sink: Sink & DecoderSink = {
    opened(head) {
      begun = head;
      answered = true;
      // A stream is under way, also by a server that knows no polls: nothing but its silence tells that it is lost.
      // A poll has its answer only when it is whole.
      if (isStream || (isEventStream(head) && !once)) expectNothing();
      if (head.headers) decode(head, head.headers.get('content-type'));
      if (live) listener.opened(head);
    },
    text(chunk) {
      if (decoder) decoder.feed(chunk);
      else if (begun) refuse(begun, 'a body without content type');
      beat(chunk.length);
    },
    ready() {
      const pending = allReady([listener.ready?.(), inside.listener.ready()]);
      if (pending && live) void pending.then(hold());
      return pending;
    },
    alive() {
      // A refusal, whose status counts whatever becomes of its body.
      if (!begun) expectNothing();
      answered = true;
      beat(0);
    },
    // A handler may have closed us in the middle of a chunk: then the rest of it counts for nothing.
    message(message) {
      brought = true;
      if (!begun?.headers) beat(0);
      if (live) listener.message(message);
    },
    id(id) {
      if (live) listener.id(id);
    },
    retry(milliseconds) {
      if (live) listener.retry(milliseconds);
    },
    problem(error) {
      torn ||= ending;
      // Half an answer must not pass for a whole one, and nothing of it comes again.
      if (once && ending && error.code === 'malformed') finish({ how: 'failed', error });
      else if (live) listener.problem(error);
    },
    failed(error) {
      finish({ how: 'failed', error });
    },
    ended(end) {
      if (end.how === 'complete') {
        ending = true;
        decoder?.end();
      }
      if (torn && !once) finish({ how: 'complete', truncated: true });
      // Whatever its carrier says: what was answered was sent.
      else finish(end.how === 'unusable' && answered ? { ...end, sent: true } : end);
    },
  };

  // A function among the options may close: then whoever began this turn must hold its stop already.
  queueMicrotask(send);
  return stop;

  function send(): void {
    if (!live) return;
    inside.seams.request(transport).then(
      (request) => {
        if (!live) return;
        asked = true;
        listener.asked(request);
        stopTransport = transport.open(request, sink);
      },
      (cause: unknown) => {
        // A function that asks for a token may fail because the network does: the next attempt asks it again.
        const isTold = cause instanceof EnckeError && cause.code === 'invalid-option';
        finish({ how: 'cut', error: isTold ? cause : notBuilt(cause) });
      },
    );
  }

  /** Finds the format that reads this response. An answer that says nothing of its type may still be empty. */
  function decode(head: Head, contentType: string | null): void {
    const { formats } = target;
    const format = options.format ?? pickFormat(formatsFor(formats, transport.accept), contentType);
    decoder = format?.decoder(sink, { ...options, lastEventId: cursor.id, flush: once });
    if (!decoder && contentType !== null) refuse(head, contentType);
  }

  /** A sign of life. */
  function beat(size: number): void {
    if (live) listener.alive(size, environment.now());
  }

  /** No clock of the server's runs while the carrier waits for us; afterwards each begins anew. */
  function hold(): () => void {
    holds++;
    stopTimer();
    listener.held(true);
    return () => {
      if (--holds > 0 || !live) return;
      listener.held(false);
      if (isAwaited) awaitAnswer();
    };
  }

  function expectNothing(): void {
    isAwaited = false;
    stopTimer();
  }

  /** For the head of a stream, or the whole answer to a poll. */
  function awaitAnswer(): void {
    const patience = Math.max(deadline, inside.headPatience);
    limit(patience, () => {
      const what = asked ? 'No answer' : 'No headers or body from your functions';
      finish({ how: 'cut', error: new EnckeError('timeout', `${what} within ${String(patience)} ms.`) });
    });
  }

  /** What a page slept through is no timeout: its connection is made anew, or else has its time once more. */
  function limit(milliseconds: number, expire: () => void): void {
    stopTimer();
    stopTimer = startDeadline(environment, milliseconds, (suspended) => {
      if (!suspended) expire();
      else if (once) limit(milliseconds, expire);
      else renew();
    });
  }

  function refuse(head: Head, what: string): void {
    const sentence = `No format reads ${what}. Is it a login or error page? Else name the format.`;
    sink.failed(new EnckeError('content-type', sentence, head));
  }

  function renew(): void {
    stop();
    listener.renew('suspended');
  }

  function finish(end: End): void {
    if (!live) return;
    stop();
    listener.ended(end, {
      elapsed: environment.now() - startedAt,
      brought,
      isWhole: brought && decoder?.isWhole?.() === true,
    });
  }

  function stop(): void {
    if (!live) return;
    live = false;
    stopTimer();
    stopTransport?.();
  }
}
