// Streams through a real nginx: as it is when nobody has thought of them, and as docs/proxies/nginx.conf sets it.

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { servePage } from '../browsers/bundle.ts';
import {
  findBrowsers,
  launch,
  type Browser,
  type Engine,
  type Found,
  type Page,
} from '../browsers/drivers.ts';
import { areConsecutive, expectToResume, medianOf, seenAfter } from '../browsers/followed.ts';
import { skipIfMissing } from '../browsers/missing.ts';
import { startPulses } from '../server/pulses.ts';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { findNginx, startNginx } from './proxies.ts';
import { programOrSkip } from './service.ts';

const documentation = readFileSync(new URL('../../docs/proxies.md', import.meta.url), 'utf8');

const PULSE = '/events?channel=pulse-10';

/** What a browser makes of a break, by what it speaks to nginx. WebKitGTK (2.50) is told nothing over HTTP/2. */
const toldOfBreaks: Record<Engine, Record<'HTTP/1.1' | 'HTTP/2', string>> = {
  chromium: { 'HTTP/1.1': 'network', 'HTTP/2': 'network' },
  firefox: { 'HTTP/1.1': 'network', 'HTTP/2': 'network' },
  webkit: { 'HTTP/1.1': 'ended', 'HTTP/2': 'nothing' },
};

const nginx = findNginx();
const stops: (() => unknown)[] = [];
let server: ReferenceServer;
let origins: Awaited<ReturnType<typeof startNginx>>['origins'];
let path = ''; // of the page, on any origin

beforeAll(async () => {
  if ('missing' in nginx) return;
  server = await startServer();
  stops.push(() => server.close(), startPulses(server));
  path = new URL(await servePage(server, 'proxied')).pathname;
  const proxy = await startNginx(nginx.path, server.url);
  stops.unshift(proxy.stop);
  ({ origins } = proxy);
});

afterAll(async () => {
  for (const stop of stops) await stop();
});

beforeEach((context) => void programOrSkip(nginx, context));

it('compresses a stream, which holds nothing back', async () => {
  const controller = new AbortController();
  const response = await fetch(origins.labelled + PULSE, {
    headers: { accept: 'text/event-stream', 'accept-encoding': 'gzip' },
    signal: controller.signal,
  });
  expect(response.headers.get('content-encoding')).toBe('gzip');
  controller.abort();
});

for (const found of findBrowsers()) describe(found.name, () => behindNginx(found));

function behindNginx(found: Found): void {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found || 'missing' in nginx) return;
    browser = await launch(found, { acceptInsecureCerts: true });
    page = await browser.newPage();
  });
  // One after another, not all at the end: three browsers at once would be slow.
  afterAll(async () => {
    if (!('missing' in found || 'missing' in nginx)) await browser.close();
  });
  beforeEach((context) => skipIfMissing(found, context));

  it('as it is: holds a stream; a long poll beside it delivers within seconds, and the fix is named', async () => {
    const seen = await follow(origins.untouched, PULSE, 10);
    expect(seen.at[0]).toBeLessThan(10_000);
    expect(areConsecutive(seen.ids)).toBe(true);
    expect(medianOf(seen.ages)).toBeLessThan(250);
    expect(seen.errors).toEqual([]);
    expect(seen.transports).toHaveLength(2);
    const { from, to, evidence, reason, fix } = seen.transports[1] ?? {};
    expect({ from, to, evidence }).toEqual({ from: 'fetch-stream', to: 'long-poll', evidence: 'held' });
    expect(fix).toContain('X-Accel-Buffering: no');
    expect(documentation).toContain(`${from} > ${to} (${evidence}): ${reason}. ${fix}`);
  });

  it('tells a break as an end where it speaks HTTP/1.0 to the application, as a break with HTTP/1.1', async () => {
    expect(await outcome(origins.untouched)).toBe('ended');
    expect(await outcome(origins.labelled)).toBe(toldOfBreaks[found.name]['HTTP/1.1']);
    expect(await outcome(origins.http2)).toBe(toldOfBreaks[found.name]['HTTP/2']);
  });

  it('with HTTP/2: carries twelve streams of one page at once, where HTTP/1.1 carries six and nothing else', async () => {
    expect(await crowd(origins.http2)).toEqual({ protocol: 'h2', flowing: 12, answersMore: true });
    expect(await crowd(origins.labelled)).toEqual({ protocol: 'http/1.1', flowing: 6, answersMore: false });
  });

  // What follows is the same for every browser.
  if (found.name !== 'chromium') return;

  it('with `X-Accel-Buffering: no` from the application: streams live', async () => {
    const seen = await follow(origins.labelled, '/numbered?rate=10&count=1000', 10);
    // Ten messages in a second, and not in one piece.
    expect(Number(seen.at[9]) - Number(seen.at[0])).toBeGreaterThan(600);
    expectLive(seen);
  });

  it('with `proxy_buffering off`: streams live', async () => {
    const seen = await follow(origins.unlabelled, PULSE, 10);
    expect(medianOf(seen.ages)).toBeLessThan(50);
    expectLive(seen);
  });

  it('cuts what is silent for too long: the client resumes, and nothing is lost or doubled', async () => {
    await page.goto(origins.unlabelled + path);
    await expectToResume(page, server);
  });

  async function follow(origin: string, url: string, count: number) {
    await page.goto(origin + path);
    const number = await page.run<number>('proxied.follow', url);
    return seenAfter(page, number, count);
  }

  /** Of a request whose response breaks off. */
  async function outcome(origin: string): Promise<string> {
    await page.goto(origin + path);
    return page.run<string>('proxied.ask', '/numbered?count=100&rate=1000&drop=2000', 1_000);
  }

  /** Twelve subscriptions, each with a connection of its own: how many flow, and whether anything else is answered. */
  async function crowd(origin: string): Promise<object> {
    await page.goto(origin + path);
    const all = await page.run<number[]>(twelve, '/events?channel=pulse-100');
    await seenAfter(page, all[0] ?? NaN, 60);
    const answersMore = await page.run(isAnswered, '/requests?key=none');
    const counts = await Promise.all(all.map(async (each) => (await seenAfter(page, each, 0)).ids.length));
    // A page that keeps six connections to its origin busy cannot be left for another page of it.
    for (const each of all) await page.run('proxied.leave', each);
    return {
      protocol: await page.run(protocol),
      flowing: counts.filter((count) => count > 5).length,
      answersMore,
    };
  }
}

function expectLive({ at, ids, transports, errors }: Awaited<ReturnType<typeof seenAfter>>): void {
  expect(at[0]).toBeLessThan(2_000);
  expect(areConsecutive(ids)).toBe(true);
  expect(transports.map(({ to }) => to)).toEqual(['fetch-stream']);
  expect(errors).toEqual([]);
}

/** Runs in the page. */
function twelve(url: string): number[] {
  const { follow } = (window as unknown as { proxied: { follow(url: string, options: object): number } })
    .proxied;
  return Array.from({ length: 12 }, () => follow(url, { share: false }));
}

/** Runs in the page. */
function isAnswered(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(500) }).then(
    () => true,
    () => false,
  );
}

/** Runs in the page: by which protocol it came. */
function protocol(): string | undefined {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return entry?.nextHopProtocol;
}
