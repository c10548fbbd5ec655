import { useMemo, useInsertionEffect, useSyncExternalStore } from 'react';
import { s as subscribe, r as request } from './shared-preset.js';
import { s as streamKey, m as makeStore } from './shared-make-store.js';

// The entry `encke/react`: hooks over the stores.
/** The same with the connections of your client: `withClient(composeClient({ … }))`. */
function withClient(verbs) {
    return {
        useSubscription: hookWith(verbs.subscribe, false),
        useRequest: hookWith(verbs.request, true),
    };
}
/** Connects while the component is mounted. */
const useSubscription = /* @__PURE__ */ hookWith(subscribe, false);
/** Gives a request that is sent by `start`, exactly once. */
const useRequest = /* @__PURE__ */ hookWith(request, true);
function hookWith(verb, once) {
    return ((url, options = {}) => {
        // One store for each stream: a render never shows what another stream has brought.
        const key = once || streamKey(url, options);
        const { update, subscribe, getSnapshot, getServerSnapshot, ...actions } = useMemo(() => makeStore(verb, once, url, options), [key]);
        // Before any effect of the component, and never of a render that is thrown away.
        useInsertionEffect(() => update(url, options));
        return { ...useSyncExternalStore(subscribe, getSnapshot, getServerSnapshot), ...actions };
    });
}

export { useRequest, useSubscription, withClient };
//# sourceMappingURL=react.js.map
