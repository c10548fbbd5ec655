// The same journeys over every technique in every real browser, against the file that ships.

import { afterAll, beforeAll, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { servePage } from './bundle.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';
import { JOURNEYS, type Journey } from './journeys.ts';
import { skipIfMissing } from './missing.ts';
import { renderMatrix, type Column, type Outcome, type Result } from './matrix.ts';
import { TECHNIQUES, type Technique } from './techniques.ts';

const results: Result[] = [];
const columns: Column[] = [];

afterAll(() => {
  if (columns.length > 0) console.log(renderMatrix(columns, results));
});

for (const found of findBrowsers()) {
  if ('missing' in found) columns.push({ browser: found.name, missing: found.missing });
  describe(found.name, () => journeysIn(found));
}

function journeysIn(found: Found): void {
  let server: ReferenceServer;
  let browser: Browser;
  const stops: (() => Promise<void>)[] = [];
  let page: Page;
  let url: string;

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startServer();
    stops.push(() => server.close());
    browser = await borrow(found);
    stops.unshift(() => browser.close());
    url = await servePage(server, 'journeys');
    page = await browser.newPage();
    columns.push({ browser: `${found.name} ${browser.version}` });
  });

  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  // Each journey has a document of its own: what one leaves behind cannot help or hurt the next.
  beforeEach(async (context) => {
    skipIfMissing(found, context);
    await page.goto(url);
  });

  for (const technique of TECHNIQUES) describe(technique.name, () => journeysOver(technique));

  function journeysOver(technique: Technique): void {
    for (const journey of JOURNEYS) {
      if (journey.applies?.(technique) ?? true)
        it(journey.sentence, (context) => take(journey, technique, context));
    }
  }

  async function take(journey: Journey, technique: Technique, context: TestContext): Promise<void> {
    const record = (outcome: Outcome): void => {
      const column = `${browser.name} ${browser.version}`;
      results.push({ technique: technique.name, browser: column, journey: journey.sentence, outcome });
    };
    const reason = journey.cannot?.(technique, browser.name);
    if (reason !== undefined) {
      record({ skipped: reason });
      context.skip(reason);
    }
    try {
      await journey.run(page, technique);
      expect(await page.run('journeys.uncaught'), 'errors nobody caught in the page').toEqual([]);
      record('passed');
    } catch (error) {
      record('failed');
      throw error;
    }
  }
}
