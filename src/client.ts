// A client, made from what it is given.

import type { Format } from './formats/format.ts';
import type { Thenable } from './ground/thenable.ts';
import type { EventMap, RequestOptions, SubscribeOptions } from './options.ts';
import { startConnection, type Connection, type Reconnectable, type Reply } from './session/connection.ts';
import { browserEnvironment, type Environment } from './session/environment.ts';
import { wrapped, type ClientSeams, type House, type Installed, type Part } from './session/part.ts';
import { startSession } from './session/session.ts';
import type { Transport } from './transports/transport.ts';

/** What a client is made of. */
export interface ClientParts {
  /** The ladder, best first. */
  readonly transports: readonly Transport[];
  /** The formats it can read, the preferred one first. */
  readonly formats: readonly Format[];
  /** What it can do beside connecting, decoding, keeping the last event id and connecting again. Their order means nothing. @defaultValue none */
  readonly parts?: readonly Part[] | undefined;
  /** Time, chance and place. @defaultValue those of the browser */
  readonly environment?: Environment | undefined;
}

/** An endless connection. A `for await` loop over it gets the messages from when the loop begins. */
export type Subscription<Events extends object = EventMap> = Connection<Events> & Reconnectable;

/**
 * One exchange. Await it for the whole reply (rejects with an EnckeError, or with the reason of the aborted
 * signal), or loop over it for the messages as they come. Unless handlers are given, messages wait to be taken.
 *
 * `then`, `catch` and `finally` are those of a promise. While none of them is called, a failure is no unhandled rejection:
 * `onError` and `closed` tell of it.
 */
export interface Exchange<Data = EventMap[string], Events extends object = EventMap<Data>>
  extends Connection<Events>, Thenable<Reply<Data, Events>> {}

export interface Client {
  /**
   * Opens an endless connection: a stream that ends is connected again, a poll is asked again.
   *
   * @typeParam Events - event names and the type of the data each brings
   * @throws EnckeError `invalid-option`, `no-transport`
   */
  subscribe<Events extends object = EventMap>(
    url: string | URL,
    options?: SubscribeOptions<NoInfer<Events>>,
  ): Subscription<Events>;

  /**
   * Makes one exchange. It is sent exactly once.
   *
   * @typeParam Data - the type of the data of every message
   * @typeParam Events - event names and the type of the data each brings, where they differ
   * @throws EnckeError `invalid-option`, `no-transport`
   */
  request<Data = EventMap[string], Events extends object = EventMap<Data>>(
    url: string | URL,
    options?: RequestOptions<NoInfer<Data>, NoInfer<Events>>,
  ): Exchange<Data, Events>;
}

/** Where a part without a rank stands. */
const USUAL_RANK = 9;

/**
 * Makes a client of what is named, and of nothing else: what is not named can leave the bundle.
 *
 * @throws EnckeError `invalid-option`
 */
export function createClient(given: ClientParts): Client {
  const { transports, formats, parts = [], environment = browserEnvironment } = given;
  const installed: Installed[] = [];
  const names = new Set(parts.map(({ name }) => name));
  const base: ClientSeams = { options: (given) => given, start: startSession, verbs: () => ({}) };
  const house: House = {
    given,
    transports,
    formats,
    environment,
    names,
    parts: installed,
    seams: { ...base },
  };
  const ranked = [...parts].sort((one, other) => (one.rank ?? USUAL_RANK) - (other.rank ?? USUAL_RANK));
  for (const part of ranked) installed.push(part.install(house));
  Object.assign(
    house.seams,
    wrapped(
      base,
      installed.map(({ client }) => client ?? {}),
    ),
  );
  const subscribe = (url: string | URL, options: object = {}): object =>
    startConnection(house, url, options, false);
  return { subscribe, ...house.seams.verbs() } as unknown as Client;
}
