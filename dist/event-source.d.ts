/** A value, or a function that gives it, asked before every attempt. */
type Asked<Value> = Value | (() => Value | Promise<Value>);

/** A value where a function stands is asked for before every attempt; the function may be async. */
interface EventSourceOptions {
    /** Whether cookies and HTTP authentication go to other origins, too. @defaultValue `false` */
    readonly withCredentials?: boolean | undefined;
    /** Headers of the request. Across origins they need a preflight. @defaultValue none */
    readonly headers?: Asked<HeadersInit> | undefined;
    /** The method of the request. @defaultValue `GET`, with a `body` `POST` */
    readonly method?: Asked<string> | undefined;
    /** The body of the request, as `fetch` takes it. @defaultValue none */
    readonly body?: Asked<BodyInit | null | undefined> | undefined;
    /** As in `fetch`, instead of `withCredentials`. @defaultValue `same-origin`, with `withCredentials` `include` */
    readonly credentials?: Asked<RequestCredentials> | undefined;
    /** What to call instead of the global `fetch`. @defaultValue the global `fetch` */
    readonly fetch?: typeof fetch | undefined;
    /** Closes the EventSource when it is aborted. @defaultValue none */
    readonly signal?: AbortSignal | undefined;
    /**
     * Longest silence, in milliseconds: then the connection is made again. Every byte counts, comments too.
     * @defaultValue `Infinity`, with `resilient` `45_000`
     */
    readonly heartbeatTimeout?: number | undefined;
    /**
     * Sends the last event id in this query parameter instead of the header `Last-Event-ID`.
     * @defaultValue the header; `lastEventId` for another origin that refuses the header
     */
    readonly lastEventIdQueryParameterName?: string | undefined;
    /**
     * Reconnects as encke does: with back-off and jitter, after `Retry-After`, after statuses that pass (408, 425, 429
     * and 5xx), after a silence of 45 seconds, and as soon as the browser is on line again. @defaultValue `false`
     */
    readonly resilient?: boolean | undefined;
}

/** The `open` event. */
interface EventSourceOpenEvent extends Event {
    readonly status?: number | undefined;
    readonly headers?: Headers | undefined;
}
/** The `error` event. Its members are absent where the browser's own EventSource fired it. */
interface EventSourceErrorEvent extends Event {
    /** HTTP status, where there was a response. */
    readonly status?: number | undefined;
    readonly headers?: Headers | undefined;
    /** What went wrong, as a sentence; `''` where the server ended the stream. */
    readonly message?: string | undefined;
}
/** Its events by their types. All others are `MessageEvent`s. */
interface EventSourceEvents {
    open: EventSourceOpenEvent;
    message: MessageEvent;
    error: EventSourceErrorEvent;
}
/** What `onopen`, `onmessage` and `onerror` take. */
type EventSourceHandler<Type extends keyof EventSourceEvents> = ((this: globalThis.EventSource, event: EventSourceEvents[Type]) => unknown) | null;
/** Fits wherever the DOM's type of the same name does. */
interface EventSource {
    readonly CONNECTING: 0;
    readonly OPEN: 1;
    readonly CLOSED: 2;
    onopen: EventSourceHandler<'open'>;
    onmessage: EventSourceHandler<'message'>;
    onerror: EventSourceHandler<'error'>;
    /** Adds a listener, as every `EventTarget` does. The data of a named event comes as a `MessageEvent`. */
    addEventListener<Type extends keyof EventSourceEvents>(type: Type, listener: (this: globalThis.EventSource, event: EventSourceEvents[Type]) => unknown, options?: boolean | AddEventListenerOptions): void;
    /** Adds a listener, as every `EventTarget` does. The data of a named event comes as a `MessageEvent`. */
    addEventListener(type: string, listener: ((this: globalThis.EventSource, event: MessageEvent) => unknown) | EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
    /** Takes a listener away, as every `EventTarget` does. */
    removeEventListener<Type extends keyof EventSourceEvents>(type: Type, listener: (this: globalThis.EventSource, event: EventSourceEvents[Type]) => unknown, options?: boolean | EventListenerOptions): void;
    /** Takes a listener away, as every `EventTarget` does. */
    removeEventListener(type: string, listener: ((this: globalThis.EventSource, event: MessageEvent) => unknown) | EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}
/** `EventSource` of the HTML standard, made of `fetch`. */
declare class EventSource extends EventTarget {
    #private;
    static readonly CONNECTING: 0;
    static readonly OPEN: 1;
    static readonly CLOSED: 2;
    /** Options of every EventSource made from now on, where it is not given its own. */
    static defaults: EventSourceOptions;
    /** @throws a `SyntaxError` that is a `DOMException` where the URL cannot be parsed */
    constructor(url: string | URL, options?: EventSourceOptions);
    /** Absolute. */
    get url(): string;
    get withCredentials(): boolean;
    get readyState(): number;
    /** No event is fired any more. */
    close(): void;
}

export { EventSource };
export type { Asked, EventSourceErrorEvent, EventSourceEvents, EventSourceHandler, EventSourceOpenEvent, EventSourceOptions };
