// Streams through the proxy of Vite's development server: live, and told of breaks only as docs/proxies/vite.config.js has it.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { servePage } from '../browsers/bundle.ts';
import { findBrowsers, launch, type Page } from '../browsers/drivers.ts';
import { medianOf, seenAfter } from '../browsers/followed.ts';
import { skipIfMissing } from '../browsers/missing.ts';
import { startServer, type ReferenceServer } from '../server/server.ts';
import type { Changes } from './documented.ts';
import { startVite } from './proxies.ts';

const chromium = findBrowsers().find(({ name }) => name === 'chromium');

describe('in Chromium', () => {
  const stops: (() => unknown)[] = [];
  let server: ReferenceServer | undefined; // the one that runs
  let page: Page;

  beforeAll(async () => {
    if (!chromium || 'missing' in chromium) return;
    const browser = await launch(chromium);
    stops.push(
      () => browser.close(),
      () => server?.close(),
    );
    page = await browser.newPage();
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  beforeEach((context) => {
    if (chromium) skipIfMissing(chromium, context);
  });

  it('passes events on at once, and resumes when the application has been restarted', async () => {
    const number = await follow({});
    publish(3);
    const { ages } = await seenAfter(page, number, 3);
    expect(medianOf(ages)).toBeLessThan(50);
    await restart(500);
    const { ids, errors, transports } = await seenAfter(page, number, 5);
    expect(ids).toEqual(['1', '2', '3', '4', '5']);
    // The break, then Vite's word that nobody is there: as often as it was asked.
    expect(errors.length).toBeGreaterThan(1);
    expect(errors).toEqual(errors.map((_, index) => (index === 0 ? 'network' : 'status')));
    expect(transports.map(({ to }) => to)).toEqual(['fetch-stream']);
  });

  it('leaves a stream open for ever whose application has ended, where nobody passes breaks on', async () => {
    const number = await follow({ ', configure: passOnBreaks': '' });
    publish(3);
    await seenAfter(page, number, 3);
    await restart(0);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await seenAfter(page, number, 3)).toMatchObject({ ids: ['1', '2', '3'], errors: [] });
    expect(server?.live).toBe(0);
  });

  /** Subscribes, through a Vite of its own, and waits until the stream is there. */
  async function follow(changes: Changes): Promise<number> {
    await server?.close();
    server = await startServer();
    const url = await servePage(server, 'proxied');
    const { origins, stop } = await startVite(server.url, await filesOf(url), changes);
    stops.unshift(stop);
    await page.goto(origins.web + new URL(url).pathname);
    const number = await page.run<number>('proxied.follow', '/events?channel=news', { retryDelay: 200 });
    await expect.poll(() => server?.live).toBe(1);
    return number;
  }

  function publish(count: number): void {
    for (let sent = 0; sent < count; sent++) server?.publish('news', { data: { time: Date.now() } });
  }

  /** Ends the application, and starts it again with what it had published, and two messages more. */
  async function restart(after: number): Promise<void> {
    const port = Number(new URL(server?.url ?? '').port);
    await server?.close();
    await new Promise((resolve) => setTimeout(resolve, after));
    server = await startServer({ port });
    publish(5);
  }
});

/** A page and its scripts, as files that Vite serves as they are. */
async function filesOf(url: string): Promise<Record<string, string>> {
  const html = await textOf(url);
  const paths = [...html.matchAll(/src="([^"]+)"/g)].map(([, path = '']) => path);
  const files = [new URL(url).pathname, ...paths].map(
    async (path) => [`public${path}`, await textOf(new URL(path, url).href)] as const,
  );
  return Object.fromEntries(await Promise.all(files));
}

async function textOf(url: string): Promise<string> {
  return (await fetch(url)).text();
}
