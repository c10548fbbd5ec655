// Components that come and go leave nothing behind, in the page or at the server, in every engine.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { servePage } from './bundle.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import type { MountingFacts, TwiceFacts } from './page/mounting.ts';
import { TECHNIQUES } from './techniques.ts';

/** Mounts of the first technique of the ladder, and of each other one. */
const MOUNTS = 100;
const FEWER_MOUNTS = 24;

// Where sockets stay open, the page waits for a free one for ever.
vi.setConfig({ testTimeout: 20_000 });

for (const found of findBrowsers()) describe(found.name, () => closingIn(found));

function closingIn(found: Found): void {
  let server: ReferenceServer | undefined;
  let browser: Browser | undefined;
  let page: Page;
  let url: string;

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startServer();
    url = await servePage(server, 'mounting');
    browser = await borrow(found);
    page = await browser.newPage();
  });

  // Each test has a document of its own: what one leaves behind cannot help or hurt the next.
  beforeEach(async (context) => {
    skipIfMissing(found, context);
    await page.goto(url);
  });

  afterEach(async () => {
    if ('missing' in found) return;
    expect(await page.run('mounting.uncaught'), 'errors nobody caught in the page').toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  for (const [index, technique] of TECHNIQUES.entries()) {
    const mounts = index === 0 ? MOUNTS : FEWER_MOUNTS;

    it(`${technique.name}: ${mounts} mounts and unmounts leave nothing`, async () => {
      const { requests, maxLive, ...left } = await page.run<MountingFacts>(
        'mounting.mounts',
        technique,
        mounts,
      );
      expect(left).toEqual({ timers: 0, listeners: 0, nodes: 0, reasons: ['user'] });
      // What was closed in its own task has made no request; one task later the request may be on its way or not.
      expect(requests).toBeGreaterThanOrEqual(mounts / 2);
      expect(requests).toBeLessThanOrEqual((mounts * 3) / 4);
      expect(maxLive).toBeLessThanOrEqual(6);
    });

    it(`${technique.name}: mounted twice in one task makes one request`, async () => {
      const { requests, messages } = await page.run<TwiceFacts>('mounting.mountsTwice', technique);
      expect(messages).toBe(1);
      // Behind its answer a poll may be asked again.
      expect(requests).toBeLessThanOrEqual(technique.rhythm === 'stream' ? 1 : 2);
    });
  }

  it('a hundred equal subscriptions are one connection, which ends with the last of them', async () => {
    expect(await page.run('mounting.sharing', TECHNIQUES[0])).toEqual({ maxLive: 1, requests: 1, told: 100 });
  });

  it('a signal that is aborted already makes no request', async () => {
    expect(await page.run('mounting.aborted', TECHNIQUES[0])).toEqual({ requests: 0, reason: 'abort' });
  });
}
