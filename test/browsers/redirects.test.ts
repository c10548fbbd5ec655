// A URL of the page's origin that redirects to another origin, which answers simple requests and no preflight.

import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import { cut, EVENT_STREAM, startOwn, type OwnServer } from './own-server.ts';
import type { Told } from './page/subscribers.ts';

const CARRIERS = ['fetch-stream', 'xhr-stream', 'event-source', 'long-poll', 'poll'];

/** Those that put the id into a header where they may. */
const BY_HEADER = ['fetch-stream', 'xhr-stream', 'long-poll', 'poll'];

const OPTIONS = { retryDelay: 50, maxRetryDelay: 200, pollInterval: 1_000, share: false } as const;

/** Milliseconds; bytes just before a cut may be lost with it. */
const BEFORE_CUT = 150;

/** What the far server knows of those who ask under one name. */
interface Far {
  /** Ids asked after; `none` without one. */
  readonly cursors: string[];
  preflights: number;
  /** The newest message; its id and its data. */
  newest: number;
}

for (const found of findBrowsers()) describe(found.name, () => redirectsIn(found));

function redirectsIn(found: Found): void {
  const known = new Map<string, Far>();
  let near: OwnServer;
  let far: OwnServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found) return;
    far = await startOwn((request, response, url) => {
      const by = farOf(url.searchParams.get('by') ?? '');
      if (request.method === 'OPTIONS') {
        by.preflights++;
        return void response.writeHead(405).end();
      }
      const id = url.searchParams.get('lastEventId');
      by.cursors.push(id ?? 'none');
      response.setHeader('access-control-allow-origin', '*');
      const isStream = !url.searchParams.has('transport');
      const isLast = by.cursors.length > 2;
      answer(response, isStream, Number(id ?? 0), by.newest);
      // Two answers are cut, and there is more after each.
      if (!isLast) by.newest += 2;
      if (isStream && !isLast) setTimeout(cut, BEFORE_CUT, response);
    });
    near = await startOwn((_, response, { pathname, search }) => {
      if (pathname !== '/events')
        return void response.setHeader('content-type', 'text/html').end('elsewhere');
      response.writeHead(307, { location: `${far.url}/stream${search}`, 'cache-control': 'no-store' }).end();
    }, 'subscribers');
    browser = await borrow(found);
    page = await browser.newPage();
  });
  afterAll(async () => {
    if ('missing' in found) return;
    await browser.close();
    near.close();
    far.close();
  });
  beforeEach(async (context) => {
    skipIfMissing(found, context);
    known.clear();
    await page.goto(near.page);
  });

  it('is asked by query after a cut, and nothing is lost or doubled', async () => {
    await followAll();
    await untilNewest('6');
    for (const carrier of CARRIERS) {
      const { messages, errors } = await toldOf(carrier);
      expect(messages, carrier).toEqual(['1', '2', '3', '4', '5', '6'].map(worded));
      // Not every carrier, or engine, tells a cut from an end.
      expect(
        errors.filter((code) => code !== 'network'),
        carrier,
      ).toEqual([]);
      expect(farOf(carrier).cursors.slice(0, 3), carrier).toEqual(['none', '2', '4']);
      expect(farOf(carrier).preflights, carrier).toBe(0);
    }
  });

  it('is found out where the first request has an id', async () => {
    for (const carrier of CARRIERS) farOf(carrier).newest = 42;
    await followAll({ lastEventId: '40' });
    await untilNewest('46');
    for (const carrier of CARRIERS) {
      const { messages } = await toldOf(carrier);
      expect(messages, carrier).toEqual(['41', '42', '43', '44', '45', '46'].map(worded));
      expectOneGuess(carrier, ['40', '42', '44']);
    }
  });

  it('goes on at the id when the page is loaded anew', async () => {
    await followAll({ resume: 'session' });
    await untilNewest('6');
    await page.goto(`${near.url}/elsewhere`);
    for (const carrier of CARRIERS) {
      const { newest } = farOf(carrier);
      known.set(carrier, { cursors: ['before', 'before'], preflights: 0, newest: newest + 2 });
    }
    await page.goto(near.page);
    await followAll({ resume: 'session' });
    await untilNewest('8');
    for (const carrier of CARRIERS) {
      expect((await toldOf(carrier)).messages, carrier).toEqual(['7', '8'].map(worded));
      expectOneGuess(carrier, ['before', 'before', '6']);
    }
  });

  async function followAll(options: object = {}): Promise<void> {
    for (const carrier of CARRIERS) {
      await page.run(
        'subscribers.follow',
        carrier,
        `/events?by=${carrier}`,
        { ...OPTIONS, ...options },
        carrier,
      );
    }
  }

  function toldOf(carrier: string): Promise<Told> {
    return page.run<Told>('subscribers.told', carrier);
  }

  async function untilNewest(id: string): Promise<void> {
    const newest = async (): Promise<(string | undefined)[]> =>
      Object.values(await page.run<Record<string, Told>>('subscribers.toldAll')).map(({ messages }) =>
        messages.at(-1),
      );
    await expect.poll(newest, { timeout: 30_000, interval: 50 }).toEqual(CARRIERS.map(() => worded(id)));
  }

  /** An id that comes from elsewhere goes into the header once, which only tells that it may not. */
  function expectOneGuess(carrier: string, cursors: string[]): void {
    const { cursors: seen, preflights } = farOf(carrier);
    expect(seen.slice(0, 3), carrier).toEqual(cursors);
    expect(preflights, carrier).toBe(BY_HEADER.includes(carrier) ? 1 : 0);
  }

  function farOf(name: string): Far {
    const far = known.get(name) ?? { cursors: [], preflights: 0, newest: 2 };
    known.set(name, far);
    return far;
  }
}

function answer(response: ServerResponse, isStream: boolean, after: number, newest: number): void {
  const ids = Array.from({ length: Math.max(0, newest - after) }, (_, index) => String(after + 1 + index));
  if (isStream) {
    response.writeHead(200, EVENT_STREAM);
    response.write(ids.map((id) => `retry: 20\nid: ${id}\ndata: ${id}\n\n`).join('') || ':\n\n');
  } else {
    // An `ETag` that is sent back by header would cost a preflight, too.
    response.writeHead(200, { 'content-type': 'application/json', etag: `"${String(newest)}"` });
    response.end(JSON.stringify(ids.map((id) => ({ id, data: id }))));
  }
}

function worded(id: string): string {
  return `message|${id}|${id}`;
}
