// One attempt's request, made from the options and the last event id.

import { hintOn } from '../../ground/request-body.ts';
import { ask, percentDecoded, setParam, utf8Bytes } from '../../session/request.ts';
import type { TransportRequest } from '../../transports/transport.ts';
import type { EventSourceOptions } from './options.ts';

/** What one attempt asks for. */
export interface Target {
  readonly url: string;
  readonly options: EventSourceOptions;
  /** `''` where there is none. */
  readonly lastEventId: string;
  /** Whether it travels in the query. */
  readonly inQuery: boolean;
}

/** Asks the functions among the options, then puts the request together. */
export async function buildRequest(target: Target): Promise<TransportRequest> {
  const { options, lastEventId, inQuery } = target;
  const url = new URL(target.url);
  const [given, body = null, asked, credentials] = await Promise.all([
    ask(options.headers),
    ask(options.body),
    ask(options.method),
    ask(options.credentials),
  ]);
  const headers = new Headers(given);
  const method = asked ?? (body === null ? 'GET' : 'POST');

  if (!headers.has('accept')) headers.set('accept', 'text/event-stream');
  // fetch refuses a URL that holds a user's name.
  if (url.username || url.password) {
    const user = percentDecoded(`${url.username}:${url.password}`);
    headers.set('authorization', `Basic ${btoa(user)}`);
    url.username = url.password = '';
  }
  if (lastEventId && inQuery) {
    setParam(url, options.lastEventIdQueryParameterName ?? 'lastEventId', lastEventId);
  } else if (lastEventId) headers.set('last-event-id', utf8Bytes(lastEventId));

  return {
    url: url.href,
    method: method.toUpperCase(),
    headers,
    body: body as TransportRequest['body'],
    hint: hintOn(body),
    credentials: credentials ?? (options.withCredentials ? 'include' : 'same-origin'),
    lastEventId,
    fetch: options.fetch ?? fetch,
    callbacks: [],
    events: [],
  };
}
