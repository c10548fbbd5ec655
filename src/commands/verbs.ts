// What commands do to the page: one verb for each type of the Sijax protocol.

import type { Verb } from './command.ts';
import { checkCode, textOf } from './complaint.ts';
import { call } from './named-function.ts';
import { attr } from './property.ts';
import { placementOf } from './put-html.ts';
import { isScriptUrl } from './script-url.ts';
import { css } from './style.ts';

export const verbs: Readonly<Record<string, Verb>> = {
  html({ selector, html, setType }, page) {
    const targets = page.select(selector);
    if (targets.length > 0) return page.insert(targets, html, placementOf(setType));
  },
  attr,
  css,
  /** The key of the same name is the selector; the one that every other command has is taken, too. */
  remove({ remove, selector }, page) {
    // By its parent: a field named `remove` hides the method of its form.
    for (const element of page.select(remove ?? selector)) element.parentNode?.removeChild(element);
  },
  call,
  alert({ alert }, page) {
    page.alert(String(alert));
  },
  script({ script }, page) {
    page.scripts.run(textOf(script, 'script'));
  },
  redirect({ redirect }, page) {
    const url = textOf(redirect, 'redirect');
    if (isScriptUrl(url)) checkCode(page.scripts);
    page.navigate(url);
  },
};
