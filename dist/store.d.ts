import { SubscribeOptions, ConnectionOptions, MessageOf, EventMap, Message, State, EnckeError, Closed, CoreConnection, Reconnectable, Client } from './index.js';

/** A connection at one moment. */
interface Snapshot<Value> {
    /** What `reduce` has made of the messages so far. */
    readonly value: Value;
    /** `closed`, too, where there is no URL, and where no request is under way. */
    readonly state: State;
    /** The last state that lasted 3 s, or `closed`: for banners that should not flicker. */
    readonly settledState: State;
    /** Why the connection was lost or closed; `undefined` once it is open again, and where you closed it. */
    readonly error: EnckeError | undefined;
    /** Whether everything has come: the whole answer, or all that there will be. */
    readonly done: boolean;
}
/** What a store is to those who read it: the contract of Svelte's stores, and the functions that React asks for. */
interface Readable<Value> {
    /** Calls the listener at once, and in each frame in which something changed. The returned function ends that. */
    subscribe(this: void, listener: (snapshot: Snapshot<Value>) => void): () => void;
    /** What was told last: the same object until something changes. */
    getSnapshot(this: void): Snapshot<Value>;
    /** What a server renders, and a page while it hydrates. */
    getServerSnapshot(this: void): Snapshot<Value>;
}
/** A subscription that is open while someone subscribes to the store. */
interface SubscriptionStore<Value, Options = object> extends Readable<Value>, Reconnects {
    /** Takes another URL, and other options where they are given. If they say another stream, the connection is closed, and another begins with `initial`. */
    update(this: void, url: Address, options?: Options): void;
}
/** A request that is sent when it is started, and stopped when the last who subscribed to the store has left. */
interface RequestStore<Value, Options = object> extends Readable<Value>, Startable<Options> {
    /** Takes another URL, and other options where they are given: what says what is sent for the next start, functions at once. */
    update(this: void, url: string | URL, options?: Options): void;
}
/** What can connect anew. */
interface Reconnects {
    /** Connects anew at once, and resumes after the last event id. If the connection has closed, begins anew with `initial`. */
    reconnect(this: void): void;
}
/** What is sent when it is started. */
interface Startable<Options> {
    /** Sends the request, with these options over the others. One that is under way is stopped. The promise never rejects. */
    start(this: void, options?: Partial<Options>): Promise<Closed>;
    /** Closes the connection, so that the server can stop its work. What has come stays. */
    stop(this: void): void;
}
/** Where to connect; nowhere without a URL. */
type Address = string | URL | null | undefined;
/** The verbs of a client, any that `composeClient`, `createClient` or `encke/light` gives. */
interface Verbs {
    /** Opens an endless connection. */
    subscribe(url: string | URL, options?: never): CoreConnection & Reconnectable;
    /** Makes one exchange; absent where the client has no such verb. */
    request?(url: string | URL, options?: never): CoreConnection;
}
/** How messages become one value. */
interface Reduction<Value, Received> {
    /** The value before the first message. @defaultValue `undefined`, `''` of a request */
    readonly initial: Value;
    /** Makes the next value of the last one and a message; called once for each message, as it comes. Return the same value, and nothing is rendered. @defaultValue gives the data of the message, of a request appends it */
    readonly reduce?: ((value: Value, message: Received) => Value) | undefined;
}
/** Options of a subscription that has a value from the beginning. */
type SubscriptionOptions<Verb, Value, Events extends object> = OptionsOf<Verb, NoInfer<Events>> & Reduction<Value, MessageOf<NoInfer<Events>>>;
/** Options of one that has none before the first message. */
type LatestOptions<Verb, Value, Events extends object> = OptionsOf<Verb, NoInfer<Events>> & Partial<Reduction<Value | undefined, MessageOf<NoInfer<Events>>>>;
/** Options of a request whose messages become a value of any type. */
type ReducedOptions<Verb, Value, Data> = OptionsOf<Verb, EventMap<Data>> & Required<Reduction<Value, Message<Data>>>;
/** Options of one whose messages become a text. */
type TextOptions<Verb, Data> = OptionsOf<Verb, EventMap<Data>> & Partial<Reduction<string, Message<Data>>>;
/** Makes the store of a subscription. */
interface MakeSubscriptionStore<Verb> {
    <Value, Events extends object = EventMap>(url: Address, options: SubscriptionOptions<Verb, Value, Events>): SubscriptionStore<Value, SubscriptionOptions<Verb, Value, Events>>;
    <Value = EventMap[string], Events extends object = EventMap>(url: Address, options?: LatestOptions<Verb, Value, Events>): SubscriptionStore<Value | undefined, LatestOptions<Verb, Value, Events>>;
}
/** Makes the store of a request. */
interface MakeRequestStore<Verb> {
    <Value, Data = EventMap[string]>(url: string | URL, options: ReducedOptions<Verb, Value, Data>): RequestStore<Value, ReducedOptions<Verb, Value, Data>>;
    <Data = EventMap[string]>(url: string | URL, options?: TextOptions<Verb, Data>): RequestStore<string, TextOptions<Verb, Data>>;
}
/** The options of a verb: those of the parts that its client has. */
type OptionsOf<Verb, Events extends object> = Omit<AnyOptionsOf<Verb>, Typed> & Pick<ConnectionOptions<Events>, Typed>;
/** The options whose types are those of the events. */
type Typed = 'on' | 'onMessage' | 'until';
/** The options that a verb takes. */
type AnyOptionsOf<Verb> = Verb extends VerbTaking<infer Options>['verb'] ? NonNullable<Options> : SubscribeOptions;
/** A verb as a method: as a function, one with a type parameter of its own would not fit. */
interface VerbTaking<Options> {
    /** Takes an address and options. */
    verb(url: never, options?: Options): unknown;
}

/** What makes stores with the connections of a client: of requests only where the client has that verb. */
type Stores<Given extends Verbs = Client> = {
    readonly subscriptionStore: MakeSubscriptionStore<Given['subscribe']>;
} & (Given extends Required<Verbs> ? {
    readonly requestStore: MakeRequestStore<Given['request']>;
} : object);
/** The same with the connections of your client: `withClient(composeClient({ … }))`. */
declare function withClient<Given extends Verbs>(verbs: Given): Stores<Given>;
/** Makes a store of a subscription, which is open while someone subscribes to the store. */
declare const subscriptionStore: Stores['subscriptionStore'];
/** Makes a store of a request, which is sent by `start`, exactly once. */
declare const requestStore: Stores['requestStore'];

export { requestStore, subscriptionStore, withClient };
export type { Address, AnyOptionsOf, LatestOptions, MakeRequestStore, MakeSubscriptionStore, OptionsOf, Readable, Reconnects, ReducedOptions, Reduction, RequestStore, Snapshot, Startable, Stores, SubscriptionOptions, SubscriptionStore, TextOptions, Typed, VerbTaking, Verbs };
