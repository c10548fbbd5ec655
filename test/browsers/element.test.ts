// The tag `<encke-stream>` of the file that ships, in pages without a line of code, in every real browser.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import { html } from '../server/page-commands.ts';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { borrow, findBrowsers, launch, type Browser, type Engine, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';

const SCRIPT = '<script src="/dist/encke.min.js"></script>';
const NEWS = '<p id="news"></p>';
const STRICT = "default-src 'self'; require-trusted-types-for 'script'; trusted-types encke";

const POLL = { timeout: 10_000, interval: 20 };

/** Why a page that has a connection open is not kept for the way back. */
const NOT_CACHED: Partial<Record<Engine, string>> = {
  firefox: 'Firefox (153) looks for requests under way before it tells of pagehide: too late to end them.',
};

for (const found of findBrowsers()) describe(found.name, () => tagsIn(found));

function tagsIn(found: Found): void {
  let server: ReferenceServer;
  let browser: Browser;
  let page: Page;
  let key = '';

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startServer();
    browser = await borrow(found);
    page = await browser.newPage(`${server.url}/html`);
  });
  afterAll(async () => {
    if ('missing' in found) return;
    await browser.close();
    await server.close();
  });
  beforeEach((context) => {
    skipIfMissing(found, context);
    key = randomUUID();
  });

  it('connects, applies commands and shows its state', async () => {
    await open(SCRIPT + NEWS + tag());
    await isOpen();
    publish('<b>back</b>');
    await shows('<b>back</b>');
  });

  it('that stood in the page before the script connects when it is there', async () => {
    await open(NEWS + tag() + SCRIPT);
    await isOpen();
    publish('late');
    await shows('late');
  });

  it('keeps commands until the page is parsed, since their targets may stand below', async () => {
    const seconds = 0.6;
    server.script(`${key}-slow`, [
      [
        { wait: seconds * 1000 },
        { head: { headers: { 'content-type': 'text/javascript' } } },
        { send: 'document.title = document.querySelector("encke-stream").getAttribute("state")' },
      ],
    ]);
    server.script(key, [[{ send: `data: ${JSON.stringify(html('#news', 'in time'))}\n\n` }, { hang: true }]]);
    const slow = `<script src="/scripted/${key}-slow"></script>`;
    await open(`${SCRIPT}<encke-stream src="/scripted/${key}"></encke-stream>${slow}${NEWS}`);
    await shows('in time');
    expect(await page.run('document.title')).toBe('open');
  });

  it('keeps its connection where it is moved, and where its region is written anew', async (context) => {
    await open(`${SCRIPT}${NEWS}<main>${tag()}</main><footer></footer>`);
    await isOpen();
    await page.run(`document.querySelector('footer').append(document.querySelector('encke-stream'))`);
    await page.run(`document.querySelector('main').append(document.querySelector('encke-stream'))`);
    server.publish(key, { data: html('main', `<section>${tag()}${tag()}</section>`) });
    await expect.poll(() => page.run('document.querySelectorAll("section > *").length'), POLL).toBe(2);
    await isOpen();
    publish('still there');
    await shows('still there');
    expect(await requests()).toBe(1);
    const canMove = await page.run<boolean>('"moveBefore" in Element.prototype');
    if (!canMove) return noteMissing(context, 'Element.moveBefore');
    await page.run(
      `document.querySelector('footer').moveBefore(document.querySelector('encke-stream'), null)`,
    );
    publish('moved');
    await shows('moved');
    expect(await requests()).toBe(1);
  });

  it('closes its connection when it is removed, and opens one when it is made', async () => {
    await open(SCRIPT + NEWS + tag());
    await isOpen();
    await page.run(`document.querySelector('encke-stream').remove()`);
    await expect.poll(live, POLL).toBe(0);
    await page.run((src: string) => {
      const element = document.createElement('encke-stream');
      document.body.append(element);
      element.setAttribute('src', src);
    }, source());
    await isOpen();
    publish('made');
    await shows('made');
    expect(await requests()).toBe(2);
  });

  it('works under the strictest policy, runs no script and signs what it inserts', async () => {
    server.page(`/${key}-strict.html`, {
      contentType: 'text/html; charset=utf-8',
      headers: { 'Content-Security-Policy': STRICT },
      body: `<!DOCTYPE html><title>strict</title>${SCRIPT}${NEWS}${tag()}`,
    });
    await open(`<iframe src="/${key}-strict.html"></iframe>`);
    const inFrame = `document.querySelector('iframe').contentDocument`;
    const state = (): Promise<unknown> =>
      page.run(`${inFrame}.querySelector('encke-stream')?.getAttribute('state')`);
    await expect.poll(state, POLL).toBe('open');
    await page.run((name: string) => {
      const frame = document.querySelector('iframe');
      frame?.contentDocument?.addEventListener('encke-error', (event) => {
        event.preventDefault();
        document.title = `${name} ${(event as CustomEvent<{ code: string }>).detail.code}`;
      });
    }, key);
    server.publish(key, { data: [{ type: 'script', script: 'top.ran = true' }] });
    publish('<i>signed</i>');
    const news = (): Promise<unknown> => page.run(`${inFrame}.querySelector('#news').innerHTML`);
    await expect.poll(news, POLL).toBe('<i>signed</i>');
    expect(await page.run('[document.title, window.ran ?? null]')).toEqual([`${key} refused`, null]);
  });

  it('asks no other origin, unless the tag of the script names it', async () => {
    const other = server.url.replace('127.0.0.1', 'localhost');
    const foreign = `<encke-stream src="${other}${source()}"></encke-stream>`;
    await open(SCRIPT + NEWS + foreign);
    publish('unheard');
    await expect
      .poll(() => page.run('document.querySelector("encke-stream").connection ?? "none"'), POLL)
      .toBe('none');
    expect(await requests()).toBe(0);
    await open(SCRIPT.replace('<script', `<script data-origins="${other}"`) + NEWS + foreign);
    await isOpen();
    publish('heard');
    await shows('heard');
  });

  it('leaves room in the back/forward cache, and goes on where the page comes back', async (context) => {
    const reason = NOT_CACHED[found.name];
    if (reason !== undefined) return context.skip(reason);
    if ('missing' in found) return;
    // Not a borrowed one: pages of a browser context of their own are not kept.
    const own = await launch(found);
    try {
      page = await own.newPage();
      await open(SCRIPT + NEWS + tag());
      await isOpen();
      publish('before');
      await shows('before');
      await page.run(`void (window.isKept = true)`);
      await page.goto(`${server.url}/html`);
      await expect.poll(live, POLL).toBe(0);
      publish('meanwhile');
      await page.run('void setTimeout(() => history.back(), 50)');
      await expect.poll(() => page.run('window.isKept ?? false').catch(() => false), POLL).toBe(true);
      await shows('meanwhile');
      await isOpen();
    } finally {
      await own.close();
    }
  });

  function source(): string {
    return `/events?heartbeat=0&channel=${key}&key=${key}`;
  }

  function tag(): string {
    return `<encke-stream src="${source().replaceAll('&', '&amp;')}"></encke-stream>`;
  }

  async function open(body: string): Promise<void> {
    const path = `/${key}.html`;
    server.page(path, {
      contentType: 'text/html; charset=utf-8',
      body: `<!DOCTYPE html><title>tag</title>${body}`,
    });
    await page.goto(server.url + path);
  }

  function publish(markup: string): void {
    server.publish(key, { data: html('#news', markup) });
  }

  async function isOpen(): Promise<void> {
    const state = (): Promise<unknown> =>
      page.run('document.querySelector("encke-stream")?.getAttribute("state")');
    await expect.poll(state, POLL).toBe('open');
  }

  async function shows(markup: string): Promise<void> {
    await expect.poll(() => page.run('document.querySelector("#news")?.innerHTML'), POLL).toBe(markup);
  }

  async function report(): Promise<{ records: unknown[]; live: number }> {
    const response = await fetch(`${server.url}/requests?key=${key}`);
    return (await response.json()) as { records: unknown[]; live: number };
  }

  async function requests(): Promise<number> {
    return (await report()).records.length;
  }

  async function live(): Promise<number> {
    return (await report()).live;
  }
}

/** What was looked at so far stands. */
function noteMissing({ task }: TestContext, what: string): void {
  console.log(`${task.name}: this browser has no ${what}.`);
}
