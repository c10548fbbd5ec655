import { toValue, shallowRef, watchEffect, getCurrentInstance, onMounted, onScopeDispose, computed } from 'vue';
import { s as subscribe, r as request } from './shared-preset.js';
import { m as makeStore } from './shared-make-store.js';

// The entry `encke/vue`: composables over the stores.
/** The same with the connections of your client: `withClient(composeClient({ … }))`. */
function withClient(verbs) {
    return {
        useSubscription: composableWith(verbs.subscribe, false),
        useRequest: composableWith(verbs.request, true),
    };
}
/** Connects while the component is mounted; outside of components, until the scope is disposed of. */
const useSubscription = /* @__PURE__ */ composableWith(subscribe, false);
/** Gives a request that is sent by `start`, exactly once. */
const useRequest = /* @__PURE__ */ composableWith(request, true);
function composableWith(verb, once) {
    return ((url, options) => {
        const { update, subscribe, getSnapshot, getServerSnapshot, ...face } = makeStore(verb, once, toValue(url), toValue(options));
        const snapshot = shallowRef(getSnapshot());
        let leave;
        const open = () => {
            leave = subscribe((next) => (snapshot.value = next));
        };
        watchEffect(() => update(toValue(url), toValue(options) ?? {}));
        // Not before: a page that hydrates renders first what the server has rendered. And a server mounts nothing.
        if (getCurrentInstance()?.isMounted === false)
            onMounted(open);
        else
            open();
        onScopeDispose(() => leave?.(), true);
        for (const name of Object.keys(snapshot.value)) {
            face[name] = computed(() => snapshot.value[name]);
        }
        return face;
    });
}

export { useRequest, useSubscription, withClient };
//# sourceMappingURL=vue.js.map
