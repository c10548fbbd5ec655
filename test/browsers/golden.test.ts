// The drop-in does what Sijax's own client does: both are played the same commands, side by side in one browser.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { pythonOrSkip } from '../interop/missing.ts';
import { dropInScript } from '../interop/page-scripts.ts';
import { findPython, sijaxPackage, type SijaxPackage } from '../interop/python.ts';
import { startServer, type Asset, type ConnectionRecord, type ReferenceServer } from '../server/server.ts';
import { bundle } from './bundle.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';
import { DIFFERENCES, type Showing } from '../sijax/sijax-differences.ts';
import { lists } from './golden-lists.ts';
import {
  PAGE_SCENE,
  REQUEST_NAME,
  REQUEST_SCENES,
  REQUEST_URI,
  type RequestScene,
} from './golden-requests.ts';
import { BODY, FORM_SCENES, JQUERY_SCENES, SCENES, UPLOAD_SCENES } from './golden-scenes.ts';
import { seedOfRun } from '../tools/random.ts';
import { skipIfMissing } from './missing.ts';
import type { Outcome, Scene, Side } from './page/golden.ts';

/** `ENCKE_SEED` plays a list again that was found to differ. */
const SEED = seedOfRun(process.env['ENCKE_SEED']);
const RUNS = 20;

const SIDES: readonly Side[] = ['original', 'ours', 'ours with jQuery'];

const python = findPython('Python 3.11 or later');

for (const found of findBrowsers()) describe(found.name, () => goldenIn(found));

function goldenIn(found: Found): void {
  let server: ReferenceServer | undefined;
  let browser: Browser | undefined;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found || 'missing' in python) return;
    server = await startServer();
    await servePages(server, (await sijaxPackage(python)).scripts);
    browser = await borrow(found);
    page = await browser.newPage(`${server.url}/golden/index.html`);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  for (const [name, scenes] of Object.entries({ ...SCENES, ...FORM_SCENES, ...UPLOAD_SCENES }))
    it(name, (context) => compare(context, ['ours', 'ours with jQuery'], scenes));

  for (const [name, scenes] of Object.entries(JQUERY_SCENES))
    it(name, (context) => compare(context, ['ours with jQuery'], scenes));

  describe('calls the server alike', () => {
    for (const [name, scene] of Object.entries(REQUEST_SCENES))
      it(name, (context) => compareCalls(context, scene));
  });

  describe('differs on purpose', () => {
    it('An answer that is no list of commands', async (context) => {
      const [original, ...ours] = await makeCalls(context, PAGE_SCENE);
      const complaint = expect.stringMatching(
        /^uncaught: EnckeError: The answer holds no commands/,
      ) as string;
      expect(original?.log).toEqual(['note: "parsererror"', 'note: "end"']);
      for (const { log } of ours) expect(log).toEqual([...(original?.log ?? []), complaint]);
    });

    for (const { what, shown } of DIFFERENCES) if (shown) it(what, (context) => differ(context, shown));
  });

  it(`any list of commands (seed ${SEED})`, async (context) => {
    needs(context);
    await fc.assert(
      fc.asyncProperty(fc.array(lists, { minLength: 1, maxLength: 8 }), async (given) => {
        const scenes = given.map((commands) => ({ body: BODY, commands }));
        await compare(context, ['ours', 'ours with jQuery'], scenes);
      }),
      { seed: SEED, numRuns: RUNS, endOnFailure: false },
    );
  });

  async function compare(
    context: TestContext,
    sides: Side[],
    given: Scene | readonly Scene[],
  ): Promise<void> {
    needs(context);
    const scenes = [given].flat();
    const [original = [], ...ours] = await play(['original', ...sides], scenes);
    for (const [place, side] of sides.entries())
      expect(byCommands(scenes, ours[place]), side).toEqual(byCommands(scenes, original));
  }

  async function compareCalls(context: TestContext, scene: RequestScene): Promise<void> {
    const [original, ...ours] = await makeCalls(context, scene);
    for (const side of ours) expect(side).toEqual(original);
  }

  /** What each side logs, and what the server sees. */
  function makeCalls(context: TestContext, { call, answer }: RequestScene): Promise<Call[]> {
    needs(context);
    const before = `
      var URI = ${JSON.stringify(REQUEST_URI)}, END = { complete: end };
      function end() { note('end') }
      Sijax.setRequestUri(URI);
      Sijax.request(${call});
    `;
    return inTurn(SIDES, async (side) => {
      server?.script(REQUEST_NAME, [answer]);
      const [[outcome] = []] = await play([side], [{ before, commands: [], waits: true }]);
      return { log: outcome?.log ?? [], requests: server?.log(REQUEST_NAME).map(essenceOf) };
    });
  }

  async function differ(context: TestContext, { original, ours, ...scene }: Showing): Promise<void> {
    needs(context);
    const outcomes = await play(['original', 'ours'], [scene]);
    const values = outcomes.map(([outcome]) => JSON.parse(outcome?.value ?? 'null') as unknown);
    expect(values).toEqual([original, ours]);
  }

  function play(sides: readonly Side[], scenes: readonly Scene[]): Promise<Outcome[][]> {
    return page.run(
      (first: typeof sides, second: typeof scenes) => golden.play(first, second),
      sides,
      scenes,
    );
  }

  function needs(context: TestContext): void {
    skipIfMissing(found, context);
    pythonOrSkip(python, context);
  }
}

function byCommands(
  scenes: readonly Scene[],
  outcomes: readonly Outcome[] = [],
): Record<string, Outcome | undefined> {
  return Object.fromEntries(scenes.map(({ commands }, place) => [JSON.stringify(commands), outcomes[place]]));
}

interface Call {
  readonly log: string[];
  readonly requests: object[] | undefined;
}

/** What a backend, or what stands before it, may look at. */
function essenceOf({ method, url, headers, body }: ConnectionRecord): object {
  return {
    method,
    url,
    fields: [...new URLSearchParams(body)],
    contentType: headers['content-type']?.split(';')[0],
    accept: headers['accept'],
    requestedWith: headers['x-requested-with'],
    own: [headers['x-csrftoken'], headers['x-late']],
  };
}

async function inTurn<Item, Result>(
  items: readonly Item[],
  task: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await task(item));
  return results;
}

/** The global that the page has. */
declare const golden: { play(sides: readonly Side[], scenes: readonly Scene[]): Promise<Outcome[][]> };

async function servePages(server: ReferenceServer, original: SijaxPackage['scripts']): Promise<void> {
  const jquery = fileURLToPath(import.meta.resolve('jquery'));
  server.page('/golden/jquery.js', script(await readFile(jquery, 'utf8')));
  server.page('/golden/sijax.js', script(await readFile(original.core, 'utf8')));
  server.page('/golden/sijax_upload.js', script(await readFile(original.upload, 'utf8')));
  server.page('/golden/drop-in.js', script(await dropInScript()));
  server.page('/golden/golden.js', script(await bundle('test/browsers/page/golden.ts', 'golden')));
  server.page('/golden/external.js', script("note('external', document.querySelectorAll('.made').length)"));
  server.page('/golden/index.html', html('golden.js'));
  server.page('/golden/original.html', html('jquery.js', 'sijax.js', 'sijax_upload.js'));
  server.page('/golden/ours.html', html('drop-in.js'));
  server.page('/golden/ours-with-jquery.html', html('jquery.js', 'drop-in.js'));
}

function script(body: string): Asset {
  // Each scene loads it anew.
  return { contentType: 'text/javascript; charset=utf-8', body, headers: { 'Cache-Control': 'max-age=600' } };
}

/** `note` and `alert` write a log. */
function html(...scripts: string[]): Asset {
  const log = `
    var log = [];
    function note() { log.push('note: ' + [].slice.call(arguments).map(function (v) { return JSON.stringify(v) }).join(' ')) }
    window.alert = function (text) { log.push('alert: ' + text) };
  `;
  const tags = scripts.map((source) => `<script src="/golden/${source}"></script>`).join('');
  const body = `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>golden</title><script>${log}</script>${tags}<body></body></html>`;
  return { contentType: 'text/html; charset=utf-8', body };
}
