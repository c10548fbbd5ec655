// The one door by which HTML enters the page.

import { EnckeError } from '../ground/errors.ts';
import { CODE_TYPE } from '../ground/script-type.ts';
import type { CommandPage, CommandQueueOptions, ScriptPolicy } from './command.ts';
import { checkCode, codeRefused } from './complaint.ts';
import { withoutLiveScripts } from './parse-html.ts';
import { contentOf, htmlText, putHtml, reviveAll } from './put-html.ts';

/** The types of scripts that browsers do not run, but load what they name. */
const MAP_TYPE = /^\s*(?:importmap|speculationrules)\s*$/i;

export function createHtmlDoor(
  { sanitize, preserve }: CommandQueueOptions,
  scripts: ScriptPolicy,
  report: (error: EnckeError) => void,
): CommandPage['insert'] {
  return (targets, html, placement) => {
    if (html === undefined) return;
    const text = htmlText(html);
    const restore = preserve?.(targets);
    let brought: HTMLScriptElement[] | undefined; // by the last target: code runs once, and there, as with jQuery
    try {
      for (const target of targets) {
        // What is written into a script that has not run yet would run; a map says which code others load.
        if (isActive(target)) checkCode(scripts);
        const clean = sanitize ? cleaned(sanitize(text, target)) : text;
        brought = putHtml(target, clean, placement, contentOf(target));
      }
    } finally {
      restore?.();
    }
    if (!brought?.length) return;
    if (scripts.allowsScripts) return reviveAll(brought, scripts);
    report(codeRefused());
  };
}

function isActive(target: Element): boolean {
  const type = target.getAttribute('type') ?? '';
  return target.localName === 'script' && (CODE_TYPE.test(type) || MAP_TYPE.test(type));
}

/** Of callers without types everything must be looked at: what cannot be used must not empty the target. */
function cleaned(given: unknown): string | DocumentFragment {
  if (typeof given === 'string') return given;
  const isFragment = (given as Node | null | undefined)?.nodeType === Node.DOCUMENT_FRAGMENT_NODE;
  if (isFragment) return withoutLiveScripts(given as DocumentFragment);
  throw new EnckeError('invalid-option', 'sanitize must return text or a DocumentFragment.');
}
