// The way out to one client: everything an endpoint writes passes here, and here it is hurt where a fault asks for it.
//
// Tasks (head, body slices, end, cut) run strictly in the order they were asked for. A fault therefore acts on the
// body as the client sees it, whatever endpoint produced it, and counts body bytes before the transfer coding.

import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import { lifetimeOf } from './lifetime.ts';

export type Headers = Readonly<Record<string, string>>;

/** `fin` closes the socket as a dying process does; `reset` sends a TCP reset, as a middlebox does. */
export type CutKind = 'fin' | 'reset';

/** What can be done to a connection while it runs. `hold` keeps back its body, `hold head` also a head not yet sent. */
export type Injury = 'drop' | 'hang' | 'hold' | 'hold head' | 'ok';

export interface Wire {
  readonly closed: boolean;
  /** Whether the client closed it, before the server had finished or cut. */
  readonly closedByClient: boolean;
  /** Status of the head that was asked for, if any was. */
  readonly status: number | undefined;
  head(status: number, headers?: Headers): void;
  /** Resolves when these bytes have been handed to the socket, or the connection is closed. */
  write(chunk: string | Uint8Array): Promise<void>;
  end(): void;
  /** Destroys the socket after everything written before. */
  cut(kind?: CutKind): void;
  /** Acts at once, before anything still waiting. */
  hurt(injury: Injury): void;
  /** Resolves after this many milliseconds, or earlier when the connection is closed. */
  pause(milliseconds: number): Promise<void>;
  /** Calls back once, at once when the connection is closed already. */
  whenClosed(callback: () => void): void;
}

/**
 * Milliseconds between the last byte and a reset. A reset throws away what is still in flight, and a client that
 * finds both at once may take it for an orderly end (libuv does).
 */
const RESET_DELAY = 10;

type Task = () => void | Promise<void>;

export function createWire(response: ServerResponse, fault: Fault): Wire {
  const lifetime = lifetimeOf(response);
  const tasks: Task[] = []; // what is still to go out
  let running = false; // whether a task is under way
  let stalled = false; // whether nothing goes out until further notice
  let holding = fault.hold; // whether the body is kept back until its end
  let holdingHead = fault.holdHead; // whether the head waits for the body
  let held: Uint8Array[] = []; // the body kept back
  let sent = 0; // body bytes handed to the socket
  let status: number | undefined;
  let destroyed = false; // whether we have cut it
  let closedByClient = false;

  lifetime.whenClosed(() => {
    tasks.length = 0;
    closedByClient = !response.writableFinished && !destroyed;
  });

  return {
    get closed() {
      return lifetime.closed;
    },
    get closedByClient() {
      return closedByClient;
    },
    get status() {
      return status;
    },
    head(code, headers = {}) {
      status = code;
      enqueue(() => sendHead(code, headers));
    },
    write: (chunk) =>
      lifetime.until((resolve) => {
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
        for (const slice of slices(bytes, fault.slice)) enqueue(() => sendSlice(slice));
        enqueue(resolve);
      }),
    end: () => enqueue(finish),
    cut: (kind = 'fin') => enqueue(() => destroy(kind)),
    hurt,
    pause: lifetime.pause,
    whenClosed: (callback) => void lifetime.whenClosed(callback),
  };

  function hurt(injury: Injury): void {
    if (injury === 'drop') return destroy('fin');
    if (destroyed) return;
    stalled = injury === 'hang';
    if (injury === 'hold' || injury === 'hold head') holding = true;
    if (injury === 'hold head') holdingHead = true;
    if (injury !== 'ok') return;
    tasks.unshift(releaseHead, release);
    void run();
  }

  function enqueue(task: Task): void {
    if (lifetime.closed) return;
    tasks.push(task);
    void run();
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    try {
      for (let task = next(); task !== undefined; task = next()) await task();
    } catch (error) {
      // Only a head that Node refuses to send comes here: a mistake in a script, to be seen by its author.
      console.error(error);
      response.destroy();
    }
    running = false;
  }

  function next(): Task | undefined {
    return stalled ? undefined : tasks.shift();
  }

  async function sendHead(code: number, headers: Headers): Promise<void> {
    if (fault.head > 0) await lifetime.pause(fault.head);
    if (lifetime.closed) return;
    response.writeHead(code, headers);
    if (!holdingHead) response.flushHeaders();
    if (fault.drop === 0) destroy(fault.cutKind);
    if (fault.hang === 0) stalled = true;
  }

  async function sendSlice(bytes: Uint8Array): Promise<void> {
    if (holding) held.push(bytes);
    else await push(bytes);
  }

  async function finish(): Promise<void> {
    await release();
    if (stalled) tasks.unshift(finish);
    else if (!lifetime.closed) response.end();
  }

  /** Only where it is not the end that releases all: an answer that ends at once tells its length in its head. */
  function releaseHead(): void {
    holdingHead = false;
    if (response.headersSent) response.flushHeaders();
  }

  /** Sends what was kept back. */
  async function release(): Promise<void> {
    holding = false;
    const waiting = held;
    held = [];
    for (const slice of waiting) await push(slice);
  }

  /** Hands bytes to the socket, up to where the fault strikes. */
  async function push(bytes: Uint8Array): Promise<void> {
    const limit = Math.min(fault.drop ?? Infinity, fault.hang ?? Infinity) - sent;
    const allowed = bytes.subarray(0, Math.min(Math.max(limit, 0), bytes.length));
    if (lifetime.closed || stalled || allowed.length === 0) return;
    sent += allowed.length;
    const roomLeft = response.write(allowed);
    // Node gathers the writes of one turn into one packet: slices leave apart only if a turn lies between them.
    if (fault.slice !== undefined) await (fault.gap > 0 ? lifetime.pause(fault.gap) : nextTurn());
    if (sent === fault.drop) return destroy(fault.cutKind);
    if (sent === fault.hang) stalled = true;
    if (!roomLeft) await drained();
  }

  function drained(): Promise<void> {
    return lifetime.until((resolve) => {
      response.once('drain', resolve);
      return () => response.off('drain', resolve);
    });
  }

  function destroy(kind: CutKind): void {
    stalled = true;
    destroyed = true;
    const { socket } = response;
    if (kind === 'fin') socket?.destroySoon();
    else void lifetime.pause(RESET_DELAY).then(() => socket?.resetAndDestroy());
  }
}

function* slices(bytes: Uint8Array, size: number | undefined): Generator<Uint8Array> {
  const step = size ?? Math.max(bytes.length, 1);
  for (let start = 0; start < bytes.length; start += step) yield bytes.subarray(start, start + step);
}
