// A network without one: `fetch` leads to a model of an Orbited server, and the test says what breaks.

import { vi } from 'vitest';
import { HEADS, OrbitedModel, type Backend, type Technique } from '../../server/orbited.ts';

export const SERVER = 'https://orbited.test';

export interface Asked {
  readonly at: number;
  readonly method: string;
  /** Without the key. */
  readonly path: string;
  readonly ack: number;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** What becomes of a request, where the test says so: an answer, or none. */
export type Fault =
  | { readonly status: number; readonly text?: string }
  /** No connection, and nothing has arrived. */
  | 'down'
  /** It arrives, and no answer does. */
  | 'unanswered'
  /** Nothing ever comes. */
  | 'silent';

export interface Network {
  readonly model: OrbitedModel;
  readonly asked: Asked[];
  /** Requests that are not over. */
  readonly live: number;
  /** Decides over a request. */
  fault: (asked: Asked) => Fault | undefined;
  /** Breaks whatever listens now. */
  cut(): void;
  /** Lets so many milliseconds pass, and everything they set off. */
  pass(milliseconds?: number): Promise<void>;
  close(): void;
}

/** Fake timers must be in place. */
export function createNetwork(
  backends: Readonly<Record<string, Backend | 'down'>>,
  pings: object = {},
): Network {
  const model = new OrbitedModel({ backends, ...pings });
  const bodies = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const lost = new Set<unknown>();
  let live = 0;
  const network: Network = {
    model,
    asked: [],
    get live() {
      return live;
    },
    fault: () => undefined,
    cut() {
      for (const body of bodies) {
        lost.add(body);
        body.error(new TypeError('cut'));
      }
      bodies.clear();
    },
    async pass(milliseconds = 0) {
      await settle();
      // In steps: what comes over a stream takes turns of its own.
      for (let left = milliseconds; left > 0; left -= 250) {
        await vi.advanceTimersByTimeAsync(Math.min(left, 250));
        await settle();
      }
    },
    close() {
      model.close();
    },
  };
  vi.stubGlobal('fetch', answer);
  return network;

  async function answer(input: string, init: RequestInit): Promise<Response> {
    const url = new URL(input);
    const [, key = '', technique] = /^\/tcp\/([^/]+)(?:\/(.*))?$/.exec(url.pathname) ?? [];
    const { signal } = init as { signal: AbortSignal };
    const asked = {
      at: performance.now(),
      method: init.method ?? 'GET',
      path: technique ?? (key ? 'post' : 'key'),
      ack: Number(url.searchParams.get('ack')),
      body: typeof init.body === 'string' ? init.body : '',
      signal,
    };
    network.asked.push(asked);
    if (signal.aborted) throw new DOMException('aborted', 'AbortError');
    live++;
    let isOver = false;
    const over = (): void => {
      if (!isOver) live--;
      isOver = true;
    };
    signal.addEventListener('abort', over);
    const fault = network.fault(asked);
    if (fault === 'silent')
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
      );
    if (fault === 'down') {
      over();
      throw new TypeError('down');
    }
    if (typeof fault === 'object') {
      over();
      return new Response(fault.text ?? '', { status: fault.status });
    }
    const session = model.sessions.get(key);
    if (asked.path === 'key' || !session) over();
    if (asked.path === 'key') return new Response(model.begin());
    if (!session && technique === 'htmlfile')
      return new Response(
        '<html>\n <head>\n  <script src="../../static/HTMLFileClose.js"></script>\n </head>',
      );
    if (!session) return new Response('gone', { status: 404 });
    if (asked.method === 'POST') {
      over();
      session.post(asked.body, asked.ack);
      if (fault === 'unanswered') throw new TypeError('unanswered');
      return new Response('OK');
    }
    const name = technique as Technique;
    let status = 200;
    const stream = new ReadableStream<Uint8Array>({
      start(body) {
        bodies.add(body);
        const gone = (): void => {
          lost.add(body);
          bodies.delete(body);
        };
        signal.addEventListener('abort', () => {
          gone();
          try {
            body.error(new DOMException('aborted', 'AbortError'));
          } catch {
            // It has ended before.
          }
        });
        const write = (text: string): void => {
          if (!lost.has(body)) body.enqueue(new TextEncoder().encode(text));
        };
        const end = (): void => {
          over();
          bodies.delete(body);
          body.close();
        };
        try {
          session.listen(name, asked.ack, { write, end, isLost: () => lost.has(body) });
        } catch (error) {
          if (!HEADS[name].begin) status = 500;
          write(
            `<html><head><title>web.Server Traceback (most recent call last)</title></head><body>${String(error)}</body></html>`,
          );
          end();
        }
      },
    });
    return new Response(stream, { status, headers: { 'content-type': HEADS[name].type } });
  }
}

/** Streams take turns that no fake timer holds back. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
}
