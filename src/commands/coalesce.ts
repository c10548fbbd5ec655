// Which commands make an earlier one superfluous.

import type { Command, Verb } from './command.ts';

const PLAIN_ID = /^#[\w-]+$/;

/**
 * HTML that reaches beyond its target: by ids or custom elements, by scripts or handlers, or because a choice
 * in it undoes another one (`name` of radio buttons, `selected`).
 */
const FAR_REACHING = /[\s"'/](?:id|is|name|on\w+)\s*=|\bselected\b|<(?:script|[a-z][^\s/>]*-)/i;

/** Attributes that take any plain value, and change nothing but themselves. */
const SIMPLE = /^(?:class|className|title|alt|placeholder|tab[iI]ndex)$/;

/** Those that change nothing else either, but come and go, or refuse a value. */
const FICKLE = /^(?:value|hidden|disabled|max[lL]ength|(?:aria|data)-.+)$/;

/** Relative to the present value; or a removal, after which the declaration would come back in another place. */
const NOT_ABSOLUTE = /^\s*(?:[+-]=|$)/;

/** To parse a declaration takes longer than to remember it; how many are. */
const MOST_KNOWN = 1_000;

/**
 * Names html, attr and css after what they write, so that a later one takes the place of an earlier one where the page
 * ends up the same without it. That needs ids that are unique, and between the two only commands that
 *
 * - write to what a plain `#id` names, and read nothing;
 * - bring no id, and change none: so elements with an id only ever go, and what was written to them goes with them;
 * - overwrite, the later one, all that the earlier one wrote.
 *
 * What only keeps to the first two is named `''`. Any other command has no name: it separates those before it from those
 * behind.
 */
export function nameOf(command: Command, ownVerbs: Readonly<Record<string, Verb>> = {}): string | undefined {
  const { type, selector } = command;
  if (typeof selector !== 'string' || !PLAIN_ID.test(selector) || Object.hasOwn(ownVerbs, type))
    return undefined;
  return Object.hasOwn(NAMES, type) ? NAMES[type]?.(command, selector) : undefined;
}

const NAMES: Readonly<Record<string, (command: Command, selector: string) => string | undefined>> = {
  html: ({ html, setType }, selector) =>
    setType === 'replace' && isPlain(html) && !FAR_REACHING.test(String(html)) ? selector : undefined,
  attr({ key, value, setType }, selector) {
    if (setType !== 'replace' || typeof key !== 'string') return undefined;
    if (SIMPLE.test(key) && isPlain(value)) return `${selector} ${key}`;
    return FICKLE.test(key) ? '' : undefined;
  },
  css({ key, value }, selector) {
    if (typeof key !== 'string' || typeof value !== 'string') return '';
    if (NOT_ABSOLUTE.test(value)) return undefined;
    return isValid(key, value) ? `${selector} ${key}` : '';
  },
};

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Whether it overwrites anything: a declaration that cannot be parsed is passed over. */
function isValid(key: string, value: string): boolean {
  const declaration = `${key}:${value}`;
  if (!known.has(declaration)) {
    if (known.size === MOST_KNOWN) known.clear();
    known.set(declaration, CSS.supports(key.replace(/[A-Z]/g, '-$&'), value));
  }
  return known.get(declaration) === true;
}

const known = new Map<string, boolean>(); // whether a declaration is valid
