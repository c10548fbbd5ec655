// @vitest-environment happy-dom

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command, CommandQueue, CommandQueueOptions } from '../../src/commands/command.ts';
import { coalesceByTarget } from '../../src/commands/coalescing-line.ts';
import { commandQueue } from '../../src/commands/command-queue.ts';
import { applyAll, pushes } from './coalesce-law.ts';

beforeEach(() => {
  // happy-dom (21) says that everything is supported, and yet drops what it cannot parse.
  vi.stubGlobal('CSS', {
    supports(key: string, value: string) {
      const { style } = document.createElement('p');
      style.setProperty(key, value);
      return style.getPropertyValue(key) !== '';
    },
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function makeQueue(options: CommandQueueOptions = {}): { queue: CommandQueue; applied: Command[] } {
  document.body.innerHTML = '<p id="a"></p><p id="b"></p>';
  const applied: Command[] = [];
  const afterApply = (command: Command): unknown => applied.push(command);
  const queue = commandQueue({ coalesce: coalesceByTarget, afterApply, ...options });
  queue.pause();
  return { queue, applied };
}

/** What is applied of the commands when they wait together. */
function applied(commands: Command[], options?: CommandQueueOptions): Command[] {
  const { queue, applied } = makeQueue(options);
  queue.push(commands);
  queue.flush();
  return applied;
}

function html(selector: string, html: unknown, setType = 'replace'): Command {
  return { type: 'html', selector, html, setType };
}

function attr(selector: string, key: string, value: unknown, setType = 'replace'): Command {
  return { type: 'attr', selector, key, value, setType };
}

function css(selector: string, key: string, value: unknown): Command {
  return { type: 'css', selector, key, value };
}

describe('coalesce', () => {
  it('leaves the page as it is without', { timeout: 60_000 }, () => {
    let applied = 0;
    let saved = 0;
    fc.assert(
      fc.property(pushes, (lists) => {
        const plain = applyAll(lists, false);
        fc.pre(!plain.ambiguous);
        const coalesced = applyAll(lists, true);
        expect(coalesced.page).toEqual(plain.page);
        applied += plain.applied;
        saved += plain.applied - coalesced.applied;
      }),
      { numRuns: 500 },
    );
    // Less a few, where there was time for few runs only.
    expect(saved, `of ${applied}`).toBeGreaterThan(applied / 20 - 5);
  });

  it('drops html and attr that a later one overwrites', () => {
    const commands = [html('#a', '1'), html('#b', '2'), html('#a', '3'), html('#a', '4')];
    expect(applied(commands)).toEqual([commands[1], commands[3]]);
    const titles = ['1', '2', '3'].map((title) => attr('#a', 'title', title));
    expect(applied(titles)).toEqual([titles[2]]);
  });

  it('drops css but for the first, by which the declaration has its place, and the last', () => {
    const colors = ['red', 'green', 'blue', 'red'].map((color) => css('#a', 'color', color));
    expect(applied(colors)).toEqual([colors[0], colors[3]]);
  });

  it('keeps those of another target or key', () => {
    const commands = [
      html('#a', '1'),
      html('#b', '1'),
      attr('#a', 'title', '1'),
      attr('#b', 'title', '1'),
      attr('#a', 'class', '1'),
      css('#a', 'color', 'red'),
      css('#a', 'width', '1px'),
    ];
    expect(applied([...commands, ...commands])).toHaveLength(9);
  });

  it('counts only those that are left', () => {
    const { queue } = makeQueue();
    queue.push([html('#a', '1'), html('#a', '2'), html('#a', '3')]);
    expect(queue.size).toBe(1);
    queue.clear();
  });

  it('looks at those that wait, however they came', () => {
    const { queue, applied } = makeQueue();
    for (const n of [1, 2, 3]) queue.push(html('#a', n));
    queue.flush();
    queue.push(html('#a', 4));
    queue.flush();
    expect(applied.map(({ html }) => html)).toEqual([3, 4]);
  });

  it('lets in what takes the place of another, though the queue is full', () => {
    const onError = vi.fn();
    const { queue, applied } = makeQueue({ maxQueue: 2, onError });
    queue.push([html('#a', 1), html('#b', 2), html('#a', 3)]);
    expect(onError).not.toHaveBeenCalled();
    queue.push([html('p', 4)]);
    expect(onError).toHaveBeenCalledOnce();
    queue.push([html('#b', 5)]);
    queue.flush();
    expect(applied.map(({ html }) => html)).toEqual([3, 5]);
  });

  it.each<[string, Command]>([
    ['append', html('#b', '2', 'append')],
    ['prepend', html('#b', '2', 'prepend')],
    ['html without setType', { type: 'html', selector: '#b', html: '2' }],
    ['attr that appends', attr('#b', 'class', '2', 'append')],
    ['attr that renames', attr('#b', 'id', 'c')],
    ['attr that is html', attr('#b', 'innerHTML', '2')],
    ['attr of a choice', attr('#b', 'checked', true)],
    ['remove', { type: 'remove', remove: '#b' }],
    ['call', { type: 'call', call: 'noop' }],
    ['redirect', { type: 'redirect', redirect: '#' }],
    ['a verb of the page', { type: 'own', selector: '#b' }],
    ['a type that nobody knows', { type: 'toString', selector: '#b' }],
    ['another selector', html('p', '2')],
    ['a selector that is no text', html(7 as unknown as string, '2')],
    ['html with an id', html('#b', '<u id="c">2</u>')],
    ['html with an id in capitals behind a quote', html('#b', '<u class="x"ID\n= c>2</u>')],
    ['html with a script', html('#b', '<ScRiPt></ScRiPt>')],
    ['html with a handler', html('#b', '<img onerror=x()>')],
    ['html with a custom element', html('#b', '<my-element></my-element>')],
    ['html with a radio button of a group', html('#b', '<input type=radio name=g checked>')],
    ['css relative to what is there', css('#b', 'width', ' += 2px')],
    ['css that takes away', css('#b', 'color', '')],
  ])('does not look beyond %s', (_, barrier) => {
    const functions = { noop: () => undefined };
    const options = { functions, navigate: vi.fn(), verbs: { own: vi.fn() }, onError: vi.fn() };
    const seen = applied([html('#a', '1'), barrier, html('#a', '3')], options);
    expect(seen.filter(({ selector }) => selector === '#a')).toHaveLength(2);
  });

  it.each<[string, Command]>([
    ['html of numbers', html('#b', 2)],
    ['html that only looks dangerous', html('#b', '<p data-id="c">This is it: <b>scripted</b></p>')],
    ['attr of a value', attr('#b', 'value', '2')],
    ['attr of a flag', attr('#b', 'hidden', false)],
    ['attr of one’s own', attr('#b', 'data-x', '2')],
    ['css', css('#b', 'color', 'red')],
    ['css that is invalid', css('#b', 'width', 'bogus')],
    ['css that is a number', css('#b', 'opacity', 0.5)],
    ['css that is nothing', css('#b', 'opacity', null)],
  ])('looks beyond %s', (_, bystander) => {
    const seen = applied([html('#a', '1'), bystander, html('#a', '3')]);
    expect(seen.map(({ html }) => html)).toContain('3');
    expect(seen.map(({ html }) => html)).not.toContain('1');
  });

  it.each<[string, Command[]]>([
    [
      'attributes that come and go',
      [attr('#a', 'value', '1'), attr('#a', 'hidden', true), attr('#a', 'data-x', '1')],
    ],
    ['declarations of numbers', [css('#a', 'width', 1), css('#a', 'height', 2), css('#a', 'opacity', 0.5)]],
    [
      'a number between texts',
      [css('#a', 'opacity', '0.1'), css('#a', 'opacity', 0.5), css('#a', 'opacity', '1')],
    ],
    ['invalid ones', [css('#a', 'width', 'a'), css('#a', 'width', 'b'), css('#a', 'height', 'c')]],
  ])('keeps %s: each may do what no other does', (_, commands) => {
    expect(applied(commands)).toEqual(commands);
  });

  it('drops html for the text of true and false', () => {
    expect(applied([html('#a', '1'), html('#a', false), html('#a', true)])).toHaveLength(1);
  });

  it.each<[string, Command, Command]>([
    ['html', html('#a', '1'), html('#a', { text: '2' })],
    ['an attribute', attr('#a', 'title', '1'), attr('#a', ['title'] as unknown as string, '2')],
    ['a declaration', css('#a', 'color', 'red'), css('#a', ['color'] as unknown as string, 'blue')],
  ])('keeps %s where the later one is malformed', (_, good, malformed) => {
    const onError = vi.fn();
    expect(applied([good, malformed], { onError })).toEqual([good]);
    expect(onError).toHaveBeenCalledOnce();
  });

  it('keeps a declaration that a later one, which is invalid, does not overwrite', () => {
    applied([css('#a', 'width', '1px'), css('#a', 'width', '2px'), css('#a', 'width', 'bogus')]);
    expect(document.getElementById('a')?.style.width).toBe('2px');
  });

  it('leaves alone the verbs that the page has replaced', () => {
    const verb = vi.fn();
    expect(applied([html('#a', '1'), html('#a', '2')], { verbs: { html: verb } })).toHaveLength(2);
    expect(verb).toHaveBeenCalledTimes(2);
  });

  it('drops nothing where `beforeApply` may skip what would have taken its place', () => {
    const beforeApply = ({ html }: Command): boolean => html !== '2';
    applied([html('#a', '1'), html('#a', '2')], { beforeApply });
    expect(document.getElementById('a')?.textContent).toBe('1');
  });

  it('is off unless asked for', () => {
    expect(applied([html('#a', '1'), html('#a', '2')], { coalesce: false })).toHaveLength(2);
  });

  it('looks at a long list by and by, and leaves the same page', async () => {
    let now = 0;
    // Time enough for some hundred looks.
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 0.01));
    const { queue, applied } = makeQueue({ maxQueue: 20_000 });
    const { done: nothing } = queue;
    queue.push(Array.from({ length: 20_000 }, (_, n) => html(n % 2 ? '#a' : '#b', n)));
    // A part of it has not been looked at.
    expect(queue.size).toBeGreaterThan(2);
    const { done } = queue;
    queue.push(html('#a', 'last'));
    queue.flush();
    await Promise.all([nothing, done, queue.done]);
    expect(document.getElementById('a')?.textContent).toBe('last');
    expect(document.getElementById('b')?.textContent).toBe('19998');
    expect(applied.length).toBeLessThan(2_000);
    expect(queue.size).toBe(0);
    const order = applied.slice(0, -1).map(({ html }) => Number(html));
    expect(order).toEqual([...order].sort((one, other) => one - other));
  });

  it('flushes what waited, and nothing that comes later', () => {
    const { queue, applied } = makeQueue();
    queue.push(Array.from({ length: 20_000 }, (_, n) => html('#a', n)));
    queue.flush();
    const flushed = applied.length;
    queue.push(html('#a', 'later'));
    expect(applied).toHaveLength(flushed);
    queue.clear();
    expect(queue.size).toBe(0);
  });

  it('tells `done` in time', async () => {
    const { queue, applied } = makeQueue();
    queue.push([html('#a', '1'), html('#b', '1')]);
    const { done } = queue;
    queue.push([html('#a', '2'), html('#b', '2')]);
    queue.flush();
    await done;
    expect(applied).toHaveLength(2);
  });
});
