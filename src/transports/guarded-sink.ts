// A sink held to the laws: opened once, nothing after the end, nothing after the stop.

import { EXCERPT_TIME, unreachable } from './refusal.ts';
import type { Sink, Stop, TransportRequest } from './transport.ts';

/** The part of a sink that a carrier of text needs. */
export type TextSink = Omit<Sink, 'message' | 'id' | 'retry'>;

/** What a carrier talks to instead of the sink it was given. */
export interface GuardedSink extends TextSink {
  /** False from the end or the stop on; to be asked after every call, since a handler may stop. */
  isLive(): boolean;
  stop: Stop;
  /**
   * Runs `start` when the current code has ended, so that `open` returns first (law 1) and what is stopped
   * in the task that opened it never reaches the network. What `start` throws is a failure to connect.
   */
  begin(start: () => void): void;
  /** The head is that of a refusal: `conclude` is called when its body has had its time. */
  refused(conclude: () => void): void;
}

/** `release` runs before the last call, or at the stop: it takes away what the carrier put up. */
export function guardSink({ url }: TransportRequest, sink: TextSink, release: Stop): GuardedSink {
  let live = true;
  let open = false;
  let timer: ReturnType<typeof setTimeout> | undefined; // the time for the body of a refusal
  const guarded: GuardedSink = {
    isLive: () => live,
    stop() {
      live = false;
      clearTimeout(timer);
      release();
    },
    begin(start) {
      queueMicrotask(() => {
        try {
          if (live) start();
        } catch (cause) {
          guarded.ended(unreachable(url, cause));
        }
      });
    },
    refused(conclude) {
      guarded.alive();
      if (live) timer = setTimeout(conclude, EXCERPT_TIME);
    },
    opened(head) {
      if (live && !open) sink.opened(head);
      open = true;
    },
    text(chunk) {
      if (live) sink.text(chunk);
    },
    ready: () => (live ? sink.ready() : undefined),
    alive() {
      if (live) sink.alive();
    },
    problem(error) {
      if (live) sink.problem(error);
    },
    ended(end) {
      if (!live) return;
      guarded.stop();
      sink.ended(end);
    },
  };
  return guarded;
}
