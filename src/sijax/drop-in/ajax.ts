// One request as `jQuery.ajax` would send it, for pages without jQuery.

import { call, throwLater } from '../../ground/call.ts';
import { encodeData } from './ajax-data.ts';
import { readAnswer } from './read-answer.ts';
import { ajaxHeaders } from '../wire/sijax-wire.ts';

type Handler = (this: unknown, ...values: unknown[]) => unknown;
type Handlers = Handler | readonly Handler[];

/** What is heeded of jQuery's settings. In the place of its jqXHR, handlers get the XMLHttpRequest. */
export interface AjaxSettings {
  url?: string | null;
  type?: string;
  method?: string;
  data: object | string;
  dataType?: string;
  headers?: Readonly<Record<string, unknown>>;
  contentType?: unknown;
  /** `false` asks past the cache where the method is one that is cached. */
  cache?: boolean;
  async?: boolean;
  /** Milliseconds; 0 for none. */
  timeout?: number;
  xhrFields?: object;
  /** The `this` of handlers. @defaultValue the settings */
  context?: unknown;
  /** May set headers; `false` keeps it from being sent. */
  beforeSend?: Handler;
  success?: Handlers;
  error?: Handlers;
  complete?: Handlers;
}

export function ajax(settings: AjaxSettings): void {
  const { context = settings, async = true, timeout, beforeSend, success, error, complete } = settings;
  const method = String(settings.method ?? settings.type).toUpperCase();
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const url = new URL(settings.url ?? location.href, document.baseURI);
  const body = encodeData(settings.data);
  const xhr = new XMLHttpRequest();

  if (!hasBody) {
    const query = String(new URLSearchParams(body as URLSearchParams));
    // As text: a signed URL that is written anew would not be signed any more.
    url.search += `${url.search && '&'}${query}${settings.cache === false ? `&_=${String(Date.now())}` : ''}`;
  }
  xhr.open(method, url, async);
  // One that the page waits for takes none.
  if (timeout && async) xhr.timeout = timeout;
  Object.assign(xhr, settings.xhrFields);
  headersOf(settings, url).forEach((value, name) => xhr.setRequestHeader(name, value));
  xhr.onload = loaded;
  if (async) xhr.onerror = xhr.onabort = xhr.ontimeout = ({ type }) => fail(type, '');
  if (beforeSend?.call(context, xhr, settings) === false) return;
  try {
    xhr.send(hasBody ? body : null);
  } catch (cause) {
    // Where the page waits. Chromium (156) tells it by an event as well.
    fail('error', cause);
  }

  function loaded(): void {
    const { status, statusText, responseText } = xhr;
    if (status < 200 || status > 299) fail('error', statusText);
    else if (settings.dataType === 'json') read(responseText);
    else succeed(responseText);
  }

  function read(text: string): void {
    const answer = readAnswer(text);
    if (Array.isArray(answer)) return succeed(answer);
    throwLater(answer);
    fail('parsererror', answer);
  }

  function succeed(data: unknown): void {
    tell(success, data, 'success', xhr);
    tell(complete, xhr, 'success');
  }

  function fail(status: string, reason: unknown): void {
    tell(error, xhr, status, reason);
    tell(complete, xhr, status);
  }

  function tell(handlers: Handlers | undefined, ...values: unknown[]): void {
    for (const handler of [handlers ?? []].flat()) call(() => handler.apply(context, values), undefined);
  }
}

function headersOf({ contentType, headers: own = {} }: AjaxSettings, { origin }: URL): Headers {
  const headers = new Headers(ajaxHeaders(origin));
  if (typeof contentType === 'string') headers.set('content-type', contentType);
  for (const [name, value] of Object.entries(own)) headers.set(name, String(value));
  return headers;
}
