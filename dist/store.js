import { s as subscribe, r as request } from './shared-preset.js';
import { m as makeStore } from './shared-make-store.js';

// The entry `encke/store`: what a connection has brought so far, for code that shows it.
/** The same with the connections of your client: `withClient(composeClient({ … }))`. */
function withClient(verbs) {
    return {
        subscriptionStore: makeWith(verbs.subscribe, false),
        requestStore: makeWith(verbs.request, true),
    };
}
/** Makes a store of a subscription, which is open while someone subscribes to the store. */
const subscriptionStore = /* @__PURE__ */ makeWith(subscribe, false);
/** Makes a store of a request, which is sent by `start`, exactly once. */
const requestStore = /* @__PURE__ */ makeWith(request, true);
function makeWith(verb, once) {
    return ((url, options) => makeStore(verb, once, url, options));
}

export { requestStore, subscriptionStore, withClient };
//# sourceMappingURL=store.js.map
