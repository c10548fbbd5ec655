// @vitest-environment happy-dom

import { beforeEach, describe, expect, it } from 'vitest';
import { formValues } from '../../src/commands/form-values.ts';

beforeEach(() => {
  document.body.innerHTML = '';
});

/** As it arrives at a server: the values of a form with these fields, by way of JSON. */
function sent(fields: string): unknown {
  document.body.innerHTML = `<form id="form">${fields}</form>`;
  return JSON.parse(JSON.stringify(formValues('#form')));
}

function input(name: string, value: string): string {
  return `<input name="${name}" value="${value}">`;
}

describe('which fields count', () => {
  it('every input, textarea and select does, buttons too', () => {
    const fields =
      `${input('text', 'a')}<textarea name="area">b\nc</textarea>` +
      '<select name="one"><option>d</option><option value="e" selected>E</option></select>' +
      '<input type="hidden" name="hidden" value="f"><input type="submit" name="submit" value="g">' +
      '<input type="button" name="button" value="h"><input type="image" name="image" value="i">' +
      '<input type="reset" name="reset" value="j"><button name="other" value="k"></button>';
    expect(sent(fields)).toEqual({
      text: 'a',
      area: 'b\nc',
      one: 'e',
      hidden: 'f',
      submit: 'g',
      button: 'h',
      image: 'i',
      reset: 'j',
    });
  });

  it('boxes do when they are checked', () => {
    const fields =
      '<input type="checkbox" name="a" value="1"><input type="checkbox" name="b" value="2" checked>' +
      '<input type="checkbox" name="c" checked><input type="radio" name="d" value="3">' +
      '<input type="radio" name="d" value="4" checked><input type="radio" name="d" value="5">';
    expect(sent(fields)).toEqual({ b: '2', c: 'on', d: '4' });
  });

  it('a box whose type is not written in lower case does either way, as with the original', () => {
    expect(sent('<input type="CHECKBOX" name="a" value="1">')).toEqual({ a: '1' });
  });

  it('none does that is disabled', () => {
    const fields =
      '<input name="a" disabled><textarea name="b" disabled></textarea><select name="c" disabled></select>';
    expect(sent(fields + input('d', '1'))).toEqual({ d: '1' });
  });

  it('none does that the browser calls disabled for the sake of its fieldset', () => {
    document.body.innerHTML = `<form><fieldset disabled>${input('a', '1')}</fieldset>${input('b', '2')}</form>`;
    const [first] = document.querySelectorAll('input');
    // happy-dom (21) looks at the field alone.
    Object.assign(first ?? {}, { matches: (selector: string) => selector === ':disabled' });
    expect({ ...formValues('form') }).toEqual({ b: '2' });
  });

  it('none does without a name', () => {
    expect(sent('<input value="1"><input name="" value="2"><textarea>3</textarea>')).toEqual({});
  });

  it('a file does by the path that browsers make up', () => {
    document.body.innerHTML = '<form><input type="file" name="file"></form>';
    const field = document.querySelector('input');
    Object.defineProperty(field, 'value', { value: 'C:\\fakepath\\a.txt' });
    expect({ ...formValues('form') }).toEqual({ file: 'C:\\fakepath\\a.txt' });
  });
});

describe('the values', () => {
  it('an empty one stays empty text', () => {
    expect(sent('<input name="a"><textarea name="b"></textarea><input type="submit" name="c">')).toEqual({
      a: '',
      b: '',
      c: '',
    });
  });

  it('a select that takes several gives a list, empty where nothing is chosen', () => {
    const options = '<option value="1" selected>a<option>b<option selected>c';
    expect(
      sent(`<select name="some" multiple>${options}</select><select name="none" multiple><option>a</select>`),
    ).toEqual({ some: ['1', 'c'], none: [] });
  });

  it('an option that is disabled is never chosen', () => {
    const fields =
      '<select name="one"><option disabled selected value="">choose</option><option>a</option></select>' +
      '<select name="some" multiple><option disabled selected>a</option><option selected>b</option></select>';
    expect(sent(fields)).toEqual({ one: null, some: ['b'] });
  });

  it('a select without options gives null', () => {
    expect(sent('<select name="a"></select>')).toEqual({ a: null });
  });

  it('of several with one name, the last counts', () => {
    expect(sent(input('a', '1') + input('a', '2') + input('b[c]', '3') + input('b[c]', '4'))).toEqual({
      a: '2',
      b: { c: '4' },
    });
  });
});

describe('the names', () => {
  it('brackets nest', () => {
    const fields = input('a[b]', '1') + input('a[c][d e]', '2') + input('a[0]', '3') + input('f[]', '4');
    expect(sent(fields)).toEqual({ a: { 0: '3', b: '1', c: { 'd e': '2' } }, f: ['4'] });
  });

  it('empty brackets at the end add to a list', () => {
    const fields = input('a[]', '1') + input('a[]', '') + input('b[c][]', '3') + input('b[c][]', '4');
    expect(sent(fields)).toEqual({ a: ['1', ''], b: { c: ['3', '4'] } });
  });

  it('empty brackets in between are a key like any other', () => {
    expect(sent(input('a[][b]', '1') + input('a[][]', '2') + input('c[[d]]', '3'))).toEqual({
      a: { '': { b: '1' } },
      c: { '[d]': '3' },
    });
  });

  it('a list of a select goes into a list as one', () => {
    const select = '<select name="a[]" multiple><option selected>1<option selected>2</select>';
    expect(sent(select + input('a[]', '3'))).toEqual({ a: [['1', '2'], '3'] });
  });

  it.each(['a[', 'a]b[', '[a]', 'a[b', 'a[b]c', 'a-b[c]', 'a.b[c]', 'a[b][', 'é[a]'])(
    '%s is no name: the field is left out',
    (name) => {
      expect(sent(input(name, '1') + input('ok', '2'))).toEqual({ ok: '2' });
    },
  );

  it('without brackets anything goes', () => {
    expect(sent(input('a-b.c d é]', '1'))).toEqual({ 'a-b.c d é]': '1' });
  });

  it.each([
    '__proto__',
    '__proto__[polluted]',
    'a[__proto__][polluted]',
    'a[__proto__]',
    'constructor',
    'constructor[prototype][polluted]',
    'a[prototype]',
    'a[constructor][]',
  ])('%s is refused', (name) => {
    expect(sent(input(name, 'yes') + input('ok', '1'))).toEqual({ ok: '1' });
    expect({}).not.toHaveProperty('polluted');
  });

  it('those of Object.prototype are names like any other', () => {
    expect(sent(input('toString[a]', '1') + input('valueOf', '2'))).toEqual({
      toString: { a: '1' },
      valueOf: '2',
    });
    expect(Object.prototype.toString).not.toHaveProperty('a');
  });
});

describe('names that do not go together', () => {
  it.each([
    ['text, then something under it', ['a', 'a[b]'], { a: '0' }],
    ['text, then a list', ['a', 'a[]'], { a: '0' }],
    ['text, then a list further down', ['a', 'a[b][]'], { a: '0' }],
    ['something under it, then text', ['a[b]', 'a'], { a: '1' }],
    ['something under it, then a list', ['a[b]', 'a[]'], { a: { b: '0' } }],
    ['a list, then something under it', ['a[]', 'a[b]', 'a[b][c]', 'a[length]'], { a: ['0'] }],
    ['a list, then a place in it', ['a[]', 'a[0]', 'a[1]', 'a[2][b]'], { a: ['1', '2', { b: '3' }] }],
    ['a list, then a list in it', ['a[]', 'a[b][]', 'a[push][x]'], { a: ['0'] }],
  ])('%s', (_what, names, expected) => {
    expect(sent(names.map((name, index) => input(name, String(index))).join(''))).toEqual(expected);
    expect(Array.prototype.push).not.toHaveProperty('x');
  });

  it('null stands in the way like any other value', () => {
    expect(
      sent('<select name="a"></select><select name="b"></select>' + input('a[b]', '1') + input('b[]', '2')),
    ).toEqual({
      a: null,
      b: null,
    });
  });
});

describe('where fields are looked for', () => {
  beforeEach(() => {
    document.body.innerHTML =
      `<div class="part" id="outer">${input('a', '1')}<div class="part">${input('b[]', '2')}</div></div>` +
      `<form class="part">${input('c', '3')}<input name="querySelectorAll" disabled></form>${input('d', '4')}`;
  });

  it('a selector names one root or many; what lies in two of them counts once', () => {
    expect(JSON.stringify(formValues('#outer'))).toBe('{"a":"1","b":["2"]}');
    expect(JSON.stringify(formValues('.part'))).toBe('{"a":"1","b":["2"],"c":"3"}');
    expect(JSON.stringify(formValues('.none'))).toBe('{}');
  });

  it('an element is one, and so is every element of a list', () => {
    const [outer, , form] = document.querySelectorAll('.part');
    if (!outer || !form) throw new Error('no roots');
    expect(JSON.stringify(formValues(outer))).toBe('{"a":"1","b":["2"]}');
    expect(JSON.stringify(formValues([form, outer]))).toBe('{"c":"3","a":"1","b":["2"]}');
    expect(JSON.stringify(formValues(document))).toBe('{"a":"1","b":["2"],"c":"3","d":"4"}');
  });

  it('text that is no selector throws', () => {
    expect(() => formValues('form[')).toThrow(expect.objectContaining({ code: 'selector' }));
  });

  it('what comes back has no prototype', () => {
    expect(Object.getPrototypeOf(formValues('#outer'))).toBeNull();
  });
});
