// Every two rows of the table meet, always in the same way; any three by chance.
//
// A failure prints the shortest life that shows it. The three are the same in each run, so that it says the same of the
// same source; `ENCKE_SEED=… ENCKE_RUNS=…` makes others, and more of them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seedOfRun } from '../tools/random.ts';
import { awaited, TABLE } from './features.ts';
import { interleave, shorten } from './interleave.ts';
import { conflictOf, page, publish, user, wait, type Life, type Row, type Step } from './life.ts';
import { live } from './live.ts';

const { ENCKE_SEED = '7', ENCKE_RUNS = '150' } = process.env;

/** What happens beside the scripts. */
const NOISE: readonly Step[] = [
  ...[1, 20, 1_000, 6_000, 20_000, 40_000].map(wait),
  publish(),
  publish(3),
  { does: 'cut' },
  page('hidden'),
  page('visible'),
  page('online'),
  user('reconnect'),
  user('close', 1),
];

const met = new Set<string>();

describe.each(TABLE)('$name', (one) => {
  it('keeps its promises beside each of those behind it', { timeout: 120_000 }, async () => {
    const partners = TABLE.slice(TABLE.indexOf(one));
    for (const other of partners) {
      const rows = one === other ? [one] : [one, other];
      if (whyNot(rows) === undefined) await meet(interleave(rows));
    }
    expect(partners.length).toBeGreaterThan(0);
  });
});

it('leaves no two out without a reason', () => {
  const pairs = TABLE.flatMap((one, index) => TABLE.slice(index + 1).map((other) => [one, other] as const));
  const reasons = pairs.map((pair) => (met.has(nameOf(pair)) ? 'met' : whyNot(pair)));
  expect(reasons).not.toContain(undefined);
  const counts = new Map<string, number>();
  for (const reason of reasons) {
    const kind = reason === 'met' || reason?.startsWith('awaited') ? reason : 'cannot meet';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  console.log(`${pairs.length} pairs: ${[...counts].map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
});

it('keeps its promises where three of them meet by chance', { timeout: 600_000 }, async () => {
  await fc.assert(fc.asyncProperty(lives(), live), {
    seed: seedOfRun(ENCKE_SEED),
    numRuns: Number(ENCKE_RUNS),
  });
});

async function meet(life: Life): Promise<void> {
  try {
    await live(life);
  } catch (error) {
    const short = await shorten(life, live);
    throw new Error(`${life.rows.join(' + ')}\n${String(error)}\n${JSON.stringify(short)}`, { cause: error });
  }
  met.add(life.rows.join(' + '));
}

function lives(): fc.Arbitrary<Life> {
  const rows = fc
    .shuffledSubarray([...TABLE], { minLength: 2, maxLength: 3 })
    .filter((chosen) => whyNot(chosen, true) === undefined);
  const parts = fc.record({
    rows,
    noise: fc.array(fc.constantFrom(...NOISE), { maxLength: 12 }),
    seed: fc.nat(),
  });
  return parts.chain((part) => {
    const life = interleave(part.rows, part.seed, part.noise);
    return fc.subarray([...life.steps]).map((steps) => ({ ...life, steps }));
  });
}

/** Why rows are not drawn together. */
function whyNot(rows: readonly Row[], isByChance = false): string | undefined {
  for (const [index, one] of rows.entries()) {
    for (const other of rows.slice(index)) {
      const name = nameOf(one === other ? [one] : [one, other]);
      const found = awaited.find(({ what, isRare }) => what === name && (isByChance || !isRare));
      if (found) return 'awaited';
      const conflict = one === other ? undefined : conflictOf(one, other);
      if (conflict) return conflict;
    }
  }
  return undefined;
}

/** In the order of the table. */
function nameOf(rows: readonly Row[]): string {
  return [...rows]
    .sort((one, other) => TABLE.indexOf(one) - TABLE.indexOf(other))
    .map(({ name }) => name)
    .join(' + ');
}
