// The bundlers, each as its own documentation has it for a web page, without any setting that encke would need.

import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { promisify } from 'node:util';
import { rspack } from '@rspack/core';
import { build as esbuild, transform } from 'esbuild';
import { rollup } from 'rollup';
import { build as vite } from 'vite';
import webpack from 'webpack';
import { pageOf, type AppName, type Project } from './apps.ts';
import { nodeResolve } from './node-resolve.ts';

/** What a tool makes of an app: a folder with `index.html`. */
export interface Built {
  readonly folder: string;
  /** Names of the scripts that a page loads at first. */
  readonly first: readonly string[];
  /** Names of the others. */
  readonly later: readonly string[];
}

/** Builds an app from its folder into another. */
type Tool = (from: string, to: string) => Promise<unknown>;

const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);

export const TOOLS: Readonly<Record<string, Tool>> = {
  Vite: (from, to) =>
    vite({ root: from, base: './', configFile: false, logLevel: 'silent', build: { outDir: to } }),
  async webpack(from, to) {
    await finished(webpack(forWebpack(from, to)));
  },
  async Rspack(from, to) {
    await finished(rspack(forWebpack(from, to)));
  },
  async Rollup(from, to) {
    const bundle = await rollup({ input: join(from, 'app.js'), plugins: [nodeResolve()] });
    await bundle.write({ dir: to, format: 'es', plugins: [minify] });
  },
  esbuild: (from, to) =>
    esbuild({
      entryPoints: [join(from, 'app.js')],
      outdir: to,
      bundle: true,
      splitting: true,
      format: 'esm',
      minify: true,
    }),
  Parcel: (from, to) =>
    run(
      process.execPath,
      [
        join(dirname(resolve('parcel')), 'bin.js'),
        ...['build', join(from, 'index.html'), '--dist-dir', to, '--cache-dir', `${to}-cache`],
        ...['--public-url', './', '--no-source-maps', '--log-level', 'error'],
      ],
      { cwd: dirname(from), env: { ...process.env, NODE_ENV: 'production' } },
    ),
};

/** Rollup minifies by a plugin, of which there are several. */
const minify = {
  name: 'minify',
  renderChunk: async (code: string) => ({
    ...(await transform(code, { minify: true, format: 'esm' })),
    map: null,
  }),
};

/** The tools that make one script, for a page without modules. */
export const SCRIPTS: Readonly<Record<string, Tool>> = {
  async Rollup(from, to) {
    const bundle = await rollup({ input: join(from, 'app.js'), plugins: [nodeResolve()] });
    await bundle.write({ file: join(to, 'app.js'), format: 'iife', inlineDynamicImports: true });
  },
  esbuild: (from, to) =>
    esbuild({ entryPoints: [join(from, 'app.js')], outdir: to, bundle: true, format: 'iife' }),
};

export async function build(tool: string, app: AppName, { folder }: Project): Promise<Built> {
  const to = join(folder, 'built', tool, app);
  await TOOLS[tool]?.(join(folder, app), to);
  const files = readdirSync(to, { recursive: true, encoding: 'utf8' });
  // Of a tool that knows no pages, it is written by hand.
  if (!files.includes('index.html')) writeFileSync(join(to, 'index.html'), pageOf('./app.js'));
  const scripts = files.filter((file) => file.endsWith('.js'));
  const first = reached(to, 'index.html').filter((file) => file.endsWith('.js'));
  return { folder: to, first: first.sort(), later: scripts.filter((file) => !first.includes(file)).sort() };
}

/** Bytes, compressed by Brotli. */
export function weightOf({ folder }: Built, files: readonly string[]): number {
  return files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(join(folder, file))).length, 0);
}

function forWebpack(from: string, to: string) {
  return {
    mode: 'production',
    context: from,
    entry: './app.js',
    output: { path: to, filename: 'app.js' },
  } as const;
}

async function finished(compiler: Compiler | null): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    compiler?.run((error, stats) => {
      if (error ?? stats?.hasErrors()) reject(error ?? new Error(stats?.toString()));
      else compiler.close(() => resolve());
    });
  });
}

interface Compiler {
  run(done: (error: Error | null, stats?: { hasErrors(): boolean; toString(): string }) => void): void;
  close(done: () => void): void;
}

/** What a file loads at once, and what that loads, with itself. */
function reached(folder: string, file: string, seen: string[] = []): string[] {
  if (seen.includes(file)) return seen;
  seen.push(file);
  const text = readFileSync(join(folder, file), 'utf8');
  const named = file.endsWith('.html')
    ? text.matchAll(/<script[^>]* src="?([^\s">]+)/g)
    : text.matchAll(/(?:^|[;}\s])(?:import|export)(?:[\w\s{},*$]*from)?\s*["'](\.{1,2}\/[^"']+)["']/g);
  for (const [, path = ''] of named) reached(folder, posix.join(posix.dirname(file), path), seen);
  return seen;
}
