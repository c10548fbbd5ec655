// The browser's own sanitizer.

import { EnckeError } from '../ground/errors.ts';
import type { Sanitizer } from './command.ts';
import { parseHtml } from './parse-html.ts';

/**
 * For the option `sanitize`: what the browser's `Element.setHTML` leaves of HTML, which is nothing that could run.
 *
 * @throws EnckeError `unusable` where the browser has none.
 */
export const nativeSanitizer: Sanitizer = (html, target) => parseHtml(html, target, setHtml);

function setHtml(place: Element & { setHTML?(html: string): void }, html: string): void {
  if (place.setHTML) return place.setHTML(html);
  throw new EnckeError(
    'unusable',
    'This browser has no Element.setHTML: give "sanitize" a sanitizer of your own.',
  );
}
