// A channel of Nchan in real browsers, where EventSource and XHR are.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { servePage } from '../browsers/bundle.ts';
import { borrow, findBrowsers, type Found, type Page } from '../browsers/drivers.ts';
import { skipIfMissing } from '../browsers/missing.ts';
import type { Legs } from '../browsers/page/hubs.ts';
import { startServer } from '../server/server.ts';
import { startNchan, type Nchan } from './nchan.ts';
import { findNchan } from './nginx.ts';
import { programOrSkip } from './service.ts';

const TOTAL = 60;
const LEGS: Legs = {
  techniques: ['eventSource', 'longPoll', 'xhrStream', 'poll', 'fetchStream'],
  each: 7,
  total: TOTAL,
  options: { cursor: 'nchan', heartbeat: 20_000, pollInterval: 1_000, retryDelay: 50 },
};

const found = findNchan();
let nchan: Nchan;
let page = '';
const stops: (() => unknown)[] = [];

beforeAll(async () => {
  if ('missing' in found) return;
  nchan = await startNchan(found.path);
  const server = await startServer();
  page = await servePage(server, 'hubs');
  stops.push(nchan.stop, () => server.close());
});
afterAll(async () => {
  for (const stop of stops) await stop();
});
beforeEach((context) => void programOrSkip(found, context));

for (const browser of findBrowsers()) describe(browser.name, () => inBrowser(browser));

function inBrowser(engine: Found): void {
  let tab: Page;
  const own: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    if ('missing' in engine || 'missing' in found) return;
    const browser = await borrow(engine);
    own.push(() => browser.close());
    tab = await browser.newPage(page);
  });
  afterAll(async () => {
    for (const stop of own) await stop();
  });
  beforeEach((context) => skipIfMissing(engine, context));

  it('loses nothing on the way through all techniques, from a page of another origin', async () => {
    const channel = `in-${engine.name}`;
    const reading = tab.run<{ n: number }[]>('hubs.through', nchan.url(channel), LEGS);
    for (let n = 1; n <= TOTAL; n++) {
      await nchan.publish(channel, { n });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const all = await reading;
    expect(all.map((data) => (typeof data === 'string' ? JSON.parse(data) : data) as unknown)).toEqual(
      Array.from({ length: TOTAL }, (_, index) => ({ n: index + 1 })),
    );
  });
}
