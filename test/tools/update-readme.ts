// A program: rewrites the computed parts of README.md. `npm run build` ends with it.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withCurrentBlocks } from './readme-blocks.ts';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));

if (existsSync(README)) {
  writeFileSync(README, await withCurrentBlocks(readFileSync(README, 'utf8')));
} else {
  process.stderr.write('README.md is missing: its sizes and hash were not written.\n');
}
