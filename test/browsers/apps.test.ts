// Apps of React, Vue and Svelte, built by Vite, rendered by their own servers, in every engine.

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { buildApp, FRAMEWORKS, type BuiltApp, type Framework } from './apps/build.ts';
import type { Scenes } from './apps/app.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';

// Where a scene waits for what never comes, the page waits for ever.
vi.setConfig({ testTimeout: 20_000 });

const MOUNTS = 100;
const BURST = { messages: 5_000, rate: 5_000 };

const apps = new Map<Framework, BuiltApp>();
let server: ReferenceServer;

beforeAll(async () => {
  server = await startServer();
  for (const framework of FRAMEWORKS) {
    const app = await buildApp(framework);
    apps.set(framework, app);
    for (const [path, asset] of app.assets) server.page(path, asset);
  }
});

afterAll(async () => {
  await server.close();
  for (const app of apps.values()) await app.remove();
});

for (const found of findBrowsers()) describe(found.name, () => appsIn(found));

type Outcome<Scene extends keyof Scenes> = Awaited<ReturnType<Scenes[Scene]>>;

function appsIn(found: Found): void {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found) return;
    browser = await borrow(found);
    page = await browser.newPage();
  });

  afterAll(async () => {
    if (!('missing' in found)) await browser.close();
  });

  beforeEach((context) => skipIfMissing(found, context));

  describe.each(FRAMEWORKS)('%s', (framework) => {
    it('hydrates what its server has rendered, under StrictMode where there is one, with one connection', async () => {
      const key = `${found.name}-${framework}`;
      const shown = { feeds: [`/numbered?count=3&stay=1&key=${key}`], ask: null };
      const body = (await apps.get(framework)?.page(shown)) ?? '';
      server.page(`/apps/${key}.html`, { contentType: 'text/html; charset=utf-8', body });
      await page.goto(`${server.url}/apps/${key}.html`);
      expect(await page.run<Outcome<'hydrates'>>('app.hydrates()')).toEqual({
        before: '0 messages, connecting',
        after: '3 messages, open',
        isSame: true,
        connections: 1,
        live: 1,
      });
    });

    it(`leaves nothing open after ${MOUNTS} mounts and unmounts`, async () => {
      const { connections, ...left } = await page.run<Outcome<'mounts'>>(`app.mounts(${MOUNTS})`);
      expect(left).toEqual({ live: 0, nodes: 0 });
      // What was unmounted in its own task has made no request.
      expect(connections).toBe(MOUNTS);
    });

    it(`renders at most once in a frame at ${BURST.rate} messages a second`, async () => {
      const code = `app.bursts(${BURST.messages}, ${BURST.rate})`;
      const { text, renders, frames } = await page.run<Outcome<'bursts'>>(code);
      expect(text).toBe(`${BURST.messages} messages, open`);
      expect(renders).toBeGreaterThan(1);
      // StrictMode renders each time twice.
      expect(framework === 'react' ? renders / 2 : renders).toBeLessThanOrEqual(frames + 1);
    });

    it('never shows with another URL what the one before has brought', async () => {
      const { texts, live } = await page.run<Outcome<'follows'>>('app.follows()');
      expect(live).toEqual([0, 1]);
      expect(texts.at(0)).toBe('0 messages, connecting');
      expect(texts.at(-1)).toBe('5 messages, open');
    });

    it('stops the request of a component that goes, and the server sees it', async () => {
      const { text, closedByClient } = await page.run<Outcome<'stops'>>('app.stops()');
      expect(text).toMatch(/^Why: A comet is/);
      expect(closedByClient).toEqual([true]);
    });

    it('complains of nothing', async () => {
      expect(await page.run('app.complaints()')).toEqual([]);
    });
  });
}
