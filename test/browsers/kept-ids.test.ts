// The last event id of a page that ends without a word: it was kept when the page went out of sight.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServerResponse } from 'node:http';
import { findBrowsers, launch, type Browser, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import { EVENT_STREAM, startOwn, type OwnServer } from './own-server.ts';

const URL_WITH_SECRET = '/events?token=s3cret';

/** A version, and what nobody can read. */
const NAME = /^encke:\d+:[0-9a-f]{32}$/;

for (const found of findBrowsers()) describe(found.name, () => keepsIn(found));

function keepsIn(found: Found): void {
  const cursors: (string | undefined)[] = [];
  let stream: ServerResponse | undefined;
  let server: OwnServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startOwn(({ headers }, response) => {
      cursors.push(headers['last-event-id'] as string | undefined);
      (stream = response).writeHead(200, EVENT_STREAM).write(':\n\n');
    }, 'kept');
    browser = await launch(found);
  });
  afterAll(async () => {
    if ('missing' in found) return;
    await browser.close();
    server.close();
  });
  beforeEach(async (context) => {
    skipIfMissing(found, context);
    cursors.length = 0;
    stream = undefined;
    page = await browser.newPage(server.page);
    // A driver may give the tab of the test before.
    await page.run('sessionStorage.clear()');
    await begin();
    return async () => {
      await page.show();
      await page.close();
    };
  });

  it('is kept when the page is hidden, and while it is, under a name that tells nothing', async () => {
    await send('1');
    expect(await page.run('kept.stored')).toEqual([]);
    await hide();
    expect(await page.run('kept.stored')).toEqual([[expect.stringMatching(NAME), '1']]);
    await send('2');
    expect(await page.run('kept.stored')).toEqual([[expect.stringMatching(NAME), '2']]);
  });

  it('is not kept when the page is seen again', async () => {
    await send('1');
    await hide();
    await page.show();
    await expect.poll(() => page.run('kept.stored')).toEqual([]);
  });

  it('is resumed after by the page that is loaded in its place', async () => {
    await send('1');
    await hide();
    await send('2');
    await page.show();
    await hide();
    await begin();
    expect(cursors).toEqual([undefined, '2']);
    expect(await page.run('kept.stored')).toEqual([]);
  });

  it('is kept by a page that is frozen, and then ends', async (context) => {
    const { freeze, crash } = page;
    if (!freeze || !crash) return context.skip(`No driver freezes and ends a page of ${found.name}.`);
    await send('1');
    await freeze();
    await crash();
    await begin();
    expect(cursors).toEqual([undefined, '1']);
  });

  async function begin(): Promise<void> {
    const before = cursors.length;
    await page.goto(server.page);
    await page.run('kept.follow', URL_WITH_SECRET, 'fetch-stream');
    await expect.poll(() => cursors.length, { timeout: 10_000, interval: 20 }).toBe(before + 1);
  }

  async function send(id: string): Promise<void> {
    stream?.write(`id: ${id}\ndata: ${id}\n\n`);
    const newest = async (): Promise<string | undefined> =>
      (await page.run<{ ids: string[] }>('kept.told')).ids.at(-1);
    await expect.poll(newest, { timeout: 10_000, interval: 20 }).toBe(id);
  }

  async function hide(): Promise<void> {
    await page.hide();
    const visible = async (): Promise<string> => (await page.run<{ visible: string }>('kept.told')).visible;
    await expect.poll(visible, { timeout: 10_000, interval: 20 }).toBe('hidden');
  }
}
