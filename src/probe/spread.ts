// The smallest, the middle and the largest of some numbers.

import type { Spread } from './report.ts';

/** `undefined` for no numbers. Of an even count the upper of the middle two is taken. */
export function spreadOf(numbers: readonly number[]): Spread | undefined {
  const sorted = [...numbers].sort((one, other) => one - other);
  const [min] = sorted;
  const median = sorted[sorted.length >> 1];
  const max = sorted.at(-1);
  if (min === undefined || median === undefined || max === undefined) return undefined;
  return { min, median, max };
}

/** What lies between each number and the next. */
export function gapsOf(numbers: readonly number[]): number[] {
  return numbers.slice(1).map((number, index) => number - (numbers[index] ?? number));
}
