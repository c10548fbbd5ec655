// Long polling: the server answers when it has something to say, and is asked again at once.

import { openFetch, refusesFetch } from './fetch-body.ts';
import { longPolling } from './polling.ts';
import type { Transport } from './transport.ts';

/** Long polling: the server answers when it has something, and is asked again at once. */
export const longPoll: Transport = {
  name: 'long-poll',
  rhythm: 'answer',
  polls: longPolling,
  sendsHeaders: true,
  namesItself: true,
  tellsCuts: true,
  showsLife: true,
  accept: 'application/json',
  refuses: refusesFetch,
  open: openFetch,
};
