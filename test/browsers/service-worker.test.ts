// A service worker that passes every request on: streams flow through it, and survive its replacement and its end.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPulses } from '../server/pulses.ts';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { servePage } from './bundle.ts';
import { findBrowsers, launch, type Browser, type Engine, type Found, type Page } from './drivers.ts';
import { areConsecutive, medianOf, seenAfter } from './followed.ts';
import { skipIfMissing } from './missing.ts';

const WORKER = '/service-worker.js';

/** A stream that can be resumed, for as long as a test may take. */
const NUMBERED = '/numbered?rate=20&count=100000';

/**
 * What a stream goes through when the worker that carries it is replaced. Chromium (156) keeps the old one until its
 * streams end, seven minutes at least; Firefox (153) and WebKitGTK (2.50) end it, and its streams.
 */
const BREAKS: Record<Engine, string[]> = {
  chromium: [],
  firefox: ['network'],
  webkit: ['network'],
};

for (const found of findBrowsers()) describe(found.name, () => behindWorker(found));

function behindWorker(found: Found): void {
  const stops: (() => unknown)[] = [];
  let server: ReferenceServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startServer();
    stops.push(() => server.close(), startPulses(server));
    serveWorker('first');
    browser = await launch(found);
    stops.unshift(() => browser.close());
    page = await browser.newPage(await servePage(server, 'proxied'));
    await page.run(beControlled, WORKER);
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  beforeEach((context) => skipIfMissing(found, context));

  it('passes a stream through live', async () => {
    const number = await page.run<number>('proxied.follow', '/events?channel=pulse-10');
    const { ids, ages, transports, errors } = await seenAfter(page, number, 10);
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
    await pass(BREAKS[found.name], number);
  });

  it('is ended by the browser: nothing is lost or doubled', async (context) => {
    if (!browser.stopServiceWorkers) context.skip(`Nothing ends the workers of ${found.name} from outside.`);
    const number = await begin();
    await browser.stopServiceWorkers?.();
    await pass(['network'], number);
  });

  async function begin(): Promise<number> {
    const number = await page.run<number>('proxied.follow', NUMBERED, { retryDelay: 200, share: false });
    await seenAfter(page, number, 10);
    return number;
  }

  /** Waits for what the stream shall go through, and for what comes after. */
  async function pass(breaks: string[], number: number): Promise<void> {
    const errors = async (): Promise<readonly string[]> => (await seenAfter(page, number, 0)).errors;
    await expect.poll(errors, { timeout: 10_000 }).toEqual(breaks);
    const { ids } = await seenAfter(page, number, 0);
    const after = await seenAfter(page, number, ids.length + 20);
    await page.run('proxied.leave', number);
    expect(after.errors).toEqual(breaks);
    expect(after.ids[0]).toBe('1');
    expect(areConsecutive(after.ids)).toBe(true);
  }

  function serveWorker(version: string): void {
    server.page(WORKER, {
      contentType: 'text/javascript; charset=utf-8',
      body: `
        // ${version}
        oninstall = () => skipWaiting();
        onactivate = (event) => event.waitUntil(clients.claim());
        onfetch = (event) => event.respondWith(fetch(event.request));
      `,
    });
  }
}

/** Runs in the page. */
async function beControlled(worker: string): Promise<void> {
  const { serviceWorker } = navigator;
  const controlled = new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve));
  await serviceWorker.register(worker);
  if (!serviceWorker.controller) await controlled;
}

/** Runs in the page. */
async function update(): Promise<void> {
  const registration = await navigator.serviceWorker.ready;
  await registration.update();
}
