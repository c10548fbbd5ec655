import { expect, it } from 'vitest';
import { describeMutants, type Mutant } from './mutation-report.ts';

const SOURCE = 'if (a)\n  return [\n    b,\n  ];\n';

it('shows each break that no test noticed where it is, then the score of each folder', () => {
  const files = {
    'src/b/two.ts': {
      source: SOURCE,
      mutants: [
        mutant('NoCoverage', [2, 10], [4, 4], '[]'),
        mutant('Survived', [1, 5], [1, 6], 'true'),
        mutant('Killed', [1, 5], [1, 6], 'false'),
      ],
    },
    'src/b/three.ts': { source: SOURCE, mutants: [mutant('Timeout', [1, 1], [1, 2], '')] },
    'src/a/one.ts': {
      source: SOURCE,
      mutants: [mutant('Killed', [1, 1], [1, 2], ''), mutant('Ignored', [1, 1], [1, 2], '')],
    },
    'src/c/none.ts': { source: SOURCE, mutants: [] },
  };
  expect(describeMutants({ files })).toBe(
    `src/b/two.ts:1:5  a  ->  true
src/b/two.ts:2:10  [ b, ]  ->  []  (no test comes here)

folder    score  mutants  killed  timeout  survived  no coverage  ignored
src/a   100.0 %        1       1        0         0            0        1
src/b    50.0 %        4       1        1         1            1        0
src/c         -        0       0        0         0            0        0`,
  );
});

it('shows only the scores where every break was noticed', () => {
  const files = { 'src/a/one.ts': { source: SOURCE, mutants: [mutant('Killed', [1, 1], [1, 2], '')] } };
  expect(describeMutants({ files })).toMatch(/^folder .*\nsrc\/a /);
});

function mutant(status: string, start: Place, end: Place, replacement: string): Mutant {
  return { status, replacement, location: { start: at(start), end: at(end) } };
}

/** Line and column. */
type Place = readonly [number, number];

function at([line, column]: Place): { line: number; column: number } {
  return { line, column };
}
