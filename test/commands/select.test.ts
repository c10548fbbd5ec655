// @vitest-environment happy-dom
// From a selector to elements.

import { describe, expect, it, vi } from 'vitest';
import { createCommandPage } from '../../src/commands/command-page.ts';
import { codeOf, commandBench } from './command-bench.ts';

const BODY = '<p id="a" class="p"></p><div id="part"><p id="a" class="p"></p></div>';

describe('select', () => {
  it('gives every element that is named, in the order of the document', () => {
    const { page, reported } = commandBench(BODY);
    expect(page.select('.p')).toEqual([...document.querySelectorAll('.p')]);
    expect(page.select('#part, p')).toHaveLength(3);
    expect(reported).toEqual([]);
  });

  it('gives the first element of an id, also of one that CSS could not write', () => {
    const { page } = commandBench(`${BODY}<i id="1st"></i>`);
    expect(page.select('#a')).toEqual([document.querySelector('p')]);
    expect(page.select('#1st')).toEqual([document.querySelector('i')]);
  });

  it('keeps to its root, also by id', () => {
    commandBench(BODY);
    const part = document.querySelector('#part') as Element;
    const { page } = commandBench(document.body.innerHTML, { root: part });
    document.body.append(part);
    expect(page.select('#a')).toEqual([part.firstChild]);
    expect(page.select('.p')).toEqual([part.firstChild]);
    expect(page.select('#part')).toEqual([]);
  });

  it('looks for the document when it is asked, not before', () => {
    vi.stubGlobal('document', undefined);
    const { select } = createCommandPage({}, () => {});
    vi.unstubAllGlobals();
    commandBench(BODY);
    expect(select('#a')).toEqual([document.querySelector('p')]);
  });

  it('says that nothing matches, with the selector', () => {
    const { page, reported } = commandBench(BODY);
    expect(page.select('#nobody')).toEqual([]);
    expect(page.select('p > q')).toEqual([]);
    expect(reported.map(({ code, message }) => [code, message])).toEqual([
      ['no-target', 'Nothing matches #nobody.'],
      ['no-target', 'Nothing matches p > q.'],
    ]);
  });

  it('throws what cannot be parsed, and tells of the option that helps', () => {
    const { page } = commandBench(BODY);
    expect(() => page.select('p[')).toThrow(expect.objectContaining({ code: 'selector' }));
    expect(() => page.select('p[')).toThrow('"select"');
  });

  it.each([undefined, null, 5, ['#a'], {}])('takes %j for no selector', (selector) => {
    const { page } = commandBench(BODY);
    expect(codeOf(() => page.select(selector))).toBe('malformed');
  });

  it('leaves everything to a function of the caller, which gets the root', () => {
    const asked: unknown[] = [];
    const { page } = commandBench(BODY, {
      select: (selector, root) => {
        asked.push(selector, root);
        return new Set(root.querySelectorAll('div'));
      },
    });
    expect(page.select('#a:visible')).toEqual([document.querySelector('div')]);
    expect(page.select('#a')).toEqual([document.querySelector('div')]);
    expect(asked).toEqual(['#a:visible', document, '#a', document]);
  });

  it('says the same of a function of the caller that throws', () => {
    const cause = new Error('unrecognized expression');
    const select = () => {
      throw cause;
    };
    const { page } = commandBench(BODY, { select });
    expect(() => page.select('p:nothing')).toThrow(expect.objectContaining({ code: 'selector', cause }));
  });
});
