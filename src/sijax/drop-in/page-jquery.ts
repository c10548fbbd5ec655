// The page's jQuery, where it has one, and selectors with it or without.

import { selectElements } from '../../commands/select.ts';
import { EnckeError } from '../../ground/errors.ts';

/** As much of jQuery as is used here. */
export interface JQuery {
  (selector: unknown): { get(): unknown[] };
  extend(target: object, ...sources: unknown[]): object;
  /** Absent in what stands in for it. */
  cleanData(elements: readonly Element[]): void;
  /** Absent in the slim build. */
  readonly ajax?: Ajax;
}

/** Before 1.5 it gave what has no `fail`. */
export type Ajax = (
  settings: object,
) => { fail?(failed: (call: never, status: unknown) => void): unknown } | undefined;

/** Values that jQuery takes without quotes, and CSS does not. */
const BARE_VALUE = /=\s*([\w-]+)\s*\]/g;

/** Asked at every use: pages load it behind us, too. */
export function pageJQuery(): JQuery | undefined {
  const { jQuery } = globalThis as { jQuery?: JQuery };
  return jQuery?.cleanData && jQuery;
}

/**
 * The elements that a selector names. What is no text names none.
 *
 * @throws EnckeError `selector` for one that only jQuery can read, in a page without; jQuery throws errors of its own.
 */
export function select(selector: unknown): Element[] {
  const jQuery = pageJQuery();
  if (jQuery) return jQuery(selector).get().filter(isElement);
  if (typeof selector !== 'string' || !selector) return [];
  try {
    return selectElements(document, selector.replace(BARE_VALUE, '="$1"]'));
  } catch (cause) {
    throw new EnckeError(
      'selector',
      `"${selector}" is no CSS. Selectors of jQuery's own need jQuery in the page.`,
      { cause },
    );
  }
}

function isElement(value: unknown): value is Element {
  return (value as Element | null | undefined)?.nodeType === Node.ELEMENT_NODE;
}
