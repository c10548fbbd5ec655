// XHR streaming: the response text is read while it grows.
//
// Second to fetch: the whole text stays in memory until the end, Chromium tells of progress at most once
// per 50 ms, and bytes that are not UTF-8 become U+FFFD unnoticed.

import { guardSink } from './guarded-sink.ts';
import { refusesToOmitCookies } from './own-cookies.ts';
import { brokeOff, carriesMessages, EXCERPT_LENGTH, refused, unreachable } from './refusal.ts';
import type { Demand, End, Head, Sink, Stop, Transport, TransportRequest } from './transport.ts';

export const xhrStream: Transport = {
  name: 'xhr-stream',
  rhythm: 'stream',
  sendsHeaders: true,
  namesItself: false,
  tellsCuts: true,
  refuses: refusesXhr,
  open: openXhr,
};

function refusesXhr(demand: Demand): string | undefined {
  if (typeof XMLHttpRequest !== 'function') return 'needs XMLHttpRequest';
  return demand.ownFetch ? 'cannot use a fetch of your own' : refusesToOmitCookies(demand);
}

function openXhr(request: TransportRequest, sink: Sink): Stop {
  const xhr = new XMLHttpRequest();
  let head: Head | undefined; // once there is a response
  let given = 0; // characters of the text that the sink has
  const guarded = guardSink(sink, () => {
    xhr.abort();
  });

  xhr.onreadystatechange = xhr.onprogress = receive;
  xhr.onload = () => {
    receive();
    conclude({ how: 'complete' });
  };
  // Comes after `load`, too; then the end was told.
  xhr.onloadend = () => {
    conclude(brokeOff(request.url));
  };
  guarded.begin(
    () => {
      send(xhr, request);
    },
    (cause) => unreachable(request.url, cause),
  );
  return guarded.stop;

  function receive(): void {
    if (!guarded.isLive() || xhr.readyState < XMLHttpRequest.HEADERS_RECEIVED || xhr.status === 0) return;
    head ??= readHead(xhr, request.url);
    if (carriesMessages(head.status)) giveText(head);
    else if (xhr.responseText.length >= EXCERPT_LENGTH) conclude({ how: 'complete' });
  }

  function giveText(known: Head): void {
    guarded.opened(known);
    if (!guarded.isLive()) return;
    const chunk = xhr.responseText.slice(given);
    given += chunk.length;
    if (chunk !== '') guarded.text(chunk);
  }

  function conclude(end: End): void {
    if (!head) guarded.ended(unreachable(request.url));
    else guarded.ended(carriesMessages(head.status) ? end : refused(head, xhr.responseText));
  }
}

function send(xhr: XMLHttpRequest, { method, url, headers, body, credentials }: TransportRequest): void {
  xhr.open(method, url);
  xhr.withCredentials = credentials === 'include';
  headers.forEach((value, name) => xhr.setRequestHeader(name, value));
  // UTF-8 whatever the server says, and no XML parser behind it; the headers stay as they came.
  xhr.overrideMimeType('text/plain; charset=utf-8');
  xhr.send(body);
}

function readHead(xhr: XMLHttpRequest, requestUrl: string): Head {
  const headers = new Headers();
  for (const line of xhr.getAllResponseHeaders().split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1));
  }
  return { status: xhr.status, url: xhr.responseURL || requestUrl, headers };
}
