// The command queue in real browsers: bursts do not hold up the page, and a hidden page gets its commands.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { bundle } from './bundle.ts';
import { findBrowsers, launch, type Browser, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import type { Watched } from './page/command-queue.ts';

const PAGE =
  '<!DOCTYPE html><meta charset="utf-8"><title>command queue</title><body><script src="/command-queue.js"></script>';

for (const found of findBrowsers()) describe(found.name, () => queueIn(found));

function queueIn(found: Found): void {
  let server: ReferenceServer | undefined;
  let browser: Browser;
  let page: Page;
  let url: string;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startServer();
    stops.push(server.close);
    const body = await bundle('test/browsers/page/command-queue.ts', 'commandQueuePage');
    server.page('/command-queue.js', { contentType: 'text/javascript; charset=utf-8', body });
    server.page('/command-queue.html', { contentType: 'text/html; charset=utf-8', body: PAGE });
    url = `${server.url}/command-queue.html`;
    browser = await launch(found);
    stops.unshift(() => browser.close());
    page = await browser.newPage();
  });

  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  beforeEach(async (context) => {
    skipIfMissing(found, context);
    await page.goto(url);
  });

  // Where the machine has other things to do, a slice that waits for its turn is not ours: what is ours comes again.
  it('takes 5,000 commands a second without a long task, in order', { retry: 2 }, async () => {
    const seen = await page.run<Watched>('commandQueuePage.stream', 5_000, 3);
    expect(seen).toMatchObject({ applied: 15_000, inOrder: true });
    expectShort(seen);
    expect(seen.milliseconds).toBeLessThan(5_000);
  });

  it('takes 10,000 at once without a long task, in order', { retry: 2 }, async () => {
    const seen = await page.run<Watched>('commandQueuePage.flood', 10_000);
    expect(seen).toMatchObject({ applied: 10_000, inOrder: true });
    expectShort(seen);
  });

  it.each(['nothing', 'coalescing', 'busy marks'])(
    'takes 100,000 at once without a long task, in order, beside %s',
    { retry: 2 },
    async (part) => {
      const count = 100_000;
      const seen = await page.run<Watched>('commandQueuePage.flood', count, part);
      expect(seen).toMatchObject({ inOrder: true, last: count - 1 });
      if (part !== 'coalescing') expect(seen.applied).toBe(count);
      expectShort(seen);
    },
  );

  it('leaves the same page when it coalesces', async () => {
    expect(await page.run<number>('commandQueuePage.law', 300)).toBeGreaterThan(0);
  });

  it('works on while the page is hidden', async () => {
    const front = await browser.newPage('about:blank');
    try {
      const isHidden = await page.run<boolean>('document.hidden');
      // A browser without windows may show all its pages at once.
      if (!isHidden) await page.run('commandQueuePage.pretendHidden');
      const seen = await page.run<Watched>('commandQueuePage.flood', 10_000);
      expect(seen).toMatchObject({ applied: 10_000, inOrder: true });
      expect(seen.milliseconds).toBeLessThan(5_000);
    } finally {
      await front.close();
    }
  });
}

/** No task may take 50 ms. What other programs take from a task they take from the page's own work, too. */
function expectShort({ longestSlice, longTasks, noise }: Watched): void {
  const bound = 50 + 2 * noise;
  const figures = `longest slice ${longestSlice.toFixed(1)} ms, long tasks ${String(longTasks)}, bound ${bound.toFixed(1)} ms`;
  expect(longestSlice, figures).toBeLessThan(bound);
  for (const task of longTasks ?? []) expect(task, figures).toBeLessThan(bound);
}
