// The way out to one client: everything an endpoint writes passes here, and here it is hurt where a fault asks for it.
//
// Tasks (head, body slices, end, cut) run strictly in the order they were asked for. A fault therefore acts on the
// body as the client sees it, whatever endpoint produced it, and counts body bytes before the transfer coding.

import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Fault } from './faults.ts';

export type Headers = Readonly<Record<string, string>>;

/** `fin` closes the socket as a dying process does; `reset` sends a TCP reset, as a middlebox does. */
export type CutKind = 'fin' | 'reset';

/** What the playground can do to a connection while it runs. */
export type Injury = 'drop' | 'hang' | 'hold' | 'ok';

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

type Task = () => void | Promise<void>;

export function createWire(response: ServerResponse, fault: Fault): Wire {
  const tasks: Task[] = []; // what is still to go out
  const closing = new Set<() => void>(); // who wants to know of the close
  let running = false; // whether a task is under way
  let stalled = false; // whether nothing goes out until further notice
  let holding = fault.hold; // whether the body is kept back until its end
  let held: Uint8Array[] = []; // the body kept back
  let sent = 0; // body bytes handed to the socket
  let status: number | undefined;
  let closed = false;
  let closedByClient = false;
  let destroyed = false; // whether we have cut it

  response.once('close', () => {
    closed = true;
    closedByClient = !response.writableFinished && !destroyed;
    tasks.length = 0;
    for (const callback of closing) callback();
    closing.clear();
  });

  return {
    get closed() {
      return closed;
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
    write(chunk) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
      return new Promise((resolve) => {
        if (closed) return resolve();
        closing.add(resolve);
        for (const slice of slices(bytes, fault.slice)) enqueue(() => sendSlice(slice));
        enqueue(() => {
          closing.delete(resolve);
          resolve();
        });
      });
    },
    end() {
      enqueue(async () => {
        await release();
        if (!stalled && !closed) response.end();
      });
    },
    cut(kind = 'fin') {
      enqueue(() => destroy(kind));
    },
    hurt(injury) {
      if (injury === 'drop') return void destroy('fin');
      if (injury === 'hold') holding = true;
      stalled = injury === 'hang';
      if (injury !== 'ok') return;
      holding = false;
      tasks.unshift(release);
      void run();
    },
    pause,
    whenClosed(callback) {
      if (closed) callback();
      else closing.add(callback);
    },
  };

  function enqueue(task: Task): void {
    if (closed) return;
    tasks.push(task);
    void run();
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    for (let task = next(); task !== undefined; task = next()) await task();
    running = false;
  }

  function next(): Task | undefined {
    return stalled ? undefined : tasks.shift();
  }

  async function sendHead(code: number, headers: Headers): Promise<void> {
    if (fault.head > 0) await pause(fault.head);
    if (closed) return;
    response.writeHead(code, headers);
    if (!fault.holdHead) response.flushHeaders();
    if (fault.drop === 0) destroy(fault.cutKind);
    if (fault.hang === 0) stalled = true;
  }

  async function sendSlice(bytes: Uint8Array): Promise<void> {
    if (holding) {
      held.push(bytes);
      return;
    }
    const limit = Math.min(fault.drop ?? Infinity, fault.hang ?? Infinity) - sent;
    const allowed = bytes.length < limit ? bytes : bytes.subarray(0, limit);
    await push(allowed);
    if (bytes.length < limit) return;
    if (sent === fault.drop) destroy(fault.cutKind);
    else stalled = true;
  }

  /** Sends what was kept back. */
  async function release(): Promise<void> {
    holding = false;
    const waiting = held;
    held = [];
    for (const slice of waiting) {
      if (!stalled && !closed) await sendSlice(slice);
    }
  }

  async function push(bytes: Uint8Array): Promise<void> {
    if (closed || bytes.length === 0) return;
    sent += bytes.length;
    const roomLeft = response.write(bytes);
    // Node gathers the writes of one turn into one packet: slices leave apart only if a turn lies between them.
    if (fault.slice !== undefined) await nextTurn();
    if (!roomLeft && !closed) await drained();
  }

  function drained(): Promise<void> {
    return new Promise((resolve) => {
      const finish = () => {
        response.off('drain', finish);
        closing.delete(finish);
        resolve();
      };
      response.once('drain', finish);
      closing.add(finish);
    });
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      if (closed) return resolve();
      const finish = () => {
        clearTimeout(timer);
        closing.delete(finish);
        resolve();
      };
      const timer = setTimeout(finish, milliseconds);
      closing.add(finish);
    });
  }

  function destroy(kind: CutKind): void {
    stalled = true;
    destroyed = true;
    const socket = response.socket;
    if (kind === 'reset') setImmediate(() => socket?.resetAndDestroy());
    else socket?.destroySoon();
  }
}

function* slices(bytes: Uint8Array, size: number | undefined): Generator<Uint8Array> {
  const step = size ?? Math.max(bytes.length, 1);
  for (let start = 0; start < bytes.length; start += step) yield bytes.subarray(start, start + step);
}
