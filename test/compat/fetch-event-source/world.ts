// A page and a server, both scripted, for either of the two clients: no network, and a clock that the test moves.

import { vi } from 'vitest';
import type { fetchEventSource } from '../../../src/compat/fetch-event-source/fetch-event-source.ts';

/** The original, or ours. */
export type Client = typeof fetchEventSource;

/** What a request was, as a server would see it. */
export interface Seen {
  readonly method: string;
  readonly headers: Headers;
  readonly init: RequestInit;
  /** Whether the client has closed the response, or the request. */
  isClosed(): boolean;
}

/** Answers a request; a promise that never settles is a server that keeps silent. */
export type Answer = () => Response | Promise<Response>;

export interface World {
  readonly requests: readonly Seen[];
  /** Answers the requests one after another; the last answers all that follow. */
  readonly fetch: typeof fetch;
  /** What was given to `onmessage`. */
  readonly data: string[];
  answer(...answers: Answer[]): void;
  /** Lets time pass, in milliseconds. */
  pass(milliseconds: number): Promise<void>;
  hide(): Promise<void>;
  show(): Promise<void>;
}

/** Runs `scene` with the globals of a page and a clock of its own, and puts everything back. */
export function inWorld<Result>(scene: (world: World) => Promise<Result>): Promise<Result> {
  return inPage(async (page) => {
    vi.useFakeTimers();
    try {
      return await scene(createWorld(page));
    } finally {
      vi.clearAllTimers();
      vi.useRealTimers();
    }
  });
}

/** Runs it with the globals of a page, and the clock as it is. */
export async function inPage<Result>(scene: (page: FakePage) => Promise<Result>): Promise<Result> {
  const page = new FakePage();
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', globalThis);
  try {
    return await scene(page);
  } finally {
    vi.unstubAllGlobals();
  }
}

class FakePage extends EventTarget {
  hidden = false;

  get visibilityState(): 'hidden' | 'visible' {
    return this.hidden ? 'hidden' : 'visible';
  }

  turn(hidden: boolean): void {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

function createWorld(page: FakePage): World {
  const requests: Seen[] = [];
  let answers: readonly Answer[] = [];
  const pass = async (milliseconds: number): Promise<void> => {
    await vi.advanceTimersByTimeAsync(milliseconds);
  };
  return {
    requests,
    data: [],
    pass,
    answer(...given) {
      answers = given;
    },
    async hide() {
      page.turn(true);
      await pass(0);
    },
    async show() {
      page.turn(false);
      await pass(0);
    },
    async fetch(input, init = {}) {
      // As the real one does: it throws for headers that no request can have, and for a body that was read.
      const request = new Request(
        new URL(input instanceof Request ? input.url : input, 'https://page.example'),
        {
          method: init.method ?? (input instanceof Request ? input.method : 'GET'),
          headers: init.headers ?? (input instanceof Request ? input.headers : {}),
        },
      );
      if (input instanceof Request) await input.arrayBuffer();
      const { signal } = init;
      const answered: Response[] = [];
      requests.push({
        method: request.method,
        headers: request.headers,
        init,
        isClosed: () => signal?.aborted === true || answered.some((response) => closed.has(response)),
      });
      const answer = answers[Math.min(requests.length, answers.length) - 1];
      const response = await Promise.race([answer?.() ?? silence(), aborted(signal)]);
      answered.push(response);
      return response;
    },
  };
}

/** Responses whose body was cancelled. */
const closed = new WeakSet<Response>();

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => {
      reject(new DOMException('aborted', 'AbortError'));
    });
  });
}

export interface StreamOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** How the body ends behind the chunks. @defaultValue it stays open */
  readonly end?: 'clean' | 'cut';
}

/** An event stream; each text is a chunk. */
export function stream(chunks: readonly (string | Uint8Array)[], options: StreamOptions = {}): Answer {
  const { status = 200, headers = { 'content-type': 'text/event-stream' }, end } = options;
  return () => {
    const encoder = new TextEncoder();
    const left = [...chunks];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const chunk = left.shift();
        if (chunk !== undefined) {
          controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
          return undefined;
        }
        if (end === 'clean') controller.close();
        else if (end === 'cut') controller.error(new TypeError('network error'));
        else return silence();
        return undefined;
      },
      cancel() {
        closed.add(response);
      },
    });
    const response = new Response(status === 204 ? null : body, { status, headers });
    return response;
  };
}

/** No connection, as fetch tells it. */
export function unreachable(): never {
  throw new TypeError('fetch failed');
}

export function silence(): Promise<never> {
  return new Promise(() => undefined);
}

/** What becomes of a promise; `pending` as long as nothing does. */
export function outcomeOf(promise: Promise<unknown>): () => string {
  let outcome = 'pending';
  promise.then(
    () => (outcome = 'resolved'),
    (reason: unknown) => (outcome = `rejected: ${reason instanceof Error ? reason.message : String(reason)}`),
  );
  return () => outcome;
}
