// Loops over messages, and what ends them.

import type { Message } from '../../../src/index.ts';
import { encke } from './encke.ts';

export interface Ended {
  /** Data of the messages that the loop was given. */
  readonly given: readonly unknown[];
  /** Name of what it threw; absent where it just ended. */
  readonly threw: string | undefined;
}

type Verb = 'subscribe' | 'request';
type Loop = AsyncIterable<Message> & { close(): void };

/** What ends a loop in the middle of messages that have come already. */
const ENDS = {
  close: (loop: Loop) => loop.close(),
  abort: (_: Loop, controller: AbortController) => controller.abort(),
  'abort for a reason': (_: Loop, controller: AbortController) => controller.abort(new RangeError('enough')),
};

/** Ends it when it has been given so many. */
export function endAfter(verb: Verb, url: string, end: keyof typeof ENDS, count: number): Promise<Ended> {
  const controller = new AbortController();
  const loop = open(verb, url, controller.signal);
  return taken(loop, (given) => {
    if (given === count) ENDS[end](loop, controller);
  });
}

/** Lets a signal end it that waits for so many milliseconds. */
export function timeOut(verb: Verb, url: string, milliseconds: number): Promise<Ended> {
  return taken(open(verb, url, AbortSignal.timeout(milliseconds)), () => undefined);
}

function open(verb: Verb, url: string, signal: AbortSignal): Loop {
  return verb === 'subscribe' ? encke.subscribe(url, { signal }) : encke.request(url, { signal });
}

async function taken(loop: Loop, eachTime: (given: number) => void): Promise<Ended> {
  const given: unknown[] = [];
  try {
    for await (const { data } of loop) eachTime(given.push(data));
    return { given, threw: undefined };
  } catch (error) {
    return { given, threw: (error as Error).name };
  }
}
