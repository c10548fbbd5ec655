// Fields of a form, and headers, of which the values may be functions that are asked when they are needed.

import { EnckeError, inWords } from '../../ground/errors.ts';
import type { Asked } from '../../options.ts';

/** Where there is no value, there is no field. */
export type FieldValue = string | number | boolean | null | undefined;

/** Values by name, or (async) functions that give them, asked at each call. */
export type AskedFields = Readonly<Record<string, Asked<FieldValue>>>;

export type Entries = readonly (readonly [name: string, value: string])[];

/**
 * Asks every function now. The answer comes later only where one of them answers later.
 *
 * @throws EnckeError `invalid-option` where a function throws.
 */
export function askFields(fields: AskedFields): Entries | Promise<Entries> {
  const names = Object.keys(fields);
  const values = names.map((name) => ask(name, fields[name]));
  return values.some(isPromise)
    ? Promise.all(values.map(async (value) => value)).then(entries)
    : entries(values as FieldValue[]);

  function entries(given: readonly FieldValue[]): Entries {
    return names.flatMap((name, index): Entries => {
      const value = given[index];
      return value === undefined || value === null ? [] : [[name, String(value)]];
    });
  }
}

/** Headers as fetch takes them, or as fields; those that come later in the list replace those before. */
export async function askHeaders(given: readonly (Asked<HeadersInit> | AskedFields)[]): Promise<Headers> {
  const headers = new Headers();
  for (const source of given) {
    const asked = typeof source === 'function' ? await source() : source;
    const entries = Symbol.iterator in asked ? (asked as [string, string][]) : await askFields(asked);
    for (const [name, value] of entries) headers.set(name, value);
  }
  return headers;
}

function ask(name: string, value: AskedFields[string]): FieldValue | Promise<FieldValue> {
  if (typeof value !== 'function') return value;
  try {
    const answer = value();
    // Where one behind it fails at once, nobody hears of a failure of this one.
    if (isPromise(answer)) void Promise.allSettled([answer]);
    return answer;
  } catch (cause) {
    throw new EnckeError('invalid-option', `The function for ${name} failed: ${inWords(cause)}`, { cause });
  }
}

/** The only object among them; of which class it is depends on who made it. */
function isPromise(value: FieldValue | Promise<FieldValue>): boolean {
  return typeof value === 'object' && value !== null;
}
