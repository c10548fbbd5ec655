// Our own pause is not the server's silence: a paused queue, or a loop that lags, keeps its connection and loses nothing.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setTimeout as pause } from 'node:timers/promises';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import { EVENT_STREAM, startOwn, type OwnServer } from './own-server.ts';
import type { Taken } from './page/takers.ts';

/** Milliseconds between two commands of the server, which has no ids. */
const RHYTHM = 20;

/** So many before the burst tell the rhythm. */
const BEFORE_BURST = 40;

/** So many at once: more than a loop is given ahead. */
const BURST = 1_500;

/** Milliseconds; in the page, whose time is eight times as fast, twice the least patience of the watchdog. */
const LONG = 8_000;

for (const found of findBrowsers()) describe(found.name, () => takersIn(found));

function takersIn(found: Found): void {
  const sent = { queue: 0, loop: 0 };
  const connections = { queue: 0, loop: 0 };
  let server: OwnServer;
  let browser: Browser;

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startOwn((_, response, { pathname }) => {
      const who = pathname === '/loop' ? 'loop' : 'queue';
      const send = (): void =>
        void response.write(
          `data: ${JSON.stringify({ type: 'call', call: 'take', params: [++sent[who]] })}\n\n`,
        );
      connections[who]++;
      response.writeHead(200, EVENT_STREAM);
      const timer = setInterval(() => {
        send();
        const isDue = who === 'loop' && sent.loop === BEFORE_BURST;
        for (let count = 0; isDue && count < BURST; count++) send();
      }, RHYTHM);
      response.on('close', () => clearInterval(timer));
    }, 'takers');
    browser = await borrow(found);
  });
  afterAll(async () => {
    if ('missing' in found) return;
    await browser.close();
    server.close();
  });
  beforeEach((context) => skipIfMissing(found, context));

  // Both at once: most of the time they wait.
  it('a paused queue and a loop that lags keep their connections, and lose nothing', async () => {
    const [queue, loop] = [await browser.newPage(server.page), await browser.newPage(server.page)];
    for (const page of [queue, loop]) await page.run('takers.hurry');
    await queue.run('takers.byQueue', '/queue');
    await untilTaken(queue, 20);
    await queue.run('takers.pauseQueue');
    await loop.run(`void takers.byLoop('/loop', 20)`);
    await untilTaken(loop, 20);
    await pause(LONG);
    expect(connections).toEqual({ queue: 1, loop: 1 });
    for (const [page, who] of [
      [queue, 'queue'],
      [loop, 'loop'],
    ] as const) {
      const { length: before } = (await takenOf(page)).numbers;
      const due = sent[who];
      expect(due - before, who).toBeGreaterThan(100);
      await page.run('takers.goOn');
      const { numbers, ...rest } = await untilTaken(page, due);
      expect(numbers, who).toEqual(Array.from(numbers, (_, index) => index + 1));
      expect(rest, who).toEqual({ errors: [], resyncs: [], state: 'open' });
    }
    expect(connections).toEqual({ queue: 1, loop: 1 });
  });
}

function takenOf(page: Page): Promise<Taken> {
  return page.run<Taken>('takers.taken');
}

async function untilTaken(page: Page, count: number): Promise<Taken> {
  const length = async (): Promise<number> => (await takenOf(page)).numbers.length;
  await expect.poll(length, { timeout: 20_000, interval: 50 }).toBeGreaterThanOrEqual(count);
  return takenOf(page);
}
