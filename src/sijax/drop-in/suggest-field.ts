// A text field that shows suggestions while someone types into it.

import { call } from '../../ground/call.ts';
import { allowUnsigned, evaluate } from '../../commands/script-policy.ts';
import { trustedHtml } from '../../ground/trusted-types.ts';
import { elementById } from './element-by-id.ts';

export interface Suggestion {
  /** HTML. */
  readonly display: string;
  /** Code that runs when it is selected. */
  readonly selectResponse?: string | undefined;
}

/** What the server registers. The page may keep it, and set `closedOn` at any time. */
export interface SuggestParams {
  readonly fieldId: string;
  readonly containerId: string;
  /** The server's function. */
  readonly callback: string;
  /** What stands between the words that are asked for one by one. @defaultValue a space */
  readonly delimiter?: string;
  readonly itemClass?: string;
  readonly itemSelectedClass?: string;
  readonly suggestionsLimit?: number;
  /** HTML in the place of suggestions where there are none. */
  readonly emptySetMessage?: string;
  /** Code that runs when it is selected. */
  readonly emptySetSelectResponse?: string;
  /** Sent along: the values of this code, or the text itself where it is none. */
  readonly additional?: Readonly<Record<string, string>>;
  /** The field's value for which nothing is asked. */
  closedOn?: string;
}

/** What the server is asked. */
export interface SuggestRequest {
  readonly fieldId: string;
  readonly suggestionsLimit: number | undefined;
  readonly fieldValue: string;
  readonly additional: Readonly<Record<string, unknown>> | undefined;
}

/** What it answers: the request, and beside it the suggestions. */
export interface SuggestResponse {
  readonly fieldId: string;
  readonly suggestions: readonly Suggestion[];
  /** How far to the right the list stands, in pixels. */
  readonly offset?: number;
}

export interface SuggestField {
  show(response: SuggestResponse): void;
  /** Lets go of the elements. */
  release(): void;
}

/** How often the field is looked at, in milliseconds. A word is asked for when it stayed the same for so long. */
const LOOK = 100;

const SHORTEST_WORD = 2;

/** Milliseconds from leaving the field to hiding the list. */
const HIDE_DELAY = 200;

/** @throws EnckeError `no-target` where one of the two elements is not in the page. */
export function createSuggestField(
  params: SuggestParams,
  ask: (request: SuggestRequest) => void,
): SuggestField {
  const { delimiter = ' ', itemClass = '', itemSelectedClass = '' } = params;
  const box = elementById(params.fieldId) as HTMLInputElement;
  const list = elementById(params.containerId);
  const listening = new AbortController();
  const keys: Readonly<Record<string, () => void>> = {
    Tab: select,
    Enter: select,
    Escape: hide,
    ArrowUp: () => move(position - 1),
    ArrowDown: () => (isOpen ? move(position + 1) : open()),
  };
  let suggestions: readonly Suggestion[] = []; // the last ones
  let position = 0; // of the one that is marked
  let isOpen = false;
  let timer: ReturnType<typeof setInterval> | undefined; // set while someone works in the field
  let word = ''; // at the last look
  let asked = ''; // the word last asked for

  box.setAttribute('autocomplete', 'off');
  Object.assign(list.style, { cursor: 'pointer', position: 'absolute', zIndex: '100' });
  for (const name of ['focus', 'click', 'change'] as const) listen(box, name, watch);
  listen(box, 'keydown', press);
  listen(box, 'blur', () => setTimeout(hide, HIDE_DELAY));
  // Else the field would lose the focus to the list.
  listen(list, 'mousedown', (event) => event.preventDefault());
  listen(list, 'mouseover', ({ target }) => {
    if (target !== list) move(placeOf(target));
  });
  listen(list, 'click', ({ target }) => {
    if (target !== list) select();
  });

  return {
    show({ suggestions: found, offset }) {
      const { emptySetMessage: display, emptySetSelectResponse: selectResponse } = params;
      suggestions = found.length > 0 || display === undefined ? found : [{ display, selectResponse }];
      list.style.marginLeft = `${String(offset)}px`;
      if (suggestions.length > 0) open();
      else hide();
    },
    release() {
      listening.abort();
      hide();
    },
  };

  function listen<Name extends keyof HTMLElementEventMap>(
    element: HTMLElement,
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
  ): void {
    element.addEventListener(name, listener, { signal: listening.signal });
  }

  function watch(): void {
    timer ??= setInterval(look, LOOK);
  }

  function look(): void {
    const now = wordAtCaret(box, delimiter);
    if (now.length < SHORTEST_WORD) {
      hide();
      // An emptied field has forgotten what was asked.
      if (!box.value) word = asked = '';
      return;
    }
    if (now === word && now !== asked) {
      asked = now;
      if (box.value !== params.closedOn) ask(requestFor(params, now));
    }
    word = now;
  }

  function press(event: KeyboardEvent): void {
    watch();
    const act = Object.hasOwn(keys, event.key) && keys[event.key];
    const isForUs = isOpen || (event.key === 'ArrowDown' && suggestions.length > 0);
    if (!act || !isForUs || event.isComposing) return;
    event.preventDefault();
    act();
  }

  function open(): void {
    position = 0;
    isOpen = true;
    list.replaceChildren(...suggestions.map(createItem));
    list.style.display = 'block';
    watch();
  }

  /** Until the next key or click nothing is asked: the word that was selected needs no suggestions. */
  function hide(): void {
    isOpen = false;
    list.style.display = 'none';
    clearInterval(timer);
    timer = undefined;
  }

  function createItem({ display }: Suggestion, place: number): HTMLElement {
    const item = document.createElement('div');
    item.id = `${params.containerId}Item${String(place)}`;
    item.className = place === position ? itemSelectedClass : itemClass;
    item.style.whiteSpace = 'nowrap';
    item.innerHTML = trustedHtml(display);
    return item;
  }

  /** Round and round. */
  function move(place: number): void {
    const { children } = list;
    children[position]?.setAttribute('class', itemClass);
    position = (place + children.length) % children.length;
    children[position]?.setAttribute('class', itemSelectedClass);
  }

  function select(): void {
    call(allowUnsigned.run, suggestions[position]?.selectResponse ?? '');
    hide();
  }

  function placeOf(target: EventTarget | null): number {
    return [...list.children].findIndex((item) => item.contains(target as Node));
  }
}

/** The piece of the value in which the caret stands. */
function wordAtCaret({ value, selectionStart }: HTMLInputElement, delimiter: string): string {
  let end = 0; // of the piece, with the delimiter behind it
  const caret = selectionStart ?? value.length;
  return value.split(delimiter).find((piece) => (end += piece.length + delimiter.length) > caret) ?? '';
}

function requestFor(
  { fieldId, suggestionsLimit, additional }: SuggestParams,
  fieldValue: string,
): SuggestRequest {
  const values = Object.entries(additional ?? {}).map(([key, code]) => [key, valueOf(code)] as const);
  return { fieldId, suggestionsLimit, fieldValue, additional: additional && Object.fromEntries(values) };
}

function valueOf(code: string): unknown {
  try {
    return evaluate(code);
  } catch {
    // It was meant as text.
    return code;
  }
}
