// What only Chromium's own protocol can do to a page, and tell of it.

import type { CDPSession, Page as PuppeteerPage } from 'puppeteer-core';
import type { Page } from './browser.ts';

type Powers = Required<Pick<Page, 'heap' | 'freeze' | 'thaw' | 'crash' | 'setOffline'>>;

/** Nothing is attached to the page before the first use. */
export function devtoolsOf(page: PuppeteerPage): Powers {
  let attached: Promise<CDPSession> | undefined;
  const devtools = (): Promise<CDPSession> => (attached ??= page.createCDPSession());

  return {
    async heap() {
      const session = await devtools();
      await session.send('HeapProfiler.collectGarbage');
      const heap = await session.send('Runtime.getHeapUsage');
      return heap.usedSize + heap.embedderHeapUsedSize + heap.backingStorageSize;
    },
    freeze: () => setState('frozen'),
    thaw: () => setState('active'),
    async crash() {
      // A page that is gone does not answer.
      const gone = new Promise((resolve) => page.once('error', resolve));
      (await devtools()).send('Page.crash').catch(() => undefined);
      await gone;
    },
    async setOffline(offline) {
      const session = await devtools();
      await session.send('Network.enable');
      const unlimited = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
      await session.send('Network.emulateNetworkConditions', { offline, ...unlimited });
    },
  };

  async function setState(state: 'frozen' | 'active'): Promise<void> {
    await (await devtools()).send('Page.setWebLifecycleState', { state });
  }
}
