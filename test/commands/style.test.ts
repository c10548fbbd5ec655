// @vitest-environment happy-dom
// Declarations. What browsers make of numbers and units is in test/browsers/commands.test.ts.

import { describe, expect, it } from 'vitest';
import { codeOf, commandBench } from './command-bench.ts';

const css = (key: unknown, value: unknown) => ({ type: 'css', selector: 'p', key, value });

describe('css', () => {
  it.each([
    ['background-color', 'background-color'],
    ['backgroundColor', 'background-color'],
    ['float', 'float'],
    ['cssFloat', 'float'],
    ['WebkitUserSelect', '-webkit-user-select'],
    ['--Own-Name', '--Own-Name'],
  ])('takes %s for %s', (key, name) => {
    const bench = commandBench('<p></p>');
    const set: unknown[] = [];
    const element = document.querySelector('p') as HTMLElement;
    Object.defineProperty(element, 'style', {
      value: { setProperty: (...values: unknown[]) => set.push(values) },
    });
    bench.apply(css(key, 'value'));
    expect(set).toEqual([[name, 'value']]);
  });

  it('sets the styles of all elements', () => {
    const bench = commandBench('<p></p><p></p>');
    bench.apply(css('color', 'red'));
    expect(bench.html()).toBe('<p style="color: red;"></p>'.repeat(2));
    bench.apply(css('color', ''));
    expect([...document.querySelectorAll('p')].map(({ style }) => style.color)).toEqual(['', '']);
  });

  it.each([null, undefined])('changes nothing for %s', (value) => {
    const bench = commandBench('<p style="color: red"></p>');
    bench.apply(css('color', value));
    bench.apply(css('animation-name', value));
    expect(bench.html()).toBe('<p style="color: red"></p>');
  });

  it('needs a key', () => {
    const bench = commandBench('<p></p>');
    expect(codeOf(() => bench.apply(css(undefined, 'red')))).toBe('malformed');
    expect(codeOf(() => bench.apply(css({ color: 'red' }, undefined)))).toBe('malformed');
  });
});
