// A document that nobody sees and nothing runs in, filled by the browser's own HTML parser.

import { CODE_TYPE } from '../ground/script-type.ts';
import { trustedHtml } from '../ground/trusted-types.ts';

/** How much of the written text is kept to tell whether it ends with an end tag, in characters. */
const TAIL = 32;

const SCRIPT_END = /<\/script[\t\n\f\r ]*>\s*$/i;

export interface InertPage {
  /** Parses the next piece, in any cut; gives the text of each script that became whole, in order. */
  write(html: string): string[];
  close(): void;
}

/** @throws where the page's policy forbids `document.write` even here. */
export function createInertPage(): InertPage {
  // Without a browsing context no script runs, no event handler is compiled, nothing is loaded.
  const page = document.implementation.createHTMLDocument('');
  let tail = ''; // of the text written so far
  page.open();
  parse('');

  return {
    write(html) {
      parse(html);
      tail = (tail + html.slice(-TAIL)).slice(-TAIL);
      const scripts = takeScripts(page, SCRIPT_END.test(tail));
      prune(page);
      return scripts;
    },
    close() {
      page.close();
    },
  };

  function parse(html: string): void {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else hands the parser text piece by piece
    page.write(trustedHtml(html));
  }
}

/**
 * A script that is still arriving shows part of its text. Only the last one can be: it is whole when the parser
 * stands behind it, or when the text written so far ends with its end tag.
 */
function takeScripts(page: Document, endsWithScript: boolean): string[] {
  const scripts = [...page.scripts];
  const last = scripts.at(-1);
  if (last?.contains(deepestLast(page)) && !endsWithScript) scripts.pop();
  for (const script of scripts) script.remove();
  return scripts.filter(isCode).map((script) => script.text);
}

/** As in a page, a block of data counts for nothing, and so does the text of a script with a source. */
function isCode(script: HTMLScriptElement): boolean {
  return !script.hasAttribute('src') && CODE_TYPE.test(script.type);
}

function deepestLast(node: Node): Node {
  return node.lastChild ? deepestLast(node.lastChild) : node;
}

/** Removes all but the way to where the parser stands, so that an endless stream takes no memory. */
function prune(parent: Node): void {
  if (parent instanceof HTMLScriptElement) return;
  while (parent.firstChild !== parent.lastChild) parent.firstChild?.remove();
  const { lastChild } = parent;
  if (lastChild instanceof CharacterData) lastChild.remove();
  else if (lastChild) prune(lastChild);
}
