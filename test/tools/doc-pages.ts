// The computed parts of the pages in docs/: options from their TSDoc, recipes from their files, differences from their list.
//
// Each stands between `<!-- NAME -->` and `<!-- /NAME -->`.

import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DIFFERENCES } from '../compat/sijax-differences.ts';
import { markdownTable, optionsTable } from './options-table.ts';
import { replaceBlock } from './readme-blocks.ts';

interface Block {
  readonly page: string;
  readonly name: string;
  make(): Promise<string>;
}

const SIJAX = 'docs/backends/sijax.md';

const BLOCKS: readonly Block[] = [
  options('docs/options.md', 'src/options.ts', 'RequestOptions'),
  options('docs/options.md', 'src/options.ts', 'SubscribeOptions'),
  options('docs/commands.md', 'src/commands/command.ts', 'CommandQueueOptions'),
  options(SIJAX, 'src/compat/sijax-options.ts', 'SijaxOptions'),
  options(SIJAX, 'src/compat/sijax-options.ts', 'CallOptions'),
  options(SIJAX, 'src/compat/sijax-options.ts', 'UploadOptions'),
  recipe('sijax_flask.py'),
  recipe('sijax_django.py'),
  recipe('sijax-express.js'),
  recipe('sijax.php'),
  file('requirements/sijax.txt', 'test/interop/requirements/sijax.txt'),
  { page: SIJAX, name: 'differences', make: differences },
];

/** The pages that have such parts, by their path. */
export const COMPUTED_PAGES: readonly string[] = [...new Set(BLOCKS.map(({ page }) => page))];

/** A page as it should be now. Throws where it lacks a block. */
export async function computedPage(path: string): Promise<string> {
  let text = readText(path);
  for (const { name, make } of BLOCKS.filter(({ page }) => page === path)) {
    const made = await make();
    text = replaceBlock(text, name, () => made);
  }
  return text;
}

function options(page: string, source: string, name: string): Block {
  return { page, name, make: () => optionsTable(source, name) };
}

function recipe(name: string): Block {
  return file(name, `docs/backends/recipes/${name}`);
}

function file(name: string, path: string): Block {
  const language = extname(path).slice(1);
  return { page: SIJAX, name, make: async () => `\`\`\`${language}\n${readText(path).trim()}\n\`\`\`` };
}

function differences(): Promise<string> {
  const rows = DIFFERENCES.map(
    ({ what, original, ours, why }) => `| ${[what, original, ours, why].join(' | ')} |`,
  );
  return markdownTable(['what', 'the original', 'encke', 'why'], rows);
}

function readText(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}
