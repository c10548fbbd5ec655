// Every way to load encke: by each bundler, as it is from a CDN, as a script.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { borrow, findBrowsers, type Browser, type Page } from '../browsers/drivers.ts';
import { skipIfMissing } from '../browsers/missing.ts';
import { createProject, FOLLOW, type Project } from './apps.ts';
import { serveFiles, type Files } from './serve.ts';
import { buildAll, figuresIn, figuresOf, numbersIn, readPage, type Row } from './table.ts';
import { SCRIPTS, TOOLS } from './tools.ts';

/** How far a figure of the page may be from what is measured, in kB. */
const ROUGHLY = 0.25;

/** What only other transports, formats and parts do. */
const NOT_IN_THE_SMALLEST =
  /XMLHttpRequest|new EventSource|createHTMLDocument|["'`](?:iframe|long-poll|json-lines)["'`]|BroadcastChannel|sessionStorage\.setItem/;

const found = findBrowsers().find(({ name }) => name === 'chromium');
let project: Project;
let rows: Row[];
let files: Files;
let browser: Browser | undefined;

beforeAll(async () => {
  project = await createProject();
  rows = await buildAll(project);
  files = await serveFiles(project.folder);
  if (found && !('missing' in found)) browser = await borrow(found);
}, 200_000);

afterAll(async () => {
  await browser?.close();
  files.close();
  project.remove();
});

describe.each(Object.keys(TOOLS))('an app that is bundled by %s', (tool) => {
  beforeEach((context) => {
    if (found) skipIfMissing(found, context);
  });

  it('subscribes, and loads the rest when it is needed', async () => {
    await inPage(`/built/${tool}/default/index.html`, async (page) => {
      const { first, later } = rowOf(tool).built.default;
      expect(await page.run('follow', {})).toEqual({ data: 'hello', transports: ['fetch-stream'] });
      expect(namesSent()).toEqual(first);
      expect(later).toHaveLength(2);
      await page.run(withoutStreams);
      expect(await page.run('follow', {})).toEqual({ data: 'hello', transports: ['xhr-stream'] });
      expect(await page.run('follow', { share: 'tabs' })).toMatchObject({ data: 'hello' });
      expect(namesSent()).toEqual([...first, ...later].sort());
    });
  });

  it('subscribes by the smallest client, which holds nothing else', async () => {
    await inPage(`/built/${tool}/smallest/index.html`, async (page) => {
      expect(await page.run('follow', {})).toEqual({ data: 'hello', transports: ['fetch-stream'] });
      const { folder, first } = rowOf(tool).built.smallest;
      expect(namesSent()).toEqual(first);
      for (const file of first)
        expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(NOT_IN_THE_SMALLEST);
    });
  });

  it('weighs what docs/bundlers.md says', () => {
    const said = figuresIn(readPage())[tool] ?? [];
    const measured = figuresOf(rowOf(tool).built).flatMap(numbersIn);
    expect(said).toHaveLength(measured.length);
    for (const [at, figure] of measured.entries()) {
      const distance = Math.abs(figure - (said[at] ?? NaN));
      expect(distance, `${String(figure)} kB: run npx tsx test/bundlers/update.ts`).toBeLessThan(ROUGHLY);
    }
  });
});

describe.each(Object.keys(SCRIPTS))('one script that is made by %s', (tool) => {
  it('holds everything, and loads nothing', async (context) => {
    if (found) skipIfMissing(found, context);
    const to = `/built/scripts/${tool}`;
    await SCRIPTS[tool]?.(join(project.folder, 'default'), project.folder + to);
    files.pages.set(`${to}/index.html`, '<!DOCTYPE html><script src="app.js"></script>');
    await inPage(`${to}/index.html`, async (page) => {
      await page.run(withoutStreams);
      expect(await page.run('follow', {})).toEqual({ data: 'hello', transports: ['xhr-stream'] });
      expect(await page.run('follow', { share: 'tabs' })).toMatchObject({ data: 'hello' });
      expect(namesSent()).toEqual(['app.js']);
    });
  });
});

describe('from a CDN', () => {
  beforeEach((context) => {
    if (found) skipIfMissing(found, context);
  });

  it('comes as modules, by an import map with hashes', async () => {
    const address = (name: string): string => `${files.cdn}/node_modules/encke/dist/${name}.js`;
    const names = ['index', 'shared-index', 'shared-preset', 'rare', 'join-tabs'];
    const integrity = Object.fromEntries(names.map((name) => [address(name), hashOf(`${name}.js`)]));
    const map = JSON.stringify({ imports: { encke: address('index') }, integrity });
    await inPage(module('hashes', map), async (page) => {
      expect(await page.run('follow', {})).toMatchObject({ transports: ['fetch-stream'] });
      await page.run(withoutStreams);
      expect(await page.run('follow', {})).toMatchObject({ transports: ['xhr-stream'] });
    });

    integrity[address('rare')] = hashOf('index.js');
    const wrong = JSON.stringify({ imports: { encke: address('index') }, integrity });
    await inPage(module('wrong', wrong), async (page) => {
      await page.run(withoutStreams);
      const { transports } = await page.run<{ transports: string[] }>('follow', {});
      expect(transports).toEqual(['xhr-stream', 'event-source', 'long-poll']);
    });
  });

  it.each(['encke.min.js', 'encke.light.min.js'])('comes as the script %s, with a hash', async (file) => {
    const tag = (integrity: string): string =>
      `<script src="${files.cdn}/node_modules/encke/dist/${file}" integrity="${integrity}" crossorigin></script>`;
    const follow = `<script>const { subscribe } = globalThis.encke ?? {};${FOLLOW}</script>`;
    files.pages.set(`/${file}.html`, tag(hashOf(file)) + follow);
    await inPage(`/${file}.html`, async (page) => {
      expect(await page.run('follow', {})).toEqual({ data: 'hello', transports: ['fetch-stream'] });
      // A script file is one file.
      expect(namesSent()).toHaveLength(1);
    });

    files.pages.set('/tampered.html', tag(hashOf('index.js')) + follow);
    await inPage('/tampered.html', async (page) => {
      expect(await page.run("'encke' in globalThis")).toBe(false);
    });
  });

  function module(name: string, map: string): string {
    const code = `import { subscribe } from 'encke';${FOLLOW}`;
    files.pages.set(
      `/${name}.html`,
      `<script type="importmap">${map}</script><script type="module">${code}</script>`,
    );
    return `/${name}.html`;
  }

  function hashOf(name: string): string {
    const file = readFileSync(join(project.folder, 'node_modules/encke/dist', name));
    return `sha384-${createHash('sha384').update(file).digest('base64')}`;
  }
});

function rowOf(tool: string): Row {
  const row = rows.find((candidate) => candidate.tool === tool);
  if (!row) throw new Error(`Not built: ${tool}`);
  return row;
}

async function inPage(path: string, act: (page: Page) => Promise<void>): Promise<void> {
  if (!browser) throw new Error('There is no browser.');
  files.sent.length = 0;
  const page = await browser.newPage(files.url + path);
  try {
    await act(page);
  } finally {
    await page.close();
  }
}

/** The scripts of a built app that were sent, by their names in its folder. */
function namesSent(): string[] {
  return files.sent.map((path) => path.replace(/^\/built\/\w+\/\w+\//, '')).sort();
}

/** Runs in the page: fetch shows no body before it is whole, as in old browsers. */
function withoutStreams(): void {
  Reflect.deleteProperty(Response.prototype, 'body');
}
