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
import { composeClient, type ClientWith } from './client.ts';
import { eventStream } from './formats/event-stream.ts';
import { jsonLines } from './formats/json-lines.ts';
import { json } from './formats/json.ts';
import { fetchStream } from './transports/fetch-stream.ts';
import { longPoll } from './transports/long-poll.ts';
import { poll } from './transports/poll.ts';

/** What the preset is made of, for a client that has more: `composeClient({ ...light, parts: [...light.parts, tabs] })`. */
export const light = {
  transports: [fetchStream, longPoll, poll],
  formats: [eventStream, jsonLines, json],
  parts: [bodies, credentials, exchange, fallBack, gaps, loops, pageLife, replays, watchdog],
} as const;

/** What the preset can do. */
export type LightClient = ClientWith<(typeof light.parts)[number]['name']>;

const client: LightClient = /* @__PURE__ */ composeClient(light);

/** Opens an endless connection. @throws EnckeError `no-transport` */
export const subscribe: LightClient['subscribe'] = (url, options) => client.subscribe(url, options);
/** Makes one exchange. It is sent exactly once. @throws EnckeError `no-transport` */
export const request: LightClient['request'] = (url, options) => client.request(url, options);

export { composeClient };
export { EnckeError } from './ground/errors.ts';
export type { ClientWith, FaceWith, OptionsWith, SharingWith } from './client.ts';
