// A probe in a world where time moves only when told, in front of a server that says what the test says.

import { probeIn } from '../../src/probe/probe-in.ts';
import type { ProbeOptions } from '../../src/probe/probe-request.ts';
import type { ProbeReport } from '../../src/probe/report.ts';
import { virtualEnvironment, type VirtualEnvironment } from '../../src/testing.ts';

/** What happens so many milliseconds after the request. */
export interface Moment {
  readonly at: number;
  /** Text of the body. */
  readonly send?: string;
  /** Ends the body, or breaks it off. */
  readonly end?: 'complete' | 'cut';
}

export interface Answer {
  readonly status?: number;
  /** @defaultValue those of an event stream that asks for nothing */
  readonly headers?: Record<string, string>;
  /** When the head comes. @defaultValue 20 */
  readonly headAt?: number;
  readonly body?: readonly Moment[];
}

export interface ScriptedServer {
  readonly stream?: Answer;
  /** To what names itself a long poll, which else is never answered. */
  readonly longPoll?: Answer;
  /** To the root of the host, which else is never answered. */
  readonly root?: Answer;
}

export interface Probed {
  readonly report: ProbeReport;
  /** What came to the server. */
  readonly requests: readonly Request[];
  readonly environment: VirtualEnvironment;
}

export const EVENT_STREAM = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };
const HEAD_AT = 20;
const DURATION = 10_000;
/** Longer than the probe takes to look around when it has listened. */
const ASIDE = 20_000;

/** Probes /events of such a server. */
export async function probeServer(server: ScriptedServer, options: ProbeOptions = {}): Promise<Probed> {
  const { environment, requests } = worldOf(server);
  const probing = probeIn(environment, '/events', options);
  await environment.advance((options.duration ?? DURATION) + ASIDE);
  return { report: await probing, requests, environment };
}

/** A world whose only server is this one. */
export function worldOf(server: ScriptedServer): Omit<Probed, 'report'> & { readonly requests: Request[] } {
  const requests: Request[] = [];
  const environment = virtualEnvironment({
    fetch(input, init) {
      const request = new Request(input, init);
      requests.push(request);
      return respond(environment, request, answerOf(server, new URL(request.url)));
    },
  });
  return { environment, requests };
}

/** One event with a number, as a block of an event stream. */
export function event(number: number): string {
  return `id: ${number}\ndata: {"n":${number}}\n\n`;
}

/** Events one after the other, as one text. */
export function events(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, index) => event(from + index)).join('');
}

function answerOf(
  { stream = {}, longPoll, root }: ScriptedServer,
  { pathname, search }: URL,
): Answer | undefined {
  if (pathname === '/') return root;
  return search.includes('transport=long-poll') ? longPoll : stream;
}

function respond(
  { setTimer }: VirtualEnvironment,
  { signal }: Request,
  answer: Answer | undefined,
): Promise<Response> {
  const stops: (() => void)[] = [];
  signal.addEventListener('abort', () => stops.forEach((stop) => stop()));
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
    if (!answer) return;
    const { status = 200, headers = EVENT_STREAM, headAt = HEAD_AT, body = [] } = answer;
    stops.push(
      setTimer(() => resolve(new Response(status === 204 ? null : streamed(), { status, headers })), headAt),
    );

    function streamed(): ReadableStream<Uint8Array> {
      return new ReadableStream({
        start(controller) {
          for (const { at, send = '', end } of body) {
            const say = (): void => {
              if (send !== '') controller.enqueue(new TextEncoder().encode(send));
              if (end === 'complete') controller.close();
              if (end === 'cut') controller.error(new TypeError('terminated'));
            };
            stops.push(setTimer(say, at - headAt));
          }
        },
      });
    }
  });
}
