// The entry `encke/vue`: composables over the stores.

import {
  computed,
  getCurrentInstance,
  onMounted,
  onScopeDispose,
  shallowRef,
  toValue,
  watchEffect,
  type ComputedRef,
  type MaybeRefOrGetter,
} from 'vue';
import { request, subscribe, type Client, type EventMap } from '../index.ts';
import { makeStore, type AnyStore } from '../store/make-store.ts';
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

/** A ref for each field. */
export type Refs<Fields> = { readonly [Name in keyof Fields]: ComputedRef<Fields[Name]> };

/** What `useSubscription` is, for a verb of any client. */
export interface UseSubscription<Verb> {
  /**
   * Connects while the component is mounted; outside of components, until the scope is disposed of. If the options say
   * another stream, the connection is closed and another opened.
   */
  <Value, Events extends object = EventMap>(
    url: MaybeRefOrGetter<Address>,
    options: MaybeRefOrGetter<SubscriptionOptions<Verb, Value, Events>>,
  ): Refs<Snapshot<Value>> & Reconnects;
  /** The same without `initial`: the value is `undefined` before the first message. */
  <Value = EventMap[string], Events extends object = EventMap>(
    url: MaybeRefOrGetter<Address>,
    options?: MaybeRefOrGetter<LatestOptions<Verb, Value, Events>>,
  ): Refs<Snapshot<Value | undefined>> & Reconnects;
}

/** What `useRequest` is, for a verb of any client. */
export interface UseRequest<Verb> {
  /** A request that is sent by `start`, and stopped when the component is unmounted or the scope is disposed of. */
  <Value, Data = EventMap[string]>(
    url: MaybeRefOrGetter<string | URL>,
    options: MaybeRefOrGetter<ReducedOptions<Verb, Value, Data>>,
  ): Refs<Snapshot<Value>> & Startable<ReducedOptions<Verb, Value, Data>>;
  /** The same without `reduce`: the value is the text that has come so far. */
  <Data = EventMap[string]>(
    url: MaybeRefOrGetter<string | URL>,
    options?: MaybeRefOrGetter<TextOptions<Verb, Data>>,
  ): Refs<Snapshot<string>> & Startable<TextOptions<Verb, Data>>;
}

/** Composables with the connections of a client: `useRequest` only where the client has that verb. */
export type Composables<Given extends Verbs = Client> = {
  readonly useSubscription: UseSubscription<Given['subscribe']>;
} & (Given extends Required<Verbs> ? { readonly useRequest: UseRequest<Given['request']> } : object);

/** The same with the connections of your client: `withClient(composeClient({ … }))`. */
export function withClient<Given extends Verbs>(verbs: Given): Composables<Given> {
  return {
    useSubscription: composableWith(verbs.subscribe, false),
    useRequest: composableWith(verbs.request, true),
  } as unknown as Composables<Given>;
}

/** Connects while the component is mounted; outside of components, until the scope is disposed of. */
export const useSubscription: Composables['useSubscription'] = /* @__PURE__ */ composableWith(
  subscribe,
  false,
);
/** Gives a request that is sent by `start`, exactly once. */
export const useRequest: Composables['useRequest'] = /* @__PURE__ */ composableWith(request, true);

function composableWith(verb: Verbs['request'], once: boolean): never {
  return ((url: MaybeRefOrGetter<Address>, options?: MaybeRefOrGetter<object | undefined>) => {
    const { update, subscribe, getSnapshot, getServerSnapshot, ...face } = makeStore(
      verb as never,
      once,
      toValue(url),
      toValue(options),
    ) as AnyStore & Record<string, unknown>;
    const snapshot = shallowRef(getSnapshot());
    let leave: (() => void) | undefined;
    const open = (): void => {
      leave = subscribe((next) => (snapshot.value = next));
    };
    watchEffect(() => update(toValue(url) as string, toValue(options) ?? {}));
    // Not before: a page that hydrates renders first what the server has rendered. And a server mounts nothing.
    if (getCurrentInstance()?.isMounted === false) onMounted(open);
    else open();
    onScopeDispose(() => leave?.(), true);
    for (const name of Object.keys(snapshot.value)) {
      face[name] = computed(() => snapshot.value[name as keyof Snapshot<unknown>]);
    }
    return face;
  }) as never;
}
