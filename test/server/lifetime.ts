// How long a connection lives: whether it is closed, and who wants to know.

import type { ServerResponse } from 'node:http';

export interface Lifetime {
  readonly closed: boolean;
  /** Resolves after this many milliseconds, or earlier when the connection is closed. */
  pause(milliseconds: number): Promise<void>;
  /** Calls back once, at once when the connection is closed already. Returns what withdraws the wish. */
  whenClosed(callback: () => void): () => void;
  /** Resolves when `start` calls what it is given, or earlier when the connection is closed. A clean-up that `start` returns runs then. */
  until(start: (resolve: () => void) => (() => void) | void): Promise<void>;
}

export function lifetimeOf(response: ServerResponse): Lifetime {
  const watchers = new Set<() => void>(); // who wants to know of the close
  let closed = false;

  response.once('close', () => {
    closed = true;
    for (const callback of watchers) callback();
    watchers.clear();
  });

  return {
    get closed() {
      return closed;
    },
    pause: (milliseconds) =>
      until((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        return () => clearTimeout(timer);
      }),
    whenClosed,
    until,
  };

  function whenClosed(callback: () => void): () => void {
    if (closed) callback();
    else watchers.add(callback);
    return () => void watchers.delete(callback);
  }

  function until(start: (resolve: () => void) => (() => void) | void): Promise<void> {
    return new Promise((resolve) => {
      if (closed) return resolve();
      let cleanUp: (() => void) | void = undefined;
      const finish = () => {
        watchers.delete(finish);
        cleanUp?.();
        resolve();
      };
      watchers.add(finish);
      cleanUp = start(finish);
    });
  }
}
