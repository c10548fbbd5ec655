// The entry `encke/react`: hooks over the stores.

import { useInsertionEffect, useMemo, useSyncExternalStore } from 'react';
import { request, subscribe, type Client, type EventMap } from '../index.ts';
import { makeStore } from '../store/make-store.ts';
import type {
  Address,
  LatestOptions,
  Reconnects,
  ReducedOptions,
  Snapshot,
  Startable,
  SubscriptionOptions,
  TextOptions,
  Verbs,
} from '../store/store.ts';
import { streamKey } from '../store/stream-key.ts';

/** What `useSubscription` is, for a verb of any client. */
export interface UseSubscription<Verb> {
  /** Connects while the component is mounted. If the options say another stream, the connection is closed and another opened. */
  <Value, Events extends object = EventMap>(
    url: Address,
    options: SubscriptionOptions<Verb, Value, Events>,
  ): Snapshot<Value> & Reconnects;
  /** The same without `initial`: the value is `undefined` before the first message. */
  <Value = EventMap[string], Events extends object = EventMap>(
    url: Address,
    options?: LatestOptions<Verb, Value, Events>,
  ): Snapshot<Value | undefined> & Reconnects;
}

/** What `useRequest` is, for a verb of any client. */
export interface UseRequest<Verb> {
  /** A request that is sent by `start`, and stopped when the component is unmounted. */
  <Value, Data = EventMap[string]>(
    url: string | URL,
    options: ReducedOptions<Verb, Value, Data>,
  ): Snapshot<Value> & Startable<ReducedOptions<Verb, Value, Data>>;
  /** The same without `reduce`: the value is the text that has come so far. */
  <Data = EventMap[string]>(
    url: string | URL,
    options?: TextOptions<Verb, Data>,
  ): Snapshot<string> & Startable<TextOptions<Verb, Data>>;
}

/** Hooks with the connections of a client: `useRequest` only where the client has that verb. */
export type Hooks<Given extends Verbs = Client> = {
  readonly useSubscription: UseSubscription<Given['subscribe']>;
} & (Given extends Required<Verbs> ? { readonly useRequest: UseRequest<Given['request']> } : object);

/** The same with the connections of your client: `withClient(composeClient({ … }))`. */
export function withClient<Given extends Verbs>(verbs: Given): Hooks<Given> {
  return {
    useSubscription: hookWith(verbs.subscribe, false),
    useRequest: hookWith(verbs.request, true),
  } as unknown as Hooks<Given>;
}

/** Connects while the component is mounted. */
export const useSubscription: Hooks['useSubscription'] = /* @__PURE__ */ hookWith(subscribe, false);
/** Gives a request that is sent by `start`, exactly once. */
export const useRequest: Hooks['useRequest'] = /* @__PURE__ */ hookWith(request, true);

function hookWith(verb: Verbs['request'], once: boolean): never {
  return ((url: Address, options: object = {}) => {
    // One store for each stream: a render never shows what another stream has brought.
    const key = once || streamKey(url, options);
    const { update, subscribe, getSnapshot, getServerSnapshot, ...actions } = useMemo(
      () => makeStore(verb as never, once, url, options),
      [key],
    );
    // Before any effect of the component, and never of a render that is thrown away.
    useInsertionEffect(() => update(url, options));
    return { ...useSyncExternalStore(subscribe, getSnapshot, getServerSnapshot), ...actions };
  }) as never;
}
