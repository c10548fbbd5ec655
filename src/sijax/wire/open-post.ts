// One POST over one transport, and its answer as lists of commands.

import type { DecoderSink } from '../../formats/format.ts';
import type { EnckeError } from '../../ground/errors.ts';
import { nothing } from '../../ground/nothing.ts';
import { statusError } from '../../session/verdict.ts';
import { NOTHING } from '../../transports/refusal.ts';
import type { End, Head, Sink, Stop, Transport, TransportRequest } from '../../transports/transport.ts';
import { createSijaxDecoder } from './sijax-wire.ts';

/** What becomes of it. Nothing is told behind `ended`, or once it is stopped. */
export interface PostListener {
  /** The server has answered; without a head where it refuses. May be told again. */
  answered(head?: Head): void;
  commands(list: readonly unknown[]): void;
  /** Something in the answer could not be read. The answer goes on. */
  problem(error: EnckeError): void;
  /** Where more has come than can be used, the moment from which more is welcome. */
  ready(): Promise<void> | undefined;
  ended(end: PostEnd): void;
}

/** A status that carries no commands has failed, but for one that says that there are none. */
export type PostEnd = Exclude<End, { how: 'status' }>;

export interface Reading {
  /** Longest list, in characters. @defaultValue `Infinity` */
  readonly maxMessageSize?: number | undefined;
  /** Whether an answer that breaks off behind a whole list has ended: most servers of this kind end so. */
  readonly allowTruncated?: boolean | undefined;
}

export function openPost(
  open: Transport['open'],
  request: TransportRequest,
  { maxMessageSize = Infinity, allowTruncated }: Reading,
  listener: PostListener,
): Stop {
  let live = true; // neither ended nor stopped
  let answered = false;
  let brought = false; // whether a list has come
  // The carrier's and the decoder's. A handler may stop it in the middle of a chunk: then the rest of it counts for nothing.
  const sink: Sink & DecoderSink = {
    opened: answer,
    alive: answer,
    text: (chunk) => decoder.feed(chunk),
    ready: listener.ready,
    message({ data }) {
      brought = true;
      if (live) listener.commands(data as readonly unknown[]);
    },
    // Neither this format nor a carrier that posts has ids or reconnection times.
    id: nothing,
    retry: nothing,
    problem(error) {
      if (live) listener.problem(error);
    },
    failed: (error) => finish({ how: 'failed', error }),
    ended(end) {
      if (end.how === 'complete') decoder.end();
      finish(meaningOf(end));
    },
  };
  const decoder = createSijaxDecoder(sink, { maxMessageSize });
  const stopTransport = open(request, sink);
  return stop;

  function answer(head?: Head): void {
    answered = true;
    listener.answered(head);
  }

  function meaningOf(end: End): PostEnd {
    if (end.how === 'status') {
      const { head, body } = end;
      return NOTHING.includes(head.status)
        ? { how: 'complete' }
        : { how: 'failed', error: statusError(head, body) };
    }
    const isWhole = allowTruncated && end.how === 'cut' && brought && decoder.isWhole?.();
    if (isWhole) return { how: 'complete', truncated: true };
    // Whatever its carrier says: what was answered was sent.
    return end.how === 'unusable' && answered ? { ...end, sent: true } : end;
  }

  function finish(end: PostEnd): void {
    if (!live) return;
    stop();
    listener.ended(end);
  }

  function stop(): void {
    live = false;
    stopTransport();
  }
}
