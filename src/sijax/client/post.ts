// What goes out by a call: how each kind does it, and what the app and the call add.

import { EnckeError } from '../../ground/errors.ts';
import { call } from '../../ground/call.ts';
import { nothing } from '../../ground/nothing.ts';
import { hasCredentials, pageOrigin } from '../../ground/page-address.ts';
import { fetchStream } from '../../transports/fetch-stream.ts';
import type { Demand, Transport, TransportRequest } from '../../transports/transport.ts';
import { absoluteUrl } from '../wire/own-url.ts';
import { postRequest } from '../wire/post-request.ts';
import { ajaxHeaders, PROCESS_COMMANDS, PROCESS_RESPONSE } from '../wire/sijax-wire.ts';
import { askFields, askHeaders, type AskedFields, type Entries } from './asked-fields.ts';
import { startCall } from './sijax-call.ts';
import type { CallOptions, SijaxCall, UploadOptions } from './sijax-options.ts';

/** One call, but for its options. */
export interface Post {
  readonly url: string | URL;
  readonly form: URLSearchParams | FormData;
  /** Those of Sijax. */
  readonly fields: Entries;
  /** Whether it leads to an origin that nobody has named. */
  readonly isRefused?: boolean;
  readonly kind: Kind;
}

/** What one kind of call does in its own way. */
export interface Kind {
  readonly isAjax?: true;
  /** Whether an answer that breaks off behind a whole list has ended. */
  readonly allowTruncated?: true;
  /** The functions that the scripts of a frame call. */
  readonly callbacks: readonly string[];
}

/** A call whose answer comes as a whole. */
export const PLAIN: Kind = { isAjax: true, callbacks: [] };

/** No header, no word in the URL: an iframe can carry the same. */
export const COMET: Kind = { allowTruncated: true, callbacks: [PROCESS_COMMANDS] };

/** Python's answers call the first, PHP's the second. */
export const UPLOAD: Kind = { allowTruncated: true, callbacks: [PROCESS_COMMANDS, PROCESS_RESPONSE] };

/** Not XHR: of a response that breaks off, as those of Python do, it never shows in Firefox (153) what came in the last 50 ms. */
const TRANSPORTS: readonly Transport[] = [fetchStream];

/** A whole answer may be one list, of any amount of HTML. */
const MAX_MESSAGE_SIZE = 16_777_216;

type AllOptions = CallOptions & Pick<UploadOptions, 'onUploadProgress'>;

/**
 * Sends it, once. What stands in several of the options is taken from the last, but headers, params and signals add up.
 *
 * @throws EnckeError `invalid-option`, `no-transport`
 */
export function send(post: Post, ...all: readonly AllOptions[]): SijaxCall {
  const { form, fields, kind, isRefused = false } = post;
  const { isAjax = false, allowTruncated, callbacks } = kind;
  // A stranger is given nothing, and nobody is asked for a token in vain.
  const given = isRefused ? [] : all;
  const own = given.flatMap(({ headers }) => (headers === undefined ? [] : [headers]));
  const params = askFields(Object.assign({}, ...given.map((options) => options.params)) as AskedFields);
  const signals = all.flatMap(({ signal }) => signal ?? []);
  // An option given as `undefined` is an option not given.
  const entries = all
    .flatMap((options) => Object.entries(options))
    .filter(([, value]) => value !== undefined);
  const options = Object.fromEntries(entries) as AllOptions;
  const { credentials = 'same-origin', fetch: ownFetch, onUploadProgress } = options;
  const { href, origin } = absoluteUrl(post.url);
  const sources = [isAjax ? ajaxHeaders(origin) : { accept: 'text/html' }, ...own];
  // Where the call is closed at once, nobody hears of a token that could not be had.
  if ('then' in params) params.catch(nothing);
  const demand: Demand = {
    method: 'POST',
    headers: isAjax || own.length > 0,
    body: 'then' in params ? 'any' : 'form',
    crossOrigin: origin !== pageOrigin(),
    credentials,
    once: true,
    ownFetch: ownFetch !== undefined,
    uploadProgress: onUploadProgress !== undefined,
    urlCredentials: hasCredentials(href),
  };
  const { connectTimeout, maxMessageSize = MAX_MESSAGE_SIZE, transports = TRANSPORTS } = options;
  return startCall(
    { url: href, demand, request, transports, connectTimeout, maxMessageSize, allowTruncated },
    { ...options, ...(signals.length > 1 && { signal: AbortSignal.any(signals) }) },
  );

  async function request(): Promise<TransportRequest> {
    if (isRefused) {
      const sentence = `The form goes to ${href}, whose origin is not in trustedOrigins.`;
      throw new EnckeError('invalid-option', sentence);
    }
    const [headers, ofParams] = await Promise.all([askHeaders(sources), params]);
    // The fields of Sijax come last: without them a server takes the call for a visit to the page.
    for (const [name, value] of [...ofParams, ...fields]) form.set(name, value);
    return postRequest({
      url: href,
      headers,
      body: form,
      credentials,
      ...(ownFetch && { fetch: ownFetch }),
      onUploadProgress: onUploadProgress && ((progress) => call(onUploadProgress, progress)),
      callbacks,
    });
  }
}
