// Parts for tests: a world whose time stands still, and a transport whose server is the test.

import { EnckeError } from './ground/errors.ts';
import type { Environment } from './session/environment.ts';
import type { Message } from './ground/message.ts';
import { refuseUnknown } from './ground/option-names.ts';
import type { PageEvent } from './session/page-lifecycle.ts';
import { longPolling, polling } from './transports/polling.ts';
import type { Head, Rhythm, Sink, Transport, TransportRequest } from './transports/transport.ts';

/** An environment to hand to `createClient`, whose time moves only when told. */
export interface VirtualEnvironment extends Environment {
  /** Lets so many milliseconds pass: fires the timers due in order, and everything they set off. */
  advance(milliseconds: number): Promise<void>;
  /** Lets so many milliseconds pass in which the machine sleeps: what was due meanwhile comes late, all at once. */
  sleep(milliseconds: number): Promise<void>;
  /** Has something happen to the page. */
  tell(event: PageEvent): Promise<void>;
  /** Lets everything that is due now happen. */
  settle(): Promise<void>;
  /** How many timers are set. */
  readonly timers: number;
  /** How many watch the page. */
  readonly watchers: number;
}

/** Options of `virtualEnvironment`. */
export interface VirtualEnvironmentOptions {
  /** @defaultValue `'https://app.test/'` */
  baseUrl?: string | undefined;
  /** @defaultValue always 0.5 */
  random?: (() => number) | undefined;
  /** @defaultValue the global `fetch` */
  fetch?: typeof fetch | undefined;
}

/** Makes an environment whose time moves only when told. @throws EnckeError `invalid-option` */
export function virtualEnvironment(options: VirtualEnvironmentOptions = {}): VirtualEnvironment {
  refuseUnknown('virtualEnvironment', options, { baseUrl: 0, random: 0, fetch: 0 });
  const { baseUrl = 'https://app.test/', random = () => 0.5 } = options;
  const timers = new Set<{ readonly due: number; readonly callback: () => void }>();
  const watchers = new Set<(event: PageEvent) => void>();
  const kept = new Map<string, string>();
  let time = 0;
  let hidden = false;

  return {
    now: () => time,
    setTimer(callback, milliseconds) {
      const timer = { due: time + milliseconds, callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    random,
    baseUrl: () => baseUrl,
    origin: () => new URL(baseUrl).origin,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    page: {
      watch(watcher) {
        watchers.add(watcher);
        return () => void watchers.delete(watcher);
      },
      isHidden: () => hidden,
    },
    storage: () => ({
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    }),
    get timers() {
      return timers.size;
    },
    get watchers() {
      return watchers.size;
    },
    settle,
    async tell(event) {
      if (event === 'hidden' || event === 'visible') hidden = event === 'hidden';
      for (const watcher of [...watchers]) watcher(event);
      await settle();
    },
    async sleep(milliseconds) {
      await settle();
      time += milliseconds;
      await fire(time);
    },
    async advance(milliseconds) {
      const end = time + milliseconds;
      await settle();
      await fire(end);
      // Another may have let more time pass meanwhile.
      time = Math.max(time, end);
    },
  };

  async function fire(end: number): Promise<void> {
    for (let timer = earliest(end); timer; timer = earliest(end)) {
      timers.delete(timer);
      time = Math.max(time, timer.due);
      timer.callback();
      await settle();
    }
  }

  function earliest(end: number): { due: number; callback: () => void } | undefined {
    const due = [...timers].filter((timer) => timer.due <= end);
    return due.reduce<(typeof due)[number] | undefined>(
      (first, timer) => (first && first.due <= timer.due ? first : timer),
      undefined,
    );
  }
}

/** Long enough for every promise that a session waits for one after the other. */
const MICROTASKS = 50;

async function settle(): Promise<void> {
  for (let turn = 0; turn < MICROTASKS; turn++) await Promise.resolve();
}

/** One request that reached a memory transport, and the server's side of it. */
export interface MemoryConnection {
  readonly request: TransportRequest;
  /** Whether neither side has ended it. */
  readonly live: boolean;
  /** Whether the client has ended it. */
  readonly stopped: boolean;
  /** Sends the head. @defaultValue 200 with the content type `text/event-stream` */
  open(head?: { status?: number; headers?: Record<string, string> }): void;
  /** Sends text of the body; the head first, where it is missing. */
  send(text: string): void;
  /** Sends a message that needs no decoding; the head first, where it is missing. Without `id` it carries the last one; `''` clears that. */
  message(message: Partial<Message> & { data: unknown }): void;
  /** Ends the body. */
  end(): void;
  /** Breaks the connection. */
  cut(): void;
  /** Answers with a status that carries no messages. */
  status(status: number, headers?: Record<string, string>, body?: string): void;
  /** Tells that this transport cannot work here. @param sent whether the request may have left; `false` where not given */
  unusable(reason: string, sent?: boolean): void;
}

export interface MemoryTransport extends Transport {
  /** Every request so far, the first first. */
  readonly connections: readonly MemoryConnection[];
  /** The newest request. @throws Error when there was none */
  readonly latest: MemoryConnection;
}

/** Options of `memoryTransport`. */
export interface MemoryTransportOptions {
  /** @defaultValue `'memory'` */
  name?: string | undefined;
  /** @defaultValue `'stream'` */
  rhythm?: Rhythm | undefined;
  /** Why it can carry nothing. @defaultValue it can carry everything */
  refusal?: string | undefined;
}

/** A transport without a network. */
export function memoryTransport(options: MemoryTransportOptions = {}): MemoryTransport {
  refuseUnknown('memoryTransport', options, { name: 0, rhythm: 0, refusal: 0 });
  const { name = 'memory', rhythm = 'stream', refusal } = options;
  const connections: MemoryConnection[] = [];
  return {
    name,
    rhythm,
    ...(rhythm !== 'stream' && { polls: rhythm === 'answer' ? longPolling : polling }),
    sendsHeaders: true,
    namesItself: rhythm !== 'stream',
    tellsCuts: true,
    showsLife: true,
    connections,
    get latest() {
      const latest = connections.at(-1);
      if (!latest) throw new Error('No request has reached this transport yet.');
      return latest;
    },
    refuses: () => refusal,
    open(request, sink) {
      const { connection, stop } = connectInMemory(request, sink);
      connections.push(connection);
      return stop;
    },
  };
}

function connectInMemory(
  request: TransportRequest,
  sink: Sink,
): { connection: MemoryConnection; stop: () => void } {
  let { lastEventId } = request; // what messages carry
  let opened = false;
  let over = false;
  let stopped = false;

  const connection: MemoryConnection = {
    request,
    get live() {
      return !over;
    },
    get stopped() {
      return stopped;
    },
    open({ status = 200, headers = { 'content-type': 'text/event-stream' } } = {}) {
      if (over || opened) return;
      opened = true;
      sink.opened({ status, url: request.url, headers: new Headers(headers) });
    },
    send(text) {
      connection.open();
      if (!over) sink.text(text);
    },
    message({ event = 'message', data, id }) {
      connection.open();
      if (!over && id !== undefined) sink.id((lastEventId = id));
      if (!over) sink.message({ event, data, id: lastEventId });
    },
    end() {
      connection.open();
      finish({ how: 'complete' });
    },
    cut() {
      finish({ how: 'cut', error: new EnckeError('network', 'The test cut the connection.') });
    },
    status(status, headers = {}, body = '') {
      const head: Head = { status, url: request.url, headers: new Headers(headers) };
      finish({ how: 'status', head, body });
    },
    unusable(reason, sent = false) {
      finish({ how: 'unusable', sent, error: new EnckeError('unusable', reason) });
    },
  };
  return {
    connection,
    stop() {
      stopped ||= !over;
      over = true;
    },
  };

  function finish(end: Parameters<Sink['ended']>[0]): void {
    if (over) return;
    over = true;
    sink.ended(end);
  }
}
