// Long polling as it was written for Zope before the word Comet was there: the page as it is, and a page of encke's beside
// it, in three engines. Each occupies one of Zope's few threads while it waits.

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pagePath } from '../browsers/bundle.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from '../browsers/drivers.ts';
import { skipIfMissing } from '../browsers/missing.ts';
import type { Read } from '../browsers/page/readers.ts';
import { text } from '../../src/formats/text.ts';
import { longPoll } from '../../src/transports/index.ts';
import { startCounting, type Counted } from './counted.ts';
import { documented } from './documented.ts';
import { follow, leaveAll, visit } from './hub-client.ts';
import { pythonOrSkip } from './missing.ts';
import { pageFiles } from './page-files.ts';
import { findPython } from './python.ts';
import { startZope, type Zope } from './zope.ts';

const FIRED = /^ After \d+ millis - event fired!$/;

/** Milliseconds that the first run may take. */
const INSTALLING = 200_000;

const python = findPython('Python 3.11 or later');
let zope: Zope;
let network: Counted; // before it

beforeAll(async () => {
  if ('missing' in python) return;
  zope = await startZope(python);
  network = await startCounting(zope.url);
  for (const [path, asset] of await pageFiles('readers'))
    if (path.endsWith('.html')) await zope.addPage(path, String(asset.body));
    else await zope.addFile(path, asset);
  await zope.setScript('/comet/nothing', 'return "None"');
  await zope.setScript('/comet/at-once', 'return "news"');
  await zope.setScript('/comet/busy', BUSY);
  await zope.setScript('/comet/slow', SLOW);
  for (const script of ['nothing', 'busy']) {
    const page = documented('backends/zope/index_html.pt', { "'events'": `'${script}'` });
    await zope.addPage(`/comet/${script}.html`, page);
  }
}, INSTALLING);
afterAll(async () => {
  if ('missing' in python) return;
  network.close();
  await zope.stop();
});
beforeEach((context) => void pythonOrSkip(python, context));

for (const found of findBrowsers()) describe(found.name, () => readIn(found));

function readIn(found: Found): void {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found || 'missing' in python) return;
    browser = await borrow(found);
    page = await browser.newPage(network.url + pagePath('readers'));
  });
  // Each page of that time asks for ever, and a script that waits keeps a core busy.
  afterEach(async () => {
    if (!('missing' in found || 'missing' in python)) await page.goto(network.url + pagePath('readers'));
  });
  afterAll(async () => {
    if (!('missing' in found || 'missing' in python)) await browser.close();
  });
  beforeEach((context) => skipIfMissing(found, context));

  it('reads what the page of that time reads, with one request at a time, until it is closed', async () => {
    const own = ownPath('/comet/events');
    const original = await page.run<number>('readers.open', '/comet/');
    const reader = await page.run<number>('readers.polls', own, OWN_PATH);
    const { data, errors, transports } = await readOf(page, reader, 2);
    for (const answer of data) expect(answer).toMatch(FIRED);
    expect(errors).toEqual([]);
    expect(transports.map(({ to }) => to)).toEqual(['long-poll']);
    expect(network.count(own).most).toBe(1);

    const linesOf = (): Promise<string[]> => page.run<string[]>('readers.linesOf', original);
    await expect
      .poll(linesOf, { timeout: 10_000 })
      .toContainEqual(expect.stringMatching(/^Server: +After \d+/));
    expect((await linesOf()).filter(Boolean).slice(0, 4)).toEqual([
      'comet',
      'Events ...',
      'Client: Sent request ...',
      'Client: Got response ...',
    ]);

    await page.run('readers.close', reader);
    await expect.poll(() => network.count(own).open, { timeout: 1_000, interval: 10 }).toBe(0);
    const { total } = network.count(own);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(network.count(own).total).toBe(total);
  });

  // What follows is the same for every browser.
  if (found.name !== 'chromium') return;

  it('asks a server that has nothing once a second, and a busy one again later; the page of that time storms, or gives up', async () => {
    const originals = await page.run<number[]>(openAll, ['/comet/nothing.html', '/comet/busy.html']);
    const [idle, busy] = [ownPath('/comet/nothing'), ownPath('/comet/busy')];
    await page.run('readers.polls', idle, OWN_PATH);
    const reader = await page.run<number>('readers.polls', busy, OWN_PATH);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(network.count('/comet/nothing').total).toBeGreaterThan(8);
    expect(network.count(idle)).toMatchObject({ most: 1 });
    expect(network.count(idle).total).toBeLessThanOrEqual(3);
    expect(network.count('/comet/busy').open).toBe(0);
    expect(network.count(busy)).toMatchObject({ most: 1 });
    expect(network.count(busy).total).toBeLessThanOrEqual(2);

    await zope.setScript('/comet/busy', 'return "at last"');
    const { data, errors } = await readOf(page, reader, 1);
    expect(data[0]).toBe('at last');
    expect(new Set(errors)).toEqual(new Set(['status']));
    const given = await page.run<string[]>('readers.linesOf', originals[1]);
    expect(given.at(-1)).toBe('Client: Not able to retrieve response');
  });
}

describe('over HTTP', () => {
  afterEach(leaveAll);

  it('shares four threads among six pages, each of which has one request', async () => {
    visit(network.url);
    const paths = Array.from({ length: 6 }, () => ownPath('/comet/events'));
    const pages = paths.map((path) => follow(network.url + path, POLLS));
    for (const { until } of pages) await until(1);
    for (const path of paths) expect(network.count(path).most).toBe(1);
    expect(pages.flatMap(({ errors }) => errors)).toEqual([]);
    leaveAll();
    const open = (): number => paths.reduce((sum, path) => sum + network.count(path).open, 0);
    await expect.poll(open, { timeout: 1_000, interval: 10 }).toBe(0);
  });

  it('lets a poll go that takes too long, and asks again with back-off', async () => {
    visit(network.url);
    const path = ownPath('/comet/slow');
    const { errors, data, until } = follow(network.url + path, {
      ...POLLS,
      longPollTimeout: 400,
      retryDelay: 500,
    });
    await expect.poll(() => errors.length, { timeout: 10_000 }).toBe(2);
    expect(errors.map(({ code }) => code)).toEqual(['timeout', 'timeout']);
    expect(data).toEqual([]);
    expect(network.count(path)).toEqual({ open: 0, most: 1, total: 2 });
    await zope.setScript('/comet/slow', 'return "fast"');
    await until(1);
  });

  it('asks again while an answer is processed; with headers that wait for it, afterwards', async () => {
    visit(network.url);
    const askedMeanwhile = { before: 0, after: 0 };
    for (const next of ['before', 'after'] as const) {
      const path = ownPath('/comet/at-once');
      let done = Promise.resolve();
      const { connection, until } = follow(network.url + path, {
        ...POLLS,
        ...(next === 'after' && { headers: () => done.then(() => ({})) }),
        on: {
          message() {
            const { total } = network.count(path);
            const work = new Promise((resolve) => setTimeout(resolve, 400));
            done = work.then(() => void (askedMeanwhile[next] += network.count(path).total - total));
          },
        },
      });
      await until(1);
      await done;
      await until(2);
      connection.close();
      await done;
    }
    expect(askedMeanwhile.before).toBeGreaterThan(0);
    expect(askedMeanwhile.after).toBe(0);
  });
});

/** The address is asked for as it is, so that it can be counted. */
const OWN_PATH = { transportParam: '' };
const POLLS = { ...OWN_PATH, transports: [longPoll], format: text };

/** An address that nobody else asks for. */
function ownPath(path: string): string {
  return `${path}?of=${randomUUID()}`;
}

const SLOW = ['start = DateTime().millis()', 'while DateTime().millis() - start < 1500:', '  pass'].join(
  '\n',
);

const BUSY = [
  'response = container.REQUEST.RESPONSE',
  'response.setStatus(503)',
  'response.setHeader("Retry-After", "1")',
  'return "busy"',
].join('\n');

/** Runs in the page. */
function openAll(urls: string[]): number[] {
  const { open } = (window as unknown as { readers: { open(url: string): number } }).readers;
  return urls.map((url) => open(url));
}

/** Waits until a reader has had so much. */
async function readOf(page: Page, reader: number, count: number): Promise<Read> {
  let read: Read | undefined;
  const look = async (): Promise<number> => {
    read = await page.run<Read>('readers.read', reader);
    return read.data.length;
  };
  await expect
    .poll(look, { timeout: 20_000, interval: 50, message: 'answers' })
    .toBeGreaterThanOrEqual(count);
  if (!read) throw new Error('Nobody looked.');
  return read;
}
