// What the original client and the drop-in are both told to do: scenes by name, each a page and a list of commands.

import type { Scene } from './page/golden.ts';

/** A page with something of everything that commands touch. */
export const BODY = `
<div id="box" class="a b" style="width: 10px; color: red"><b class="t">one</b> two</div>
<p id="p" class="item">text <i class="t">in</i> a paragraph</p>
<p id="dup" class="dup">first</p><p id="dup" class="dup">second</p>
<p id="1st" data-id="5" data-key="k-1">numbered</p>
<ul id="list"><li class="item">1</li><li class="item" hidden>2</li><li class="item last">3</li></ul>
<table id="table"><thead><tr id="head"><th class="cell">h</th></tr></thead><tbody id="rows"><tr class="row"><td class="cell">a</td></tr><tr class="row"><td class="cell">b</td></tr></tbody></table>
<table id="bare"></table>
<select id="select"><option value="1">one</option><option value="2" selected>two</option></select>
<input id="text" value="start" title="t"><input id="check" type="checkbox"><input id="checked" type="checkbox" checked>
<textarea id="area">lines</textarea>
<label id="label" for="text">label</label>
<a id="link" href="/there" style="opacity: 0.5">link</a>
<svg id="svg" width="10"><g id="group"></g></svg>
<div class="empty"></div><div class="empty"></div><div class="empty"></div>
<style>p > a {}</style><template id="template"><i>t</i></template><pre id="pre">pre</pre>
`;

const html = (selector: unknown, value: unknown, setType?: unknown): Command => ({
  type: 'html',
  selector,
  html: value,
  setType,
});
const attr = (selector: unknown, key: unknown, value: unknown, setType: unknown = 'replace'): Command => ({
  type: 'attr',
  selector,
  key,
  value,
  setType,
});
const css = (selector: unknown, key: unknown, value: unknown): Command => ({
  type: 'css',
  selector,
  key,
  value,
});
const remove = (selector: unknown): Command => ({ type: 'remove', remove: selector });
const call = (name: unknown, params?: unknown): Command => ({ type: 'call', call: name, params });
const script = (code: unknown): Command => ({ type: 'script', script: code });

export type Command = Readonly<Record<string, unknown>>;

const END = call('note', ['end']);
const SET_TYPES = ['replace', 'append', 'prepend', undefined, 'other', null];
const SCRIPT = "<script>note('ran', document.querySelectorAll('.made').length)</script>";

/** Scenes by name; those of a list are played in pages of their own, their commands one after the other. */
export const SCENES: Readonly<Record<string, Scene | readonly Scene[]>> = {
  ...each('html', SET_TYPES, (setType) => [
    html('#box', '<i class="made">new</i> and text', setType),
    html('.empty', '<i class="made">several</i>', setType),
    html('#nobody', '<i>nowhere</i>', setType),
    html('#list', '<li class="made">a</li><li class="made">b</li>', setType),
    html('#rows', '<tr class="made"><td>row</td></tr>', setType),
    html('.row', '<td class="made">cell</td>', setType),
    html('#head', '<th class="made">head</th>', setType),
    html('#select', '<option class="made" value="9" selected>nine</option>', setType),
    html('#p', 'text with &amp; an entity', setType),
    html('#label', 'text & no entity', setType),
    html('#dup', '<u>by id</u>', setType),
  ]),
  ...each('html of odd values', SET_TYPES, (setType) => [
    ...['', 0, 7, -1.5, true, false, null].map((value) => html('.empty', value, setType)),
    html('#box', undefined, setType),
  ]),
  ...each('html that needs a place', SET_TYPES, (setType) => [
    html('#box', '<tr class="made"><td>row in a div</td></tr>', setType),
    html('.empty', '<td>cell in a div</td>', setType),
    html('#p', '<option>option in a p</option>', setType),
    html('#bare', '<tr><td>row in a table</td></tr>', setType),
    html('#table', '<tr><td>row in a table with a body</td></tr>', setType),
    html('#table', '<tfoot><tr><td>foot</td></tr></tfoot>', setType),
    html('#table', '<caption>title</caption>', setType),
    html('#table', '<colgroup><col></colgroup>', setType),
  ]),
  ...each('html of many kinds', SET_TYPES, (setType) => [
    html('#box', '<p>unclosed<p>paragraphs', setType),
    html('#box', '<div/>after', setType),
    html('#box', '<!-- comment --><b>b</b>', setType),
    html('#box', '  <b>spaces</b>  ', setType),
    html('#box', '<svg><circle r="1"/></svg>', setType),
    html('#box', '<template><b>inert</b></template>', setType),
    html('#box', '<input value="typed"><textarea>kept\n</textarea>', setType),
    html('#box', '<link rel="preload"><style>.nothing { color: red }</style>', setType),
    html('#box', 'emoji 🐙, umlauts äöü, \u2028 and \u0000 and \ufeff', setType),
    html('#box', '<b title="</script>">quotes</b>', setType),
    html('#box', '<a-custom data-x="1">custom</a-custom>', setType),
    html('#area', 'only text', setType),
  ]),
  ...each('html in places of its own', SET_TYPES, (setType) => [
    html('#svg', 'only text', setType),
    html('title', 'only text', setType),
    html('style', 'p > a { color: red }', setType),
    html('#template', '<b>inert</b>', setType),
    html('#select', '<optgroup label="g"><option>x</option></optgroup>', setType),
    html('#select', 'no option', setType),
    html('#text', '<b>in an input</b>', setType),
    html('body', '<b>all new</b>', setType),
    html('head', '<meta name="m">', setType),
    html('#table', 'text', setType),
    html('#rows', '<td>cell without a row</td>', setType),
    html('#rows', ' <tr><td>behind a space</td></tr>', setType),
    html('#list', 'text<li>item</li>', setType),
    html('#pre', '\nfirst line is empty', setType),
    html('#box, #p, #label', '<input type="checkbox" checked><b>several kinds</b>', setType),
    html('.cell, #box', '<i>cells and a box</i>', setType),
    html('#box', '<p>a</p><tr><td>row behind</td></tr>', setType),
    html('#box', '<thead><tr><th>x</th></tr></thead>', setType),
    html('#box', '<body class="x"><b>page</b></body>', setType),
    html('#box', '<html><head><title>t</title></head><body>page</body></html>', setType),
    html('#box', '<a href="#">open', setType),
    html('#box', '&#x41;&lt;b&gt;', setType),
    html('#box', '&nbsp', setType),
    html('#box', '<', setType),
    html('#box', '< b', setType),
    html('#box', '<!DOCTYPE html><b>x</b>', setType),
    html('#box', '<noscript><b>no</b></noscript>', setType),
    html('#box', '<iframe srcdoc="x"></iframe>', setType),
    html('#box', '<select><option selected>1</option></select>', setType),
    html('#box', '<button onclick="note(1)">b</button>', setType),
  ]),
  ...each('scripts in html', ['replace', 'append', 'prepend'], (setType) => [
    html('#box', `<i class="made"></i>${SCRIPT}`, setType),
    html('#box', `${SCRIPT}<i class="made"></i>${SCRIPT}`, setType),
    html('.empty', `<i class="made"></i>${SCRIPT}`, setType),
    html('#box', '<div><p><script>note("deep")</script></p></div>', setType),
    html('#box', '<script type="text/javascript">note("typed")</script>', setType),
    html('#box', '<script type="text/plain">note("plain")</script>', setType),
    html('#box', '<script type="application/json">{"no": "code"}</script>', setType),
    html('#box', '<script></script><script> </script>', setType),
    html('#rows', '<tr class="made"><td><script>note("in a cell")</script></td></tr>', setType),
    html('#nobody', '<script>note("nowhere")</script>', setType),
    html('#box', '<script>throw new Error("from a script")</script><b>still there</b>', setType),
    html('#box', '<svg><script>note("in svg")</script></svg>', setType),
  ]),
  'tags in a textarea, a title and an SVG element that are replaced': {
    body: BODY,
    commands: [
      html('#area', 'a <b>tag</b> &amp; more', 'replace'),
      html('title', 'a <b>tag</b> &amp; more', 'replace'),
      html('#group', '<g><path d=""></path></g>', 'replace'),
      html('#svg', '<circle r="1"></circle>', 'replace'),
    ],
  },
  'scripts in html are global': {
    body: BODY,
    commands: [
      html('#box', '<script>var global = 1; function declared() { return 2 }</script>'),
      html('#box', '<script>note(typeof global, typeof declared)</script>'),
      script('note(typeof global, typeof declared)'),
    ],
  },
  'external scripts run before what is behind them': {
    body: BODY,
    waits: true,
    commands: [
      html('#box', '<script src="/golden/external.js?1"></script>'),
      call('note', ['behind the first']),
      html(
        '#p',
        '<b class="made"></b><script src="/golden/external.js?2"></script><script>note("inline")</script>',
      ),
      call('note', ['behind the second']),
      END,
    ],
  },
  'a list that comes while an external script loads': {
    body: BODY,
    before: `setTimeout(function () { Sijax.processCommands([{ type: 'call', call: 'note', params: ['end'] }]) })`,
    waits: true,
    commands: [
      html('#box', '<script src="/golden/external.js?3"></script>'),
      call('note', ['behind']),
      html('#p', '<script src="/golden/external.js?4"></script>'),
      call('note', ['behind the second']),
    ],
  },
  'a script of type module is not waited for': {
    body: BODY,
    waits: true,
    commands: [
      html('#box', '<script type="module">note("module"); note("end")</script>'),
      call('note', ['behind']),
    ],
  },
  'external scripts that are not there': {
    body: BODY,
    waits: true,
    commands: [html('#box', '<script src="/golden/none.js"></script>'), call('note', ['behind']), END],
  },
  ...each('attr', ['replace', 'append', 'prepend', undefined], (setType) => [
    attr('#box', 'title', 'first', setType),
    attr('#box', 'class', 'c', setType),
    attr('#box', 'className', 'd', setType),
    attr('#box', 'id', 'renamed', setType),
    attr('#link', 'href', '/else', setType),
    attr('#text', 'value', 'new', setType),
    attr('#area', 'value', 'new', setType),
    attr('#select', 'value', '1', setType),
    attr('#label', 'for', 'check', setType),
    attr('.cell', 'colspan', 2, setType),
    attr('.cell', 'title', 'of the first', setType),
    attr('#text', 'tabindex', 3, setType),
    attr('#text', 'maxlength', 4, setType),
    attr('#p', 'style', 'color: blue', setType),
    attr('#p', 'textContent', 'plain <b>text</b>', setType),
    attr('#p', 'lang', 'de', setType),
    attr('#nobody', 'title', 'nowhere', setType),
  ]),
  'attr of truth values': {
    body: BODY,
    commands: [
      attr('#check', 'checked', true),
      attr('#checked', 'checked', false),
      attr('#checked', 'checked', 'checked'),
      attr('#check', 'disabled', true),
      attr('#text', 'readonly', 1),
      attr('#box', 'hidden', 'yes'),
      attr('#box', 'hidden', ''),
      attr('#box', 'contenteditable', 'true'),
      attr('#select option', 'selected', true),
    ],
  },
  'attr of odd values': {
    body: BODY,
    commands: [
      attr('#box', 'title', null),
      attr('#text', 'value', null),
      attr('#box', 'title', undefined),
      attr('#box', 'title', 5),
      attr('#box', 'title', false),
      attr('#box', 'title', ['a', 'b']),
      attr('#p', 'title', undefined, 'append'),
      attr('#link', 'title', null, 'append'),
      attr('#text', 'title', 7, 'prepend'),
    ],
  },
  'attr of what is no property': {
    body: BODY,
    commands: [
      attr('#box', 'data-id', '5'),
      attr('#box', 'aria-label', 'label'),
      attr('#box', 'made-up', 'value'),
      attr('#box', 'made-up', 'more', 'append'),
      attr('#box', 'other', 'more', 'prepend'),
      attr('#box', 'onclick', 'note("clicked")'),
      call('document.getElementById("box").click.bind(document.getElementById("box"))'),
    ],
  },
  css: {
    body: BODY,
    commands: [
      css('#box', 'color', 'blue'),
      css('#box', 'background-color', 'rgb(1, 2, 3)'),
      css('#box', 'marginLeft', 4),
      css('#box', 'margin-top', '5px'),
      css('#box', 'padding', 2.5),
      css('#box', 'font-weight', 700),
      css('#box', 'zIndex', 9),
      css('#box', 'opacity', 0.25),
      css('#box', 'line-height', 2),
      css('#box', 'flexGrow', 1),
      css('#box', 'order', -1),
      css('.cell', 'width', 30),
      css('.item', 'display', 'none'),
      css('#nobody', 'color', 'blue'),
    ],
  },
  'css of plain numbers': {
    body: BODY,
    commands: [
      css('#box', 'flex', 2),
      css('#box', 'tab-size', 2),
      css('#box', 'columns', 2),
      css('#box', 'border-image-width', 2),
      css('#box', 'stroke-width', 2),
      css('#box', 'font-size-adjust', 2),
      css('#box', 'stroke-dashoffset', 2),
      css('#box', '-webkit-line-clamp', 2),
      css('#box', 'initial-letter', 2),
      css('#box', 'line-height', 2),
      css('#box', 'flexGrow', 2),
      css('#box', 'flex-shrink', 2),
      css('#box', 'z-index', 2),
      css('#box', 'zoom', 2),
      css('#box', 'scale', 2),
      css('#box', 'orphans', 2),
      css('#box', 'widows', 2),
      css('#box', 'order', 2),
      css('#box', 'gridRow', 2),
      css('#box', 'grid-column-end', 2),
      css('#box', 'aspectRatio', 2),
      css('#box', 'animation-iteration-count', 2),
      css('#box', 'border-image-slice', 2),
      css('#box', 'columnCount', 2),
      css('#box', 'gridArea', 2),
      css('#box', 'stop-opacity', 2),
      css('#box', 'flood-opacity', 2),
      css('#box', 'strokeMiterlimit', 2),
      css('#box', 'strokeOpacity', 2),
      css('#box', 'hyphenate-limit-chars', 2),
      css('#box', 'margin', 2),
      css('#box', 'inset', 2),
      css('#box', 'letterSpacing', 2),
    ],
  },
  'css removed, refused or ignored': {
    body: BODY,
    commands: [
      css('#box', 'color', ''),
      css('#box', 'width', null),
      css('#box', 'width', undefined),
      css('#box', 'width', 'no width'),
      css('#box', 'no-property', '1px'),
      css('#box', 'color', 'blue !important'),
      css('#link', 'opacity', ''),
      css('#p', 'width', '12'),
      css('#p', 'height', true),
    ],
  },
  'css relative to what is': {
    body: BODY,
    commands: [
      css('#box', 'width', '+=10px'),
      css('#box', 'width', '-=5'),
      css('#box', 'marginLeft', '+=3'),
      css('#link', 'opacity', '+=0.25'),
      css('#p', 'font-size', '+=2px'),
      css('.empty', 'height', '+=7'),
      css('#box', 'padding', '3px'),
      css('#box', 'box-sizing', 'border-box'),
      css('#box', 'width', '+=10px'),
      css('#box', 'height', '-=1'),
      css('#box', 'top', '+=4'),
    ],
  },
  'css of custom and prefixed properties, floats and shorthands': {
    body: BODY,
    commands: [
      css('#box', '--own', 'value'),
      css('#box', '--Own-Case', '5px'),
      css('#box', '--number', 5),
      css('#box', 'float', 'left'),
      css('#box', 'cssFloat', 'right'),
      css('#box', '-webkit-user-select', 'none'),
      css('#box', 'border', '1px solid black'),
      css('#box', 'font', 'italic 12px serif'),
      css('#box', 'backgroundImage', 'none'),
      css('#group', 'fill', 'red'),
      css('#group', 'fillOpacity', 0.5),
      css('#group', 'stroke-width', 2),
    ],
  },
  remove: {
    body: BODY,
    commands: [
      remove('#p'),
      remove('.cell'),
      remove('#nobody'),
      remove('#list, #list .item'),
      remove('#dup'),
      remove('#select option:checked'),
    ],
  },
  'call by name': {
    body: BODY,
    before: `
      var owner = { name: 'owner', tell: function () { note('tell', this === window, this === owner) },
        strict: function () { 'use strict'; note('strict', this === null) } };
      function plain() { note('plain', this === window, [].slice.call(arguments)) }
    `,
    commands: [
      call('plain'),
      call('plain', []),
      call('plain', [1, 'two', null, { three: [3] }]),
      call('plain', null),
      call('plain', { no: 'list' }),
      call('plain', { 0: 'a', 1: 'b', length: 2 }),
      call('window.plain', ['by window']),
      call('owner.tell'),
      call('owner.strict'),
      call('owner["tell"]'),
      call('  plain  ', ['spaces']),
    ],
  },
  'call of an expression': {
    body: BODY,
    commands: [
      call('(function (value) { note("inline", value) })', [1]),
      call('value => note("arrow", value)', [2]),
      call('note.bind(null, "bound")', [3]),
      call('1 && note', [4]),
      call('(note("first"), note)', [5]),
    ],
  },
  'calls that cannot be': {
    body: BODY,
    commands: [
      call('nobody'),
      call('nobody.nothing'),
      call('document.title'),
      call('document.getElementById', ['box']),
      call('not an expression'),
      call(''),
      call(undefined),
      call('note', 'text'),
      call('note', 5),
      call('(function () { throw new Error("thrown") })'),
      call('note', ['still here']),
    ],
  },
  script: {
    body: BODY,
    commands: [
      script('note("ran", this === window)'),
      script('var local = 1; note(typeof local)'),
      script('globalOne = 5'),
      script('note(globalOne)'),
      script('document.title = "changed"; note(document.title)'),
      script(''),
      script('note(1); note(2) // a comment'),
      script('"use strict"; note("strict")'),
    ],
  },
  'scripts that fail': {
    body: BODY,
    commands: [
      script('note("before"); nobody()'),
      script('not a script'),
      script('throw "text"'),
      script('note("still here")'),
    ],
  },
  'scripts that are no text': {
    body: BODY,
    commands: [script(null), script(5), script(undefined), script(true)],
  },
  alert: {
    body: BODY,
    commands: ['text', '', 5, null, undefined, true, ['a', 'b']].map((value) => ({
      type: 'alert',
      alert: value,
    })),
  },
  "commands of the page's own": {
    body: BODY,
    before: `
      Sijax.process_own = function (command) { note('own', command.value, command.type) };
      Sijax['process_with-dash'] = function (command) { note('dash', command.value) };
    `,
    commands: [
      { type: 'own', value: 1 },
      { type: 'with-dash', value: 2 },
      { type: 'unknown', value: 3 },
      { type: 'toString' },
      { type: 'constructor' },
      { type: null },
      {},
      { type: 'own', value: 4 },
    ],
  },
  "built-in verbs in the page's hands": {
    body: BODY,
    before: `
      var original = Sijax.process_html;
      Sijax.process_html = function (command) { note('html', command.selector); original(command) };
      Sijax.process_alert = function (command) { note('my alert', command.alert) };
      Sijax.process_remove = undefined;
    `,
    commands: [
      html('#box', '<b>through both</b>'),
      { type: 'alert', alert: 'hello' },
      remove('#p'),
      css('#p', 'color', 'red'),
    ],
  },
  "a processor of the page's own": {
    body: BODY,
    before: `Sijax.getCommandProcessor = function (type) { return function (command) { note(type, command.value) } };`,
    commands: [{ type: 'anything', value: 1 }, html('#box', 'not reached')],
  },
  'commands within a command': {
    body: BODY,
    before: `
      function nested(commands) { note('nested'); Sijax.processCommands(commands); note(document.getElementById('box').innerHTML) }
    `,
    commands: [
      html('#box', 'one'),
      call('nested', [[html('#box', ' two', 'append'), html('#box', ' three', 'append')]]),
      html('#box', ' four', 'append'),
      html(
        '#p',
        "<script>Sijax.processCommands([{ type: 'html', selector: '#box', html: ' five', setType: 'append' }])</script>",
      ),
      html('#box', ' six', 'append'),
      script(
        "Sijax.processCommands([{ type: 'remove', remove: '#p' }]); note(document.getElementById('p') === null)",
      ),
    ],
  },
  'selectors of many kinds': {
    body: BODY,
    commands: [
      '#box .t',
      '.item, #box',
      'li:first-child',
      'li:not(.last)',
      'ul > li + li',
      '#1st',
      '[data-id="5"]',
      '[data-id=5]',
      "p[data-key='k-1']",
      '[data-key=k-1]',
      ' #text ',
      'body p.item',
      'input:checked',
      ':root',
      '.no-such',
      '#no-such',
    ].map((selector, place) => attr(selector, 'title', ` ${String(place)}`, 'append')),
  },
  'selectors that are none': {
    body: BODY,
    commands: ['', null, undefined, false, []].flatMap((selector) => [
      html(selector, '<b>nowhere</b>'),
      attr(selector, 'title', 'nowhere'),
      css(selector, 'color', 'green'),
      remove(selector),
    ]),
  },
  'selectors that cannot be read': {
    body: BODY,
    commands: [
      ...['p[', 'p:', '##x', '.'].map((selector) => html(selector, 'x')),
      html('#box', 'still here'),
    ],
  },
  'lists of none': { body: BODY, commands: [] },
  'a list that is null': { body: BODY, commands: null },
  'a list that is an object': {
    body: BODY,
    commands: { first: html('#box', 'one'), second: html('#p', 'two') },
  },
};

/** What only pages with jQuery can ask for. */
export const JQUERY_SCENES: Readonly<Record<string, Scene>> = {
  "jQuery's own selectors": {
    body: BODY,
    commands: [
      '.item:visible',
      '.item:hidden',
      '.item:first',
      'li:last',
      'li:eq(1)',
      'li:gt(0)',
      'li:even',
      'p:contains("text")',
      'div:has(b)',
      ':input',
      ':checkbox',
      ':text',
      'li:not(.last, [hidden])',
      '> nothing',
      ':header',
    ].map((selector, place) => attr(selector, 'title', ` ${String(place)}`, 'append')),
  },
  "removed elements lose jQuery's data and events": {
    body: BODY,
    before: `
      var kept = document.querySelector('#box .t'), row = document.querySelector('.row');
      jQuery(kept).data('key', 1).on('click', function () { note('clicked') });
      jQuery(row).data('key', 2);
      jQuery.event.special.gone = { teardown: function () { note('torn down') } };
      jQuery(kept).on('gone', function () {});
      jQuery(row).on('gone', function () {});
    `,
    commands: [html('#box', 'new'), remove('#table')],
    value: `(kept.click(), [jQuery.hasData(kept), jQuery.hasData(row)])`,
  },
  "elements that stay keep jQuery's data and events": {
    body: BODY,
    before: `jQuery('#box .t').data('key', 1).on('click', function () { note('clicked') })`,
    commands: [
      html('#box', '<i>more</i>', 'append'),
      html('#box', '<i>more</i>', 'prepend'),
      attr('#box', 'title', 't'),
    ],
    value: `(document.querySelector('#box .t').click(), jQuery('#box .t').data('key'))`,
  },
};

const FORM = `
<form id="form">
  <input name="text" value="typed"><input name="empty" value=""><input value="no name">
  <input name="disabled" value="x" disabled>
  <fieldset disabled><input name="within" value="x"><legend><input name="legend" value="not"></legend></fieldset>
  <fieldset disabled><legend><input name="first-legend" value="kept"></legend></fieldset>
  <input type="checkbox" name="on" checked><input type="checkbox" name="off">
  <input type="checkbox" name="several[]" value="a" checked><input type="checkbox" name="several[]" value="b">
  <input type="checkbox" name="several[]" value="c" checked>
  <input type="radio" name="one" value="1"><input type="radio" name="one" value="2" checked>
  <input type="radio" name="none" value="1">
  <input type="submit" name="submit" value="Send"><input type="button" name="button" value="Press">
  <input type="reset" name="reset" value="Back"><input type="image" name="image" value="picture">
  <input type="hidden" name="hidden" value="secret"><input type="file" name="file">
  <input type="number" name="number" value="5"><input type="password" name="password" value="p&amp;q">
  <button name="element" value="no input">Button</button><output name="output">no input</output>
  <textarea name="area">line one\nline two</textarea>
  <select name="choice"><option value="1">one</option><option value="2" selected>two</option></select>
  <select name="text-choice"><option>  spaces   within  </option></select>
  <select name="no-choice"></select>
  <select name="disabled-choice"><option selected disabled value="x">x</option></select>
  <select name="many" multiple><option selected>a</option><option>b</option><option selected value="">c</option></select>
  <select name="many-none" multiple><option>a</option></select>
  <select name="nested[many][]" multiple><option selected>a</option><option selected>b</option></select>
  <input name="same" value="first"><input name="same" value="last">
  <input name="user[name]" value="n"><input name="user[address][city]" value="c"><input name="user[tags][]" value="t1">
  <input name="user[tags][]" value="t2"><input name="user[0]" value="zero">
  <input name="list[]" value="1"><input name="list[]" value="">
  <input name="bad[" value="x"><input name="bad]x[y]" value="x"><input name="[bad]" value="x"><input name="a[b]c" value="x">
  <input name="dotted.name" value="d"><input name="with space" value="s"><input name="with space[x]" value="s">
  <input name="ünï" value="ö"><input name="ünï[x]" value="ö">
</form>
<form id="second"><input name="text" value="of the second"><input name="other" value="o"></form>
<div id="group"><input name="alone" value="no form"></div>
`;

/** Expressions over a page with a rich form. */
export const FORM_SCENES: Readonly<Record<string, Scene>> = Object.fromEntries(
  ['#form', '#second', '#group', 'form', 'body', '#nobody', '#form fieldset', ''].map((selector) => [
    `the values of "${selector}"`,
    { body: FORM, commands: [], value: `Sijax.getFormValues(${JSON.stringify(selector)})` },
  ]),
);

const UPLOAD = `
<form id="form" action="/there"><input name="text" value="first"><input name="id" value="5"><input type="submit"></form>
`;

const REGISTER = `Sijax.setRequestUri('/calls'); sjxUpload.registerForm({ formId: 'form', callback: 'form_upload' });`;
const CHANGE = `document.querySelector('[name=text]').value = 'changed'; document.querySelector('[name=sijax_rq]').value = 'other';`;

/** What becomes of a form that is registered for uploads. */
export const UPLOAD_SCENES: Readonly<Record<string, Scene>> = {
  'a form that is registered': { body: UPLOAD, before: REGISTER, commands: [] },
  'a form that is registered twice': { body: UPLOAD, before: REGISTER + REGISTER, commands: [] },
  'a form that is reset': {
    body: UPLOAD,
    before: REGISTER + CHANGE,
    commands: [call('sjxUpload.resetForm', ['form'])],
  },
  'a form that is prepared anew, for another function': {
    body: UPLOAD,
    before: `${REGISTER} sjxUpload.prepareForm('form', 'other_upload')`,
    commands: [],
  },
  'commands in the answer to an upload': {
    body: UPLOAD,
    before: REGISTER,
    commands: [call('sjxUpload.processResponse', ['form', [call('note', ['answered'])]])],
    value: "[sjxUpload.FIELD_FORM_ID, sjxUpload.getFrameId('form')]",
  },
};

/** One scene for each command: what one has changed must not hide what another does. */
function each(
  name: string,
  variants: readonly unknown[],
  commands: (variant: unknown) => Command[],
): Record<string, Scene[]> {
  const scenes = variants.map((variant): [string, Scene[]] => [
    `${name}, setType ${String(variant)}`,
    commands(variant).map((command) => ({ body: BODY, commands: [command] })),
  ]);
  return Object.fromEntries(scenes);
}
