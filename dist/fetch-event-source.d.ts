/** The content type of an event stream. */
declare const EventStreamContentType = "text/event-stream";
/** One message of the stream. */
interface EventSourceMessage {
    /** What this event states, or events without data before it; `''` if they state none. */
    id: string;
    /** `''` if the event names none. */
    event: string;
    data: string;
    /** The reconnection time that this event states, in milliseconds. */
    retry?: number;
}
/** Everything that `fetch` takes, and the hooks. */
interface FetchEventSourceInit extends RequestInit {
    headers?: Record<string, string>;
    /**
     * Called with each response, before its body is read. What it throws goes to `onerror`.
     * @defaultValue throws if the status is not 2xx, or the content type is not `text/event-stream`
     */
    onopen?: (response: Response) => Promise<void>;
    /** Called with each message. What it throws goes to `onerror`, and the stream goes on. */
    onmessage?: (ev: EventSourceMessage) => void;
    /** Called when a response has ended. What it throws goes to `onerror`. */
    onclose?: () => void;
    /**
     * Called with each error. If it throws, all is over, and the promise rejects with what it threw.
     * If it returns a number, the request is made again after so many milliseconds, also a POST.
     * If it returns nothing, the request is made again where `reconnect` allows it and a retry can help.
     */
    onerror?: (err: any) => number | null | undefined | void;
    /**
     * Whether the stream stays open while the page is hidden. Otherwise it closes, and resumes when the page is shown.
     * What is not made again by itself (`reconnect`) stays open.
     * @defaultValue `false`
     */
    openWhenHidden?: boolean;
    /** @defaultValue the global `fetch` at the moment of the request */
    fetch?: typeof fetch;
    /**
     * Whether the request is made again by itself, when its response has ended or failed or the page is shown again.
     * @defaultValue `true` for GET and HEAD, `false` for every other method
     */
    reconnect?: boolean;
}

/**
 * Resolves when `signal` aborts, when the server answers 204 or 205, and at the end of a response after which the request
 * is not made again. Rejects with what `onerror` throws, and with an error after which a retry cannot help.
 */
declare function fetchEventSource(input: RequestInfo | URL, init?: FetchEventSourceInit): Promise<void>;

export { EventStreamContentType, fetchEventSource };
export type { EventSourceMessage, FetchEventSourceInit };
