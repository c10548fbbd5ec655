// Loops that are ended from outside: what has come and was not taken is not given any more, and a reason is thrown.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import { EVENT_STREAM, startOwn, type OwnServer } from './own-server.ts';

const FIVE = [1, 2, 3, 4, 5].map((each) => `data: ${String(each)}\n\n`).join('');
const VERBS = ['subscribe', 'request'];

for (const found of findBrowsers()) describe(found.name, () => loopsIn(found));

function loopsIn(found: Found): void {
  let server: OwnServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found) return;
    // Five messages at once, and nothing more while the stream stays open.
    server = await startOwn((_, response) => response.writeHead(200, EVENT_STREAM).write(FIVE), 'loops');
    browser = await borrow(found);
    page = await browser.newPage(server.page);
  });
  afterAll(async () => {
    if ('missing' in found) return;
    await browser.close();
    server.close();
  });
  beforeEach((context) => skipIfMissing(found, context));

  describe.each(VERBS)('of %s', (verb) => {
    it.each([
      ['close', undefined],
      ['abort', undefined],
      ['abort for a reason', 'RangeError'],
    ])('%s: nothing more is given', async (end, threw) => {
      const ended = await page.run('loops.endAfter', verb, '/five', end, 2);
      expect(ended).toEqual({ given: ['1', '2'], threw });
    });

    it('a timeout is thrown, and half an answer does not look whole', async () => {
      const ended = await page.run('loops.timeOut', verb, '/five', 1_000);
      expect(ended).toEqual({ given: ['1', '2', '3', '4', '5'], threw: 'TimeoutError' });
    });
  });
}
