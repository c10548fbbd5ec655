// The `attr` command: what an element has by a name, as a property or else as an attribute.

import type { Verb } from './command.ts';
import { checkCode, nameOf } from './complaint.ts';
import { HTML } from './parse-html.ts';
import { isScriptUrl } from './script-url.ts';

/** Attributes of which the property has another name, as jQuery knows them: most differ in capitals alone. */
const CAPITALS =
  'tabIndex readOnly maxLength cellSpacing cellPadding rowSpan colSpan useMap frameBorder contentEditable';

const RENAMED: Readonly<Record<string, string>> = /* @__PURE__ */ renamed();

/** Attributes with words for values, of which the property is a boolean: the text `false` would count as true. */
const WORDS = /^(?:autocorrect|draggable|hidden|spellcheck|translate)$/;

/** What does not follow an attribute: the state of form fields and media, and what has none. */
const STATE =
  /^(?:checked|currentTime|hash|indeterminate|innerText|muted|nodeValue|scroll(?:Left|Top)|search|selected(?:Index)?|srcObject|text|textContent|value)$/;

/** Event handlers, HTML that passes no door, and what makes code of the rest of an address. */
const CODE = /^(?:on|(?:outerhtml|srcdoc|protocol)$)/i;

/** Whatever stands before: `formaction`, `xlink:href`. The last three are of animations, which may move a link. */
const ADDRESS = /(?:href|src|action|data|values|from|to)$/i;

/** What else of a link's address can be written by itself: in `javascript:void(0)` it is code. */
const PART = /^(?:user|pass|host|port|path|search$|hash$)/;

type Holder = Element & Record<string, unknown>;

/**
 * Sets the property `key` where the element has one that can be written, else the attribute. `null`, and `false` for a
 * boolean attribute, take the attribute away. `append` and `prepend` go on from what the first element has, and give the
 * whole to all.
 */
export const attr: Verb = ({ selector, key: given, value: sent, setType }, page) => {
  const key = nameOf(given, 'key');
  const name = propertyOf(key);
  const targets = page.select(selector) as Holder[];
  const [first] = targets;
  if (!first || sent === undefined) return;
  const isBoolean = hasFlag(first, name);
  const value = isBoolean && sent === false ? null : sent;
  const isWhole = value === null || (isBoolean && value === true) || setType === 'replace';
  const whole = isWhole ? value : join(textIn(first, name, key), value, setType === 'append');
  if (name === 'innerHTML') return page.insert(targets, whole, 'replace');
  // What the property is not called the attribute may be: `defaultOnclick`.
  const isCode =
    whole !== null &&
    [name, attributeOf(key)].some((each) => CODE.test(each) || (ADDRESS.test(each) && isScriptUrl(whole)));
  for (const target of targets) {
    const isPartOfCode = PART.test(name) && isScriptUrl(target['href']);
    if (isCode || isPartOfCode || target.localName === 'script') checkCode(page.scripts);
    if (whole === null) takeAway(target, name, key);
    else if (isWords(name, whole) || !hasSet(target, name, whole)) {
      target.setAttribute(attributeOf(key), isBoolean && whole === true ? '' : (whole as string));
    }
  }
};

/** The name of the property for that of an attribute. */
export function propertyOf(key: string): string {
  return Object.hasOwn(RENAMED, key) ? (RENAMED[key] ?? key) : key;
}

function renamed(): Record<string, string> {
  const names = CAPITALS.split(' ').map((name) => [name.toLowerCase(), name] as const);
  return { class: 'className', for: 'htmlFor', ...Object.fromEntries(names) };
}

/** An object is no text to go on from: that of `style` is in the attribute. What is missing counts for none. */
function textIn(element: Holder, name: string, key: string): unknown {
  const present = element[name] ?? null;
  return typeof present === 'object' ? (element.getAttribute(attributeOf(key)) ?? '') : present;
}

/** As `+` does it: the sum of two numbers, otherwise one text behind the other. */
function join(present: unknown, value: unknown, isAppended: boolean): unknown {
  return isAppended ? (present as string) + (value as string) : (value as string) + (present as string);
}

/**
 * Whether it means yes by being there: a boolean property says so. Of what HTML has no property for, `true` and `false` mean
 * that, too, but for `data-…` and `aria-…`.
 */
function hasFlag(element: Holder, name: string): boolean {
  if (WORDS.test(name) && name !== 'hidden') return false;
  if (name in element) return typeof element[name] === 'boolean' && !isOwn(element, name);
  const isHtml = element.namespaceURI === HTML || name in HTMLElement.prototype;
  return isHtml && !name.includes('-');
}

function isWords(name: string, value: unknown): boolean {
  return typeof value === 'string' && value !== '' && WORDS.test(name);
}

function takeAway(target: Holder, name: string, key: string): void {
  if (name in target && (STATE.test(name) || isOwn(target, name))) {
    hasSet(target, name, typeof target[name] === 'string' ? '' : null);
  }
  // Afterwards, as some write the attribute: the value of a box, the number of a list item.
  target.removeAttribute(attributeOf(key));
}

/** Whether it is what a custom element has made up, which may follow no attribute. */
function isOwn({ localName }: Element, name: string): boolean {
  return localName.includes('-') && !(name in HTMLElement.prototype);
}

/** Where it cannot be told from the name of the property by its letters alone; in HTML capitals do not count. */
function attributeOf(key: string): string {
  return key
    .replace(/^(class|rel)(?:Name|List)$/, '$1')
    .replace(/^(?:default|html)(?=[A-Z])/, '')
    .replace(/^(?:aria|http|accept)(?=[A-Z])/, '$&-');
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
