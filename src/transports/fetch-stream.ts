// fetch streaming: the response is read while it comes.

import { openFetch, refusesFetchStream } from './fetch-body.ts';
import type { Demand, Transport } from './transport.ts';

/** Fetch streaming: the response is read while it comes. Carries any method, header and body, and sees statuses. */
export const fetchStream: Transport = {
  name: 'fetch-stream',
  rhythm: 'stream',
  sendsHeaders: true,
  namesItself: false,
  tellsCuts: true,
  showsLife: true,
  refuses,
  open: openFetch,
};

/** Only this one: the others made of fetch come behind XHR, which tells the progress, and are better than nothing. */
function refuses(demand: Demand): string | undefined {
  return demand.uploadProgress ? 'cannot tell the progress of an upload' : refusesFetchStream(demand);
}
