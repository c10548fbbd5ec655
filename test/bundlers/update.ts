// A program: builds the apps with every bundler and writes the table of docs/bundlers.md.

import { writeFileSync } from 'node:fs';
import { replaceBlock } from '../tools/readme-blocks.ts';
import { createProject } from './apps.ts';
import { BLOCK, buildAll, bundlesTable, PAGE, readPage } from './table.ts';

const project = await createProject();
const table = await bundlesTable(await buildAll(project));
writeFileSync(
  PAGE,
  replaceBlock(readPage(), BLOCK, () => table),
);
project.remove();
