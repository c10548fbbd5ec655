// What each part of a client weighs.

import { brotliCompressSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { markdownTable } from './options-table.ts';
import { PART_ROWS } from './part-rows.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

const CORE = 'The core: connects, decodes, keeps the last event id, reconnects and closes';

/** No part is shorter. Bytes. */
const LEAST = 25;

/** The table of docs/parts.md: every part, with its weight beside a client that has none. */
export async function partsTable(): Promise<string> {
  const bare = await weightOf([]);
  const rows = Object.entries(PART_ROWS).map(async ([name, { does, brings, without }]) => {
    const weight = (await weightOf([name])) - bare;
    if (weight < LEAST) throw new Error(`A client without parts holds the part ${name} already.`);
    return `| \`${name}\` | ${[does, brings, kilobytes(weight), without].join(' | ')} |`;
  });
  const core = `| none | ${CORE}, for fetch streaming and event streams | \`subscribe\` | ${kilobytes(bare)} | |`;
  const head = ['part', 'what it does', 'what it brings', 'kB', 'what a client without it does'];
  return markdownTable(head, [core, ...(await Promise.all(rows))]);
}

/** Bytes, minified and compressed by Brotli, of a client of these parts: of what is in dist/, as the README's sizes. */
async function weightOf(parts: readonly string[]): Promise<number> {
  const names = ['composeClient', 'fetchStream', 'eventStream', ...parts];
  const { outputFiles } = await build({
    stdin: {
      // As size-limit has it: whatever is named is kept.
      contents: `import { ${names.join(', ')} } from './index.js'; console.log(${names.join(', ')});`,
      resolveDir: dist,
    },
    bundle: true,
    write: false,
    minify: true,
  });
  return outputFiles.reduce((sum, { contents }) => sum + brotliCompressSync(contents).length, 0);
}

/** 1 kB is 1,000 bytes. */
function kilobytes(bytes: number): string {
  return bytes < 50 ? 'under 0.1' : (bytes / 1_000).toFixed(1);
}
