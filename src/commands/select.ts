// From a selector to elements.

import { EnckeError } from '../ground/errors.ts';
import type { CommandPage, CommandQueueOptions } from './command.ts';
import { textOf } from './complaint.ts';

/** What jQuery takes for an id, too: `#1st` is no valid CSS, and yet names an element. */
const ID = /^#[\w-]+$/;

export function createSelect(
  { root, select }: CommandQueueOptions,
  report: (error: EnckeError) => void,
): CommandPage['select'] {
  return (value) => {
    const elements = find(textOf(value, 'selector'));
    if (elements.length === 0) report(new EnckeError('no-target', `Nothing matches ${String(value)}.`));
    return elements;
  };

  function find(selector: string): Element[] {
    // Asked for now: where the queue is created there may be no document yet. On a server there is none, and no target.
    const base = root ?? (globalThis as { document?: Document }).document;
    if (!base) return [];
    try {
      return select ? [...select(selector, base)] : selectElements(base, selector);
    } catch (cause) {
      const sentence = `${selector} is no CSS selector. The option "select" may read it.`;
      throw new EnckeError('selector', sentence, { cause });
    }
  }
}

/** @throws what the browser does, where the selector is no CSS. */
export function selectElements(root: ParentNode, selector: string): Element[] {
  if (!ID.test(selector)) return [...root.querySelectorAll(selector)];
  const element = byId(root, selector.slice(1));
  return element ? [element] : [];
}

/** Only the first element of an id, however many have it. */
function byId(root: ParentNode, id: string): Element | null {
  if ('getElementById' in root) return (root as Document).getElementById(id);
  return root.querySelector(`[id="${id}"]`);
}
