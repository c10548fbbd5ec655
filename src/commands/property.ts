// The `attr` command: what an element has by a name, as a property or else as an attribute.

import type { Verb } from './command.ts';
import { checkCode, nameOf } from './complaint.ts';
import { isScriptUrl } from './script-url.ts';

/** Attributes of which the property has another name, as jQuery knows them. */
const PROPERTIES: Readonly<Record<string, string>> = {
  class: 'className',
  for: 'htmlFor',
  tabindex: 'tabIndex',
  readonly: 'readOnly',
  maxlength: 'maxLength',
  cellspacing: 'cellSpacing',
  cellpadding: 'cellPadding',
  rowspan: 'rowSpan',
  colspan: 'colSpan',
  usemap: 'useMap',
  frameborder: 'frameBorder',
  contenteditable: 'contentEditable',
};

/** Event handlers, HTML that passes no door, and what makes code of the rest of an address. */
const CODE = /^(?:on|(?:outerhtml|srcdoc|protocol)$)/i;

/** Whatever stands before: `formaction`, `xlink:href`. The last three are of animations, which may move a link. */
const ADDRESS = /(?:href|src|action|data|values|from|to)$/i;

/** What else of a link's address can be written by itself: in `javascript:void(0)` it is code. */
const PART = /^(?:user|pass|host|port|path|search$|hash$)/;

type Holder = Element & Record<string, unknown>;

/**
 * Sets the property `key` where the element has one that can be written, else the attribute, which `null` removes.
 * `append` and `prepend` go on from what the first element has, and give the whole to all.
 */
export const attr: Verb = ({ selector, key: given, value, setType }, page) => {
  const key = nameOf(given, 'key');
  const name = propertyOf(key);
  const targets = page.select(selector) as Holder[];
  const [first] = targets;
  if (!first || value === undefined) return;
  const whole = setType === 'replace' ? value : join(textIn(first, name, key), value, setType === 'append');
  if (name === 'innerHTML') return page.insert(targets, whole, 'replace');
  const isCode = CODE.test(name) || (ADDRESS.test(name) && isScriptUrl(whole));
  for (const target of targets) {
    const isPartOfCode = PART.test(name) && isScriptUrl(target['href']);
    if (isCode || isPartOfCode || target.localName === 'script') checkCode(page.scripts);
    if (hasSet(target, name, whole)) continue;
    if (whole === null) target.removeAttribute(key);
    else target.setAttribute(key, whole as string);
  }
};

/** The name of the property for that of an attribute. */
export function propertyOf(key: string): string {
  return Object.hasOwn(PROPERTIES, key) ? (PROPERTIES[key] ?? key) : key;
}

/** An object is no text to go on from: that of `style` is in the attribute. What is missing counts for none. */
function textIn(element: Holder, name: string, key: string): unknown {
  const present = element[name] ?? null;
  return typeof present === 'object' ? (element.getAttribute(key) ?? '') : present;
}

/** As `+` does it: the sum of two numbers, otherwise one text behind the other. */
function join(present: unknown, value: unknown, isAppended: boolean): unknown {
  return isAppended ? (present as string) + (value as string) : (value as string) + (present as string);
}

function hasSet(target: Holder, name: string, value: unknown): boolean {
  try {
    if (name in target) {
      (target as Record<string, unknown>)[name] = value;
      return true;
    }
    return false;
  } catch {
    // `false` is the answer of a property that is only for reading, as in SVG; any other throws once more.
    return Reflect.set(target, name, value);
  }
}
