// What options of a command queue do that markup does not show.

import { commandQueue } from '../../../src/commands/command-queue.ts';
import { keepFocus } from '../../../src/commands/keep-focus.ts';
import { nativeSanitizer } from '../../../src/commands/native-sanitizer.ts';
import { find, setStage } from './stage.ts';

const FORM = `
  <div id="list" style="height: 50px; overflow: auto"><div style="height: 500px"></div></div>
  <input id="field" value="abcdef"><input id="check" type="checkbox">
  <textarea id="area" style="height: 30px">${'line\n'.repeat(20)}</textarea>
`;

const SCROLLING = 'height: 40px; overflow: auto';

export interface Doing {
  readonly active: string;
  readonly selection: readonly unknown[];
  readonly scrolled: readonly number[];
  readonly isNew: boolean;
}

/** Someone writes in the element of this id while HTML comes for what is around it. */
export function writeIn(id: string, setType: string): Doing {
  setStage(`<div id="outer" style="${SCROLLING}">${FORM}</div><input id="elsewhere">`);
  const active = find(`#${id}`) as HTMLInputElement;
  const scrolling = ['#outer', '#list', '#area'];
  for (const selector of scrolling) find(selector).scrollTop = 20;
  active.focus({ preventScroll: true });
  if (active.type !== 'checkbox') active.setSelectionRange(2, 4, 'backward');
  const queue = commandQueue({ preserve: keepFocus });
  queue.push({
    type: 'html',
    selector: '#outer',
    html: setType === 'replace' ? FORM : '<p>more</p>',
    setType,
  });
  const { activeElement } = document;
  const { selectionStart, selectionEnd, selectionDirection } = activeElement as HTMLInputElement;
  return {
    active: activeElement?.id ?? '',
    selection: [selectionStart, selectionEnd, selectionDirection],
    scrolled: scrolling.map((selector) => find(selector).scrollTop),
    isNew: !active.isConnected,
  };
}

/** What the browser's own sanitizer leaves, or the code of the error. */
export function sanitize(html: string): string[] {
  const stage = setStage('<div id="box"></div>');
  const told: string[] = [];
  const queue = commandQueue({ sanitize: nativeSanitizer, onError: ({ code }) => told.push(code) });
  queue.push({ type: 'html', selector: '#box', html, setType: 'replace' });
  return [...told, stage.innerHTML];
}

/** What is named by selectors inside of a part of the page, a fragment and a shadow tree. */
export function withinRoots(): string[] {
  setStage('<p id="p" class="p"></p><div id="part"><p id="p" class="p"></p></div><div id="host"></div>');
  const fragment = new DocumentFragment();
  const shadow = find('#host').attachShadow({ mode: 'open' });
  const roots = [find('#part'), fragment, shadow];
  for (const root of [fragment, shadow]) {
    root.append(Object.assign(document.createElement('p'), { id: 'p', className: 'p' }));
  }
  for (const root of roots) {
    const queue = commandQueue({ root });
    for (const selector of ['#p', '.p']) {
      queue.push({ type: 'html', selector, html: selector, setType: 'append' });
    }
  }
  return [document, ...roots].map((root) => root.querySelector('.p')?.textContent ?? 'none');
}
