// One fetch, its body carried to a sink as text: the carrier of fetch-stream, htmlfile, long-poll and poll.

import { EnckeError } from '../errors.ts';
import { guardSink, type TextSink } from './guarded-sink.ts';
import {
  brokeOff,
  carriesMessages,
  COMPLETE,
  endOf,
  EXCERPT_LENGTH,
  EXCERPT_TIME,
  unreachable,
} from './refusal.ts';
import type { Demand, Stop, TransportRequest } from './transport.ts';
import { utf8Decoder } from './utf8.ts';

export function openFetch(request: TransportRequest, sink: TextSink): Stop {
  const controller = new AbortController();
  let reader: BodyReader | undefined; // once there is a body
  let timer: ReturnType<typeof setTimeout> | undefined; // the time for the body of a refusal
  const guarded = guardSink(request, sink, release);

  guarded.begin(() => {
    send(request, controller.signal).then(receive, (cause: unknown) => {
      guarded.ended(unreachable(request.url, cause));
    });
  });
  return guarded.stop;

  function release(): void {
    clearTimeout(timer);
    controller.abort();
    // A caller's own fetch may not heed the signal.
    reader?.cancel().catch(ignore);
  }

  async function receive(response: Response): Promise<void> {
    const { status, headers } = response;
    const head = { status, url: response.url || request.url, headers };
    const isRefusal = !carriesMessages(head);
    let end = COMPLETE;
    let excerpt = ''; // of a refusal
    try {
      // Throws where a caller's own fetch gives a body that was read already.
      reader = response.body?.getReader();
      if (isRefusal) guarded.alive();
      else guarded.opened(head);
      if (!guarded.isLive()) release();
      else if (isRefusal) timer = setTimeout(conclude, EXCERPT_TIME);
      for await (const chunk of textOf(response, reader, reportInvalid)) {
        if (isRefusal) excerpt += chunk;
        else if (chunk) guarded.text(chunk);
        // Asked first: waiting for nothing would cost a turn of promises for every chunk.
        const ready = isRefusal ? undefined : guarded.ready();
        if (ready) await ready;
        if (!guarded.isLive() || excerpt.length >= EXCERPT_LENGTH) break;
      }
    } catch (cause) {
      end = brokeOff(head.url, cause);
    }
    conclude();

    function conclude(): void {
      guarded.ended(endOf(head, excerpt, end));
    }

    function reportInvalid(): void {
      const sentence = `${head.url} sent bytes that are not UTF-8. They became U+FFFD.`;
      if (!isRefusal) guarded.problem(new EnckeError('encoding', sentence, { url: head.url }));
    }
  }
}

/** Why this page cannot carry a request by fetch at all. */
export function refusesFetch({ ownFetch }: Demand): string | undefined {
  const present = (ownFetch || typeof fetch === 'function') && typeof TextDecoder === 'function';
  return present ? undefined : 'needs fetch and TextDecoder';
}

/** Why this page cannot read a response by fetch before it has ended. */
export function refusesFetchStream(demand: Demand): string | undefined {
  const present = typeof ReadableStream === 'function' && 'body' in Response.prototype;
  return refusesFetch(demand) ?? (present ? undefined : 'needs streams in responses');
}

function send(request: TransportRequest, signal: AbortSignal): Promise<Response> {
  // Taken out first: the browser's own function refuses to be called as a method of the request.
  const { fetch, url, method, headers, body, credentials } = request;
  return fetch(url, { method, headers, body, credentials, signal, cache: 'no-store' });
}

type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

/** The body as it comes. The next piece is asked for when the last one has been taken; throws when the body breaks off. */
async function* textOf(response: Response, reader: BodyReader | undefined, onInvalid: () => void) {
  if (!reader) {
    // A response of a caller's own fetch may lack the stream.
    yield await response.text();
    return;
  }
  const decode = utf8Decoder(onInvalid);
  for (;;) {
    const { done, value } = await reader.read();
    yield decode(value);
    if (done) return;
  }
}

function ignore(): void {
  // A body that failed already cannot be cancelled; its failure was told.
}
