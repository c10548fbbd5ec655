// The map of the source shows what is there.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(`${root}docs/architecture.md`, 'utf8');
const places = page.slice(page.indexOf('## Places'), page.indexOf('## Where a new thing goes'));

describe('docs/architecture.md', () => {
  it('names no file that is not there', () => {
    const named = [...page.matchAll(/`((?:src|test|docs)\/[\w./-]+)`/g)].map(([, path = '']) => path);
    const planned = ['src/compat/'];
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !planned.includes(path) && !existsSync(root + path))).toEqual([]);
  });

  it('has a place for every file beside the folders of src/, and for every file of the core', () => {
    const folders = ['src', 'src/session'];
    const files = folders.flatMap((folder) =>
      readdirSync(root + folder)
        .filter((name) => name.endsWith('.ts'))
        .map((name) => `${folder}/${name}`),
    );
    expect(files.filter((file) => !places.includes(`\`${file}\``))).toEqual([]);
  });
});
