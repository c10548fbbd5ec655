// What pages of docs/ compute is up to date.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { computedPage, COMPUTED_PAGES } from '../tools/doc-pages.ts';

it.each(COMPUTED_PAGES)(
  '%s has the tables and recipes that the code makes',
  { timeout: 30_000 },
  async (path) => {
    const page = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    expect(page, 'run npm run build').toBe(await computedPage(path));
  },
);
