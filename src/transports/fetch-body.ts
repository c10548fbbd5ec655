// One fetch, its body carried to a sink as text: the carrier of fetch-stream, htmlfile, long-poll and poll.

import { EnckeError } from '../ground/errors.ts';
import { nothing } from '../ground/nothing.ts';
import { guardSink, type TextSink } from './guarded-sink.ts';
import { createPageTurn } from './page-turn.ts';
import { brokeOff, carriesMessages, COMPLETE, endOf, EXCERPT_LENGTH, unreachable } from './refusal.ts';
import type { Demand, Stop, TransportRequest } from './transport.ts';
import { utf8Decoder } from './utf8.ts';

/** So much is given in one piece, in bytes: between two of them the page may have its turn. */
const PIECE = 16_384;

export function openFetch(request: TransportRequest, sink: TextSink): Stop {
  const controller = new AbortController();
  let reader: BodyReader | undefined; // once there is a body
  const guarded = guardSink(request, sink, release);

  guarded.begin(() => {
    // A caller's own fetch may give anything: what cannot be received at all is no response.
    send(request, controller.signal)
      .then(receive)
      .catch((cause: unknown) => {
        guarded.ended(unreachable(request.url, cause, request.hint));
      });
  });
  return guarded.stop;

  function release(): void {
    controller.abort();
    // A caller's own fetch may not heed the signal. A body that failed already cannot be cancelled; its failure was told.
    reader?.cancel().catch(nothing);
  }

  async function receive(response: Response): Promise<void> {
    const { status, headers } = response;
    const head = { status, url: response.url || request.url, headers };
    // [spec] Of a network error and of what is opaque the status is 0: a caller's own fetch can give them.
    if (!status) throw new TypeError('The response has no status.');
    const isRefusal = !carriesMessages(head);
    let end = COMPLETE;
    let excerpt = ''; // of a refusal
    try {
      // Throws where a caller's own fetch gives a body that was read already.
      reader = response.body?.getReader();
      if (isRefusal) guarded.refused(conclude);
      else guarded.opened(head);
      if (!guarded.isLive()) release();
      // What an earlier connection has brought may be more than can be used already.
      await readiness();
      await readText(response, reader, utf8Decoder(reportInvalid), take);
    } catch (cause) {
      end = brokeOff(head.url, cause);
    }
    conclude();

    function take(chunk: string): Promise<void> | undefined | false {
      if (isRefusal) excerpt += chunk;
      else if (chunk) guarded.text(chunk);
      return guarded.isLive() && excerpt.length < EXCERPT_LENGTH && readiness();
    }

    function conclude(): void {
      guarded.ended(endOf(head, excerpt, end));
    }

    function readiness(): Promise<void> | undefined {
      return isRefusal ? undefined : guarded.ready();
    }

    function reportInvalid(): void {
      const sentence = `${head.url} sent bytes that are not UTF-8. They became U+FFFD.`;
      if (!isRefusal) guarded.problem(new EnckeError('encoding', sentence, { url: head.url }));
    }
  }
}

/** Why this page cannot carry a request by fetch at all. */
export function refusesFetch({ ownFetch, body, urlCredentials }: Demand): string | undefined {
  // [spec] If parsedURL includes credentials, then throw a TypeError.
  if (urlCredentials && !ownFetch) return 'cannot send credentials in a URL';
  const present = (ownFetch || typeof fetch === 'function') && typeof TextDecoder === 'function';
  if (!present) return 'needs fetch and TextDecoder';
  // A browser that knows no such body takes the stream for text. (Chromium 156 has the member, Firefox 153 and WebKitGTK 2.50 not.)
  const sendsStreams = body !== 'stream' || ownFetch || 'duplex' in Request.prototype;
  return sendsStreams ? undefined : 'cannot send a stream in this browser';
}

/** Why this page cannot read a response by fetch before it has ended. */
export function refusesFetchStream(demand: Demand): string | undefined {
  const present = typeof ReadableStream === 'function' && 'body' in Response.prototype;
  return refusesFetch(demand) ?? (present ? undefined : 'needs streams in responses');
}

function send(request: TransportRequest, signal: AbortSignal): Promise<Response> {
  // Taken out first: the browser's own function refuses to be called as a method of the request.
  const { fetch, url, method, headers, body, credentials } = request;
  // [spec] `duplex`: needs to be set when the body is a ReadableStream. `half` is the only value.
  const init = { method, headers, body, credentials, signal, cache: 'no-store', duplex: 'half' } as const;
  return fetch(url, init);
}

type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * Reads the body as text, in pieces between which the page has its turn. Throws when the body breaks off.
 *
 * @param decode called with each piece, and without one at the end of the body
 * @param take gives `false` where it wants no more, or when the next piece is welcome, where that is not at once
 */
export async function readText(
  response: Response,
  reader: BodyReader | undefined,
  decode: (bytes?: Uint8Array) => string,
  take: (text: string) => Promise<void> | undefined | false,
): Promise<void> {
  if (!reader) {
    // A response of a caller's own fetch may lack the stream.
    void take(await response.text());
    return;
  }
  const pageTurn = createPageTurn();
  for (;;) {
    const { done, value } = await reader.read();
    let at = 0;
    // Once at least: what is not made of bytes is not passed over, it throws.
    do {
      const ready = take(done ? decode() : decode(value.subarray(at, (at += PIECE))));
      if (ready === false) return;
      // Asked first: waiting for nothing would cost a turn of promises for every piece.
      if (ready) await ready;
      const turn = pageTurn();
      if (turn) await turn;
    } while (value && at < value.length);
    if (done) return;
  }
}
