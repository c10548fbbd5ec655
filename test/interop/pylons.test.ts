// A page and a stream as they were written for Pylons in 2010, served by Pylons, in three engines: with the middleware
// that collects every response, and without it.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundle, pagePath } from '../browsers/bundle.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from '../browsers/drivers.ts';
import { skipIfMissing } from '../browsers/missing.ts';
import type { Read } from '../browsers/page/readers.ts';
import { probe } from '../../src/probe/probe.ts';
import { fetchStream } from '../../src/transports/index.ts';
import { startAdversary } from '../server/adversary.ts';
import type { Asset } from '../server/static-files.ts';
import { follow, leaveAll, visit } from './hub-client.ts';
import { pythonOrSkip } from './missing.ts';
import { pageFiles } from './page-files.ts';
import { startPylons, type Pylons } from './pylons.ts';
import { findPython } from './python.ts';

/** What `paced` sends takes as long, in milliseconds. */
const WHOLE = 3_000;
const NUMBERS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Milliseconds that the first run may take. */
const INSTALLING = 200_000;

const python = findPython('Python 2.7');
const stops: (() => Promise<void>)[] = [];
let streaming: Pylons; // without the middleware
let holding: Pylons; // with it
let quiet: Pylons; // with it, and `debug = false`
let published = 0; // by `holding`

beforeAll(async () => {
  if ('missing' in python) return;
  const files = await publicFiles();
  [streaming, holding, quiet] = await Promise.all([
    startPylons(python, { errorHandler: 'out', files }),
    startPylons(python, { errorHandler: 'in', files }),
    startPylons(python, { errorHandler: 'in', debug: false }),
  ]);
  stops.push(streaming.stop, holding.stop, quiet.stop);
}, INSTALLING);
afterAll(async () => {
  for (const stop of stops) await stop();
});
beforeEach((context) => void pythonOrSkip(python, context));

for (const found of findBrowsers()) describe(found.name, () => readIn(found));

function readIn(found: Found): void {
  let browser: Browser;
  let page: Page;
  let behind: Page;
  let asking: Page; // behind it as well; a page knows what its other streams have proved
  let live: number[];
  let late: number[];
  let endless: number;
  let sent: Promise<{ n: number }[]>;

  beforeAll(async () => {
    if ('missing' in found || 'missing' in python) return;
    browser = await borrow(found);
    page = await browser.newPage(streaming.url + pagePath('readers'));
    behind = await browser.newPage(holding.url + pagePath('readers'));
    asking = await browser.newPage(holding.url + pagePath('readers'));
    // All read at the same time: for the most part they wait.
    const options = { lastEventId: String(published) };
    endless = await asking.run<number>('readers.subscription', '/news/events', options);
    sent = publishTo(holding, 17, 200);
    live = await readAll(page, '/paced/event_sender');
    late = await readAll(behind, '/paced/event_sender');
  });
  afterAll(async () => {
    if (!('missing' in found || 'missing' in python)) await browser.close();
  });
  beforeEach((context) => skipIfMissing(found, context));

  it.each([
    ['as it is', '/eventsource/page'],
    ['with one script more, which installs the EventSource of encke', '/installed.html'],
  ])('prints what the page has always printed, %s', async (_, path) => {
    const reader = await page.run<number>('readers.printed', path);
    const { data } = await readOf(page, reader, 21);
    expect(data.slice(0, 21).map((line) => String(line).replace(/ \d+\.\d+$/, ''))).toEqual([
      'open',
      ...NUMBERS.flatMap((number) => ['message', number]),
    ]);
  });

  it('reads each event at its time without the middleware, and all at the end with it, by every reader', async () => {
    for (const reader of live) {
      const { data, at } = await readOf(page, reader, 10);
      expect(numbersOf(data)).toEqual(NUMBERS);
      expect(Number(at[9]) - Number(at[0])).toBeGreaterThan(WHOLE * 0.8);
    }
    for (const reader of late) {
      const { data, at } = await readOf(behind, reader, 10);
      expect(numbersOf(data)).toEqual(NUMBERS);
      expect(at[0]).toBeGreaterThan(WHOLE * 0.9);
      expect(Number(at[9]) - Number(at[0])).toBeLessThan(WHOLE / 4);
    }
  });

  it('says that the middleware holds a stream, and reads on by long polls without loss', async () => {
    const all = await sent;
    const { transports, data, errors } = await readOf(asking, endless, all.length);
    expect(transports.map(({ to }) => to)).toEqual(['fetch-stream', 'long-poll']);
    expect(transports[1]).toMatchObject({ from: 'fetch-stream', evidence: 'held' });
    expect(transports[1]?.fix).toContain('off in the proxy and in the application');
    expect(data.map((text) => JSON.parse(String(text)) as unknown)).toEqual(all);
    expect(errors).toEqual([]);
  });
}

describe('over HTTP', () => {
  afterEach(leaveAll);

  it('streams with `debug = false`, too: only while debugging the middleware collects what it is given', async () => {
    visit(quiet.url);
    const { messages, until } = follow(`${quiet.url}/paced/event_sender`, { transports: [fetchStream] });
    const began = performance.now();
    await until(1);
    expect(performance.now() - began).toBeLessThan(WHOLE / 2);
    expect(numbersOf(messages.map(({ data }) => data))).toEqual(['0']);
  });

  it('is told by a probe what holds the stream, and where', async () => {
    const options = { duration: 4_500 };
    const [finite, endless] = await Promise.all([
      probe(`${holding.url}/paced/event_sender`, options),
      probe(`${holding.url}/news/events`, options),
      publishTo(holding, 10, 250),
    ]);
    expect([finite.verdict, finite.buffered.answer]).toEqual(['held', 'likely']);
    expect([endless.verdict, endless.buffered.answer]).toEqual(['held', 'yes']);
    for (const { advice } of [finite, endless]) expect(advice.join('\n')).toContain('take ErrorHandler out');
    // The middleware writes nothing, so the server has not seen that the probe has gone.
    expect(await streamsOf(holding)).toBeGreaterThan(0);
  });

  it('gives the events of a generator without ids again at each connection, and says that others may be missing', async () => {
    visit(streaming.url);
    const { messages, gaps, errors, until } = follow(`${streaming.url}/eventsource/event_sender`, {});
    await until(20);
    const all = messages.map(({ data }) => data);
    expect([numbersOf(all), numbersOf(all.slice(10))]).toEqual([NUMBERS, NUMBERS]);
    expect(gaps[0]).toEqual({ reason: 'no-ids', lastEventId: '' });
    expect(errors).toEqual([]);
  });

  it('resumes a stream with ids without loss when it is cut, and the server sees within a second that all have gone', async () => {
    const adversary = await startAdversary({ target: streaming.url });
    try {
      visit(adversary.url);
      const { data, gaps, until } = follow(`${adversary.url}/news/events`, JSON_DATA);
      await expect.poll(() => streamsOf(streaming)).toBe(1);
      const publishing = publishTo(streaming, 40, 20);
      for (const way of ['fin', 'reset', 'fin'] as const) {
        await until(data.length + 5);
        adversary.cut(way);
      }
      const sent = await publishing;
      await until(sent.length);
      expect(data).toEqual(sent);
      expect(gaps).toEqual([]);
      leaveAll();
      // Paste sees it when it writes, and a heartbeat is enough for that.
      await expect.poll(() => streamsOf(streaming), { timeout: 1_000 }).toBe(0);
    } finally {
      await adversary.close();
    }
  });
});

const JSON_DATA = { parse: JSON.parse, transports: [fetchStream] };

/** What Pylons serves as files, by path. */
async function publicFiles(): Promise<Map<string, Asset>> {
  const installing = await bundle('src/compat/event-source/event-source-script.ts', 'unused');
  const installed = '<script src="/installing.js"></script><script src="/eventsource/js"></script>Loaded...';
  const files = await pageFiles('readers');
  return files.set('/installing.js', script(installing)).set('/installed.html', {
    contentType: 'text/html; charset=utf-8',
    body: installed,
  });
}

function script(body: string): Asset {
  return { contentType: 'text/javascript; charset=utf-8', body };
}

/** By every means. Gives the numbers of the readers. */
function readAll(page: Page, url: string): Promise<number[]> {
  return Promise.all([
    page.run<number>('readers.source', url, 'native'),
    page.run<number>('readers.source', url, 'encke'),
    page.run<number>('readers.subscription', url, {}),
  ]);
}

/** Waits until a reader has had so much. */
async function readOf(page: Page, reader: number, count: number): Promise<Read> {
  let read: Read | undefined;
  const look = async (): Promise<number> => {
    read = await page.run<Read>('readers.read', reader);
    return read.data.length;
  };
  await expect.poll(look, { timeout: 15_000, interval: 50, message: 'events' }).toBeGreaterThanOrEqual(count);
  if (!read) throw new Error('Nobody looked.');
  return read;
}

/** The first word of each of the first ten. */
function numbersOf(data: readonly unknown[]): string[] {
  return data.slice(0, NUMBERS.length).map((text) => String(text).split(' ')[0] ?? '');
}

async function publishTo(server: Pylons, count: number, pause: number): Promise<{ n: number }[]> {
  const sent = [];
  for (let n = 1; n <= count; n++) {
    await server.publish({ n });
    if (server === holding) published++;
    sent.push({ n });
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return sent;
}

async function streamsOf({ url }: Pylons): Promise<number> {
  const response = await fetch(`${url}/news/status`);
  return ((await response.json()) as { readonly streams: number }).streams;
}
