// One attempt's request, made from the options and the cursor.

import { call } from '../ground/call.ts';
import { hasCredentials, resolveUrl } from '../ground/page-address.ts';
import { isJson, isStream, tagOf } from '../ground/request-body.ts';
import { EnckeError, inWords } from '../ground/errors.ts';
import type { Format } from '../formats/format.ts';
import type { Asked, ResolvedOptions } from '../options.ts';
import type { Demand, Transport, TransportRequest } from '../transports/transport.ts';
import { lastEventIdHeader, type CursorConvention } from './cursor-convention.ts';
import type { Cursor } from './cursor.ts';
import type { Environment } from './environment.ts';
import { formatsFor } from './pick-format.ts';

/** [spec: RFC 9110, section 5.5] No field value may hold them; some servers answer 400, and fetch throws for three of them. */
 
const CONTROLS = /[\0-\b\n-\x1f\x7f]/;

/** What stays the same for every attempt. */
export interface Target {
  /** Absolute. */
  readonly url: string;
  readonly origin: string;
  /** The URL without its query. */
  readonly resource: string;
  readonly crossOrigin: boolean;
  readonly options: ResolvedOptions;
  /** The body as JSON, as it was when the options were given: the caller may go on writing in it. */
  readonly json: string | undefined;
  readonly convention: CursorConvention;
  readonly formats: readonly Format[];
  readonly fetch: typeof fetch;
  /** Whether this is one exchange, never sent again. */
  readonly once: boolean;
}

/** Stands for the page's address on a server, where nothing is requested. */
const NOWHERE = 'https://localhost';

/** @throws EnckeError `invalid-option` */
export function targetOf(
  { environment, formats }: { readonly environment: Environment; readonly formats: readonly Format[] },
  given: string | URL,
  options: ResolvedOptions,
  once: boolean,
): Target {
  const url = resolveUrl(given, environment.baseUrl() ?? NOWHERE);
  const { cursor } = options;
  return {
    url: url.href,
    origin: url.origin,
    resource: url.origin + url.pathname,
    crossOrigin: url.origin !== environment.origin(),
    options,
    json: jsonOf(options.body),
    convention: typeof cursor === 'object' ? cursor : lastEventIdHeader,
    formats,
    fetch: options.fetch ?? environment.fetch,
    once,
  };
}

function jsonOf(body: unknown): string | undefined {
  try {
    return isJson(body) ? JSON.stringify(body) : undefined;
  } catch (cause) {
    throw notBuilt(cause);
  }
}

/** What the options ask of a carrier. A function counts as what it may return. */
export function demandOf({ url, crossOrigin, once, options }: Target): Demand {
  const { method, headers, body, credentials, fetch, onUploadProgress } = options;
  return {
    method,
    headers: headers !== undefined,
    body: demandedBody(body),
    crossOrigin,
    credentials,
    once,
    ownFetch: fetch !== undefined,
    uploadProgress: onUploadProgress !== undefined,
    urlCredentials: hasCredentials(url),
  };
}

function demandedBody(body: unknown): Demand['body'] {
  if (body === undefined || body === null) return 'none';
  if (isStream(body)) return 'stream';
  return /^(URLSearchParams|FormData)$/.test(tagOf(body)) ? 'form' : 'any';
}

/** A request, and what of it is the caller's. */
export interface BuiltRequest extends TransportRequest {
  /** Whether the caller has said what the answer may be: it is not for another technique to ask for something else. */
  readonly namesAccept: boolean;
}

/** Asks the functions among the options, then puts the request together. */
export async function buildRequest(
  target: Target,
  transport: Transport,
  cursor: Cursor,
  events: readonly string[],
): Promise<BuiltRequest> {
  const { options, convention, crossOrigin, fetch } = target;
  const { method, credentials, onUploadProgress } = options;
  const url = new URL(target.url);
  // At the same time: behind the first, the second might be asked when all is over.
  const [given, content] = await Promise.all([ask(options.headers), ask(options.body)]);
  const headers = new Headers(given);
  let body = content;

  // A function may give a stream, which was not known when the transport was chosen.
  const refusal = isStream(body) && transport.refuses({ ...demandOf(target), body: 'stream' });
  if (refusal) {
    throw new EnckeError('invalid-option', `The body is a stream: ${transport.name} ${refusal}.`);
  }
  if (isJson(body)) {
    body = target.json ?? JSON.stringify(body);
    setDefault('content-type', 'application/json');
  }
  const namesAccept = headers.has('accept');
  setDefault('accept', acceptOf(target, transport));
  // Across origins, also behind a redirect, these headers would cause a preflight, which most servers refuse.
  const sendsHeaders = transport.sendsHeaders && !crossOrigin && !cursor.inQuery;
  if (cursor.id) {
    if (sendsHeaders && !convention.queryOnly && !CONTROLS.test(cursor.id))
      headers.set('last-event-id', utf8Bytes(cursor.id));
    else setParam(url, options.lastEventIdParam ?? convention.param, cursor.id);
  }
  const isPoll = transport.rhythm === 'interval' && method === 'GET' && sendsHeaders;
  if (isPoll && cursor.etag && !convention.withoutEtag) headers.set('if-none-match', cursor.etag);
  if (transport.namesItself && options.transportParam) {
    setParam(url, options.transportParam, transport.name);
  }
  return {
    url: url.href,
    method,
    headers,
    body: (body ?? null) as TransportRequest['body'],
    credentials,
    lastEventId: cursor.id,
    fetch,
    onUploadProgress: onUploadProgress && ((progress) => call(onUploadProgress, progress)),
    callbacks: [options.callback].flat(),
    events,
    namesAccept,
  };

  function setDefault(name: string, value: string): void {
    if (!headers.has(name)) headers.set(name, value);
  }
}

/** A function among the options failed. */
export function notBuilt(cause: unknown): EnckeError {
  return new EnckeError('invalid-option', `The request cannot be built: ${inWords(cause)}`, { cause });
}

export async function ask<Value>(asked: Asked<Value> | undefined): Promise<Value | undefined> {
  return typeof asked === 'function' ? (asked as () => Value | Promise<Value>)() : asked;
}

function acceptOf({ options, formats }: Target, { accept }: Transport): string {
  if (!options.format && accept !== undefined) return accept;
  const asked = options.format ? [options.format] : formatsFor(formats, undefined);
  return asked.map(({ mediaTypes: [type] }) => type).join(', ');
}

/** As text, because `searchParams` would write the caller's part anew, and a signed URL would not be signed any more. */
export function setParam(url: URL, name: string, value: string): void {
  const start = `${percentEncoded(name)}=`;
  const others = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !pair.startsWith(start));
  url.search = [...others, start + percentEncoded(value)].join('&');
}

const LONE_SURROGATES = /\p{Surrogate}/gu;

/** As browsers encode text: half a character, which JSON can write, throws otherwise. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text.replace(LONE_SURROGATES, '\uFFFD'));
}

/**
 * [spec] The id is encoded as UTF-8; a header value takes one character per byte. Not by TextEncoder, which the jsdom of
 * Jest lacks.
 */
export function utf8Bytes(text: string): string {
  return percentDecoded(percentEncoded(text));
}

/** [spec: URL] As bytes, one character each. A `%` that no byte follows stands for itself, and bytes need not be UTF-8. */
export function percentDecoded(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, byte: string) => String.fromCharCode(parseInt(byte, 16)));
}
