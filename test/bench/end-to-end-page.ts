// The page's side of the end-to-end bench: one run of one client, measured where a user would feel it.

import type * as Encke from '../../src/index.ts';
import type { BURST, CLIENTS } from './end-to-end.ts';

type ClientName = (typeof CLIENTS)[number];

declare const encke: typeof Encke;

/** Opens the stream, hands each event's data on, and returns what closes it. */
type Client = (url: string, receive: (data: string) => void) => () => void;

/** eventsource-parser's entry point, given by whoever bundles this file (it is not in the main package). */
export type CreateParser = (callbacks: { onEvent(message: { data: string }): void }) => {
  feed(text: string): void;
};

const clientsWith = (createParser: CreateParser): Record<ClientName, Client> => ({
  'native EventSource': (url, receive) => {
    const source = new EventSource(url);
    source.onmessage = ({ data }) => {
      receive(String(data));
    };
    return () => {
      source.close();
    };
  },
  'bare fetch + eventsource-parser': (url, receive) => {
    const controller = new AbortController();
    void readBare(createParser, url, receive, controller.signal).catch(() => undefined);
    return () => {
      controller.abort();
    };
  },
  'encke, fetch streaming': (url, receive) => subscribeOver('fetchStream', url, receive),
  'encke, XHR streaming': (url, receive) => subscribeOver('xhrStream', url, receive),
  'encke, EventSource': (url, receive) => subscribeOver('eventSource', url, receive),
});

async function readBare(
  createParser: CreateParser,
  url: string,
  receive: (data: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const parser = createParser({
    onEvent({ data }) {
      receive(data);
    },
  });
  const response = await fetch(url, { signal, headers: { accept: 'text/event-stream' } });
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    parser.feed(decoder.decode(part.value, { stream: true }));
  }
}

function subscribeOver(
  transport: 'fetchStream' | 'xhrStream' | 'eventSource',
  url: string,
  receive: (data: string) => void,
): () => void {
  const subscription = encke.subscribe(url, {
    transports: [encke[transport]],
    onMessage({ data }) {
      receive(String(data));
    },
  });
  return () => {
    subscription.close();
  };
}

export interface Burst {
  /** From the call to the last event, in milliseconds. */
  readonly milliseconds: number;
  /** Tasks over 50 ms meanwhile. */
  readonly longTasks: number;
  /** The longest of them, in milliseconds; 0 where there is none. */
  readonly longestTask: number;
}

export interface Bench {
  /** The first burst of a page: no code has run before. */
  measureFirst(name: ClientName, events: number): Promise<Burst>;
  /** Several bursts one after the other; those of the warm-up are not counted. */
  measureBursts(name: ClientName, burst: typeof BURST): Promise<Burst[]>;
  /** Milliseconds from the server's write to the handler, one for each event. */
  measureLatency(name: ClientName, events: number): Promise<number[]>;
}

export function makeBench(createParser: CreateParser): Bench {
  const clients = clientsWith(createParser);
  return {
    measureFirst: (name, events) => measureBurst(clients[name], events),
    measureBursts: (name, burst) => measureBursts(clients[name], burst),
    measureLatency: (name, events) => measureLatency(clients[name], events),
  };
}

async function measureBursts(client: Client, burst: typeof BURST): Promise<Burst[]> {
  const measured: Burst[] = [];
  for (let n = -burst.warmUp; n < burst.repeats; n++) {
    const result = await measureBurst(client, burst.events);
    if (n >= 0) measured.push(result);
  }
  return measured;
}

async function measureBurst(client: Client, events: number): Promise<Burst> {
  // Lets the browser clear away what the run before left behind.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => {
    tasks.push(...list.getEntries().map(({ duration }) => duration));
  });
  observer.observe({ type: 'longtask' });
  const begin = performance.now();
  await receiveAll(client, '/burst', events, () => undefined);
  const milliseconds = performance.now() - begin;
  // Long tasks are told of a little later.
  await new Promise((resolve) => setTimeout(resolve, 100));
  observer.disconnect();
  return { milliseconds, longTasks: tasks.length, longestTask: Math.max(0, ...tasks) };
}

async function measureLatency(client: Client, events: number): Promise<number[]> {
  const latencies: number[] = [];
  await receiveAll(client, '/ticks', events, (data) => {
    latencies.push(performance.timeOrigin + performance.now() - Number(data));
  });
  return latencies;
}

async function receiveAll(
  client: Client,
  url: string,
  events: number,
  each: (data: string) => void,
): Promise<void> {
  let received = 0;
  let close: (() => void) | undefined;
  await new Promise<void>((resolve) => {
    close = client(url, (data) => {
      each(data);
      if (++received === events) resolve();
    });
  });
  close?.();
}
