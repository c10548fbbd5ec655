import { c as credentials, e as exchange, f as fallBack, g as gaps, l as loops, p as pageLife, r as replays, w as watchdog, a as eventStream, j as jsonLines, b as json, d as fetchStream, h as longPoll, i as poll, k as composeClient } from './shared-index.js';
export { E as EnckeError } from './shared-index.js';

// The preset `encke/light`: streams by fetch, long polling and polling, and what most pages need of a connection.
/** What the preset is made of, for a client that has more: `composeClient({ ...light, parts: [...light.parts, tabs] })`. */
const light = {
    transports: [fetchStream, longPoll, poll],
    formats: [eventStream, jsonLines, json],
    parts: [credentials, exchange, fallBack, gaps, loops, pageLife, replays, watchdog],
};
const client = /* @__PURE__ */ composeClient(light);
const subscribe = (url, options) => client.subscribe(url, options);
const request = (url, options) => client.request(url, options);

export { composeClient, light, request, subscribe };
//# sourceMappingURL=light.js.map
