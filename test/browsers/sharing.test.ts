// What sharing among tabs shows to others, and that a page which nobody sees yet stays out of it.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { findBrowsers, launch, type Browser, type Found } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import { EVENT_STREAM, startOwn, type OwnServer } from './own-server.ts';
import type { Standing } from './page/prerendered.ts';

/** A version, and what nobody can read. */
const NAME = /^encke:\d+:[0-9a-f]{32}$/;

/** What a page tells its server of itself. */
interface Report {
  readonly page: string;
  readonly isAhead: boolean;
  readonly loaded?: boolean;
  readonly message?: string;
}

for (const found of findBrowsers()) describe(found.name, () => sharingIn(found));

function sharingIn(found: Found): void {
  const streams = new Set<ServerResponse>();
  const reports: Report[] = [];
  let connections = 0;
  const servers: OwnServer[] = [];
  let browser: Browser;

  beforeAll(async () => {
    if ('missing' in found) return;
    servers.push(await startOwn(answer, 'names'), await startOwn(answer, 'prerendered'));
    browser = await launch(found);
  });
  afterAll(async () => {
    if ('missing' in found) return;
    await browser.close();
    for (const server of servers) server.close();
  });
  beforeEach((context) => {
    skipIfMissing(found, context);
    connections = 0;
  });

  it('the names of locks and channels tell nothing of URL, headers and body', async () => {
    const page = await browser.newPage(servers[0]?.page);
    await page.run('names.share', '/events?token=s3cret');
    const { locks, channels } = await page.run<{ locks: string[]; channels: string[] }>('names.names');
    expect(locks).toEqual([expect.stringMatching(NAME)]);
    expect(channels).toEqual(locks);
    await page.close();
  });

  it('a page that is rendered ahead of time takes the lead from nobody when it is shown', async (context) => {
    const address = servers[1]?.page ?? '';
    const leader = await browser.newPage(`${address}?leader`);
    const reader = await browser.newPage(`${address}?reader`);
    // A second try begins as the first did.
    context.onTestFinished(async () => {
      for (const page of [leader, reader]) await page.close().catch(() => undefined);
    });
    reports.length = 0;
    if (!(await reader.run(`HTMLScriptElement.supports?.('speculationrules') ?? false`))) {
      return context.skip(`${found.name} renders nothing ahead of time.`);
    }
    expect(await leader.run<Standing>('prerendered.standing')).toMatchObject({ leads: true });
    await reader.run('prerendered.prerender', `${address}?next`);
    await expect.poll(() => reports, POLL).toContainEqual({ page: '?next', isAhead: true, loaded: true });
    // Longer than a tab waits for a sign of life of the one that leads.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await reader.run(`void setTimeout(() => location.assign(${JSON.stringify(`${address}?next`)}))`);
    await expect.poll(() => reader.run('location.search').catch(() => ''), POLL).toBe('?next');
    await expect
      .poll(async () => (await reader.run<Standing>('prerendered.standing')).shared, POLL)
      .toEqual(['another tab leads']);
    expect((await reader.run<Standing>('prerendered.standing')).activatedAt).toBeGreaterThan(0);
    for (const stream of streams) stream.write('data: later\n\n');
    await expect
      .poll(() => reports, POLL)
      .toContainEqual({ page: '?next', isAhead: false, message: 'later' });
    // Whoever would take it by force has done so by now.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await leader.run<Standing>('prerendered.standing')).toMatchObject({
      leads: true,
      resyncs: [],
      shared: ['this tab leads'],
    });
    expect(connections).toBe(1);
  });

  function answer(_: IncomingMessage, response: ServerResponse, { pathname, search }: URL): void {
    if (pathname === '/report') {
      reports.push(JSON.parse(decodeURIComponent(search.slice(1))) as Report);
      return void response.writeHead(204).end();
    }
    connections++;
    streams.add(response);
    response.on('close', () => streams.delete(response));
    response.writeHead(200, EVENT_STREAM).write('data: hello\n\n');
  }
}

const POLL = { timeout: 15_000, interval: 50 };
