import { onMount } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { toStore } from 'svelte/store';
import { s as subscribe, r as request } from './shared-preset.js';
import { m as makeStore } from './shared-make-store.js';

// The entry `encke/svelte`: the stores, for components of Svelte 5.
/** The same with the connections of your client: `withClient(composeClient({ … }))`. */
function withClient(verbs) {
    return {
        useSubscription: functionWith(verbs.subscribe, false),
        useRequest: functionWith(verbs.request, true),
    };
}
/** Connects while the component is mounted. */
const useSubscription = /* @__PURE__ */ functionWith(subscribe, false);
/** Gives a request that is sent by `start`, exactly once. */
const useRequest = /* @__PURE__ */ functionWith(request, true);
function functionWith(verb, once) {
    return ((url, options) => {
        const { update, getSnapshot, getServerSnapshot, ...face } = makeStore(verb, once, valueOf(url), valueOf(options));
        let changed;
        const follow = createSubscriber((next) => void (changed = next));
        // It has an effect around the function, which a module without runes cannot make itself.
        const given = toStore(() => update(valueOf(url), valueOf(options) ?? {}));
        // Not before: a page that hydrates renders first what the server has rendered. And a server mounts nothing.
        onMount(() => given.subscribe(() => undefined));
        onMount(() => face.subscribe(() => changed?.()));
        for (const name of Object.keys(getSnapshot())) {
            const get = () => {
                follow();
                return getSnapshot()[name];
            };
            Object.defineProperty(face, name, { get, enumerable: true });
        }
        return face;
    });
}
function valueOf(given) {
    return typeof given === 'function' ? given() : given;
}

export { useRequest, useSubscription, withClient };
//# sourceMappingURL=svelte.js.map
