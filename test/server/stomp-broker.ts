// A model of a STOMP broker: topics, receipts and transactions, over bytes of any server.

import type { Backend, BackendConnection } from './orbited.ts';

export interface StompFrame {
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes as text. */
  readonly body: string;
}

export interface StompBroker {
  readonly backend: Backend;
  /** What clients have sent, in order. */
  readonly received: StompFrame[];
  /** Sends to whoever has subscribed to it. */
  publish(destination: string, body: string, headers?: Record<string, string>): void;
  /** Sends a frame to everyone. */
  tell(command: string, headers: Record<string, string>, body?: string): void;
}

interface Subscriber {
  readonly connection: BackendConnection;
  readonly subscriptions: Map<string, string>; // destinations by id
  readonly open: Map<string, StompFrame[]>; // transactions
}

export function createBroker(): StompBroker {
  const subscribers = new Set<Subscriber>();
  const received: StompFrame[] = [];
  let messages = 0;

  return { received, publish, tell, backend };

  function backend(connection: BackendConnection): (bytes: string) => void {
    const subscriber = {
      connection,
      subscriptions: new Map<string, string>(),
      open: new Map<string, StompFrame[]>(),
    };
    let text = '';
    connection.onClose(() => subscribers.delete(subscriber));
    return (bytes) => {
      text += bytes;
      for (let taken = takeFrame(text); taken; taken = takeFrame(text)) {
        text = taken.rest;
        received.push(taken.frame);
        heed(subscriber, taken.frame);
      }
    };
  }

  function heed(subscriber: Subscriber, frame: StompFrame): void {
    const { command, headers } = frame;
    const { connection, subscriptions, open } = subscriber;
    const { id = '', destination = '', transaction = '', receipt } = headers;
    if (command === 'CONNECT') {
      if (headers['login'] === 'nobody') {
        connection.write(stompText('ERROR', { message: 'denied' }, 'Not you.'));
        return connection.close();
      }
      subscribers.add(subscriber);
      connection.write(stompText('CONNECTED', { version: '1.1', session: 'one' }));
    }
    if (command === 'SUBSCRIBE') subscriptions.set(id, destination);
    if (command === 'UNSUBSCRIBE') subscriptions.delete(id);
    if (command === 'BEGIN') open.set(transaction, []);
    if (command === 'ABORT') open.delete(transaction);
    if (command === 'SEND' && open.has(transaction)) open.get(transaction)?.push(frame);
    else if (command === 'SEND') forward(frame);
    if (command === 'COMMIT') {
      for (const each of open.get(transaction) ?? []) forward(each);
      open.delete(transaction);
    }
    if (receipt !== undefined) connection.write(stompText('RECEIPT', { 'receipt-id': receipt }));
    if (command === 'DISCONNECT') connection.close();
  }

  function forward({ headers, body }: StompFrame): void {
    const { destination = '', 'content-length': _, ...others } = headers;
    publish(destination, body, others);
  }

  function publish(destination: string, body: string, headers: Record<string, string> = {}): void {
    for (const { connection, subscriptions } of subscribers) {
      for (const [subscription, name] of subscriptions) {
        if (name !== destination) continue;
        const own = { subscription, destination, 'message-id': String(++messages) };
        connection.write(
          stompText('MESSAGE', { ...headers, ...own, 'content-length': String(body.length) }, body),
        );
      }
    }
  }

  function tell(command: string, headers: Record<string, string>, body = ''): void {
    for (const { connection } of subscribers) connection.write(stompText(command, headers, body));
  }
}

export function stompText(command: string, headers: Readonly<Record<string, string>>, body = ''): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  return `${command}\n${lines.join('')}\n${body}\0`;
}

function takeFrame(text: string): { frame: StompFrame; rest: string } | undefined {
  const begun = text.replace(/^\n+/, '');
  const end = begun.indexOf('\n\n');
  if (end < 0) return undefined;
  const [command = '', ...lines] = begun.slice(0, end).split('\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  );
  const start = end + 2;
  const length = headers['content-length'];
  const stop = length === undefined ? begun.indexOf('\0', start) : start + Number(length);
  if (stop < 0 || begun.length <= stop) return undefined;
  return { frame: { command, headers, body: begun.slice(start, stop) }, rest: begun.slice(stop + 1) };
}
