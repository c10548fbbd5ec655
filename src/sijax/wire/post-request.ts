// A POST to a backend, as transports take it, and what it asks of them.

import { pageOrigin } from '../../ground/page-address.ts';
import type { Demand, TransportRequest } from '../../transports/transport.ts';

/** What differs from one to the next. */
type Given = Pick<TransportRequest, 'url' | 'headers' | 'body'> & Partial<TransportRequest>;

export function postRequest(given: Given): TransportRequest {
  return {
    method: 'POST',
    credentials: 'same-origin',
    lastEventId: '',
    fetch: (input, init) => fetch(input, init),
    callbacks: [],
    events: [],
    ...given,
  };
}

export function demandOf(origin: string, given: Partial<Demand>): Demand {
  return {
    method: 'POST',
    headers: false,
    body: 'form',
    crossOrigin: origin !== pageOrigin(),
    credentials: 'same-origin',
    once: true,
    ownFetch: false,
    uploadProgress: false,
    ...given,
  };
}
