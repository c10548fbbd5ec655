// What a carrier that is not made of fetch cannot do.

import type { Demand } from './transport.ts';

export function refusesWithoutFetch({
  ownFetch,
  credentials,
  crossOrigin,
  body,
}: Demand): string | undefined {
  if (body === 'stream') return 'cannot send a stream';
  if (ownFetch) return 'cannot use a fetch of your own';
  // It sends the cookies of the page's own origin whatever was asked.
  return credentials === 'omit' && !crossOrigin ? 'cannot omit cookies' : undefined;
}

export function refusesWithoutHeaders(demand: Demand): string | undefined {
  return demand.headers ? 'cannot send headers' : refusesWithoutFetch(demand);
}
