// What a form's fields hold, nested as their names say: what Sijax's `getFormValues` gives.

import { EnckeError } from '../ground/errors.ts';

/** A field's value, a list of them (`name[]`), or what lies under a name. `null`: a select without a choice. */
export type FormValue = string | null | FormValue[] | FormValues;

/** Without a prototype: every key is a field's. */
export interface FormValues {
  [name: string]: FormValue;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const FIELDS = 'input, textarea, select';

/** `a[b][c]`, `a[]`. What stands before and between the brackets are the keys. */
const NESTED = /^(\w+)\[(.*?)\]$/;

/** Names that reach beyond a plain object wherever the values may be copied to. */
const REFUSED = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Gives the values of every input, textarea and select inside an element, a list of elements, or what a selector
 * names. `a[b]` lies under `a` as `b`, `a[]` adds to the list `a`; of fields with the same name the last counts.
 *
 * Fields that are disabled, nameless or badly named are left out, and so are unchecked boxes. Buttons are in.
 *
 * @throws EnckeError `selector` when it cannot be parsed.
 */
export function formValues(root: string | ParentNode | Iterable<ParentNode>): FormValues {
  const values = emptyValues();
  const fields = [...rootsOf(root)].flatMap((parent) => [...parent.querySelectorAll<Field>(FIELDS)]);
  // A root inside of another one would bring its fields twice.
  for (const field of new Set(fields)) if (counts(field)) put(values, keysOf(field.name), valueOf(field));
  return values;
}

function rootsOf(root: string | ParentNode | Iterable<ParentNode>): Iterable<ParentNode> {
  // A form is iterable, too.
  if (typeof root !== 'string') return 'querySelectorAll' in root ? [root] : root;
  try {
    return document.querySelectorAll(root);
  } catch (cause) {
    throw new EnckeError('selector', `"${root}" is not a selector.`, { cause });
  }
}

function counts(field: Field): boolean {
  if (field.matches(':disabled') || keysOf(field.name).some((key) => REFUSED.has(key))) return false;
  // The attribute as it is written, as the original asks for it: `type="CHECKBOX"` counts checked or not.
  const isBox = field.localName === 'input' && /^(?:checkbox|radio)$/.test(field.getAttribute('type') ?? '');
  return !isBox || (field as HTMLInputElement).checked;
}

/** As jQuery's `val()` gives it. */
function valueOf(field: Field): FormValue {
  if (!('selectedOptions' in field)) return field.value.replaceAll('\r', '');
  const chosen = [...field.selectedOptions].filter((option) => !option.matches(':disabled'));
  const values = chosen.map(({ value }) => value);
  return field.multiple ? values : (values[0] ?? null);
}

/** None for a name that says nothing; the last one is `''` where the value is added to a list. */
function keysOf(name: string): readonly string[] {
  if (!name.includes('[')) return name ? [name] : [];
  const [, first, rest = ''] = NESTED.exec(name) ?? [];
  return first === undefined ? [] : [first, ...rest.split('][')];
}

/** Where another field's value stands in the way, this one is left out. */
function put(place: FormValue, keys: readonly string[], value: FormValue): void {
  const [key, ...rest] = keys;
  if (isAddition(keys)) {
    if (Array.isArray(place)) place.push(value);
  } else if (key !== undefined && canHold(place, key)) {
    if (rest.length === 0) place[key] = value;
    else {
      // Not `??=`: the null of a select stands in the way like any other value.
      if (place[key] === undefined) place[key] = isAddition(rest) ? [] : emptyValues();
      put(place[key], rest, value);
    }
  }
}

function isAddition(keys: readonly string[]): boolean {
  return keys.length === 1 && keys[0] === '';
}

/** A list has places by number, and nothing else that JSON could say. */
function canHold(place: FormValue, key: string): place is FormValues {
  return typeof place === 'object' && place !== null && (!Array.isArray(place) || /^\d+$/.test(key));
}

function emptyValues(): FormValues {
  return Object.create(null) as FormValues;
}
