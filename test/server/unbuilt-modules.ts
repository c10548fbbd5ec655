// The library's modules as they stand in src/, in the place of those in dist/: for work in progress.

import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { ReferenceServer } from './server.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

export async function serveUnbuilt(server: Pick<ReferenceServer, 'page'>): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: PROJECT,
    entryPoints: {
      index: 'src/index.ts',
      sijax: 'src/sijax/client/sijax.ts',
      orbited: 'src/compat/orbited/orbited.ts',
    },
    bundle: true,
    // The entries share what they have in common, as they do in dist/.
    splitting: true,
    write: false,
    format: 'esm',
    outdir: 'dist',
    target: 'es2022',
    logLevel: 'warning',
  });
  for (const { path, text } of outputFiles) {
    server.page(`/dist/${basename(path)}`, { contentType: 'text/javascript; charset=utf-8', body: text });
  }
}
