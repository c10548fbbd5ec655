// The short form of the chaos matrix: each technique after each other, once, at a cut. The whole: `npm run test:chaos`.

import { describe, expect, it } from 'vitest';
import { seedOfRun } from '../tools/random.ts';
import { everyStep, expected, openArena, trialSeed, type Trial } from './chaos.ts';
import { findBrowsers, launch, type Found } from './drivers.ts';
import { skipIfMissing } from './missing.ts';

const SEED = seedOfRun(process.env['ENCKE_SEED']);
const STEPS = everyStep();

/** As many cuts as steps, and in a poll's answer so much that none gets through before the last of them. */
const TRIAL: Trial = { schedule: STEPS, events: 3_000, kills: STEPS.length, batch: 3_000 };

for (const found of findBrowsers()) {
  describe(found.name, () => {
    it('loses nothing over 49 cuts, whichever technique follows which', async (context) => {
      skipIfMissing(found, context);
      await takeEveryStep(found);
    });
  });
}

async function takeEveryStep(found: Found): Promise<void> {
  const arena = await openArena();
  const browser = await launch(found);
  try {
    const seed = trialSeed(SEED, browser, STEPS);
    const facts = await arena.run(await browser.newPage(), TRIAL, seed);
    const { connections, most } = facts;
    console.log(
      `${browser.name}: chaos took ${(facts.milliseconds / 1000).toFixed(1)} s, ENCKE_SEED=${SEED}`,
    );
    expect(facts, `ENCKE_SEED=${SEED} plays it again`).toMatchObject(expected(TRIAL));
    expect(stepsAmong(connections).size, 'pairs of techniques that followed each other').toBe(49);
    // A browser may take a moment to close a socket that has ended.
    expect(most, 'connections at once').toBeLessThanOrEqual(2);
  } finally {
    await browser.close();
    await arena.close();
  }
}

function stepsAmong(connections: readonly string[]): Set<string> {
  return new Set(
    connections.slice(1).map((technique, index) => `${connections[index] ?? ''} > ${technique}`),
  );
}
