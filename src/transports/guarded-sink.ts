// A sink held to the laws: opened once, nothing after the end, nothing after the stop.

import type { Sink, Stop } from './transport.ts';

/** What a carrier talks to instead of the sink it was given. */
export interface GuardedSink extends Sink {
  /** False from the end or the stop on; to be asked after every call, since a handler may stop. */
  isLive(): boolean;
  stop: Stop;
}

/** `release` runs once, before the last call or at the stop: it takes away what the carrier put up. */
export function guardSink(sink: Sink, release: () => void): GuardedSink {
  let live = true;
  let open = false;
  const finish = (): boolean => {
    const first = live;
    live = false;
    if (first) release();
    return first;
  };
  return {
    isLive: () => live,
    stop: () => void finish(),
    opened(head) {
      if (!live || open) return;
      open = true;
      sink.opened(head);
    },
    text: (chunk) => void (live && sink.text(chunk)),
    alive: () => void (live && sink.alive()),
    message: (message) => void (live && sink.message(message)),
    id: (id) => void (live && sink.id(id)),
    retry: (milliseconds) => void (live && sink.retry(milliseconds)),
    problem: (error) => void (live && sink.problem(error)),
    ended: (end) => void (finish() && sink.ended(end)),
  };
}
