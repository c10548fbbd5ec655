// The commands of the bench and the page that they change. The same count gives the same commands every time.

import type { Command } from '../../src/commands/command.ts';

const SEED = 20_000;
const BOXES = 100;
const LISTS = 50;
const FIELDS = 50;
/** How many rows a list holds at most, so that the page does not grow without end. */
const MOST_ROWS = 20;

/** The markup of the 200 targets, each with an id. */
export function makeTargets(): string {
  const boxes = Array.from({ length: BOXES }, (_, n) => `<div id="box${n}" class="box">–</div>`);
  const lists = Array.from({ length: LISTS }, (_, n) => `<ul id="list${n}"></ul>`);
  const fields = Array.from({ length: FIELDS }, (_, n) => `<input id="field${n}">`);
  return [...boxes, ...lists, ...fields].join('\n');
}

/**
 * `mixture`: text, markup, rows that come and go, properties, attributes, styles and calls, all alike often.
 * `figures`: as a board of prices has them, nothing but values that overwrite earlier ones.
 */
export type ListName = 'mixture' | 'figures';

export function makeCommands(name: ListName, count: number): Command[] {
  const below = drawFrom(SEED);
  const lists = Array.from({ length: LISTS }, (_, n) => ({ selector: `#list${n}`, ids: [] as string[] }));
  let rows = 0;

  const makers: Record<ListName, readonly (() => Command)[]> = {
    mixture: [makeText, makeCard, makeRow, makeRemoval, makeProperty, makeAttribute, makeStyle, makeCall],
    figures: [makeText, makeText, makeText, makeStyle, makeAttribute],
  };
  return Array.from({ length: count }, () => pick(makers[name])());

  function makeText(): Command {
    return replace([
      `${below(100_000) / 100} €`,
      `${below(1000)} of ${1000 + below(1000)} delivered, ${below(10)} late`,
      `Row ${below(1000)} &amp; row ${below(1000)}`,
      `Updated at ${10 + below(14)}:${10 + below(50)}`,
    ]);
  }

  function makeCard(): Command {
    return replace([
      `<strong>${below(1000)}</strong> <small>pieces</small>`,
      `<h3>Order ${below(100_000)}</h3><p class="state">Sent, <em>${below(9)} parcels</em></p><a href="#box1">More</a>`,
      `<p>Seen by <b>Ada</b> and ${below(50)} others</p>`,
    ]);
  }

  function replace(html: string[]): Command {
    return { type: 'html', selector: selectBox(), html: pick(html), setType: 'replace' };
  }

  function makeRow(): Command {
    const { selector, ids } = pick(lists);
    if (ids.length === MOST_ROWS) return remove(ids.shift());
    const id = `row${rows++}`;
    ids.push(id);
    const html = `<li id="${id}"><b>${below(100)}</b> new <span>${below(60)} min ago</span></li>`;
    return { type: 'html', selector, html, setType: below(3) > 0 ? 'append' : 'prepend' };
  }

  /** Takes away the newest row of a list. */
  function makeRemoval(): Command {
    const { ids } = pick(lists);
    return ids.length > 0 ? remove(ids.pop()) : makeRow();
  }

  function remove(id = ''): Command {
    return { type: 'remove', remove: `#${id}` };
  }

  function makeProperty(): Command {
    const [selector, key, value] = pick<[string, string, string | boolean]>([
      [selectField(), 'value', `${below(10_000)}`],
      [selectField(), 'disabled', below(2) > 0],
      [selectBox(), 'title', `Changed by Ada, ${below(60)} s ago`],
      [selectBox(), 'hidden', below(4) === 0],
    ]);
    return { type: 'attr', selector, key, value, setType: 'replace' };
  }

  /** No `data-` or `aria-` here: jQuery's prop() sets those on the object only, where no DOM shows them. */
  function makeAttribute(): Command {
    const [selector, key, value] = pick<[string, string, string | number]>([
      [selectBox(), 'class', `box ${pick(['late', 'sent', 'done'])}`],
      [selectBox(), 'tabindex', below(3)],
      [selectField(), 'maxlength', 20 + below(80)],
    ]);
    return { type: 'attr', selector, key, value, setType: 'replace' };
  }

  function makeStyle(): Command {
    const [key, value] = pick([
      ['color', `rgb(${below(256)}, ${below(256)}, 0)`],
      ['background-color', pick(['ivory', 'white', 'mistyrose'])],
      ['width', `${100 + below(200)}px`],
      ['opacity', pick(['0.5', '1'])],
    ]);
    return { type: 'css', selector: selectBox(), key, value };
  }

  function makeCall(): Command {
    return { type: 'call', call: 'tally', params: [below(100)] };
  }

  function selectBox(): string {
    return `#box${below(BOXES)}`;
  }

  function selectField(): string {
    return `#field${below(FIELDS)}`;
  }

  function pick<Choice>(choices: readonly Choice[]): Choice {
    return choices[below(choices.length)] as Choice;
  }
}

/** Draws whole numbers from 0 to below a limit (Marsaglia's xorshift): good enough for a mixture, and the same everywhere. */
function drawFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}
