// The page's side of the reconnect bench: each client behind one function, and what became of the events it was sent.

import { subscribe } from '../../src/index.ts';
import type { ReconnectClientName } from './reconnect.ts';

/** Opens the stream, hands on each event, and returns what closes it. */
type Client = (url: string, receive: (id: string, data: string) => void) => () => void;

/** What is not in the main package, given by whoever bundles this file. */
export interface Peers {
  fetchEventSource(
    url: string,
    options: {
      signal: AbortSignal;
      openWhenHidden: boolean;
      onmessage(message: { id: string; data: string }): void;
      onclose(): void;
    },
  ): Promise<void>;
  EventSourcePolyfill: new (url: string) => EventSource;
}

/** What became of a list that was cut again and again. */
export interface CutFacts {
  /** Milliseconds from each cut to the next event. */
  readonly gaps: number[];
  readonly lost: number;
  readonly doubled: number;
  /** Events with another text than was sent, or that nobody sent. */
  readonly wrong: number;
}

export interface ReconnectBench {
  /** Ends with the last event, or when nothing has come for long. */
  measureCuts(name: ReconnectClientName, url: string, events: number): Promise<CutFacts>;
  /** Milliseconds from the call to the first event; `null` where none comes within the limit. */
  measureFirst(name: ReconnectClientName, url: string, limit: number): Promise<number | null>;
}

/** Milliseconds without an event after which none is expected. */
const PATIENCE = 10_000;

export function makeReconnectBench(peers: Peers): ReconnectBench {
  const clients = clientsWith(peers);
  return {
    measureCuts: (name, url, events) => measureCuts(clients[name], url, events),
    measureFirst: (name, url, limit) => measureFirst(clients[name], url, limit),
  };
}

const clientsWith = ({
  fetchEventSource,
  EventSourcePolyfill,
}: Peers): Record<ReconnectClientName, Client> => ({
  'native EventSource': (url, receive) => listenTo(new EventSource(url), receive),
  encke(url, receive) {
    const subscription = subscribe(url, {
      onMessage({ id, event, data }) {
        if (event === 'message') receive(id, String(data));
      },
    });
    return () => subscription.close();
  },
  'fetch-event-source'(url, receive) {
    const controller = new AbortController();
    void fetchEventSource(url, {
      signal: controller.signal,
      openWhenHidden: true,
      onmessage: ({ id, data }) => receive(id, data),
      // By default a stream that ended is over; whoever wants the next one has to throw.
      onclose() {
        throw new Error('The stream ended.');
      },
    });
    return () => controller.abort();
  },
  'event-source-polyfill': (url, receive) => listenTo(new EventSourcePolyfill(url), receive),
});

function listenTo(source: EventSource, receive: (id: string, data: string) => void): () => void {
  source.onmessage = ({ lastEventId, data }) => receive(lastEventId, String(data));
  return () => source.close();
}

function measureCuts(client: Client, url: string, events: number): Promise<CutFacts> {
  const seen = new Set<string>();
  const gaps: number[] = [];
  let doubled = 0;
  let wrong = 0;
  let lastAt: number | undefined;

  return new Promise((resolve) => {
    const stop = client(url, (id, data) => {
      const now = performance.now();
      const [text, paused] = data.split('\n');
      if (text !== `event number ${id}`) {
        wrong++;
        return;
      }
      if (paused !== undefined && lastAt !== undefined) gaps.push(now - lastAt - Number(paused));
      if (seen.has(id)) doubled++;
      seen.add(id);
      lastAt = now;
      clearTimeout(timer);
      if (id === String(events)) finish();
      else timer = setTimeout(finish, PATIENCE);
    });
    let timer = setTimeout(finish, PATIENCE);

    function finish(): void {
      stop();
      resolve({ gaps, lost: events - seen.size, doubled, wrong });
    }
  });
}

function measureFirst(client: Client, url: string, limit: number): Promise<number | null> {
  return new Promise((resolve) => {
    const began = performance.now();
    const timer = setTimeout(finish, limit, null);
    const stop = client(url, () => finish(performance.now() - began));

    function finish(took: number | null): void {
      clearTimeout(timer);
      stop();
      resolve(took);
    }
  });
}
