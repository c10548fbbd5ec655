// The scripts of several rows as one life, and the shortest that shows the same fault.

import { seedFor, seededRandom } from '../tools/random.ts';
import type { Life, Row, Step } from './life.ts';

/** Each script in its own order; the same rows and the same seed make the same life. */
export function interleave(rows: readonly Row[], seed = 7, noise: readonly Step[] = []): Life {
  const names = rows.map(({ name }) => name);
  const random = seededRandom(seedFor(seed, names.join()));
  const rests = [...rows.map(({ script }) => [...script]), [...noise]];
  const steps: Step[] = [];
  for (;;) {
    const left = rests.filter((rest) => rest.length > 0);
    const next = left[Math.floor(random() * left.length)]?.shift();
    if (!next) return { rows: names, steps, seed };
    steps.push(next);
  }
}

/** Leaves out each step without which it fails in the same way. */
export async function shorten(life: Life, live: (life: Life) => Promise<void>): Promise<Life> {
  const kind = await failureOf(life);
  let { steps } = life;
  for (let index = steps.length - 1; index >= 0; index--) {
    const fewer = steps.filter((_, place) => place !== index);
    const fails = (await failureOf({ ...life, steps: fewer })) === kind;
    if (fails) steps = fewer;
  }
  return { ...life, steps };

  /** What it fails with, but for the numbers. */
  async function failureOf(shorter: Life): Promise<string | undefined> {
    try {
      await live(shorter);
      return undefined;
    } catch (error) {
      return String(error).split('\n')[0]?.replaceAll(/\d+/g, '');
    }
  }
}
