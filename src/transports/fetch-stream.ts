// fetch streaming: the response is read while it comes.

import { openFetch, refusesFetchStream } from './fetch-body.ts';
import type { Transport } from './transport.ts';

export const fetchStream: Transport = {
  name: 'fetch-stream',
  rhythm: 'stream',
  sendsHeaders: true,
  namesItself: false,
  tellsCuts: true,
  refuses: refusesFetchStream,
  open: openFetch,
};
