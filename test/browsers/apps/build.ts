// Builds an app by Vite, for the browser and for a server, and renders it there.

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { build, type InlineConfig, type PluginOption } from 'vite';
import type { Asset } from '../../server/server.ts';
import type { Shown } from './app.ts';

export type Framework = 'react' | 'vue' | 'svelte';

export const FRAMEWORKS: readonly Framework[] = ['react', 'vue', 'svelte'];

/** An app as a server has it. */
export interface BuiltApp {
  /** Scripts by their path. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** The page, with what the server has rendered of it. */
  page(shown: Shown): Promise<string>;
  /** Removes what was written. */
  remove(): Promise<void>;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

/** @param sources of the framework, under this folder; their ends are those of what they are written in */
export async function buildApp(framework: Framework): Promise<BuiltApp> {
  const end = framework === 'react' ? 'tsx' : 'ts';
  const base = `/apps/${framework}/`;
  const folder = await mkdtemp(join(tmpdir(), `encke-${framework}-`));
  const entry = (side: string): string => join(root, 'test/browsers/apps', framework, `${side}.${end}`);
  // In the development build frameworks say what is wrong, and React mounts twice under StrictMode.
  const common: InlineConfig = {
    root,
    configFile: false,
    logLevel: 'warn',
    mode: 'development',
    base,
    plugins: pluginsOf(framework),
    resolve: { alias: [{ find: /^encke\/(\w+)$/, replacement: join(root, 'dist/$1.js') }] },
    define: { 'process.env.NODE_ENV': '"development"' },
  };
  const [client] = [
    await build({
      ...common,
      build: {
        write: false,
        minify: false,
        modulePreload: false,
        rolldownOptions: { input: entry('client') },
      },
    }),
  ].flat();
  await build({
    ...common,
    ssr: { noExternal: true },
    build: {
      ssr: entry('server'),
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'server.mjs' } },
    },
  });
  const { output } = client as { output: { fileName: string; isEntry?: boolean; code?: string }[] };
  const scripts = output.filter(({ code }) => code !== undefined);
  const first = scripts.find(({ isEntry }) => isEntry)?.fileName ?? '';
  const contentType = 'text/javascript; charset=utf-8';
  return {
    assets: new Map(scripts.map(({ fileName, code = '' }) => [base + fileName, { contentType, body: code }])),
    page: async (shown) => pageOf(framework, shown, await rendered(shown), base + first),
    remove: () => rm(folder, { recursive: true }),
  };

  async function rendered(shown: Shown): Promise<string> {
    const server = JSON.stringify(pathToFileURL(join(folder, 'server.mjs')).href);
    const program = `globalThis.renders = 0; import(${server}).then(async ({ render }) => process.stdout.write(await render(${JSON.stringify(shown)})))`;
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', program]);
    if (stderr !== '') throw new Error(stderr);
    return stdout;
  }
}

function pluginsOf(framework: Framework): PluginOption[] {
  if (framework === 'vue') return [vue()];
  return framework === 'svelte' ? [svelte({ configFile: false })] : [];
}

/** Notes what is written to the console and what nobody catches, from the beginning. */
const NOTES = `
  var complaints = [], renders = 0;
  for (const level of ['warn', 'error']) console[level] = (...words) => void complaints.push(words.join(' '));
  addEventListener('error', ({ message }) => void complaints.push(message));
  addEventListener('unhandledrejection', ({ reason }) => void complaints.push(String(reason)));
`;

function pageOf(title: string, shown: Shown, html: string, script: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>${title}</title>
<div id="root">${html}</div>
<script>${NOTES} var shown = ${JSON.stringify(shown)};</script>
<script type="module" src="${script}"></script>
</html>
`;
}
