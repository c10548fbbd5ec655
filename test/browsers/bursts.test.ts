// A long burst leaves the page alive: it is read in many short tasks.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBrowsers, launch, type Browser, type Found } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import { startOwn, type OwnServer } from './own-server.ts';
import type { Felt } from './page/bursts.ts';

const EVENTS = 100_000;

/** What a task may last where the engine tells long ones, in milliseconds. */
const LONG_TASK = 50;

/** What the page may go without a turn elsewhere: there what other programs take counts, too. Milliseconds. */
const LONG_GAP = 200;

/** A machine that does other work makes any task long now and then, but hardly every time. */
const TRIES = 5;

for (const found of findBrowsers()) describe(found.name, () => burstsIn(found));

function burstsIn(found: Found): void {
  let server: OwnServer;
  let browser: Browser;

  beforeAll(async () => {
    if ('missing' in found) return;
    const numbers = Array.from({ length: EVENTS }, (_, index) => index + 1);
    const stream = numbers.map((number) => `id: ${String(number)}\ndata: ${String(number)}\n\n`).join('');
    const list = JSON.stringify(numbers);
    server = await startOwn((_, response, { pathname }) => {
      const isList = pathname === '/list';
      response.writeHead(200, { 'content-type': isList ? 'application/json' : 'text/event-stream' });
      response.end(isList ? list : stream);
    }, 'bursts');
    browser = await launch(found);
  });
  afterAll(async () => {
    if ('missing' in found) return;
    await browser.close();
    server.close();
  });
  beforeEach((context) => skipIfMissing(found, context));

  it.each([
    ['fetch-stream', '/stream'],
    ['long-poll', '/list'],
  ])('%s gives 100,000 messages once and in order, and makes no long task', async (transport, path) => {
    const page = await browser.newPage(server.page);
    const limit = found.name === 'chromium' ? LONG_TASK : LONG_GAP;
    const longest: number[] = [];
    while (longest.length < TRIES && !longest.some((time) => time <= limit)) {
      const felt = await page.run<Felt>('bursts.read', path, transport);
      expect(felt).toMatchObject({ received: EVENTS, inOrder: true });
      longest.push(Math.round(felt.longest));
    }
    console.log(`${found.name}, ${transport}: the longest task of each burst, in ms: ${longest.join(', ')}`);
    expect(Math.min(...longest)).toBeLessThanOrEqual(limit);
  });
}
