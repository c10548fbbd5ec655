// The typed client `encke/sijax` with the real Sijax, over each transport in real browsers.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundle } from '../browsers/bundle.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from '../browsers/drivers.ts';
import { skipIfMissing } from '../browsers/missing.ts';
import { pythonOrSkip } from './missing.ts';
import type {
  AbortFacts,
  CometFacts,
  HelloFacts,
  OverlapFacts,
  TransportName,
  UploadFacts,
} from './page/typed.ts';
import { findPython, PYTHONS, type FoundPython, type Python } from './python.ts';
import { startSijaxServer, type Module, type SijaxServer } from './sijax-server.ts';

const TRANSPORTS: readonly TransportName[] = ['fetchStream', 'xhrStream', 'htmlFile', 'iframe'];

const PAGE = `<!DOCTYPE html>
<meta charset="utf-8">
<title>The typed client</title>
<a>A link</a>
<div id="progress"></div>
<p id="beats"></p>
<p id="first"></p>
<p id="second"></p>
<p id="said"></p>
<form id="formOne"><input name="message" value="Grüße"><input type="file" name="file"></form>
<p id="formOneResponse"></p>
<script src="typed.js"></script>
`;

/** One for all browsers, by the version of Python. */
const servers = new Map<string, Promise<SijaxServer>>();

afterAll(async () => {
  for (const server of servers.values()) await (await server).close();
});

for (const found of findBrowsers()) {
  describe(found.name, () => clientIn(found));
}

function clientIn(found: Found): void {
  let browser: Browser;
  let page: Page;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    if ('missing' in found) return;
    browser = await borrow(found);
    stops.push(() => browser.close());
    page = await browser.newPage();
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  for (const name of PYTHONS) {
    const python = findPython(name);
    describe('version' in python ? `Python ${python.version}` : name, () => clientOn(python));
  }

  function clientOn(python: FoundPython): void {
    const cutsShort = python.name === 'Python 3.11 or later';
    let server: SijaxServer;

    beforeAll(async () => {
      if ('missing' in python || 'missing' in found) return;
      server = await serverFor(python);
    });

    beforeEach((context) => {
      skipIfMissing(found, context);
      pythonOrSkip(python, context);
    });

    it('calls a function, and carries out what it answers', async () => {
      const facts = await use<HelloFacts>('hello', 'typed.hello');
      expect(facts).toEqual({ alerts: ['Hello from John to Greg'], color: 'rgb(0, 128, 0)' });
    });

    it('uploads a form with its file, and tells how far it is', async () => {
      const { response, progress, end } = await use<UploadFacts>('upload', 'typed.upload', 300_000);
      expect(response).toContain("{'message': 'Grüße'}");
      expect(response).toContain('Uploaded file zeros.bin (application/octet-stream) - 300000B');
      expect(progress.at(-1)).toBeGreaterThan(300_000);
      expect(end).toEqual({ reason: 'done', truncated: false, error: '' });
    });

    it('reads what would end a script in a frame', async () => {
      const words = 'Grüße \u2028 😀 </script>"\\';
      expect(await use('beats', 'typed.say', words)).toBe('Grüße \u2028 😀 "\\');
    });

    describe.each(TRANSPORTS)('over %s', (transport) => {
      it('carries out the commands of comet as they come', async () => {
        const posts = await postsTo('comet');
        const facts = await use<CometFacts>('comet', 'typed.comet', transport, 0.1);
        const widths = ['0px', '80px', '160px', '240px', '320px', '400px'];
        // What comes together with the break of a connection may be lost, in Chromium even with fetch.
        const mayLoseLast = cutsShort && (found.name === 'chromium' || transport !== 'fetchStream');
        if (mayLoseLast) expect([widths, widths.slice(0, -1)]).toContainEqual(facts.widths);
        else expect(facts.widths).toEqual(widths);
        expect(facts.shown).toBe(facts.widths.at(-1));
        expect(facts.endAtFirst).toBe('open');
        // WebKitGTK tells nobody that the last chunk is missing.
        const truncated = cutsShort && found.name !== 'webkit';
        expect(facts.end).toEqual({ reason: 'done', truncated, error: '' });
        expect(await postsTo('comet')).toBe(posts + 1);
      });

      // The end of a handler makes no difference to these.
      if (!cutsShort) return;

      it('ends the function when the call is closed', async () => {
        const facts = await use<AbortFacts>('beats', 'typed.abort', transport);
        expect(facts.began).toBe(true);
        expect(facts.after).toBe(0);
        expect(facts.end).toEqual({ reason: 'user', truncated: false, error: '' });
        expect(facts.serverEnded).toBeLessThan(1_000);
      });

      it('keeps two calls side by side apart', async () => {
        const facts = await use<OverlapFacts>('beats', 'typed.overlap', transport);
        const [first, second] = ['first', 'second'].map((id) =>
          [0, 1, 2, 3, 4].map((step) => `${id}${step}`).join(' '),
        );
        expect(facts).toEqual({ first, second, inTurns: true });
      });
    });

    async function use<Facts>(module: Module, code: string, ...values: unknown[]): Promise<Facts> {
      await page.goto(server.url(module, '/static/typed.html'));
      const facts = await page.run<Facts>(code, ...values);
      expect(await page.run('typed.uncaught'), 'errors nobody caught in the page').toEqual([]);
      return facts;
    }

    async function postsTo(module: Module): Promise<number> {
      return (await server.ledger(module)).filter(({ method }) => method === 'POST').length;
    }
  }
}

function serverFor(python: Python): Promise<SijaxServer> {
  const server =
    servers.get(python.version) ??
    bundle('test/interop/page/typed.ts', 'typed').then((script) =>
      startSijaxServer(python, {
        server: 'waitress',
        files: { 'typed.html': PAGE, 'typed.js': script },
      }),
    );
  servers.set(python.version, server);
  return server;
}
