// Readers of one stream of events "NUMBER SECONDS", each by its own means, and all that each of them gets.

import { EventSource as EnckeEventSource } from '../../../src/compat/event-source/event-source.ts';
import type { SubscribeOptions, TransportChange } from '../../../src/index.ts';
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

/** The browser's own class, or encke's. */
export function source(url: string, whose: 'native' | 'encke'): number {
  const { reader, came } = begin();
  const source = whose === 'native' ? new EventSource(url) : new EnckeEventSource(url);
  source.onmessage = ({ data }: { readonly data: unknown }) => came(data);
  return reader;
}

export function subscription(url: string, options: SubscribeOptions): number {
  const { reader, record, came } = begin();
  encke.subscribe(url, {
    share: false,
    ...options,
    onMessage: ({ data }) => came(data),
    onTransport: (change) => void record.transports.push(change),
    onError: ({ code }) => void record.errors.push(code),
  });
  return reader;
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
