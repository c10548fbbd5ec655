// The preset `encke`: every technique, every format and every part. What few pages need comes when it is needed.

import { composeClient, type Client } from './client.ts';
import { everyPartWith } from './every-part.ts';
import { eventStream } from './formats/event-stream.ts';
import { jsonLines } from './formats/json-lines.ts';
import { json } from './formats/json.ts';
import { scriptTags } from './formats/script-tags.ts';
import { text } from './formats/text.ts';
import { tabs } from './parts/tabs/on-demand.ts';
import { fetchStream } from './transports/fetch-stream.ts';
import { longPoll } from './transports/long-poll.ts';
import { eventSource, htmlFile, iframe, xhrStream } from './transports/on-demand.ts';
import { poll } from './transports/poll.ts';

const everything: Client = /* @__PURE__ */ composeClient({
  // The order, and why it is this one: transports/index.ts.
  transports: [fetchStream, xhrStream, eventSource, htmlFile, longPoll, poll, iframe],
  formats: [eventStream, jsonLines, json, scriptTags, text],
  parts: everyPartWith(tabs),
});

/** Opens an endless connection, with every technique and every part. @throws EnckeError `invalid-option`, `no-transport` */
export const subscribe: Client['subscribe'] = (url, options) => everything.subscribe(url, options);
/** Makes one exchange, with every technique and every part. It is sent exactly once. @throws EnckeError `invalid-option`, `no-transport` */
export const request: Client['request'] = (url, options) => everything.request(url, options);
