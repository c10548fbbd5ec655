// The one door by which HTML enters the page.

import { EnckeError } from '../ground/errors.ts';
import { trustedHtml } from '../ground/trusted-types.ts';
import type { CommandPage, CommandQueueOptions, Placement, ScriptPolicy } from './command.ts';
import { checkCode, codeRefused, textOf } from './complaint.ts';
import { isTablePart, isTemplate, parseHtml, withoutLiveScripts } from './parse-html.ts';

/** What the parser reads as anything but text. */
const SYNTAX = /[<&\r\0]/;

/** Elements in which it takes text for something else, and scripts, whose text has to be signed. */
const NO_TEXT = /html|template|colgroup|frameset|script/;

/** What jQuery appends as HTML. Half an entity is text to it. */
const MARKUP = /<|&#?\w+;/;

/** The types of scripts that run where they are inserted, as jQuery knows them. */
const CODE = /^$|^module$|\/(?:java|ecma)script/i;

/** The types of scripts that browsers act on, by running them or by loading what they name; any other is a block of data. */
const ACTIVE =
  /^\s*(?:|module|importmap|speculationrules|(?:text|application)\/(?:x-)?(?:java|ecma|j|live)script[\d.]*)\s*$/i;

/** @param placeOf what of a target the nodes go into */
export function createHtmlDoor(
  { sanitize, preserve }: CommandQueueOptions,
  scripts: ScriptPolicy,
  report: (error: EnckeError) => void,
  placeOf: (target: Element) => Place = contentOf,
): CommandPage['insert'] {
  return (targets, html, placement) => {
    if (html === undefined) return;
    const text = textFrom(html);
    const restore = preserve?.(targets);
    let brought: HTMLScriptElement[] | undefined; // by the last target: code runs once, and there, as with jQuery
    try {
      for (const target of targets) {
        // What is written into a script that has not run yet would run; a map says which code others load.
        if (target.localName === 'script' && ACTIVE.test(target.getAttribute('type') ?? ''))
          checkCode(scripts);
        brought = put(target, sanitize ? cleaned(sanitize(text, target)) : text, placement, placeOf);
      }
    } finally {
      restore?.();
    }
    if (!brought?.length) return;
    if (scripts.allowsScripts) return reviveAll(brought, scripts);
    report(codeRefused());
  };
}

type Place = Element | DocumentFragment;

/** What stands in a template itself is in no use. */
function contentOf(target: Element): Place {
  return isTemplate(target) ? target.content : target;
}

/** As jQuery takes it: a number for its text, `true` too, `false` and `null` for none. */
function textFrom(html: unknown): string {
  if (typeof html === 'object' && html) return textOf(html, 'html');
  return html || html === 0 ? (html as string | number).toString() : '';
}

/** Of callers without types everything must be looked at: what cannot be used must not empty the target. */
function cleaned(given: unknown): string | DocumentFragment {
  if (typeof given === 'string') return given;
  const isFragment = (given as Node | null | undefined)?.nodeType === Node.DOCUMENT_FRAGMENT_NODE;
  if (isFragment) return withoutLiveScripts(given as DocumentFragment);
  throw new EnckeError('invalid-option', 'sanitize must return text or a DocumentFragment.');
}

/** Gives the scripts that were put there, where there may be any. */
function put(
  target: Element,
  html: string | DocumentFragment,
  placement: Placement,
  placeOf: (target: Element) => Place,
): HTMLScriptElement[] | undefined {
  const isReplaced = placement === 'replace';
  const isDirect =
    typeof html === 'string' &&
    !(/<script/i.test(html) || isTablePart(html) || (isTemplate(target) && !isReplaced));
  if (!isDirect) {
    const nodes = typeof html === 'string' ? parseHtml(html, target) : html;
    return putNodes(target, placeOf(target), nodes, placement);
  }
  if (isReplaced) {
    if (SYNTAX.test(html) || NO_TEXT.test(target.localName)) target.innerHTML = trustedHtml(html);
    else target.textContent = html;
  } else if (MARKUP.test(html)) {
    target.insertAdjacentHTML(placement === 'append' ? 'beforeend' : 'afterbegin', trustedHtml(html));
  } else if (html) target[placement](html);
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
  (body || place)[placement === 'append' ? 'append' : 'prepend'](nodes);
  return scripts;
}

function isCode(element: Element): boolean {
  return CODE.test((element as HTMLScriptElement).type);
}

/** In their order. Where one is waited for, those behind it wait, too. */
function reviveAll(scripts: HTMLScriptElement[], policy: ScriptPolicy): void | Promise<void> {
  for (let script = scripts.shift(); script; script = scripts.shift()) {
    const running = policy.revive(script);
    if (running) return running.then(() => reviveAll(scripts, policy));
  }
}
