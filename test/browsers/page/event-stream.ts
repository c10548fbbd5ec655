// One event stream, subscribed to by one carrier, and what came of it.

import { createClient } from '../../../src/all-parts.ts';
import { eventStream } from '../../../src/formats/event-stream.ts';
import { eventSource, fetchStream, xhrStream } from '../../../src/transports/index.ts';

const TRANSPORTS = [fetchStream, xhrStream, eventSource];

export interface Seen {
  /** `event|data|id` of each message. */
  readonly messages: string[];
  /** `messages`: it was open, and would connect again; `retry`: the same without a message; else how it was closed. */
  readonly end: string;
}

/** Lets it connect so many times. */
export function run(name: string, url: string, connections: number): Promise<Seen> {
  const transports = TRANSPORTS.filter((transport) => transport.name === name);
  const { subscribe } = createClient({ transports, formats: [eventStream] });
  const messages: string[] = [];
  return new Promise((resolve) => {
    let waits = 0;
    const subscription = subscribe(url, {
      share: false,
      retryDelay: 0,
      on: { tick: () => undefined },
      onMessage: ({ event, data, id }) => void messages.push([event, data, id].join('|')),
      onState({ state }) {
        if (state !== 'waiting' || ++waits < connections) return;
        subscription.close();
        resolve({ messages, end: messages.length > 0 ? 'messages' : 'retry' });
      },
    });
    void subscription.closed.then(({ reason }) => resolve({ messages, end: reason }));
  });
}
