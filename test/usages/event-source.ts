// An EventSource with headers, where the browser's own one was.

import {
  EventSource,
  type EventSourceErrorEvent,
  type EventSourceOpenEvent,
  type EventSourceOptions,
} from 'encke/event-source';

interface Price {
  readonly value: number;
}

export function follow(token: () => Promise<string>, signal: AbortSignal | undefined): () => void {
  const options: EventSourceOptions = {
    headers: async () => ({ Authorization: await token() }),
    method: 'POST',
    body: () => JSON.stringify({ topics: ['price'] }),
    withCredentials: undefined,
    resilient: true,
    signal,
  };
  const source = new EventSource(new URL('https://example.com/prices'), options);
  source.onopen = ({ status, headers }: EventSourceOpenEvent) => [status, headers?.get('x-node')];
  source.onmessage = ({ data }) => (JSON.parse(data as string) as Price).value;
  source.onerror = function ({ status, message }) {
    return [this.readyState === EventSource.CLOSED, status === 403, message];
  };
  source.addEventListener('price', ({ data, lastEventId }: MessageEvent<string>) => [data, lastEventId]);
  source.addEventListener('error', ({ status }: EventSourceErrorEvent) => status);
  source.addEventListener('open', { handleEvent: ({ type }: Event) => type });
  source.addEventListener('price', onPrice, { once: true });
  source.removeEventListener('price', onPrice);
  return () => source.close();
}

/** What asks for the DOM's type takes it. */
export const own: globalThis.EventSource = new EventSource('/events', { withCredentials: true });
own.onerror = (event: Event) => event.type;
const Class: new (url: string | URL, options?: EventSourceInit) => globalThis.EventSource = EventSource;
export const made = new Class('/events');
globalThis.EventSource = EventSource;

EventSource.defaults = { headers: { 'X-Page': '1' } };

// @ts-expect-error -- no such option
new EventSource('/events', { header: {} });
// @ts-expect-error -- a state is not to be written
own.readyState = 0;

function onPrice(event: MessageEvent<string>): void {
  event.data.trim();
}
