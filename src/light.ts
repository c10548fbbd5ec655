// The preset `encke/light`: streams by fetch, long polling and polling, and what most pages need of a connection.

import {
  bodies,
  credentials,
  exchange,
  fallBack,
  gaps,
  loops,
  pageLife,
  replays,
  watchdog,
} from './all-parts.ts';
import {
  composeClient,
  type ClientWith,
  type FaceWith,
  type OptionsWith,
  type SharingWith,
} from './client.ts';
import { eventStream } from './formats/event-stream.ts';
import { jsonLines } from './formats/json-lines.ts';
import { json } from './formats/json.ts';
import type {
  EventMap,
  RequestOptions as AllRequestOptions,
  SubscribeOptions as AllSubscribeOptions,
} from './options.ts';
import type { Reconnectable, Reply } from './session/connection.ts';
import type { Thenable } from './ground/thenable.ts';
import { fetchStream } from './transports/fetch-stream.ts';
import { longPoll } from './transports/long-poll.ts';
import { poll } from './transports/poll.ts';

/** What the preset is made of, for a client that has more: `composeClient({ ...light, parts: [...light.parts, tabs] })`. */
export const light = {
  transports: [fetchStream, longPoll, poll],
  formats: [eventStream, jsonLines, json],
  parts: [bodies, credentials, exchange, fallBack, gaps, loops, pageLife, replays, watchdog],
} as const;

type Names = (typeof light.parts)[number]['name'];

/** What the preset can do. */
export type LightClient = ClientWith<Names>;
/** The options of its `subscribe`. */
export type SubscribeOptions<Events extends object = EventMap> = OptionsWith<
  Names,
  AllSubscribeOptions<Events>
>;
/** The options of its `request`. */
export type RequestOptions<Data = EventMap[string], Events extends object = EventMap<Data>> = OptionsWith<
  Names,
  AllRequestOptions<Data, Events>
>;
/** What its `subscribe` gives. */
export type Subscription<Events extends object = EventMap> = FaceWith<Names, Events> & Reconnectable;
/** What its `request` gives. */
export type Exchange<Data = EventMap[string], Events extends object = EventMap<Data>> = FaceWith<
  Names,
  Events
> &
  Thenable<Reply<Data, Events>>;

const client: LightClient = /* @__PURE__ */ composeClient(light);

/** Opens an endless connection. @throws EnckeError `no-transport` */
export const subscribe: LightClient['subscribe'] = (url, options) => client.subscribe(url, options);
/** Makes one exchange. It is sent exactly once. @throws EnckeError `no-transport` */
export const request: LightClient['request'] = (url, options) => client.request(url, options);

export { composeClient };
export { EnckeError, type ErrorCode } from './ground/errors.ts';
export type { Message } from './ground/message.ts';
export type {
  Closed,
  CloseReason,
  EventMap,
  Handlers,
  MessageOf,
  Resync,
  RetryContext,
  State,
  StateChange,
  TransportChange,
} from './options.ts';
export type { ClientWith, FaceWith, OptionsWith, Reply, SharingWith };
