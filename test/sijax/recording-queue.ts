// A command queue that carries out nothing, and shows what it was given.

import type { CommandQueue } from '../../src/commands/command.ts';

export interface RecordingQueue extends CommandQueue {
  /** The lists, in the order in which they came. */
  readonly lists: unknown[];
}

/** @param done when everything pushed counts as carried out */
export function recordingQueue(done: Promise<void> = Promise.resolve()): RecordingQueue {
  const lists: unknown[] = [];
  return {
    lists,
    size: 0,
    done,
    push: (commands) => lists.push(commands),
    pause() {},
    resume() {},
    flush() {},
    clear() {},
    ready: () => undefined,
  };
}
