// A channel of a hub, read by one technique after the other.

import type { SubscribeOptions } from '../../../src/index.ts';
import { encke } from './encke.ts';

export type TechniqueName = 'eventSource' | 'fetchStream' | 'longPoll' | 'poll' | 'xhrStream';

export interface Legs {
  readonly techniques: readonly TechniqueName[];
  /** Messages until the next technique's turn. */
  readonly each: number;
  readonly total: number;
  readonly options: SubscribeOptions;
  /** A convention that is a value. @defaultValue that of the options */
  readonly convention?: 'durableStreams';
}

/** Each technique goes on after the last event id of the one before. Gives the data of all messages, in order. */
export async function through(
  url: string,
  { techniques, each, total, options, convention }: Legs,
): Promise<unknown[]> {
  const all: unknown[] = [];
  let lastEventId = '';
  for (let leg = 0; all.length < total; leg++) {
    const technique = techniques[leg % techniques.length] ?? 'fetchStream';
    const end = Math.min(all.length + each, total);
    const connection = encke.subscribe(url, {
      ...options,
      ...(convention && { cursor: encke[convention] }),
      lastEventId,
      share: false,
      transports: [encke[technique]],
      onMessage({ data }) {
        all.push(data);
        // An answer may bring more: whoever leaves in the midst of it would ask for all of it again.
        if (all.length === end) queueMicrotask(() => connection.close());
      },
    });
    await connection.closed;
    lastEventId = connection.lastEventId;
  }
  return all;
}
