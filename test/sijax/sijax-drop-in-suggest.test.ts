// @vitest-environment happy-dom

// Fields with suggestions: what is asked when, and what the keys and the mouse do.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SuggestParams, SuggestRequest, Suggestion } from '../../src/sijax/drop-in/suggest-field.ts';
import { installDropIn, type DropIn } from './drop-in-page.ts';

const PARAMS: SuggestParams = {
  fieldId: 'field',
  containerId: 'list',
  callback: 'suggest',
  itemClass: 'item',
  itemSelectedClass: 'marked',
};
const TWO: Suggestion[] = [
  { display: '<b>ap</b>ple', selectResponse: 'picked.push("apple")' },
  { display: 'apricot', selectResponse: 'picked.push("apricot")' },
];

/** Milliseconds in which a word is looked at twice, whenever the first look is. */
const TWO_LOOKS = 250;

let page: DropIn;
let asked: SuggestRequest[];
let picked: string[];
let field: HTMLInputElement;
let list: HTMLElement;

beforeEach(async () => {
  page = await installDropIn();
  vi.useFakeTimers();
  document.body.innerHTML = '<input id="field"><div id="list"></div><input id="other">';
  field = document.querySelector('input') as HTMLInputElement;
  list = document.getElementById('list') as HTMLElement;
  asked = [];
  picked = (globalThis as unknown as { picked: string[] }).picked = [];
  page.Sijax.request = (name, values) => {
    expect(name).toBe('suggest');
    asked.push(...(values as SuggestRequest[]));
  };
});
afterEach(() => {
  vi.useRealTimers();
});

function register(params: Partial<SuggestParams> = {}): SuggestParams {
  const whole = { ...PARAMS, ...params };
  page.sjxSuggest.registerSuggestField(whole);
  return whole;
}

function type(value: string, caret = value.length): void {
  field.value = value;
  field.setSelectionRange(caret, caret);
  press('x');
}

function press(key: string): boolean {
  return field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

function answer(suggestions: readonly Suggestion[], more: object = {}): void {
  page.Sijax.processCommands([
    {
      type: 'call',
      call: 'sjxSuggest.processResponse',
      params: [{ fieldId: 'field', suggestions, ...more }],
    },
  ]);
}

function items(): string[] {
  return list.style.display === 'none'
    ? []
    : [...list.children].map((item) => `${item.className}: ${item.innerHTML}`);
}

describe('a word', () => {
  it('is asked for once, when it has stayed the same from one look to the next', () => {
    register({ suggestionsLimit: 5 });
    type('ap');
    vi.advanceTimersByTime(50);
    type('app');
    vi.advanceTimersByTime(TWO_LOOKS * 4);
    expect(asked).toEqual([
      { fieldId: 'field', suggestionsLimit: 5, fieldValue: 'app', additional: undefined },
    ]);
  });

  it('is not asked for before the visitor comes to the field', () => {
    register();
    field.value = 'apple';
    vi.advanceTimersByTime(TWO_LOOKS);
    expect(asked).toEqual([]);
    field.dispatchEvent(new Event('focus'));
    vi.advanceTimersByTime(TWO_LOOKS);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['one two three', 13, ' ', 'three'],
    ['one two three', 5, ' ', 'two'],
    ['one two three', 0, ' ', 'one'],
    ['one,two', 2, ',', 'one'],
    ['one, two', 7, ', ', 'two'],
  ])('is the piece of "%s" at %d between "%s"', (value, caret, delimiter, word) => {
    register({ delimiter });
    type(value, caret);
    vi.advanceTimersByTime(TWO_LOOKS);
    expect(asked.map(({ fieldValue }) => fieldValue)).toEqual([word]);
  });

  it('of one character is not asked for, and closes the list', () => {
    register();
    answer(TWO);
    type('a');
    vi.advanceTimersByTime(TWO_LOOKS);
    expect([asked, items()]).toEqual([[], []]);
  });

  it('is asked for again when the field was emptied', () => {
    register();
    for (const value of ['app', '', 'app']) {
      type(value);
      vi.advanceTimersByTime(TWO_LOOKS);
    }
    expect(asked).toHaveLength(2);
  });

  it('is not asked for where the value is the one that the page has closed on, now', () => {
    const params = register();
    params.closedOn = 'apple';
    type('apple');
    vi.advanceTimersByTime(TWO_LOOKS);
    expect(asked).toEqual([]);
  });

  it('takes along the values of code, and text that is none', () => {
    register({
      additional: { sum: '1 + 2', text: 'no code', live: 'document.getElementById("other").value' },
    });
    (document.getElementById('other') as HTMLInputElement).value = 'now';
    type('app');
    vi.advanceTimersByTime(TWO_LOOKS);
    expect(asked[0]?.additional).toEqual({ sum: 3, text: 'no code', live: 'now' });
  });
});

describe('the list', () => {
  beforeEach(() => {
    register();
    type('ap');
  });

  it('shows the suggestions, the first one marked, where the server says', () => {
    answer(TWO, { offset: 12 });
    expect(items()).toEqual(['marked: <b>ap</b>ple', 'item: apricot']);
    expect([...list.children].map(({ id }) => id)).toEqual(['listItem0', 'listItem1']);
    expect([list.style.position, list.style.marginLeft]).toEqual(['absolute', '12px']);
  });

  it('is closed by an answer without any', () => {
    answer(TWO);
    answer([]);
    expect(items()).toEqual([]);
  });

  it('moves its mark by the arrows, round and round', () => {
    answer(TWO);
    const marks = ['ArrowDown', 'ArrowDown', 'ArrowUp'].map((key) => {
      expect(press(key)).toBe(false);
      return items().findIndex((item) => item.startsWith('marked'));
    });
    expect(marks).toEqual([1, 0, 1]);
  });

  it.each(['Tab', 'Enter'])('runs the code of the marked one on %s, closes, and asks for nothing', (key) => {
    answer(TWO);
    press('ArrowDown');
    expect(press(key)).toBe(false);
    field.value = 'apricot';
    vi.advanceTimersByTime(TWO_LOOKS);
    expect([picked, items(), asked]).toEqual([['apricot'], [], []]);
  });

  it('closes on Escape, and opens again on the arrow down', () => {
    answer(TWO);
    press('Escape');
    expect(items()).toEqual([]);
    press('ArrowDown');
    expect(items()).toHaveLength(2);
  });

  it('leaves the keys alone while it is closed', () => {
    answer(TWO);
    press('Escape');
    expect(['Tab', 'Enter', 'ArrowUp', 'Escape'].map(press)).toEqual([true, true, true, true]);
    expect(picked).toEqual([]);
  });

  it('leaves the keys alone while characters are being composed', () => {
    answer(TWO);
    const enter = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, isComposing: true });
    expect(field.dispatchEvent(enter)).toBe(true);
  });

  it('is marked and picked by the mouse, wherever in an item', () => {
    answer(TWO);
    list.children[1]?.dispatchEvent(new Event('mouseover', { bubbles: true }));
    expect(items()[1]).toMatch(/^marked/);
    list.querySelector('b')?.dispatchEvent(new Event('mouseover', { bubbles: true }));
    list.querySelector('b')?.dispatchEvent(new Event('click', { bubbles: true }));
    expect(picked).toEqual(['apple']);
  });

  it('closes soon after the field is left', () => {
    answer(TWO);
    field.dispatchEvent(new Event('blur'));
    expect(items()).toHaveLength(2);
    vi.advanceTimersByTime(TWO_LOOKS);
    expect(items()).toEqual([]);
  });

  it('leaves nothing running once it is closed', () => {
    answer(TWO);
    press('Escape');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a field', () => {
  it('shows a message in the place of no suggestions, which may have code, too', () => {
    register({ emptySetMessage: '<i>none</i>', emptySetSelectResponse: 'picked.push("none")' });
    answer([]);
    expect(items()).toEqual(['marked: <i>none</i>']);
    press('Enter');
    expect(picked).toEqual(['none']);
  });

  it('that is registered again listens once', () => {
    register();
    register({ suggestionsLimit: 3 });
    type('app');
    vi.advanceTimersByTime(TWO_LOOKS);
    expect(asked.map(({ suggestionsLimit }) => suggestionsLimit)).toEqual([3]);
  });

  it('is refused where something is missing', () => {
    expect(() => register({ callback: '' })).toThrow(/callback/);
    expect(() => register({ fieldId: 'nobody' })).toThrow(/"nobody"/);
  });
});
