// The two verbs, made from the parts they are given.

import type { Format } from './formats/format.ts';
import { refuseUnknown, type OptionNames } from './ground/option-names.ts';
import {
  refuseUnknownOptions,
  type EventMap,
  type RequestOptions,
  type SubscribeOptions,
} from './options.ts';
import { startConnection, type Connection, type Reconnectable, type Reply } from './session/connection.ts';
import { browserEnvironment, type Environment } from './session/environment.ts';
import type { Household, ShareTabs } from './session/open-session.ts';
import { createMemory } from './session/origin-memory.ts';
import { thenable, type Thenable } from './ground/thenable.ts';
import type { Transport } from './transports/transport.ts';

/** What a client is made of. */
export interface ClientParts {
  /** The ladder, best first. */
  readonly transports: readonly Transport[];
  /** The formats it can read, the preferred one first. */
  readonly formats: readonly Format[];
  /** Time, chance and place. @defaultValue those of the browser */
  readonly environment?: Environment | undefined;
  /** `shareTabs`, for subscriptions with `share: 'tabs'`. @defaultValue none: such a subscription throws */
  readonly tabs?: ShareTabs | undefined;
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

const PARTS: OptionNames<ClientParts> = { transports: 0, formats: 0, environment: 0, tabs: 0 };

/**
 * Makes a client of the parts named, and of nothing else: what is not named can leave the bundle.
 *
 * @throws EnckeError `invalid-option`
 */
export function createClient({ environment = browserEnvironment, ...parts }: ClientParts): Client {
  refuseUnknown('createClient', parts, PARTS);
  const household: Household = { ...parts, environment, memory: createMemory(), hubs: new Map() };
  return { subscribe, request };

  function subscribe<Events extends object>(
    url: string | URL,
    options: SubscribeOptions<Events> = {},
  ): Subscription<Events> {
    refuseUnknownOptions(options, false);
    const { connection, reconnect } = startConnection({ household, url, options, once: false });
    return Object.assign(connection, { reconnect });
  }

  function request<Data, Events extends object>(
    url: string | URL,
    given: RequestOptions<Data, Events> = {},
  ): Exchange<Data, Events> {
    refuseUnknownOptions(given, true);
    // One exchange may take its time; who wants a limit gives one, or a signal.
    const { connectTimeout = Infinity } = given;
    const options = { ...given, connectTimeout, longPollTimeout: connectTimeout };
    const { connection, reply } = startConnection({ household, url, options, once: true });
    return Object.assign(connection, thenable(reply));
  }
}
