// @vitest-environment happy-dom
// What stands between HTML and the page. What the parser makes of it, browsers show: test/browsers/commands.test.ts.

import { describe, expect, it } from 'vitest';
import type { CommandQueueOptions, ScriptPolicy } from '../../src/commands/command.ts';
import { codeOf, commandBench } from './command-bench.ts';

const BODY = '<p class="p">1</p><p class="p">2</p>';

const html = (text: unknown, setType = 'replace') => ({ type: 'html', selector: '.p', html: text, setType });

describe('the option sanitize', () => {
  it('is asked once for each target, and its text is what goes in', () => {
    const asked: unknown[] = [];
    const bench = commandBench(BODY, {
      sanitize: (text, target) => {
        asked.push(text, target.textContent);
        return text.replace(' onclick="no()"', '');
      },
    });
    bench.apply(html('<b onclick="no()">b</b>'));
    expect(asked).toEqual(['<b onclick="no()">b</b>', '1', '<b onclick="no()">b</b>', '2']);
    expect(bench.html()).toBe('<p class="p"><b>b</b></p><p class="p"><b>b</b></p>');
  });

  it.each(['replace', 'append', 'prepend'])('may give nodes, at %s', (setType) => {
    const bench = commandBench('<p class="p">1</p>', { sanitize: fragmentOf });
    bench.apply(html('<b>b</b><i>i</i>', setType));
    const nodes = '<b>b</b><i>i</i>';
    const expected = { replace: nodes, append: `1${nodes}`, prepend: `${nodes}1` };
    expect(bench.html()).toBe(`<p class="p">${expected[setType as 'replace']}</p>`);
  });

  it('sees text and numbers, too, and HTML that comes as a property', () => {
    const seen: string[] = [];
    const sanitize = (text: string) => {
      seen.push(text);
      return 'clean';
    };
    const bench = commandBench('<p class="p">1</p>', { sanitize });
    bench.apply(html('plain'));
    bench.apply(html(5));
    bench.apply(html(null));
    bench.apply({ type: 'attr', selector: '.p', key: 'innerHTML', value: '<b>', setType: 'replace' });
    expect(seen).toEqual(['plain', '5', '', '<b>']);
    expect(bench.html()).toBe('<p class="p">clean</p>');
  });

  it('is not asked where nothing comes', () => {
    const sanitize = (): never => {
      throw new Error('asked');
    };
    const bench = commandBench(BODY, { sanitize });
    bench.apply(html(undefined));
    expect(bench.html()).toBe(BODY);
  });

  it('lets nothing in where it throws', () => {
    const sanitize = (): never => {
      throw new Error('refused by the sanitizer');
    };
    const bench = commandBench(BODY, { sanitize });
    expect(() => bench.apply(html('<b>b</b>'))).toThrow('refused by the sanitizer');
    expect(bench.html()).toBe(BODY);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a promise', Promise.resolve('<b>b</b>')],
    ['an element', document.createElement('b')],
    ['an object', { toString: () => '<b>b</b>' }],
    ['a number', 5],
  ])('lets nothing in, and leaves what is there, where it gives %s', (_, given) => {
    const bench = commandBench(BODY, { sanitize: () => given as string });
    for (const setType of ['replace', 'append', 'prepend']) {
      expect(codeOf(() => bench.apply(html('<b>b</b>', setType)))).toBe('invalid-option');
    }
    expect(bench.html()).toBe(BODY);
  });

  it('may give rows with whatever before them, which go into the body of a table', () => {
    const bench = commandBench('<table class="p"><tbody></tbody></table>', { sanitize: fragmentOf });
    bench.apply(html('<!-- row -->\n<tr></tr>', 'append'));
    expect(bench.html()).toBe('<table class="p"><tbody><!-- row -->\n<tr></tr></tbody></table>');
  });

  function fragmentOf(text: string): DocumentFragment {
    const template = document.createElement('template');
    template.innerHTML = text;
    return template.content;
  }
});

describe('what comes as html', () => {
  it.each<[given: unknown, setType: string, becomes: string]>([
    ['a', 'replace', 'a'],
    ['', 'replace', ''],
    [0, 'replace', '0'],
    [true, 'replace', 'true'],
    [false, 'replace', ''],
    [null, 'replace', ''],
    [NaN, 'replace', ''],
    ['<b>b</b>', 'replace', '<b>b</b>'],
    ['&lt;', 'replace', '&lt;'],
    ['a', 'append', '1a'],
    ['a', 'prepend', 'a1'],
    ['', 'append', '1'],
    [0, 'append', '10'],
    ['<b>b</b>', 'append', '1<b>b</b>'],
    ['<b>b</b>', 'prepend', '<b>b</b>1'],
    ['&lt;', 'append', '1&lt;'],
    ['&#60;', 'append', '1&lt;'],
    // Half an entity is text.
    ['&lt', 'append', '1&amp;lt'],
    ['a & b;', 'append', '1a &amp; b;'],
  ])('%j at %s gives %j', (given, setType, becomes) => {
    const bench = commandBench('<p class="p">1</p>');
    bench.apply(html(given, setType));
    expect(bench.html()).toBe(`<p class="p">${becomes}</p>`);
  });

  it.each([[['<b>']], [{}], [new Date(0)]])('%j is malformed, and empties nothing', (given) => {
    const bench = commandBench(BODY);
    expect(codeOf(() => bench.apply(html(given)))).toBe('malformed');
    expect(bench.html()).toBe(BODY);
  });

  it.each([
    ['append', '<tr><td>2</td></tr>', '<tbody><tr></tr><tr><td>2</td></tr></tbody>'],
    ['prepend', '<tr><td>2</td></tr>', '<tbody><tr><td>2</td></tr><tr></tr></tbody>'],
    ['append', '<tfoot></tfoot>', '<tbody><tr></tr></tbody><tfoot></tfoot>'],
    ['replace', '<tr></tr>', '<tr></tr>'],
  ])('%s puts %s into the part of a table that it belongs to', (setType, given, becomes) => {
    const bench = commandBench('<table class="p"><tbody><tr></tr></tbody></table>');
    bench.apply(html(given, setType));
    expect(bench.html()).toBe(`<table class="p">${becomes}</table>`);
  });

  it('may be rows for a table that has no body yet', () => {
    const bench = commandBench('<table class="p"></table>');
    bench.apply(html('<tr></tr>', 'append'));
    expect(bench.html()).toBe('<table class="p"><tr></tr></table>');
  });
});

describe('the option preserve', () => {
  it('is called around the insertion, with all targets', () => {
    const log: unknown[] = [];
    const bench = commandBench(BODY, {
      preserve: (targets) => {
        log.push(targets.map(({ textContent }) => textContent));
        return () => log.push(targets.map(({ textContent }) => textContent));
      },
    });
    bench.apply(html('<b>new</b>'));
    bench.apply(html('text'));
    expect(log).toEqual([
      ['1', '2'],
      ['new', 'new'],
      ['new', 'new'],
      ['text', 'text'],
    ]);
  });

  it('restores even after an insertion that failed', () => {
    let restored = 0;
    const bench = commandBench(BODY, {
      sanitize() {
        throw new Error('no');
      },
      preserve: () => () => restored++,
    });
    expect(() => bench.apply(html('<b>'))).toThrow('no');
    expect(restored).toBe(1);
  });

  it('is not called where nothing is inserted', () => {
    const preserve = (): never => {
      throw new Error('called');
    };
    const bench = commandBench(BODY, { preserve });
    bench.apply(html(undefined));
    bench.apply({ ...html('<b>'), selector: '#nobody' });
    expect(bench.html()).toBe(BODY);
  });
});

describe('a script of the page', () => {
  const active = [
    '',
    'module',
    'importmap',
    ' ImportMap ',
    'speculationrules',
    'text/javascript',
    'text/jscript',
    'text/javascript1.5',
  ];

  it.each(active)('of the type "%s" takes nothing in, whatever the sanitizer says', (type) => {
    const body = `<script class="p" type="${type}"></script>`;
    for (const sanitize of [undefined, (text: string) => text]) {
      const bench = commandBench(body, sanitize && { sanitize });
      for (const setType of ['replace', 'append', 'prepend']) {
        expect(codeOf(() => bench.apply(html('{"imports": {}}', setType)))).toBe('refused');
        expect(codeOf(() => bench.page.insert(document.querySelectorAll('.p') as never, 'x', 'append'))).toBe(
          'refused',
        );
      }
      expect(codeOf(() => bench.apply({ type: 'attr', selector: '.p', key: 'innerHTML', value: 'x' }))).toBe(
        'refused',
      );
      expect(bench.html()).toBe(body);
    }
  });

  it('without a type takes nothing in either', () => {
    const bench = commandBench('<script class="p"></script>');
    expect(codeOf(() => bench.apply(html('1')))).toBe('refused');
  });

  it.each(active)('of the type "%s" takes in what it is told where code may run', (type) => {
    const { policy } = recordingPolicy();
    const bench = commandBench(`<script class="p" type="${type}"></script>`, { scripts: policy });
    bench.apply(html('{}'));
    expect(bench.html()).toBe(`<script class="p" type="${type}">{}</script>`);
  });

  it('that is data takes in any text', () => {
    const bench = commandBench('<script class="p" type="application/json"></script>');
    bench.apply(html('{"a": 1}'));
    expect(document.querySelector('.p')?.textContent).toBe('{"a": 1}');
  });
});

describe('the scripts of inserted HTML', () => {
  it('are reported once, however many there are and wherever they go', () => {
    const bench = commandBench(BODY);
    bench.apply(html('<script>1</script><script>2</script>'));
    expect(bench.reported.map(({ code }) => code)).toEqual(['refused']);
    bench.apply(html('<script type="text/template">1</script>'));
    expect(bench.reported).toHaveLength(1);
  });

  it('are given to the policy in their order, those of the last target', () => {
    const { revived, policy } = recordingPolicy();
    const bench = commandBench(BODY, { scripts: policy });
    bench.apply(
      html('<script>1</script><b><script type="module">2</script></b><script type="text/x">3</script>'),
    );
    expect(revived).toEqual(['1', '2']);
    expect(bench.reported).toEqual([]);
  });

  it.each([
    ['', true],
    ['module', true],
    ['text/javascript', true],
    ['application/ecmascript', true],
    ['text/javascript1.5', true],
    ['text/template', false],
    ['application/json', false],
    ['my-module', false],
    ['modules', false],
  ])('of the type "%s" are code: %s', (type, isCode) => {
    const { revived, policy } = recordingPolicy();
    const bench = commandBench(BODY, { scripts: policy });
    bench.apply(html(`<script type="${type}">1</script>`));
    expect(revived).toEqual(isCode ? ['1'] : []);
  });

  it('wait for those before them, and what is behind the command for all', async () => {
    let load: () => void = () => {};
    const loading = new Promise<void>((resolve) => (load = resolve));
    const { revived, policy } = recordingPolicy((code) => (code === '1' ? loading : undefined));
    const bench = commandBench(BODY, { scripts: policy });
    const work = bench.apply(html('<script>0</script><script>1</script><script>2</script>'));
    expect(work).toBeInstanceOf(Promise);
    expect(revived).toEqual(['0', '1']);
    load();
    await work;
    expect(revived).toEqual(['0', '1', '2']);
  });

  it('hold up nothing where none is waited for', () => {
    const bench = commandBench(BODY, { scripts: recordingPolicy().policy });
    expect(bench.apply(html('<script>1</script>'))).toBeUndefined();
  });

  it('are those of nodes that a sanitizer gave, too', () => {
    const { revived, policy } = recordingPolicy();
    const sanitize: CommandQueueOptions['sanitize'] = (text) => {
      const template = document.createElement('template');
      template.innerHTML = text;
      return template.content;
    };
    commandBench(BODY, { scripts: policy, sanitize }).apply(html('<b></b><script>1</script>'));
    expect(revived).toEqual(['1']);
  });
});

function recordingPolicy(wait?: (code: string) => Promise<void> | undefined) {
  const revived: string[] = [];
  const policy: ScriptPolicy = {
    allowsScripts: true,
    run() {},
    revive(script) {
      revived.push(script.text);
      return wait?.(script.text);
    },
  };
  return { revived, policy };
}
