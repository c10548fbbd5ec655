// @vitest-environment happy-dom

// The drop-in's globals in a page without jQuery. What it does as the original does is for test/browsers/golden.test.ts.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installDropIn, namesOfCore, reported, type DropIn } from './drop-in-page.ts';

let page: DropIn;

beforeEach(async () => {
  page = await installDropIn();
  document.body.innerHTML = '<div id="box">one</div><p id="p" class="item">two</p><p class="item">three</p>';
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('the globals', () => {
  it('are those of the scripts that it stands in for', () => {
    expect(Object.keys(page.Sijax).sort()).toEqual(
      [
        ...['PARAM_ARGS', 'PARAM_REQUEST', 'getCommandProcessor', 'getFormValues', 'getRequestUri'],
        ...['process_alert', 'process_attr', 'process_call', 'process_css', 'process_html', 'process_remove'],
        ...['processCommands', 'process_script', 'request', 'requestUri', 'setJsonUri', 'setRequestUri'],
      ].sort(),
    );
    expect([page.Sijax.PARAM_REQUEST, page.Sijax.PARAM_ARGS]).toEqual(['sijax_rq', 'sijax_args']);
    expect(Object.keys(page.sjxUpload).sort()).toEqual(
      ['FIELD_FORM_ID', 'getFrameId', 'prepareForm', 'processResponse', 'registerForm', 'resetForm'].sort(),
    );
    expect(page.sjxUpload.FIELD_FORM_ID).toBe('sjxUpload_formId');
  });

  it('are the same in the script without suggest, but for that', async () => {
    expect(await namesOfCore()).toEqual(['Sijax', 'sjxComet', 'sjxUpload']);
  });

  it('take what a server writes into the page', () => {
    page.Sijax.setRequestUri('/calls');
    page.Sijax.setJsonUri('/json2.js');
    page.Sijax.setJsonUri(null);
    expect([page.Sijax.getRequestUri(), page.Sijax.requestUri]).toEqual(['/calls', '/calls']);
    expect(document.querySelectorAll('script')).toHaveLength(0);
  });
});

describe('processCommands', () => {
  it('has changed the page when it returns', () => {
    page.Sijax.processCommands([{ type: 'html', selector: '#box', html: '<b>new</b>', setType: 'replace' }]);
    expect(document.getElementById('box')?.innerHTML).toBe('<b>new</b>');
  });

  it('reports a command that fails, with the command, and goes on', async () => {
    const commands = [
      { type: 'nothing' },
      null,
      { type: 'call', call: 'nobody' },
      { type: 'html', selector: 'p:eq(0', html: 'x', setType: 'replace' },
      { type: 'html', selector: '#box', html: 'reached', setType: 'replace' },
    ];
    const errors = await reported(() => page.Sijax.processCommands(commands));
    expect(errors.map(({ code, command }) => [code, command])).toEqual([
      ['unknown-command', commands[0]],
      ['command', null],
      ['command', commands[2]],
      ['selector', commands[3]],
    ]);
    expect(errors[0]?.message).toContain('Sijax.process_nothing');
    expect(errors[3]?.message).toContain('jQuery');
    expect(document.getElementById('box')?.textContent).toBe('reached');
  });

  it('says nothing of selectors that name nothing', async () => {
    const commands = ['#nobody', '', null, {}, '#2'].map((selector) => ({
      type: 'html',
      selector,
      html: 'x',
    }));
    expect(await reported(() => page.Sijax.processCommands(commands))).toEqual([]);
  });

  it('takes what is no list as an empty one, and the values of an object', () => {
    for (const nothing of [undefined, null, 5, '']) page.Sijax.processCommands(nothing);
    page.Sijax.processCommands({ 3: { type: 'html', selector: '#box', html: 'by key', setType: 'replace' } });
    expect(document.getElementById('box')?.textContent).toBe('by key');
  });

  it('finds what the page has put in the place of anything, at each use', () => {
    const { Sijax } = page;
    const calls: string[] = [];
    Sijax['process_own'] = ({ value }: { value: string }) => calls.push(value);
    Sijax.processCommands([{ type: 'own', value: 'own' }]);
    Sijax.getCommandProcessor = () => () => calls.push('any');
    Sijax.processCommands([{ type: 'own' }]);
    Sijax.processCommands = () => calls.push('list');
    page.sjxUpload.processResponse('form', []);
    expect(calls).toEqual(['own', 'any', 'list']);
  });

  it('refuses to set what all elements share', async () => {
    const commands = JSON.parse(
      '[{ "type": "attr", "selector": "#box", "key": "__proto__", "value": {}, "setType": "replace" }]',
    ) as unknown;
    const errors = await reported(() => page.Sijax.processCommands(commands));
    expect(errors.map(({ code }) => code)).toEqual(['refused']);
    expect(document.getElementById('box')).toBeInstanceOf(HTMLElement);
  });

  it('carries out a list within a list at once', () => {
    const { Sijax } = page;
    const append = (html: string) => ({ type: 'html', selector: '#box', html, setType: 'append' });
    Sijax['process_nested'] = () => Sijax.processCommands([append(' two'), append(' three')]);
    Sijax.processCommands([{ type: 'nested' }, append(' four')]);
    expect(document.getElementById('box')?.textContent).toBe('one two three four');
  });

  it('sets properties as jQuery does, and never an attribute', () => {
    const set = (key: string, value: unknown) => ({
      type: 'attr',
      selector: '.item',
      key,
      value,
      setType: 'replace',
    });
    page.Sijax.processCommands([set('data-id', 5), set('tabindex', 3), set('class', 'new')]);
    const [first] = document.getElementsByClassName('new');
    expect([first?.getAttribute('data-id'), first?.getAttribute('tabindex')]).toEqual([null, '3']);
    expect(first).toHaveProperty(['data-id'], 5);
  });
});

describe('jQuery in a page without', () => {
  it('runs a function at DOM ready, and later than now', async () => {
    const ready = vi.fn();
    page.jQuery(ready);
    page.$(ready);
    expect(ready).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(ready).toHaveBeenCalledTimes(2));
  });

  it('says what it cannot do', () => {
    expect(() => page.jQuery('#box')).toThrow(/no jQuery/);
  });

  it('has nothing of what others look for before they use it, and takes their plugins', () => {
    const jQuery = page.jQuery as unknown as Record<string, unknown> & { fn: Record<string, unknown> };
    expect([jQuery['ajax'], jQuery['cleanData'], jQuery.fn['on'], jQuery.fn['jquery']]).toEqual(
      Array(4).fill(undefined),
    );
    jQuery.fn['plugin'] = vi.fn();
    document.body.innerHTML = '<p id="1st"></p>';
    page.Sijax.processCommands([
      { type: 'html', selector: '#1st', html: 'found as CSS', setType: 'replace' },
    ]);
    expect(document.body.textContent).toBe('found as CSS');
  });

  it('leaves a jQuery that is there alone, and a $ that is not its own', async () => {
    const real = Object.assign(() => ({ get: () => [] }), { fn: {}, cleanData: vi.fn() });
    const other = () => 'of another library';
    await installDropIn({ jQuery: real });
    expect(page.window).toMatchObject({ jQuery: real, $: undefined });
    await installDropIn({ $: other });
    expect(page.window.$).toBe(other);
    expect(page.window.jQuery).toBeTypeOf('function');
  });
});
