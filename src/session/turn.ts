// One turn: a request, and its response as messages.

import { EnckeError } from '../ground/errors.ts';
import type { Decoder, DecoderSink } from '../formats/format.ts';
import type { End, Head, Sink, Stop, Transport } from '../transports/transport.ts';
import { mediaTypeOf } from '../ground/media-type.ts';
import type { Cursor } from './cursor.ts';
import { startDeadline } from './deadline.ts';
import type { Environment } from './environment.ts';
import { formatsFor, pickFormat } from './pick-format.ts';
import { buildRequest, type BuiltRequest, type Target } from './request.ts';
import type { Rhythm } from './watchdog.ts';

/** Characters after which a carrier that keeps its whole text is opened anew. */
export const ROTATE_AFTER = 1_048_576;

/** How long an event stream that answers a poll may go on before it counts as a stream. Milliseconds. */
export const ANSWER_PATIENCE = 1_000;

/** What a server sends that knows no polls. */
export const EVENT_STREAM = 'text/event-stream';

export interface TurnPlan {
  readonly target: Target;
  readonly environment: Environment;
  /** Read when the request is built; the listener moves it. */
  readonly cursor: Cursor;
  /** Learned from streams. */
  readonly rhythm: Rhythm;
  /** Whether the server is known to send the head of a stream with its first message. */
  isLate(): boolean;
  /** The event names that someone listens for. */
  eventNames(): readonly string[];
  /** Where more has come than can be used, the moment from which the next is welcome. */
  ready(): Promise<void> | undefined;
}

/** What a turn tells; nothing after `ended` or `renew`, or once it is stopped. */
export interface TurnListener extends Pick<Sink, 'opened' | 'message' | 'id' | 'retry' | 'problem'> {
  /** The request is about to leave. */
  asked(request: BuiltRequest): void;
  ended(end: End, response: Response): void;
  /** Whether the carrier waits for us: as long as it does, the server's silence says nothing. */
  held(waits: boolean): void;
  /** Bytes of the body have come. */
  alive(): void;
  /** The turn is over for no fault of the server; the next may follow at once. */
  renew(reason: 'rotated' | 'suspended'): void;
}

/** What is known of a response that has ended. */
export interface Response {
  /** How long it took, in milliseconds. */
  readonly elapsed: number;
  /** Whether it was an event stream without a message. A replay is one, too. */
  readonly isEmptyStream: boolean;
}

export function startTurn(plan: TurnPlan, transport: Transport, listener: TurnListener): Stop {
  const { target, environment, cursor, rhythm } = plan;
  const { options, once } = target;
  const { idOf } = target.convention;
  let isStream = transport.rhythm === 'stream';
  // A request learns no rhythm: a model may think for as long as it likes.
  const isWatched = transport.showsLife && (!once || options.heartbeat > 0);
  const { connectTimeout, longPollTimeout } = options;
  const deadline = transport.rhythm === 'answer' ? longPollTimeout : connectTimeout;
  const freshBefore = cursor.fresh;
  const startedAt = environment.now();
  let live = true; // neither ended nor stopped
  let stopTransport: Stop | undefined;
  let decoder: Decoder | undefined; // absent until the head, and where the browser decodes
  let begun: Head | undefined;
  let answered = false; // whether a head has come, also that of a refusal
  let answerId: string | undefined; // of a whole answer, until it is stated
  let asked = false; // whether the request has left
  let brought = false; // whether it has brought a message
  let holds = 0; // how many waits of the carrier for us are under way
  let size = 0; // characters so far
  let ending = false; // the body has ended
  let torn = false; // and its last message is not whole: an engine took a cut for an end
  let beats = 0; // signs of life in the body
  let lastLife = startedAt; // when the last one came, or the turn began
  let watching = false; // whether the timer waits for a silence
  let stopTimer: Stop = () => undefined;
  awaitAnswer();

  const sink: Sink & DecoderSink = {
    opened(head) {
      begun = head;
      answered = true;
      // A stream is under way; a poll has its answer only when it is whole.
      if (isStream) stopTimer();
      else if (isEventStream() && !once) limit(ANSWER_PATIENCE, takeForStream);
      else if (idOf && head.headers) {
        answerId = idOf(head.headers);
        // Without an id the same message would come again and again.
        if (answerId === undefined && !once) return loseId(head);
      }
      lastLife = environment.now();
      if (isStream && isWatched) watch();
      if (head.headers) decode(head, head.headers.get('content-type'));
      if (live) listener.opened(head);
    },
    text(chunk) {
      beat();
      size += chunk.length;
      if (decoder) decoder.feed(chunk);
      else if (begun) refuse(begun, 'a body without content type');
      // Only once it has got on: else a message, or a replay, longer than that would be begun again for ever.
      const hasAdvanced = !once && cursor.id && cursor.fresh > freshBefore;
      if (live && transport.keepsText && size >= ROTATE_AFTER && hasAdvanced) over('rotated');
    },
    ready() {
      const pending = plan.ready();
      if (pending && live) void pending.then(hold());
      return pending;
    },
    alive() {
      // A refusal, whose status counts whatever becomes of its body.
      if (!begun) stopTimer();
      answered = true;
      beat();
    },
    // A handler may have closed us in the middle of a chunk: then the rest of it counts for nothing.
    message(message) {
      brought = true;
      if (!begun?.headers) beat();
      stateAnswerId();
      if (live) listener.message(message);
    },
    id(id) {
      if (live) listener.id(id);
    },
    retry: (milliseconds) => {
      if (live) listener.retry(milliseconds);
    },
    problem(error) {
      torn ||= ending;
      if (live) listener.problem(error);
    },
    failed(error) {
      finish({ how: 'failed', error });
    },
    ended(end) {
      if (end.how === 'cut' && mayEndHere()) finish({ how: 'complete', truncated: true });
      if (end.how === 'complete') {
        ending = true;
        decoder?.end();
        stateAnswerId();
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
    buildRequest(target, transport, cursor, plan.eventNames()).then(
      (request) => {
        if (!live) return;
        asked = true;
        listener.asked(request);
        stopTransport = transport.open(request, sink);
      },
      (cause: unknown) => {
        // A function that asks for a token may fail because the network does: the next attempt asks it again.
        const sentence = `The request cannot be built: ${String(cause)}`;
        const isTold = cause instanceof EnckeError && cause.code === 'invalid-option';
        const error = isTold ? cause : new EnckeError('invalid-option', sentence, { cause });
        finish({ how: 'cut', error });
      },
    );
  }

  /** Finds the format that reads this response. An answer that says nothing of its type may still be empty. */
  function decode(head: Head, contentType: string | null): void {
    const { formats } = target;
    const format = options.format ?? pickFormat(formatsFor(formats, transport.accept), contentType);
    decoder = format?.decoder(sink, { ...options, lastEventId: answerId ?? cursor.id, flush: once });
    if (!decoder && contentType !== null) refuse(head, contentType);
  }

  /** Only now: an answer that broke off before its message must be asked for again. */
  function stateAnswerId(): void {
    if (live && answerId !== undefined) listener.id(answerId);
    answerId = undefined;
  }

  /** A sign of life. */
  function beat(): void {
    if (!live) return;
    const now = environment.now();
    if (isStream && beats++ > 0) rhythm.heard(now - lastLife);
    lastLife = now;
    if (begun && isStream && isWatched && !watching) watch();
    listener.alive();
  }

  /** No clock of the server's runs while the carrier waits for us; afterwards each begins anew. */
  function hold(): () => void {
    holds++;
    stopTimer();
    watching = false;
    listener.held(true);
    return () => {
      if (--holds > 0 || !live) return;
      lastLife = environment.now();
      // What comes next tells nothing of the rhythm.
      beats = 0;
      listener.held(false);
      if (!isStream) awaitAnswer();
      else if (isWatched) watch();
    };
  }

  /** For the head of a stream, or the whole answer to a poll. */
  function awaitAnswer(): void {
    const patience = plan.isLate() ? Math.max(deadline, rhythm.patience) : deadline;
    limit(patience, () => {
      if (target.convention.holds && transport.rhythm === 'answer' && !once) over('rotated');
      else if (asked) lose(`No answer within ${String(patience)} ms.`);
      else
        lose(`The functions among the options (headers, body) gave nothing within ${String(patience)} ms.`);
    });
  }

  /** A server that knows no polls has begun a stream: nothing but its silence tells that it is lost. */
  function takeForStream(): void {
    isStream = true;
    if (isWatched) watch();
  }

  function isEventStream(): boolean {
    return mediaTypeOf(begun?.headers?.get('content-type')) === EVENT_STREAM;
  }

  /** Looks again when the silence will have lasted too long, rather than at every chunk. */
  function watch(): void {
    const left = rhythm.patience - silence();
    watching = holds === 0 && left < Infinity;
    if (!watching) return;
    limit(Math.max(left, 0), () => {
      if (silence() < rhythm.patience) return watch();
      rhythm.alarm();
      lose(`Nothing has come for ${String(Math.round(silence()))} ms.`);
    });
  }

  /** What a page slept through is no timeout: its connection is made anew, or else has its time once more. */
  function limit(milliseconds: number, expire: () => void): void {
    stopTimer();
    stopTimer = startDeadline(environment, milliseconds, (suspended) => {
      if (!suspended) expire();
      else if (once || (watching && silence() < rhythm.patience)) limit(milliseconds, expire);
      else over('suspended');
    });
  }

  function silence(): number {
    return environment.now() - lastLife;
  }

  /** The server may be one that never ends its responses as it should; nothing of a message is missing then. */
  function mayEndHere(): boolean | undefined {
    return once && options.allowTruncated && brought && decoder?.isWhole?.();
  }

  function refuse(head: Head, what: string): void {
    const sentence = `No format reads ${what}. Is it a login or error page? Else name the format.`;
    sink.failed(new EnckeError('content-type', sentence, head));
  }

  function loseId(head: Head): void {
    const sentence = `The answer of ${head.url} has no ETag. Turn compression off for it.`;
    finish({ how: 'unusable', sent: true, error: new EnckeError('unusable', sentence, head) });
  }

  function lose(sentence: string): void {
    finish({ how: 'cut', error: new EnckeError('timeout', sentence) });
  }

  function over(reason: 'rotated' | 'suspended'): void {
    if (!live) return;
    stop();
    listener.renew(reason);
  }

  function finish(end: End): void {
    if (!live) return;
    stop();
    listener.ended(end, {
      elapsed: environment.now() - startedAt,
      isEmptyStream: isEventStream() && !brought,
    });
  }

  function stop(): void {
    live = false;
    stopTimer();
    stopTransport?.();
  }
}
