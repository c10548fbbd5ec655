// The browser's own sanitizer.

import { EnckeError } from '../errors.ts';
import type { Sanitizer } from './command.ts';

/**
 * For the option `sanitize`: what the browser's `Element.setHTML` leaves of HTML, which is nothing that could run.
 *
 * @throws EnckeError `unusable` where the browser has none.
 */
export const nativeSanitizer: Sanitizer = (html) => {
  const template = document.createElement('template') as HTMLTemplateElement & {
    setHTML?(html: string): void;
  };
  if (!template.setHTML) {
    throw new EnckeError(
      'unusable',
      'This browser has no Element.setHTML: give "sanitize" a sanitizer of your own.',
    );
  }
  template.setHTML(html);
  return template.content;
};
