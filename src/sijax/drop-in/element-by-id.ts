// An element that a server's registration names by its id.

import { EnckeError } from '../../ground/errors.ts';

/** @throws EnckeError `no-target` where the page has none. */
export function elementById(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element) return element;
  throw new EnckeError('no-target', `There is no element with the id "${id}".`);
}
