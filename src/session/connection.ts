// What a caller holds: a session, with the handlers and loops that its messages go to.

import { call } from '../ground/call.ts';
import { EnckeError } from '../ground/errors.ts';
import type { Message } from '../ground/message.ts';
import {
  resolveOptions,
  type Closed,
  type EventMap,
  type MessageOf,
  type State,
  type SubscribeOptions,
  type TraceEntry,
} from '../options.ts';
import type { Head } from '../transports/transport.ts';
import { allReady } from './all-ready.ts';
import { createMessageQueue, type MessageQueue } from './message-queue.ts';
import { openSession, type Household } from './open-session.ts';
import { createSettledState } from './settled-state.ts';

/** What both verbs return. */
export interface Connection<Events extends object = EventMap> extends AsyncIterable<MessageOf<Events>> {
  readonly state: State;
  /** The last state that lasted 3 s, or `closed`: for banners that shall not flicker. */
  readonly settledState: State;
  /** What has happened to it, for bug reports: the last 200 entries, the oldest first. */
  readonly trace: readonly TraceEntry[];
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

export interface ConnectionPlan<Events extends object> {
  readonly household: Household;
  readonly url: string | URL;
  readonly options: SubscribeOptions<Events>;
  /** Whether this is one exchange, never sent again. */
  readonly once: boolean;
}

export interface Started<Events extends object> {
  readonly connection: Connection<Events>;
  reconnect(): void;
  /** The whole reply, once it is in. */
  reply(): Promise<Reply<unknown, Events>>;
}

type Handler = (data: unknown, message: Message) => void;
type Loop = MessageQueue<Message>;

export function startConnection<Events extends object>(plan: ConnectionPlan<Events>): Started<Events> {
  const { household, once } = plan;
  const options = resolveOptions(plan.options);
  const { signal, onMessage, parse, endOn, until, commands } = options;
  const handlers = new Map<string, Set<Handler>>();
  const loops = new Set<Loop>();
  const settled = createSettledState(household.environment, options.onSettledState);
  const isOnServer = household.environment.baseUrl() === undefined;
  let head: Head | undefined;
  let last: Closed | undefined; // once it is over
  let settle: (closed: Closed) => void;
  const closed = new Promise<Closed>((resolve) => (settle = resolve));

  for (const [event, handler] of Object.entries(options.on ?? {})) on(event, handler as Handler);
  // A request keeps its messages for whoever awaits it or loops over it later.
  let unclaimed = once && !onMessage && !options.on && !commands ? addLoop() : undefined;

  const session = openSession(household, plan.url, options, once, {
    state(change) {
      settled.note(change);
      call(options.onState, change);
    },
    transport: (change) => call(options.onTransport, change),
    head(seen) {
      head = seen;
      call(options.onOpen, seen);
    },
    message: receive,
    error: (error) => call(options.onError, error),
    resync: (gap) => call(options.onResync, gap),
    closed(closing) {
      last = closing;
      signal?.removeEventListener('abort', abort);
      for (const loop of loops) endLoop(loop, closing);
      settle(closing);
    },
    eventNames: () => [...handlers.keys()],
    ready: () => allReady([...loops, commands].map((taker) => taker?.ready())),
  });
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort);

  const connection: Connection = {
    get state() {
      return session.state;
    },
    get transport() {
      return session.transport;
    },
    get lastEventId() {
      return session.lastEventId;
    },
    get settledState() {
      return settled.state;
    },
    get trace() {
      return session.trace;
    },
    closed,
    close,
    on,
    [Symbol.asyncIterator]() {
      const loop = unclaimed ?? addLoop();
      unclaimed = undefined;
      return loop.read();
    },
  };
  return {
    connection: connection as Connection<Events>,
    reconnect: () => {
      session.reconnect();
    },
    reply,
  };

  function receive(raw: Message): void {
    // Others who listen to the same session may have closed this connection.
    if (isClosed()) return;
    if (endOn !== undefined && raw.data === endOn) {
      session.close('done');
      return;
    }
    const message = parse && typeof raw.data === 'string' ? parsed(raw, raw.data, parse) : raw;
    if (!message || isClosed()) return;
    if (onMessage) call(onMessage, message);
    if (commands && !isClosed()) commands.push(message.data);
    // Not asked where nobody listens by name, or loops: this runs for every message.
    if (handlers.size > 0) dispatch(message);
    if (loops.size > 0 && !isClosed()) for (const loop of loops) loop.push(message);
    if (until && !isClosed() && call(until, message)) session.close('done');
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
      const payload = text.slice(0, 200);
      const { attempt, transport } = session;
      const details = { cause, payload, attempt, transport };
      call(options.onError, new EnckeError('malformed', `parse: ${String(cause)}`, details));
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

  function addLoop(): Loop {
    const loop: Loop = createMessageQueue(close);
    loops.add(loop);
    if (isOnServer) loop.end();
    // A loop that begins after the connection has ended.
    if (last) endLoop(loop, last);
    return loop;
  }

  /** What the caller closed gives nothing more; an abort for a reason of its own, a time limit for one, is told. */
  function endLoop(loop: Loop, { reason, error }: Closed): void {
    if (reason === 'user') loop.drop();
    else if (reason === 'abort') loop.drop(isAbortError(signal?.reason) ? undefined : signal?.reason);
    else loop.end(error);
  }

  /** A function, so that the compiler forgets what it knew before a handler ran. */
  function isClosed(): boolean {
    return session.state === 'closed';
  }

  function close(): void {
    session.close('user');
  }

  function abort(): void {
    session.close('abort');
  }

  async function reply(): Promise<Reply<unknown, Events>> {
    if (isOnServer) throw new EnckeError('no-transport', 'On a server nothing is requested.');
    const { reason, error, truncated = false } = await closed;
    if (error) throw error;
    if (reason === 'abort') throw signal?.reason;
    // What was closed half way must not pass for a whole reply.
    if (reason === 'user') throw new DOMException('The request was closed.', 'AbortError');
    await commands?.done;
    return {
      truncated,
      messages: (unclaimed?.take() ?? []) as MessageOf<Events>[],
      status: head?.status ?? 204,
      url: head?.url ?? String(plan.url),
      headers: head?.headers,
      transport: session.transport,
    };
  }
}

function isAbortError(reason: unknown): boolean {
  return (reason as { name?: unknown } | undefined)?.name === 'AbortError';
}
