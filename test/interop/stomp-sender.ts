// Sends messages to a STOMP broker, as the programs of a site do.

import { once } from 'node:events';
import { connect } from 'node:net';

export interface Sender {
  /** Sends them as JSON, in order. */
  send(destination: string, ...messages: unknown[]): void;
  close(): Promise<void>;
}

/** @param login - user and password, where the broker asks for them */
export async function connectSender(port: number, login = 'guest'): Promise<Sender> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.write(frame('CONNECT', { login, passcode: login }));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  if (!answer.toString().startsWith('CONNECTED')) throw new Error(`The broker says: ${answer.toString()}`);
  // A broker that is ended breaks its connections off.
  socket.on('error', () => undefined);
  return {
    send(destination, ...messages) {
      const frames = messages.map((message) => frame('SEND', { destination }, JSON.stringify(message)));
      socket.write(frames.join(''));
    },
    async close() {
      if (socket.destroyed) return;
      socket.end();
      await once(socket, 'close');
    },
  };
}

function frame(command: string, headers: Record<string, string>, body = ''): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  return `${command}\n${lines.join('')}\n${body}\0`;
}
