// A full command queue, or a slow loop, holds the server back: what cannot be used yet stays with the network.

import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { bundle } from './bundle.ts';
import { findBrowsers, launch, type Browser, type Engine, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import type { Held } from './page/back-pressure.ts';

/** A kilobyte each: more than Chromium and the two sockets keep, which was 68 MB. */
const COMMANDS = 120_000;
const PADDING = 'x'.repeat(1_000);

/** Where a page that leaves bytes alone leaves them to its own browser, not to the server. */
const NOT_SEEN: Partial<Record<Engine, string>> = {
  firefox: 'Firefox (153) takes all that comes, 400 MB as well, before the page has read any of it.',
  webkit: 'The driver of WebKitGTK (2.50) does not answer under this load.',
};

/** So long the server must have been stuck before it counts as held back, in milliseconds. */
const STUCK = 1_500;

for (const found of findBrowsers()) describe(found.name, () => holdsBackIn(found));

function holdsBackIn(found: Found): void {
  let browser: Browser | undefined;
  let server: Server | undefined;
  let written = 0; // commands that the socket has taken

  beforeAll(async () => {
    if ('missing' in found || NOT_SEEN[found.name] !== undefined) return;
    const script = await bundle('test/browsers/page/back-pressure.ts', 'backPressure');
    server = createServer((request, response) => {
      if (request.url === '/commands') return void write(response, (count) => (written = count));
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(`<!DOCTYPE html><title>back-pressure</title><script>${script}</script>`);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    browser = await launch(found);
  });

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  it('stops reading while too many commands wait, and loses none of them', async (context) => {
    const page = await openPage(context);
    await page.run('backPressure.hold', '/commands');
    const stuckAt = await untilStuck(() => written);
    expect(stuckAt).toBeLessThan(COMMANDS);
    const { waiting } = await page.run<Held>('backPressure.held');
    // Half of what the queue may hold, and the rest of the chunk that made it so many.
    expect(waiting).toBeGreaterThanOrEqual(1_000);
    expect(waiting).toBeLessThan(2_000);
    const released = await page.run('backPressure.release', COMMANDS);
    expect(released).toEqual({ applied: COMMANDS, inOrder: true });
  });

  it('stops reading while a loop lags behind, which then gets everything', async (context) => {
    const page = await openPage(context);
    await page.run('backPressure.takeOne', '/commands');
    expect(await untilStuck(() => written)).toBeLessThan(COMMANDS);
    expect(await page.run('backPressure.takeRest')).toEqual({ taken: COMMANDS, inOrder: true });
    expect(written).toBe(COMMANDS);
  });

  async function openPage(context: TestContext): Promise<Page> {
    skipIfMissing(found, context);
    const notSeen = NOT_SEEN[found.name];
    if (notSeen !== undefined) context.skip(notSeen);
    if (!browser || !server) throw new Error('The browser did not start.');
    written = 0;
    const { port } = server.address() as AddressInfo;
    return browser.newPage(`http://127.0.0.1:${String(port)}/`);
  }
}

/** As fast as the socket takes them. */
async function write(response: ServerResponse, tell: (count: number) => void): Promise<void> {
  response.setHeader('content-type', 'application/x-ndjson');
  for (let index = 0; index < COMMANDS; index++) {
    const line = JSON.stringify({ type: 'call', call: 'take', params: [index], padding: PADDING });
    if (!response.write(`${line}\n`)) await once(response, 'drain');
    tell(index + 1);
  }
  response.end();
}

async function untilStuck(count: () => number): Promise<number> {
  for (let before = -1; before !== count();) {
    before = count();
    await new Promise((resolve) => setTimeout(resolve, STUCK));
  }
  return count();
}
