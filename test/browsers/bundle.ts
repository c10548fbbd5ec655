// Test pages: one script from `page/`, bundled in memory, beside the file that ships.

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Asset, ReferenceServer } from '../server/server.ts';

const PROJECT = new URL('../../', import.meta.url);

/** `ENCKE_SOURCE=src/index.ts` puts the unbuilt source in the place of `dist/encke.min.js`, for work in progress. */
const SOURCE = process.env['ENCKE_SOURCE'];

/** Serves a page that loads encke and then `page/NAME.ts` as the global NAME. Gives its address. */
export async function servePage(server: ReferenceServer, name: string): Promise<string> {
  for (const [path, asset] of await pageAssets(name)) server.page(path, asset);
  return server.url + pagePath(name);
}

/** Where that page is. */
export function pagePath(name: string): string {
  return `/test-pages/${name}.html`;
}

/** What is served for it by path, beside the files of the project. */
export async function pageAssets(name: string): Promise<Map<string, Asset>> {
  const library = SOURCE === undefined ? '/dist/encke.min.js' : '/test-pages/encke.js';
  const own = `/test-pages/${name}.js`;
  const assets = new Map<string, Asset>();
  if (SOURCE !== undefined) assets.set(library, script(await bundle(SOURCE, 'encke')));
  assets.set(own, script(await bundle(`test/browsers/page/${name}.ts`, name)));
  const body = page(name, [library, own]);
  return assets.set(pagePath(name), { contentType: 'text/html; charset=utf-8', body });
}

/** One script for any current browser; its exports become the global named. */
export async function bundle(entry: string, globalName: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, PROJECT))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName,
    target: 'es2022',
    // The pages of a test are served in memory; a map would have nowhere to be.
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outputFiles[0]?.text ?? '';
}

function script(body: string): Asset {
  return { contentType: 'text/javascript; charset=utf-8', body };
}

function page(title: string, scripts: string[]): string {
  const tags = scripts.map((source) => `<script src="${source}"></script>`).join('\n');
  return `<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${title}</title>\n${tags}\n</html>\n`;
}
