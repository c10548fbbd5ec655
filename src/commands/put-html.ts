// Puts HTML into an element, as jQuery does; what may be put there is not asked here.

import { CODE_TYPE } from '../ground/script-type.ts';
import { trustedHtml } from '../ground/trusted-types.ts';
import type { Placement, ScriptPolicy } from './command.ts';
import { textOf } from './complaint.ts';
import { isTablePart, isTemplate, parseHtml } from './parse-html.ts';

/** What the parser reads as anything but text. */
const SYNTAX = /[<&\r\0]/;

/** Elements in which it takes text for something else, and scripts, whose text has to be signed. */
const NO_TEXT = /html|template|colgroup|frameset|script/;

/** What jQuery appends as HTML. Half an entity is text to it. */
const MARKUP = /<|&#?\w+;/;

type Place = Element | DocumentFragment;

/** What stands in a template itself is in no use. */
export function contentOf(target: Element): Place {
  return isTemplate(target) ? target.content : target;
}

/** What is neither `replace` nor `append` puts before, as in Sijax's own client. */
export function placementOf(setType: unknown): Placement {
  return setType === 'replace' || setType === 'append' ? setType : 'prepend';
}

/** As jQuery takes it: a number for its text, `true` too, `false` and `null` for none. */
export function htmlText(html: unknown): string {
  if (typeof html === 'object' && html) return textOf(html, 'html');
  return html || html === 0 ? (html as string | number).toString() : '';
}

/**
 * Gives the scripts that were put there, where there may be any.
 *
 * @param place what of the target nodes go into
 */
export function putHtml(
  target: Element,
  html: string | DocumentFragment,
  placement: Placement,
  place: Place,
): HTMLScriptElement[] | undefined {
  const isReplaced = placement === 'replace';
  const isDirect =
    typeof html === 'string' &&
    !(/<script/i.test(html) || isTablePart(html) || (isTemplate(target) && !isReplaced));
  if (!isDirect) {
    const nodes = typeof html === 'string' ? parseHtml(html, target) : html;
    return putNodes(target, place, nodes, placement);
  }
  if (isReplaced) {
    if (SYNTAX.test(html) || NO_TEXT.test(target.localName)) target.innerHTML = trustedHtml(html);
    else target.textContent = html;
  } else if (MARKUP.test(html)) {
    target.insertAdjacentHTML(placement === 'append' ? 'beforeend' : 'afterbegin', trustedHtml(html));
  } else if (html) putNode(target, new Text(html), placement);
  return undefined;
}

function putNodes(
  target: Element,
  place: Place,
  nodes: DocumentFragment,
  placement: Placement,
): HTMLScriptElement[] {
  const scripts = [...nodes.querySelectorAll('script')].filter(isCode);
  if (placement === 'replace') place.textContent = '';
  // Rows belong into the body of a table, where it has one.
  const body =
    nodes.firstElementChild?.localName === 'tr' && (target as Partial<HTMLTableElement>).tBodies?.[0];
  putNode(body || place, nodes, placement);
  return scripts;
}

/** As jQuery does it: a field named `append` hides the method of its form. */
function putNode(place: Node, node: Node, placement: Placement): void {
  place.insertBefore(node, placement === 'append' ? null : place.firstChild);
}

function isCode(element: Element): boolean {
  return CODE_TYPE.test((element as HTMLScriptElement).type);
}

/** In their order. Where one is waited for, those behind it wait, too. */
export function reviveAll(scripts: HTMLScriptElement[], policy: ScriptPolicy): void | Promise<void> {
  for (let script = scripts.shift(); script; script = scripts.shift()) {
    const running = policy.revive(script);
    if (running) return running.then(() => reviveAll(scripts, policy));
  }
}
