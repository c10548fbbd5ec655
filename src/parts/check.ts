// Says what is wrong with options: a name that does not exist, a value outside its bounds, a part that is missing.

import { EnckeError } from '../ground/errors.ts';
import { refuseUnknown, type OptionNames } from '../ground/option-names.ts';
import { DEFAULTS, resolveOptions, type ConnectionOptions, type SubscribeOptions } from '../options.ts';
import type { Part } from '../session/part.ts';
import type { Transport } from '../transports/transport.ts';

/** The names of the options of both verbs. */
const OF_BOTH: OptionNames<ConnectionOptions> = {
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
const OF_SUBSCRIBE: OptionNames<Omit<SubscribeOptions, keyof ConnectionOptions>> = {
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

/** The parts without which an option does nothing. */
export const PART_OF: Readonly<Partial<Record<keyof SubscribeOptions, string>>> = {
  onResync: 'gaps',
  onSettledState: 'settledState',
  onUnauthorized: 'credentials',
  heartbeat: 'watchdog',
  debug: 'trace',
  allowTruncated: 'truncated',
  replays: 'replays',
  resume: 'resume',
  share: 'sharing',
};

/** What a call in a script of a frame may name. */
const DOTTED_NAME = /^[\w$][\w$.]{0,99}$/;

/** Shortest time between two polls, in milliseconds. */
export const MIN_POLL_INTERVAL = 1_000;

export const check: Part<'check'> = {
  name: 'check',
  // It sees options as the caller has written them.
  rank: 0,
  install({ given: made, names }) {
    refuseUnknown('createClient', made, { transports: 0, formats: 0, parts: 0, environment: 0 });
    return {
      client: {
        options: (next) => (given, once) => {
          refuseUnknownOptions(given, once);
          refuseWithoutPart(given, names);
          refuseValues(given);
          return next(given, once);
        },
      },
    };
  },
};

function refuseUnknownOptions(options: object, once: boolean): void {
  const misplaced =
    once &&
    Object.entries(options).find(([name, value]) => value !== undefined && Object.hasOwn(OF_SUBSCRIBE, name));
  if (misplaced) refuse(`${misplaced[0]} is an option of subscribe: a request is sent once.`);
  refuseUnknown(once ? 'request' : 'subscribe', options, { ...OF_BOTH, ...(!once && OF_SUBSCRIBE) });
}

/** `false` and such turn off what is not there. */
function refuseWithoutPart(options: SubscribeOptions, names: ReadonlySet<string>): void {
  for (const [option, part] of Object.entries(PART_OF)) {
    if (!options[option as keyof SubscribeOptions] || names.has(part)) continue;
    refuse(`${option} needs the part ${part}: createClient({ parts: [${part}] }).`);
  }
  const { cursor, share } = options;
  if (typeof cursor === 'string' && !names.has('conventions')) {
    refuse('cursor must be a convention as a value, or the client needs the part conventions.');
  }
  const isOfTabs = share === 'tabs' || typeof share === 'object';
  if (isOfTabs && !names.has('tabs'))
    refuse('share among tabs needs the part tabs: createClient({ parts: [tabs] }).');
}

/** @throws EnckeError `invalid-option` */
export function refuseValues(options: object): void {
  const resolved = resolveOptions(options);
  if (/^(GET|HEAD)$/.test(resolved.method) && resolved.body !== undefined) {
    refuse(`A ${resolved.method} request has no body. Use POST.`);
  }
  const names = [resolved.callback].flat();
  if (!names.every((name) => DOTTED_NAME.test(name)) || /[\0\r\n]/.test(resolved.lastEventId)) {
    refuse('callback must be a dotted name, lastEventId a single line.');
  }
  const { share, resume, transports = [] } = resolved;
  const isNamed = (value: unknown, by: string): boolean =>
    typeof (value as Record<string, unknown> | null | undefined)?.[by] === 'string';
  if (!isNamed(share, 'tabs') && ![false, 'start', 'page', 'tabs'].includes(share as string)) {
    refuse("share must be 'start', 'page', 'tabs', { tabs: NAME } or false.");
  }
  if (!isNamed(resume, 'session') && ![undefined, 'session'].includes(resume as string)) {
    refuse("resume must be 'session' or { session: NAME }.");
  }
  if (!['drop', 'deliver'].includes(resolved.replays)) {
    refuse("replays must be 'drop' or 'deliver'.");
  }
  if (!Array.isArray(transports) || transports.some((transport) => !(transport as Partial<Transport>).open)) {
    refuse('transports must be a list of transports, [longPoll] for one.');
  }
  for (const [name, value] of Object.entries(DEFAULTS)) {
    const least = name === 'pollInterval' ? MIN_POLL_INTERVAL : 0;
    // Written so that NaN and text fail, too.
    if (typeof value !== 'number' || resolved[name as 'retryDelay'] >= least) continue;
    refuse(`${name} must be a number, at least ${least}.`);
  }
}

function refuse(sentence: string): never {
  throw new EnckeError('invalid-option', sentence);
}
