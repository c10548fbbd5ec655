// Refuses an option that does not exist, and names the one that was probably meant.

import { EnckeError } from './errors.ts';

/** The names of all options: a table, so that the compiler misses none. */
export type OptionNames<Options> = Readonly<Record<keyof Options, 0>>;

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
  const scores = names.map((name) => likeness(framed(typed), framed(name)));
  return names[scores.indexOf(Math.max(...scores))] ?? '';
}

/** How many pairs of letters both have; of two names that have as many, the one whose length is nearer. */
function likeness(typed: string, name: string): number {
  const shared = Array.from(typed).filter((_, at) => name.includes(typed.slice(at, at + 2)));
  return shared.length - Math.abs(typed.length - name.length) / 4;
}

/** In spaces, so that the first and the last letter are in two pairs like any other. */
function framed(text: string): string {
  return ` ${text.toLowerCase()} `;
}
