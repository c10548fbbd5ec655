// The laws of the transports, and what each does beyond them, in every real browser.

import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { ladder } from '../../src/transports/index.ts';
import type { Transport } from '../../src/transports/transport.ts';
import type { ServerControl } from '../contracts/bench.ts';
import { transportLaws } from '../contracts/transport-laws.ts';
import { detailsOf } from '../transports/in-pages/index.ts';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { bundle } from './bundle.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';

const SCRIPTS = {
  transports: 'src/transports/index.ts',
  onDemand: 'src/transports/on-demand.ts',
  laws: 'test/browsers/page/laws.ts',
};
const PAGE =
  '<!DOCTYPE html><title>laws</title><script src="/transports.js"></script><script src="/onDemand.js"></script><script src="/laws.js"></script>';

for (const found of findBrowsers()) describe(found.name, () => lawsIn(found));

function lawsIn(found: Found): void {
  let server: ReferenceServer | undefined;
  let browser: Browser | undefined;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found) {
      if (process.env['CI']) throw new Error(found.missing);
      return;
    }
    server = await startServer();
    for (const [name, source] of Object.entries(SCRIPTS)) {
      server.page(`/${name}.js`, { contentType: 'text/javascript', body: await bundle(source, name) });
    }
    server.page('/laws.html', { contentType: 'text/html; charset=utf-8', body: PAGE });
    browser = await borrow(found);
    page = await browser.newPage(`${server.url}/laws.html`);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  if (found.name === 'chromium') {
    for (const transport of LOADED) {
      describe(`${transport.name}, loaded on demand`, () => {
        for (const { sentence } of transportLaws(transport, NOWHERE)) {
          it(sentence, (context) => obey(context, transport, sentence, true));
        }
      });
    }
  }

  for (const transport of ladder) {
    describe(transport.name, () => {
      const laws = transportLaws(transport, NOWHERE).map(({ sentence }) => sentence);
      for (const sentence of [...laws, ...Object.keys(detailsOf(transport.name))]) {
        it(sentence, (context) => obey(context, transport, sentence, false));
      }
    });
  }

  async function obey(
    context: TestContext,
    { name }: Transport,
    sentence: string,
    onDemand: boolean,
  ): Promise<void> {
    if ('missing' in found) context.skip(found.missing);
    const reason = await page.run<string | null>('laws.run', found.name, name, sentence, onDemand);
    expect(reason === null || reason.length > 0).toBe(true);
    if (reason !== null) context.skip(reason);
  }
}

/** Loading is the same for all of them. */
const LOADED = ladder.filter(({ name }) => name === 'xhr-stream');

/** Enough to list the laws; they are run in the page. */
const NOWHERE: ServerControl = {
  url: '',
  script: () => Promise.reject(new Error('The laws are run in the page.')),
  log: () => Promise.reject(new Error('The laws are run in the page.')),
};
