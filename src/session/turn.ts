// One attempt: a request, and its response as messages.

import { EnckeError } from '../errors.ts';
import type { Decoder } from '../formats/format.ts';
import type { Message } from '../message.ts';
import type { End, Head, Sink, Stop, Transport } from '../transports/transport.ts';
import type { Cursor } from './cursor.ts';
import { pickFormat } from './pick-format.ts';
import { buildRequest, type Target } from './request.ts';

/** How a turn ended: as its response did, or because nothing could be made of it. */
export type TurnEnd = End | { readonly how: 'failed'; readonly error: EnckeError };

/** What a turn tells. After `ended`, or after it was stopped, it tells nothing more. */
export interface TurnListener {
  opened(head: Head): void;
  message(message: Message): void;
  retry(milliseconds: number): void;
  problem(error: EnckeError): void;
  ended(end: TurnEnd): void;
}

export interface TurnPlan {
  readonly target: Target;
  readonly transport: Transport;
  readonly cursor: Cursor;
  /** Whether a clean end completes an unterminated message. */
  readonly flush: boolean;
}

export function startTurn({ target, transport, cursor, flush }: TurnPlan, on: TurnListener): Stop {
  const { options } = target;
  let over = false;
  let stopTransport: Stop | undefined;
  let decoder: Decoder | undefined; // absent until the head, and where the browser decodes
  let etag: string | null = null;

  const sink: Sink = {
    opened(head) {
      etag = head.headers?.get('etag') ?? null;
      if (head.headers && !decode(head, head.headers)) return;
      on.opened(head);
    },
    text(chunk) {
      decoder?.feed(chunk);
    },
    alive() {
      // A sign of life; nothing watches for silence yet.
    },
    message(message) {
      if (!over && !cursor.isReplay(message.data)) on.message(message);
    },
    id(id) {
      if (!over) cursor.moveTo(id);
    },
    retry(milliseconds) {
      if (!over) on.retry(milliseconds);
    },
    problem(error) {
      if (!over) on.problem(error);
    },
    ended(end) {
      if (end.how === 'complete') {
        decoder?.end();
        cursor.etag = etag;
      }
      finish(end);
    },
  };

  cursor.reconnected();
  buildRequest(target, transport, cursor).then(
    (request) => {
      if (!over) stopTransport = transport.open(request, sink);
    },
    (cause: unknown) => {
      finish({ how: 'failed', error: notBuilt(cause) });
    },
  );
  return stop;

  /** Whether a format reads this response. */
  function decode(head: Head, headers: Headers): boolean {
    const contentType = headers.get('content-type');
    const format = options.format ?? pickFormat(contentType, target.formats);
    if (!format) {
      stopTransport?.();
      finish({ how: 'failed', error: unreadable(head, contentType) });
      return false;
    }
    const { maxMessageSize } = options;
    decoder = format.decoder(sink, { maxMessageSize, lastEventId: cursor.id, flush });
    return true;
  }

  function finish(end: TurnEnd): void {
    if (over) return;
    over = true;
    on.ended(end);
  }

  function stop(): void {
    over = true;
    stopTransport?.();
  }
}

function unreadable({ status, url, headers }: Head, contentType: string | null): EnckeError {
  const what = contentType ?? 'no content type';
  return new EnckeError(
    'content-type',
    `${url} answered with ${what}, which no format here reads. A login page or an error page, perhaps? If it is right, name the format.`,
    { status, url, headers },
  );
}

function notBuilt(cause: unknown): EnckeError {
  return new EnckeError('invalid-option', `The request could not be built: ${String(cause)}`, { cause });
}
