// One attempt's request, made from the options and the cursor.

import { hasCredentials, resolveUrl } from '../ground/page-address.ts';
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
    convention: typeof cursor === 'object' ? cursor : lastEventIdHeader,
    formats,
    fetch: options.fetch ?? environment.fetch,
    once,
  };
}

/** What the options ask of a carrier. */
export function demandOf({ url, crossOrigin, once, options }: Target): Demand {
  const { method, headers, credentials, fetch } = options;
  return {
    method,
    headers: headers !== undefined,
    body: 'none',
    crossOrigin,
    credentials,
    once,
    ownFetch: fetch !== undefined,
    uploadProgress: false,
    urlCredentials: hasCredentials(url),
  };
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
  const { method, credentials } = options;
  const url = new URL(target.url);
  const headers = new Headers(await ask(options.headers));
  const namesAccept = headers.has('accept');
  if (!namesAccept) headers.set('accept', acceptOf(target, transport));
  // Across origins, also behind a redirect, these headers would cause a preflight, which most servers refuse.
  const sendsHeaders = transport.sendsHeaders && !crossOrigin && !cursor.inQuery;
  if (cursor.id) {
    if (sendsHeaders && !convention.queryOnly && !CONTROLS.test(cursor.id))
      headers.set('last-event-id', utf8Bytes(cursor.id));
    else setParam(url, options.lastEventIdParam ?? convention.param, cursor.id);
  }
  if (method === 'GET' && sendsHeaders && !convention.withoutEtag) transport.polls?.ask?.(headers, cursor);
  if (transport.namesItself && options.transportParam) {
    setParam(url, options.transportParam, transport.name);
  }
  return {
    url: url.href,
    method,
    headers,
    body: null,
    credentials,
    lastEventId: cursor.id,
    fetch,
    callbacks: [options.callback].flat(),
    events,
    namesAccept,
  };
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
