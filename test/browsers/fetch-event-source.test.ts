// `fetchEventSource` in pages that are hidden and shown, left and come back to, and in a worker.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { borrow, findBrowsers, type Browser, type Engine, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import { EVENT_STREAM, startOwn, type OwnServer } from './own-server.ts';
import type { Told } from './page/fetching.ts';

/** What the server knows of one stream. */
interface Stream {
  /** Of each request: its method, and the id it asks after. */
  readonly requests: string[];
  live: number;
}

const SOON = { timeout: 10_000, interval: 20 };

/** Why a page that has a connection open is not kept for the way back. */
const NOT_CACHED: Partial<Record<Engine, string>> = {
  firefox:
    'Firefox (153) looks for requests under way before it tells of pagehide, even of beforeunload: too late to end them.',
};

for (const found of findBrowsers()) describe(found.name, () => streamsIn(found));

function streamsIn(found: Found): void {
  const streams = new Map<string, Stream>();
  let server: OwnServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startOwn((request, response, url) => {
      if (url.pathname === '/elsewhere')
        return void response.setHeader('content-type', 'text/html').end('elsewhere');
      const stream = streamOf(url.pathname);
      stream.live++;
      response.on('close', () => stream.live--);
      stream.requests.push(`${request.method ?? ''} ${String(request.headers['last-event-id'])}`);
      const number = String(stream.requests.length);
      response.writeHead(200, EVENT_STREAM).write(`id: ${number}\ndata: ${number}\n\n`);
    }, 'fetching');
    browser = await borrow(found);
    page = await browser.newPage();
  });
  afterAll(async () => {
    if ('missing' in found) return;
    await browser.close();
    server.close();
  });
  beforeEach(async (context) => {
    skipIfMissing(found, context);
    await page.goto(server.page);
    streams.clear();
  });

  it('closes a GET while the page is hidden, unless `openWhenHidden`, and never a POST', async () => {
    await page.run('fetching.follow', 'get', '/get');
    await page.run('fetching.follow', 'open', '/open', { openWhenHidden: true });
    await page.run('fetching.follow', 'post', '/post', { method: 'POST', body: '{}' });
    const names = ['get', 'open', 'post'];
    const live = (): number[] => names.map((name) => streamOf(`/${name}`).live);
    const messages = async (): Promise<unknown[]> =>
      Promise.all(names.map(async (name) => (await page.run<Told>('fetching.told', name)).messages));
    await expect.poll(messages, SOON).toEqual([['|1|1'], ['|1|1'], ['|1|1']]);
    await page.hide();
    await expect.poll(live, SOON).toEqual([0, 1, 1]);
    await page.show();
    await expect.poll(messages, SOON).toEqual([['|1|1', '|2|2'], ['|1|1'], ['|1|1']]);
    expect(live()).toEqual([1, 1, 1]);
    expect(names.map((name) => streamOf(`/${name}`).requests)).toEqual([
      ['GET undefined', 'GET 1'],
      ['GET undefined'],
      ['POST undefined'],
    ]);
  });

  it('is closed in the back/forward cache, and resumes when the user comes back', async (context) => {
    const reason = NOT_CACHED[found.name];
    if (reason !== undefined) return context.skip(reason);
    await page.run('fetching.follow', 'get', '/get', { openWhenHidden: true });
    await expect.poll(() => streamOf('/get').live, SOON).toBe(1);
    await page.goto(`${server.url}/elsewhere`);
    await expect.poll(() => streamOf('/get').live, SOON).toBe(0);
    await page.run('void setTimeout(() => history.back(), 50)');
    await expect.poll(() => streamOf('/get').requests, SOON).toEqual(['GET undefined', 'GET 1']);
    const messages = async (): Promise<unknown> => (await page.run<Told>('fetching.told', 'get')).messages;
    await expect.poll(messages, SOON).toEqual(['|1|1', '|2|2']);
  });

  it('works in a worker, where there is no window and no document', async () => {
    const script = server.page.replace('.html', '.js');
    expect(await page.run('fetching.inWorker', script, `${server.url}/worker`)).toBe('|1|1 undefined');
  });

  function streamOf(path: string): Stream {
    const stream = streams.get(path) ?? { requests: [], live: 0 };
    streams.set(path, stream);
    return stream;
  }
}
