// dist/compat/sijax.min.js, the file that pages load.

import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

const PROJECT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, PROJECT), 'utf8');

describe('dist/compat/sijax.min.js', () => {
  it('carries the version in its one line of licence', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(read('dist/compat/sijax.min.js').split('\n')[0]).toBe(`/*! encke ${version}, MIT */`);
  });

  it('defines the globals of what it stands in for and no other, and needs none to be loaded', () => {
    const page: Record<string, unknown> = {};
    runInNewContext(read('dist/compat/sijax.min.js'), page);
    expect(Object.keys(page).sort()).toEqual(['$', 'Sijax', 'jQuery', 'sjxComet', 'sjxSuggest', 'sjxUpload']);
  });
});
