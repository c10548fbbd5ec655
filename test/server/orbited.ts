// A model of an Orbited 0.7 server, as its wire is: sessions, what is not confirmed, five ways to listen. No network in here.
//
// Its words are compared with what was recorded from the real one: test/wire/orbited/transcripts.ts.

/** A request that listens, as the model writes to it. */
export interface Wire {
  write(text: string): void;
  end(): void;
  /** Whether the other side has gone away. */
  isLost(): boolean;
}

/** A TCP server behind it: takes a connection, and gives what takes what the page sends. */
export type Backend = (connection: BackendConnection) => (bytes: string) => void;

/** Bytes are text of which each character is one. */
export interface BackendConnection {
  write(bytes: string): void;
  close(): void;
  /** Calls back when the page's side is gone. */
  onClose(callback: () => void): void;
}

export type Technique = keyof typeof WRITERS;

/** The content types, and what is written at once. */
export const HEADS: Readonly<Record<Technique, { readonly type: string; readonly begin: string }>> = {
  xhrstream: { type: 'application/x-orbited-event-stream', begin: ' '.repeat(256) },
  htmlfile: {
    type: 'text/html',
    begin: `<html>\r\n <head>\r\n  <script src="../static/HTMLFileFrame.js"></script>\r\n </head>\r\n <body>${' '.repeat(168)}\n`,
  },
  sse: { type: 'application/x-dom-event-stream', begin: '' },
  longpoll: { type: 'text/html', begin: '' },
  poll: { type: 'text/html', begin: '' },
};

type Packet = readonly string[];

const WRITERS = {
  xhrstream: framed,
  longpoll: framed,
  poll: framed,
  htmlfile: (packets: readonly Packet[]) => `<script>e(${listed(packets)})</script>`,
  sse: (packets: readonly Packet[]) => `Event: payload\ndata: ${listed(packets)}\n\n`,
};

const HEARTBEATS: Partial<Record<Technique, readonly [text: string, interval: number]>> = {
  xhrstream: ['x', 5_000],
  htmlfile: ['<script>h();</script>', 5_000],
  sse: ['Event: heartbeat\n\n', 30_000],
};

/** Where a stream ends by itself, in characters. */
const MAX_BYTES = 1_048_576;

/** How long a long poll may go without an answer, in milliseconds. */
const LONG_POLL = 30_000;

export interface OrbitedOptions {
  /** By `host:port`: what Orbited may connect to. */
  readonly backends: Readonly<Record<string, Backend | 'down'>>;
  /** In seconds. @defaultValue 30 */
  readonly pingInterval?: number;
  /** In seconds. @defaultValue 30 */
  readonly pingTimeout?: number;
}

export class OrbitedSession {
  /** What the page has sent, packet by packet. */
  readonly received: Packet[] = [];
  /** Ids confirmed by requests, in order. */
  readonly acks: number[] = [];
  readonly #options: OrbitedOptions;
  readonly #forget: () => void;
  #waiting: Packet[] = []; // without ids, while nobody listens
  #unconfirmed: Packet[] = [];
  #lastAck = 0;
  #packetId = 0;
  #isOpen = false;
  #isClosed = false;
  #listening: Listening | undefined;
  #take: ((bytes: string) => void) | undefined; // the backend
  #backendClosed: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: OrbitedOptions, forget: () => void) {
    this.#options = options;
    this.#forget = forget;
    const { pingTimeout = 30, pingInterval = 30 } = options;
    this.packet('opt', `pingTimeout,${String(pingTimeout)}`);
    this.packet('opt', `pingInterval,${String(pingInterval)}`);
    this.#resetPing();
  }

  /** @throws Error as the real one does where the request before was lost: its own end fails, once. */
  listen(technique: Technique, ack: number, wire: Wire): void {
    const listening: Listening = new Listening(technique, wire, () => {
      if (this.#listening === listening) this.#listening = undefined;
    });
    listening.begin();
    this.#resetPing();
    const before = this.#listening;
    this.#listening = undefined;
    try {
      before?.end();
    } catch (error) {
      listening.stop();
      throw error;
    }
    this.#listening = listening;
    this.#confirm(ack);
    const packets = [
      ...this.#unconfirmed,
      ...this.#waiting.splice(0).map((packet) => this.#numbered(packet)),
    ];
    if (!this.#isOpen) packets.push([String(this.#packetId), 'open']);
    this.#isOpen = true;
    this.#give(packets, true);
  }

  post(body: string, ack: number): void {
    this.#resetPing();
    this.#confirm(ack);
    for (const packet of packetsIn(body)) {
      this.received.push(packet);
      const [, name, text = ''] = packet;
      if (name === 'close') this.close('loseConnection');
      if (name === 'data') this.#data(atob(text));
    }
  }

  /** Sends a packet of any kind, or keeps it until somebody listens. */
  packet(...packet: string[]): void {
    if (this.#listening) this.#give([this.#numbered(packet)], false);
    else this.#waiting.push(packet);
  }

  /** Has whatever listens now say nothing any more, as where a cable is pulled out. */
  deafen(): void {
    this.#listening?.stop();
  }

  /** Writes what is no packet at all. */
  raw(text: string): void {
    this.#listening?.wire.write(text);
  }

  close(reason: string): void {
    if (this.#isClosed) return;
    this.packet('close', reason);
    this.drop();
  }

  /** Forgets all of it without a word. */
  drop(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const listening = this.#listening;
    this.#listening = undefined;
    this.#forget();
    this.#backendClosed?.();
    listening?.stop();
    if (listening?.wire.isLost() === false) listening.wire.end();
  }

  #data(bytes: string): void {
    if (this.#take) return this.#take(bytes);
    const [destination = ''] = bytes.split('\n');
    if (!/^[^:]+:\d+$/.test(destination)) return this.#refuse('0102');
    if (!Object.hasOwn(this.#options.backends, destination)) return this.#refuse('0106');
    const backend = this.#options.backends[destination];
    if (!backend || backend === 'down') return this.#refuse('0108');
    this.#take = ignore;
    this.packet('data', btoa('1'));
    const isOver = (): boolean => this.#isClosed;
    this.#take = backend({
      write: (each) => {
        // The real one reads 64 KiB at once.
        for (let at = 0; at < each.length && !isOver(); at += 65_536)
          this.packet('data', btoa(each.slice(at, at + 65_536)));
      },
      close: () => this.close('loseConnection'),
      onClose: (callback) => (this.#backendClosed = callback),
    });
  }

  #refuse(code: string): void {
    this.packet('data', btoa(code));
    this.close('loseConnection');
  }

  #confirm(ack: number): void {
    this.acks.push(ack);
    const confirmed = Math.min(ack, this.#packetId) - this.#lastAck;
    if (confirmed <= 0) return;
    this.#unconfirmed.splice(0, confirmed);
    this.#lastAck += confirmed;
  }

  #numbered([name = '', ...rest]: Packet): Packet {
    const packet = [String(++this.#packetId), name, ...rest.filter(Boolean)];
    this.#unconfirmed.push(packet);
    return packet;
  }

  #give(packets: readonly Packet[], isFirst: boolean): void {
    const listening = this.#listening;
    if (!listening || (packets.length === 0 && !(isFirst && listening.technique === 'poll'))) return;
    if (!listening.give(packets)) return;
    this.#listening = undefined;
    // Where it is lost, the real one writes that into its log.
    if (listening.wire.isLost()) listening.stop();
    else listening.end();
  }

  #resetPing(): void {
    const { pingInterval = 30, pingTimeout = 30 } = this.#options;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.packet('ping');
      this.#timer = setTimeout(() => this.close('timeout'), pingTimeout * 1_000);
    }, pingInterval * 1_000);
  }
}

class Listening {
  readonly technique: Technique;
  readonly wire: Wire;
  #bytes = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly #over: () => void;

  /** @param over called at its end */
  constructor(technique: Technique, wire: Wire, over: () => void) {
    this.#over = over;
    this.technique = technique;
    this.wire = wire;
  }

  begin(): void {
    if (HEADS[this.technique].begin) this.wire.write(HEADS[this.technique].begin);
    this.#beatLater();
    if (this.technique === 'longpoll') this.#timer = setTimeout(() => this.end(), LONG_POLL);
  }

  #beatLater(): void {
    const [beat = '', interval = 0] = HEARTBEATS[this.technique] ?? [];
    clearTimeout(this.#timer);
    if (beat) {
      this.#timer = setTimeout(() => {
        this.wire.write(beat);
        this.#beatLater();
      }, interval);
    }
  }

  /** Gives whether this was all of it. */
  give(packets: readonly Packet[]): boolean {
    const text = packets.length > 0 ? WRITERS[this.technique](packets) : '';
    if (text) this.wire.write(text);
    if (HEARTBEATS[this.technique]) this.#beatLater();
    this.#bytes += text.length;
    return this.technique.includes('poll') || this.#bytes > MAX_BYTES;
  }

  end(): void {
    this.#over();
    this.stop();
    if (this.wire.isLost())
      throw new Error('Request.finish called on a request after its connection was lost');
    this.wire.end();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

export class OrbitedModel {
  readonly sessions = new Map<string, OrbitedSession>();
  /** Every session there ever was, the first first. */
  readonly all: OrbitedSession[] = [];
  readonly #options: OrbitedOptions;

  constructor(options: OrbitedOptions) {
    this.#options = options;
  }

  /** Gives the key of a new session. */
  begin(): string {
    const key = (0x1000000 + this.all.length).toString(16).padStart(32, '0');
    const session = new OrbitedSession(this.#options, () => this.sessions.delete(key));
    this.sessions.set(key, session);
    this.all.push(session);
    return key;
  }

  /** The newest session. @throws Error when there was none */
  get latest(): OrbitedSession {
    const session = this.all.at(-1);
    if (!session) throw new Error('There was no session.');
    return session;
  }

  close(): void {
    for (const session of [...this.sessions.values()]) session.drop();
  }
}

/** The packets of a text that is whole. @throws Error where it is none */
export function packetsIn(text: string): Packet[] {
  const packets: Packet[] = [];
  let packet: string[] = [];
  for (let at = 0; at < text.length;) {
    const [head, more, length] = /^([01])(\d+),/.exec(text.slice(at, at + 12)) ?? [];
    if (head === undefined) throw new Error(`no packet: ${text.slice(at, at + 50)}`);
    at += head.length;
    packet.push(text.slice(at, at + Number(length)));
    at += Number(length);
    if (more === '1') continue;
    packets.push(packet);
    packet = [];
  }
  return packets;
}

export function framed(packets: readonly Packet[]): string {
  return packets
    .flatMap((packet) =>
      packet.map((each, place) => `${place < packet.length - 1 ? '1' : '0'}${String(each.length)},${each}`),
    )
    .join('');
}

function listed(packets: readonly Packet[]): string {
  return `[${packets.map((packet) => `[${packet.map((each) => JSON.stringify(each)).join(', ')}]`).join(', ')}]`;
}

function ignore(): void {
  // It is being connected.
}
