// The README's figures are today's.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  peerTable,
  replaceBlock,
  sizeTable,
  withCurrentBlocks,
  withIntegrity,
} from '../tools/readme-blocks.ts';

describe('README.md', () => {
  it(
    'shows the sizes and the hash of what is in dist/ now; `npm run build` rewrites them',
    { timeout: 60_000 },
    async () => {
      const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
      expect(readme).toBe(await withCurrentBlocks(readme));
    },
  );
});

describe('the computed blocks', () => {
  it('are replaced between their markers and nowhere else', () => {
    const text = 'before <!-- sizes --> old <!-- /sizes --> after';
    expect(replaceBlock(text, 'sizes', () => 'new')).toBe(
      'before <!-- sizes -->\n\nnew\n\n<!-- /sizes --> after',
    );
  });

  it('must exist', () => {
    expect(() => replaceBlock('<!-- sizes --> never closed', 'sizes', () => 'new')).toThrow('no block');
    expect(() => replaceBlock('nothing at all', 'sizes', () => 'new')).toThrow('no block');
  });

  it('give sizes in kilobytes with one decimal', async () => {
    const table = await sizeTable([{ name: 'all', size: 6949 }]);
    expect(table.trim().split('\n').at(-1)).toMatch(/^\| all +\| +6\.9 kB \|$/);
  });

  it('give the sizes of others with their versions and the date', async () => {
    const peers = [{ name: 'other', version: '1.2.3', size: 1122 }];
    const [said, , ...table] = (await peerTable({ measured: '2026-01-02', peers })).trim().split('\n');
    expect(said).toContain('2026-01-02');
    expect(table.at(-1)).toMatch(/^\| other +\| 1\.2\.3 +\| +1\.1 kB \|$/);
  });

  it('renew every hash and keep the words around it', () => {
    expect(withIntegrity('a sha384-Old+/= b sha384-x c', 'sha384-New/+')).toBe(
      'a sha384-New/+ b sha384-New/+ c',
    );
    expect(withIntegrity('\n', 'sha384-New')).toContain('integrity="sha384-New"');
    expect(() => withIntegrity('words only', 'sha384-New')).toThrow('no sha384');
  });
});
