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
  const values: (FieldValue | Promise<FieldValue>)[] = [];
  try {
    for (const name of names) values.push(ask(name, fields[name]));
  } catch (error) {
    // What those before it answer is of no use any more, and neither is their failure.
    void Promise.allSettled(values.map(async (value) => value));
    throw error;
  }
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
    return value();
  } catch (cause) {
    throw new EnckeError('invalid-option', `The function for ${name} failed: ${inWords(cause)}`, { cause });
  }
}

/** The only object among them; of which class it is depends on who made it. */
function isPromise(value: FieldValue | Promise<FieldValue>): boolean {
  return typeof value === 'object' && value !== null;
}
