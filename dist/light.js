import { o as bodies, A as credentials, H as exchange, I as fallBack, K as gaps, P as loops, V as pageLife, Z as replays, a5 as watchdog, b as eventStream, j as jsonLines, d as json, g as fetchStream, l as longPoll, p as poll, c as composeClient } from './shared-index.js';
export { E as EnckeError } from './shared-index.js';

// The preset `encke/light`: streams by fetch, long polling and polling, and what most pages need of a connection.
/** What the preset is made of, for a client that has more: `composeClient({ ...light, parts: [...light.parts, tabs] })`. */
const light = {
    transports: [fetchStream, longPoll, poll],
    formats: [eventStream, jsonLines, json],
    parts: [bodies, credentials, exchange, fallBack, gaps, loops, pageLife, replays, watchdog],
};
const client = /* @__PURE__ */ composeClient(light);
/** Opens an endless connection. @throws EnckeError `no-transport` */
const subscribe = (url, options) => client.subscribe(url, options);
/** Makes one exchange. It is sent exactly once. @throws EnckeError `no-transport` */
const request = (url, options) => client.request(url, options);

export { composeClient, light, request, subscribe };
//# sourceMappingURL=light.js.map
