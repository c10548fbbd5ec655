// A program: rewrites the computed parts of README.md and of the pages in docs/. `npm run build` ends with it.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { computedPage, COMPUTED_PAGES } from './doc-pages.ts';
import { withCurrentBlocks } from './readme-blocks.ts';

const README = place('README.md');

if (existsSync(README)) {
  writeFileSync(README, await withCurrentBlocks(readFileSync(README, 'utf8')));
} else {
  process.stderr.write('README.md is missing: its sizes and hash were not written.\n');
}
for (const path of COMPUTED_PAGES) writeFileSync(place(path), await computedPage(path));

function place(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
