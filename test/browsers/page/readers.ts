// Readers of what a server sends, each by its own means, and all that each of them gets; and pages in frames.

import { EventSource as EnckeEventSource } from '../../../src/compat/event-source/event-source.ts';
import type { Format, SubscribeOptions, Subscription, TransportChange } from '../../../src/index.ts';
import { encke } from './encke.ts';

export interface Read {
  readonly data: readonly unknown[];
  /** When each came, in milliseconds since the reader began. */
  readonly at: readonly number[];
  readonly transports: readonly TransportChange[];
  /** Codes. */
  readonly errors: readonly string[];
}

const readers: Read[] = [];
const subscriptions = new Map<number, Subscription>(); // by reader
const frames: HTMLIFrameElement[] = [];

/** The browser's own class, or encke's. */
export function source(url: string, whose: 'native' | 'encke'): number {
  const { reader, came } = begin();
  const source = whose === 'native' ? new EventSource(url) : new EnckeEventSource(url);
  source.onmessage = ({ data }: { readonly data: unknown }) => came(data);
  return reader;
}

export function subscription(url: string, options: SubscribeOptions): number {
  const { reader, record, came } = begin();
  const connection = encke.subscribe(url, {
    share: false,
    ...options,
    onMessage: ({ data }) => came(data),
    onTransport: (change) => void record.transports.push(change),
    onError: ({ code }) => void record.errors.push(code),
  });
  subscriptions.set(reader, connection);
  return reader;
}

/** Plain text, asked for by long polls: each answer is one message, and `None` is none. */
export function polls(url: string, options: SubscribeOptions): number {
  return subscription(url, { transports: [encke.longPoll], format: answers, ...options });
}

const answers: Format = {
  name: 'answers',
  mediaTypes: ['text/plain'],
  decoder(sink) {
    let answer = '';
    return {
      feed: (text) => void (answer += text),
      end() {
        if (answer !== 'None') sink.message({ event: 'message', data: answer, id: '' });
      },
    };
  },
};

/** Ends a subscription. */
export function close(number: number): void {
  subscriptions.get(number)?.close();
}

/** Opens a page in a frame. Gives its number. */
export function open(url: string): number {
  const frame = document.createElement('iframe');
  frame.src = url;
  document.body.append(frame);
  return frames.push(frame) - 1;
}

/** The lines of such a page. */
export function linesOf(number: number): string[] {
  return (frames[number]?.contentDocument?.body.innerText ?? '').split('\n');
}

/** Opens a page in a frame: what it prints counts as what it gets. */
export function printed(url: string): number {
  const frame = document.createElement('iframe');
  const { reader, came } = begin();
  frame.onload = () => {
    const { console } = frame.contentWindow as Window & { readonly console: Console };
    console.log = came;
  };
  frame.src = url;
  document.body.append(frame);
  return reader;
}

export function read(number: number): Read {
  const found = readers[number];
  if (!found) throw new Error(`Nobody reads as ${number}.`);
  return found;
}

function begin() {
  const began = performance.now();
  const record = {
    data: [] as unknown[],
    at: [] as number[],
    transports: [] as TransportChange[],
    errors: [] as string[],
  };
  const came = (data: unknown): void => {
    record.data.push(data);
    record.at.push(Math.round(performance.now() - began));
  };
  return { reader: readers.push(record) - 1, record, came };
}
