// What comes at the beginning of a connection, and to whom.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import { EVENT_STREAM, startOwn, type OwnServer } from './own-server.ts';
import type { Told } from './page/subscribers.ts';

const SNAPSHOT = 'event: snapshot\ndata: all\n\n';
const PLAIN = 'data: all\n\n';

for (const found of findBrowsers()) describe(found.name, () => beginningsIn(found));

function beginningsIn(found: Found): void {
  const asked: string[] = [];
  let server: OwnServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startOwn(answer, 'subscribers');
    browser = await borrow(found);
    page = await browser.newPage();
  });
  afterAll(async () => {
    if ('missing' in found) return;
    await browser.close();
    server.close();
  });
  beforeEach(async (context) => {
    skipIfMissing(found, context);
    asked.length = 0;
    await page.goto(server.page);
  });

  it('each of two subscriptions gets the state that the server sends at the beginning', async () => {
    await follow('one', '/state');
    await untilTold('one', 'snapshot|all|');
    await follow('two', '/state');
    await untilTold('two', 'snapshot|all|');
    expect((await told('one')).messages).toEqual(['snapshot|all|']);
    expect(asked).toEqual(['/state', '/state']);
  });

  it('two that start together use one connection', async () => {
    await page.run(`subscribers.follow('one', '/state'), subscribers.follow('two', '/state')`);
    await untilTold('one', 'snapshot|all|');
    await untilTold('two', 'snapshot|all|');
    expect(asked).toEqual(['/state']);
  });

  it('who joins the connection of its page gets what comes from then on', async () => {
    await follow('one', '/state', { share: 'page' });
    await untilTold('one', 'snapshot|all|');
    await follow('two', '/state', { share: 'page' });
    await untilOpen('two');
    release();
    await untilTold('two', 'message|later|');
    expect((await told('one')).messages).toEqual(['snapshot|all|', 'message|later|']);
    expect((await told('two')).messages).toEqual(['message|later|']);
    expect(asked).toEqual(['/state']);
  });

  it.each(['fetch-stream', 'xhr-stream'])(
    '%s tells status, headers and the URL that answered',
    async (carrier) => {
      await follow('one', '/moved', {}, carrier);
      await untilTold('one', 'snapshot|all|');
      const { heads, states } = await told('one');
      expect(heads).toEqual([`203 ${server.url}/answered?by=redirect given`]);
      expect(states).toEqual(['open']);
    },
  );

  it('event-source tells what a page is shown of it', async () => {
    await follow('one', '/plain', {}, 'event-source');
    await untilTold('one', 'message|all|');
    expect((await told('one')).heads).toEqual([`200 ${server.url}/plain no header`]);
  });

  it.each(['fetch-stream', 'xhr-stream', 'event-source'])(
    '%s is open with the head, where the engine does not wait for the first byte',
    async (carrier) => {
      await follow('one', '/headed', {}, carrier);
      await expect.poll(() => open.size, { timeout: 15_000, interval: 30 }).toBe(1);
      if (found.name === 'firefox' || carrier === 'xhr-stream') {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        expect((await told('one')).states).toEqual([]);
        release();
      }
      await untilOpen('one');
    },
  );

  function follow(name: string, path: string, options: object = {}, carrier?: string): Promise<void> {
    return page.run('subscribers.follow', name, path, options, carrier);
  }

  function told(name: string): Promise<Told> {
    return page.run<Told>('subscribers.told', name);
  }

  async function untilTold(name: string, message: string): Promise<void> {
    const messages = async (): Promise<readonly string[]> => (await told(name)).messages;
    await expect.poll(messages, { timeout: 15_000, interval: 30 }).toContain(message);
  }

  async function untilOpen(name: string): Promise<void> {
    const states = async (): Promise<readonly string[]> => (await told(name)).states;
    await expect.poll(states, { timeout: 15_000, interval: 30 }).toContain('open');
  }

  function answer(_: IncomingMessage, response: ServerResponse, { pathname }: URL): void {
    asked.push(pathname);
    if (pathname === '/moved') {
      return void response.writeHead(302, { location: '/answered?by=redirect' }).end();
    }
    open.add(response);
    response.on('close', () => open.delete(response));
    // 203 is a success like any other.
    if (pathname === '/answered') response.writeHead(203, { ...EVENT_STREAM, 'x-answer': 'given' });
    else response.writeHead(200, EVENT_STREAM);
    if (pathname === '/headed') return response.flushHeaders();
    response.write(pathname === '/plain' ? PLAIN : SNAPSHOT);
  }
}

/** Streams that the servers of this file have open. */
const open = new Set<ServerResponse>();

function release(): void {
  for (const response of open) response.write('data: later\n\n');
}
