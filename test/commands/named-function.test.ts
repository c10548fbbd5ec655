// @vitest-environment happy-dom
// Functions of the page, by name.

import { describe, expect, it } from 'vitest';
import { codeOf, commandBench } from './command-bench.ts';

function benchOf(functions: object) {
  const bench = commandBench('', { functions });
  return (name: unknown, params?: unknown) => bench.apply({ type: 'call', call: name, params });
}

describe('call', () => {
  it('gives a list as arguments, and nothing of anything else', () => {
    const calls: unknown[][] = [];
    const call = benchOf({ note: (...values: unknown[]) => calls.push(values) });
    for (const params of [[1, null, { a: [2] }], [], undefined, null, 'text', 5, { 0: 'a', length: 1 }]) {
      call('note', params);
    }
    expect(calls).toEqual([[1, null, { a: [2] }], [], [], [], [], [], []]);
  });

  it('follows dots, and calls with the object in front of the last one', () => {
    const chart = {
      points: [] as unknown[],
      add(point: unknown) {
        this.points.push(point);
      },
    };
    const call = benchOf({ page: { chart } });
    call('page.chart.add', ['a']);
    expect(chart.points).toEqual(['a']);
  });

  it('calls a function of its own with the table itself', () => {
    const functions = {
      self() {
        return this === functions;
      },
    };
    expect(benchOf(functions)('self')).toBe(true);
  });

  it('gives what the function returned, for a promise to be waited for', async () => {
    expect(await benchOf({ later: async () => 'done' })('later')).toBe('done');
  });

  it('lets through what the function throws', () => {
    const cause = new Error('thrown');
    const call = benchOf({
      fail() {
        throw cause;
      },
    });
    expect(() => call('fail')).toThrow(cause);
  });

  it.each([
    'nobody',
    'text',
    'text.length',
    'nothing.at.all',
    'nobody.at.all',
    'inherited',
    'toString',
    'note.call',
    'note.bind',
    '',
    '.',
    'note.',
    ' note',
  ])('refuses "%s", which is no function of its own, and says where to name it', (name) => {
    const functions = Object.assign(Object.create({ inherited() {} }) as object, {
      note() {},
      text: 'text',
      nothing: null,
    });
    const call = benchOf(functions);
    expect(codeOf(() => call(name))).toBe('refused');
    expect(() => call(name)).toThrow('"functions"');
  });

  it.each(['constructor', 'Thing.prototype.go', '__proto__.toString', 'Thing.constructor'])(
    'refuses %s, even if it is there',
    (name) => {
      const Thing = Object.assign(() => {}, { prototype: { go() {} }, constructor: () => {} });
      const functions = Object.defineProperty({ Thing, constructor: () => {} }, '__proto__', {
        value: { toString: () => '' },
      });
      expect(codeOf(() => benchOf(functions)(name))).toBe('refused');
    },
  );

  it('refuses everything where no functions were given', () => {
    const bench = commandBench();
    expect(codeOf(() => bench.apply({ type: 'call', call: 'alert' }))).toBe('refused');
  });

  it.each([undefined, null, 5, ['note']])('takes %j for no name', (name) => {
    expect(codeOf(() => benchOf({})(name))).toBe('malformed');
  });
});
