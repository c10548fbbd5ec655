// The `css` command: one declaration of an element's own style.

import type { Verb } from './command.ts';
import { textOf } from './complaint.ts';

/** A number by itself: its sign where it is relative, the number, its unit. */
const NUMBER = /^(?:([+-])=)?([+-]?(?:\d*\.)?\d+(?:e[+-]?\d+)?)([a-z%]*)$/i;

/** Sizes, which jQuery takes for pixels even as text, and never lets fall below 0. */
const SIZE = /^(?:width|height|padding|border-width)$/;

/** The unit of a number that came without one. */
type UnitOf = (name: string, number: number) => string;

/**
 * `key` as in style sheets or in scripts. A number is taken for pixels where it is not valid without a unit; `+=` and
 * `-=` go on from what is computed; `''` removes. As wherever scripts set styles, `!important` is not valid in a value.
 */
export const css: Verb = ({ selector, key, value }, page) => {
  const text = textOf(key, 'key');
  setStyle(page.select(selector), text, value);
};

export function setStyle(
  targets: readonly Element[],
  key: string,
  value: unknown,
  unitOf: UnitOf = validUnit,
): void {
  if (value === undefined || value === null) return;
  const name = declarationOf(key);
  for (const element of targets) {
    styleOf(element).setProperty(name, textFor(element, name, value, unitOf));
  }
}

/** A field named `style` hides that of its form. */
function styleOf(element: Element): CSSStyleDeclaration {
  const { style } = element as HTMLElement;
  return 'setProperty' in style ? style : Reflect.get(HTMLElement.prototype, 'style', element);
}

/** `flex: 1` and `tab-size: 4` say something else than with a unit; strokes are measured in pixels either way. */
function validUnit(name: string, number: number): string {
  const isPlain = CSS.supports(name, String(number)) && !name.startsWith('stroke-');
  return !isPlain && CSS.supports(name, `${number}px`) ? 'px' : '';
}

/** As style sheets write it. Most keys are: one look is quicker than three replacements. */
function declarationOf(key: string): string {
  if (/^--|^[^A-Z]*$/.test(key)) return key;
  return key
    .replace('cssF', 'f')
    .replace(/[A-Z]|^webkit/g, '-$&')
    .toLowerCase();
}

function textFor(element: Element, name: string, value: unknown, unitOf: UnitOf): string {
  const isSize = SIZE.test(name);
  const [, sign, amount, given] = NUMBER.exec(String(value)) ?? [];
  if (!amount || !(sign || isSize || typeof value === 'number')) return String(value);
  let number = Number(amount);
  let unit = given;
  if (sign) {
    const computed = getComputedStyle(element).getPropertyValue(name);
    const [, , present = 0, its] = NUMBER.exec(computed) ?? [];
    // Only layout can add what has not the same unit.
    if (its && unit && its !== unit) return `calc(${computed} ${sign} ${amount}${unit})`;
    // Half of `opacity: 1` is 50 %.
    if (unit === '%' && its === '') {
      number /= 100;
      unit = '';
    }
    unit ||= its;
    number = Number(present) + Number(`${sign}1`) * number;
  }
  if (isSize) number = Math.max(0, number);
  return `${number}${unit || unitOf(name, number)}`;
}
