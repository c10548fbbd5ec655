// A service worker between page and server: it passes streams on, or leaves them alone; it is replaced, and ended.

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPulses } from '../server/pulses.ts';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { servePage } from './bundle.ts';
import { findBrowsers, launch, type Browser, type Engine, type Found, type Page } from './drivers.ts';
import { areConsecutive, medianOf, seenAfter } from './followed.ts';
import { skipIfMissing } from './missing.ts';

const PATH = '/service-worker.js';

/** A stream that can be resumed, for as long as a test may take. */
const NUMBERED = '/numbered?rate=100&count=100000';

interface Worker {
  readonly what: string;
  readonly script: string;
  /** The errors of a stream when the worker is replaced. */
  readonly whenReplaced: Readonly<Record<Engine, readonly string[]>>;
  /** The same when the worker is ended. */
  readonly whenEnded: readonly string[];
}

const WORKERS: readonly Worker[] = [
  {
    what: 'that passes streams on',
    script: 'onfetch = (event) => event.respondWith(fetch(event.request));',
    // Chromium (156) keeps the old worker until its streams end, seven minutes at least. Firefox (153) and
    // WebKitGTK (2.50) end it, and its streams.
    whenReplaced: { chromium: [], firefox: ['network'], webkit: ['network'] },
    whenEnded: ['network'],
  },
  {
    what: 'that leaves streams alone, as docs/proxies has it',
    script: readFileSync(new URL('../../docs/proxies/service-worker.js', import.meta.url), 'utf8'),
    whenReplaced: { chromium: [], firefox: [], webkit: [] },
    whenEnded: [],
  },
];

for (const found of findBrowsers()) {
  describe(found.name, () => {
    let browser: Browser | undefined;

    beforeAll(async () => {
      if (!('missing' in found)) browser = await launch(found);
    });
    afterAll(() => browser?.close());
    beforeEach((context) => skipIfMissing(found, context));

    describe.each(WORKERS)('a worker $what', (worker) => behind(worker, found, () => browser));
  });
}

function behind(worker: Worker, found: Found, launched: () => Browser | undefined): void {
  let server: ReferenceServer;
  let page: Page;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    const browser = launched();
    if (!browser) return;
    // A server of its own is an origin of its own, without workers.
    server = await startServer();
    const stopPulses = startPulses(server);
    serveWorker('first');
    page = await browser.newPage(await servePage(server, 'proxied'));
    await page.run(beControlled, PATH);
    stop = async () => {
      stopPulses();
      await page.close();
      await server.close();
    };
  });
  afterAll(() => stop());

  it('is no hindrance: events come at once', async () => {
    const number = await page.run<number>('proxied.follow', '/events?channel=pulse-100');
    const { ids, ages, transports, errors } = await seenAfter(page, number, 50);
    await page.run('proxied.leave', number);
    expect(medianOf(ages)).toBeLessThan(100);
    expect(areConsecutive(ids)).toBe(true);
    expect(transports.map(({ to }) => to)).toEqual(['fetch-stream']);
    expect(errors).toEqual([]);
  });

  it('is replaced: nothing is lost or doubled', async () => {
    const number = await begin();
    serveWorker('second');
    await page.run(update);
    await pass(worker.whenReplaced[found.name], number);
  });

  it('is ended by the browser: nothing is lost or doubled', async (context) => {
    const end = launched()?.stopServiceWorkers;
    if (!end) return context.skip(`No driver can end a service worker of ${found.name}.`);
    const number = await begin();
    await end();
    await pass(worker.whenEnded, number);
  });

  async function begin(): Promise<number> {
    const number = await page.run<number>('proxied.follow', NUMBERED, { retryDelay: 200, share: false });
    await seenAfter(page, number, 10);
    return number;
  }

  /** Waits for what the stream shall go through, and for what comes after. */
  async function pass(expected: readonly string[], number: number): Promise<void> {
    const errors = async (): Promise<readonly string[]> => (await seenAfter(page, number, 0)).errors;
    await expect.poll(errors, { timeout: 10_000 }).toEqual(expected);
    const { ids } = await seenAfter(page, number, 0);
    const after = await seenAfter(page, number, ids.length + 20);
    await page.run('proxied.leave', number);
    expect(after.errors).toEqual(expected);
    expect(after.ids[0]).toBe('1');
    expect(areConsecutive(after.ids)).toBe(true);
  }

  function serveWorker(version: string): void {
    const takeOver = `
      oninstall = () => skipWaiting();
      onactivate = (event) => event.waitUntil(clients.claim());
    `;
    const body = `// ${version}\n${takeOver}${worker.script}`;
    server.page(PATH, { contentType: 'text/javascript; charset=utf-8', body });
  }
}

/** Runs in the page. */
async function beControlled(path: string): Promise<void> {
  const { serviceWorker } = navigator;
  const controlled = new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve));
  await serviceWorker.register(path);
  if (!serviceWorker.controller) await controlled;
}

/** Runs in the page. */
async function update(): Promise<void> {
  const registration = await navigator.serviceWorker.ready;
  await registration.update();
}
