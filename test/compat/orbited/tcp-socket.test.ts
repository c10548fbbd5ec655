// The entry encke/orbited, without a browser: what is sent and read, whatever becomes of requests. The server is a model.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { longpoll, poll, TCPSocket, xhrstream, htmlfile, sse } from '../../../src/compat/orbited/orbited.ts';
import type { OrbitedOptions } from '../../../src/compat/orbited/options.ts';
import type { BackendConnection } from '../../server/orbited.ts';
import { createNetwork, SERVER, type Network } from './network.ts';

let network: Network;
let sockets: TCPSocket[];
/** `open`, `read TEXT`, `close CODE`, `error SENTENCE`. */
let told: string[];
/** What the backend was sent. */
let arrived: string[];
let backend: BackendConnection | undefined;
let count = 0;

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'],
  });
  sockets = [];
  told = [];
  arrived = [];
  backend = undefined;
  network = createNetwork({
    'echo:7': (connection) => {
      backend = connection;
      return (bytes) => {
        arrived.push(bytes);
        if (bytes === 'bye') connection.close();
        else connection.write(bytes);
      };
    },
    'sink:9': (connection) => {
      backend = connection;
      return (bytes) => void arrived.push(bytes);
    },
  });
});

afterEach(async () => {
  for (const socket of sockets) socket.close();
  await network.pass(100);
  network.close();
  expect(vi.getTimerCount()).toBe(0);
  expect(network.live).toBe(0);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe.each([xhrstream, htmlfile, sse, longpoll, poll])('over $name', (technique) => {
  it('opens, sends and reads text, and closes', async () => {
    const socket = open({ transports: [technique] });
    await network.pass(5_000);
    expect(socket.readyState).toBe(3);
    socket.send('héllo ✓');
    await network.pass(5_000);
    backend?.write('more');
    await network.pass(5_000);
    expect(told).toEqual(['open', 'read héllo ✓', 'read more']);
    socket.close();
    await network.pass(100);
    expect(told.at(-1)).toBe('close 103');
    expect(socket.readyState).toBe(5);
    expect(network.model.latest.received.at(-1)?.[1]).toBe('close');
  });
});

/** A socket that says what it is told. Each has a server of its own to remember things of. */
function open(options: OrbitedOptions = {}, destination = 'echo:7', isBinary = false): TCPSocket {
  const socket = new TCPSocket({
    url: SERVER.replace('orbited', `orbited${String(++count)}`),
    ...options,
  });
  sockets.push(socket);
  socket.onopen = () => told.push('open');
  socket.onread = (data) => told.push(`read ${data}`);
  socket.onclose = (code) => told.push(`close ${String(code)}`);
  socket.onerror = ({ message }) => told.push(`error ${message}`);
  const [host = '', port = ''] = destination.split(':');
  socket.open(host, port, isBinary);
  return socket;
}
