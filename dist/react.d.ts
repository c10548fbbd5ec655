import { Client, EventMap } from './index.js';
import { Verbs, Address, SubscriptionOptions, Snapshot, Reconnects, LatestOptions, ReducedOptions, Startable, TextOptions } from './store.js';

/** What `useSubscription` is, for a verb of any client. */
interface UseSubscription<Verb> {
    /** Connects while the component is mounted. If the options say another stream, the connection is closed and another opened. */
    <Value, Events extends object = EventMap>(url: Address, options: SubscriptionOptions<Verb, Value, Events>): Snapshot<Value> & Reconnects;
    /** The same without `initial`: the value is `undefined` before the first message. */
    <Value = EventMap[string], Events extends object = EventMap>(url: Address, options?: LatestOptions<Verb, Value, Events>): Snapshot<Value | undefined> & Reconnects;
}
/** What `useRequest` is, for a verb of any client. */
interface UseRequest<Verb> {
    /** A request that is sent by `start`, and stopped when the component is unmounted. */
    <Value, Data = EventMap[string]>(url: string | URL, options: ReducedOptions<Verb, Value, Data>): Snapshot<Value> & Startable<ReducedOptions<Verb, Value, Data>>;
    /** The same without `reduce`: the value is the text that has come so far. */
    <Data = EventMap[string]>(url: string | URL, options?: TextOptions<Verb, Data>): Snapshot<string> & Startable<TextOptions<Verb, Data>>;
}
/** Hooks with the connections of a client: `useRequest` only where the client has that verb. */
type Hooks<Given extends Verbs = Client> = {
    readonly useSubscription: UseSubscription<Given['subscribe']>;
} & (Given extends Required<Verbs> ? {
    readonly useRequest: UseRequest<Given['request']>;
} : object);
/** The same with the connections of your client: `withClient(composeClient({ … }))`. */
declare function withClient<Given extends Verbs>(verbs: Given): Hooks<Given>;
/** Connects while the component is mounted. */
declare const useSubscription: Hooks['useSubscription'];
/** Gives a request that is sent by `start`, exactly once. */
declare const useRequest: Hooks['useRequest'];

export { useRequest, useSubscription, withClient };
export type { Hooks, UseRequest, UseSubscription };
