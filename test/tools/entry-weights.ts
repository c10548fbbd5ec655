// What each entry for a framework weighs beside the client.

import { brotliCompressSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { markdownTable } from './options-table.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

const HOOKS = ['useSubscription', 'useRequest'];

/** Each with what it is for, and the exports that its weight is measured with. */
export const ENTRIES: Readonly<
  Record<string, { readonly for: string; readonly exports: readonly string[] }>
> = {
  react: { for: 'React 18 and 19', exports: HOOKS },
  vue: { for: 'Vue 3.3 or later', exports: HOOKS },
  svelte: { for: 'Svelte 5.7 or later', exports: HOOKS },
  store: {
    for: 'everything else: Solid, Lit, plain scripts',
    exports: ['subscriptionStore', 'requestStore'],
  },
};

/** The table of docs/frameworks.md. */
export async function entriesTable(): Promise<string> {
  const rows = Object.entries(ENTRIES).map(async ([name, { for: purpose, exports }]) => {
    const names = [...exports, 'withClient'].map((each) => `\`${each}\``).join(', ');
    return `| \`encke/${name}\` | ${purpose} | ${names} | ${((await entryWeight(name)) / 1_000).toFixed(1)} |`;
  });
  return markdownTable(['entry', 'for', 'exports', 'kB'], await Promise.all(rows));
}

/** Bytes, minified and compressed by Brotli, by which a page grows that has the client of `encke` and takes the entry. */
export async function entryWeight(name: string): Promise<number> {
  const { exports = [] } = ENTRIES[name] ?? {};
  const client = `import { subscribe, request } from './index.js'; console.log(subscribe, request);`;
  const entry = `import { ${exports.join(', ')} } from './${name}.js'; console.log(${exports.join(', ')});`;
  return (await sizeOf(client + entry)) - (await sizeOf(client));
}

/** Bytes of an entry that is given a client: without the one of `encke`. */
export function bareWeight(name: string): Promise<number> {
  return sizeOf(`import { withClient } from './${name}.js'; console.log(withClient);`);
}

async function sizeOf(contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: dist },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    external: ['react', 'vue', 'svelte', 'svelte/*', '*/rare.js', '*/join-tabs.js'],
  });
  return outputFiles.reduce((sum, file) => sum + brotliCompressSync(file.contents).length, 0);
}
