// A Durable Stream in a browser, where EventSource and XHR are, from a page of another origin.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { servePage } from '../browsers/bundle.ts';
import { borrow, findBrowsers, type Page } from '../browsers/drivers.ts';
import { skipIfMissing } from '../browsers/missing.ts';
import type { Legs } from '../browsers/page/hubs.ts';
import { startServer } from '../server/server.ts';
import { startDurableStreams, type DurableStreams } from './durable-streams.ts';

const TOTAL = 50;
const LEGS: Legs = {
  techniques: ['eventSource', 'longPoll', 'xhrStream', 'poll', 'fetchStream'],
  each: 7,
  total: TOTAL,
  options: { pollInterval: 1_000, retryDelay: 50 },
  convention: 'durableStreams',
};

// One is enough: what differs among engines is how a carrier carries, and that is tested elsewhere.
describe.each(findBrowsers().filter(({ name }) => name === 'chromium'))(
  'a Durable Stream in $name',
  (engine) => {
    let streams: DurableStreams;
    let tab: Page;
    const stops: (() => unknown)[] = [];

    beforeAll(async () => {
      if ('missing' in engine) return;
      const server = await startServer();
      streams = await startDurableStreams();
      const browser = await borrow(engine);
      stops.push(
        () => browser.close(),
        () => streams.stop(),
        () => server.close(),
      );
      tab = await browser.newPage(await servePage(server, 'hubs'));
    });
    afterAll(async () => {
      for (const stop of stops) await stop();
    });
    beforeEach((context) => skipIfMissing(engine, context));

    it('is read by all techniques, one after the other, and nothing is lost or comes twice', async () => {
      const stream = await streams.create();
      const reading = tab.run<{ n: number }[]>('hubs.through', stream.url, LEGS);
      for (let n = 1; n <= TOTAL; n++) {
        await stream.append(JSON.stringify({ n }));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      expect(await reading).toEqual(Array.from({ length: TOTAL }, (_, index) => ({ n: index + 1 })));
    });
  },
);
