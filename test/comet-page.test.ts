// The page "Comet" in Chromium: it fits, can be read, is in reach of the keyboard, and shows what waits.

import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFaintText, findMisfits, markReachable, readFocus } from './tools/page-checks.ts';
import { isWithoutChromium, openPlaygroundPage, type PlaygroundPage } from './tools/playground-page.ts';

const isAbsent = isWithoutChromium('The page "Comet"');

let opened: PlaygroundPage;
let playground: PlaygroundPage['playground'];
let browser: Browser;
let page: Page;
let complaints: string[]; // of the page's console

describe.skipIf(isAbsent)('the page "Comet"', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    opened = await openPlaygroundPage('/comet.html');
    ({ playground, browser, page, complaints } = opened);
    await untilText('#lines', 'Open this page');
  }, 60_000);

  afterAll(async () => {
    await opened.close();
  });

  it('is reached from the first page, and leads back', async () => {
    const other = await browser.newPage();
    await other.goto(playground.url);
    const there = await other.$eval('.pages a[href="comet.html"]', (link) => link.href);
    const back = await page.$eval('.pages a:first-child', (link) => link.href);
    expect([there, back]).toEqual([`${playground.url}/comet.html`, `${playground.url}/`]);
    await other.close();
    await page.bringToFront();
  });

  it('logs every command as it is applied', async () => {
    await click('#search .start');
    await untilText('#found', '2P/Encke');
    // The log is painted in its own time.
    await page.waitForFunction(() => {
      const kinds = [...document.querySelectorAll('#entries tr:not([hidden]) .kind')];
      return new Set(kinds.map((kind) => kind.textContent)).size === 4;
    });
    await page.waitForFunction(() => {
      const rows = [...document.querySelectorAll('#entries tr:not([hidden])')];
      const bar = /^[\d,]+(css#search-barwidth: \d+%|attr#search-bararia-valuenow: \d+)$/;
      return rows.some(({ textContent }) => bar.test(textContent));
    });
    await click('#search .stop');
    await untilText('#search-note', 'Stopped.');
  });

  it('shows an alert without holding up the queue', async () => {
    await click('.talk button');
    await untilText('#said', 'Say something first.');
    expect(await page.$eval('#saying', (dialog) => (dialog as HTMLDialogElement).open)).toBe(true);
    await click('#saying button');
  });

  it('complains of nothing', () => {
    expect(complaints).toEqual([]);
  });

  it.each([360, 400, 1280, 1600])('fits a window %i wide, with something in every card', async (width) => {
    await click('[data-hostile=all]');
    await untilText('#verdicts', 'no-target');
    await page.setViewport({ width, height: 900 });
    expect(await page.evaluate(findMisfits)).toEqual({ scrolls: false, clipped: [] });
  });

  it.each(['light', 'dark'])('can be read in the %s theme', async (value) => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
    expect(await page.evaluate(findFaintText)).toEqual([]);
  });

  it('is reached by the keyboard everywhere, and shows where', async () => {
    const wanted = await page.evaluate(markReachable);
    const reached = new Set<string>();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    for (let press = 0; press < wanted.length + 10; press += 1) {
      await page.keyboard.press('Tab');
      const [mark, visible] = await page.evaluate(readFocus);
      if (mark === '') continue;
      expect([mark, visible]).toEqual([mark, true]);
      reached.add(mark);
    }
    expect(wanted.filter((mark) => !reached.has(mark))).toEqual([]);
  });
});

/** Once it is there. Not by the mouse, for which the page would have to be scrolled there. */
async function click(selector: string): Promise<void> {
  await page.waitForSelector(selector);
  await page.$eval(selector, (element) => (element as HTMLElement).click());
}

async function untilText(selector: string, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted: string, part: string) => document.querySelector(wanted)?.textContent.includes(part),
    { timeout: 30_000 },
    selector,
    text,
  );
}
