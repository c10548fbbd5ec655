// @vitest-environment happy-dom
// Properties, or else attributes.

import { describe, expect, it, vi } from 'vitest';
import { allowScripts } from '../../src/commands/script-policy.ts';
import { codeOf, commandBench } from './command-bench.ts';

const attr = (key: unknown, value: unknown, setType: unknown = 'replace') => ({
  type: 'attr',
  selector: '.x',
  key,
  value,
  setType,
});

describe('attr', () => {
  it('sets the property of all elements where they have one', () => {
    const bench = commandBench('<input class="x"><input class="x">');
    bench.apply(attr('value', 'live'));
    const inputs = [...document.querySelectorAll('input')];
    expect(inputs.map(({ value }) => value)).toEqual(['live', 'live']);
    expect(inputs.map((input) => input.hasAttribute('value'))).toEqual([false, false]);
  });

  it('sets the attribute where they have none, and removes it for null', () => {
    const bench = commandBench('<p class="x"></p>');
    bench.apply(attr('data-a', false));
    bench.apply(attr('data-b', 1));
    bench.apply(attr('aria-hidden', 'true'));
    bench.apply(attr('aria-hidden', null));
    expect(bench.html()).toBe('<p class="x" data-a="false" data-b="1"></p>');
  });

  it.each([null, false])('takes the attribute of a boolean away for %s, with its state', (value) => {
    const bench = commandBench(
      '<input class="x" type="checkbox" checked=""><x-y class="x" checked=""></x-y>',
    );
    bench.apply(attr('checked', value));
    expect(document.querySelector('input')?.checked).toBe(false);
    expect(bench.html()).toBe('<input class="x" type="checkbox"><x-y class="x"></x-y>');
  });

  it.each(['replace', 'append', 'prepend', undefined])('takes away for null at setType %s', (setType) => {
    const bench = commandBench('<p class="x" title="1" lang="de"></p><p class="x" title="2"></p>');
    for (const key of ['title', 'lang']) bench.apply(attr(key, null, setType));
    expect(bench.html()).toBe('<p class="x"></p>'.repeat(2));
  });

  it('empties what is no attribute for null', () => {
    const bench = commandBench('<p class="x">text</p>');
    bench.apply(attr('textContent', null));
    expect(bench.html()).toBe('<p class="x"></p>');
  });

  it('hands null to a property that a custom element has made up', () => {
    const bench = commandBench('<x-list class="x"></x-list>');
    const list = Object.assign(document.querySelector('x-list') as Element, { items: [1], label: 'l' });
    for (const key of ['items', 'label']) bench.apply(attr(key, null));
    expect(list).toMatchObject({ items: null, label: '' });
  });

  it('takes away handlers for null, and still changes no script', () => {
    const bench = commandBench('<p class="x" onclick="x()"></p>');
    bench.apply(attr('onclick', null));
    expect(bench.html()).toBe('<p class="x"></p>');
    const body = '<script class="x" type="text/plain">x()</script>';
    const script = commandBench(body);
    expect(codeOf(() => script.apply(attr('type', null)))).toBe('refused');
    expect(script.html()).toBe(body);
  });

  it.each([
    ['class', 'className'],
    ['for', 'htmlFor'],
    ['tabindex', 'tabIndex'],
    ['readonly', 'readOnly'],
    ['maxlength', 'maxLength'],
    ['cellspacing', 'cellSpacing'],
    ['cellpadding', 'cellPadding'],
    ['rowspan', 'rowSpan'],
    ['colspan', 'colSpan'],
    ['usemap', 'useMap'],
    ['frameborder', 'frameBorder'],
    ['contenteditable', 'contentEditable'],
  ])('takes %s for %s', (key, name) => {
    const bench = commandBench('<p class="x"></p>');
    const element = document.querySelector('p') as HTMLElement;
    Object.defineProperty(element, name, { value: 'old', writable: true });
    bench.apply(attr(key, ' new', 'append'));
    expect(Reflect.get(element, name)).toBe('old new');
  });

  it.each<[key: string, value: unknown, becomes: string]>([
    // Words, of which the property is a boolean.
    ['draggable', 'false', ' draggable="false"'],
    ['hidden', 'until-found', ' hidden="until-found"'],
    // A flag is there or not.
    ['itemscope', true, ' itemscope=""'],
    ['itemscope', false, ''],
    ['data-flag', true, ' data-flag="true"'],
    // Names of properties that the element does not have.
    ['ariaXyz', 'a', ' aria-xyz="a"'],
    ['variaXyz', 'a', ' variaxyz="a"'],
    ['httpEquiv', 'a', ' http-equiv="a"'],
  ])('sets %s to %j on an element without such a property', (key, value, becomes) => {
    const bench = commandBench('<p class="x"></p>');
    bench.apply(attr(key, value));
    expect(bench.html()).toBe(`<p class="x"${becomes}></p>`);
  });

  it('takes away what follows an attribute by that alone', () => {
    const bench = commandBench('<p class="x" title="t"></p>');
    const element = document.querySelector('p') as HTMLElement;
    const set = vi.fn();
    Object.defineProperty(element, 'title', { get: () => 't', set });
    bench.apply(attr('title', null));
    expect(bench.html()).toBe('<p class="x"></p>');
    expect(set).not.toHaveBeenCalled();
  });

  it('finds no name in what all objects have', () => {
    const bench = commandBench('<p class="x"></p>');
    bench.apply(attr('toString', 'mine'));
    expect(Object.hasOwn(document.querySelector('p') as object, 'toString')).toBe(true);
  });

  it('goes on from what the first element has, and takes what is missing for nothing', () => {
    const bench = commandBench('<p class="x" title="a"></p><p class="x" title="b"></p>');
    bench.apply(attr('title', '1', 'append'));
    bench.apply(attr('title', '0', 'anything'));
    bench.apply(attr('data-x', 'new', 'append'));
    bench.apply(attr('style', 'top: 0px;', 'append'));
    expect(bench.html()).toBe('<p class="x" title="0a1" data-x="new" style="top: 0px;"></p>'.repeat(2));
  });

  it('refuses code, and sets nothing', () => {
    const body = '<a class="x" href="/there"></a>';
    const bench = commandBench(body);
    for (const [key, value] of [
      ['onclick', 'x()'],
      ['ONCLICK', 'x()'],
      ['outerHTML', '<b></b>'],
      ['srcdoc', '<b></b>'],
      ['href', 'javascript:x()'],
      ['xlink:href', 'JavaScript:x()'],
      ['formaction', '\tjavascript:x()'],
      ['data', 'java\nscript:x()'],
      ['to', 'javascript:x()'],
      ['values', '/there; javascript:x()'],
    ]) {
      expect(codeOf(() => bench.apply(attr(key, value)))).toBe('refused');
    }
    expect(bench.html()).toBe(body);
  });

  it.each(['default', 'html', 'aria', 'http', 'accept', 'class', 'rel'])(
    'brings no handler and no document in by a key that begins with %s',
    (start) => {
      const bench = commandBench('<a class="x"></a><p class="x"></p>');
      for (const key of ['Onclick', 'ONCLICK', 'Srcdoc', 'OuterHTML']) {
        codeOf(() => bench.apply(attr(start + key, 'x()')));
        codeOf(() => bench.apply(attr(start + key, 'x()', 'append')));
      }
      const names = [...document.querySelectorAll('.x')].flatMap((element) => element.getAttributeNames());
      expect(names.filter((name) => /^(?:on|srcdoc|outerhtml)/i.test(name))).toEqual([]);
    },
  );

  it.each(['search', 'hash', 'pathname', 'host'])(
    'refuses to change %s of an address that is code',
    (key) => {
      const body = '<a class="x" href="javascript:x()"></a>';
      const bench = commandBench(body);
      for (const value of ['y()', null]) expect(codeOf(() => bench.apply(attr(key, value)))).toBe('refused');
      expect(bench.html()).toBe(body);
    },
  );

  it.each([
    ['/there', 'title', 'javascript:x()'],
    ['/there', 'data-onclick', 'x()'],
    ['/there', 'data-outerhtml', '<b></b>'],
    ['/there', 'srcdoc-of', '<b></b>'],
    ['/there', 'data-x', 'javascript:x()'],
    ['/there', 'action-name', 'javascript:x()'],
    ['/there', 'href', '/elsewhere'],
    ['/there', 'data-to', '/elsewhere'],
    ['/there', 'hash', '#part'],
    ['javascript:x()', 'title', 'a title'],
    ['javascript:x()', 'data-host', 'a host'],
    ['javascript:x()', 'searching', 'a word'],
    ['javascript:x()', 'hash-of', 'a word'],
  ])('of a link to %s sets %s to %s, which is no code', (href, key, value) => {
    const bench = commandBench(`<a class="x" href="${href}"></a>`);
    bench.apply(attr(key, value));
    const link = document.querySelector('a') as HTMLAnchorElement;
    // A property of an address gives the whole of it.
    const set = (Reflect.get(link, key) as string | undefined) ?? link.getAttribute(key);
    expect(set).toContain(value);
  });

  it('changes nothing where there is no value, and needs no element', () => {
    const body = '<p class="x" title="t"></p>';
    const bench = commandBench(body);
    for (const setType of ['replace', 'append']) bench.apply(attr('title', undefined, setType));
    bench.apply({ ...attr('title', 'new', 'append'), selector: '#nobody' });
    expect(bench.html()).toBe(body);
    expect(bench.reported.map(({ code }) => code)).toEqual(['no-target']);
  });

  it('refuses to change scripts', () => {
    const body = '<script class="x" type="text/plain"></script>';
    const bench = commandBench(body);
    for (const key of ['src', 'text', 'textContent', 'type', 'data-x']) {
      expect(codeOf(() => bench.apply(attr(key, 'text/javascript')))).toBe('refused');
    }
    expect(bench.html()).toBe(body);
  });

  it('sets all that where code may run', () => {
    const bench = commandBench('<a class="x"></a>', { scripts: allowScripts });
    bench.apply(attr('href', 'javascript:x()'));
    bench.apply(attr('data-onclick', 'x()'));
    expect(document.querySelector('a')?.getAttribute('href')).toBe('javascript:x()');
    bench.apply(attr('outerHTML', '<b></b>'));
    expect(bench.html()).toBe('<b></b>');
  });

  it.each(['__proto__', 'constructor', 'prototype'])('never sets %s', (key) => {
    const bench = commandBench('<p class="x"></p>', { scripts: allowScripts });
    expect(codeOf(() => bench.apply(attr(key, {})))).toBe('refused');
  });

  it('lets a property that throws throw', () => {
    const bench = commandBench('<p class="x"></p>');
    const cause = new RangeError('too much');
    Object.defineProperty(document.querySelector('p'), 'title', {
      set() {
        throw cause;
      },
    });
    expect(() => bench.apply(attr('title', 'x'))).toThrow(cause);
  });
});
