// What a socket over Orbited can be told.

import { EnckeError } from '../../ground/errors.ts';
import { baseUrl, resolveUrl } from '../../ground/page-address.ts';
import { longpoll, poll, xhrstream, type OrbitedTransport } from './techniques.ts';

/** Options of a socket over an Orbited server. */
export interface OrbitedOptions {
  /** Address of the Orbited server, without its `/tcp`. @defaultValue the page's own origin */
  readonly url?: string | URL | undefined;
  /**
   * Ways to listen to the server, best first. The next one is used where one is seen to fail.
   *
   * @defaultValue `[xhrstream, longpoll, poll]`
   */
  readonly transports?: readonly OrbitedTransport[] | undefined;
  /** Longest silence of a stream, in milliseconds; the server sends a heartbeat every 5 seconds. @defaultValue 6_000 */
  readonly heartbeatTimeout?: number | undefined;
  /** Time from one poll to the next with `poll`, in milliseconds. @defaultValue 2_000 */
  readonly pollInterval?: number | undefined;
  /** Longest packet, in characters. A longer one is a problem. @defaultValue 1_048_576 */
  readonly maxPacketSize?: number | undefined;
  /** Whether cookies are sent, as for `fetch`. @defaultValue `'same-origin'` */
  readonly credentials?: RequestCredentials | undefined;
}

export type ResolvedOptions = {
  readonly [Name in keyof OrbitedOptions]-?: NonNullable<OrbitedOptions[Name]>;
} & {
  /** Where sessions begin. */
  readonly url: string;
};

/** @throws EnckeError `invalid-option` */
export function resolveOptions({
  url = '/',
  transports = [xhrstream, longpoll, poll],
  heartbeatTimeout = 6_000,
  pollInterval = 2_000,
  maxPacketSize = 1_048_576,
  credentials = 'same-origin',
}: OrbitedOptions): ResolvedOptions {
  if (!transports[0]) throw new EnckeError('invalid-option', 'transports names none.');
  return { url: beginning(url), transports, heartbeatTimeout, pollInterval, maxPacketSize, credentials };
}

function beginning(url: string | URL): string {
  const { origin, pathname } = resolveUrl(url, baseUrl());
  return `${origin}${pathname.replace(/\/*$/, '')}/tcp`;
}
