// What each part of a client weighs.

import { brotliCompressSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { markdownTable } from './options-table.ts';
import { PART_ROWS } from './part-rows.ts';

const source = fileURLToPath(new URL('../../src', import.meta.url));

/** The table of docs/parts.md: every part, with its weight beside a client that has none. */
export async function partsTable(): Promise<string> {
  const bare = await weightOf([]);
  const rows = Object.entries(PART_ROWS).map(async ([name, { does, brings, without }]) => {
    const weight = kilobytes((await weightOf([name])) - bare);
    return `| \`${name}\` | ${[does, brings, weight, without].join(' | ')} |`;
  });
  const head = ['part', 'what it does', 'what it brings', 'kB', 'what a client without it does'];
  return markdownTable(head, await Promise.all(rows));
}

/** What three clients weigh: of no part, of those that most need, and of all. */
export async function clientsTable(): Promise<string> {
  const clients: [name: string, parts: string[]][] = [
    ['none', []],
    ['`watchdog`, `replays`', ['watchdog', 'replays']],
    ['`watchdog`, `replays`, `gaps`, `pageLife`', ['watchdog', 'replays', 'gaps', 'pageLife']],
    ['`allParts`', ['...allParts']],
  ];
  const rows = clients.map(async ([name, parts]) => `| ${name} | ${kilobytes(await weightOf(parts))} |`);
  return markdownTable(['parts, beside `fetchStream` and `eventStream`', 'kB'], await Promise.all(rows));
}

/** Bytes, minified and compressed by Brotli, of a client of these parts. */
async function weightOf(parts: readonly string[]): Promise<number> {
  const names = [
    'createClient',
    'fetchStream',
    'eventStream',
    ...parts.map((part) => part.replace('...', '')),
  ];
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { ${names.join(', ')} } from './index.ts';
        globalThis.client = createClient({
          transports: [fetchStream], formats: [eventStream], parts: [${parts.join(', ')}],
        });
      `,
      resolveDir: source,
    },
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    target: 'es2022',
  });
  return outputFiles.reduce((sum, { contents }) => sum + brotliCompressSync(contents).length, 0);
}

/** 1 kB is 1,000 bytes. */
function kilobytes(bytes: number): string {
  return bytes < 50 ? 'under 0.1' : (bytes / 1_000).toFixed(1);
}
