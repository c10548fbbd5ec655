// A POST to a backend, as transports take it.

import type { TransportRequest } from '../../transports/transport.ts';

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
