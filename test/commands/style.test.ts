// @vitest-environment happy-dom
// Declarations. What browsers make of numbers and units is in test/browsers/commands.test.ts.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { codeOf, commandBench } from './command-bench.ts';

const css = (key: unknown, value: unknown) => ({ type: 'css', selector: 'p', key, value });

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('css', () => {
  it.each([
    ['background-color', 'background-color'],
    ['backgroundColor', 'background-color'],
    ['float', 'float'],
    ['cssFloat', 'float'],
    ['WebkitUserSelect', '-webkit-user-select'],
    ['webkitUserSelect', '-webkit-user-select'],
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

  /** What browsers take without a unit, and what with one. */
  const PLAIN = /^(?:opacity|flex|line-height|stroke-width)$/;
  const MEASURED = /width|height|padding|margin|stroke/;

  it.each<[key: string, value: unknown, computed: string, set: string]>([
    // A number has the unit that it needs.
    ['margin-left', 5, '', '5px'],
    ['margin-left', -5, '', '-5px'],
    ['margin-left', 1e-7, '', '1e-7px'],
    ['flex', 1, '', '1'],
    ['opacity', 0.5, '', '0.5'],
    ['line-height', 2, '', '2'],
    ['stroke-width', 2, '', '2px'],
    ['color', 5, '', '5'],
    // Text is what it says, but for sizes.
    ['margin-left', '5', '', '5'],
    ['min-width', '5', '', '5'],
    ['padding-left', '5', '', '5'],
    ['color', 'red', '', 'red'],
    ['width', '5', '', '5px'],
    ['width', '10.5', '', '10.5px'],
    ['width', '.5', '', '0.5px'],
    ['width', '1e2', '', '100px'],
    ['width', '1e+10', '', '10000000000px'],
    ['width', '25e-1', '', '2.5px'],
    ['width', '50%', '', '50%'],
    ['border-width', '5', '', '5px'],
    ['width', 'auto', '', 'auto'],
    ['width', 'a5', '', 'a5'],
    ['padding', '1 2', '', '1 2'],
    // No size is below 0.
    ['height', -5, '', '0px'],
    ['height', '-5px', '', '0px'],
    ['height', '-=20px', '10px', '0px'],
    ['margin-left', '-=20px', '10px', '-10px'],
    // Relative to what is computed, in its unit.
    ['margin-left', '+=5', '10px', '15px'],
    ['margin-left', '-=5', '10px', '5px'],
    ['margin-left', '+=-5', '10px', '5px'],
    ['margin-left', '-=2px', '10px', '8px'],
    ['margin-left', '+=5px', 'auto', '5px'],
    ['margin-left', '+=5', 'auto', '5px'],
    ['opacity', '-=.25', '1', '0.75'],
    ['margin-left', '+=2px', '3', '5px'],
    ['width', '+=2em', '10px', 'calc(10px + 2em)'],
    ['width', '-=10%', '10.5px', 'calc(10.5px - 10%)'],
  ])('sets %s: %s where %j is computed as %s', (key, value, computed, set) => {
    const bench = commandBench('<p></p>');
    const element = document.querySelector('p') as HTMLElement;
    const told: unknown[] = [];
    Object.defineProperty(element, 'style', {
      value: { setProperty: (...all: unknown[]) => told.push(all) },
    });
    vi.stubGlobal('getComputedStyle', (asked: unknown) => ({
      getPropertyValue: (name: string) => (asked === element && name === key ? computed : undefined),
    }));
    vi.stubGlobal('CSS', {
      supports: (name: string, text: string) => (text.endsWith('px') ? MEASURED : PLAIN).test(name),
    });
    bench.apply(css(key, value));
    expect(told).toEqual([[key, set]]);
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
