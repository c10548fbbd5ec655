// One request and the wire its answer goes out on: what every endpoint is given.

import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Wire } from './wire.ts';

export interface ReceivedRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case, values read as UTF-8 (Node reads them as Latin-1, which garbles an id such as `✓`). */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body as it came. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Exchange {
  readonly request: ReceivedRequest;
  readonly wire: Wire;
}

export type Endpoint = (exchange: Exchange) => void | Promise<void>;

/**
 * Reads the whole request. Rejects when the client goes away before it is complete.
 * Query: intake (bytes a second at which the body is read, as over a slow link; default as fast as it comes).
 */
export async function receive(incoming: IncomingMessage, origin: string): Promise<ReceivedRequest> {
  const url = new URL(incoming.url ?? '/', origin);
  const bytes = await readBytes(incoming, queryNumber(url, 'intake') || Infinity);
  return {
    method: incoming.method ?? 'GET',
    url,
    headers: readHeaders(incoming),
    body: bytes.toString('utf8'),
    bytes,
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

async function readBytes(incoming: IncomingMessage, intake: number): Promise<Buffer<ArrayBuffer>> {
  const start = Date.now();
  const chunks: Buffer[] = [];
  let read = 0; // bytes
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    read += chunk.length;
    // Below a millisecond timers are late by more than the wait.
    const early = start + (1000 * read) / intake - Date.now();
    if (early > 1) await wait(early);
  }
  return Buffer.concat(chunks);
}

function readHeaders(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
    headers[name] = Buffer.from(text, 'latin1').toString('utf8');
  }
  return headers;
}
