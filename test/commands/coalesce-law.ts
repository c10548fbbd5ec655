// The law of `coalesce`: whatever the commands, the page ends up the same as without it.

import fc from 'fast-check';
import { coalesceByTarget } from '../../src/commands/coalescing-line.ts';
import type { Command } from '../../src/commands/command.ts';
import { commandQueue } from '../../src/commands/command-queue.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

/** Nested targets, so that one replaces what others stand in. */
const TREE =
  '<section id="a"><p id="b"><i id="c">c</i><em id="d">d</em></p><input id="e"></section>' +
  '<progress id="f"></progress><output id="g">g</output><select id="h"><optgroup id="i"></optgroup><option>h</select>';

const HTML = mostly(
  ['one', 'two &amp; three', '<u class="late">four</u> is five', '', 6, null],
  [
    '<u id="c">seven</u>',
    '<u id="new">seven</u>',
    "<u title='x'ID = new2>eight</u>",
    '<x-element></x-element>',
    '<option selected>nine',
    undefined,
    { no: 'text' },
  ],
);
const SET_TYPES = mostly(['replace'], ['append', 'prepend', undefined]);
const ATTRIBUTES = mostly(
  ['class', 'title', 'value', 'hidden'],
  [
    'className',
    'tabindex',
    'data-n',
    'innerHTML',
    'textContent',
    'style',
    'maxlength',
    'disabled',
    'onclick',
  ],
);
const VALUES = fc.constantFrom<unknown>('late', '7', '', 'javascript:0', 8, true, false, null, undefined);
const PROPERTIES = fc.constantFrom('color', 'margin', 'margin-left', '--own');
const LOOKS = mostly(
  ['red', 'blue', '1px', '2px', 'bogus', 3, 'red !important'],
  ['', '+=1px', ' -= 2px', null, undefined],
);

/** Values that are typical, and now and then one that is not. */
function mostly(typical: unknown[], others: unknown[]): fc.Arbitrary<unknown> {
  const weighed = (weight: number, values: unknown[]) => ({ weight, arbitrary: fc.constantFrom(...values) });
  return fc.oneof(weighed(15, typical), weighed(1, others));
}

/** Lists that are pushed one after the other; behind each, so many commands are carried out. */
export type Pushes = [Command[], number][];

/** Few targets at a time, so that much falls on the same. */
export const pushes: fc.Arbitrary<Pushes> = fc
  .uniqueArray(fc.constantFrom(...IDS), { minLength: 2, maxLength: 3 })
  .chain((ids) => {
    const commands = commandsFor(ids.map((id) => `#${id}`));
    const list = fc.array(commands, { maxLength: 40, size: 'max' });
    return fc.array(fc.tuple(list, fc.nat(10)), { maxLength: 4 });
  });

function commandsFor(targets: string[]): fc.Arbitrary<Command> {
  const target = fc.constantFrom(...targets);
  const selector = mostly(targets, ['#c', '#new', '#new2', 'p', '.late', '#a, #b', '[id="c"]', '#', '']);
  const type = (name: string): fc.Arbitrary<string> => fc.constant(name);
  const html = fc.record({ type: type('html'), selector, html: HTML, setType: SET_TYPES });
  const attr = fc.record({
    type: type('attr'),
    selector,
    key: ATTRIBUTES,
    value: VALUES,
    setType: SET_TYPES,
  });
  const css = fc.record({ type: type('css'), selector, key: PROPERTIES, value: LOOKS });
  const remove = fc.record({ type: type('remove'), remove: selector });
  const rename = fc.record({ type: type('rename'), selector: target, to: fc.nat(9) });
  const copy = fc.record({ type: type('copy'), from: target, to: target });
  const weighed = (weight: number, arbitrary: fc.Arbitrary<Command>) => ({ weight, arbitrary });
  return fc.oneof(
    ...[html, attr, css].map((command) => weighed(20, command)),
    ...[remove, rename, copy].map((command) => weighed(1, command)),
  );
}

export interface Outcome {
  /** The markup, and what markup does not show. */
  readonly page: unknown;
  readonly applied: number;
  /** Whether an id was there twice at any time: then the law says nothing. */
  readonly ambiguous: boolean;
}

export function applyAll(lists: Pushes, coalesce: boolean): Outcome {
  const page = document.createElement('main');
  page.innerHTML = TREE;
  document.body.replaceChildren(page);
  let applied = 0;
  let ambiguous = false;
  let left = 0; // until the queue is paused again
  const queue = commandQueue({
    root: page,
    coalesce: coalesce && coalesceByTarget,
    verbs: {
      rename({ selector, to }) {
        const target = page.querySelector(String(selector));
        if (target) target.id = `renamed${String(to)}`;
      },
      copy({ from, to }) {
        const source = page.querySelector(String(from));
        const text = JSON.stringify(source && contentOf(source));
        page.querySelector(String(to))?.setAttribute('data-copy', text);
      },
    },
    onError: () => undefined,
    afterApply() {
      applied++;
      ambiguous ||= isAmbiguous(page);
      if (--left === 0) queue.pause();
    },
  });
  for (const [list, count] of lists) {
    queue.pause();
    queue.push(list);
    left = count;
    if (count > 0) queue.resume();
  }
  left = 0;
  queue.flush();
  return { page: stateOf(page), applied, ambiguous };
}

function isAmbiguous(page: Element): boolean {
  const ids = [...page.querySelectorAll('[id]')].map(({ id }) => id);
  return new Set(ids).size < ids.length;
}

function stateOf(page: Element): unknown {
  const fields = [...page.querySelectorAll<HTMLInputElement>('input, progress, output, select')];
  return [contentOf(page), fields.map(({ value, hidden, disabled }) => [value, hidden, disabled])];
}

/** Without the order of attributes: Chromium adds `style` to them whenever somebody asks. */
function contentOf(node: Node): unknown {
  if (!(node instanceof Element)) return node.nodeValue;
  const attributes = [...node.attributes].map(({ name, value }) => `${name}=${value}`);
  return [node.localName, attributes.sort(), [...node.childNodes].map(contentOf)];
}
