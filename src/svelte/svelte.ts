// The entry `encke/svelte`: the stores, for components of Svelte 5.

import { onMount } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { toStore } from 'svelte/store';
import { request, subscribe, type Client, type EventMap } from '../index.ts';
import { makeStore } from '../store/make-store.ts';
import type {
  Address,
  LatestOptions,
  Readable,
  Reconnects,
  ReducedOptions,
  Snapshot,
  Startable,
  SubscriptionOptions,
  TextOptions,
  Verbs,
} from '../store/store.ts';

/** A value, or a function that gives it: what the function reads of the component's state is followed. */
export type MaybeGetter<Value> = Value | (() => Value);

/** Reactive fields, which must not be destructured; and a store of all of them, for `$` before its name. */
export type Reactive<Value> = Snapshot<Value> & Pick<Readable<Value>, 'subscribe'>;

/** What `useSubscription` is, for a verb of any client. */
export interface UseSubscription<Verb> {
  /** Connects while the component is mounted. If the options say another stream, the connection is closed and another opened. */
  <Value, Events extends object = EventMap>(
    url: MaybeGetter<Address>,
    options: MaybeGetter<SubscriptionOptions<Verb, Value, Events>>,
  ): Reactive<Value> & Reconnects;
  /** The same without `initial`: the value is `undefined` before the first message. */
  <Value = EventMap[string], Events extends object = EventMap>(
    url: MaybeGetter<Address>,
    options?: MaybeGetter<LatestOptions<Verb, Value, Events>>,
  ): Reactive<Value | undefined> & Reconnects;
}

/** What `useRequest` is, for a verb of any client. */
export interface UseRequest<Verb> {
  /** A request that is sent by `start`, and stopped when the component is unmounted. */
  <Value, Data = EventMap[string]>(
    url: MaybeGetter<string | URL>,
    options: MaybeGetter<ReducedOptions<Verb, Value, Data>>,
  ): Reactive<Value> & Startable<ReducedOptions<Verb, Value, Data>>;
  /** The same without `reduce`: the value is the text that has come so far. */
  <Data = EventMap[string]>(
    url: MaybeGetter<string | URL>,
    options?: MaybeGetter<TextOptions<Verb, Data>>,
  ): Reactive<string> & Startable<TextOptions<Verb, Data>>;
}

/** The functions with the connections of a client: `useRequest` only where the client has that verb. */
export type Functions<Given extends Verbs = Client> = {
  readonly useSubscription: UseSubscription<Given['subscribe']>;
} & (Given extends Required<Verbs> ? { readonly useRequest: UseRequest<Given['request']> } : object);

/** The same with the connections of your client: `withClient(composeClient({ … }))`. */
export function withClient<Given extends Verbs>(verbs: Given): Functions<Given> {
  return {
    useSubscription: functionWith(verbs.subscribe, false),
    useRequest: functionWith(verbs.request, true),
  } as unknown as Functions<Given>;
}

/** Connects while the component is mounted. */
export const useSubscription: Functions['useSubscription'] = /* @__PURE__ */ functionWith(subscribe, false);
/** Gives a request that is sent by `start`, exactly once. */
export const useRequest: Functions['useRequest'] = /* @__PURE__ */ functionWith(request, true);

function functionWith(verb: Verbs['request'], once: boolean): never {
  return ((url: MaybeGetter<Address>, options?: MaybeGetter<object | undefined>) => {
    const { update, getSnapshot, getServerSnapshot, ...face } = makeStore(
      verb as never,
      once,
      valueOf(url),
      valueOf(options),
    );
    let changed: (() => void) | undefined;
    const follow = createSubscriber((next) => void (changed = next));
    // It has an effect around the function, which a module without runes cannot make itself.
    const given = toStore(() => update(valueOf(url) as string, valueOf(options) ?? {}));
    // Not before: a page that hydrates renders first what the server has rendered. And a server mounts nothing.
    onMount(() => given.subscribe(() => undefined));
    onMount(() => face.subscribe(() => changed?.()));
    for (const name of Object.keys(getSnapshot())) {
      const get = (): unknown => {
        follow();
        return getSnapshot()[name as keyof Snapshot<unknown>];
      };
      Object.defineProperty(face, name, { get, enumerable: true });
    }
    return face;
  }) as never;
}

function valueOf<Value>(given: MaybeGetter<Value>): Value {
  return typeof given === 'function' ? (given as () => Value)() : given;
}
