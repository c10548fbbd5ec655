// What a probe asks for, made from its options.

import { EnckeError } from '../ground/errors.ts';
import { refuseUnknown, type OptionNames } from '../ground/option-names.ts';
import type { RequestBody } from '../options.ts';
import { isJson } from '../ground/request-body.ts';
import type { Environment } from '../session/environment.ts';
import { acceptedTypes } from './reading.ts';

/** Options of `probe`. */
export interface ProbeOptions {
  /** HTTP method. @defaultValue `'GET'`, or `'POST'` if there is a body */
  method?: string | undefined;
  /** Request headers. @defaultValue none */
  headers?: HeadersInit | undefined;
  /** Request body. A plain object or an array is sent as JSON. @defaultValue none */
  body?: RequestBody | undefined;
  /** As in `fetch`. @defaultValue `'same-origin'` */
  credentials?: RequestCredentials | undefined;
  /** Ends the probe when it is aborted. The promise then rejects with the reason. @defaultValue none */
  signal?: AbortSignal | undefined;
  /** A `fetch` of your own. @defaultValue the global `fetch` */
  fetch?: typeof fetch | undefined;
  /** Longest time to listen, in milliseconds. Above 0, and finite. @defaultValue 10_000 */
  duration?: number | undefined;
  /** Called with one line at the beginning and with the text of the report at the end, for example `console.log`. @defaultValue nothing is printed */
  print?: ((text: string) => void) | undefined;
}

export interface ProbeRequest {
  /** Absolute. */
  readonly url: string;
  readonly init: RequestInit & { readonly method: string; readonly headers: Headers };
  readonly fetch: typeof fetch;
  /** The names of the caller's own headers, lower case. */
  readonly ownHeaders: readonly string[];
  readonly credentials: RequestCredentials;
  /** The one media type that this URL's technique takes; absent: whatever the formats read. */
  readonly asked: string | undefined;
  readonly origin: string | undefined;
  readonly crossOrigin: boolean;
}

/** What techniques ask for that name themselves in a URL. */
const ANSWERS: Readonly<Record<string, string | undefined>> = {
  htmlfile: 'text/html',
  iframe: 'text/html',
  'long-poll': 'application/json',
  poll: 'application/json',
};

const TECHNIQUE = /[?&]transport=([a-z-]*)/;

const OPTIONS: OptionNames<ProbeOptions> = {
  method: 0,
  headers: 0,
  body: 0,
  credentials: 0,
  signal: 0,
  fetch: 0,
  duration: 0,
  print: 0,
};

/** @throws EnckeError `invalid-option` */
export function buildProbeRequest(
  url: string | URL,
  options: ProbeOptions,
  environment: Environment,
): ProbeRequest {
  refuseUnknown('probe', options, OPTIONS);
  const { body, credentials = 'same-origin', fetch = environment.fetch } = options;
  const { method = body === undefined ? 'GET' : 'POST' } = options;
  const origin = environment.origin();
  try {
    const target = new URL(url, environment.baseUrl());
    target.hash = '';
    if (!/^https?:$/.test(target.protocol)) throw new TypeError(`${target.protocol} is not http: or https:.`);
    const headers = new Headers(options.headers);
    const ownHeaders = [...headers.keys()];
    if (isJson(body) && !headers.has('content-type')) headers.set('content-type', 'application/json');
    const asked = ANSWERS[TECHNIQUE.exec(target.search)?.[1] ?? ''];
    if (!headers.has('accept')) headers.set('accept', asked ?? acceptedTypes());
    const init = { method: method.toUpperCase(), headers, credentials, body: bodyOf(body) };
    // Throws for whatever `fetch` would refuse to send.
    void new Request(target, init);
    return {
      url: target.href,
      init,
      fetch,
      ownHeaders,
      credentials,
      asked,
      origin,
      crossOrigin: origin !== undefined && origin !== target.origin,
    };
  } catch (cause) {
    throw new EnckeError('invalid-option', `This cannot be asked for: ${String(cause)}`, { cause });
  }
}

/** The same as a long poll; `undefined` where asking twice might do something twice, or the URL names a technique. */
export function asLongPoll(request: ProbeRequest): ProbeRequest | undefined {
  const { url, init, ownHeaders } = request;
  if (init.method !== 'GET' || TECHNIQUE.test(url)) return undefined;
  const headers = new Headers(init.headers);
  if (!ownHeaders.includes('accept')) headers.set('accept', 'application/json');
  // As text: writing the search anew could break a signed URL.
  return {
    ...request,
    url: `${url}${url.includes('?') ? '&' : '?'}transport=long-poll`,
    init: { ...init, headers },
  };
}

/** The root of the same host, to see whether that answers at all. */
export function asRoot(request: ProbeRequest): ProbeRequest {
  const { url, credentials, crossOrigin } = request;
  // What asks for no permission to read, nobody refuses; it has to follow redirects.
  const manner: RequestInit = crossOrigin ? { mode: 'no-cors' } : { redirect: 'manual' };
  const init = { ...manner, method: 'GET', headers: new Headers(), credentials };
  return { ...request, url: new URL('/', url).href, init };
}

function bodyOf(body: RequestBody | undefined): BodyInit | null {
  return isJson(body) ? JSON.stringify(body) : ((body ?? null) as BodyInit | null);
}
