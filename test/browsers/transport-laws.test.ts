// The laws of the transports, and what each does beyond them, in every real browser.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ladder } from '../../src/transports/index.ts';
import type { ServerControl } from '../contracts/bench.ts';
import { transportLaws } from '../contracts/transport-laws.ts';
import { detailsOf } from '../transports/in-pages/index.ts';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { bundle } from './bundle.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';

const SCRIPTS = { transports: 'src/transports/index.ts', laws: 'test/browsers/page/laws.ts' };
const PAGE =
  '<!DOCTYPE html><title>laws</title><script src="/transports.js"></script><script src="/laws.js"></script>';

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

  for (const transport of ladder) {
    describe(transport.name, () => {
      const laws = transportLaws(transport, NOWHERE).map(({ sentence }) => sentence);
      for (const sentence of [...laws, ...Object.keys(detailsOf(transport.name))]) {
        it(sentence, async (context) => {
          if ('missing' in found) context.skip(found.missing);
          const reason = await page.run<string | null>('laws.run', found.name, transport.name, sentence);
          expect(reason === null || reason.length > 0).toBe(true);
          if (reason !== null) context.skip(reason);
        });
      }
    });
  }
}

/** Enough to list the laws; they are run in the page. */
const NOWHERE: ServerControl = {
  url: '',
  script: () => Promise.reject(new Error('The laws are run in the page.')),
  log: () => Promise.reject(new Error('The laws are run in the page.')),
};
