// The entry encke/orbited, without a browser: what is sent and read, whatever becomes of requests. The server is a model.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { longpoll, poll, TCPSocket, xhrstream, htmlfile, sse } from '../../../src/compat/orbited/orbited.ts';
import type { OrbitedOptions } from '../../../src/compat/orbited/options.ts';
import { framed, packetsIn, type BackendConnection } from '../../server/orbited.ts';
import { createNetwork, SERVER, type Asked, type Network } from './network.ts';

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
    'down:1': 'down',
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

describe('what is read', () => {
  it('comes once and in order over twenty cuts, whatever the server makes of them', async () => {
    const socket = open();
    await network.pass(1_000);
    for (let at = 0; at < 20; at++) {
      socket.send(`up ${String(at)} `);
      await network.pass(40);
      backend?.write(`down ${String(at)} `);
      network.cut();
      backend?.write('again ');
      await network.pass(1_500);
    }
    await network.pass(2_000);
    const numbers = [...Array(20).keys()].map(String);
    expect(arrived).toEqual(numbers.map((each) => `up ${each} `));
    expect(
      told
        .filter((each) => each.startsWith('read'))
        .map((each) => each.slice(5))
        .join(''),
    ).toBe(numbers.map((each) => `up ${each} down ${each} again `).join(''));
    expect(news().filter((each) => !each.startsWith('read'))).toEqual(['open']);
  });

  it('is dropped where its id was seen', async () => {
    open();
    await network.pass(1_000);
    backend?.write('a');
    await network.pass(100);
    network.model.latest.raw(
      framed([
        ['4', 'data', btoa('a')],
        ['1', 'data', btoa('b')],
        ['4', 'ping'],
      ]),
    );
    backend?.write('c');
    await network.pass(100);
    expect(told).toEqual(['open', 'read a', 'read c']);
  });

  it('is asked for again where an id is missing, and then taken as it is', async () => {
    open();
    await network.pass(1_000);
    network.model.latest.raw(framed([['9', 'data', btoa('late')]]));
    backend?.write('a');
    await network.pass(2_000);
    expect(news()).toEqual(['open', expect.stringContaining('error Packet 9 comes after 3.'), 'read a']);
    network.model.latest.raw(framed([['9', 'data', btoa('late')]]));
    await network.pass(100);
    expect(told.at(-1)).toBe('read late');
  });

  it('is asked for again where it is no base64, and is left out the second time', async () => {
    open();
    await network.pass(1_000);
    network.model.latest.packet('data', '!');
    backend?.write('a');
    await network.pass(2_000);
    expect(news()).toEqual(['open', expect.stringContaining('error Packet 4 cannot be read.'), 'read a']);
    expect(asked('xhrstream')).toHaveLength(3);
  });

  it('goes on behind a packet that nobody knows, and one without an id', async () => {
    open();
    await network.pass(1_000);
    network.model.latest.packet('constructor', 'x');
    network.model.latest.raw(framed([['x', 'data', btoa('b')]]));
    backend?.write('a');
    await network.pass(100);
    expect(told).toEqual([
      'open',
      expect.stringContaining('error Nobody knows a packet "constructor".'),
      expect.stringContaining('error A packet "data" has no id.'),
      'read a',
    ]);
    expect(asked('xhrstream')).toHaveLength(1);
  });

  it('is asked for again behind junk, slower each time, and never in a hot loop', async () => {
    open({ transports: [xhrstream] });
    await network.pass(1_000);
    network.fault = ({ path }) => (path === 'xhrstream' ? { status: 200, text: '1x9,junk' } : undefined);
    network.cut();
    await network.pass(8_000);
    expect(asked('xhrstream').length).toBeLessThan(9);
    network.fault = () => undefined;
    backend?.write('a');
    await network.pass(31_000);
    expect(told.at(-1)).toBe('read a');
  });

  it('comes by a new stream at once where the server ends one after 1 MiB', async () => {
    open();
    await network.pass(1_000);
    backend?.write('x'.repeat(1_300_000));
    await network.pass(250);
    const total = told
      .filter((each) => each.startsWith('read'))
      .reduce((sum, each) => sum + each.length - 5, 0);
    expect(total).toBe(1_300_000);
    const [first, second] = asked('xhrstream');
    expect((second?.at ?? Infinity) - (first?.at ?? 0)).toBeLessThan(1_300);
  });

  it.each([xhrstream, htmlfile, sse, longpoll, poll])(
    'may be more than any packet at once, behind a link that broke, over $name',
    async (technique) => {
      open({ transports: [technique] });
      await network.pass(3_000);
      network.fault = ({ method }) => (method === 'GET' ? 'down' : undefined);
      network.cut();
      for (let at = 0; at < 20; at++) backend?.write('x'.repeat(60_000));
      await network.pass(1_000);
      network.fault = () => undefined;
      await network.pass(9_000);
      const read = told.filter((each) => each.startsWith('read')).map((each) => each.length - 5);
      expect(read.reduce((sum, each) => sum + each, 0)).toBe(1_200_000);
    },
  );

  it.each([xhrstream, htmlfile, sse])(
    'is a problem where one packet is too long, over $name',
    async (way) => {
      open({ transports: [way], maxPacketSize: 100 });
      await network.pass(1_000);
      backend?.write('x'.repeat(100));
      await network.pass(1_000);
      expect(news()[1]).toMatch('too long');
    },
  );

  it('is text of which a character may be cut, or bytes', async () => {
    open();
    open({}, 'sink:9', true);
    await network.pass(1_000);
    const [first, second] = network.model.all;
    for (const session of [first, second])
      for (const byte of ['h', '\xc3', '\xa9', '\xe2\x9c', '\x93']) session?.packet('data', btoa(byte));
    await network.pass(100);
    expect(told.filter((each) => each !== 'open').sort()).toEqual(
      ['read h', 'read é', 'read ✓', 'read h', 'read \xc3', 'read \xa9', 'read \xe2\x9c', 'read \x93'].sort(),
    );
  });
});

describe('what is sent', () => {
  it('waits for one request after the other, and keeps its order', async () => {
    const socket = open();
    await network.pass(1_000);
    network.fault = ({ path }) => (path === 'post' ? 'silent' : undefined);
    for (const each of ['a', 'b', 'c']) socket.send(each);
    await network.pass(1_000);
    const posts = asked('post');
    expect(posts).toHaveLength(2);
    expect(packetsIn(posts.at(-1)?.body ?? '').map(([, , text = '']) => atob(text))).toEqual(['a']);
    expect(socket.bufferedAmount).toBeGreaterThan(0);
    network.fault = () => undefined;
    await network.pass(32_000);
    expect(arrived).toEqual(['a', 'b', 'c']);
    expect(socket.bufferedAmount).toBe(0);
  });

  it('is sent again after 250 to 500 ms, and then after twice as long', async () => {
    const socket = open({}, 'sink:9');
    await network.pass(1_000);
    let tries = 0;
    network.fault = ({ path }) => (path === 'post' && ++tries < 5 ? { status: 503 } : undefined);
    // Without a packet that a request alone confirms, nothing tells whether one has arrived.
    await confirmAll();
    tries = 0;
    socket.send('a');
    await network.pass(9_000);
    expect(arrived).toEqual(['a']);
    const times = asked('post')
      .slice(-5)
      .map(({ at }) => at);
    const gaps = times.slice(1).map((at, place) => Math.round(at - (times[place] ?? 0)));
    gaps.forEach((gap, place) => {
      expect(gap).toBeGreaterThanOrEqual(250 * 2 ** place - 1);
      expect(gap).toBeLessThanOrEqual(250 * 2 ** (place + 1) + 1);
    });
  });

  it('arrives once where an answer is lost, as the server tells what that request has confirmed', async () => {
    const socket = open();
    await network.pass(1_000);
    for (let at = 0; at < 10; at++) {
      let isFirst = true;
      const kind = at % 2 ? 'unanswered' : 'down';
      network.fault = ({ path }) => {
        const fault = path === 'post' && isFirst ? kind : undefined;
        if (path === 'post') isFirst = false;
        return fault;
      };
      socket.send(`${String(at)} `);
      await network.pass(1_500);
    }
    expect(arrived.join('')).toBe('0 1 2 3 4 5 6 7 8 9 ');
    expect(
      told
        .filter((each) => each.startsWith('read'))
        .map((each) => each.slice(5))
        .join(''),
    ).toBe(arrived.join(''));
    expect(asked('poll').length).toBeGreaterThanOrEqual(10);
  });

  it('arrives twice where nothing tells, rather than never', async () => {
    const socket = open({}, 'sink:9');
    await network.pass(1_000);
    await confirmAll();
    let isFirst = true;
    network.fault = ({ path }) => {
      const fault = path === 'post' && isFirst ? 'unanswered' : undefined;
      if (path === 'post') isFirst = false;
      return fault;
    };
    socket.send('a');
    await network.pass(2_000);
    expect(arrived).toEqual(['a', 'a']);
  });

  describe.each([xhrstream, htmlfile, sse, longpoll, poll])('over $name', (technique) => {
    it.each(['unanswered', 'down'] as const)(
      'begins with the address once, where its first request is %s and that is known late',
      async (kind) => {
        let posts = 0;
        network.fault = ({ path, ack }) => {
          if (path === 'post') return ++posts === 1 ? kind : undefined;
          // The server behind Orbited takes its time to answer.
          return posts === 1 && ack > 1 ? 'silent' : undefined;
        };
        delay('POST', 700);
        const socket = open({ transports: [technique] }, 'sink:9');
        socket.onopen = () => socket.send('a');
        await network.pass(8_000);
        expect(network.model.latest.received.filter(([, name]) => name === 'data')).toHaveLength(2);
        expect(arrived).toEqual(['a']);
        socket.close();
        await network.pass(2_000);
      },
    );
  });

  it('is not sent again when the page comes back while it is on its way', async () => {
    const page = new EventTarget();
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    let isFirst = true;
    network.fault = ({ path }) => {
      const fault = path === 'post' && isFirst ? 'unanswered' : undefined;
      if (path === 'post') isFirst = false;
      return fault;
    };
    const socket = open({}, 'sink:9');
    await network.pass(2_000);
    delay('POST', 3_000);
    socket.send('a');
    await network.pass(500);
    page.dispatchEvent(new Event('pagehide'));
    page.dispatchEvent(new Event('pageshow'));
    await network.pass(8_000);
    expect(arrived).toEqual(['a']);
    socket.close();
    await network.pass(4_000);
  });

  it('is no answer of a login page', async () => {
    const socket = open();
    await network.pass(1_000);
    network.fault = ({ path }) =>
      path === 'post' ? { status: 200, text: '<html>Sign in</html>' } : undefined;
    socket.send('a');
    await network.pass(2_000);
    expect(arrived).toEqual([]);
    network.fault = () => undefined;
    await network.pass(5_000);
    expect(arrived).toEqual(['a']);
  });

  it('is text, or bytes in any shape', async () => {
    const socket = open({}, 'sink:9', true);
    await network.pass(1_000);
    socket.send('\0\xff');
    socket.send(new Uint8Array([1, 2, 3]).subarray(1));
    socket.send(new Uint8Array([9]).buffer);
    expect(() => socket.send('✓')).toThrow('isBinary');
    await network.pass(100);
    expect(arrived.join('')).toBe('\0\xff\x02\x03\x09');
  });

  it('is text where it is neither text nor bytes, as a page without types may send a number', async () => {
    const socket = open({}, 'sink:9');
    await network.pass(1_000);
    for (const value of [5, true]) Reflect.apply(socket.send.bind(socket), undefined, [value]);
    await network.pass(100);
    expect(arrived.join(' ')).toBe('5 true');
  });

  it('is refused before it is open, and behind its end', async () => {
    const socket = open();
    expect(() => socket.send('a')).toThrow('not open');
    await network.pass(1_000);
    socket.close();
    expect(() => socket.send('a')).toThrow('not open');
  });

  async function confirmAll(): Promise<void> {
    const before = network.fault;
    network.fault = () => undefined;
    network.cut();
    await network.pass(2_000);
    network.fault = before;
  }
});

describe('the time', () => {
  it('is answered ping by ping on a stream, and not where each request is an answer', async () => {
    open();
    await network.pass(31_500);
    expect(network.model.latest.received.map(([, name]) => name)).toEqual(['data', 'ping']);
    expect(network.model.latest.received.at(-1)).toHaveLength(3);
    open({ transports: [longpoll] });
    await network.pass(65_000);
    expect(network.model.latest.received.map(([, name]) => name)).toEqual(['data']);
    expect(told).toEqual(['open', 'open']);
  });

  it('is up after interval and time-out without a word', async () => {
    open();
    await network.pass(1_000);
    network.fault = () => 'down';
    network.cut();
    await network.pass(58_000);
    expect(told).toEqual(['open']);
    await network.pass(3_000);
    expect(told).toEqual(['open', 'close 101']);
  });

  it('is what the server says it is', async () => {
    network = createNetwork({ 'echo:7': () => () => undefined }, { pingInterval: 300, pingTimeout: 5 });
    open();
    await network.pass(1_000);
    network.fault = () => 'down';
    network.cut();
    await network.pass(300_000);
    expect(told).toEqual(['open']);
    await network.pass(6_000);
    expect(told).toEqual(['open', 'close 101']);
  });

  it('is enough for six seconds of silence of a stream, which is then opened again', async () => {
    open();
    await network.pass(1_000);
    network.model.latest.deafen();
    await network.pass(7_000);
    backend?.write('a');
    await network.pass(1_000);
    expect(told.filter((each) => !each.startsWith('error'))).toEqual(['open', 'read a']);
    expect(asked('xhrstream').length).toBeGreaterThan(1);
  });
});

describe('the end', () => {
  it.each([
    ['106 where Orbited may not connect', 'other:1', 106],
    ['108 where nobody answers there', 'down:1', 108],
  ])('is %s', async (_, destination, code) => {
    open({}, destination);
    await network.pass(1_000);
    expect(told).toEqual([`close ${String(code)}`]);
  });

  it('is what the server says, if it is another number', async () => {
    network.fault = ({ path }) => (path === 'post' ? 'silent' : undefined);
    open();
    await network.pass(500);
    network.model.latest.packet('data', btoa('0104'));
    await network.pass(500);
    expect(told).toEqual(['close 104']);
  });

  it('is 201 where the backend closes, and all that came before is read', async () => {
    const socket = open();
    await network.pass(1_000);
    backend?.write('last words');
    socket.send('bye');
    await network.pass(500);
    expect(told).toEqual(['open', 'read last words', 'close 201']);
  });

  it.each([404, 410])('is 201 where the server answers %d: it does not know the session', async (status) => {
    open();
    await network.pass(1_000);
    network.fault = ({ path }) => (path === 'key' ? undefined : { status });
    network.cut();
    await network.pass(1_000);
    expect(told).toEqual(['open', 'close 201']);
  });

  it.each([xhrstream, htmlfile, sse, longpoll, poll])(
    'is 201 where the server says that it does not know the session, over $name',
    async (technique) => {
      open({ transports: [technique] });
      await network.pass(3_000);
      network.model.latest.drop();
      network.cut();
      await network.pass(3_000);
      expect(told).toEqual(['open', 'close 201']);
    },
  );

  it('is 201 where a request that sends is told so', async () => {
    const socket = open();
    await network.pass(1_000);
    network.fault = ({ path }) => (path === 'post' ? { status: 404 } : undefined);
    socket.send('a');
    await network.pass(500);
    expect(told).toEqual(['open', 'close 201']);
  });

  it('is 102 where there is no Orbited server', async () => {
    network.fault = () => ({ status: 403 });
    open();
    await network.pass(1_000);
    expect(told).toEqual([expect.stringContaining('error The server answered 403'), 'close 102']);
    told = [];
    network.fault = () => ({ status: 200, text: '<html>Sign in</html>' });
    open();
    await network.pass(1_000);
    expect(told).toEqual([expect.stringContaining('gave no key'), 'close 102']);
  });

  it('is 101 where the server is down for half a minute, and none where it comes back before', async () => {
    network.fault = () => 'down';
    open();
    await network.pass(65_000);
    expect(told.at(-1)).toBe('close 101');
    told = [];
    open();
    await network.pass(5_000);
    network.fault = () => undefined;
    await network.pass(10_000);
    expect(told.at(-1)).toBe('open');
  });

  it('is 103 where the page closes, and what was sent arrives before', async () => {
    const socket = open();
    await network.pass(1_000);
    socket.send('a');
    socket.send('b');
    socket.close();
    expect(socket.readyState).toBe(5);
    await network.pass(100);
    expect(told).toEqual(['open', 'close 103']);
    expect(arrived).toEqual(['a', 'b']);
    expect(network.model.sessions.size).toBe(0);
  });

  it('drops what has not left yet where the page resets', async () => {
    const socket = open();
    await network.pass(1_000);
    socket.send('a');
    socket.send('b');
    socket.reset();
    await network.pass(100);
    expect(told).toEqual(['open', 'close 103']);
    expect(arrived).toEqual(['a']);
    expect(network.model.sessions.size).toBe(0);
  });

  it('is told once where the page closes it in onerror', async () => {
    network.fault = ({ path }) => (path === 'post' ? 'silent' : undefined);
    const socket = open();
    const { onerror } = socket;
    socket.onerror = (error) => {
      onerror?.(error);
      socket.close();
    };
    await network.pass(500);
    network.model.latest.packet('data', btoa('what'));
    await network.pass(500);
    expect(told).toEqual([expect.stringContaining('error What should be the answer'), 'close 102']);
  });

  it('leaves nothing behind where the page closes it in onerror while it opens', async () => {
    const cannot = { ...xhrstream, carrier: { ...xhrstream.carrier, refuses: () => 'needs streams' } };
    const socket = new TCPSocket({ url: SERVER, transports: [cannot, poll] });
    socket.onerror = () => socket.close();
    socket.onopen = () => told.push('open');
    socket.onclose = (code) => told.push(`close ${String(code)}`);
    socket.open('echo', 7);
    await network.pass(3_000);
    expect(told).toEqual(['close 103']);
    expect([network.live, network.model.all]).toEqual([0, []]);
  });

  it('leaves nothing behind at any moment', async () => {
    for (const action of ['close', 'reset'] as const) {
      for (let moment = 0; moment < 12; moment++) {
        const socket = open();
        for (let step = 0; step < moment; step++) await new Promise((resolve) => setImmediate(resolve));
        if (socket.readyState === 3) socket.send('a');
        socket[action]();
        told = [];
        await network.pass(100);
        expect(told.filter((each) => each !== 'close 103')).toEqual([]);
        expect(network.live).toBe(0);
      }
    }
  });

  it('is closed on the server even where the last request fails once', async () => {
    const socket = open();
    await network.pass(1_000);
    let posts = 0;
    network.fault = ({ path }) => (path === 'post' && ++posts === 1 ? 'down' : undefined);
    socket.send('a');
    socket.close();
    await network.pass(500);
    expect(arrived).toEqual(['a']);
    expect(network.model.sessions.size).toBe(0);
  });
});

describe('the way', () => {
  it('is the next one where a stream stays mute for six seconds, and is remembered', async () => {
    network.fault = ({ path }) => (path === 'xhrstream' ? 'silent' : undefined);
    const socket = open();
    await network.pass(8_000);
    expect(socket.transport).toBe('longpoll');
    expect(told).toEqual([
      expect.stringContaining('error Nothing has come for 6000 ms.'),
      expect.stringContaining('error xhrstream is left: the server begins at once, and nothing has come'),
      'open',
    ]);
    told = [];
    count--;
    open();
    await network.pass(1_000);
    expect(told).toEqual(['open']);
  });

  it('is the next one behind three streams that began and brought nothing', async () => {
    const socket = open();
    await network.pass(1_000);
    network.fault = ({ path }) => (path === 'xhrstream' ? { status: 200, text: ' '.repeat(256) } : undefined);
    network.cut();
    await network.pass(10_000);
    backend?.write('a');
    await network.pass(1_000);
    expect(socket.transport).toBe('longpoll');
    expect(news()).toEqual(['open', expect.stringContaining('3 in a row brought nothing'), 'read a']);
    expect(asked('xhrstream')).toHaveLength(4);
  });

  it('stays where the server is down', async () => {
    const socket = open();
    await network.pass(1_000);
    network.fault = () => 'down';
    network.cut();
    await network.pass(20_000);
    network.fault = () => undefined;
    await network.pass(25_000);
    backend?.write('a');
    await network.pass(500);
    expect(socket.transport).toBe('xhrstream');
    expect(told.at(-1)).toBe('read a');
  });

  it('is passed over where the page cannot carry it, and the reason is told', async () => {
    const cannot = { ...xhrstream, carrier: { ...xhrstream.carrier, refuses: () => 'needs streams' } };
    const socket = open({ transports: [cannot, poll] });
    expect(socket.transport).toBe('poll');
    expect(told).toEqual(['error xhrstream is left: it needs streams.']);
  });

  it('must be named', () => {
    expect(() => open({ transports: [] })).toThrow('transports');
    sockets = [];
  });
});

describe('the page', () => {
  let page: EventTarget;

  beforeEach(() => {
    page = new EventTarget();
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  });

  it('goes on at once when it is on line again', async () => {
    const socket = open();
    await network.pass(1_000);
    network.fault = () => 'down';
    network.cut();
    await network.pass(100);
    socket.send('a');
    await network.pass(20_000);
    network.fault = () => undefined;
    page.dispatchEvent(new Event('online'));
    await network.pass(1_500);
    expect(arrived).toEqual(['a']);
    expect(news()).toEqual(['open', 'read a']);
  });

  it('has nothing open while it is stored, and goes on when it comes back', async () => {
    open();
    await network.pass(1_000);
    page.dispatchEvent(new Event('pagehide'));
    await network.pass(100);
    expect(network.live).toBe(0);
    backend?.write('meanwhile');
    page.dispatchEvent(new Event('visibilitychange'));
    await network.pass(20_000);
    expect(network.live).toBe(0);
    page.dispatchEvent(new Event('pageshow'));
    await network.pass(1_500);
    expect(news()).toEqual(['open', 'read meanwhile']);
  });

  it('is told where the server has given it up meanwhile', async () => {
    open();
    await network.pass(1_000);
    page.dispatchEvent(new Event('pagehide'));
    await network.pass(70_000);
    page.dispatchEvent(new Event('pageshow'));
    await network.pass(500);
    expect(told).toEqual(['open', 'close 101']);
  });
});

describe('a packet', () => {
  const text = `${' '.repeat(9)}${framed([
    ['1', 'opt', 'pingTimeout,30'],
    ['2', 'open'],
  ])}xx${framed([
    ['3', 'data', 'MQ=='],
    ['4', 'close', ''],
  ])} x`;
  const whole = [
    ['1', 'opt', 'pingTimeout,30'],
    ['2', 'open'],
    ['3', 'data', 'MQ=='],
    ['4', 'close', ''],
  ];

  it('is read whole, a character at a time, and cut at every place', () => {
    expect(readAll([text])).toEqual(whole);
    expect(readAll(text.split(''))).toEqual(whole);
    for (let place = 0; place <= text.length; place++)
      expect(readAll([text.slice(0, place), text.slice(place)])).toEqual(whole);
  });

  it('may hold 64 KiB, and 2,000 may come at once', () => {
    const long = ['1', 'data', 'x'.repeat(87_384)];
    expect(readAll([framed([long])])).toEqual([long]);
    const many = Array.from({ length: 2_000 }, (_, id) => [String(id), 'ping']);
    expect(readAll([framed(many)])).toEqual(many);
  });

  it.each([
    ['a length that is none', '1x,a'],
    ['a negative length', '1-1,a'],
    ['no length', '1,a'],
    ['a length without end', '11111111111111111111'],
    ['another beginning', '23,abc'],
    ['a page', '<html>'],
    ['a heartbeat inside', '11,1x11,a'],
    ['a length that is too short', '11,11x3,opt'],
  ])('is none with %s', (_, junk) => {
    const good = framed([['1', 'ping']]);
    for (const chunks of [[good + junk], (good + junk).split('')])
      expect(readAll([...chunks, good])).toEqual([['1', 'ping'], expect.stringContaining('Junk stands')]);
  });

  it.each(['0999999999,', '11,a'.repeat(600)])('is none where it is too long', (long) => {
    expect(readAll([long], 2_000)).toEqual([expect.stringContaining('too long')]);
  });
});

/** Packets, and sentences of what is none. */
function readAll(chunks: readonly string[], maxPacketSize = 1_048_576): unknown[] {
  const read: unknown[] = [];
  const feed = xhrstream.read(
    { packet: (values) => read.push(values), broken: ({ message }) => read.push(message) },
    maxPacketSize,
  );
  for (const chunk of chunks) feed(chunk);
  return read;
}

/** The head of each answer comes so many milliseconds late. */
function delay(method: string, milliseconds: number): void {
  const { fetch: before } = globalThis;
  vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
    try {
      return await before(input, init);
    } finally {
      if (init.method === method) await new Promise((resolve) => setTimeout(resolve, milliseconds));
    }
  });
}

/** Without what the real server says behind a stream that was broken off: why it could not end that one. */
function news(): string[] {
  return told.filter((each) => !/^error (?:Junk stands|The server answered 500)/.test(each));
}

function asked(path: string): readonly Asked[] {
  return network.asked.filter((each) => each.path === path);
}

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
