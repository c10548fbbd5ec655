// One attempt's request, made from the options and the cursor.

import type { Format } from '../formats/format.ts';
import { EnckeError } from '../errors.ts';
import type { Asked, ResolvedOptions } from '../options.ts';
import type { Demand, Transport, TransportRequest } from '../transports/transport.ts';
import type { Cursor } from './cursor.ts';

/** What stays the same for every attempt. */
export interface Target {
  /** Absolute. */
  readonly url: string;
  readonly crossOrigin: boolean;
  readonly options: ResolvedOptions;
  readonly formats: readonly Format[];
  readonly fetch: typeof fetch;
  /** The event names that someone listens for, asked at each attempt. */
  readonly eventNames: () => readonly string[];
}

/** @throws EnckeError `invalid-option` when the URL cannot be resolved. */
export function resolveUrl(url: string | URL, base: string | undefined): URL {
  try {
    return new URL(url, base);
  } catch (cause) {
    throw new EnckeError('invalid-option', `"${String(url)}" is not a URL.`, { cause });
  }
}

/** What the options ask of a carrier. A function counts as what it may return. */
export function demandOf({ crossOrigin, options }: Target, once: boolean): Demand {
  const { method, headers, json, body, credentials } = options;
  return {
    method,
    headers: headers !== undefined || json !== undefined,
    body: json !== undefined ? 'any' : bodyKind(body),
    crossOrigin,
    credentials,
    once,
    ownFetch: options.fetch !== undefined,
  };
}

function bodyKind(body: ResolvedOptions['body']): Demand['body'] {
  if (body === undefined || body === null) return 'none';
  return body instanceof URLSearchParams || body instanceof FormData ? 'form' : 'any';
}

/** Asks the functions among the options, then puts the request together. */
export async function buildRequest(
  target: Target,
  transport: Transport,
  cursor: Cursor,
): Promise<TransportRequest> {
  const { options, crossOrigin } = target;
  const headers = new Headers(await ask(options.headers));
  const body = (await ask(options.body)) ?? null;
  const url = new URL(target.url);

  if (!headers.has('accept')) headers.set('accept', transport.accept ?? acceptOf(target));
  if (options.json !== undefined && !headers.has('content-type')) {
    headers.set('content-type', 'application/json');
  }
  // Across origins both headers would cause a preflight; most servers would refuse it.
  const headersAllowed = transport.sendsHeaders && !crossOrigin;
  if (cursor.id !== '') {
    if (headersAllowed) headers.set('last-event-id', utf8Bytes(cursor.id));
    else url.searchParams.set(options.lastEventIdParam, cursor.id);
  }
  if (headersAllowed && cursor.etag !== null && transport.rhythm !== 'stream') {
    headers.set('if-none-match', cursor.etag);
  }
  if (transport.namesItself && options.transportParam !== '') {
    url.searchParams.set(options.transportParam, transport.name);
  }
  return {
    url: url.href,
    method: options.method,
    headers,
    body: options.json === undefined ? body : JSON.stringify(options.json),
    credentials: options.credentials,
    fetch: target.fetch,
    callback: options.callback,
    events: target.eventNames(),
  };
}

async function ask<Value>(asked: Asked<Value> | undefined): Promise<Value | undefined> {
  return typeof asked === 'function' ? (asked as () => Value | Promise<Value>)() : asked;
}

/** Every format's media type, in the order of preference the client was given. */
function acceptOf({ options, formats }: Target): string {
  const asked = options.format ? [options.format] : formats;
  return asked
    .map(({ mediaTypes: [type = '*/*'] }, rank) => (rank === 0 ? type : `${type};q=${quality(rank)}`))
    .join(', ');
}

/** RFC 9110, section 12.4.2: a weight has at most three decimals. */
function quality(rank: number): string {
  return Math.max(0.1, 1 - rank / 10).toFixed(1);
}

/** [spec] The id is encoded as UTF-8; a header value takes one character per byte. */
function utf8Bytes(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}
