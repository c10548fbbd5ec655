// Refuses an option that does not exist, and names the one that was probably meant.

import { EnckeError } from './errors.ts';

/** The names of all options: a table, so that the compiler misses none. */
export type OptionNames<Options> = Readonly<Record<keyof Options, 0>>;

/** What a letter that was left out counts, beside one that is wrong: `timeout` is nearer to `connectTimeout` than to `retry`. */
const LEFT_OUT = 0.4;

/**
 * An option given as `undefined` is an option not given.
 *
 * @param owner - what takes the options, as the caller knows it
 * @throws EnckeError `invalid-option`
 */
export function refuseUnknown(owner: string, options: object, names: object): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || Object.hasOwn(names, name)) continue;
    const nearest = nearestOf(Object.keys(names), name);
    throw new EnckeError('invalid-option', `${owner} has no option ${name}. Did you mean ${nearest}?`);
  }
}

function nearestOf(names: readonly string[], typed: string): string {
  const distances = names.map((name) => distance(typed.toLowerCase(), name.toLowerCase()));
  return names[distances.indexOf(Math.min(...distances))] ?? '';
}

/** The edit distance (Levenshtein's) with a weight of its own for letters left out. */
function distance(typed: string, name: string): number {
  let row = Array.from({ length: name.length + 1 }, (_, at) => at * LEFT_OUT);
  for (const letter of typed) {
    let left = Infinity;
    let diagonal = Infinity;
    row = row.map((above, at) => {
      const replaced = diagonal + (letter === name[at - 1] ? 0 : 1);
      diagonal = above;
      return (left = Math.min(replaced, above + 1, left + LEFT_OUT));
    });
  }
  return row.at(-1) ?? 0;
}
