// One call of a Sijax backend: how each kind goes out, and how its answer comes in.

import { createClient } from '../../client.ts';
import { EnckeError } from '../../ground/errors.ts';
import type { ConnectionOptions } from '../../options.ts';
import { exchange } from '../../parts/exchange.ts';
import { loops } from '../../parts/loops.ts';
import { truncated } from '../../parts/truncated.ts';
import { browserEnvironment } from '../../session/environment.ts';
import { fetchStream, htmlFile, iframe, xhrStream } from '../../transports/index.ts';
import { askFields, askHeaders, type Entries } from './asked-fields.ts';
import type { CallOptions, SijaxCall, SijaxEvents } from './sijax-options.ts';
import { ACCEPT, PROCESS_COMMANDS, PROCESS_RESPONSE, sijaxFormat } from '../wire/sijax-wire.ts';

/** One call, but for its options. */
export interface Post {
  readonly url: string | URL;
  readonly form: URLSearchParams | FormData;
  /** Those of Sijax. */
  readonly fields: Entries;
  /** Whether it leads to an origin that nobody has named. */
  readonly isRefused?: boolean;
  /** What this kind of call does in its own way. */
  readonly manner: Manner;
}

type Manner = Omit<ConnectionOptions<SijaxEvents>, 'cursor'>;

/** A whole answer may be one list, of any amount of HTML. */
const MAX_MESSAGE_SIZE = 16_777_216;

const client = /* @__PURE__ */ createClient({
  transports: [],
  formats: [sijaxFormat],
  parts: [exchange, loops, truncated],
});

/** A call whose answer comes as a whole. */
export function plainManner(url: string | URL): Manner {
  return { transports: [fetchStream, xhrStream], headers: () => ajaxHeaders(url) };
}

/** No header, no word in the URL: an iframe can carry the same. */
export const COMET: Manner = {
  transports: [fetchStream, xhrStream, htmlFile, iframe],
  callback: PROCESS_COMMANDS,
  transportParam: '',
  allowTruncated: true,
};

/**
 * Where progress is to be told, fetch leaves it to XHR. Not otherwise: of a response that breaks off, as those of Python
 * do, XHR in Firefox (153) never shows what came in the last 50 ms.
 */
export const UPLOAD: Manner = {
  ...COMET,
  transports: [fetchStream, xhrStream, iframe],
  // Of Python's answers, and of PHP's.
  callback: [PROCESS_COMMANDS, PROCESS_RESPONSE],
};

/**
 * Sends it, once. What stands in several of the options is taken from the last, but headers, params and signals add up.
 *
 * @throws EnckeError `invalid-option`, `no-transport`
 */
export function send(post: Post, ...all: readonly CallOptions[]): SijaxCall {
  const { url, form, fields, manner, isRefused = false } = post;
  // A stranger is given nothing, and nobody is asked for a token in vain.
  const given = isRefused
    ? all.map((options) => ({ ...options, headers: undefined, params: undefined }))
    : all;
  const headers = [manner.headers, ...given.map((options) => options.headers)].filter(isGiven);
  const signals = given.map((options) => options.signal).filter(isGiven);
  const params = askFields(
    Object.fromEntries(given.flatMap((options) => Object.entries(options.params ?? {}))),
  );
  return client.request<SijaxEvents['message'], SijaxEvents>(url, {
    maxMessageSize: MAX_MESSAGE_SIZE,
    ...merge([manner, ...given]),
    method: 'POST',
    format: sijaxFormat,
    body: isRefused ? () => Promise.reject(refusal(url)) : bodyOf(form, params, fields),
    ...(headers.length > 0 && { headers: () => askHeaders(headers) }),
    ...(signals.length > 1 && { signal: AbortSignal.any(signals) }),
  });
}

/** An option given as `undefined` is an option not given. `params` are no option of a request: they are in its body. */
function merge(sources: readonly object[]): Manner {
  const isOption = ([name, value]: readonly [string, unknown]): boolean =>
    value !== undefined && name !== 'params';
  return Object.fromEntries(sources.flatMap(Object.entries).filter(isOption));
}

function refusal(url: string | URL): EnckeError {
  const sentence = `The form goes to ${String(url)}: name its origin in trustedOrigins, if its commands may be carried out.`;
  return new EnckeError('invalid-option', sentence);
}

/** The form with everything in it, or a function that gives it where some of that is still to come. */
function bodyOf(
  form: Post['form'],
  params: Entries | Promise<Entries>,
  fields: Entries,
): NonNullable<Manner['body']> {
  if ('then' in params) {
    // Where the call is closed at once, nobody hears of a token that could not be had.
    params.catch(() => undefined);
    return async () => fill(await params);
  }
  return fill(params);

  /** The fields of Sijax come last: without them a server takes the call for a visit to the page. */
  function fill(entries: Entries): Post['form'] {
    for (const [name, value] of [...entries, ...fields]) form.set(name, value);
    return form;
  }
}

/** Across origins the second one would cause a preflight; jQuery does not send it there either. */
function ajaxHeaders(url: string | URL): HeadersInit {
  const { origin } = new URL(url, browserEnvironment.baseUrl());
  const isOwn = origin === browserEnvironment.origin();
  return { accept: ACCEPT, ...(isOwn && { 'x-requested-with': 'XMLHttpRequest' }) };
}

function isGiven<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}
