// What the default preset loads when it is needed: xhr, EventSource, htmlfile, iframe and tabs. It may fail to come, and
// the connection works all the same.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TransportChange } from '../../src/index.ts';
import { readAsset } from '../server/static-files.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';

/** The files that `import()` names. */
const ON_DEMAND = /\/(?:rare|join-tabs)\.js$/;

/** What becomes of them, as the first part of the path of each page and of what it loads. */
type Fate = 'there' | 'missing' | 'reset' | 'missing-twice' | 'held';

/** What a subscription was told. */
interface Told {
  readonly data: unknown[];
  readonly transports: readonly TransportChange[];
  readonly errors: string[];
  readonly states: string[];
  readonly closed: readonly string[];
}

interface Server {
  readonly url: string;
  /** Paths with queries, in order. */
  readonly asked: string[];
  hold(): void;
  /** Answers all that is held, and holds nothing more. */
  release(): void;
  close(): void;
}

for (const found of findBrowsers()) describe(found.name, () => inBrowser(found));

function inBrowser(found: Found): void {
  let server: Server;
  let browser: Browser;
  let page: Page | undefined;

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startServer();
    browser = await borrow(found);
  });
  afterAll(async () => {
    if ('missing' in found) return;
    await browser.close();
    server.close();
  });
  beforeEach((context) => skipIfMissing(found, context));
  afterEach(async () => {
    server.release();
    await page?.close();
    page = undefined;
    server.hold();
    server.asked.length = 0;
  });

  it('is not asked for where fetch can stream', async () => {
    await open('there');
    expect(await follow({ data: 1 })).toMatchObject({
      data: ['fetch'],
      transports: [{ to: 'fetch-stream' }],
    });
    expect(filesAsked()).toEqual([]);
  });

  it('comes when the ladder reaches it, once', async () => {
    await open('there', { streams: false });
    const told = await follow({ data: 1 });
    expect(told).toMatchObject({ data: ['fetch'], transports: [{ to: 'xhr-stream' }], errors: [] });
    await follow({ data: 1 });
    expect(filesAsked()).toEqual(['rare.js']);
  });

  it.each<Fate>(['missing', 'reset'])(
    'is a transport that is unusable where its file is %s: the next one delivers',
    async (fate) => {
      await open(fate, { streams: false });
      const { data, transports, errors } = await follow({ data: 1 });
      expect(data).toEqual(['long-poll']);
      expect(transports.map(({ to }) => to)).toEqual(['xhr-stream', 'event-source', 'long-poll']);
      expect(transports[1]?.reason).toBe('Its code could not be loaded.');
      expect(new Set(errors)).toEqual(new Set(['unusable']));
    },
  );

  it('is asked for again by the next subscription, where its file was missing', async () => {
    await open('missing-twice', { streams: false });
    expect((await follow({ data: 1 })).data).toEqual(['long-poll']);
    const { data } = await follow({ data: 1 });
    // Firefox (153) remembers for the life of a page that a module could not be loaded.
    expect(data).toEqual([found.name === 'firefox' ? 'long-poll' : 'fetch']);
    expect(filesAsked()).toEqual(found.name === 'firefox' ? ['rare.js'] : ['rare.js', 'rare.js', 'rare.js']);
  });

  it('brings tabs together', async () => {
    const [one, two] = [await open('there'), await open('there')];
    const numbers = await Promise.all(
      [one, two].map((tab) => tab.run<number>('app.begin', { share: 'tabs' })),
    );
    for (const [at, tab] of [one, two].entries()) {
      const told = await tab.run<Told>('app.until', numbers[at], { states: 1 });
      expect(told.transports).toMatchObject([{ refusals: [] }]);
    }
    expect(requests()).toHaveLength(1);
    await one.close();
  });

  it('leaves a tab alone where its file is missing, and says so', async () => {
    await open('missing');
    const told = await follow({ data: 1 }, { share: 'tabs' });
    expect(told).toMatchObject({ data: ['fetch'], errors: [] });
    expect(told.transports[0]?.refusals).toEqual(['share: "tabs" needs a file that could not be loaded']);
  });

  it.each([
    ['a transport', { streams: false }, {}],
    ['tabs', { streams: true }, { share: 'tabs' }],
  ])('begins nothing where the connection was closed before the file of %s came', async (_, how, options) => {
    await open('held', how);
    const number = await page?.run<number>('app.begin', options);
    await expect.poll(filesAsked).toHaveLength(1);
    await page?.run('app.reconnect', number);
    await page?.run('app.close', number);
    const told = await page?.run<Told>('app.until', number, { closed: 1 });
    expect(told).toMatchObject({ closed: ['user'], data: [], errors: [] });
    expect(told?.states.at(-1)).toBe('closed');
    expect(told?.states).not.toContain('open');
    server.release();
    await page?.run('app.loaded');
    expect(requests()).toEqual([]);
  });

  // What no driver of the others can do, or is the same in all.
  if (found.name === 'chromium') inChromium();

  function inChromium(): void {
    it.each([
      ['the origin', "script-src 'self'"],
      ['a nonce', "script-src 'nonce-n'"],
      ['a nonce that spreads', "script-src 'nonce-n' 'strict-dynamic'"],
    ])('comes under a strict policy that allows scripts by %s', async (_, allowed) => {
      const policy = `default-src 'none'; ${allowed}; connect-src 'self'; require-trusted-types-for 'script'; trusted-types encke`;
      await open('there', { streams: false, policy });
      expect(await follow({ data: 1 })).toMatchObject({
        data: ['fetch'],
        transports: [{ to: 'xhr-stream' }],
      });
    });

    it('is not needed under a policy that forbids its file', async () => {
      const files = [
        'app.js',
        ...['index', 'shared-index', 'shared-preset'].map((name) => `dist/${name}.js`),
      ];
      const policy = `script-src ${files.map((file) => `${server.url}/there/${file}`).join(' ')}`;
      await open('there', { streams: false, policy });
      expect((await follow({ data: 1 })).data).toEqual(['long-poll']);
      expect((await follow({ data: 1 }, { share: 'tabs' })).data).toEqual(['long-poll']);
    });

    it('is not waited for: a long poll is opened beside a transport whose file does not come', async () => {
      await open('held', { streams: false });
      const { data, transports } = await follow({ data: 1 });
      expect(data).toEqual(['long-poll']);
      expect(transports.at(-1)).toMatchObject({ to: 'long-poll', evidence: 'held' });
    });

    it('is a matter of the network in a page that is offline, and comes when that is back', async () => {
      await open('there', { streams: false });
      await page?.setOffline?.(true);
      const number = await page?.run<number>('app.begin', {});
      expect(await page?.run('app.until', number, { errors: 1 })).toMatchObject({ errors: ['network'] });
      await page?.setOffline?.(false);
      const told = await page?.run<Told>('app.until', number, { data: 1 });
      expect(told).toMatchObject({ data: ['fetch'], transports: [{ to: 'xhr-stream' }] });
    });

    it.each([
      ['a transport', { streams: false }, {}],
      ['tabs', { streams: true }, { share: 'tabs' }],
    ])('may come to a page that is frozen meanwhile, for %s', async (_, how, options) => {
      await open('held', how);
      const number = await page?.run<number>('app.begin', options);
      await expect.poll(filesAsked).toHaveLength(1);
      await page?.freeze?.();
      server.release();
      await page?.thaw?.();
      expect(await page?.run('app.until', number, { data: 1 })).toMatchObject({ data: ['fetch'] });
    });

    it.each([
      ['a transport', { streams: false }, {}],
      ['tabs', { streams: true }, { share: 'tabs' }],
    ])('may come to a page that was put away and is back, for %s', async (_, how, options) => {
      const put = await open('held', how);
      const number = await put.run<number>('app.begin', options);
      await expect.poll(filesAsked).toHaveLength(1);
      await put.goto(`${server.url}/elsewhere/page`);
      await put.run('void setTimeout(() => history.back(), 50)');
      await expect.poll(() => put.run('location.pathname')).toBe('/held/page');
      server.release();
      await put.run(ready);
      // Else it was loaded anew.
      expect(await put.run('app.has', number)).toBe(true);
      expect(await put.run('app.until', number, { data: 1 })).toMatchObject({ data: ['fetch'] });
    });

    it('comes to a worker that is a module', async () => {
      await open('there');
      const told = await page?.run<Told>(askWorker, {});
      expect(told).toMatchObject({ data: ['fetch'], transports: [{ to: 'xhr-stream' }] });
      const shared = await page?.run<Told>(askWorker, { share: 'tabs' });
      expect(shared?.transports[0]?.refusals).toEqual(['fetch-stream needs streams in responses']);
      expect(filesAsked()).toContain('join-tabs.js');
    });

    it('cannot come to a service worker, where import() is forbidden: long polling and one connection each', async () => {
      await open('there');
      const told = await page?.run<Told>(askServiceWorker, {});
      expect(told?.data).toEqual(['long-poll']);
      const alone = await page?.run<Told>(askServiceWorker, { share: 'tabs' });
      expect(alone?.data).toEqual(['long-poll']);
      expect(alone?.transports[0]?.refusals).toContain('share: "tabs" needs a file that could not be loaded');
      expect(filesAsked()).toEqual([]);
    });
  }

  async function open(fate: Fate, { streams = true, policy = '' } = {}): Promise<Page> {
    page = await browser.newPage(`${server.url}/${fate}/page?${new URLSearchParams({ policy }).toString()}`);
    await page.run(ready);
    if (!streams) await page.run(withoutStreams);
    return page;
  }

  /** Subscribes, and waits until so much was told. */
  async function follow(until: { data?: number; closed?: number }, options: object = {}): Promise<Told> {
    return (await page?.run<Told>('app.follow', until, options)) as Told;
  }

  function requests(): string[] {
    return server.asked.filter((path) => path.includes('/events'));
  }

  function filesAsked(): string[] {
    return server.asked.filter((path) => ON_DEMAND.test(path)).map((path) => path.replace(/.*\//, ''));
  }
}

/** Runs in the page: waits until its module has run. */
async function ready(): Promise<void> {
  while (!('app' in globalThis)) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Runs in the page, or a worker: fetch shows no body before it is whole, as in old browsers. */
function withoutStreams(): void {
  Reflect.deleteProperty(Response.prototype, 'body');
}

/** Runs in the page: follows in a worker in which fetch shows no body before it is whole. */
function askWorker(options: object): Promise<unknown> {
  const worker = new Worker('worker.js', { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(options);
  });
}

/** Runs in the page: the same in a service worker. */
async function askServiceWorker(options: object): Promise<unknown> {
  const registration = await navigator.serviceWorker.register('worker.js', { type: 'module' });
  const worker = registration.active ?? registration.installing ?? registration.waiting;
  const { port1, port2 } = new MessageChannel();
  worker?.postMessage(options, [port2]);
  return new Promise((resolve) => (port1.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data)));
}

/** The module of a page, beside dist/. */
const APP = `
  import { subscribe } from './dist/index.js';
  const connections = [];
  globalThis.app = {
    begin(options = {}) {
      const told = { data: [], transports: [], errors: [], states: [], closed: [] };
      const connection = subscribe(options.url ?? 'events', {
        onMessage: ({ data }) => told.data.push(data),
        onTransport: (change) => told.transports.push(change),
        onError: ({ code }) => told.errors.push(code),
        onState: ({ state }) => told.states.push(state),
        ...options,
      });
      connection.closed.then(({ reason }) => told.closed.push(reason));
      connections.push({ told, connection });
      return connections.length - 1;
    },
    close: (number) => connections[number].connection.close(),
    reconnect: (number) => connections[number].connection.reconnect(),
    has: (number) => number in connections,
    async until(number, wanted) {
      const { told } = connections[number];
      const isThere = ([name, count]) => told[name].length >= count;
      while (!Object.entries(wanted).every(isThere)) await new Promise((resolve) => setTimeout(resolve, 10));
      return told;
    },
    /** When the files that were asked for have been read. */
    loaded: () => Promise.allSettled([import('./dist/rare.js'), import('./dist/join-tabs.js')]),
    async follow(wanted, options) {
      const number = app.begin(options);
      const told = await app.until(number, wanted);
      app.close(number);
      return told;
    },
  };
`;

/** The module of a worker. */
const WORKER = `
  import './app.js';
  delete Response.prototype.body;
  onmessage = async ({ data, ports }) => (ports[0] ?? self).postMessage(await app.follow({ data: 1 }, data));
`;

async function startServer(): Promise<Server> {
  const asked: string[] = [];
  const held = new Set<() => void>();
  const missed: string[] = [];
  let isHolding = true;
  const server = createServer((request, response) => void serve(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    hold() {
      isHolding = true;
    },
    release() {
      isHolding = false;
      for (const answer of held) answer();
      held.clear();
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams, search } = new URL(request.url ?? '/', 'http://localhost');
    const [, fate = '', file = '', name = ''] = pathname.split('/');
    asked.push(pathname + search);
    if (file === 'dist') return serveFile(fate as Fate, pathname, name, response);
    if (file === 'events') return stream(searchParams.get('transport'), response);
    const policy = searchParams.get('policy');
    if (policy) response.setHeader('content-security-policy', policy);
    const script = { 'app.js': APP, 'worker.js': WORKER }[file];
    if (script) return sendScript(response, script);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      '<!DOCTYPE html><title>on demand</title><script type="module" nonce="n" src="app.js"></script>',
    );
  }

  async function serveFile(fate: Fate, path: string, name: string, response: ServerResponse): Promise<void> {
    const asset = await readAsset(`/dist/${name}`);
    if (ON_DEMAND.test(path)) {
      missed.push(path);
      const isMissing =
        fate === 'missing' ||
        (fate === 'missing-twice' && missed.filter((other) => other === path).length <= 2);
      if (fate === 'reset') return void response.destroy();
      if (isMissing) return void response.writeHead(404).end();
      if (fate === 'held' && isHolding) await new Promise<void>((resolve) => held.add(resolve));
    }
    sendScript(response, asset?.body ?? '');
  }
}

function sendScript(response: ServerResponse, body: string | Uint8Array): void {
  response.setHeader('content-type', 'text/javascript; charset=utf-8').end(body);
}

/** One message, by which it shows how it was asked. */
function stream(transport: string | null, response: ServerResponse): void {
  if (transport === null) {
    response.setHeader('content-type', 'text/event-stream').write('id: 1\ndata: fetch\n\n');
    return;
  }
  response
    .setHeader('content-type', 'application/json')
    .end(`[{"id":"1","event":"message","data":"${transport}"}]`);
}
