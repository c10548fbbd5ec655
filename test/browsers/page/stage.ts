// Where the scenes of commands are played.

import { trustedHtml } from '../../../src/ground/trusted-types.ts';

/** Clears the page for a scene. Signed, for pages whose policy asks for it. */
export function setStage(html: string): HTMLElement {
  document.body.innerHTML = trustedHtml(`<main>${html}</main>`);
  return find('main');
}

export function find(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`Nothing on the stage is ${selector}`);
  return element;
}
