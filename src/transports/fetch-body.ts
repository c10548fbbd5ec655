// One fetch, its body carried to a sink as text: the carrier of fetch-stream, htmlfile, long-poll and poll.

import { EnckeError } from '../errors.ts';
import { guardSink } from './guarded-sink.ts';
import { brokeOff, carriesMessages, EXCERPT_LENGTH, refused, unreachable } from './refusal.ts';
import type { Demand, End, Sink, Stop, TransportRequest } from './transport.ts';
import { utf8Decoder } from './utf8.ts';

export function openFetch(request: TransportRequest, sink: Sink): Stop {
  const controller = new AbortController();
  let cancelBody: Stop = ignore; // until there is a body
  const guarded = guardSink(sink, () => {
    controller.abort();
    cancelBody();
  });

  const failed = (cause: unknown): End => unreachable(request.url, cause);
  guarded.begin(() => {
    send(request, controller.signal).then(receive, (cause: unknown) => guarded.ended(failed(cause)));
  }, failed);
  return guarded.stop;

  async function receive(response: Response): Promise<void> {
    const head = { status: response.status, url: response.url || request.url, headers: response.headers };
    const carries = carriesMessages(head.status);
    let excerpt = ''; // of a refusal
    if (carries) guarded.opened(head);
    try {
      await readText(response, {
        canCancel: (cancel) => (cancelBody = cancel),
        invalid: () => carries && guarded.problem(notUtf8(head.url)),
        text: (chunk) => (carries ? guarded.text(chunk) : (excerpt += chunk)),
        wantsMore: () => guarded.isLive() && excerpt.length < EXCERPT_LENGTH,
      });
      guarded.ended(carries ? { how: 'complete' } : refused(head, excerpt));
    } catch (cause) {
      // Half an error page is a refusal all the same.
      guarded.ended(carries ? brokeOff(head.url, cause) : refused(head, excerpt));
    }
  }
}

/** Why this page cannot carry a request by fetch at all. */
export function refusesFetch({ ownFetch }: Demand): string | undefined {
  const present = ownFetch || typeof fetch === 'function';
  return present && typeof TextDecoder === 'function' ? undefined : 'needs fetch and TextDecoder';
}

/** Why this page cannot read a response by fetch before it has ended. */
export function refusesFetchStream(demand: Demand): string | undefined {
  const present = typeof ReadableStream === 'function' && 'body' in Response.prototype;
  return refusesFetch(demand) ?? (present ? undefined : 'cannot read a response before its end');
}

function send(request: TransportRequest, signal: AbortSignal): Promise<Response> {
  // Taken out first: the browser's own function refuses to be called as a method of the request.
  const { fetch, url, method, headers, body, credentials } = request;
  return fetch(url, { method, headers, body, credentials, signal, cache: 'no-store', redirect: 'follow' });
}

interface Reading {
  /** Takes what ends the reading at once, even while it waits for bytes. */
  canCancel(cancel: Stop): void;
  /** Called once where the body is not UTF-8. */
  invalid(): void;
  text(chunk: string): void;
  wantsMore(): boolean;
}

/** Resolves at the end of the body, or when no more is wanted; rejects when the body breaks off. */
async function readText(response: Response, reading: Reading): Promise<void> {
  const reader = response.body?.getReader();
  // A response of a caller's own fetch may lack the stream.
  if (!reader) {
    giveText(await response.text());
    return;
  }
  const cancel = (): void => void reader.cancel().catch(ignore);
  const decode = utf8Decoder(reading.invalid);
  reading.canCancel(cancel);
  while (reading.wantsMore()) {
    const { done, value } = await reader.read();
    giveText(decode(value));
    if (done) return;
  }
  cancel();

  function giveText(chunk: string): void {
    if (chunk !== '') reading.text(chunk);
  }
}

function notUtf8(url: string): EnckeError {
  const sentence = `The response from ${url} holds bytes that are not UTF-8; each became U+FFFD. Send UTF-8.`;
  return new EnckeError('encoding', sentence, { url });
}

function ignore(): void {
  // A body that failed already cannot be cancelled; its failure was told.
}
