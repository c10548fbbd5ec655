// The entry `encke/store`: what a connection has brought so far, for code that shows it.

import { request, subscribe, type Client } from '../index.ts';
import { makeStore } from './make-store.ts';
import type { Address, MakeRequestStore, MakeSubscriptionStore, Verbs } from './types.ts';

export type * from './types.ts';

/** What makes stores with the connections of a client: of requests only where the client has that verb. */
export type Stores<Given extends Verbs = Client> = {
  readonly subscriptionStore: MakeSubscriptionStore<Given['subscribe']>;
} & (Given extends Required<Verbs> ? { readonly requestStore: MakeRequestStore<Given['request']> } : object);

/** The same with the connections of your client: `withClient(composeClient({ … }))`. */
export function withClient<Given extends Verbs>(verbs: Given): Stores<Given> {
  return {
    subscriptionStore: makeWith(verbs.subscribe, false),
    requestStore: makeWith(verbs.request, true),
  } as unknown as Stores<Given>;
}

/** Makes a store of a subscription, which is open while someone subscribes to the store. */
export const subscriptionStore: Stores['subscriptionStore'] = /* @__PURE__ */ makeWith(subscribe, false);
/** Makes a store of a request, which is sent by `start`, exactly once. */
export const requestStore: Stores['requestStore'] = /* @__PURE__ */ makeWith(request, true);

function makeWith(verb: Verbs['request'], once: boolean): never {
  return ((url: Address, options?: object) => makeStore(verb as never, once, url, options)) as never;
}
