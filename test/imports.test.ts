// Imports only go down, and importing does nothing.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { Window } from 'happy-dom';
import { afterAll, describe, expect, it } from 'vitest';
import { forbiddenImports, importCircles, importsOf, readImports } from './tools/import-rules.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const source = readImports(join(root, 'src'));
const bench = mkdtempSync(join(tmpdir(), 'encke-imports-'));

afterAll(() => rmSync(bench, { recursive: true }));

describe('the arrows of src/', () => {
  it('go down, and only the public face meets concrete parts', () => {
    expect(source.size).toBeGreaterThan(5);
    expect(forbiddenImports(source)).toEqual([]);
  });

  it('form no circle', () => {
    expect(importCircles(source)).toEqual([]);
  });
});

describe('the rules themselves', () => {
  it.each([
    ['testing.ts', 'probe/probe.ts', 'siblings never import one another'],
    ['parts/replays.ts', 'parts/gaps.ts', 'parts/replays.ts never imports parts/gaps.ts'],
    ['sijax/client/sijax.ts', 'sijax/drop-in/ajax.ts', 'sijax/client never imports sijax/drop-in'],
    ['session/session.ts', 'parts/gaps.ts', 'imports only go down'],
    ['formats/json.ts', 'transports/transport.ts', 'siblings never import one another'],
    ['transports/poll.ts', 'session/session.ts', 'imports only go down'],
    ['options.ts', 'client.ts', 'imports only go down'],
    ['client.ts', 'compat/stomp.ts', 'imports only go down'],
    ['session/session.ts', 'transports/poll.ts', 'concrete parts are handed in, not imported'],
    ['client.ts', 'commands/commands.ts', 'concrete parts are handed in, not imported'],
    ['session/session.ts', 'some-package', 'only compat may use a package'],
    ['store/store.ts', 'react', 'imports only go down'],
    ['react/react.ts', 'vue', 'siblings never import one another'],
    ['react/react.ts', 'some-package', 'only compat may use a package'],
    ['client.ts', 'store/store.ts', 'imports only go down'],
    ['utils/string.ts', 'ground/errors.ts', 'utils has no layer'],
  ])('refuse that %s imports %s', (file, imported, reason) => {
    expect(forbiddenImports(new Map([[file, [imported]]]))).toEqual([
      `${file} imports ${imported}: ${reason}`,
    ]);
  });

  it.each([
    ['session/session.ts', 'transports/transport.ts'],
    ['session/session.ts', 'session/verdict.ts'],
    ['options.ts', 'formats/format.ts'],
    ['transports/poll.ts', 'transports/fetch-body.ts'],
    ['index.ts', 'transports/poll.ts'],
    ['testing.ts', 'index.ts'],
    ['react/react.ts', 'react'],
    ['svelte/svelte.ts', 'svelte/store'],
    ['vue/vue.ts', 'store/store.ts'],
    ['light-script.ts', 'light.ts'],
    ['parts/tabs/leader.ts', 'parts/tabs/words.ts'],
    ['parts/replays.ts', 'session/part.ts'],
    ['sijax/drop-in/ajax.ts', 'sijax/wire/sijax-wire.ts'],
    ['probe/reading.ts', 'formats/json.ts'],
    ['compat/stomp.ts', '@stomp/stompjs'],
  ])('allow that %s imports %s', (file, imported) => {
    expect(forbiddenImports(new Map([[file, [imported]]]))).toEqual([]);
  });

  it('find a circle however long', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', []],
      ['d', ['b']],
    ]);
    expect(importCircles(graph)).toEqual(['b → d → b']);
  });

  it('see types, re-exports and dynamic imports', () => {
    const text = `
      import { a } from './a.ts';
      import type { B } from '../b.ts';
      export * from './c.ts';
      const d = () => import('package');
    `;
    expect(importsOf('session/file.ts', text)).toEqual(['session/a.ts', 'b.ts', 'session/c.ts', 'package']);
  });
});

describe('importing in Node', { timeout: 60_000 }, () => {
  it('any file of src/ touches no global of a page or of the platform', async () => {
    // One script file defines the tag, one reads the address of the page: that is what they are loaded for.
    const scripts = ['element/script.ts', 'compat/stomp/orbited-script.ts'];
    const names = [...source.keys()].filter((file) => !scripts.includes(file));
    const files = names.map((file) => join(root, 'src', file));
    expect((await importQuietly(files)).touched).toEqual([]);
  });

  it.each([
    'index.js',
    'light.js',
    'testing.js',
    'sijax.js',
    'probe.js',
    'fetch-event-source.js',
    'event-source.js',
    'orbited.js',
    'stomp.js',
    'element.js',
    'store.js',
    'react.js',
    'vue.js',
    'svelte.js',
  ])('dist/%s touches none either', async (file) => {
    const { touched, exported } = await importQuietly([join(root, 'dist', file)]);
    expect(touched).toEqual([]);
    expect(exported).not.toEqual([]);
  });

  it('would be seen to touch one', async () => {
    const touches = [
      'typeof document',
      'window.name',
      'setTimeout(() => {})',
      'new XMLHttpRequest()',
      'globalThis.fetch',
    ];
    const files = touches.map((touch, index) => {
      const file = join(bench, `${String(index)}.mjs`);
      writeFileSync(file, `try { ${touch}; } catch {}`);
      return file;
    });
    const { touched } = await importQuietly(files);
    const names = touched.map((place) => place.split(' ')[0]);
    expect(names).toEqual(['document', 'window', 'setTimeout', 'XMLHttpRequest', 'fetch']);
  });
});

/** What entries import that are for these. */
const FRAMEWORKS = ['react', 'vue', 'svelte', 'svelte/reactivity', 'svelte/store', '@stomp/stompjs'];

async function importQuietly(files: string[]): Promise<{ touched: string[]; exported: string[] }> {
  const program = join(root, 'test/tools/import-quietly.ts');
  const urls = JSON.stringify(files.map((file) => pathToFileURL(file).href));
  const names = JSON.stringify(platformGlobals());
  const { stdout } = await run(process.execPath, [
    '--import',
    import.meta.resolve('tsx'),
    program,
    urls,
    names,
    JSON.stringify(FRAMEWORKS),
  ]);
  return JSON.parse(stdout) as { touched: string[]; exported: string[] };
}

/** What a page or Node adds to the language, but for what running a program at all needs. */
function platformGlobals(): string[] {
  const language = runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[];
  // A class that extends one needs it at import; Node has it, too.
  const bases = ['EventTarget'];
  const needed = ['process', 'Buffer', 'global', ...bases];
  const spared = new Set([...needed, ...language.filter((name) => name !== 'console')]);
  const names = [...namesOf(new Window()), ...Object.getOwnPropertyNames(globalThis)];
  return [...new Set(names)].filter((name) => !spared.has(name) && /^[a-z]\w*$/i.test(name));
}

function namesOf(object: object): string[] {
  const names: string[] = [];
  for (let level = object; level !== Object.prototype; level = Object.getPrototypeOf(level) as object) {
    names.push(...Object.getOwnPropertyNames(level));
  }
  return names;
}
