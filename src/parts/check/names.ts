// The names of all options.

import type { OptionNames } from '../../ground/option-names.ts';
import type { ConnectionOptions, SubscribeOptions } from '../../options.ts';

/** The names of the options of both verbs. */
export const OF_BOTH: OptionNames<ConnectionOptions> = {
  method: 0,
  headers: 0,
  body: 0,
  credentials: 0,
  signal: 0,
  fetch: 0,
  transports: 0,
  format: 0,
  parse: 0,
  on: 0,
  onMessage: 0,
  commands: 0,
  onError: 0,
  onOpen: 0,
  onState: 0,
  onTransport: 0,
  onResync: 0,
  onSettledState: 0,
  onUnauthorized: 0,
  heartbeat: 0,
  debug: 0,
  onUploadProgress: 0,
  allowTruncated: 0,
  endOn: 0,
  until: 0,
  lastEventId: 0,
  cursor: 0,
  lastEventIdParam: 0,
  transportParam: 0,
  callback: 0,
  maxMessageSize: 0,
  connectTimeout: 0,
};

/** Those of `subscribe` only. */
export const OF_SUBSCRIBE: OptionNames<Omit<SubscribeOptions, keyof ConnectionOptions>> = {
  longPollTimeout: 0,
  pollInterval: 0,
  retryDelay: 0,
  maxRetryDelay: 0,
  maxAttempts: 0,
  retry: 0,
  replays: 0,
  resume: 0,
  share: 0,
};
