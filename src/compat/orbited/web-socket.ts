// The same connection in the shape of a WebSocket, for libraries that are made for one.

import { EnckeError } from '../../ground/errors.ts';
import { bytesOf, isBuffer, utf8Text } from './bytes.ts';
import { SERVER_CLOSED_CONNECTION } from './codes.ts';
import type { OrbitedOptions } from './options.ts';
import { TCPSocket } from './tcp-socket.ts';

/** The `close` event. */
export interface OrbitedCloseEvent extends Event {
  /** 1000 where the other side has closed it, 1006 where it was lost, refused, or never open, else what `close()` was given. */
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
  /** What `onclose` of a `TCPSocket` is given. */
  readonly orbitedCode: number;
}

/** The `error` event. */
export interface OrbitedErrorEvent extends Event {
  readonly error: EnckeError;
  readonly message: string;
}

/** Its events by their types. */
export interface OrbitedWebSocketEvents {
  open: Event;
  message: MessageEvent;
  error: OrbitedErrorEvent;
  close: OrbitedCloseEvent;
}

/** What `onopen`, `onmessage`, `onerror` and `onclose` take. */
export type OrbitedWebSocketHandler<Type extends keyof OrbitedWebSocketEvents> =
  ((event: OrbitedWebSocketEvents[Type]) => unknown) | null;

const TYPES = ['open', 'message', 'error', 'close'] as const;
const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 } as const;

/** [spec] The code where `close()` was given none. */
const NO_STATUS = 1005;
const NORMAL = 1000;
const ABNORMAL = 1006;

/** A TCP connection over an Orbited server, used as a WebSocket is. */
export class OrbitedWebSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;

  onopen: OrbitedWebSocketHandler<'open'> = null;
  onmessage: OrbitedWebSocketHandler<'message'> = null;
  onerror: OrbitedWebSocketHandler<'error'> = null;
  onclose: OrbitedWebSocketHandler<'close'> = null;

  /** As given. */
  readonly url: string;
  readonly protocol = '';
  readonly extensions = '';

  readonly #socket: TCPSocket;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #state: 0 | 1 | 2 | 3 = STATES.CONNECTING;
  #binaryType: BinaryType | undefined; // once it is set
  #closing: { readonly code: number; readonly reason: string } | undefined;

  /**
   * @param url of the TCP server behind Orbited: `tcp://localhost:61613`
   * @param _protocols for libraries that give some; TCP has none
   * @throws a `SyntaxError` that is a `DOMException` for another URL
   */
  constructor(url: string | URL, _protocols?: string | readonly string[], options?: OrbitedOptions) {
    super();
    this.url = String(url);
    const [, host = '', port = ''] = /^tcp:\/\/([^/:\s]+):(\d{1,5})\/?$/.exec(this.url) ?? [];
    if (!host) throw new DOMException(`"${this.url}" is not like tcp://localhost:61613.`, 'SyntaxError');
    for (const type of TYPES)
      this.addEventListener(type, (event) =>
        (this[`on${type}`] as ((event: Event) => unknown) | null)?.(event),
      );
    const socket = new TCPSocket(options);
    this.#socket = socket;
    socket.onopen = () => this.#become(STATES.OPEN, new Event('open'));
    socket.onread = (bytes) => this.#read(bytes);
    socket.onerror = (error) =>
      this.#tell(Object.assign(new Event('error'), { error, message: error.message }));
    socket.onclose = (orbitedCode) => this.#closed(orbitedCode);
    socket.open(host, port, true);
  }

  get readyState(): number {
    return this.#state;
  }

  /** Bytes sent that the server has not confirmed. */
  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  /** Data are text, in UTF-8, until this is set: TCP does not tell text from bytes. */
  get binaryType(): BinaryType {
    return this.#binaryType ?? 'blob';
  }

  set binaryType(type: BinaryType) {
    this.#binaryType = type;
  }

  /**
   * @throws an `InvalidStateError` while it connects; EnckeError `invalid-option` for a `Blob`, of which the bytes come too
   * late to be sent in order. What is sent to a socket that is closed is dropped, as the standard says.
   */
  send(data: string | ArrayBufferLike | ArrayBufferView | Blob): void {
    if (this.#state === STATES.CONNECTING) throw new DOMException('It is not open yet.', 'InvalidStateError');
    if (data instanceof Blob)
      throw new EnckeError('invalid-option', 'Send an ArrayBuffer in the place of a Blob.');
    if (this.#state !== STATES.OPEN) return;
    // What is neither text nor bytes becomes text there.
    this.#socket.send(
      ArrayBuffer.isView(data) || isBuffer(data) ? data : new TextEncoder().encode(data as string),
    );
  }

  /**
   * Closes it; code and reason are for the page's own `close` event. What is not open yet is lost: 1006.
   *
   * @throws an `InvalidAccessError` for a code other than 1000 and 3000 to 4999, a `SyntaxError` for a reason of more
   * than 123 bytes, as the standard says
   */
  close(code?: number, reason = ''): void {
    if (code !== undefined && code !== NORMAL && !(code >= 3_000 && code <= 4_999))
      throw new DOMException(`${String(code)} is no code for this.`, 'InvalidAccessError');
    if (utf8Text(reason).length > 123) throw new DOMException('The reason is too long.', 'SyntaxError');
    if (this.#state >= STATES.CLOSING) return;
    this.#closing =
      this.#state === STATES.CONNECTING
        ? { code: ABNORMAL, reason: '' }
        : { code: code ?? NO_STATUS, reason };
    this.#state = STATES.CLOSING;
    this.#socket.close();
  }

  /** Closes at once: what has not left yet is dropped. */
  terminate(): void {
    if (this.#state === STATES.CLOSED) return;
    this.#closing ??= { code: ABNORMAL, reason: '' };
    this.#state = STATES.CLOSING;
    this.#socket.reset();
  }

  #read(bytes: string): void {
    const data = bytesOf(bytes);
    const text = this.#binaryType === undefined ? this.#decoder.decode(data, { stream: true }) : undefined;
    if (text === '') return;
    const body = text ?? (this.#binaryType === 'blob' ? new Blob([data]) : data.buffer);
    this.#tell(new MessageEvent('message', { data: body }));
  }

  #closed(orbitedCode: number): void {
    const { code, reason } = this.#closing ?? {
      code: orbitedCode === SERVER_CLOSED_CONNECTION ? NORMAL : ABNORMAL,
      reason: `Orbited ${String(orbitedCode)}`,
    };
    const wasClean = code !== ABNORMAL;
    this.#become(STATES.CLOSED, Object.assign(new Event('close'), { code, reason, wasClean, orbitedCode }));
  }

  #become(state: 0 | 1 | 2 | 3, event: Event): void {
    this.#state = state;
    this.#tell(event);
  }

  #tell(event: Event): void {
    this.dispatchEvent(event);
  }
}
