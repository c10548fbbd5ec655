// A client, made from what it is given.

import type { Format } from './formats/format.ts';
import type { Thenable } from './ground/thenable.ts';
import type {
  CursorConvention,
  CursorName,
  EventMap,
  MessageOf,
  OptionsOfParts,
  RequestOptions,
  SubscribeOptions,
} from './options.ts';
import {
  startConnection,
  type Connection,
  type CoreConnection,
  type Reconnectable,
  type Reply,
  type Settled,
  type Traced,
} from './session/connection.ts';
import { browserEnvironment, type Environment } from './session/environment.ts';
import { wrap, type ClientSeams, type House, type Installed, type Part } from './session/part.ts';
import { demandOf } from './session/request.ts';
import { startSession } from './session/session.ts';
import type { Transport } from './transports/transport.ts';

/** What a client is made of. */
export interface ClientParts<Parts extends readonly Part[] = readonly Part[]> {
  /** The ladder, best first. */
  readonly transports: readonly Transport[];
  /** The formats it can read, the preferred one first. */
  readonly formats: readonly Format[];
  /** What it can do beside connecting, decoding, keeping the last event id and connecting again. Their order means nothing. @defaultValue none */
  readonly parts?: Parts | undefined;
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

/** What a client with all parts can do. */
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

/** What each part adds to what a caller holds. */
export interface FacesOfParts<Events extends object> {
  loops: AsyncIterable<MessageOf<Events>>;
  settledState: Settled;
  trace: Traced;
}

type All<Union> = (Union extends unknown ? (member: Union) => void : never) extends (all: infer Every) => void
  ? Every
  : never;

/** Options without those of parts that are not among `Names`. */
export type OptionsWith<Names, Options> = Omit<
  Options,
  OptionsOfParts[Exclude<keyof OptionsOfParts, Names>] | 'cursor' | ('tabs' extends Names ? never : 'share')
> & {
  cursor?: ('conventions' extends Names ? CursorName : never) | CursorConvention | undefined;
} & ('share' extends keyof Options ? SharingWith<Names> : object);

/** How connections may be shared without the part `tabs`. */
export type SharingWith<Names> = 'tabs' extends Names
  ? object
  : 'sharing' extends Names
    ? { share?: 'start' | 'page' | false | undefined }
    : object;

/** What a caller holds of a client with parts of these names. */
export type FaceWith<Names, Events extends object> = CoreConnection<Events> &
  All<object | FacesOfParts<Events>[Names & keyof FacesOfParts<Events>]>;

/** What a client with parts of these names can do; with parts that are not known by name, everything. */
export type ClientWith<Names> = string extends Names
  ? Client
  : {
      /** As that of a client with all parts, with the options of the parts that are there. */
      subscribe<Events extends object = EventMap>(
        url: string | URL,
        options?: OptionsWith<Names, SubscribeOptions<NoInfer<Events>>>,
      ): FaceWith<Names, Events> & Reconnectable;
    } & ('exchange' extends Names
      ? {
          /** As that of a client with all parts, with the options of the parts that are there. */
          request<Data = EventMap[string], Events extends object = EventMap<Data>>(
            url: string | URL,
            options?: OptionsWith<Names, RequestOptions<NoInfer<Data>, NoInfer<Events>>>,
          ): FaceWith<Names, Events> & Thenable<Reply<Data, Events>>;
        }
      : object);

/** Where a part without a rank stands. */
const USUAL_RANK = 9;

/**
 * Makes a client of what is named, and of nothing else: what is not named can leave the bundle. `createClient` takes the
 * same, and has every part where none are named.
 *
 * @throws EnckeError `invalid-option`
 */
export function composeClient<const Parts extends readonly Part[] = []>(
  given: ClientParts<Parts>,
): ClientWith<Parts[number]['name']> {
  const { transports, formats, parts = [] as readonly Part[], environment = browserEnvironment } = given;
  const installed: Installed[] = [];
  const names = new Set(parts.map(({ name }) => name));
  const seams: ClientSeams = {
    options: (given) => given,
    start: startSession,
    demand: demandOf,
    verbs: () => ({}),
  };
  const house: House = {
    given,
    transports,
    formats,
    environment,
    names,
    parts: installed,
    seams,
  };
  const ranked = [...parts].sort((one, other) => (one.rank ?? USUAL_RANK) - (other.rank ?? USUAL_RANK));
  for (const part of ranked) installed.push(part.install(house));
  wrap(
    seams,
    installed.map(({ client }) => client ?? {}),
  );
  const subscribe = (url: string | URL, options: object = {}): object =>
    startConnection(house, url, options, false);
  return { subscribe, ...seams.verbs() } as unknown as ClientWith<Parts[number]['name']>;
}
