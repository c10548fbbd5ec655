// What a page does with sockets over an Orbited server, and what it was told.

/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- stompjs describes plain objects by classes */

import { Client } from '@stomp/stompjs';
import {
  htmlfile,
  longpoll,
  OrbitedWebSocket,
  poll,
  sse,
  TCPSocket,
  xhrstream,
  type OrbitedOptions,
} from '../../../src/compat/orbited/orbited.ts';
import { htmlFile } from '../../../src/transports/htmlfile.ts';
import { xhrStream } from '../../../src/transports/xhr-stream.ts';

const techniques = {
  xhrstream,
  htmlfile,
  sse,
  longpoll,
  poll,
  'xhrstream by XHR': { ...xhrstream, carrier: xhrStream },
  'htmlfile by a document': { ...htmlfile, carrier: htmlFile },
};

const PATIENCE = 60_000;

/**
 * Echoes texts by each technique; gives what came back, by technique. One after the other: each takes two of the six
 * connections that a browser makes to an origin.
 */
export async function echoes(texts: readonly string[]): Promise<Record<string, string>> {
  const echoed: Record<string, string> = {};
  for (const [name, technique] of Object.entries(techniques)) {
    const { socket, read } = await opened({ transports: [technique], pollInterval: 100 });
    for (const text of texts) socket.send(text);
    await until(() => read().length >= texts.join('').length);
    socket.close();
    echoed[name] = read();
  }
  return echoed;
}

/** Sends every byte there is as bytes; gives their numbers as they came back. */
export async function allBytes(): Promise<number[]> {
  const socket = new TCPSocket();
  let read = '';
  socket.onread = (bytes) => (read += bytes);
  socket.onopen = () => socket.send(Uint8Array.from({ length: 256 }, (_, value) => value));
  socket.open('echo', 7, true);
  await until(() => read.length >= 256);
  socket.close();
  return read.split('').map((byte) => byte.charCodeAt(0));
}

/** Sends so many numbers, one by one, over whatever breaks. Gives what came back. */
export async function numbers(count: number, every: number): Promise<string> {
  const { socket, read } = await opened({ transports: [xhrstream], heartbeatTimeout: 2_000 });
  for (let at = 0; at < count; at++) {
    socket.send(`${String(at)} `);
    await pause(every);
  }
  const whole = Array.from({ length: count }, (_, at) => `${String(at)} `).join('');
  await until(() => read().length >= whole.length);
  // What comes twice comes soon.
  await pause(300);
  socket.close();
  return read() === whole ? 'each once, in order' : read();
}

/** Opens behind a proxy that holds; gives the technique, and how long it took. */
export async function behindProxy(): Promise<{ transport: string; took: number; errors: string[] }> {
  const began = performance.now();
  const { socket, errors, read } = await opened({ heartbeatTimeout: 2_000 });
  socket.send('through');
  await until(() => read() === 'through');
  const { transport } = socket;
  socket.close();
  return { transport, took: performance.now() - began, errors };
}

/** stompjs over the face of a WebSocket: what it received, as text and as bytes. */
export async function stomp(): Promise<{ texts: string[]; bytes: number[]; receipt: boolean }> {
  const texts: string[] = [];
  let bytes: number[] = [];
  let receipt = false;
  const client = new Client({
    webSocketFactory: () => new OrbitedWebSocket('tcp://broker:61613'),
    reconnectDelay: 0,
  });
  client.onConnect = () => {
    client.subscribe('/text', ({ body }) => texts.push(body));
    client.subscribe('/bytes', ({ binaryBody }) => (bytes = [...binaryBody]));
    client.watchForReceipt('all', () => (receipt = true));
    client.publish({ destination: '/text', body: 'héllo ✓\0end' });
    client.publish({ destination: '/bytes', binaryBody: new Uint8Array([0, 1, 255]) });
    client.publish({ destination: '/text', body: 'x'.repeat(100_000), headers: { receipt: 'all' } });
  };
  client.activate();
  await until(() => texts.length === 2 && bytes.length > 0 && receipt);
  await client.deactivate();
  return { texts: texts.map((text) => (text.length > 50 ? String(text.length) : text)), bytes, receipt };
}

/** Closes at a moment of its life. */
export async function closing(delay: number): Promise<void> {
  const socket = new TCPSocket();
  socket.open('echo', 7);
  await pause(delay);
  if (socket.readyState === 3) socket.send('a');
  socket.close();
}

async function opened(
  options: OrbitedOptions,
): Promise<{ socket: TCPSocket; read: () => string; errors: string[] }> {
  const socket = new TCPSocket(options);
  const errors: string[] = [];
  let read = '';
  socket.onread = (text) => (read += text);
  socket.onerror = ({ message }) => errors.push(message);
  socket.open('echo', 7);
  await until(() => socket.readyState === 3);
  return { socket, read: () => read, errors };
}

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (!condition()) {
    if (performance.now() > end) throw new Error('It did not happen.');
    await pause(10);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
