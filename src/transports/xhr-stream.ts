// XHR streaming: the response text is read while it grows.
//
// Second to fetch: the whole text stays in memory until the end (a session opens a new one in time), Chromium and
// Firefox tell of progress at most once per 50 ms, and bytes that are not UTF-8 become U+FFFD unnoticed.

import { pageOrigin } from '../ground/page-address.ts';
import { xhrStreamBy } from './described.ts';
import { guardSink } from './guarded-sink.ts';
import { brokeOff, carriesMessages, COMPLETE, endOf, EXCERPT_LENGTH, unreachable } from './refusal.ts';
import type { End, Head, Sink, Stop, Transport, TransportRequest } from './transport.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** XHR streaming: the same by `XMLHttpRequest`, for places where `fetch` cannot stream. */
export const xhrStream: Transport = /* @__PURE__ */ xhrStreamBy(openXhr);

export function openXhr(request: TransportRequest, sink: Sink): Stop {
  const xhr = new XMLHttpRequest();
  let head: Head | undefined; // once there is a response
  let given = 0; // characters of the text that the sink has
  let excerpt = ''; // of a refusal, kept: where the response breaks off the browser takes its text away
  const guarded = guardSink(request, sink, () => {
    xhr.abort();
  });

  xhr.onreadystatechange = xhr.onprogress = receive;
  xhr.onload = () => {
    receive();
    conclude(COMPLETE);
  };
  // Comes after `load`, too; then the end was told.
  xhr.onloadend = () => {
    conclude(brokeOff(request.url));
  };
  guarded.begin(() => {
    send(xhr, request);
  });
  return guarded.stop;

  function receive(): void {
    // Zero stands for no response yet, and for none any more.
    if (xhr.status === 0) return;
    const isNew = !head;
    head ??= readHead(xhr, request.url);
    if (carriesMessages(head)) return giveText(head);
    if (isNew) guarded.refused(() => conclude(COMPLETE));
    excerpt = xhr.responseText;
    if (excerpt.length >= EXCERPT_LENGTH) conclude(COMPLETE);
  }

  function giveText(known: Head): void {
    guarded.opened(known);
    // A handler may have stopped, and the text is gone then.
    const chunk = xhr.responseText.slice(given);
    // The browser has taken one away, and a format takes one more: of two, the second belongs to the text.
    const isMarked = given === 0 && chunk.startsWith(BYTE_ORDER_MARK);
    given += chunk.length;
    if (chunk) guarded.text(isMarked ? BYTE_ORDER_MARK + chunk : chunk);
  }

  function conclude(end: End): void {
    guarded.ended(head ? endOf(head, excerpt, end) : unreachable(request.url));
  }
}

function send(xhr: XMLHttpRequest, request: TransportRequest): void {
  const { method, url, headers, body, credentials, onUploadProgress } = request;
  xhr.open(method, url);
  xhr.withCredentials = credentials === 'include';
  headers.forEach((value, name) => xhr.setRequestHeader(name, value));
  // XHR has no cache mode, and `Cache-Control` would cost a preflight at another origin, also behind a redirect. So it
  // goes with the header that does so anyway: no cache may answer with what came before that id.
  if (headers.has('last-event-id') && url.startsWith(`${String(pageOrigin())}/`)) {
    xhr.setRequestHeader('cache-control', 'no-cache');
  }
  // Only where asked for: a listener there costs a preflight across origins.
  if (onUploadProgress) xhr.upload.onprogress = ({ loaded, total }) => onUploadProgress({ loaded, total });
  // UTF-8 whatever the server says, and no XML parser behind it; the headers stay as they came.
  xhr.overrideMimeType('text/plain; charset=utf-8');
  // No stream: a request that has one is refused.
  xhr.send(body as XMLHttpRequestBodyInit | null);
}

function readHead(xhr: XMLHttpRequest, requestUrl: string): Head {
  const lines = xhr.getAllResponseHeaders().matchAll(/^([^:\n]+):(.*)$/gm);
  const headers = new Headers([...lines].map(([, name = '', value = '']): [string, string] => [name, value]));
  return { status: xhr.status, url: xhr.responseURL || requestUrl, headers };
}
