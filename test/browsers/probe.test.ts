// The probe in real pages: what browsers keep from scripts, and what they tell.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ProbeOptions } from '../../src/probe/probe-request.ts';
import type { ProbeReport } from '../../src/probe/report.ts';
import { adversaryForTest } from '../server/adversary-for-test.ts';
import { hold, killAfter } from '../server/adversary.ts';
import { readAsset } from '../server/static-files.ts';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { bundle } from './bundle.ts';
import { findBrowsers, launch, type Browser } from './drivers.ts';
import { skipIfMissing } from './missing.ts';

/** Long enough for a loopback, in milliseconds. */
const DURATION = 1_500;
const PAGE = '<!doctype html><meta charset="utf-8"><title>probe</title><script src="/probe.js"></script>';
const ONLY_SELF = { 'Content-Security-Policy': "connect-src 'self'" };

/** Hands streams on as they come, or collects them first. */
const SERVICE_WORKER = `
  addEventListener('install', () => skipWaiting());
  addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  addEventListener('fetch', (event) => {
    const { pathname, searchParams } = new URL(event.request.url);
    if (pathname !== '/events') return;
    event.respondWith(fetch(event.request).then(async (response) =>
      searchParams.has('collect') ? new Response(await response.text(), response) : response));
  });
`;

let server: ReferenceServer;

beforeAll(async () => {
  server = await startServer({ secondPort: 0 });
  const html = 'text/html; charset=utf-8';
  const javascript = 'text/javascript; charset=utf-8';
  server.page('/probe.js', { contentType: javascript, body: await library() });
  server.page('/probe.html', { contentType: html, body: PAGE });
  server.page('/policy.html', { contentType: html, body: PAGE, headers: ONLY_SELF });
  server.page('/worker.js', { contentType: javascript, body: SERVICE_WORKER });
});
afterAll(() => server.close());

/** What ships, once it has been built. */
async function library(): Promise<string> {
  const unbuilt = process.env['ENCKE_SOURCE'] !== undefined;
  const asset = unbuilt ? undefined : await readAsset('/dist/probe.min.js');
  return asset ? String(Buffer.from(asset.body)) : bundle('src/probe/probe.ts', 'encke');
}

for (const found of findBrowsers()) {
  describe(found.name, () => {
    let browser: Browser | undefined;

    beforeAll(async () => {
      if (!('missing' in found)) browser = await launch(found);
    });
    afterAll(() => browser?.close());

    /** Probes a URL, which may be relative, in a page of its own. */
    async function probeIn(page: string, url: string, options: ProbeOptions = {}): Promise<ProbeReport> {
      if (!browser) throw new Error('There is no browser.');
      const opened = await browser.newPage(new URL(page, server.url).href);
      try {
        return await opened.run<ProbeReport>(runProbe, url, { duration: DURATION, ...options });
      } finally {
        await opened.close();
      }
    }

    it('tells a stream that is live, and by which protocol', async (context) => {
      skipIfMissing(found, context);
      const timer = setInterval(() => server.publish('live', { data: 1 }), 200);
      onTestFinished(() => clearInterval(timer));
      const report = await probeIn('/probe.html', '/events?channel=live&heartbeat=150');
      expect(report).toMatchObject({
        verdict: 'live',
        buffered: { answer: 'no' },
        protocol: 'http/1.1',
        serviceWorker: 'none',
        crossOrigin: false,
        advice: [],
      });
      expect(report.said.messages).toBeGreaterThan(3);
      expect(report.heartbeat).toBeGreaterThan(100);
      await expect.poll(() => server.live, { timeout: 20_000 }).toBe(0);
    });

    it('tells a stream that is held', async (context) => {
      skipIfMissing(found, context);
      const { url } = await adversaryForTest({ target: server.url, misbehaviour: hold() });
      const report = await probeIn(`${url}/probe.html`, '/events?channel=held');
      expect(report).toMatchObject({ verdict: 'held', buffered: { answer: 'yes' } });
      expect(report.beside?.said.messages).toBe(1);
    });

    it('tells a stream that is cut', async (context) => {
      skipIfMissing(found, context);
      const { url } = await adversaryForTest({ target: server.url });
      const adversary = await adversaryForTest({ target: server.url, misbehaviour: killAfter(400, 'reset') });
      const report = await probeIn(`${url}/probe.html`, `${adversary.url}/events?channel=cut`);
      expect(report).toMatchObject({ verdict: 'cut', crossOrigin: true });
    });

    it('reads across origins what the server permits', async (context) => {
      skipIfMissing(found, context);
      const report = await probeIn('/probe.html', `${server.secondUrl ?? ''}/events?channel=other`);
      expect(report).toMatchObject({ verdict: 'live', crossOrigin: true });
      expect(report.text).toContain('others may be hidden from another origin');
    });

    it('tells that it permits nothing', async (context) => {
      skipIfMissing(found, context);
      const report = await probeIn('/probe.html', `${server.secondUrl ?? ''}/events?cors=off`);
      expect(report).toMatchObject({ verdict: 'blocked', obstacle: 'cors' });
      expect(report.advice[0]).toContain(`Access-Control-Allow-Origin: ${server.url}`);
    });

    it('tells that it permits the page, but not its headers', async (context) => {
      skipIfMissing(found, context);
      const url = await serveWithoutPreflight();
      expect(await probeIn('/probe.html', url, { headers: { 'X-Token': '7' } })).toMatchObject({
        verdict: 'blocked',
        obstacle: 'preflight',
      });
      expect(await probeIn('/probe.html', url)).toMatchObject({ verdict: 'live' });
    });

    it('tells that the page’s own policy forbids it', async (context) => {
      skipIfMissing(found, context);
      const report = await probeIn('/policy.html', `${server.secondUrl ?? ''}/events`);
      expect(report).toMatchObject({ verdict: 'blocked', obstacle: 'content-security-policy' });
    });

    it('tells a redirect to a login elsewhere, and one here', async (context) => {
      skipIfMissing(found, context);
      const elsewhere = encodeURIComponent(`${server.secondUrl ?? ''}/html?cors=off`);
      expect(await probeIn('/probe.html', `/redirect?to=${elsewhere}`)).toMatchObject({
        verdict: 'blocked',
        obstacle: 'redirect',
      });
      expect(await probeIn('/probe.html', '/redirect?to=/html')).toMatchObject({
        verdict: 'page',
        head: { redirected: true, url: `${server.url}/html` },
      });
    });

    it('tells that nobody answers', async (context) => {
      skipIfMissing(found, context);
      const adversary = await adversaryForTest({ target: server.url });
      await adversary.goDown();
      expect(await probeIn('/probe.html', `${adversary.url}/events`)).toMatchObject({
        verdict: 'unreachable',
        obstacle: 'no-connection',
      });
    });

    it('tells that the connections to the host are taken', async (context) => {
      skipIfMissing(found, context);
      if (!browser) return;
      const page = await browser.newPage(`${server.url}/probe.html`);
      const report = await page.run<ProbeReport>(runWithoutConnections, '/events?channel=seventh', DURATION);
      await page.close();
      expect(report).toMatchObject({ verdict: 'silent', ending: 'none', root: { ending: 'none' } });
      expect(report.advice[0]).toContain('six connections');
    });

    it('works in a worker', async (context) => {
      skipIfMissing(found, context);
      if (!browser) return;
      const page = await browser.newPage(`${server.url}/probe.html`);
      const report = await page.run<ProbeReport>(runInWorker, DURATION);
      expect(report).toMatchObject({ verdict: 'live', url: `${server.url}/events?channel=worker` });
      await page.close();
    });

    it('sees a service worker in the way', async (context) => {
      skipIfMissing(found, context);
      if (!browser) return;
      const page = await browser.newPage(`${server.url}/probe.html`);
      await page.run(installServiceWorker);
      const passed = await page.run<ProbeReport>(runProbe, '/events?channel=passed', { duration: DURATION });
      const collected = await page.run<ProbeReport>(runProbe, '/events?channel=got&collect', {
        duration: DURATION,
      });
      await page.run(removeServiceWorkers);
      await page.close();
      expect(passed.verdict).toBe('live');
      // WebKitGTK notes nothing about a request that was aborted.
      expect(passed.serviceWorker).toBe(found.name === 'webkit' ? 'present' : 'handled');
      expect(['silent', 'held']).toContain(collected.verdict);
      expect(collected.advice).toContainEqual(expect.stringContaining('A service worker is in the way'));
    });
  });
}

/** Permits every page to read, but no headers of its own. Gives its address. */
async function serveWithoutPreflight(): Promise<string> {
  const strict = createServer(({ method }, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.writeHead(method === 'OPTIONS' ? 405 : 200, { 'Content-Type': 'text/event-stream' });
    if (method === 'GET') response.write(':\n\n');
    else response.end();
  });
  await new Promise<void>((resolve) => strict.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    strict.closeAllConnections();
    strict.close();
  });
  return `http://127.0.0.1:${(strict.address() as AddressInfo).port}/`;
}

// These run in the page.

declare const encke: { probe(url: string, options: ProbeOptions): Promise<ProbeReport> };

async function runProbe(url: string, options: ProbeOptions): Promise<ProbeReport> {
  return encke.probe(url, options);
}

/** Six streams are open already. */
async function runWithoutConnections(url: string, duration: number): Promise<ProbeReport> {
  const controller = new AbortController();
  const open = async (number: number): Promise<void> => {
    const { body } = await fetch(`/events?channel=taken-${number}`, { signal: controller.signal });
    await body?.getReader().read();
  };
  await Promise.all([1, 2, 3, 4, 5, 6].map(open));
  const report = await encke.probe(url, { duration });
  controller.abort();
  return report;
}

function runInWorker(duration: number): Promise<unknown> {
  const code = `
    importScripts('${location.origin}/probe.js');
    encke.probe('${location.origin}/events?channel=worker', { duration: ${duration} }).then(postMessage);
  `;
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      reject(new Error(message));
    };
  });
}

async function installServiceWorker(): Promise<void> {
  const controlled = new Promise((resolve) => {
    navigator.serviceWorker.addEventListener('controllerchange', resolve);
  });
  await navigator.serviceWorker.register('/worker.js');
  await controlled;
}

async function removeServiceWorkers(): Promise<void> {
  for (const registration of await navigator.serviceWorker.getRegistrations())
    await registration.unregister();
}
