// What a caller holds: a session, with the handlers that its messages go to.

import { call } from '../ground/call.ts';
import { EnckeError, inWords } from '../ground/errors.ts';
import type { Message } from '../ground/message.ts';
import { EXCERPT_LENGTH } from '../ground/unreadable.ts';
import {
  resolveOptions,
  type Closed,
  type EventMap,
  type MessageOf,
  type ResolvedOptions,
  type State,
  type TraceEntry,
} from '../options.ts';
import { allReady } from './all-ready.ts';
import { createCursor } from './cursor.ts';
import {
  wrap,
  type ConnectionInside,
  type ConnectionSeams,
  type House,
  type Listener,
  type Session,
  type Taker,
  type Told,
} from './part.ts';
import { inert } from './inert.ts';
import { targetOf } from './request.ts';

/** What every client gives a caller to hold. */
export interface CoreConnection<Events extends object = EventMap> {
  readonly state: State;
  /** Name of the transport in use; `''` on a server, where nothing is requested. */
  readonly transport: string;
  /** The id to resume after; `''` where the server gives none. */
  readonly lastEventId: string;
  /** Resolves when the connection is over for good. Never rejects. */
  readonly closed: Promise<Closed>;
  /** Ends the connection; nothing is delivered after this. Calling it again does no harm. */
  close(): void;
  /** Adds a handler for one event name; the returned function takes it away. */
  on<Name extends keyof Events & string>(
    event: Name,
    handler: (data: Events[Name], message: Message<Events[Name]>) => void,
  ): () => void;
}

/** What the part `trace` adds. */
export interface Traced {
  /** What has happened to it, for bug reports: the last 200 entries, the oldest first. */
  readonly trace: readonly TraceEntry[];
}

/** What the part `settledState` adds. */
export interface Settled {
  /** The last state that lasted 3 s, or `closed`: for banners that shall not flicker. */
  readonly settledState: State;
}

/** What both verbs of a client with all parts return. */
export interface Connection<Events extends object = EventMap>
  extends CoreConnection<Events>, Traced, Settled, AsyncIterable<MessageOf<Events>> {}

/** What `subscribe` returns. A request has no `reconnect`: it is sent once. */
export interface Reconnectable {
  /** Connects anew at once, and resumes after the last event id. A connection that others share is theirs, too. */
  reconnect(): void;
}

/** What awaiting a request gives. */
export interface Reply<Data = EventMap[string], Events extends object = EventMap<Data>> {
  /** The messages that no handler and no loop has taken. */
  readonly messages: MessageOf<Events>[];
  readonly status: number;
  /** Whether the response broke off, and `allowTruncated` let that count as its end. */
  readonly truncated: boolean;
  /** URL of the response after redirects. */
  readonly url: string;
  /** Absent where the transport cannot see them. */
  readonly headers: Headers | undefined;
  /** Name of the transport that carried it. */
  readonly transport: string;
}

type Handler = (data: unknown, message: Message) => void;

/**
 * @param once whether this is one exchange, never sent again
 * @throws EnckeError `invalid-option`, `no-transport`
 */
export function startConnection(
  house: House,
  url: string | URL,
  given: object,
  once: boolean,
): CoreConnection {
  const options: ResolvedOptions = resolveOptions(house.seams.options(given, once));
  const { signal, onMessage, parse, endOn, until, commands } = options;
  const { environment } = house;
  const isInert = environment.baseUrl() === undefined;
  const handlers = new Map<string, Set<Handler>>();
  const takers = new Set<Taker>();
  let last: Closed | undefined; // once it is over
  let settle: (closed: Closed) => void;
  const closed = new Promise<Closed>((resolve) => (settle = resolve));
  for (const [event, handler] of Object.entries(options.on ?? {})) on(event, handler as Handler);

  const face = {
    get state() {
      return running().state;
    },
    get transport() {
      return running().transport;
    },
    get lastEventId() {
      return running().lastEventId;
    },
    closed,
    close,
    on: on as CoreConnection['on'],
    ...(!once && { reconnect: () => running().reconnect() }),
  };
  const inside: ConnectionInside = {
    house,
    url: String(url),
    options,
    once,
    face,
    session: running,
    takers,
    get last() {
      return last;
    },
    isInert,
    claim: () => undefined,
    close,
  };
  const hearers = hearersOf(options, over);
  const seams: ConnectionSeams = { tell: (what, value) => void call(hearers[what], value), message: receive };
  wrap(
    seams,
    house.parts.map((part) => part.connection?.(inside)),
  );
  const listener: Listener = {
    ...seams,
    id: () => undefined,
    eventNames: () => [...handlers.keys()],
    ready: () => allReady([...takers, commands].map((taker) => taker?.ready())),
  };
  const target = targetOf(house, url, options, once);
  const cursor = createCursor(options.lastEventId);
  // A page's code may call us while a server renders it; nothing must happen then.
  const session = isInert ? inert(listener) : house.seams.start({ house, target, cursor }, listener);
  // Asynchronously, as all else is told: what is returned is not there yet. Nothing is requested before.
  if (signal?.aborted) queueMicrotask(abort);
  else signal?.addEventListener('abort', abort);
  return face;

  /** A function, since the parts begin before it is there. */
  function running(): Session {
    return session;
  }

  function over(closing: Closed): void {
    last = closing;
    signal?.removeEventListener('abort', abort);
    for (const taker of takers) taker.over?.(closing);
    settle(closing);
  }

  function receive(raw: Message): void {
    // Others who listen to the same session may have closed this connection.
    if (isClosed()) return;
    if (endOn !== undefined && raw.data === endOn) return running().close('done');
    const message = parse && typeof raw.data === 'string' ? parsed(raw, raw.data, parse) : raw;
    if (!message || isClosed()) return;
    if (onMessage) call(onMessage, message);
    if (commands && !isClosed()) commands.push(message.data);
    // Not asked where nobody listens by name, or loops: this runs for every message.
    if (handlers.size > 0) dispatch(message);
    if (takers.size > 0 && !isClosed()) for (const taker of takers) taker.push(message);
    if (until && !isClosed() && call(until, message)) running().close('done');
  }

  function dispatch(message: Message): void {
    // A copy: a handler that takes itself away and adds itself anew would be met for ever.
    for (const handler of [...(handlers.get(message.event) ?? [])]) {
      // A handler may close the connection; the ones after it hear nothing more.
      if (!isClosed()) call(handler, message.data, message);
    }
  }

  function parsed(raw: Message, text: string, parse: (text: string) => unknown): Message | undefined {
    try {
      return { ...raw, data: parse(text) };
    } catch (cause) {
      const payload = text.slice(0, EXCERPT_LENGTH);
      const { attempt, transport } = running();
      const details = { cause, payload, attempt, transport, url: target.url };
      call(options.onError, new EnckeError('malformed', `parse: ${inWords(cause)}`, details));
      return undefined;
    }
  }

  function on(event: string, handler: Handler): () => void {
    const known = handlers.get(event) ?? new Set();
    handlers.set(event, known.add(handler));
    return () => {
      known.delete(handler);
    };
  }

  /** A function, so that the compiler forgets what it knew before a handler ran. */
  function isClosed(): boolean {
    return last !== undefined;
  }

  function close(): void {
    running().close('user');
  }

  function abort(): void {
    running().close('abort');
  }
}

type Hearers = { readonly [Name in keyof Told]?: ((value: Told[Name]) => void) | undefined };

function hearersOf(options: ResolvedOptions, over: (closed: Closed) => void): Hearers {
  const { onState, onTransport, onOpen, onError, onResync } = options;
  return {
    state: onState,
    transport: onTransport,
    head: onOpen,
    error: onError,
    resync: onResync,
    closed: over,
  };
}
