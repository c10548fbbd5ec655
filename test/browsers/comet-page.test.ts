// The page "Comet" of the playground, under its strict policy: progress, chat, upload, a paused queue, hostile commands.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPlayground, type Playground } from '../server/playground.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';

const TRANSPORTS = ['fetch-stream', 'xhr-stream', 'htmlfile', 'iframe'];

/** Every hostile command, in the order in which the server sends them, as it is reported. */
const REPORTS = [
  'refused',
  'refused',
  'refused',
  'refused',
  'refused',
  'unknown-command',
  'selector',
  'no-target',
];

for (const found of findBrowsers()) describe(found.name, () => cometIn(found));

function cometIn(found: Found): void {
  let playground: Playground;
  let browser: Browser;
  let page: Page;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    if ('missing' in found) return;
    playground = await startPlayground();
    stops.push(playground.close);
    browser = await borrow(found);
    stops.unshift(browser.close);
  });

  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  beforeEach(async (context) => {
    skipIfMissing(found, context);
    page = await openComet();
    return () => page.close();
  });

  it('is served under the policy that it shows, and starts without a violation', async () => {
    // The page asks for its own headers to show them.
    await until(page, '#policy', /trusted-types/);
    expect((await textOf(page, '#policy')).split(/;\s*/)).toEqual([
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
      "require-trusted-types-for 'script'",
      'trusted-types encke',
    ]);
    await until(page, '#chat .state', /^open/);
    expect(await textOf(page, '#policy-note')).toBe('The browser has forbidden nothing so far.');
  });

  it.each(TRANSPORTS)('shows the progress of a function while it runs, by %s, and stops it', async (name) => {
    await click(page, `#transport [value=${name}]`);
    await click(page, '#search .start');
    await until(page, '#found', /Encke 3\.3 years.*Tempel/);
    const percent = Number.parseInt(await textOf(page, '#search-percent'));
    expect(percent).toBeGreaterThan(15);
    expect(percent).toBeLessThan(90);
    expect(await textOf(page, '#search .carrier')).toBe(name);
    await click(page, '#search .stop');
    await until(page, '#search-note', /^Stopped\. The server noticed \d+ ms later\.$/);
    expect(await textOf(page, '#search .state')).toBe('stopped');
  });

  it('brings what is said in one tab to the other, as text, and once, over every transport', async () => {
    const other = await openComet();
    for (const name of TRANSPORTS) {
      await click(page, `#transport [value=${name}]`);
      await say(other, 'Halley', `<b>by ${name}</b>`);
      await until(page, '#lines li:last-child', new RegExp(`^Halley<b>by ${name}</b>$`));
    }
    await say(page, 'Encke', 'heard');
    await until(other, '#lines .own ~ :not(.own)', /^Enckeheard$/);
    const lines = await page.run<string[]>(readAll, '#lines span');
    expect(lines.filter((line) => line.startsWith('<b>'))).toEqual(
      TRANSPORTS.map((name) => `<b>by ${name}</b>`),
    );
    await other.close();
  });

  it('uploads 16 MB, tells how far it is, and shows what the server makes of it', async () => {
    await click(page, '#plates [type=submit]');
    const seen = await page.run<number[]>(watchUpload);
    expect(seen.at(-1)).toBe(100);
    expect(seen.filter((percent) => percent > 0 && percent < 100).length).toBeGreaterThan(2);
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
    await until(page, '#upload-note', /^night-sky\.raw, 16\.0 MB\. SHA-256: The same as here\.$/);
    expect(await textOf(page, '#work-percent')).toBe('100 %');
  });

  it('holds the commands of a paused queue, and lets them go', async () => {
    // What was said before comes first, and would wait, too.
    await until(page, '#lines', /Open this page/);
    await click(page, '#pause');
    await click(page, '#search .start');
    await until(page, '#waiting', /^\d\d+$/);
    expect(await textOf(page, '#search-percent')).toBe('0 %');
    expect(await textOf(page, '#found')).toBe('');
    // Among the first to wait may be only what was said before.
    const flushed = async (): Promise<string> => {
      await click(page, '#flush');
      return textOf(page, '#search-percent');
    };
    await expect.poll(flushed, { timeout: 20_000 }).toMatch(/^[1-9]/);
    await click(page, '#pause');
    await until(page, '#found', /years/);
    await until(page, '#waiting', /^0$/);
  });

  it('drops what a paused queue holds', async () => {
    await until(page, '#lines', /Open this page/);
    await click(page, '#pause');
    await click(page, '#search .start');
    await until(page, '#waiting', /^\d\d+$/);
    await click(page, '#drop');
    await click(page, '#pause');
    await until(page, '#waiting', /^0$/);
  });

  it('reports what is hostile by a code, and survives it', async () => {
    await click(page, '[data-hostile=all]');
    await until(page, '#survived', /^9$/);
    await until(page, '#reported', /^9$/);
    const reports = await page.run<string[]>(readAll, '#verdicts code');
    // What is no command at all is told before the others are looked at.
    expect(reports.reverse()).toEqual(['malformed', ...REPORTS]);
    expect(await textOf(page, '#markup')).toBe('document.body.remove()An image and a script');
  });

  it('paints every cell of a picture', async () => {
    await click(page, '#picture .paint');
    await until(page, '#picture .took', /s$/);
    const unpainted = await page.run<number>(() => {
      const cells = [...(window[0]?.document.querySelectorAll<HTMLElement>('#sky i') ?? [])];
      return cells.filter(({ style }) => !style.backgroundColor).length;
    });
    expect(unpainted).toBe(0);
    await until(page, '#applied', /^2,8\d\d$/);
  });

  /** In a frame of the driven page: the drivers evaluate text, which the policy forbids. */
  async function openComet(): Promise<Page> {
    const opened = await browser.newPage(`${playground.url}/html`);
    await opened.run(async () => {
      const frame = document.createElement('iframe');
      frame.width = '1200';
      frame.height = '900';
      frame.src = '/comet.html';
      await new Promise((resolve) => {
        frame.onload = resolve;
        document.body.replaceChildren(frame);
      });
    });
    await until(opened, '#no-server', null);
    return opened;
  }
}

async function say(page: Page, name: string, text: string): Promise<void> {
  await page.run(
    (fields: Record<string, string>) => {
      for (const [selector, value] of Object.entries(fields)) {
        const field = window[0]?.document.querySelector<HTMLInputElement>(selector);
        if (field) field.value = value;
      }
    },
    { '#name': name, '#text': text },
  );
  await click(page, '.talk button');
}

async function click(page: Page, selector: string): Promise<void> {
  await page.run(clickOnceThere, selector);
}

async function clickOnceThere(selector: string): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const element = window[0]?.document.querySelector<HTMLElement>(selector);
    if (element) return element.click();
    if (performance.now() > deadline) throw new Error(`There is no ${selector}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function textOf(page: Page, selector: string): Promise<string> {
  const texts = await page.run<string[]>(readAll, selector);
  return texts.join();
}

/** Waits until an element has a text like this; `null`: until there is none. */
async function until(page: Page, selector: string, pattern: RegExp | null): Promise<void> {
  const last = await page.run<string | null>(awaitText, selector, pattern?.source);
  if (pattern) expect(last ?? `no ${selector}`).toMatch(pattern);
  else expect(last).toBeNull();
}

function readAll(selector: string): string[] {
  const elements = [...(window[0]?.document.querySelectorAll(selector) ?? [])];
  return elements.map(({ textContent }) => textContent);
}

async function awaitText(selector: string, source: string | undefined): Promise<string | null> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const element = window[0]?.document.querySelector(selector);
    const text = element ? element.textContent.replace(/\s+/g, ' ').trim() : null;
    const met = source === undefined ? !element : text !== null && new RegExp(source).test(text);
    if (met || performance.now() > deadline) return text;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The percentages that were shown until the upload was sent. */
async function watchUpload(): Promise<number[]> {
  const seen = [0];
  const deadline = performance.now() + 20_000;
  while (seen.at(-1) !== 100 && performance.now() < deadline) {
    const percent = Number.parseInt(window[0]?.document.querySelector('#sent-percent')?.textContent ?? '');
    if (percent !== seen.at(-1)) seen.push(percent);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return seen;
}
