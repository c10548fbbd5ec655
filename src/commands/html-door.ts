// The one door by which HTML enters the page.

import type { EnckeError } from '../errors.ts';
import { trustedHtml } from '../trusted-types.ts';
import type { CommandPage, CommandQueueOptions, Placement, ScriptPolicy } from './command.ts';
import { checkCode, codeRefused, textOf } from './complaint.ts';

/** Where scripts are, or parts of a table come first, which have no place elsewhere: jQuery parses apart from the target. */
const APART = /<script|^[^<]*(?:<![^<]*)*<(?:t(?:[dhr]|head|body|foot)|col(?:group)?|caption)\b/i;

/** What the parser reads as anything but text. */
const SYNTAX = /[<&\r\0]/;

/** Elements in which it takes text for something else, and scripts, whose text has to be signed. */
const NO_TEXT = /html|template|colgroup|frameset|script/;

/** What jQuery appends as HTML. Half an entity is text to it. */
const MARKUP = /<|&#?\w+;/;

/** The types of scripts that run; any other is a block of data. */
const CODE = /^$|^module$|\/(?:java|ecma)script/i;

export function createHtmlDoor(
  { sanitize, preserve }: CommandQueueOptions,
  scripts: ScriptPolicy,
  report: (error: EnckeError) => void,
): CommandPage['insert'] {
  return (targets, html, placement) => {
    if (html === undefined) return;
    const text = textFrom(html);
    const restore = preserve?.(targets);
    let brought: HTMLScriptElement[] | undefined; // by the last target: code runs once, and there, as with jQuery
    try {
      for (const target of targets) {
        // What is written into a script that has not run yet would run; a map says which code others load.
        if (isCode(target) || target.matches('script[type=importmap]')) checkCode(scripts);
        brought = put(target, sanitize ? sanitize(text, target) : text, placement);
      }
    } finally {
      restore?.();
    }
    if (!brought?.length) return;
    if (scripts.allowsScripts) return reviveAll(brought, scripts);
    report(codeRefused());
  };
}

/** As jQuery takes it: a number for its text, `true` too, `false` and `null` for none. */
function textFrom(html: unknown): string {
  if (typeof html === 'object' && html) return textOf(html, 'html');
  return html || html === 0 ? (html as string | number).toString() : '';
}

/** Gives the scripts that were put there, where there may be any. */
function put(
  target: Element,
  html: string | DocumentFragment,
  placement: Placement,
): HTMLScriptElement[] | undefined {
  if (typeof html !== 'string') return putNodes(target, html, placement);
  if (APART.test(html)) return putNodes(target, parse(html), placement);
  if (placement === 'replace') {
    if (SYNTAX.test(html) || NO_TEXT.test(target.localName)) target.innerHTML = trustedHtml(html);
    else target.textContent = html;
  } else if (MARKUP.test(html)) {
    target.insertAdjacentHTML(placement === 'append' ? 'beforeend' : 'afterbegin', trustedHtml(html));
  } else if (html) target[placement](html);
  return undefined;
}

/** In a template everything has its place, and no script of it will run by itself. */
function parse(html: string): DocumentFragment {
  const template = document.createElement('template');
  template.innerHTML = trustedHtml(html);
  return template.content;
}

function putNodes(target: Element, nodes: DocumentFragment, placement: Placement): HTMLScriptElement[] {
  const scripts = [...nodes.querySelectorAll('script')].filter(isCode);
  if (placement === 'replace') target.textContent = '';
  // Rows belong into the body of a table, where it has one.
  const body = nodes.firstChild?.nodeName === 'TR' && (target as Partial<HTMLTableElement>).tBodies?.[0];
  (body || target)[placement === 'append' ? 'append' : 'prepend'](nodes);
  return scripts;
}

function isCode(element: Element): boolean {
  return element.localName === 'script' && CODE.test((element as HTMLScriptElement).type);
}

/** In their order. Where one is waited for, those behind it wait, too. */
function reviveAll(scripts: HTMLScriptElement[], policy: ScriptPolicy): void | Promise<void> {
  for (let script = scripts.shift(); script; script = scripts.shift()) {
    const running = policy.revive(script);
    if (running) return running.then(() => reviveAll(scripts, policy));
  }
}
