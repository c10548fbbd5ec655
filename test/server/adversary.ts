// The worst of networks, on loopback: a TCP proxy in front of a target, which misbehaves as it is told while it runs.
//
// A connection carries one exchange: the request goes on with `Connection: close`, all other bytes go through as they are.
// What can be done to an answer is in misbehaviour.ts.

import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { pass, type Answer, type Misbehaviour, type Treatment } from './misbehaviour.ts';
import type { CutKind } from './wire.ts';

export * from './misbehaviour.ts';

/** A request that has come. */
export interface Asked {
  /** Of all requests, from 0. */
  readonly number: number;
  /** Of those for the same path, from 0. */
  readonly nth: number;
  /** Without the query. */
  readonly path: string;
  /** `GET /numbered?count=5 HTTP/1.1` */
  readonly requestLine: string;
}

export interface Counts {
  /** Open now, on the client's side. */
  readonly open: number;
  /** Most at once. */
  readonly most: number;
  readonly total: number;
}

export interface Adversary {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Treats every answer like this from now on, those under way included. */
  set(misbehaviour: Misbehaviour): void;
  /** The same, chosen for each connection. */
  choose(choice: (asked: Asked) => Misbehaviour): void;
  /** Connections whose request line contains this; all, those without a request yet included, when nothing is said. */
  count(requestLine?: string): Counts;
  /** Cuts those under way whose request line contains this. Gives how many they were. */
  cut(by?: CutKind, requestLine?: string): number;
  /** Cuts all, and refuses every connection, as a machine does whose server is down. */
  goDown(): Promise<void>;
  /** Takes connections again, on the same port. */
  comeUp(): Promise<void>;
  /** Ends every socket. */
  close(): Promise<void>;
}

export interface AdversaryOptions {
  /** Where requests go on to; of this URL only the host and the port count. */
  readonly target: string;
  /** @defaultValue pass */
  readonly misbehaviour?: Misbehaviour;
}

/** One connection of a client. */
interface Line {
  /** `''` until it has come. */
  readonly requestLine: string;
  readonly openedAt: number;
  /** `undefined` while it is open. Both count what has happened, not time. */
  readonly closedAt: number | undefined;
}

/** The answer to a request that has come, on its way. */
interface Exchange {
  readonly asked: Asked;
  treat(misbehaviour: Misbehaviour): void;
  cut(by: CutKind): void;
}

/** Milliseconds between the last byte and a reset, which throws away what is in flight (see wire.ts). */
const RESET_DELAY = 10;
const DEFAULT_ROOM = 65_536;
const HEAD_END = '\r\n\r\n';

export async function startAdversary({ target, misbehaviour = pass }: AdversaryOptions): Promise<Adversary> {
  const { hostname, port: targetPort } = new URL(target);
  const lines: Line[] = [];
  const sockets = new Set<Socket>(); // of clients, open
  const exchanges = new Set<Exchange>(); // under way
  const nths = new Map<string, number>(); // path → requests so far
  let choice: (asked: Asked) => Misbehaviour = () => misbehaviour;
  let requests = 0;
  let happened = 0; // openings and closings

  const server = createServer({ noDelay: true }, (client) => lines.push(openLine(client)));
  const port = await listen(0);

  return {
    url: `http://127.0.0.1:${port}`,
    set: (next) => choose(() => next),
    choose,
    count: (requestLine = '') => countLines(lines.filter((line) => line.requestLine.includes(requestLine))),
    cut(by = 'fin', requestLine = '') {
      const victims = [...exchanges].filter(({ asked }) => asked.requestLine.includes(requestLine));
      for (const { cut } of victims) cut(by);
      return victims.length;
    },
    goDown: stop,
    comeUp: async () => void (await listen(port)),
    close: stop,
  };

  function choose(next: (asked: Asked) => Misbehaviour): void {
    choice = next;
    for (const { treat, asked } of exchanges) treat(choice(asked));
  }

  function openLine(client: Socket): Line {
    let requestLine = '';
    let closedAt: number | undefined;
    sockets.add(client);
    client.on('close', () => {
      closedAt = happened++;
      sockets.delete(client);
    });
    // Whoever breaks its connection off has closed it: nothing more to tell.
    client.on('error', () => undefined);
    readRequestHead(client, (head) => {
      requestLine = head.slice(0, head.indexOf('\r\n'));
      begin(client, requestLine, head);
    });
    return {
      get requestLine() {
        return requestLine;
      },
      openedAt: happened++,
      get closedAt() {
        return closedAt;
      },
    };
  }

  function begin(client: Socket, requestLine: string, head: string): void {
    const upstream = connect(Number(targetPort) || 80, hostname);
    upstream.setNoDelay(true);
    upstream.write(forOneExchange(head), 'latin1');
    client.pipe(upstream);
    const { treat, cut, stop } = carryAnswer(upstream, client);
    const exchange: Exchange = { asked: describe(requestLine), treat, cut };
    exchanges.add(exchange);
    client.on('close', () => {
      exchanges.delete(exchange);
      stop();
      upstream.destroy();
    });
    treat(choice(exchange.asked));
  }

  function describe(requestLine: string): Asked {
    const path = (requestLine.split(' ')[1] ?? '').split('?')[0] ?? '';
    const nth = nths.get(path) ?? 0;
    nths.set(path, nth + 1);
    return { number: requests++, nth, path, requestLine };
  }

  function listen(wanted: number): Promise<number> {
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject);
        resolve((server.address() as AddressInfo).port);
      });
    });
  }

  function stop(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    // It says an error where it did not listen any more, which is what was wanted.
    return new Promise((resolve) => server.close(() => resolve()));
  }
}

/** Gives the head with its empty line, as Latin-1, so that one character is one byte; what follows is left to read. */
function readRequestHead(client: Socket, onHead: (head: string) => void): void {
  let text = '';
  client.on('data', gather);

  function gather(piece: Buffer): void {
    text += piece.toString('latin1');
    const end = text.indexOf(HEAD_END) + HEAD_END.length;
    if (end < HEAD_END.length) return;
    client.off('data', gather);
    client.pause();
    if (end < text.length) client.unshift(Buffer.from(text.slice(end), 'latin1'));
    onHead(text.slice(0, end));
  }
}

function forOneExchange(head: string): string {
  // A socket that becomes something else carries one exchange anyway.
  if (/^connection:.*upgrade/im.test(head)) return head;
  return head.replace(/\r\nconnection:[^\r]*/gi, '').replace(/\r\n\r\n$/, `\r\nConnection: close${HEAD_END}`);
}

/** Target to client, as far as the treatment lets it. */
function carryAnswer(upstream: Socket, client: Socket): Pick<Exchange, 'treat' | 'cut'> & { stop(): void } {
  let treatment: Treatment | undefined; // absent before it is known, and once the answer is over
  let kept: Buffer = Buffer.alloc(0);
  let passed = 0;
  let headLength: number | undefined;
  let ended: 'fin' | 'reset' | undefined; // how the target ended it
  let cutting = false;

  upstream.on('data', (piece) => {
    kept = kept.length === 0 ? piece : Buffer.concat([kept, piece]);
    if (headLength === undefined && passed === 0) headLength = lengthOfHead(kept);
    carry();
  });
  upstream.on('error', () => end('reset'));
  upstream.on('end', () => end('fin'));
  client.on('drain', carry);

  return { treat, cut, stop };

  function treat(misbehaviour: Misbehaviour): void {
    if (cutting) return;
    stop();
    treatment = misbehaviour({ again: carry, cut });
    carry();
  }

  function carry(): void {
    if (!treatment) return;
    const answer: Answer = { kept, passed, headLength, ended: ended !== undefined };
    const count = treatment.due(answer);
    if (count > 0) {
      client.write(kept.subarray(0, count));
      kept = kept.subarray(count);
      passed += count;
      treatment.passed?.(count, passed);
    }
    finishOrWait();
  }

  function finishOrWait(): void {
    // What passed may have been the last before a cut.
    if (!treatment) return;
    const { hidesEnd, room = DEFAULT_ROOM } = treatment;
    if (ended !== undefined && kept.length === 0 && !hidesEnd) return cut(ended);
    if (kept.length > room || client.writableNeedDrain) upstream.pause();
    else upstream.resume();
  }

  function end(how: 'fin' | 'reset'): void {
    ended ??= how;
    carry();
  }

  function cut(by: CutKind): void {
    if (cutting) return;
    cutting = true;
    stop();
    if (by === 'fin') client.destroySoon();
    else setTimeout(() => client.resetAndDestroy(), RESET_DELAY);
  }

  function stop(): void {
    treatment?.stop?.();
    treatment = undefined;
  }
}

function lengthOfHead(bytes: Buffer): number | undefined {
  const end = bytes.indexOf(HEAD_END, 0, 'latin1');
  return end < 0 ? undefined : end + HEAD_END.length;
}

function countLines(lines: readonly Line[]): Counts {
  const steps = lines
    .flatMap(({ openedAt, closedAt = Infinity }) => [
      { at: openedAt, by: 1 },
      { at: closedAt, by: -1 },
    ])
    .sort((one, other) => one.at - other.at);
  let open = 0;
  let most = 0;
  for (const { at, by } of steps) {
    if (at < Infinity) open += by;
    most = Math.max(most, open);
  }
  return { open, most, total: lines.length };
}
