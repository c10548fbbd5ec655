// A sink held to the laws: opened once, nothing after the end, nothing after the stop.

import type { End, Sink, Stop } from './transport.ts';

/** What a carrier talks to instead of the sink it was given. */
export interface GuardedSink extends Sink {
  /** False from the end or the stop on; to be asked after every call, since a handler may stop. */
  isLive(): boolean;
  stop: Stop;
  /**
   * Runs `start` when the current code has ended, so that `open` returns first (law 1) and what is stopped
   * in the task that opened it never reaches the network. What `start` throws becomes the end.
   */
  begin(start: () => void, failed: (cause: unknown) => End): void;
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
  const ended = (end: End): void => void (finish() && sink.ended(end));
  return {
    isLive: () => live,
    stop: () => void finish(),
    begin(start, failed) {
      queueMicrotask(() => {
        try {
          if (live) start();
        } catch (cause) {
          ended(failed(cause));
        }
      });
    },
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
    ended,
  };
}
