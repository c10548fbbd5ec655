// Twelve tabs over HTTP/1.1, which has six connections: where they share, every page still loads.

import { expect, it } from 'vitest';
import { startServer } from '../server/server.ts';
import { servePage } from './bundle.ts';
import { findBrowsers, launch, type Page } from './drivers.ts';
import { areConsecutive, seenAfter } from './followed.ts';
import { skipIfMissing } from './missing.ts';

const TABS = 12;
const STREAM = '/numbered?rate=20&count=100000&key=tabs';

/** Longest time that a page of the site may take to load, in milliseconds. */
const LOADS_WITHIN = 1_000;

const chromium = findBrowsers().find(({ name }) => name === 'chromium');

it('loads every tab of Chromium within a second, and each hears the one stream', async (context) => {
  if (!chromium) throw new Error('Chromium is always looked for.');
  skipIfMissing(chromium, context);
  const server = await startServer();
  const browser = await launch(chromium);
  try {
    const address = await servePage(server, 'proxied');
    const tabs: Page[] = [];
    while (tabs.length < TABS) {
      const tab = await browser.newPage();
      const began = performance.now();
      await tab.goto(address);
      expect(performance.now() - began).toBeLessThan(LOADS_WITHIN);
      await tab.run('proxied.follow', STREAM, { share: 'tabs' });
      tabs.push(tab);
    }
    for (const tab of tabs) expect(areConsecutive((await seenAfter(tab, 0, 5)).ids)).toBe(true);
    expect(server.live).toBe(1);
  } finally {
    await browser.close();
    await server.close();
  }
});
