// @vitest-environment happy-dom
// What someone is doing. Scroll positions and selections as browsers have them: test/browsers/commands.test.ts.

import { describe, expect, it } from 'vitest';
import { keepFocus } from '../../src/commands/keep-focus.ts';
import { commandBench } from './command-bench.ts';

const html = (text: string) => ({ type: 'html', selector: '#form', html: text, setType: 'replace' });

function benchWith(fields: string) {
  return commandBench(`<div id="form">${fields}</div><input id="outside">`, { preserve: keepFocus });
}

function focus(selector: string): HTMLInputElement {
  const field = document.querySelector(selector) as HTMLInputElement;
  field.focus();
  return field;
}

describe('keepFocus', () => {
  it('gives the focus and the selection to the element of the same id', () => {
    const bench = benchWith('<input id="a" value="abcdef"><input id="b">');
    const old = focus('#a');
    old.setSelectionRange(2, 4, 'backward');
    bench.apply(html('<input id="b"><input id="a" value="abcdefgh">'));
    const active = document.activeElement as HTMLInputElement;
    expect(active.id).toBe('a');
    expect(active).not.toBe(old);
    expect([active.selectionStart, active.selectionEnd, active.selectionDirection]).toEqual([
      2,
      4,
      'backward',
    ]);
  });

  it('gives it to an element of another kind, too', () => {
    const bench = benchWith('<input id="a" value="abcdef">');
    focus('#a').setSelectionRange(2, 4);
    bench.apply(html('<button id="a">a</button>'));
    expect(document.activeElement?.localName).toBe('button');
  });

  it('gives it to nobody where the element does not come back, or has no id', () => {
    const bench = benchWith('<input id="a"><input class="c">');
    focus('#a');
    bench.apply(html('<input id="b"><input class="c">'));
    expect(document.activeElement).toBe(document.body);
    focus('.c');
    bench.apply(html('<input id="b"><input class="c">'));
    expect(document.activeElement).toBe(document.body);
  });

  it('takes an id as it is, whatever CSS would read in it', () => {
    const bench = benchWith('<input id="1 &gt; a.b">');
    focus('input');
    bench.apply(html('<input id="1 &gt; a.b" title="new">'));
    expect((document.activeElement as HTMLElement).title).toBe('new');
  });

  it('takes the id of a form that has a field named so', () => {
    const form = '<form id="a" tabindex="0"></form>';
    const bench = benchWith(form);
    // As in browsers such a field does.
    Object.defineProperty(focus('#a'), 'id', { value: 'a field' });
    bench.apply(html(form));
    expect(document.activeElement?.localName).toBe('form');
  });

  it('leaves the focus alone where it is outside', () => {
    const bench = benchWith('<input id="a">');
    const outside = focus('#outside');
    bench.apply(html('<input id="a">'));
    expect(document.activeElement).toBe(outside);
  });
});
