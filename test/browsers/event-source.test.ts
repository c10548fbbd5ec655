// The entry encke/event-source in pages and workers: the class, the order of its events, what it asks for, and the script.

import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type Asset, type ReferenceServer } from '../server/server.ts';
import { bundle } from './bundle.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';
import { freePort } from './free-port.ts';
import { skipIfMissing } from './missing.ts';
import { EVENT_STREAM, startOwn, type OwnServer } from './own-server.ts';
import type { Facts } from './page/event-sources.ts';

for (const found of findBrowsers()) describe(found.name, () => sourcesIn(found));

function sourcesIn(found: Found): void {
  /** What was asked of the other origin. */
  const asked: { readonly way: string; readonly cookie: string | undefined }[] = [];
  let server: ReferenceServer;
  let elsewhere: OwnServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startServer();
    const own = await bundle('test/browsers/page/event-sources.ts', 'eventSources');
    const installing = await bundle('src/compat/event-source/event-source-script.ts', 'unused');
    server.page('/event-sources.js', script(own));
    server.page('/worker.js', script(own + WORKER));
    server.page('/event-source.min.js', script(installing));
    server.page('/page.html', html('/event-sources.js'));
    server.page('/installed.html', html('/event-source.min.js'));
    elsewhere = await startOwn((request, response, url) => {
      if (request.method === 'OPTIONS') return void response.writeHead(405).end();
      asked.push({ way: wayOf(request, url), cookie: request.headers.cookie });
      response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
      response.setHeader('access-control-allow-credentials', 'true');
      response.writeHead(200, { ...EVENT_STREAM, 'set-cookie': 'seen=1' });
      response.end(`retry: 0\nid: é<\ndata: ${String(asked.length)}\n\n`);
    });
    browser = await borrow(found);
    page = await browser.newPage(`${server.url}/page.html`);
  });
  afterAll(async () => {
    if ('missing' in found) return;
    await browser.close();
    await server.close();
    elsewhere.close();
  });
  beforeEach((context) => skipIfMissing(found, context));

  it.each(['a page', 'a worker', 'a module worker'])('is the class of the standard, in %s', async (place) => {
    const facts = await (place === 'a page'
      ? page.run<Facts>('eventSources.facts')
      : page.run<Facts>(inWorker, 'facts', place === 'a module worker', []));
    expect(facts).toEqual({
      name: 'EventSource',
      parameters: 1,
      tag: '[object EventSource]',
      isTarget: true,
      constants: 'CONNECTING 0 OPEN 1 CLOSED 2 on both, enumerable, not writable',
      members: 'CLOSED CONNECTING OPEN close onerror onmessage onopen readyState url withCredentials',
      ownMembers: '',
      urls: ['/a?b#c', '/null', '/undefined', '/x', '/'].map((path) => server.url + path),
      withCredentials: [false, false, true, true, false],
      states: [0, 2, 2],
      errors: {
        'no URL': 'TypeError',
        'no `new`': 'TypeError',
        'options that are no object': 'TypeError',
        'a symbol': 'TypeError',
        'a bogus URL': 'SyntaxError of the DOM',
        'another receiver': 'TypeError',
      },
      handlers: {
        first: null,
        'a function': true,
        'an object': true,
        'a number': null,
      },
    });
  });

  it('calls handlers in their place among the listeners', async () => {
    server.script('order', [[{ send: 'data: a\n\ndata: b\n\n' }, { hang: true }]]);
    expect(await page.run('eventSources.order', '/scripted/order')).toEqual([
      'first, second of source, last',
      'first, last, again',
    ]);
  });

  it('lets promises settle between two events', async () => {
    const text = Array.from({ length: 200 }, (_, index) => `data: ${String(index)}\n\n`).join('');
    server.script('one-by-one', [[{ send: text }, { hang: true }]]);
    expect(await page.run('eventSources.oneByOne', '/scripted/one-by-one', 200)).toBe('0 to 199');
  });

  it('delivers nothing more once a handler has closed it', async () => {
    server.script('closed', [[{ send: 'data: a\n\ndata: b\n\n' }]]);
    expect(await page.run('eventSources.closing', '/scripted/closed')).toEqual(['open', 'a']);
    await expect.poll(() => server.live).toBe(0);
    expect(server.log('closed')).toHaveLength(1);
  });

  it('reports what a handler throws, and goes on', async () => {
    server.script('throws', [[{ send: 'data: a\n\ndata: b\n\n' }, { hang: true }]]);
    const { told, reported } = await page.run<{ told: string[]; reported: string[] }>(
      'eventSources.throwing',
      '/scripted/throws',
    );
    expect(told).toEqual(['a', 'b']);
    expect(reported).toHaveLength(2);
  });

  it('asks for an event stream, past every cache', async () => {
    server.script('asked', [[{ head: { status: 204 } }]]);
    await play('/scripted/asked');
    const [{ method, headers } = { method: '', headers: {} as Record<string, string> }] = server.log('asked');
    expect(method).toBe('GET');
    expect(headers).toMatchObject({ accept: 'text/event-stream', 'cache-control': 'no-cache' });
    expect(headers).not.toHaveProperty('last-event-id');
  });

  it('sends the last event id as the bytes of its UTF-8', async () => {
    server.script('bytes', [[{ send: 'retry: 0\nid: ✓\n\n' }], [{ head: { status: 204 } }]]);
    await page.run('eventSources.play', 'ours', [{ url: '/scripted/bytes', errors: 2 }]);
    const [, again] = server.log('bytes').map(({ headers }) => headers['last-event-id']);
    // WebKitGTK (2.50) encodes the bytes of a header once more.
    expect(again).toBe(found.name === 'webkit' ? 'â\u009c\u0093' : '✓');
  });

  it('sends cookies to another origin where it is told to', async () => {
    asked.length = 0;
    for (const withCredentials of [true, true, false])
      await play(`${elsewhere.url}/cookies`, { withCredentials });
    // The first brings one. Those of other ports of this machine may stand beside it.
    const cookies = asked.slice(1).map(({ cookie }) => cookie?.split('; ').includes('seen=1'));
    expect(cookies).toEqual([true, undefined]);
  });

  it('asks another origin by query where that refuses a preflight', async () => {
    asked.length = 0;
    const [told] = await page.run<string[][]>('eventSources.play', 'ours', [
      { url: `${elsewhere.url}/ids`, errors: 3 },
    ]);
    expect(told?.filter((each) => !each.startsWith('error'))).toHaveLength(6);
    expect(asked.map(({ way }) => way)).toEqual(['none', 'query é<', 'query é<']);
  });

  it('reconnects to another origin that is down', async () => {
    const url = `http://127.0.0.1:${String(await freePort())}/`;
    expect(await page.run('eventSources.play', 'ours', [{ url, errors: 1 }])).toEqual([['error 0']]);
  });

  it('closes its connection when the page is left, and makes it again when it comes back', async () => {
    server.script('stored', [[{ send: 'id: 1\ndata: a\n\n' }, { hang: true }]]);
    expect(await page.run('eventSources.stored', '/scripted/stored')).toEqual([
      'open',
      'a',
      'left',
      'shown',
      'error 0',
      'open',
      'a',
    ]);
    await expect.poll(() => server.live).toBe(0);
    expect(server.log('stored').map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '1']);
  });

  it.each(['a worker', 'a module worker'])('receives, reconnects and fails in %s', async (place) => {
    server.script('worker', [
      [{ send: 'retry: 0\nid: 1\nevent: tick\ndata: a\n\n' }],
      [{ send: 'data: b\n\n' }],
      [{ head: { status: 204 } }],
    ]);
    const scenes = [{ url: '/scripted/worker', errors: 5 }];
    const told = await page.run(inWorker, 'play', place === 'a module worker', ['ours', scenes]);
    expect(told).toEqual([['open', 'tick|a|1', 'error 0', 'open', 'message|b|1', 'error 0', 'error 2']]);
  });

  it('asks as event-source-polyfill does for the options that both have', async () => {
    const options = {
      headers: { 'X-Own': 'a' },
      lastEventIdQueryParameterName: 'from',
      heartbeatTimeout: 20_000,
    };
    const requests: unknown[] = [];
    for (const whose of ['ours', 'polyfill']) {
      server.script('polyfill', [
        [{ send: 'retry: 10\nid: 7\ndata: a\n\n' }],
        [{ send: 'data: b\n\n' }, { hang: true }],
      ]);
      expect(await page.run('eventSources.two', whose, '/scripted/polyfill?q=1', options)).toEqual([
        'a|7',
        'b|7',
      ]);
      requests.push(
        server.log('polyfill').map(({ method, url, headers }) => {
          return [method, url, headers['x-own'], headers['accept'], headers['last-event-id']];
        }),
      );
    }
    expect(requests[0]).toEqual(requests[1]);
    expect(requests[0]).toEqual([
      ['GET', '/scripted/polyfill?q=1', 'a', 'text/event-stream', undefined],
      ['GET', '/scripted/polyfill?q=1&from=7', 'a', 'text/event-stream', undefined],
    ]);
  });

  it('is the EventSource of a page with the script, with the defaults that the page sets', async () => {
    const installed = await browser.newPage(`${server.url}/installed.html`);
    server.script('installed', [[{ head: { status: 503 } }], [{ send: 'data: a\n\n' }, { hang: true }]]);
    const told = await installed.run(() => {
      const { EventSource } = window as unknown as {
        EventSource: typeof globalThis.EventSource & { defaults: object };
      };
      EventSource.defaults = { headers: { 'X-Own': 'a' }, resilient: true };
      const source = new EventSource('/scripted/installed');
      return new Promise((resolve) => {
        source.onmessage = ({ data }) => {
          source.close();
          resolve([data, source instanceof EventSource]);
        };
      });
    });
    expect(told).toEqual(['a', true]);
    expect(server.log('installed').map(({ headers }) => headers['x-own'])).toEqual(['a', 'a']);
  });

  async function play(url: string, options: object = {}): Promise<void> {
    await page.run('eventSources.play', 'ours', [{ url, options, errors: 1 }]);
  }
}

/** Runs in the page: calls one of its functions in a worker. */
function inWorker(name: string, isModule: boolean, values: unknown[]): Promise<unknown> {
  const worker = new Worker('/worker.js', { type: isModule ? 'module' : 'classic' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ name, values });
  });
}

/** What makes a worker of the page's script. */
const WORKER = `
  onmessage = async ({ data: { name, values } }) => {
    try {
      postMessage(await eventSources[name](...values));
    } catch (error) {
      setTimeout(() => { throw error; });
    }
  };
`;

function wayOf({ headers }: IncomingMessage, url: URL): string {
  const id = url.searchParams.get('lastEventId');
  if (id !== null) return `query ${id}`;
  return headers['last-event-id'] === undefined ? 'none' : 'header';
}

function script(body: string): Asset {
  return { contentType: 'text/javascript', body };
}

function html(path: string): Asset {
  const body = `<!DOCTYPE html><title>EventSource</title><script src="${path}"></script>`;
  return { contentType: 'text/html', body };
}
