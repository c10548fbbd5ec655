// Channels: what was published, kept for replay, and who listens.

import type { Outgoing } from './writers.ts';

/** Messages kept per channel. */
const LOG_SIZE = 10_000;

/** The cursor that stands before everything. Published ids count up from 1. */
export const BEFORE_ALL = '0';

export interface Entry extends Outgoing {
  readonly id: string;
}

export interface Channel {
  /** Id of the newest message, `BEFORE_ALL` while there is none. */
  readonly newest: string;
  publish(message: { event?: string; data: unknown; id?: string }): Entry;
  /** What came after this id. All that is kept where the id is unknown, or has fallen out: twice is better than never. */
  after(cursor: string): readonly Entry[];
  listen(listener: (entry: Entry) => void): () => void;
}

/** Gives the channel of a name, making it at first use. */
export function createChannels(): (name: string) => Channel {
  const channels = new Map<string, Channel>();
  return (name) => {
    const channel = channels.get(name) ?? createChannel();
    channels.set(name, channel);
    return channel;
  };
}

function createChannel(): Channel {
  const log: Entry[] = [];
  const listeners = new Set<(entry: Entry) => void>();
  let published = 0; // messages since the start

  return {
    get newest() {
      return log.at(-1)?.id ?? BEFORE_ALL;
    },
    publish(message) {
      published += 1;
      const entry: Entry = { ...message, id: message.id ?? String(published) };
      log.push(entry);
      if (log.length > LOG_SIZE) log.shift();
      for (const listener of [...listeners]) listener(entry);
      return entry;
    },
    after(cursor) {
      return log.slice(log.map(({ id }) => id).lastIndexOf(cursor) + 1);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
