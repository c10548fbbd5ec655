// What one can read at a glance: short files, and functions that fit on a screen.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { functionLengths } from './tools/function-lengths.ts';

const FILE = 250;
const SCREEN = 60;

const source = fileURLToPath(new URL('../src', import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(join(source, path), 'utf8') }));

describe('src/', () => {
  it(`has no file of over ${String(FILE)} lines`, () => {
    expect(files.length).toBeGreaterThan(100);
    const long = files.filter(({ text }) => text.split('\n').length - 1 > FILE);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  // A closure whose functions are the methods of what it makes is as long as all of them: each of them counts for itself.
  it(`has no function of over ${String(SCREEN)} lines of its own`, () => {
    const all = files.flatMap(({ path, text }) =>
      functionLengths(path, text).map(({ name, lines }) => ({ name: `${path} ${name}`, lines })),
    );
    expect(all.length).toBeGreaterThan(500);
    expect(all.filter(({ lines }) => lines > SCREEN)).toEqual([]);
  });
});

describe('the lines of a function', () => {
  it('are those with code, without the functions in it', () => {
    const text = [
      'function outer() {',
      '  // a comment',
      '  const short = () => 1;',
      '',
      '  return {',
      '    method() {',
      '      short();',
      '    },',
      '  };',
      '}',
    ].join('\n');
    expect(functionLengths('a.ts', text)).toEqual([
      { name: 'outer', lines: 5 },
      { name: 'short', lines: 1 },
      { name: 'method', lines: 3 },
    ]);
  });
});
