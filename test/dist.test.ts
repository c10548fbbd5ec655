// dist/ is what src/ builds to.

import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const committed = join(root, 'dist');
const fresh = mkdtempSync(join(tmpdir(), 'encke-dist-'));

beforeAll(async () => {
  const rollup = fileURLToPath(import.meta.resolve('rollup/dist/bin/rollup'));
  const build = ['--config', 'rollup.config.mjs', '--silent', `--configFolder=${fresh}`];
  await promisify(execFile)(process.execPath, [rollup, ...build], { cwd: root });
}, 120_000);

afterAll(() => rmSync(fresh, { recursive: true }));

describe('dist/', () => {
  it('holds the files a build makes, and no other', () => {
    expect(filesIn(fresh)).toContain('encke.min.js');
    expect(filesIn(committed), 'run npm run build').toEqual(filesIn(fresh));
  });

  it('may stand in a script element of a page', () => {
    for (const name of filesIn(fresh).filter((file) => file.endsWith('.min.js'))) {
      expect(readFileSync(join(fresh, name), 'utf8')).not.toMatch(/<!--|<\/script/i);
    }
  });

  it('is not stale', () => {
    const stale = filesIn(fresh).filter((file) => read(committed, file) !== read(fresh, file));
    expect(stale, 'run npm run build').toEqual([]);
  });
});

/** Without source maps: they are published, but not committed. */
function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.map'));
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).sort();
}

function read(folder: string, file: string): string {
  return filesIn(folder).includes(file) ? readFileSync(join(folder, file), 'utf8') : '';
}
