// Everything one opened transport tells its sink, in order, and waiting for it.

import type { EnckeError } from '../../src/ground/errors.ts';
import type { Message } from '../../src/ground/message.ts';
import type { End, Head, Sink, Stop, Transport, TransportRequest } from '../../src/transports/transport.ts';

/** One call of the sink. */
export type Call =
  | { readonly name: 'opened'; readonly head: Head }
  | { readonly name: 'text'; readonly text: string }
  | { readonly name: 'alive' }
  | { readonly name: 'message'; readonly message: Message }
  | { readonly name: 'id'; readonly id: string }
  | { readonly name: 'retry'; readonly milliseconds: number }
  | { readonly name: 'problem'; readonly error: EnckeError }
  | { readonly name: 'ended'; readonly end: End };

export interface Recording {
  readonly calls: readonly Call[];
  /** How many calls had come when `open` returned. */
  readonly callsInOpen: number;
  readonly end: End | undefined;
  readonly text: string;
  readonly messages: readonly Message[];
  readonly problems: readonly EnckeError[];
  stop: Stop;
  /** Resolves as soon as this is true; looks at once and after every call. */
  until(what: string, isTrue: () => boolean): Promise<void>;
  ended(): Promise<End>;
}

/** Longest wait for anything a server on this machine was told to do, in milliseconds. */
const PATIENCE = 8_000;

/** `onCall` may stop from within, `ready` may hold the carrier back. */
export function record(
  transport: Transport,
  request: TransportRequest,
  onCall: (call: Call, stop: Stop) => void = () => undefined,
  ready: Sink['ready'] = () => undefined,
): Recording {
  const calls: Call[] = [];
  const waiting = new Set<() => void>();
  const note = (call: Call): void => {
    calls.push(call);
    onCall(call, () => recording.stop());
    for (const look of [...waiting]) look();
  };
  const sink: Sink = {
    opened: (head) => note({ name: 'opened', head }),
    text: (text) => note({ name: 'text', text }),
    ready,
    alive: () => note({ name: 'alive' }),
    message: (message) => note({ name: 'message', message }),
    id: (id) => note({ name: 'id', id }),
    retry: (milliseconds) => note({ name: 'retry', milliseconds }),
    problem: (error) => note({ name: 'problem', error }),
    ended: (end) => note({ name: 'ended', end }),
  };
  const recording: Recording & { callsInOpen: number } = {
    calls,
    callsInOpen: -1,
    get end() {
      return select(calls, 'ended').at(-1)?.end;
    },
    get text() {
      return select(calls, 'text')
        .map(({ text }) => text)
        .join('');
    },
    get messages() {
      return select(calls, 'message').map(({ message }) => message);
    },
    get problems() {
      return select(calls, 'problem').map(({ error }) => error);
    },
    stop: () => {
      throw new Error('The sink was called before open returned.');
    },
    until: (what, isTrue) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`Waited in vain for ${what}; so far: ${describeCalls(calls)}`));
        }, PATIENCE);
        const look = (): void => {
          if (!isTrue()) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    async ended() {
      await recording.until('the end', () => recording.end !== undefined);
      return recording.end as End;
    },
  };
  recording.stop = transport.open(request, sink);
  recording.callsInOpen = calls.length;
  return recording;
}

export function select<Name extends Call['name']>(
  calls: readonly Call[],
  name: Name,
): Extract<Call, { name: Name }>[] {
  return calls.filter((call): call is Extract<Call, { name: Name }> => call.name === name);
}

/** For the message of a failure: the last calls, cut short. */
export function describeCalls(calls: readonly Call[]): string {
  if (calls.length === 0) return 'nothing';
  return calls
    .slice(-6)
    .map((call) => JSON.stringify(call, withoutErrors).slice(0, 200))
    .join(' ');
}

function withoutErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.message : value;
}
