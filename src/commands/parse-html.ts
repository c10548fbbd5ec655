// HTML as nodes: parsed as what it is put into would parse it, and none of its scripts runs.

import { trustedHtml, trustedScript, trustedScriptUrl } from '../ground/trusted-types.ts';

export const HTML = 'http://www.w3.org/1999/xhtml';

/** What may stand before the first element: text, comments, end tags and the like. */
const BEFORE = /[^<]+|<!-{2}(?:-?>|[^]*?(?:-{2}!?>|$))|<[!?/][^>]*>?|<(?![a-z])/iy;

const TABLE_PART = /<(?:t(?:[dhr]|head|body|foot)|col(?:group)?|caption)(?=[\s/>])/iy;

/** Elements that take tags for text, or drop those they have no place for. */
const CLOSED = /^(?:iframe|no(?:embed|frames|script)|plaintext|script|select|style|textarea|title|xmp)$/;

/** Whether a part of a table comes first, which has its place in few elements. */
export function isTablePart(html: string): boolean {
  BEFORE.lastIndex = TABLE_PART.lastIndex = 0;
  while (BEFORE.test(html)) TABLE_PART.lastIndex = BEFORE.lastIndex;
  return TABLE_PART.test(html);
}

/** @param setHtml parses; by default as `innerHTML` does */
export function parseHtml(html: string, target: Element, setHtml = setInnerHtml): DocumentFragment {
  const place = placeLike(target, html);
  setHtml(place, html);
  if (isTemplate(place)) return place.content;
  // Of the same document: in another one custom elements would be told that they have moved.
  const nodes = place.ownerDocument.createDocumentFragment();
  nodes.append(...place.childNodes);
  return nodes;
}

export function isTemplate(element: Element): element is HTMLTemplateElement {
  return element.localName === 'template' && element.namespaceURI === HTML;
}

/**
 * Nodes of others may bring scripts that have yet to run. The parser marks those that it makes for `innerHTML` as not to
 * be run, so its own take their place.
 */
export function withoutLiveScripts(nodes: DocumentFragment): DocumentFragment {
  for (const script of nodes.querySelectorAll('script')) {
    const html = script.namespaceURI === HTML ? '<script>' : '<svg><script>';
    const inert = parseHtml(html, document.createElement('template')).querySelector('script');
    if (!inert) continue;
    copyAttributes(script, inert);
    inert.append(...script.childNodes);
    script.replaceWith(inert);
  }
  return nodes;
}

/** From one script to another. As nodes: parsers take names that no setter takes, and `xlink:href` has a namespace. */
export function copyAttributes({ attributes }: Element, script: Element): void {
  for (const attribute of attributes) {
    const { namespaceURI, name, value } = attribute;
    const sign = name.startsWith('on') ? trustedScript : /^src$|href$/.test(name) && trustedScriptUrl;
    if (sign) script.setAttributeNS(namespaceURI, name, sign(value));
    else script.setAttributeNode(attribute.cloneNode() as Attr);
  }
}

/** In a template every part of a table has its place. A custom element would begin its life, and `html` make a page. */
function placeLike({ namespaceURI, localName, ownerDocument }: Element, html: string): Element {
  const isOpen =
    namespaceURI === HTML && (/-|^html$/.test(localName) || (!CLOSED.test(localName) && isTablePart(html)));
  return ownerDocument.createElementNS(namespaceURI, isOpen ? 'template' : localName);
}

function setInnerHtml(place: Element, html: string): void {
  place.innerHTML = trustedHtml(html);
}
