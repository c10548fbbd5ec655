// Chance that can be had again: numbers from a seed, the same in Node and in every browser.

/** Gives the next number from 0 to below 1 at each call. */
export type Random = () => number;

/** Mulberry32. Equal seeds give equal numbers; a seed counts by its 32 lowest bits. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed for a part of a run, made of the run's own and the name of the part. */
export function seedFor(seed: number, name: string): number {
  let hash = seed | 0;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** `ENCKE_SEED`, so that a run can be had again, or a new one. */
export function seedOfRun(wanted: string | undefined): number {
  return wanted === undefined || wanted === '' ? Math.floor(Math.random() * 2 ** 31) : Number(wanted);
}
