// The same connection as a WebSocket, and Orbited's STOMP client on top of it. The server and the broker are models.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OrbitedWebSocket, TCPSocket } from '../../../src/compat/orbited/orbited.ts';
import { STOMPClient } from '../../../src/compat/stomp/stomp.ts';
import type { BackendConnection } from '../../server/orbited.ts';
import { createBroker, type StompBroker } from '../../server/stomp-broker.ts';
import { createNetwork, SERVER, type Network } from './network.ts';

let network: Network;
let broker: StompBroker;
let backend: BackendConnection | undefined;
let told: string[];
let arrived: string;

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'],
  });
  told = [];
  arrived = '';
  broker = createBroker();
  TCPSocket.defaults = { url: SERVER };
  network = createNetwork({
    'sink:9': (connection) => {
      backend = connection;
      return (bytes) => void (arrived += bytes);
    },
    'broker:61613': broker.backend,
  });
});

afterEach(async () => {
  await network.pass(1_000);
  network.close();
  await network.pass(2_000);
  expect(network.live).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
  TCPSocket.defaults = {};
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a WebSocket over Orbited', () => {
  it('has the states, and tells handlers and listeners', async () => {
    const socket = open();
    socket.addEventListener('open', () => told.push('listener'));
    expect([socket.readyState, socket.url, socket.protocol, socket.extensions]).toEqual([
      0,
      'tcp://sink:9',
      '',
      '',
    ]);
    expect(() => socket.send('a')).toThrow('not open');
    await network.pass(500);
    expect(socket.readyState).toBe(OrbitedWebSocket.OPEN);
    socket.send('é');
    expect(socket.bufferedAmount).toBeGreaterThan(0);
    await network.pass(100);
    expect([arrived, socket.bufferedAmount]).toEqual(['\xc3\xa9', 0]);
    socket.close(3_000, 'enough');
    expect(socket.readyState).toBe(2);
    await network.pass(100);
    expect(socket.readyState).toBe(3);
    socket.send('dropped');
    expect(told).toEqual(['open', 'listener', 'close 3000 enough true 103']);
  });

  it('gives text until it is told how bytes are wanted', async () => {
    const socket = open();
    await network.pass(500);
    backend?.write('h\xc3');
    backend?.write('\xa9');
    await network.pass(100);
    socket.binaryType = 'arraybuffer';
    backend?.write('\0\xff');
    await network.pass(100);
    expect(told).toEqual(['open', 'message h', 'message é', 'bytes 0,255']);
    socket.binaryType = 'blob';
    backend?.write('abc');
    await network.pass(100);
    expect(told.at(-1)).toBe('blob 3');
    socket.close();
  });

  it('sends bytes in any shape but a Blob', async () => {
    const socket = open();
    await network.pass(500);
    socket.send(new Uint8Array([1, 2, 3]).subarray(1));
    socket.send(new Uint8Array([4]).buffer);
    expect(() => socket.send(new Blob(['a']))).toThrow('Blob');
    await network.pass(100);
    expect(arrived).toBe('\x02\x03\x04');
    socket.close();
  });

  it.each([
    ['sink:9', 'close 1000 Orbited 201 true 201'],
    ['other:1', 'close 1006 Orbited 106 false 106'],
  ])('tells why %s is closed', async (destination, last) => {
    open(destination);
    await network.pass(500);
    backend?.close();
    await network.pass(500);
    expect(told.at(-1)).toBe(last);
  });

  it('tells of errors', async () => {
    network.fault = () => ({ status: 403 });
    open();
    await network.pass(500);
    expect(told).toEqual(['error The server answered 403.', 'close 1006 Orbited 102 false 102']);
  });

  it('is lost where it is closed before it is open, or at once', async () => {
    open().close(3_000, 'enough');
    await network.pass(500);
    const socket = open();
    await network.pass(500);
    socket.terminate();
    await network.pass(500);
    expect(told).toEqual(['close 1006  false 103', 'open', 'close 1006  false 103']);
  });

  it.each([
    [999, '', 'InvalidAccessError'],
    [1_001, '', 'InvalidAccessError'],
    [5_000, '', 'InvalidAccessError'],
    [3_000, 'é'.repeat(62), 'SyntaxError'],
  ])('is not closed with %d "%s", as the standard says', async (code, reason, name) => {
    const socket = open();
    await network.pass(500);
    expect(() => socket.close(code, reason)).toThrow(expect.objectContaining({ name }));
    expect(socket.readyState).toBe(1);
    socket.close(4_999, 'é'.repeat(61));
  });

  it('sends as text what is neither text nor bytes', async () => {
    const socket = open();
    await network.pass(500);
    Reflect.apply(socket.send.bind(socket), undefined, [5]);
    await network.pass(100);
    expect(arrived).toBe('5');
    socket.close();
  });

  it.each(['ws://sink:9', 'tcp://sink', 'tcp://sink:9/path', 'sink:9', 'tcp://sink:123456'])(
    'does not take %s for an address',
    (url) => {
      expect(() => new OrbitedWebSocket(url)).toThrow('is not like tcp://localhost:61613');
    },
  );
});

describe('the STOMP client', () => {
  it('connects, subscribes, sends and disconnects', async () => {
    const client = connect();
    await network.pass(1_000);
    expect(told).toEqual(['open', 'CONNECTED ']);
    client.subscribe('/a');
    client.subscribe('/b', { ack: 'client' });
    client.send('é', '/a');
    client.send(new Uint8Array([0, 255]), '/b', { receipt: 'r' });
    await network.pass(1_000);
    expect(told.slice(2)).toEqual(['MESSAGE é', 'MESSAGE \0\ufffd', 'RECEIPT ']);
    const [, , second] = broker.received.filter(({ command }) => command !== 'SEND');
    expect(second?.headers).toMatchObject({ destination: '/b', ack: 'client' });
    const [text, bytes] = broker.received.filter(({ command }) => command === 'SEND');
    expect(text).toMatchObject({
      body: '\xc3\xa9',
      headers: { 'content-type': 'text/plain', 'content-length': '2' },
    });
    expect(bytes).toMatchObject({ body: '\0\xff', headers: { 'content-length': '2' } });
    client.unsubscribe('/a');
    client.send('unheard', '/a');
    await network.pass(500);
    expect(told).toHaveLength(5);
    client.ack('7', 't', 'sub-1');
    client.disconnect();
    await network.pass(1_000);
    const { headers } = broker.received.find(({ command }) => command === 'ACK') ?? {};
    expect(headers).toEqual({ 'message-id': '7', subscription: 'sub-1', transaction: 't' });
    expect(told.at(-1)).toMatch(/^close (?:103|201)$/);
  });

  it('sends as text what is neither text nor bytes', async () => {
    const client = connect();
    await network.pass(1_000);
    client.subscribe('/a');
    Reflect.apply(client.send.bind(client), undefined, [5, '/a']);
    await network.pass(500);
    expect(told.slice(2)).toEqual(['MESSAGE 5']);
    client.reset();
  });

  it('has transactions', async () => {
    const client = connect();
    await network.pass(1_000);
    client.subscribe('/a');
    client.begin('one');
    client.send('kept back', '/a', { transaction: 'one' });
    client.begin('two');
    client.send('never', '/a', { transaction: 'two' });
    client.abort('two');
    await network.pass(1_000);
    expect(told).toHaveLength(2);
    client.commit('one');
    await network.pass(1_000);
    expect(told.slice(2)).toEqual(['MESSAGE kept back']);
    client.reset();
    await network.pass(100);
    expect(told.at(-1)).toBe('close 103');
  });

  it('tells of a broker that refuses, and can connect again', async () => {
    const client = connect('nobody');
    await network.pass(1_000);
    expect(told).toEqual(['open', 'ERROR Not you.', 'close 201']);
    expect(client.user).toBe('nobody');
    told = [];
    client.connect('broker', 61613, 'guest', 'guest');
    await network.pass(1_000);
    expect(told).toEqual(['open', 'CONNECTED ']);
    expect(broker.received.at(-1)?.headers).toMatchObject({ login: 'guest', passcode: 'guest' });
    client.reset();
  });

  it.each(['disconnect', 'reset'] as const)(
    'leaves nothing behind where %s() follows connect() at once',
    async (action) => {
      connect()[action]();
      await network.pass(1_000);
      expect(told).toEqual(['close 103']);
      expect([network.live, network.model.sessions.size]).toEqual([0, 0]);
    },
  );

  it.each(['disconnect', 'reset', undefined] as const)(
    'has one connection, the latest, where connect() follows %s at once',
    async (action) => {
      const client = connect();
      await network.pass(1_000);
      if (action) client[action]();
      client.connect('broker', 61613);
      await network.pass(1_000);
      expect(told).toEqual(['open', 'CONNECTED ', 'open', 'CONNECTED ']);
      expect(network.model.sessions.size).toBe(1);
      client.reset();
      await network.pass(1_000);
      expect(told.slice(4)).toEqual(['close 103']);
    },
  );

  it('connects again in onclose', async () => {
    const client = connect();
    client.onclose = () => client.connect('broker', 61613);
    await network.pass(1_000);
    network.model.latest.drop();
    network.cut();
    await network.pass(2_000);
    expect(told).toEqual(['open', 'CONNECTED ', 'open', 'CONNECTED ']);
    client.onclose = () => undefined;
    client.reset();
  });

  it('goes on behind a handler that throws, of which the page hears', async () => {
    vi.stubGlobal('console', { ...console, log: () => told.push('swallowed') });
    const client = connect();
    await network.pass(1_000);
    client.onmessageframe = ({ body }) => {
      told.push(body);
      throw new Error(`of the page, at ${body}`);
    };
    client.subscribe('/a');
    client.send('1', '/a');
    await expect(network.pass(500)).rejects.toThrow('of the page, at 1');
    client.send('2', '/a');
    await expect(network.pass(500)).rejects.toThrow('of the page, at 2');
    expect(told.slice(2)).toEqual(['1', '2']);
    client.reset();
  });

  it('hands frames to the older name, and those that nobody knows to onerror', async () => {
    const client = new STOMPClient();
    client.onmessage = ({ body }) => told.push(`old ${body}`);
    client.onerror = (error) => told.push(String(error));
    client.connect('broker', 61613);
    await network.pass(1_000);
    client.subscribe('/a');
    client.send('x', '/a');
    await network.pass(500);
    broker.tell('NEWS', {});
    await network.pass(500);
    expect(told).toEqual(['old x', 'Unknown STOMP frame type NEWS']);
    client.reset();
  });

  it('refuses what is no address at once', () => {
    expect(() => new STOMPClient().connect('two words', 61613)).toThrow('tcp://');
  });
});

function open(destination = 'sink:9'): OrbitedWebSocket {
  const socket = new OrbitedWebSocket(`tcp://${destination}`);
  socket.onopen = () => told.push('open');
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer | Blob>) => {
    if (typeof data === 'string') told.push(`message ${data}`);
    else
      told.push(data instanceof Blob ? `blob ${String(data.size)}` : `bytes ${String(new Uint8Array(data))}`);
  };
  socket.onerror = ({ message }) => told.push(`error ${message}`);
  socket.onclose = ({ code, reason, wasClean, orbitedCode }) =>
    told.push(`close ${String(code)} ${reason} ${String(wasClean)} ${String(orbitedCode)}`);
  return socket;
}

function connect(user?: string): STOMPClient {
  const client = new STOMPClient();
  const tell = ({ type, body }: { type: string; body: string }): void => void told.push(`${type} ${body}`);
  Object.assign(client, {
    onopen: () => told.push('open'),
    onclose: (code: number) => told.push(`close ${String(code)}`),
    onconnectedframe: tell,
    onmessageframe: tell,
    onreceiptframe: tell,
    onerrorframe: tell,
  });
  client.connect('broker', 61613, user);
  return client;
}
