// A little server behind memory transports. It numbers its events, resumes strictly after the id it is sent, and each
// connection to it meets the next fate of a list: what the network and the server make of it.

import {
  memoryTransport,
  type MemoryConnection,
  type MemoryTransport,
  type VirtualEnvironment,
} from '../../src/testing.ts';
import type { Rhythm, Transport } from '../../src/transports/transport.ts';

/** What becomes of a connection. All times in milliseconds. */
export type Fate =
  /** It works: the head comes after so long, the first event that long after the head; it may end after a time. */
  | { readonly kind: 'serve'; readonly head: number; readonly first: number; readonly lasts?: number }
  /** Something on the way keeps a stream until it ends, with its head or without. */
  | { readonly kind: 'held'; readonly showsHead: boolean; readonly lasts?: number }
  /** Something on the way shows the head of a stream, and kills it after so long. */
  | { readonly kind: 'killed'; readonly after: number }
  /** Accepted, never answered. */
  | { readonly kind: 'mute' }
  /** Broken before the head. */
  | { readonly kind: 'refused'; readonly after: number }
  | { readonly kind: 'status'; readonly status: number; readonly after: number; readonly retryAfter?: number }
  /** A login page, with 200. */
  | { readonly kind: 'html'; readonly after: number }
  | { readonly kind: 'unusable'; readonly after: number };

/** One transport of the ladder. */
export interface Rung {
  readonly rhythm: Rhythm;
  /** As EventSource: no status, no headers, no comment; the browser decodes. */
  readonly isOpaque: boolean;
  readonly sendsHeaders: boolean;
  readonly keepsText: boolean;
}

export interface NumberedServer {
  readonly transports: readonly Transport[];
  /** How many events there are. Their ids are 1, 2, 3 …, and so is their data. */
  readonly last: number;
  /** Requests so far. */
  readonly requests: number;
  /** How many of them sent the id in the URL over a transport that could have sent it as a header. */
  readonly guesses: number;
  /** The transports of the connections that neither side has ended. */
  readonly live: readonly string[];
  /** Timers of the server, which are not the client's. */
  readonly timers: number;
  /** The next event; of its text only so many characters at first, the rest with the next sign of life. */
  publish(characters?: number): void;
  /** Comments on every stream, so many characters. */
  comment(characters?: number): void;
  /** The server asks for this reconnection time. */
  askForRetry(milliseconds: number): void;
  /** Every connection breaks. */
  cut(): void;
  /** Every stream is ended by the server. */
  end(): void;
  /** From now on each connection meets the next of these, the last one for ever. */
  setFates(fates: readonly Fate[]): void;
  /** Calls back when so much time has passed. */
  after(milliseconds: number, act: () => void): void;
}

export interface NumberedServerOptions {
  readonly environment: VirtualEnvironment;
  readonly rungs: readonly Rung[];
  /** Whether events carry their numbers as ids. */
  readonly hasIds: boolean;
  /** Called when a request has reached it, with the id to resume after; 0 where there is none. */
  onRequest?(cursor: number): void;
}

export const HEALTHY: Fate = { kind: 'serve', head: 0, first: 0 };

/** How long a long poll waits for something to say. */
const LONG_POLL = 25_000;

/** The server's side of a connection it serves. */
interface Client {
  readonly connection: MemoryConnection;
  readonly rung: Rung;
  /** Whether what is written goes through. */
  flows: boolean;
  /** Number of the last event written. */
  at: number;
  /** What of it is still to be written. */
  rest: string;
}

export function createNumberedServer(options: NumberedServerOptions): NumberedServer {
  const { environment, rungs, hasIds } = options;
  const clients = new Set<Client>();
  const memories: MemoryTransport[] = [];
  let fates: readonly Fate[] = [HEALTHY];
  let met = 0; // how many fates have been met
  let requests = 0;
  let guesses = 0;
  let timers = 0;
  let last = 0;
  let retry = ''; // a line to be written with the next event

  const server: NumberedServer = {
    transports: rungs.map(transportFor),
    get last() {
      return last;
    },
    get requests() {
      return requests;
    },
    get guesses() {
      return guesses;
    },
    get live() {
      return memories.flatMap(({ connections, name }) =>
        connections.filter(({ live }) => live).map(() => name),
      );
    },
    get timers() {
      return timers;
    },
    publish(characters = Infinity) {
      last++;
      each((client) => serve(client, characters));
    },
    comment(characters = 0) {
      each(({ flows, rung, connection, rest }) => {
        // Not into the middle of an event.
        if (flows && rung.rhythm === 'stream' && !rung.isOpaque && rest === '')
          connection.send(`:${'-'.repeat(characters)}\n`);
      });
    },
    askForRetry(milliseconds) {
      retry = `retry: ${String(milliseconds)}\n`;
    },
    cut() {
      each(({ connection }) => connection.cut());
    },
    end() {
      each((client) => {
        if (client.rung.rhythm === 'stream') endStream(client);
      });
    },
    setFates(next) {
      fates = next;
      met = 0;
    },
    after,
  };
  return server;

  function transportFor(rung: Rung, index: number): Transport {
    const { rhythm, sendsHeaders, keepsText, isOpaque } = rung;
    const memory = memoryTransport({ name: `${rhythm}-${String(index)}`, rhythm });
    const { name, namesItself, polls, refuses } = memory;
    memories.push(memory);
    return {
      name,
      rhythm,
      ...(polls && { polls }),
      namesItself,
      refuses,
      sendsHeaders,
      keepsText,
      tellsCuts: !isOpaque,
      showsLife: !isOpaque,
      open(request, sink) {
        const stop = memory.open(request, {
          ...sink,
          opened: ({ status, url, headers }) => sink.opened({ status, url, ...(!isOpaque && { headers }) }),
        });
        const { latest } = memory;
        requests++;
        if (sendsHeaders && idInURL(latest) !== null) guesses++;
        accept(latest, rung, fates[Math.min(met++, fates.length - 1)] ?? HEALTHY);
        options.onRequest?.(cursorOf(latest));
        return stop;
      },
    };
  }

  function accept(connection: MemoryConnection, rung: Rung, fate: Fate): void {
    const isStream = rung.rhythm === 'stream';
    const at = hasIds ? cursorOf(connection) : last;
    const client: Client = { connection, rung, flows: false, at, rest: '' };
    switch (fate.kind) {
      case 'mute':
        clients.add(client);
        return;
      case 'refused':
        return after(fate.after, connection.cut);
      case 'status':
        return after(fate.after, () => answer(client, fate));
      case 'html':
        return after(fate.after, () => {
          connection.open({ headers: { 'content-type': 'text/html' } });
          connection.end();
        });
      case 'unusable':
        return after(fate.after, () => connection.unusable('The test forbids it.'));
      case 'killed':
        clients.add(client);
        if (!isStream) return begin(client);
        after(0, connection.open);
        return after(fate.after, connection.cut);
      case 'held':
        clients.add(client);
        if (!isStream) begin(client);
        else if (fate.showsHead) after(0, connection.open);
        break;
      case 'serve':
        clients.add(client);
        after(fate.head, () => {
          if (isStream) connection.open();
          after(fate.first, () => begin(client));
        });
    }
    const { lasts } = fate;
    if (lasts !== undefined && isStream) after(lasts, () => endStream(client));
  }

  /** What a browser shows of it. */
  function answer({ connection, rung }: Client, { status, retryAfter }: Fate & { kind: 'status' }): void {
    const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    if (rung.isOpaque) connection.cut();
    else connection.status(status, headers);
  }

  function begin(client: Client): void {
    client.flows = true;
    const { connection, rung } = client;
    // Not in the same call: a transport opens before it says anything.
    after(0, () => serve(client));
    if (rung.rhythm === 'answer') after(LONG_POLL, connection.end);
  }

  /** Writes what the client does not have yet. */
  function serve(client: Client, characters = Infinity): void {
    const { connection, rung, rest } = client;
    if (!connection.live || !client.flows) return;
    if (rung.rhythm === 'interval') return answerPoll(client);
    if (client.at === last && rest === '') return;
    write(client, characters);
    if (rung.rhythm === 'answer') connection.end();
  }

  function answerPoll(client: Client): void {
    const { connection, at } = client;
    const etag = `"${String(at)}-${String(last)}"`;
    if (connection.request.headers.get('if-none-match') === etag) return connection.status(304);
    connection.open({ headers: { 'content-type': 'text/event-stream', etag } });
    write(client);
    connection.end();
  }

  function write(client: Client, characters = Infinity): void {
    const { connection, rung } = client;
    if (rung.isOpaque) {
      while (client.at < last && connection.live) {
        const id = String(++client.at);
        connection.message({ data: id, ...(hasIds && { id }) });
      }
      return;
    }
    const texts = Array.from({ length: last - client.at }, (_, index) => textOf(client.at + index + 1));
    const text = client.rest + texts.join('');
    // A poll's answer is whole.
    const sent = rung.rhythm === 'stream' ? Math.min(characters, text.length) : text.length;
    client.at = last;
    client.rest = text.slice(sent);
    connection.send(text.slice(0, sent));
  }

  function textOf(number: number): string {
    const id = hasIds ? `id: ${String(number)}\n` : '';
    const asked = retry;
    retry = '';
    return `${asked}${id}data: ${String(number)}\n\n`;
  }

  /** What was held on the way comes with the end. */
  function endStream(client: Client): void {
    const { connection } = client;
    if (!connection.live) return;
    client.flows = true;
    serve(client);
    connection.end();
  }

  function each(act: (client: Client) => void): void {
    for (const client of clients) {
      if (client.connection.live) act(client);
      else clients.delete(client);
    }
  }

  function after(milliseconds: number, act: () => void): void {
    timers++;
    environment.setTimer(() => {
      timers--;
      act();
    }, milliseconds);
  }
}

function cursorOf(connection: MemoryConnection): number {
  return Number(connection.request.headers.get('last-event-id') ?? idInURL(connection));
}

function idInURL({ request }: MemoryConnection): string | null {
  return new URL(request.url).searchParams.get('lastEventId');
}
