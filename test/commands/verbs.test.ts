// @vitest-environment happy-dom
// The verbs that are not a file of their own, and what the page does for them where no option says otherwise.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { allowScripts } from '../../src/commands/script-policy.ts';
import { verbs } from '../../src/commands/verbs.ts';
import { codeOf, commandBench } from './command-bench.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('the verbs', () => {
  it('are those of the protocol', () => {
    expect(Object.keys(verbs)).toEqual([
      'html',
      'attr',
      'css',
      'remove',
      'call',
      'alert',
      'script',
      'redirect',
    ]);
  });
});

describe('html', () => {
  it.each([
    ['replace', '<b></b>'],
    ['append', 'old<b></b>'],
    ['prepend', '<b></b>old'],
    ['Replace', '<b></b>old'],
    [undefined, '<b></b>old'],
    [null, '<b></b>old'],
  ])('of setType %s', (setType, expected) => {
    const bench = commandBench('<p>old</p>');
    bench.apply({ type: 'html', selector: 'p', html: '<b></b>', setType });
    expect(bench.html()).toBe(`<p>${expected}</p>`);
  });
});

describe('html of a form', () => {
  it.each(['text', '<script type="text/plain"></script>'])(
    'is put beside a field named as the method is: %s',
    (html) => {
      const bench = commandBench('<form><i></i></form>');
      // As in browsers fields of these names do.
      for (const name of ['append', 'prepend']) {
        Object.defineProperty(document.querySelector('form'), name, { value: 'a field' });
      }
      for (const setType of ['append', 'prepend'])
        bench.apply({ type: 'html', selector: 'form', html, setType });
      expect(bench.html()).toBe(`<form>${html}<i></i>${html}</form>`);
    },
  );
});

describe('remove', () => {
  it('removes what its own key names, or else the key of the other verbs', () => {
    const bench = commandBench('<p></p><p></p><i></i><b></b>');
    bench.apply({ type: 'remove', remove: 'p' });
    bench.apply({ type: 'remove', selector: 'i' });
    expect(bench.html()).toBe('<b></b>');
  });

  it('removes a form of which a field has the name of the method', () => {
    const bench = commandBench('<form></form><b></b>');
    // As in browsers a field named `remove` does.
    Object.defineProperty(document.querySelector('form'), 'remove', { value: 'a field' });
    bench.apply({ type: 'remove', remove: 'form' });
    expect(bench.html()).toBe('<b></b>');
  });

  it('removes elements that lie in one another', () => {
    const bench = commandBench('<div class="x"><div class="x"></div></div>');
    bench.apply({ type: 'remove', remove: '.x' });
    expect(bench.html()).toBe('');
  });
});

describe('alert', () => {
  it('shows text by the window, or as the option says', () => {
    const shown = vi.fn();
    vi.stubGlobal('alert', shown);
    commandBench().apply({ type: 'alert', alert: 'text' });
    expect(shown).toHaveBeenCalledWith('text');

    const told: string[] = [];
    const bench = commandBench('', { alert: (text) => told.push(text) });
    for (const alert of [5, null, ['a', 'b']]) bench.apply({ type: 'alert', alert });
    expect(told).toEqual(['5', 'null', 'a,b']);
    expect(shown).toHaveBeenCalledTimes(1);
  });
});

describe('redirect', () => {
  it('goes by the location, or as the option says', () => {
    const assigned = vi.spyOn(location, 'assign').mockImplementation(() => {});
    commandBench().apply({ type: 'redirect', redirect: '/there' });
    expect(assigned).toHaveBeenCalledWith('/there');

    const told: string[] = [];
    commandBench('', { navigate: (url) => told.push(url) }).apply({ type: 'redirect', redirect: '?page=2' });
    expect(told).toEqual(['?page=2']);
  });

  it.each(['javascript:x()', ' JAVASCRIPT:x()', '\u0001java\tscr\r\nipt:x()'])(
    'goes to no code: %j',
    (redirect) => {
      const told: string[] = [];
      const navigate = (url: string) => told.push(url);
      const command = { type: 'redirect', redirect };
      expect(codeOf(() => commandBench('', { navigate }).apply(command))).toBe('refused');
      expect(told).toEqual([]);
      commandBench('', { navigate, scripts: allowScripts }).apply(command);
      expect(told).toEqual([redirect]);
    },
  );

  it.each(['/javascript:', 'https://example.test/?javascript:', 'javascript', 'javascript/x:y'])(
    'goes to %j, which is none',
    (redirect) => {
      const told: string[] = [];
      commandBench('', { navigate: (url) => told.push(url) }).apply({ type: 'redirect', redirect });
      expect(told).toEqual([redirect]);
    },
  );

  it.each([undefined, null, 5, {}])('takes %j for no address', (redirect) => {
    expect(codeOf(() => commandBench().apply({ type: 'redirect', redirect }))).toBe('malformed');
  });
});

describe('script', () => {
  it('gives its code to the policy', () => {
    const ran: string[] = [];
    const scripts = { allowsScripts: true, run: (code: string) => void ran.push(code), revive() {} };
    commandBench('', { scripts }).apply({ type: 'script', script: 'x()' });
    expect(ran).toEqual(['x()']);
  });

  it('is refused where there is none', () => {
    expect(codeOf(() => commandBench().apply({ type: 'script', script: 'x()' }))).toBe('refused');
  });

  it.each([undefined, null, 5, ['x()']])('takes %j for no code', (script) => {
    expect(codeOf(() => commandBench('', { scripts: allowScripts }).apply({ type: 'script', script }))).toBe(
      'malformed',
    );
  });
});
