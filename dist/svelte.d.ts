import { Client, EventMap } from './index.js';
import { Verbs, Address, SubscriptionOptions, Snapshot, Readable, Reconnects, LatestOptions, ReducedOptions, Startable, TextOptions } from './store.js';

/** A value, or a function that gives it: what the function reads of the component's state is followed. */
type MaybeGetter<Value> = Value | (() => Value);
/** Reactive fields, which must not be destructured; and a store of all of them, for `$` before its name. */
type Reactive<Value> = Snapshot<Value> & Pick<Readable<Value>, 'subscribe'>;
/** What `useSubscription` is, for a verb of any client. */
interface UseSubscription<Verb> {
    /** Connects while the component is mounted. If the options say another stream, the connection is closed and another opened. */
    <Value, Events extends object = EventMap>(url: MaybeGetter<Address>, options: MaybeGetter<SubscriptionOptions<Verb, Value, Events>>): Reactive<Value> & Reconnects;
    /** The same without `initial`: the value is `undefined` before the first message. */
    <Value = EventMap[string], Events extends object = EventMap>(url: MaybeGetter<Address>, options?: MaybeGetter<LatestOptions<Verb, Value, Events>>): Reactive<Value | undefined> & Reconnects;
}
/** What `useRequest` is, for a verb of any client. */
interface UseRequest<Verb> {
    /** A request that is sent by `start`, and stopped when the component is unmounted. */
    <Value, Data = EventMap[string]>(url: MaybeGetter<string | URL>, options: MaybeGetter<ReducedOptions<Verb, Value, Data>>): Reactive<Value> & Startable<ReducedOptions<Verb, Value, Data>>;
    /** The same without `reduce`: the value is the text that has come so far. */
    <Data = EventMap[string]>(url: MaybeGetter<string | URL>, options?: MaybeGetter<TextOptions<Verb, Data>>): Reactive<string> & Startable<TextOptions<Verb, Data>>;
}
/** The functions with the connections of a client: `useRequest` only where the client has that verb. */
type Functions<Given extends Verbs = Client> = {
    readonly useSubscription: UseSubscription<Given['subscribe']>;
} & (Given extends Required<Verbs> ? {
    readonly useRequest: UseRequest<Given['request']>;
} : object);
/** The same with the connections of your client: `withClient(composeClient({ … }))`. */
declare function withClient<Given extends Verbs>(verbs: Given): Functions<Given>;
/** Connects while the component is mounted. */
declare const useSubscription: Functions['useSubscription'];
/** Gives a request that is sent by `start`, exactly once. */
declare const useRequest: Functions['useRequest'];

export { useRequest, useSubscription, withClient };
export type { Functions, MaybeGetter, Reactive, UseRequest, UseSubscription };
