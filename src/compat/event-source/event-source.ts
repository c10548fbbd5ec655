// The entry encke/event-source: the standard's EventSource, with headers, methods and reconnection as one needs them.

import type { EnckeError } from '../../ground/errors.ts';
import { baseUrl } from '../../ground/page-address.ts';
import type { Head, Stop } from '../../transports/transport.ts';
import { follow } from './follow.ts';
import type { EventSourceOptions } from './options.ts';

export type { Asked } from '../../options.ts';
export type { EventSourceOptions } from './options.ts';

/** The `open` event. */
export interface EventSourceOpenEvent extends Event {
  readonly status?: number | undefined;
  readonly headers?: Headers | undefined;
}

/** The `error` event. Its members are absent where the browser's own EventSource fired it. */
export interface EventSourceErrorEvent extends Event {
  /** HTTP status, where there was a response. */
  readonly status?: number | undefined;
  readonly headers?: Headers | undefined;
  /** What went wrong, as a sentence; `''` where the server ended the stream. */
  readonly message?: string | undefined;
}

/** Its events by their types. All others are `MessageEvent`s. */
export interface EventSourceEvents {
  open: EventSourceOpenEvent;
  message: MessageEvent;
  error: EventSourceErrorEvent;
}

/** What `onopen`, `onmessage` and `onerror` take. */
export type EventSourceHandler<Type extends keyof EventSourceEvents> =
  ((this: globalThis.EventSource, event: EventSourceEvents[Type]) => unknown) | null;

const STATES = { CONNECTING: 0, OPEN: 1, CLOSED: 2 } as const;
const HANDLERS = ['open', 'message', 'error'] as const;

/** Fits wherever the DOM's type of the same name does. */
export interface EventSource {
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSED: 2;
  onopen: EventSourceHandler<'open'>;
  onmessage: EventSourceHandler<'message'>;
  onerror: EventSourceHandler<'error'>;
  /** Adds a listener, as every `EventTarget` does. The data of a named event comes as a `MessageEvent`. */
  addEventListener<Type extends keyof EventSourceEvents>(
    type: Type,
    listener: (this: globalThis.EventSource, event: EventSourceEvents[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  /** Adds a listener, as every `EventTarget` does. The data of a named event comes as a `MessageEvent`. */
  addEventListener(
    type: string,
    listener:
      ((this: globalThis.EventSource, event: MessageEvent) => unknown) | EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  /** Takes a listener away, as every `EventTarget` does. */
  removeEventListener<Type extends keyof EventSourceEvents>(
    type: Type,
    listener: (this: globalThis.EventSource, event: EventSourceEvents[Type]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  /** Takes a listener away, as every `EventTarget` does. */
  removeEventListener(
    type: string,
    listener:
      ((this: globalThis.EventSource, event: MessageEvent) => unknown) | EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** `EventSource` of the HTML standard, made of `fetch`. */
export class EventSource extends EventTarget {
  declare static readonly CONNECTING: 0;
  declare static readonly OPEN: 1;
  declare static readonly CLOSED: 2;

  /** Options of every EventSource made from now on, where it is not given its own. */
  static defaults: EventSourceOptions = {};

  readonly #url: string;
  readonly #withCredentials: boolean;
  readonly #signal: AbortSignal | undefined;
  readonly #handlers = new Map<string, { handler: object; listener(event: Event): void }>();
  #readyState: 0 | 1 | 2 = STATES.CONNECTING;
  #stop: Stop | undefined;

  static {
    const { prototype } = this;
    // Bundlers and minifiers name it otherwise.
    Object.defineProperty(this, 'name', { value: 'EventSource' });
    for (const [name, value] of Object.entries(STATES)) {
      for (const holder of [this, prototype])
        Object.defineProperty(holder, name, { value, enumerable: true });
    }
    for (const type of HANDLERS) {
      Object.defineProperty(prototype, `on${type}`, {
        configurable: true,
        get(this: EventSource) {
          return this.#handlers.get(type)?.handler ?? null;
        },
        set(this: EventSource, value: unknown) {
          this.#handle(type, value);
        },
      });
    }
    // [spec: Web IDL] Attributes and operations are enumerable.
    const members = ['url', 'withCredentials', 'readyState', 'close', ...HANDLERS.map((type) => `on${type}`)];
    for (const name of members) Object.defineProperty(prototype, name, { enumerable: true });
    Object.defineProperty(prototype, Symbol.toStringTag, { value: 'EventSource', configurable: true });
  }

  /** @throws a `SyntaxError` that is a `DOMException` where the URL cannot be parsed */
  constructor(url: string | URL, options: EventSourceOptions = {}) {
    if (arguments.length === 0) throw new TypeError('EventSource needs a URL.');
    if (!/^(object|function)$/.test(typeof options)) {
      throw new TypeError('The options of an EventSource are an object.');
    }
    super();
    const all = { ...new.target.defaults, ...given(options) };
    this.#url = parse(url);
    this.#withCredentials = Boolean(all.withCredentials);
    this.#signal = all.signal;
    if (all.signal?.aborted) this.#readyState = STATES.CLOSED;
    else {
      all.signal?.addEventListener('abort', this.#abort);
      this.#stop = follow(this.#url, all, {
        opened: (head) => this.#become(STATES.OPEN, 'open', head),
        lost: (error) => this.#become(STATES.CONNECTING, 'error', error),
        failed: (error) => {
          this.close();
          this.#become(STATES.CLOSED, 'error', error);
        },
        message: ({ event, data, id }, origin) => {
          this.dispatchEvent(new MessageEvent(event, { data, origin, lastEventId: id }));
        },
      });
    }
  }

  /** Absolute. */
  get url(): string {
    return this.#url;
  }

  get withCredentials(): boolean {
    return this.#withCredentials;
  }

  get readyState(): number {
    return this.#readyState;
  }

  /** No event is fired any more. */
  close(): void {
    this.#readyState = STATES.CLOSED;
    this.#signal?.removeEventListener('abort', this.#abort);
    this.#stop?.();
  }

  readonly #abort = (): void => this.close();

  #become(state: 0 | 1 | 2, type: 'open' | 'error', known: Head | EnckeError | undefined): void {
    this.#readyState = state;
    const { status, headers } = known ?? {};
    const message = type === 'error' && { message: known instanceof Error ? known.message : '' };
    this.dispatchEvent(Object.assign(new Event(type), { status, headers, ...message }));
  }

  // [spec] An event handler's place among the listeners is that of when it was first set to a value that is not null.
  #handle(type: string, value: unknown): void {
    const isHandler = typeof value === 'function' || (typeof value === 'object' && value !== null);
    const known = this.#handlers.get(type);
    if (!isHandler) {
      if (known) this.removeEventListener(type, known.listener);
      this.#handlers.delete(type);
    } else if (known) known.handler = value;
    else {
      const added = {
        handler: value,
        listener: (event: Event) => {
          if (typeof added.handler === 'function') added.handler.call(this, event);
        },
      };
      this.#handlers.set(type, added);
      this.addEventListener(type, added.listener);
    }
  }
}

/** An option given as `undefined` is an option not given. */
function given(options: object | null): EventSourceOptions {
  return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined));
}

function parse(url: string | URL): string {
  // Unlike `String`, this refuses a symbol, as Web IDL does.
  const text = ''.concat(url as string);
  try {
    const { href, hostname, protocol } = new URL(text, baseUrl());
    // [spec: URL] U+0025 (%) is a forbidden domain code point. Chromium (156) writes spaces with it.
    if (!hostname.includes('%') || !protocol.startsWith('http')) return href;
  } catch {
    // The base URL is none, either.
  }
  throw new DOMException(`"${text}" is not a URL.`, 'SyntaxError');
}
