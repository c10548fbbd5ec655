// Every driver does what `browser.ts` says, in every browser that is here.

import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { findBrowsers, launch, type Browser, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import { putToSleep } from './processes.ts';

const PNG_SIGNATURE = '89504e470d0a1a0a';

for (const found of findBrowsers()) describe(found.name, () => driverOf(found));

function driverOf(found: Found): void {
  let server: ReferenceServer;
  let browser: Browser;
  const stops: (() => Promise<void>)[] = [];
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startServer();
    stops.push(() => server.close());
    browser = await launch(found);
    stops.unshift(() => browser.close());
  });

  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  beforeEach(async (context) => {
    skipIfMissing(found, context);
    page = await browser.newPage(`${server.url}/html`);
  });

  afterEach(async () => {
    if (!('missing' in found)) await page.close();
  });

  it('says which version runs', () => {
    expect(browser.version).toMatch(/^\d+\.\d+/);
  });

  it('calls a function with arguments and awaits its promise', async () => {
    const sum = async (first: number, rest: { second: number }): Promise<unknown> => {
      // A named function inside: compilers wrap those.
      const add = (one: number, other: number): number => one + other;
      return Promise.resolve({ sum: add(first, rest.second), title: document.title });
    };
    expect(await page.run(sum, 1, { second: 2 })).toEqual({ sum: 3, title: 'Sign in' });
  });

  it('evaluates an expression', async () => {
    expect(await page.run('location.pathname')).toBe('/html');
    expect(await page.run('undefined')).toBeUndefined();
  });

  it('throws what the page throws', async () => {
    const broken = (): never => {
      throw new TypeError('not here');
    };
    await expect(page.run(broken)).rejects.toMatchObject({ name: 'TypeError', message: 'not here' });
    await expect(page.run('Promise.reject("plain text")')).rejects.toThrow('plain text');
  });

  it('leaves no timer in the page', async () => {
    await page.run(() => {
      const native = window.setTimeout;
      const timers: number[] = [];
      Object.assign(window, {
        timers,
        setTimeout: (handler: () => void, delay: number) => native(handler, timers[timers.push(delay) - 1]),
      });
    });
    await page.run(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    expect(await page.run('timers')).toEqual([]);
  });

  it('keeps two pages going at once', async () => {
    const other = await browser.newPage(`${server.url}/html`);
    const waiting = page.run(() => new Promise((resolve) => Object.assign(window, { finish: resolve })));
    expect(await other.run('typeof finish')).toBe('undefined');
    await other.close();
    await page.run(() => (window as unknown as { finish: (value: string) => void }).finish('done'));
    expect(await waiting).toBe('done');
  });

  it('opens a page after the last one spoken to was closed', async () => {
    const other = await browser.newPage(`${server.url}/html`);
    await other.close();
    const third = await browser.newPage(`${server.url}/html`);
    expect(await third.run('location.pathname')).toBe('/html');
    await third.close();
  });

  it('takes a picture, also of a page behind another', async () => {
    const path = join(tmpdir(), `encke-picture-${process.pid}-${browser.name}.png`);
    const other = await browser.newPage(`${server.url}/html`);
    await page.screenshot(path);
    const signature = (await readFile(path)).subarray(0, 8).toString('hex');
    await Promise.all([rm(path), other.close()]);
    expect(signature).toBe(PNG_SIGNATURE);
  });

  it('hides a page, and shows it again', async () => {
    const visibility = (): Promise<string> => page.run('document.visibilityState');
    await page.hide();
    await expect.poll(visibility).toBe('hidden');
    await page.show();
    await expect.poll(visibility).toBe('visible');
  });

  it('puts the browser to sleep, so that its timers come late', async () => {
    const late = page.run<number>(async () => {
      const began = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 300));
      return performance.now() - began;
    });
    // Once the page has begun.
    await page.run('undefined');
    await putToSleep(browser.processes(), 1_000);
    expect(await late).toBeGreaterThan(900);
  });

  it('tells how much lies on the heap, where it can', async (context) => {
    if (!page.heap) return context.skip(`No driver of ${found.name} can.`);
    const megabytes = async (): Promise<number> => Math.round(((await page.heap?.()) ?? NaN) / 1e6);
    const before = await megabytes();
    await page.run(() => void Object.assign(window, { ballast: new Uint8Array(20e6) }));
    expect((await megabytes()) - before).toBe(20);
    await page.run(() => void Object.assign(window, { ballast: undefined }));
    expect(await megabytes()).toBe(before);
  });

  it('takes the network away and gives it back, where it can', async (context) => {
    if (!page.setOffline) return context.skip(`No driver of ${found.name} can.`);
    await page.setOffline(true);
    expect(await page.run('navigator.onLine')).toBe(false);
    await page.setOffline(false);
    expect(await page.run('navigator.onLine')).toBe(true);
  });
}
