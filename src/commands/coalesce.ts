// Which commands make an earlier one superfluous.

import type { Command, Verb } from './command.ts';
import type { NameCommand } from './line.ts';
import { isScriptUrl } from './script-url.ts';

const PLAIN_ID = /^#[\w-]+$/;

/**
 * HTML that reaches beyond its target: by ids or custom elements, by scripts or handlers, or because a choice
 * in it undoes another one (`name` of radio buttons, `selected`).
 */
const FAR_REACHING = /[\s"'/](?:id|is|name|on\w+)\s*=|\bselected\b|<(?:script|[a-z][^\s/>]*-)/i;

/** What changes nothing but itself, and takes any value. */
const HARMLESS = /^(?:class|className|title|alt|placeholder|value|hidden|disabled|(?:aria|data)-.+)$/;

/** Neither relative to the present value, nor a removal, after which the declaration would come back at the end. */
const ABSOLUTE = /^(?!\s*(?:[+-]=|$))/;

/**
 * Names html, attr and css after what they write, so that a later one takes the place of an earlier one where the page
 * ends up the same without it. That needs ids that are unique, and between the two only commands that
 *
 * - write to what a plain `#id` names and read nothing;
 * - bring no id, and change none: so elements with an id only ever go, and what was written to them goes with them;
 * - overwrite, the later one, all that the earlier one wrote.
 *
 * Any other command is a barrier: behind it all names are new.
 */
export function coalesceBy(ownVerbs: Readonly<Record<string, Verb>> = {}): NameCommand {
  let barriers = 0;

  return (command, isTaken) => {
    const { type, selector } = command;
    const slot = !Object.hasOwn(ownVerbs, type) && Object.hasOwn(SLOTS, type) && SLOTS[type]?.(command);
    if (slot && typeof selector === 'string' && PLAIN_ID.test(selector)) {
      const name = `${barriers} ${selector} ${slot}`;
      if (type === 'html' || !isTaken(name)) return name;
      // The first stays: by it the attribute or the declaration has its place among the others.
      if (type === 'attr' || isValid(command)) return `${name} again`;
    }
    barriers++;
    return undefined;
  };
}

/** Names what a command overwrites; falsy where it may do anything else. */
const SLOTS: Readonly<Record<string, (command: Command) => string | false>> = {
  html: ({ html, setType }) =>
    setType === 'replace' && isPlain(html) && !FAR_REACHING.test(String(html)) && 'html',
  attr: ({ key, value, setType }) =>
    setType === 'replace' &&
    typeof key === 'string' &&
    HARMLESS.test(key) &&
    isPlain(value) &&
    !isScriptUrl(value) &&
    // A progress bar takes only numbers: another value must not drive out one of them.
    `attr ${key} ${isFinite(Number(value))}`,
  css: ({ key, value }) =>
    typeof key === 'string' && typeof value === 'string' && ABSOLUTE.test(value) && `css ${key}`,
};

function isPlain(value: unknown): boolean {
  return /^(?:string|number|boolean)$/.test(typeof value);
}

/** A declaration that the browser cannot parse leaves in place what was there. */
function isValid({ key, value }: Command): boolean {
  return CSS.supports(String(key).replace(/[A-Z]/g, '-$&'), String(value));
}
