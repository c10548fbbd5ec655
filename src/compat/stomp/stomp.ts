// The entry encke/stomp: Orbited's STOMP client, made of @stomp/stompjs and a socket over Orbited.

/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- stompjs describes plain objects by classes */

import { Client, type IFrame, type StompSubscription } from '@stomp/stompjs';
import { call } from '../../ground/call.ts';
import { nothing } from '../../ground/nothing.ts';
import type { OrbitedOptions } from '../orbited/options.ts';
import { OrbitedWebSocket, type OrbitedCloseEvent, type OrbitedErrorEvent } from '../orbited/web-socket.ts';

export type { OrbitedOptions } from '../orbited/options.ts';
export type { PacketReader, PacketSink } from '../orbited/packets.ts';
export type { OrbitedTransport } from '../orbited/techniques.ts';

/** Headers of a frame. */
export type STOMPHeaders = Record<string, string>;

/** A frame from the broker. */
export interface STOMPFrame {
  /** `CONNECTED`, `MESSAGE`, `RECEIPT` or `ERROR`. */
  readonly type: string;
  readonly headers: STOMPHeaders;
  /** The body as text. */
  readonly body: string;
  readonly binaryBody: Uint8Array;
}

/** A STOMP client with the API of Orbited's own. Without `content-type`, what is sent is `text/plain`. */
export class STOMPClient {
  /** The user that `connect()` was given. */
  user: string | undefined;
  /** Orbited is connected to the broker. */
  onopen: () => void = nothing;
  /** The connection is over, with the code that `onclose` of a `TCPSocket` is given. */
  onclose: (code: number) => void = nothing;
  /** Something went wrong. Unless `onclose` follows, the client goes on. */
  onerror: (error: unknown) => void = nothing;
  /** The broker lets this client in: now it can subscribe and send. */
  onconnectedframe: (frame: STOMPFrame) => void = nothing;
  /** A message of a subscription. */
  onmessageframe: (frame: STOMPFrame) => void = (frame) => this.onmessage(frame);
  /** The broker has what was sent with the header `receipt`. */
  onreceiptframe: (frame: STOMPFrame) => void = nothing;
  /** The broker refuses something; most close the connection then. */
  onerrorframe: (frame: STOMPFrame) => void = nothing;
  /** The older name of `onmessageframe`. */
  onmessage: (frame: STOMPFrame) => void = nothing;

  readonly #options: OrbitedOptions | undefined;
  // Of the latest connection: nothing is told of those before.
  #client = new Client();
  #socket: OrbitedWebSocket | undefined;
  /** By destination. */
  readonly #subscriptions = new Map<string, StompSubscription[]>();

  constructor(options?: OrbitedOptions) {
    this.#options = options;
  }

  /** Connects to a broker that Orbited may connect to. An earlier connection is closed, and nothing is told of it. */
  connect(domain: string, port: number | string, user?: string, password?: string): void {
    const socket = new OrbitedWebSocket(`tcp://${domain}:${String(port)}`, undefined, this.#options);
    const earlier = this.#socket;
    this.#socket = socket;
    earlier?.close();
    this.user = user;
    this.#subscriptions.clear();
    socket.addEventListener('open', () => this.onopen());
    socket.addEventListener('close', (event) => {
      if (socket === this.#socket) this.onclose((event as OrbitedCloseEvent).orbitedCode);
    });
    this.#client = new Client({
      reconnectDelay: 0,
      heartbeatIncoming: 0,
      heartbeatOutgoing: 0,
      connectHeaders: {
        ...(user !== undefined && { login: user }),
        ...(password !== undefined && { passcode: password }),
      },
      webSocketFactory: () => socket,
      onConnect: this.#take,
      onUnhandledMessage: this.#take,
      onUnhandledReceipt: this.#take,
      onStompError: this.#take,
      onUnhandledFrame: this.#take,
      onWebSocketError: ({ error }: OrbitedErrorEvent) => this.onerror(error),
    });
    this.#client.activate();
  }

  /** Takes every frame, and hands it to the function for its type. */
  onframe(frame: STOMPFrame): void {
    if (frame.type === 'CONNECTED') this.onconnectedframe(frame);
    else if (frame.type === 'MESSAGE') this.onmessageframe(frame);
    else if (frame.type === 'RECEIPT') this.onreceiptframe(frame);
    else if (frame.type === 'ERROR') this.onerrorframe(frame);
    else this.onerror(`Unknown STOMP frame type ${frame.type}`);
  }

  /**
   * Sends a message.
   *
   * @param message text, or bytes
   */
  send(message: string | Uint8Array, destination: string, headers: STOMPHeaders = {}): void {
    const isBinary = ArrayBuffer.isView(message);
    // What is neither, as of a page without types, becomes text on its way.
    const body = isBinary ? { binaryBody: message } : { body: message };
    const type = !isBinary && { 'content-type': 'text/plain' };
    this.#client.publish({ destination, headers: { ...type, ...headers }, ...body });
  }

  /** Messages for the destination come from now on. */
  subscribe(destination: string, headers: STOMPHeaders = {}): void {
    const subscription = this.#client.subscribe(destination, this.#take, headers);
    this.#subscriptions.set(destination, [...(this.#subscriptions.get(destination) ?? []), subscription]);
  }

  /** No more of them. */
  unsubscribe(destination: string, headers: STOMPHeaders = {}): void {
    for (const subscription of this.#subscriptions.get(destination) ?? []) subscription.unsubscribe(headers);
    this.#subscriptions.delete(destination);
  }

  /** Begins a transaction: what names it waits for its `commit()`. */
  begin(transaction: string): void {
    this.#client.begin(transaction);
  }

  /** What the transaction holds is carried out. */
  commit(transaction: string): void {
    this.#client.commit(transaction);
  }

  /** What the transaction holds is dropped. */
  abort(transaction: string): void {
    this.#client.abort(transaction);
  }

  /**
   * Confirms a message of a subscription with the header `ack: client`. Orbited's own client never did.
   *
   * @param messageId the header `ack` of its frame, which STOMP 1.2 has, or else `message-id`
   */
  ack(messageId: string, transaction?: string, subscription = ''): void {
    this.#client.ack(messageId, subscription, transaction === undefined ? {} : { transaction });
  }

  /** The broker is told, and `onclose` follows. */
  disconnect(): void {
    const { connected } = this.#client;
    void this.#client.deactivate();
    // There is nobody to tell yet.
    if (!connected) this.#socket?.close();
  }

  /** Closes at once. */
  reset(): void {
    this.#socket?.terminate();
  }

  /** What a handler throws is the page's: stompjs would write it to the console. */
  readonly #take = (frame: IFrame): void => {
    call((each: STOMPFrame) => this.onframe(each), shown(frame));
  };
}

function shown(frame: IFrame): STOMPFrame {
  const { command: type, headers } = frame;
  return {
    type,
    headers,
    get body() {
      return frame.body;
    },
    get binaryBody() {
      return frame.binaryBody;
    },
  };
}
