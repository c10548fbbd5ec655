// A program: rewrites the computed parts of README.md and docs/options.md. `npm run build` ends with it.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withCurrentOptions } from './options-table.ts';
import { withCurrentBlocks } from './readme-blocks.ts';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));
const OPTIONS = fileURLToPath(new URL('../../docs/options.md', import.meta.url));

if (existsSync(README)) {
  writeFileSync(README, await withCurrentBlocks(readFileSync(README, 'utf8')));
} else {
  process.stderr.write('README.md is missing: its sizes and hash were not written.\n');
}
writeFileSync(OPTIONS, await withCurrentOptions(readFileSync(OPTIONS, 'utf8')));
