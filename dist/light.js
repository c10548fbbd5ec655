import { f as credentials, j as exchange, k as fallBack, l as gaps, m as loops, p as pageLife, n as replays, z as watchdog, A as eventStream, B as jsonLines, C as json, F as fetchStream, G as longPoll, H as poll, c as composeClient } from './shared-index.js';
export { J as EnckeError } from './shared-index.js';

// The preset `encke/light`: streams by fetch, long polling and polling, and what most pages need of a connection.
/** What the preset is made of, for a client that has more: `composeClient({ ...light, parts: [...light.parts, tabs] })`. */
const light = {
    transports: [fetchStream, longPoll, poll],
    formats: [eventStream, jsonLines, json],
    parts: [credentials, exchange, fallBack, gaps, loops, pageLife, replays, watchdog],
};
const client = /* @__PURE__ */ composeClient(light);
/** Opens an endless connection. @throws EnckeError `no-transport` */
const subscribe = (url, options) => client.subscribe(url, options);
/** Makes one exchange. It is sent exactly once. @throws EnckeError `no-transport` */
const request = (url, options) => client.request(url, options);

export { composeClient, light, request, subscribe };
//# sourceMappingURL=light.js.map
