// One request and the wire its answer goes out on: what every endpoint is given.

import type { IncomingMessage } from 'node:http';
import type { Wire } from './wire.ts';

export interface ReceivedRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case, values read as UTF-8 (Node reads them as Latin-1, which garbles an id such as `✓`). */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Exchange {
  readonly request: ReceivedRequest;
  readonly wire: Wire;
}

export type Endpoint = (exchange: Exchange) => void | Promise<void>;

/** Reads the whole request. Rejects when the client goes away before it is complete. */
export async function receive(incoming: IncomingMessage, origin: string): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', origin),
    headers: readHeaders(incoming),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** The value of a query parameter that is a whole number, or `undefined`. */
export function queryNumber(url: URL, name: string): number | undefined {
  const text = url.searchParams.get(name);
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** The last event id the client states: the header wins over the query; `''` and absence mean none. */
export function cursorOf(request: ReceivedRequest): string | undefined {
  const cursor = request.headers['last-event-id'] ?? request.url.searchParams.get('lastEventId');
  return cursor === null || cursor === '' ? undefined : cursor;
}

function readHeaders(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
    headers[name] = Buffer.from(text, 'latin1').toString('utf8');
  }
  return headers;
}
