// What options of a command queue do that markup does not show.

import { commandQueue } from '../../../src/commands/command-queue.ts';
import { keepFocus } from '../../../src/commands/keep-focus.ts';
import { nativeSanitizer } from '../../../src/commands/native-sanitizer.ts';
import { allowScripts, refuseScripts } from '../../../src/commands/script-policy.ts';
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

/** What of a sanitizer's nodes has run, whose scripts no parser has marked: under refusal, then where code may run. */
export function insertLiveScripts(): unknown[] {
  const told: unknown[] = [];
  Object.assign(window, { tell: (text: string) => told.push(text) });
  const sanitize = (): DocumentFragment => {
    const nodes = new DocumentFragment();
    for (const namespace of ['http://www.w3.org/1999/xhtml', 'http://www.w3.org/2000/svg']) {
      const script = document.createElementNS(namespace, 'script');
      script.setAttribute('class', 'live');
      script.append(`tell('${namespace.slice(-3)}')`);
      const holder = document.createElementNS(namespace, namespace.endsWith('svg') ? 'svg' : 'div');
      holder.append(script);
      nodes.append(holder);
    }
    return nodes;
  };
  for (const scripts of [refuseScripts, allowScripts]) {
    const stage = setStage('<p></p>');
    const queue = commandQueue({ sanitize, scripts, onError: ({ code }) => told.push(code) });
    queue.push({ type: 'html', selector: 'p', html: 'x', setType: 'append' });
    told.push(stage.querySelectorAll('script.live').length);
  }
  return told;
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

/** What a custom element of a frame hears when HTML brings it there; and an attribute that `false` takes away. */
export function withinFrame(): unknown[] {
  const frame = document.createElement('iframe');
  setStage('').append(frame);
  const { contentWindow: around, contentDocument: root } = frame as {
    contentWindow: (Window & typeof globalThis) | null;
    contentDocument: Document | null;
  };
  if (!around || !root) throw new Error('The frame has no document.');
  const told: unknown[] = [];
  class Own extends around.HTMLElement {
    connectedCallback(): void {
      told.push(this.getAttribute('own'));
    }
    adoptedCallback(): void {
      told.push('adopted');
    }
  }
  around.customElements.define('x-own', Own);
  root.body.append(root.createElement('p'));
  const queue = commandQueue({ root, scripts: allowScripts, frameBudget: Infinity });
  for (const html of [
    '<x-own></x-own>',
    '\n<tr><td><x-own></x-own></td></tr>',
    '<x-own></x-own><script></script>',
  ])
    queue.push({ type: 'html', selector: 'p', html, setType: 'append' });
  for (const value of [true, false]) {
    queue.push({ type: 'attr', selector: 'x-own', key: 'own', value, setType: 'replace' });
    told.push(root.querySelector('x-own')?.getAttribute('own'));
  }
  return told;
}

const ELEMENTS =
  `a abbr article audio b bdo body button canvas caption code col colgroup data datalist dd details
  dialog div dl fieldset figure form frameset h1 head html i iframe input label legend li main map math meter noscript
  object ol optgroup option output p pre progress q ruby script section select slot span style sub summary svg table
  tbody td template textarea tfoot th thead title tr u ul var video x-own`.split(/\s+/);

const TEXTS = [
  '',
  ' ',
  'text',
  ' two\nlines ',
  '\nfirst',
  '> ] "',
  '5',
  '\t\f',
  'a\u00a0\u2028\ufeff\ud800',
  '\u0001',
];

/** Elements and texts of which a replacement is not what the parser would make; there should be none. */
export function unlikeTheParser(): string[] {
  const queue = commandQueue({ root: setStage(''), frameBudget: Infinity });
  return ELEMENTS.flatMap((name) =>
    TEXTS.filter((text) => !isLikeTheParser(name, text)).map((text) => [name, text].join()),
  );

  function isLikeTheParser(name: string, text: string): boolean {
    const [ours, parsed] = [createElement(name), createElement(name)];
    find('main').replaceChildren(ours);
    parsed.innerHTML = text;
    queue.push({ type: 'html', selector: ':scope > *', html: text, setType: 'replace' });
    return ours.isEqualNode(parsed) && ours.innerHTML === parsed.innerHTML;
  }
}

/** With something in it, so that nothing is proven by an element that was empty before. */
function createElement(name: string): Element {
  const namespace = { svg: 'http://www.w3.org/2000/svg', math: 'http://www.w3.org/1998/Math/MathML' }[name];
  const element = document.createElementNS(namespace ?? 'http://www.w3.org/1999/xhtml', name);
  element.append(document.createElement('b'));
  if (element instanceof HTMLTemplateElement) element.content.append('old');
  if (element instanceof HTMLScriptElement) element.type = 'text/plain';
  return element;
}
