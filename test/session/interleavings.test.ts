// Whatever happens, in whatever order. A failure prints the seed of the run and the shortest life it found.
//
// `ENCKE_SEED=… ENCKE_RUNS=…` repeats a run, or makes a longer one.

import fc from 'fast-check';
import { it } from 'vitest';
import { seedOfRun } from '../tools/random.ts';
import { ask } from './ask.ts';
import { lives } from './life.ts';
import { live } from './live.ts';

const { ENCKE_SEED, ENCKE_RUNS = '1500' } = process.env;

it(
  'is one connection, in order, each event once, and nothing after its end',
  { timeout: 600_000 },
  async () => {
    await fc.assert(fc.asyncProperty(lives, live), {
      seed: seedOfRun(ENCKE_SEED),
      numRuns: Number(ENCKE_RUNS),
    });
  },
);

it('sends a request once, whatever becomes of it, and leaves nothing', { timeout: 600_000 }, async () => {
  await fc.assert(fc.asyncProperty(lives, ask), {
    seed: seedOfRun(ENCKE_SEED),
    numRuns: Number(ENCKE_RUNS),
  });
});
