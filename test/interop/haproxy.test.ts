// Streams through a real HAProxy: as docs/proxies/haproxy.cfg sets it, and with what makes events late, or cuts.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { servePage } from '../browsers/bundle.ts';
import { findBrowsers, launch, type Page } from '../browsers/drivers.ts';
import { areConsecutive, expectToResume, medianOf, seenAfter } from '../browsers/followed.ts';
import { skipIfMissing } from '../browsers/missing.ts';
import { startPulses } from '../server/pulses.ts';
import { startServer, type ReferenceServer } from '../server/server.ts';
import type { Changes } from './documented.ts';
import { startHaproxy } from './proxies.ts';
import { findProgram, programOrSkip } from './service.ts';

const PULSE = '/events?channel=pulse-10';

/** Milliseconds between two of its events. */
const PULSE_INTERVAL = 100;

/** Milliseconds that an event waits for a next one, where nobody says that it shall not. */
const HELD_BACK = 200;

const COMPRESSED: Changes = {
  'mode http': 'mode http\ncompression algo gzip\ncompression type text/event-stream',
};

const haproxy = findProgram('haproxy', 'apt-get install haproxy');
const chromium = findBrowsers().find(({ name }) => name === 'chromium');

describe('in Chromium', () => {
  const stops: (() => unknown)[] = [];
  let server: ReferenceServer;
  let page: Page;
  let path = '';

  beforeAll(async () => {
    if ('missing' in haproxy || !chromium || 'missing' in chromium) return;
    server = await startServer();
    stops.push(() => server.close(), startPulses(server));
    path = new URL(await servePage(server, 'proxied')).pathname;
    const browser = await launch(chromium);
    stops.unshift(() => browser.close());
    page = await browser.newPage();
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  beforeEach((context) => {
    programOrSkip(haproxy, context);
    if (chromium) skipIfMissing(chromium, context);
  });

  it('passes events on at once', async () => {
    const { ages, ids, transports } = await follow({});
    expect(medianOf(ages)).toBeLessThan(HELD_BACK / 4);
    expect(areConsecutive(ids)).toBe(true);
    expect(transports.map(({ to }) => to)).toEqual(['fetch-stream']);
  });

  it('without `option http-no-delay`: lets each event wait for a while', async () => {
    const { ages, ids } = await follow({ 'option http-no-delay': '' });
    expect(Math.max(...ages)).toBeGreaterThan(HELD_BACK * 0.75);
    expect(areConsecutive(ids)).toBe(true);
  });

  it('with compression: keeps the end of each event until the next one comes', async () => {
    const { ages, ids } = await follow(COMPRESSED);
    expect(medianOf(ages)).toBeGreaterThan(PULSE_INTERVAL * 0.75);
    expect(areConsecutive(ids)).toBe(true);
  });

  it('compresses nothing that says `no-transform`', async () => {
    const origin = await open(COMPRESSED);
    const encodingOf = async (cacheControl: string): Promise<string | null> => {
      const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': cacheControl };
      server.script('cached', [[{ head: { headers } }, { send: 'data: news\n\n' }]]);
      return (await fetch(`${origin}/scripted/cached`)).headers.get('content-encoding');
    };
    expect(await encodingOf('no-cache')).toBe('gzip');
    expect(await encodingOf('no-cache, no-transform')).toBe(null);
  });

  it('keeps a silent stream, whatever `timeout client` says', async () => {
    await open({ 'timeout client 50s': 'timeout client 1s' });
    await expectNewsAfter(2_000, '/events?channel=silent&heartbeat=0', 'silent');
  });

  describe('with a short `timeout server`', () => {
    const SHORT: Changes = { 'timeout server 1h': 'timeout server 1s' };

    it('cuts what is silent for longer: the client resumes, and nothing is lost or doubled', async () => {
      await open(SHORT);
      await expectToResume(page, server);
    });

    it('cuts no stream whose server gives signs of life in time', async () => {
      await open(SHORT);
      await expectNewsAfter(2_000, '/events?channel=quiet&heartbeat=300', 'quiet');
    });

    it('answers a long poll that is held for longer with 504', async () => {
      const origin = await open(SHORT);
      const held = await fetch(`${origin}/events?channel=quiet&transport=long-poll&wait=25&lastEventId=1`);
      expect(held.status).toBe(504);
    });
  });

  /** On one and the same connection. */
  async function expectNewsAfter(milliseconds: number, url: string, channel: string): Promise<void> {
    const number = await page.run<number>('proxied.follow', url);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    server.publish(channel, { data: 'news' });
    expect(await seenAfter(page, number, 1)).toMatchObject({ ids: ['1'], errors: [] });
  }

  async function follow(changes: Changes) {
    await open(changes);
    const number = await page.run<number>('proxied.follow', PULSE);
    return seenAfter(page, number, 10);
  }

  /** Puts HAProxy, with other text in its configuration, before the backend, and opens the page behind it. */
  async function open(changes: Changes): Promise<string> {
    if ('missing' in haproxy) throw new Error(haproxy.missing);
    const { origins, stop } = await startHaproxy(haproxy.path, server.url, changes);
    stops.unshift(stop);
    await page.goto(origins.web + path);
    return origins.web;
  }
});
