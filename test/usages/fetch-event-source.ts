// A program that was written for @microsoft/fetch-event-source.

import {
  EventStreamContentType,
  fetchEventSource,
  type EventSourceMessage,
  type FetchEventSourceInit,
} from 'encke/fetch-event-source';

class RetriableError extends Error {}
class FatalError extends Error {}

const init: FetchEventSourceInit = {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ prompt: 'Why do comets return?' }),
  openWhenHidden: true,
  async onopen(response) {
    if (response.ok && response.headers.get('content-type') === EventStreamContentType) return;
    throw response.status === 429 ? new RetriableError() : new FatalError();
  },
  onmessage({ event, data }: EventSourceMessage) {
    if (event === 'FatalError') throw new FatalError(data);
  },
  onclose() {
    throw new RetriableError();
  },
  onerror(error) {
    if (error instanceof FatalError || error.name === 'AbortError') throw error;
  },
};

export async function ask(signal: AbortSignal): Promise<void> {
  await fetchEventSource('/llm', { ...init, signal, credentials: 'include', fetch: window.fetch });
  await fetchEventSource(new URL('/llm', location.href), { reconnect: false });
}
