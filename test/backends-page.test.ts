// The page "Backends" in Chromium: each card reads its server, shows what it is told, and ends when it is closed.

import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFaintText, findMisfits } from './tools/page-checks.ts';
import { isWithoutChromium, openPlaygroundPage, type PlaygroundPage } from './tools/playground-page.ts';

const isAbsent = isWithoutChromium('The page "Backends"');

let opened: PlaygroundPage;
let page: Page;
let complaints: string[]; // of the page's console

describe.skipIf(isAbsent)('the page "Backends"', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    opened = await openPlaygroundPage('/backends.html');
    ({ page, complaints } = opened);
  }, 60_000);

  afterAll(async () => {
    await opened.close();
  });

  it('shows what each server sends, and complains of nothing', async () => {
    await untilLine('pylons', /^2 \d+\.\d\d$/);
    await untilLine('zope', /^After \d+ millis - event fired!$/);
    await untilLine('orbited', /^You said: hello$/);
    await untilLine('orbited', /^It is \d\d:\d\d:\d\d\.$/);
    expect(await page.$$eval('.state', (all) => all.map(({ textContent }) => textContent))).toEqual([
      'open',
      'open',
      'open',
    ]);
    expect(complaints).toEqual([]);
  });

  it('shows that a middleware holds a stream until its end', async () => {
    await page.reload();
    await page.click('[data-backend=pylons] .buttons button:last-child');
    await untilLine('pylons', /^The middleware/);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await linesOf('pylons')).at(-1)).toMatch(/^The middleware/);
    await untilLine('pylons', /^9 /);
  });

  it('closes, and connects again', async () => {
    await page.click('[data-backend=zope] .connect');
    expect(await page.$eval('[data-backend=zope] .state', (state) => state.textContent)).toBe('closed');
    await page.$eval('[data-backend=zope] .output', (output) => output.replaceChildren());
    await page.click('[data-backend=zope] .connect');
    await untilLine('zope', /fired!$/);
  });

  it('shows code that runs', async () => {
    for (const name of ['pylons', 'zope', 'orbited']) {
      const printed = await page.evaluate(runCode, name);
      expect(printed).toMatch(/^(\d \d+\.\d\d| After \d+ millis.*|It is .*|You said: hello)\n?$/);
    }
  });

  it.each([360, 1280])('fits a window %i wide', async (width) => {
    await page.setViewport({ width, height: 900 });
    expect(await page.evaluate(findMisfits)).toEqual({ scrolls: false, clipped: [] });
  });

  it.each(['light', 'dark'])('can be read in the %s theme', async (value) => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
    expect(await page.evaluate(findFaintText)).toEqual([]);
  });
});

function linesOf(name: string): Promise<string[]> {
  return page.$$eval(`[data-backend=${name}] .output li`, (all) =>
    all.map(({ textContent }) => textContent.trim()),
  );
}

async function untilLine(name: string, pattern: RegExp): Promise<void> {
  const lines = (): Promise<string[]> => linesOf(name);
  await expect.poll(lines, { timeout: 15_000 }).toContainEqual(expect.stringMatching(pattern));
}

/** Runs the code of a card until it prints something. Runs in the page. */
async function runCode(name: string): Promise<string> {
  const { log } = console;
  const printed = new Promise<string>((resolve) => (console.log = resolve));
  const script = document.createElement('script');
  script.type = 'module';
  script.textContent = (document.querySelector(`[data-backend=${name}] code`)?.textContent ?? '')
    .replace("'encke'", "'/dist/index.js'")
    .replace("'encke/orbited'", "'/dist/orbited.js'");
  document.head.append(script);
  const first = await printed;
  console.log = log;
  script.remove();
  return first;
}
