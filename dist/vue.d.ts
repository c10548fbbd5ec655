import { MaybeRefOrGetter, ComputedRef } from 'vue';
import { Client, EventMap } from './index.js';
import { Verbs, Address, SubscriptionOptions, Snapshot, Reconnects, LatestOptions, ReducedOptions, Startable, TextOptions } from './store.js';

/** A ref for each field. */
type Refs<Fields> = {
    readonly [Name in keyof Fields]: ComputedRef<Fields[Name]>;
};
/** What `useSubscription` is, for a verb of any client. */
interface UseSubscription<Verb> {
    /**
     * Connects while the component is mounted; outside of components, until the scope is disposed of. If the options say
     * another stream, the connection is closed and another opened.
     */
    <Value, Events extends object = EventMap>(url: MaybeRefOrGetter<Address>, options: MaybeRefOrGetter<SubscriptionOptions<Verb, Value, Events>>): Refs<Snapshot<Value>> & Reconnects;
    /** The same without `initial`: the value is `undefined` before the first message. */
    <Value = EventMap[string], Events extends object = EventMap>(url: MaybeRefOrGetter<Address>, options?: MaybeRefOrGetter<LatestOptions<Verb, Value, Events>>): Refs<Snapshot<Value | undefined>> & Reconnects;
}
/** What `useRequest` is, for a verb of any client. */
interface UseRequest<Verb> {
    /** A request that is sent by `start`, and stopped when the component is unmounted or the scope is disposed of. */
    <Value, Data = EventMap[string]>(url: MaybeRefOrGetter<string | URL>, options: MaybeRefOrGetter<ReducedOptions<Verb, Value, Data>>): Refs<Snapshot<Value>> & Startable<ReducedOptions<Verb, Value, Data>>;
    /** The same without `reduce`: the value is the text that has come so far. */
    <Data = EventMap[string]>(url: MaybeRefOrGetter<string | URL>, options?: MaybeRefOrGetter<TextOptions<Verb, Data>>): Refs<Snapshot<string>> & Startable<TextOptions<Verb, Data>>;
}
/** Composables with the connections of a client: `useRequest` only where the client has that verb. */
type Composables<Given extends Verbs = Client> = {
    readonly useSubscription: UseSubscription<Given['subscribe']>;
} & (Given extends Required<Verbs> ? {
    readonly useRequest: UseRequest<Given['request']>;
} : object);
/** The same with the connections of your client: `withClient(composeClient({ … }))`. */
declare function withClient<Given extends Verbs>(verbs: Given): Composables<Given>;
/** Connects while the component is mounted; outside of components, until the scope is disposed of. */
declare const useSubscription: Composables['useSubscription'];
/** Gives a request that is sent by `start`, exactly once. */
declare const useRequest: Composables['useRequest'];

export { useRequest, useSubscription, withClient };
export type { Composables, Refs, UseRequest, UseSubscription };
