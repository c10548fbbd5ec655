// Flask-Sijax's own examples in real browsers: a page that loads the drop-in shows what it showed with Sijax's scripts.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBrowsers, borrow, type Browser, type Found, type Page } from '../browsers/drivers.ts';
import { skipIfMissing } from '../browsers/missing.ts';
import { pythonOrSkip } from './missing.ts';
import type { ChatFacts, CometFacts, HelloFacts, LongUploadFacts, UploadFacts } from './page/user.ts';
import { dropInScripts, originalScripts } from './page-scripts.ts';
import { findPython, PYTHONS, type FoundPython, type Python } from './python.ts';
import { EXAMPLES, startSijaxServer, type Example, type SijaxServer } from './sijax-server.ts';

const CLIENTS = { 'the drop-in': dropInScripts, "Sijax's own scripts": originalScripts };
type Client = keyof typeof CLIENTS;

const GREEN = 'rgb(0, 128, 0), rgb(0, 128, 0)';
const RED = 'rgb(255, 0, 0), rgb(255, 0, 0)';

/** One for all browsers. */
const servers = new Map<string, Promise<SijaxServer>>();

afterAll(async () => {
  for (const server of servers.values()) await (await server).close();
});

for (const found of findBrowsers()) {
  describe(found.name, () => examplesIn(found));
}

function examplesIn(found: Found): void {
  let browser: Browser;
  let page: Page;
  let secondPage: Page;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    if ('missing' in found) return;
    browser = await borrow(found);
    stops.push(() => browser.close());
    page = await browser.newPage();
    secondPage = await browser.newPage();
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  for (const name of PYTHONS) {
    const python = findPython(name);
    const backend = 'version' in python ? `Python ${python.version}` : name;
    describe(`the drop-in on ${backend}`, () => examplesOn(python, 'the drop-in'));
    // What these tests say is true of what they were taken from.
    if (found.name === 'chromium')
      describe(`Sijax's own scripts on ${backend}`, () => examplesOn(python, "Sijax's own scripts"));
  }

  function examplesOn(python: FoundPython, client: Client): void {
    const cutsShort = python.name === 'Python 3.11 or later';
    let server: SijaxServer;
    const before = new Map<Example, number>(); // how many requests other browsers have made

    beforeAll(async () => {
      if ('missing' in python || 'missing' in found) return;
      server = await serverFor(python, client);
      for (const example of EXAMPLES) before.set(example, (await server.ledger(example)).length);
    });

    beforeEach((context) => {
      skipIfMissing(found, context);
      pythonOrSkip(python, context);
    });

    it('hello: greets in alerts, and colours the links', async () => {
      const facts = await use<HelloFacts>('hello', 'user.hello');
      expect(facts).toEqual({
        alerts: ['Hello from John to Greg', 'Goodbye, whoever you are.'],
        colors: [GREEN, RED],
      });
    });

    it('chat: appends messages, empties and focuses the input, carries the CSRF token', async () => {
      const facts = await use<ChatFacts>('chat', 'user.chat');
      const first = expect.stringMatching(/^\[\d\d:\d\d:\d\d\] Grüße & Küsse$/) as string;
      const second = expect.stringMatching(/^\[\d\d:\d\d:\d\d\] a "second" one$/) as string;
      expect(facts).toEqual({
        messages: [[first], [first, second]],
        left: ['', ''],
        hadFocus: [true, true],
        alerts: ['Empty messages are not allowed!'],
        messagesAfterClearing: 0,
      });
    });

    it('upload: sends the fields and the file, once and again', async () => {
      await page.goto(server.url('upload'));
      const first = await page.run<UploadFacts>('user.uploadFirst', 'Some other text', 'five!');
      expect(first.response).toContain("'message': 'Some other text'");
      expect(first.response).toContain("'dropdown': '2'");
      expect(first.response).not.toContain('chkbox');
      expect(first.response).toContain('Uploaded file notes.txt (text/plain) - 5B');
      expect(first.fields).toEqual(['Some other text', false, 1]);
      const again = await page.run<UploadFacts>('user.uploadFirst', 'Grüße', 'größer');
      expect(again.response).toContain("'message': 'Grüße'");
      expect(again.response).toContain('- 8B');
      expect(await page.run('user.uncaught')).toEqual([]);
    });

    // These two take their time, so they share it.
    describe.concurrent('all the while', () => {
      it('comet: moves the progress bar while the function runs', async () => {
        const facts = await use<CometFacts>('comet', 'user.comet');
        const steps = ['0px', '80px', '160px', '240px', '320px', '400px'].map((width) => [width, width]);
        expect(facts.endAtThirdStep).toBe('open');
        // What comes together with the break of a connection may be lost, in Chromium even with fetch.
        const mayLoseLast = cutsShort && found.name === 'chromium';
        if (mayLoseLast) expect([steps, steps.slice(0, -1)]).toContainEqual(facts.steps);
        else expect(facts.steps).toEqual(steps);
        // A frame never hears that its connection broke: Sijax's own scripts wait for that for ever.
        expect(facts.nodesLeft).toBe(mayLoseLast && client !== 'the drop-in' ? 2 : 0);
      });

      it('upload: resets the form while the function runs, and hears how it ends', async () => {
        await secondPage.goto(server.url('upload'));
        const facts = await secondPage.run<LongUploadFacts>('user.uploadSecond', 'Some other text', 'five!');
        expect(facts.atReset.response).toContain('Uploaded file notes.txt (text/plain) - 5B');
        expect(facts.atReset.response).toContain('Form elements were reset!');
        expect(facts.atReset.fields).toEqual(['Some text', true, 0]);
        expect(facts.endAtReset).toBe('open');
        // What follows the last yield is lost in Sijax itself, from Python 3.7 on.
        expect(facts.atEnd.includes('Finished!')).toBe(!cutsShort);
        expect(await secondPage.run('user.uncaught')).toEqual([]);
      });
    });

    it('never makes a call twice, however its answer ended', async () => {
      const posts = async (example: Example): Promise<string[]> => {
        const entries = await server.ledger(example);
        return entries
          .slice(before.get(example))
          .filter(({ method }) => method === 'POST')
          .map(({ end }) => end);
      };
      const end = cutsShort ? 'generator raised StopIteration' : 'complete';
      expect(await posts('hello')).toEqual(['complete', 'complete']);
      expect(await posts('chat')).toEqual(['complete', 'complete', 'complete', 'complete']);
      expect(await posts('comet')).toEqual([end]);
      expect(await posts('upload')).toEqual(['complete', 'complete', end]);
    });

    async function use<Facts>(example: Example, code: string): Promise<Facts> {
      await page.goto(server.url(example));
      const facts = await page.run<Facts>(code);
      expect(await page.run('user.uncaught'), 'errors nobody caught in the page').toEqual([]);
      return facts;
    }
  }
}

function serverFor(python: Python, client: Client): Promise<SijaxServer> {
  const key = `${client}, ${python.version}`;
  const server =
    servers.get(key) ??
    CLIENTS[client]().then((scripts) => startSijaxServer(python, { server: 'waitress', scripts }));
  servers.set(key, server);
  return server;
}
