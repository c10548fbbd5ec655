// Polling: the server answers at once, and is asked again after the interval.

import { openFetch, refusesFetch } from './fetch-body.ts';
import { polling } from './polling.ts';
import type { Transport } from './transport.ts';

/** Polling: the server answers at once, and is asked again after `pollInterval`. */
export const poll: Transport = {
  name: 'poll',
  rhythm: 'interval',
  polls: polling,
  sendsHeaders: true,
  namesItself: true,
  tellsCuts: true,
  showsLife: true,
  accept: 'application/json',
  refuses: refusesFetch,
  open: openFetch,
};
