// A TCP connection from a page, over an Orbited server: the API is that of Orbited's own client.

import { call } from '../../ground/call.ts';
import { EnckeError } from '../../ground/errors.ts';
import { byteText, bytesOf, isBuffer, utf8Text } from './bytes.ts';
import { INVALID_HANDSHAKE, USER_CONNECTION_RESET } from './codes.ts';
import type { Session } from './contract.ts';
import { resolveOptions, type OrbitedOptions } from './options.ts';
import { malformedPacket } from './packets.ts';
import { startSession } from './session.ts';

/** States of a socket: made, opening, open, closing, closed. A socket that is closed has sent everything or never will. */
export type TCPSocketState = 1 | 2 | 3 | 4 | 5;

const STATES = { INITIALIZED: 1, OPENING: 2, OPEN: 3, CLOSED: 5 } as const;

/** A TCP connection over an Orbited server. */
export class TCPSocket {
  /** Options of every socket made from now on, where it is not given its own. */
  static defaults: OrbitedOptions = {};

  /** The connection is there. */
  onopen: (() => void) | null = null;
  /** Text has come; with `isBinary`, text of which each character is one byte. */
  onread: ((data: string) => void) | null = null;
  /** The connection is over, or could not be made. */
  onclose: ((code: number) => void) | null = null;
  /** Something went wrong. Unless `onclose` follows, the socket goes on. */
  onerror: ((error: EnckeError) => void) | null = null;

  readonly #options: OrbitedOptions;
  #state: TCPSocketState = STATES.INITIALIZED;
  #session: Session | undefined;
  #decoder: TextDecoder | undefined; // for text, of which a character may be cut

  constructor(options: OrbitedOptions = {}) {
    this.#options = { ...new.target.defaults, ...options };
  }

  /** 1 made, 2 opening, 3 open, 4 closing, 5 closed. */
  get readyState(): TCPSocketState {
    return this.#state;
  }

  /** The name of the technique in use; `''` where none is. */
  get transport(): string {
    return this.#session?.transport ?? '';
  }

  /** Characters that the server has not confirmed, as they travel: four for three bytes, and some more for each packet. */
  get bufferedAmount(): number {
    return this.#session?.buffered ?? 0;
  }

  /**
   * Connects. The server must allow that host and that port.
   *
   * @param isBinary whether data are bytes, as text of which each character is one; else they are UTF-8
   * @throws EnckeError `invalid-option` for what is no host, port or URL; `unusable` when it was opened before
   */
  open(host: string, port: number | string, isBinary = false): void {
    if (this.#state !== STATES.INITIALIZED)
      throw new EnckeError('unusable', 'A socket opens once. Make another.');
    if (!/^[^\s:]+:\d{1,5}$/.test(`${host}:${String(port)}`)) {
      throw new EnckeError('invalid-option', `"${host}:${String(port)}" is no host and port.`);
    }
    const options = resolveOptions(this.#options);
    if (!isBinary) this.#decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    this.#state = STATES.OPENING;
    const session = startSession(options, {
      opened: () => session.send(`${host}:${String(port)}\n`),
      data: (bytes) => (this.#state === STATES.OPENING ? this.#answered(bytes) : this.#read(bytes)),
      problem: (error) => this.#tell('onerror', error),
      closed: (code) => this.#end(code),
    });
    this.#session = session;
    // By a handler, which heard of a technique that does not work here.
    if (this.readyState === STATES.CLOSED) session.close();
  }

  /**
   * Sends what `onread` of the other side would take; bytes, too.
   *
   * @throws EnckeError `unusable` where it is not open
   */
  send(data: string | ArrayBuffer | ArrayBufferView): void {
    if (this.#state !== STATES.OPEN) throw new EnckeError('unusable', 'The socket is not open.');
    this.#session?.send(this.#bytesFrom(data));
  }

  /** What was sent before arrives first. `onclose` is called with 103. */
  close(): void {
    this.#close((session) => session.close());
  }

  /** The same, but what has not left yet is dropped. */
  reset(): void {
    this.#close((session) => session.reset());
  }

  #close(close: (session: Session) => void): void {
    if (this.#state === STATES.CLOSED) return;
    const session = this.#session;
    const wasOpened = this.#state !== STATES.INITIALIZED;
    this.#state = STATES.CLOSED;
    if (session) close(session);
    // As Orbited's own: a handler may be set behind the call.
    if (wasOpened) queueMicrotask(() => this.#end(USER_CONNECTION_RESET));
  }

  #bytesFrom(data: string | ArrayBuffer | ArrayBufferView): string {
    if (ArrayBuffer.isView(data)) {
      return byteText(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
    if (isBuffer(data)) return byteText(new Uint8Array(data));
    // What is neither, as of a page without types, becomes text on its way.
    if (this.#decoder) return utf8Text(data);
    if (!/[^\0-\xff]/.test(data)) return data;
    throw new EnckeError('invalid-option', 'With isBinary no character is above U+00FF.');
  }

  /** [Orbited] `1` stands for a connection, `0` and a code for none. */
  #answered(bytes: string): void {
    if (bytes.startsWith('1')) {
      this.#state = STATES.OPEN;
      this.#tell('onopen');
      return this.#read(bytes.slice(1));
    }
    const [, code] = /^0(\d{3})/.exec(bytes) ?? [];
    this.#session?.stop();
    // Before anything is told: who closes it there closes what is closed.
    this.#state = STATES.CLOSED;
    if (code === undefined) {
      const error = malformedPacket('What should be the answer of Orbited is not.', bytes);
      this.#tell('onerror', error);
    }
    this.#end(Number(code ?? INVALID_HANDSHAKE));
  }

  #read(bytes: string): void {
    if (this.#state !== STATES.OPEN) return;
    const data = this.#decoder ? this.#decoder.decode(bytesOf(bytes), { stream: true }) : bytes;
    if (data) this.#tell('onread', data);
  }

  #tell(name: 'onopen' | 'onread' | 'onclose' | 'onerror', value?: unknown): void {
    call((each: unknown) => (this[name] as ((value: unknown) => void) | null)?.(each), value);
  }

  #end(code: number): void {
    this.#state = STATES.CLOSED;
    this.#tell('onclose', code);
  }
}
