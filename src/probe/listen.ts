// One request, and a record of what came of it, and when.

import { carriesMessages, EXCERPT_LENGTH } from '../transports/refusal.ts';
import { utf8Decoder } from '../transports/utf8.ts';
import type { ProbeRequest } from './probe-request.ts';
import { createReading } from './reading.ts';
import type { Heard, ProbeChunk, ProbeHead } from './report.ts';
import type { Waiting } from './within.ts';

/** As many chunks are enough to know a stream by. */
const MOST_CHUNKS = 10_000;

/** The headers that say something about streaming, caching, or who is on the way. */
const TELLING_HEADERS = [
  'content-type',
  'content-encoding',
  'content-length',
  'cache-control',
  'age',
  'retry-after',
  'www-authenticate',
  'x-accel-buffering',
  'x-content-type-options',
  'server',
  'via',
  'x-cache',
  'cf-cache-status',
  'x-powered-by',
];

export interface Listening {
  /** Resolves when nothing more will come, or the probe has heard enough. */
  readonly over: Promise<void>;
  /** What has come so far. */
  heard(): Heard;
  /** Ends the request; nothing is recorded after that. */
  stop(): void;
}

export function listen(request: ProbeRequest, { environment, life }: Waiting): Listening {
  const controller = new AbortController();
  const started = environment.now();
  const chunks: ProbeChunk[] = [];
  const decode = utf8Decoder(() => undefined);
  let reading = createReading(null, undefined); // of nothing, until the head
  let head: ProbeHead | undefined;
  let ending: Heard['ending'] = 'none';
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined; // once there is a body
  let stopped = false;

  life.addEventListener('abort', stop);
  return { over: run(), heard: () => ({ head, chunks, said: reading.said(), ending }), stop };

  async function run(): Promise<void> {
    // What would be asked next is not, once the caller has ended the probe.
    if (life.aborted) return;
    try {
      const { fetch, url, init } = request;
      const response = await fetch(url, { ...init, signal: controller.signal, cache: 'no-store' });
      reader = response.body?.getReader();
      if (stopped) return release();
      receive(response);
      await read(response);
    } catch {
      // Browsers do not tell a page what went wrong; what can be found out is obstacle.ts's to find.
      if (!stopped) ending = head ? 'cut' : 'failed';
    }
  }

  function receive(response: Response): void {
    const { status, redirected, headers, type } = response;
    const telling = TELLING_HEADERS.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    head = {
      after: passed(),
      status,
      url: response.url || request.url,
      redirected,
      madeByScript: type === 'default',
      headers: Object.fromEntries(telling),
    };
    ending = 'open';
    // What a refusal says are no messages.
    if (carriesMessages(response)) reading = createReading(headers.get('content-type'), request.asked);
  }

  async function read(response: Response): Promise<void> {
    if (!reader) {
      // A response of a caller's own fetch may lack the stream.
      take(new TextEncoder().encode(await response.text()));
      return complete();
    }
    const mostBytes = carriesMessages(response) ? Infinity : EXCERPT_LENGTH;
    for (let bytes = 0; chunks.length < MOST_CHUNKS && bytes < mostBytes;) {
      const { done, value } = await reader.read();
      if (done) return complete();
      take(value);
      bytes += value.length;
    }
    release();
  }

  function take(value: Uint8Array): void {
    if (stopped || value.length === 0) return;
    const at = passed();
    chunks.push({ at, bytes: value.length, ...reading.feed(decode(value), at) });
  }

  function complete(): void {
    if (stopped) return;
    reading.end(passed());
    ending = 'complete';
  }

  function stop(): void {
    stopped = true;
    release();
  }

  function release(): void {
    controller.abort();
    // A caller's own fetch may not heed the signal; a body that failed already cannot be cancelled.
    reader?.cancel().catch(() => undefined);
  }

  function passed(): number {
    return environment.now() - started;
  }
}
