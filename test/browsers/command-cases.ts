// What commands do to a page, case by case: what stands there before, what is commanded, what stands there after.

import type { Command } from '../../src/commands/command.ts';

export interface CommandCase {
  readonly sentence: string;
  /** What the stage holds before. No style or handler attributes: the strictest policy would not let them in. */
  readonly stage: string;
  readonly commands: readonly Command[];
  /** What the stage holds after; `null` where browsers write it differently. @defaultValue the same as before */
  readonly expected?: string | null;
  /** Codes of the errors reported, in order. @defaultValue none */
  readonly errors?: readonly string[];
  /** Properties that the markup does not show: of which element, which one, and its value after. */
  readonly values?: readonly (readonly [selector: string, property: string, value: unknown])[];
  /** Computed styles after. */
  readonly styles?: readonly (readonly [selector: string, property: string, value: string])[];
  /** What was called in the page, in order: functions by name with their arguments, alerts, redirects. */
  readonly calls?: readonly (readonly unknown[])[];
}

type Placing = 'replace' | 'append' | 'prepend';

const html = (selector: string, value: unknown, setType: unknown = 'replace'): Command => ({
  type: 'html',
  selector,
  html: value,
  setType,
});

const attr = (selector: string, key: string, value: unknown, setType: Placing = 'replace'): Command => ({
  type: 'attr',
  selector,
  key,
  value,
  setType,
});

const css = (selector: string, key: string, value: unknown): Command => ({
  type: 'css',
  selector,
  key,
  value,
});

const remove = (selector: string): Command => ({ type: 'remove', remove: selector });

const call = (name: string, params?: unknown): Command => ({ type: 'call', call: name, params });

const BOX = '<div id="box">old</div>';

/** What the rows of the cases below are in the end, by the id of their table. */
const rowsOf: Readonly<Record<string, string>> = {
  a: '\n  <tr><td>1</td></tr>\n',
  b: '<!-- BEGIN <row>.html --><tr><td>1</td></tr><!-- END -->',
  c: '<!----><!---->text &amp; 1 &lt; 2 <tr><td>1</td></tr>',
  d: '<!-- - --><tr></tr><tr></tr>text',
  e: '\n<tr><td><script>note(1)</script></td></tr>',
};

const htmlCases: readonly CommandCase[] = [
  {
    sentence: 'html replaces',
    stage: BOX,
    commands: [html('#box', '<b>new</b> text')],
    expected: '<div id="box"><b>new</b> text</div>',
  },
  {
    sentence: 'html appends and prepends',
    stage: BOX,
    commands: [html('#box', '<b>behind</b>', 'append'), html('#box', '<i>before</i>', 'prepend')],
    expected: '<div id="box"><i>before</i>old<b>behind</b></div>',
  },
  {
    sentence: 'html of any other setType prepends',
    stage: BOX,
    commands: [
      html('#box', '<b>1</b>', 'insert'),
      html('#box', '<b>2</b>', null),
      { type: 'html', selector: '#box', html: '3' },
    ],
    expected: '<div id="box">3<b>2</b><b>1</b>old</div>',
  },
  {
    sentence: 'html goes to every element that the selector names',
    stage: '<p class="p">1</p><p class="p">2</p>',
    commands: [
      html('.p', '<b>b</b>'),
      html('.p', '<tr><td>c</td></tr>', 'append'),
      html('.p', 'text ', 'prepend'),
    ],
    expected:
      '<p class="p">text <b>b</b><tr><td>c</td></tr></p><p class="p">text <b>b</b><tr><td>c</td></tr></p>',
  },
  {
    sentence: 'html takes text for text, and entities for what they stand for',
    stage: '<div id="a"></div><div id="b"></div><div id="c"></div>',
    commands: [
      html('#a', 'a > b'),
      html('#b', '&lt;b&gt; &amp; &copy 2020'),
      html('#c', 'a & b', 'append'),
      html('#c', '&eacute;', 'append'),
      html('#c', '&copy 2020', 'append'),
    ],
    expected:
      '<div id="a">a &gt; b</div><div id="b">&lt;b&gt; &amp; © 2020</div><div id="c">a &amp; bé&amp;copy 2020</div>',
  },
  {
    sentence: 'html of what is no text is its text, or nothing',
    stage: '<p>0</p><p>1</p><p>2</p><p>3</p><p>4</p><p>5</p>',
    commands: [
      html('p:nth-child(1)', 0),
      html('p:nth-child(2)', -1.5),
      html('p:nth-child(3)', true),
      html('p:nth-child(4)', false),
      html('p:nth-child(5)', null),
      html('p:nth-child(6)', undefined),
      html('p:nth-child(6)', null, 'append'),
      html('p:nth-child(6)', 7, 'append'),
    ],
    expected: '<p>0</p><p>-1.5</p><p>true</p><p></p><p></p><p>57</p>',
  },
  {
    sentence: 'html that is a list or an object is malformed',
    stage: BOX,
    commands: [html('#box', ['a']), html('#box', {})],
    errors: ['malformed', 'malformed'],
  },
  {
    sentence: 'html of rows goes into the body of a table, where it has one',
    stage: '<table id="a"><tbody><tr><td>1</td></tr></tbody></table><table id="b"></table>',
    commands: [
      html('#a', '<tr><td>2</td></tr>', 'append'),
      html('#a', '<tr><td>0</td></tr>', 'prepend'),
      html('#b', '<tr><td>1</td></tr>', 'append'),
    ],
    expected:
      '<table id="a"><tbody><tr><td>0</td></tr><tr><td>1</td></tr><tr><td>2</td></tr></tbody></table>' +
      '<table id="b"><tr><td>1</td></tr></table>',
  },
  {
    sentence: 'html of parts of a table is parsed as such, wherever it goes',
    stage: '<table id="table"><tbody id="body"><tr id="row"></tr></tbody></table><div id="box"></div>',
    commands: [
      html('#row', '<td>1</td>'),
      html('#row', '\n<TH scope="row">0</TH>', 'prepend'),
      html('#body', '<tr><td>2</td></tr>', 'append'),
      html('#table', '<caption>c</caption>', 'prepend'),
      html('#table', '<tfoot><tr><td>f</td></tr></tfoot>', 'append'),
      html('#box', '<!-- cell --><td>3</td>'),
    ],
    expected:
      '<table id="table"><caption>c</caption><tbody id="body"><tr id="row">\n<th scope="row">0</th><td>1</td></tr>' +
      '<tr><td>2</td></tr></tbody><tfoot><tr><td>f</td></tr></tfoot></table><div id="box"><!-- cell --><td>3</td></div>',
  },
  ...(['replace', 'append', 'prepend'] as const).flatMap((setType): CommandCase[] => [
    {
      sentence: `html of rows goes into the body of a table, whatever stands before the first element, at ${setType}`,
      stage: ['a', 'b', 'c', 'd', 'e', 'f']
        .map((id) => `<table id="${id}"><thead><tr></tr></thead><tbody></tbody><tbody></tbody></table>`)
        .join(''),
      commands: [
        html('#a', '\n  <tr><td>1</td></tr>\n', setType),
        html('#b', '<!-- BEGIN <row>.html --><tr><td>1</td></tr><!-- END -->', setType),
        html('#c', '<!--><!--->text &amp; 1 < 2 <!doctype html></p><TR\n><td>1</td></tr>', setType),
        html('#d', '<!-- - --!><tr/><tr></tr>text', setType),
        html('#e', '\n<tr><td><script>note(1)</script></td></tr>', setType),
        html('#f', '\n<tbody><tr><td>1</td></tr></tbody>', setType),
      ],
      expected: null,
      errors: ['refused'],
      values: ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => {
        const isReplaced = setType === 'replace';
        if (id === 'f') return ['#f', 'innerHTML', around('\n<tbody><tr><td>1</td></tr></tbody>')];
        return [isReplaced ? `#${id}` : `#${id} tbody`, 'innerHTML', rowsOf[id]];

        function around(rows: string): string {
          const before = '<thead><tr></tr></thead><tbody></tbody><tbody></tbody>';
          return isReplaced ? rows : setType === 'append' ? before + rows : rows + before;
        }
      }),
    },
    {
      sentence: `html of drawings and formulas is parsed as such where it goes, at ${setType}`,
      stage: '<svg><g id="a"></g><g id="b"></g><g id="c"></g></svg><math><mrow id="d"></mrow></math>',
      commands: [
        html('#a', '<circle r="1"></circle>', setType),
        html('#b', '<!-- <tr> -->\n<linearGradient></linearGradient>', setType),
        html('#c', '<path></path><script>note(1)</script>', setType),
        html('#d', ' <mi>x</mi>', setType),
      ],
      expected:
        '<svg><g id="a"><circle r="1"></circle></g><g id="b"><!-- <tr> -->\n<linearGradient></linearGradient></g>' +
        '<g id="c"><path></path><script>note(1)</script></g></svg><math><mrow id="d"> <mi>x</mi></mrow></math>',
      errors: ['refused'],
      values: [
        ['circle', 'namespaceURI', 'http://www.w3.org/2000/svg'],
        ['linearGradient', 'namespaceURI', 'http://www.w3.org/2000/svg'],
        ['path', 'namespaceURI', 'http://www.w3.org/2000/svg'],
        ['#c script', 'namespaceURI', 'http://www.w3.org/2000/svg'],
        ['mi', 'namespaceURI', 'http://www.w3.org/1998/Math/MathML'],
      ],
    },
    {
      sentence: `html goes into the content of a template, at ${setType}`,
      stage: '<template id="a"></template><template id="b"></template><template id="c"></template>',
      commands: [
        html('#a', '<!-- row --><tr><td>1</td></tr>', setType),
        html('#b', '<b>1</b>', setType),
        html('#c', 'text', setType),
      ],
      expected:
        '<template id="a"><!-- row --><tr><td>1</td></tr></template><template id="b"><b>1</b></template>' +
        '<template id="c">text</template>',
      values: ['#a', '#b', '#c'].map((selector) => [selector, 'childElementCount', 0]),
    },
    {
      sentence: `html in elements that hold text is text, also with scripts and rows in it, at ${setType}`,
      stage: '<textarea id="a"></textarea><textarea id="b"></textarea><iframe id="c"></iframe>',
      commands: ['#a', '#b', '#c'].map((selector, index) =>
        html(selector, ['<script>note(1)</script>', '\n<tr><td>', '<script>1</script><b>'][index], setType),
      ),
      expected: null,
      values: [
        ['#a', 'textContent', '<script>note(1)</script>'],
        ['#a', 'childElementCount', 0],
        ['#b', 'childElementCount', 0],
        ['#c', 'textContent', '<script>1</script><b>'],
      ],
    },
    {
      sentence: `html of parts that stand in few elements finds them, whatever stands before it, at ${setType}`,
      stage:
        '<select id="a"></select><select><optgroup id="b"></optgroup></select><datalist id="c"></datalist><ul id="d"></ul>' +
        '<table><colgroup id="e"></colgroup><tbody><tr id="f"></tr></tbody></table><table id="g"></table>' +
        '<table id="h"></table><table id="i"></table><dl id="j"></dl><x-own id="k"></x-own>',
      commands: [
        ...['#a', '#b', '#c'].map((selector) => html(selector, '<!-- 1 --><option>1</option>', setType)),
        html('#d', '\n<li>1</li>', setType),
        html('#e', '<!-- 1 --><col span="2">', setType),
        html('#f', '<!-- 1 --><td>1</td>', setType),
        html('#g', '\n<caption>1</caption>', setType),
        html('#h', '<!-- 1 --><thead><tr><th>1</th></tr></thead>', setType),
        html('#i', '\n<colgroup><col></colgroup>', setType),
        html('#j', '<!-- 1 --><dt>1</dt>', setType),
        html('#k', '<!-- 1 --><tr><td>1</td></tr>', setType),
      ],
      expected:
        '<select id="a"><!-- 1 --><option>1</option></select>' +
        '<select><optgroup id="b"><!-- 1 --><option>1</option></optgroup></select>' +
        '<datalist id="c"><!-- 1 --><option>1</option></datalist><ul id="d">\n<li>1</li></ul>' +
        '<table><colgroup id="e"><!-- 1 --><col span="2"></colgroup>' +
        '<tbody><tr id="f"><!-- 1 --><td>1</td></tr></tbody></table><table id="g">\n<caption>1</caption></table>' +
        '<table id="h"><!-- 1 --><thead><tr><th>1</th></tr></thead></table>' +
        '<table id="i">\n<colgroup><col></colgroup></table><dl id="j"><!-- 1 --><dt>1</dt></dl>' +
        '<x-own id="k"><!-- 1 --><tr><td>1</td></tr></x-own>',
    },
  ]),
  {
    sentence: 'html of options, and of shapes, is parsed where it goes',
    stage: '<select id="select"></select><svg id="svg"></svg>',
    commands: [
      html('#select', '<option value="1">one</option>'),
      html('#select', '<option value="2" selected="">two</option>', 'append'),
      html('#svg', '<circle r="1"></circle>'),
      html('#svg', '<path></path>', 'append'),
    ],
    expected:
      '<select id="select"><option value="1">one</option><option value="2" selected="">two</option></select>' +
      '<svg id="svg"><circle r="1"></circle><path></path></svg>',
    values: [
      ['#select', 'value', '2'],
      ['circle', 'namespaceURI', 'http://www.w3.org/2000/svg'],
      ['path', 'namespaceURI', 'http://www.w3.org/2000/svg'],
    ],
  },
  {
    sentence: 'html of a template is what it would make, and text of elements without text is left out',
    stage: '<template id="template"></template><table><colgroup id="group"></colgroup></table>',
    commands: [html('#template', 'text'), html('#group', 'text')],
    expected: '<template id="template">text</template><table><colgroup id="group"></colgroup></table>',
    values: [['#template', 'childElementCount', 0]],
  },
  {
    sentence: 'html of a textarea is text',
    stage: '<textarea id="area">old</textarea>',
    commands: [html('#area', '<b>1</b> & 2')],
    expected: '<textarea id="area">&lt;b&gt;1&lt;/b&gt; &amp; 2</textarea>',
    values: [['#area', 'value', '<b>1</b> & 2']],
  },
  {
    sentence: 'html replaces in the place of the elements before, whose children are gone',
    stage: '<div id="box"><i id="inner">1</i></div>',
    commands: [html('#box', '<i id="inner">2</i>'), html('#inner', '3', 'append')],
    expected: '<div id="box"><i id="inner">23</i></div>',
  },
  {
    sentence: 'line ends are as the parser leaves them, characters as they were sent',
    stage: BOX,
    commands: [html('#box', 'one\r\ntwo\rthr\0ee \u{1f419} \u2028 \ufeff')],
    expected: '<div id="box">one\ntwo\nthree \u{1f419} \u2028 \ufeff</div>',
  },
];

const attrCases: readonly CommandCase[] = [
  {
    sentence: 'attr sets properties',
    stage: '<input id="input" value="old"><input id="check" type="checkbox"><a id="link">link</a>',
    commands: [
      attr('#input', 'value', 'new'),
      attr('#input', 'disabled', true),
      attr('#check', 'checked', true),
      attr('#link', 'href', 'https://example.test/'),
    ],
    expected:
      '<input id="input" value="old" disabled=""><input id="check" type="checkbox">' +
      '<a id="link" href="https://example.test/">link</a>',
    values: [
      ['#input', 'value', 'new'],
      ['#check', 'checked', true],
    ],
  },
  {
    sentence: 'attr knows the names of attributes',
    stage:
      '<label id="label"></label><input id="input"><div id="edit"></div><table><tbody><tr><td></td></tr></tbody></table>',
    commands: [
      attr('#label', 'class', 'c'),
      attr('#label', 'for', 'input'),
      attr('#input', 'readonly', true),
      attr('#input', 'maxlength', 5),
      attr('#input', 'tabindex', 2),
      attr('#edit', 'contenteditable', 'false'),
      attr('td', 'colspan', 2),
      attr('td', 'rowspan', '3'),
    ],
    expected:
      '<label id="label" class="c" for="input"></label><input id="input" readonly="" maxlength="5" tabindex="2">' +
      '<div id="edit" contenteditable="false"></div><table><tbody><tr><td colspan="2" rowspan="3"></td></tr></tbody></table>',
  },
  {
    sentence: 'attr removes what is false',
    stage: '<input id="input" readonly="" disabled="">',
    commands: [attr('#input', 'readonly', false), attr('#input', 'disabled', false)],
    expected: '<input id="input">',
  },
  {
    sentence: 'attr takes away what is null, whatever the property is',
    stage:
      '<a id="a" href="/a" title="t" class="c d" rel="next" target="_blank" hreflang="de" download="f" ping="/p" data-k="v" ' +
      'aria-label="l" role="note" lang="de" dir="rtl" tabindex="1" accesskey="k" hidden="until-found" draggable="true" ' +
      'spellcheck="false" translate="no" contenteditable="false" popover="" itemprop="i" part="p" slot="s">link</a>' +
      '<img alt="a" srcset="/none.png 2x" sizes="1px" width="2" height="2" loading="lazy" crossorigin="anonymous" usemap="#m" ismap="">' +
      '<input placeholder="p" pattern="p" maxlength="3" size="4" min="1" step="2" name="n" autocomplete="off" disabled="" ' +
      'readonly="" required="" list="l" form="f" value="v" inputmode="none">' +
      '<label for="f"></label><table><tbody><tr><td colspan="2" rowspan="2" headers="h"></td></tr></tbody></table>' +
      '<form id="f" action="/f" method="post" enctype="multipart/form-data" novalidate="" accept-charset="utf-8"></form>' +
      '<progress value="1" max="3"></progress><ol start="3" reversed=""><li value="2"></li></ol>' +
      '<time datetime="2026"></time><x-own made-up="m" title="t"></x-own>' +
      '<svg viewBox="0 0 1 1" class="s"><rect width="5" fill="red" id="r" class="q"></rect></svg>',
    commands: [
      ...['href', 'title', 'class', 'rel', 'target', 'hreflang', 'download', 'ping', 'data-k'],
      ...['aria-label', 'role', 'lang', 'dir', 'tabindex', 'accesskey', 'hidden', 'draggable'],
      ...['spellcheck', 'translate', 'contenteditable', 'popover', 'itemprop', 'part', 'slot', 'style'],
    ]
      .map((key) => attr('#a', key, null))
      .concat(
        ['alt', 'srcset', 'sizes', 'width', 'height', 'loading', 'crossorigin', 'usemap', 'ismap'].map(
          (key) => attr('img', key, null),
        ),
        ['placeholder', 'pattern', 'maxlength', 'size', 'min', 'step', 'name', 'autocomplete', 'disabled']
          .concat('readonly', 'required', 'list', 'form', 'value', 'inputmode')
          .map((key) => attr('input', key, null)),
        ['colspan', 'rowSpan', 'headers'].map((key) => attr('td', key, null)),
        ['action', 'method', 'enctype', 'noValidate', 'acceptCharset'].map((key) => attr('form', key, null)),
        ['value', 'max'].map((key) => attr('progress', key, null)),
        ['start', 'reversed'].map((key) => attr('ol', key, null)),
        ['made-up', 'title'].map((key) => attr('x-own', key, null)),
        ['width', 'fill', 'id', 'className'].map((key) => attr('rect', key, null)),
        [attr('label', 'htmlFor', null), attr('li', 'value', null), attr('time', 'dateTime', null)],
        [attr('svg', 'viewBox', null), attr('svg', 'class', null)],
      ),
    expected:
      '<a id="a">link</a><img><input><label></label><table><tbody><tr><td></td></tr></tbody></table><form id="f"></form>' +
      '<progress></progress><ol><li></li></ol><time></time><x-own></x-own><svg><rect></rect></svg>',
  },
  {
    sentence: 'attr takes away what is null from every target, whatever the setType',
    stage: '<p class="p" title="1"></p><p class="p" title="2"></p>',
    commands: [
      attr('.p', 'title', null, 'append'),
      attr('.p', 'lang', 'de'),
      attr('.p', 'lang', null, 'prepend'),
      { type: 'attr', selector: '.p', key: 'class', value: null },
    ],
    expected: '<p></p><p></p>',
  },
  {
    sentence: 'attr takes the state of a field away with its attribute',
    stage:
      '<input id="text" value="v"><input id="box" type="checkbox" checked="" value="on"><textarea id="area">v</textarea>' +
      '<select id="select"><option value=""></option><option selected="" value="1"></option></select>',
    commands: [
      attr('#text', 'value', 'typed'),
      attr('#text', 'value', null),
      attr('#box', 'checked', true),
      attr('#box', 'checked', null),
      attr('#area', 'value', 'typed'),
      attr('#area', 'value', null),
      attr('#select', 'value', null),
      attr('option:last-child', 'selected', false),
    ],
    expected:
      '<input id="text"><input id="box" type="checkbox" value="on"><textarea id="area">v</textarea>' +
      '<select id="select"><option value=""></option><option value="1"></option></select>',
    values: [
      ['#text', 'value', ''],
      ['#box', 'checked', false],
      ['#area', 'value', ''],
      ['#select', 'value', ''],
    ],
  },
  {
    sentence: 'attr of a content that is null empties it',
    stage: '<p>1</p><p>2</p><p>3<b>4</b></p>',
    commands: [
      attr('p:nth-child(1)', 'textContent', null),
      attr('p:nth-child(2)', 'innerText', null),
      attr('p:nth-child(3)', 'innerHTML', null),
    ],
    expected: '<p></p><p></p><p></p>',
  },
  {
    sentence: 'attr takes a boolean attribute for true or false, whether there is a property or not',
    stage:
      '<video playsinline="" controls="" loop=""></video><iframe allowfullscreen=""></iframe>' +
      '<form novalidate=""><button formnovalidate="" disabled=""></button></form><svg inert="" hidden=""></svg>' +
      '<div itemscope=""></div><details open=""></details><input checked="">',
    commands: [
      ...['playsinline', 'controls', 'loop', 'muted', 'autoplay'].map((key) => attr('video', key, false)),
      attr('iframe', 'allowfullscreen', false),
      attr('form', 'novalidate', false),
      attr('button', 'formnovalidate', false),
      attr('button', 'disabled', false, 'append'),
      attr('svg', 'hidden', false),
      attr('svg', 'inert', false),
      attr('div', 'itemscope', false),
      attr('div', 'hidden', true),
      attr('details', 'open', false),
      attr('input', 'checked', false),
      attr('video', 'playsinline', true),
      attr('form', 'novalidate', true),
      attr('svg', 'hidden', true),
    ],
    expected:
      '<video playsinline=""></video><iframe></iframe><form novalidate=""><button></button></form><svg hidden=""></svg>' +
      '<div hidden=""></div><details></details><input>',
  },
  {
    sentence: 'attr takes the words of an attribute as words, though its property is true or false',
    stage: '<p id="p"></p><p id="q"></p>',
    commands: [
      attr('#p', 'spellcheck', 'false'),
      attr('#p', 'draggable', 'false'),
      attr('#p', 'translate', 'no'),
      attr('#p', 'hidden', 'until-found'),
      attr('#q', 'spellcheck', false),
      attr('#q', 'draggable', true),
      attr('#q', 'translate', false),
      attr('#q', 'contenteditable', true),
      attr('#q', 'aria-hidden', false),
    ],
    expected:
      '<p id="p" spellcheck="false" draggable="false" translate="no" hidden="until-found"></p>' +
      '<p id="q" spellcheck="false" draggable="true" translate="no" contenteditable="true" aria-hidden="false"></p>',
  },
  {
    sentence: 'attr sets attributes where there is no property',
    stage: BOX,
    commands: [
      attr('#box', 'data-number', 5),
      attr('#box', 'aria-expanded', false),
      attr('#box', 'data-gone', 'soon'),
      attr('#box', 'data-gone', null),
    ],
    expected: '<div id="box" data-number="5" aria-expanded="false">old</div>',
  },
  {
    sentence: 'attr sets attributes where the property is only for reading, as in SVG',
    stage: '<svg><rect class="a"></rect></svg><input id="input">',
    commands: [
      attr('rect', 'width', 5),
      attr('rect', 'class', ' b', 'append'),
      attr('#input', 'list', 'names'),
    ],
    expected: '<svg><rect class="a b" width="5"></rect></svg><input id="input" list="names">',
  },
  {
    sentence: 'attr appends to and prepends before what the first element has, and gives that to all',
    stage: '<p class="p" title="1"></p><p class="p" title="2"></p>',
    commands: [
      attr('.p', 'title', 'b', 'append'),
      attr('.p', 'title', 'a', 'prepend'),
      attr('.p', 'data-x', 'x', 'append'),
    ],
    expected: '<p class="p" title="a1b" data-x="x"></p><p class="p" title="a1b" data-x="x"></p>',
  },
  {
    sentence: 'attr adds numbers to numbers',
    stage: '<table><tbody><tr><td colspan="2"></td></tr></tbody></table>',
    commands: [attr('td', 'colspan', 1, 'append')],
    expected: '<table><tbody><tr><td colspan="3"></td></tr></tbody></table>',
  },
  {
    sentence: 'attr takes styles as text',
    stage: BOX,
    commands: [attr('#box', 'style', 'color: red;'), attr('#box', 'style', ' top: 0px;', 'append')],
    expected: '<div id="box" style="color: red; top: 0px;">old</div>',
  },
  {
    sentence: 'attr of innerHTML is html',
    stage: BOX,
    commands: [attr('#box', 'innerHTML', '<b>new</b>'), attr('#box', 'innerHTML', '<i>more</i>', 'append')],
    expected: '<div id="box"><b>new</b><i>more</i></div>',
  },
  {
    sentence: 'attr without a value changes nothing',
    stage: BOX,
    commands: [attr('#box', 'title', undefined), attr('#box', 'title', undefined, 'append')],
  },
  {
    sentence: 'attr refuses what would run code',
    stage:
      '<a id="link">link</a><iframe id="frame"></iframe><form id="form"><button id="button"></button></form>' +
      '<svg><a href="/"><animate id="move" attributeName="href"></animate></a></svg>',
    commands: [
      attr('#link', 'onclick', 'note(1)'),
      attr('#link', 'onCopy', 'note(1)'),
      attr('#link', 'outerHTML', '<b>b</b>'),
      attr('#frame', 'srcdoc', '<script>note(1)</script>'),
      attr('#link', 'href', 'javascript:note(1)'),
      attr('#link', 'href', ' \u0001Java\tScr\nipt:note(1)'),
      attr('#link', 'href', ['javascript:note(1)']),
      attr('#link', 'href', 'javascript:note(1)//', 'prepend'),
      attr('#link', 'xlink:href', 'javascript:note(1)'),
      attr('#frame', 'src', 'javascript:note(1)'),
      attr('#form', 'action', 'javascript:note(1)'),
      attr('#button', 'formaction', 'javascript:note(1)'),
      attr('#button', 'formAction', 'javascript:note(1)'),
      attr('#move', 'values', '/there;javascript:note(1)'),
      attr('#move', 'from', 'javascript:note(1)'),
      attr('#move', 'to', 'javascript:note(1)'),
    ],
    errors: Array<string>(16).fill('refused'),
  },
  {
    sentence: 'attr makes no code of an address part by part',
    stage: '<a id="link" href="other:note(1)">link</a><a id="code" href="javascript://">code</a>',
    commands: [
      attr('#link', 'protocol', 'javascript'),
      attr('#link', 'protocol', 'Java\nScript:'),
      attr('#code', 'search', '\nnote(1)'),
      attr('#code', 'hash', '\nnote(1)'),
      attr('#code', 'pathname', '\nnote(1)'),
      attr('#link', 'hash', 'there'),
    ],
    expected: '<a id="link" href="other:note(1)#there">link</a><a id="code" href="javascript://">code</a>',
    errors: Array<string>(5).fill('refused'),
  },
  {
    sentence: 'attr lets the word javascript pass where it is none',
    stage: '<a id="link" title="">link</a>',
    commands: [attr('#link', 'title', 'javascript: what it is'), attr('#link', 'href', '/javascript:')],
    expected: '<a id="link" title="javascript: what it is" href="/javascript:">link</a>',
  },
  {
    sentence: 'attr refuses names that reach behind the element',
    stage: BOX,
    commands: [
      attr('#box', '__proto__', { title: 'x' }),
      attr('#box', 'constructor', 'x'),
      attr('#box', 'prototype', 'x'),
    ],
    errors: ['refused', 'refused', 'refused'],
    values: [['#box', 'title', '']],
  },
  {
    sentence: 'a property that throws is an error of the command',
    stage: BOX,
    commands: [attr('#box', 'contenteditable', 'no such'), attr('#box', 'title', 'later')],
    expected: '<div id="box" title="later">old</div>',
    errors: ['command'],
  },
];

const cssCases: readonly CommandCase[] = [
  {
    sentence: 'css sets declarations under either name',
    stage: BOX,
    commands: [
      css('#box', 'background-color', 'red'),
      css('#box', 'fontFamily', 'serif'),
      css('#box', 'float', 'left'),
      css('#box', '-webkit-user-select', 'none'),
    ],
    styles: [
      ['#box', 'background-color', 'rgb(255, 0, 0)'],
      ['#box', 'font-family', 'serif'],
      ['#box', 'float', 'left'],
      ['#box', '-webkit-user-select', 'none'],
    ],
    expected: null,
  },
  {
    sentence: 'css leaves a number without a unit where it says something by itself',
    stage: '<i></i>',
    commands: [
      css('i', 'flex', 1),
      css('i', 'tab-size', 4),
      css('i', 'columns', 2),
      css('i', 'borderImageWidth', 2),
      css('i', 'border-image-outset', 1),
      css('i', 'lineHeight', 1.5),
      css('i', 'aspect-ratio', 2),
      css('i', 'animation-iteration-count', 3),
      css('i', 'grid-row-start', 2),
      css('i', 'z-index', -1),
      css('i', '--own', 7),
      css('i', 'fontSizeAdjust', 0.5),
      css('i', 'margin', 0),
      css('i', 'padding', 0),
      css('i', 'text-indent', -1e1),
      css('i', 'letter-spacing', 1e-1),
      css('i', 'border-radius', 5),
      css('i', 'inset', 3),
      css('i', 'transition-duration', 5),
      css('i', 'color', 5),
      css('i', 'outline-offset', Infinity),
    ],
    expected: null,
    styles: [
      ['i', 'flex-grow', '1'],
      ['i', 'flex-basis', '0%'],
      ['i', 'tab-size', '4'],
      ['i', 'column-count', '2'],
      ['i', 'column-width', 'auto'],
      ['i', 'border-image-width', '2'],
      ['i', 'border-image-outset', '1'],
      ['i', 'animation-iteration-count', '3'],
      ['i', 'grid-row-start', '2'],
      ['i', 'z-index', '-1'],
      ['i', '--own', '7'],
      ['i', 'font-size-adjust', '0.5'],
      ['i', 'margin-left', '0px'],
      ['i', 'padding-left', '0px'],
      ['i', 'text-indent', '-10px'],
      ['i', 'letter-spacing', '0.1px'],
      ['i', 'border-top-left-radius', '5px'],
      ['i', 'top', '3px'],
      ['i', 'transition-duration', '0s'],
    ],
  },
  {
    sentence: 'css goes on from numbers without a unit as from those with one',
    stage: '<i></i>',
    commands: [
      css('i', 'tab-size', 2),
      css('i', 'tab-size', '+=2'),
      css('i', '--count', 3),
      css('i', '--count', '+=1'),
      css('i', '--space', '10px'),
      css('i', '--space', '-=4'),
      css('i', 'flex-grow', '+=2'),
      css('i', 'column-count', '+=2'),
      css('i', 'z-index', '-=1'),
      css('i', 'position', 'relative'),
      css('i', 'left', '+=5'),
      css('i', 'padding', '+=3'),
    ],
    expected: null,
    styles: [
      ['i', 'tab-size', '4'],
      ['i', '--count', '4'],
      ['i', '--space', '6px'],
      ['i', 'flex-grow', '2'],
      ['i', 'column-count', '2'],
      ['i', 'z-index', '-1'],
      ['i', 'left', '5px'],
      ['i', 'padding-top', '3px'],
    ],
  },
  {
    sentence: 'css takes a number for pixels where the property has lengths',
    stage: BOX,
    commands: [
      css('#box', 'margin-left', 4),
      css('#box', 'fontSize', 20.5),
      css('#box', 'zIndex', 5),
      css('#box', 'opacity', 0.5),
      css('#box', 'line-height', 2),
      css('#box', 'flexGrow', 3),
      css('#box', 'font-weight', 700),
      css('#box', 'column-count', 2),
      css('#box', 'strokeWidth', 2),
      css('#box', 'fill-opacity', 0.25),
      css('#box', 'order', 1),
    ],
    expected:
      '<div id="box" style="margin-left: 4px; font-size: 20.5px; z-index: 5; opacity: 0.5; line-height: 2; flex-grow: 3; ' +
      'font-weight: 700; column-count: 2; stroke-width: 2px; fill-opacity: 0.25; order: 1;">old</div>',
  },
  {
    sentence: 'css takes sizes for pixels even as text, and for none where they are negative',
    stage: '<i></i><i></i><i></i><i></i>',
    commands: [
      css('i:nth-child(1)', 'width', '50'),
      css('i:nth-child(2)', 'height', -5),
      css('i:nth-child(3)', 'top', '50'),
      css('i:nth-child(4)', 'width', '50%'),
    ],
    expected: '<i style="width: 50px;"></i><i style="height: 0px;"></i><i></i><i style="width: 50%;"></i>',
  },
  {
    sentence: 'css goes on from what is computed',
    stage: '<div id="box"></div><div class="box"></div>',
    commands: [
      css('#box', 'width', '100px'),
      css('#box', 'width', '+=10px'),
      css('#box', 'width', '-=5'),
      css('#box', 'opacity', '-=.25'),
      css('#box', 'margin-top', '+=1e1px'),
      css('.box', 'height', '10px'),
      css('.box', 'height', '-=20px'),
      css('#box', 'opacity', '-=25%'),
    ],
    expected:
      '<div id="box" style="width: 105px; opacity: 0.5; margin-top: 10px;"></div>' +
      '<div class="box" style="height: 0px;"></div>',
  },
  {
    sentence: 'css leaves it to layout to add what has another unit',
    stage: '<div id="box"></div>',
    commands: [
      css('#box', 'font-size', '10px'),
      css('#box', 'width', '100px'),
      css('#box', 'width', '+=2em'),
    ],
    styles: [['#box', 'width', '120px']],
    expected: null,
  },
  {
    sentence: 'css removes with an empty text, and passes over what says nothing',
    stage: BOX,
    commands: [
      css('#box', 'color', 'red'),
      css('#box', 'top', '1px'),
      css('#box', 'color', null),
      css('#box', 'color', undefined),
      css('#box', 'color', 'no such color'),
      css('#box', 'color', 'blue !important'),
      css('#box', 'no-such-property', '1px'),
      css('#box', 'top', ''),
    ],
    expected: '<div id="box" style="color: red;">old</div>',
  },
  {
    sentence: 'css sets the style of a form that has a field of that name',
    stage: '<form id="form"><input name="style"></form>',
    commands: [css('#form', 'top', 5), css('#form', 'top', '+=5')],
    expected: '<form id="form" style="top: 10px;"><input name="style"></form>',
  },
  {
    sentence: 'css sets properties of the page as they are',
    stage: BOX,
    commands: [css('#box', '--Own', 'a b'), css('#box', '--number', 5)],
    expected: null,
    styles: [
      ['#box', '--Own', 'a b'],
      ['#box', '--number', '5'],
      ['#box', '--own', ''],
    ],
  },
];

const otherCases: readonly CommandCase[] = [
  {
    sentence: 'remove takes its own key for the selector, or that of the others',
    stage: '<p id="a"></p><p class="b"></p><p class="b"></p><p id="c"></p>',
    commands: [remove('#a'), remove('.b'), { type: 'remove', selector: '#c' }],
    expected: '',
  },
  {
    sentence: 'of elements with the same id, only the first is named by it',
    stage: '<p id="same"></p><p id="same"></p><p id="1st"></p>',
    commands: [html('#same', 'first'), html('#1st', 'numbered')],
    expected: '<p id="same">first</p><p id="same"></p><p id="1st">numbered</p>',
  },
  {
    sentence: 'what matches nothing is reported, and nothing comes of it',
    stage: BOX,
    commands: [html('#nobody', 'x'), attr('.nobody', 'title', 'x'), css('p q', 'top', 1), remove('#nobody')],
    errors: ['no-target', 'no-target', 'no-target', 'no-target'],
  },
  {
    sentence: 'a selector that cannot be read is reported, and stops nothing',
    stage: BOX,
    commands: [html('div:eq(0)', 'x'), html('[', 'x'), html('', 'x'), html('#box', 'new')],
    expected: '<div id="box">new</div>',
    errors: ['selector', 'selector', 'selector'],
  },
  {
    sentence: 'what lacks a field is malformed',
    stage: BOX,
    commands: [
      { type: 'html', html: 'x' },
      { type: 'attr', selector: '#box', value: 'x' },
      { type: 'css', selector: '#box', key: 5, value: 'x' },
      { type: 'remove' },
      { type: 'call', params: [] },
      { type: 'script' },
      { type: 'redirect', redirect: null },
    ],
    errors: Array<string>(7).fill('malformed'),
  },
  {
    sentence: 'call calls functions of the page by name, with the object they belong to',
    stage: '',
    commands: [
      call('note', [1, 'two', { three: [3] }]),
      call('note'),
      call('note', { no: 'list' }),
      call('chart.add', [5]),
      call('chart.sum'),
    ],
    calls: [['note', 1, 'two', { three: [3] }], ['note'], ['note'], ['sum', 5]],
  },
  {
    sentence: 'call refuses what nobody registered',
    stage: '',
    commands: [
      'alert',
      'chart.nothing.at.all',
      'chart.total',
      'toString',
      'note.call',
      'note.constructor',
      'constructor.constructor',
      '__proto__.toString',
      'chart.__proto__.hasOwnProperty',
      '',
    ].map((name) => call(name, ['x'])),
    errors: Array<string>(10).fill('refused'),
  },
  {
    sentence: 'a function that throws is an error of the command',
    stage: '',
    commands: [call('fail'), call('note', ['later'])],
    errors: ['command'],
    calls: [['note', 'later']],
  },
  {
    sentence: 'what is behind a promise waits for it',
    stage: '',
    commands: [call('later', ['first']), call('note', ['second'])],
    calls: [
      ['note', 'first'],
      ['note', 'second'],
    ],
  },
  {
    sentence: 'alert shows text',
    stage: '',
    commands: [
      { type: 'alert', alert: 'text' },
      { type: 'alert', alert: 5 },
    ],
    calls: [
      ['alert', 'text'],
      ['alert', '5'],
    ],
  },
  {
    sentence: 'redirect goes where it is told, but to no code',
    stage: '',
    commands: [
      '/there?a=b',
      'https://example.test/',
      'javascript:note(1)',
      '\u0000 jAvA\r\nscript:note(1)',
    ].map((redirect) => ({ type: 'redirect', redirect })),
    errors: ['refused', 'refused'],
    calls: [
      ['navigate', '/there?a=b'],
      ['navigate', 'https://example.test/'],
    ],
  },
];

/** Of what runs by itself the stage shows none: under the strictest policy it would be told as uncaught. */
const ACTIVE_TYPES = [
  ...['', 'module', ' Module ', 'importmap', ' IMPORTMAP', 'speculationrules', 'SpeculationRules\n'],
  ...[
    'text/javascript',
    'TEXT/JavaScript',
    ' text/javascript ',
    'text/javascript1.5',
    'application/javascript',
  ],
  ...['application/x-javascript', 'text/ecmascript', 'text/x-ecmascript', 'text/jscript', 'text/livescript'],
];

const DATA_TYPES = ['application/json', 'text/template', 'text/x-handlebars', 'javascript', 'no-module'];

const scriptCases: readonly CommandCase[] = [
  {
    sentence: 'a script is refused',
    stage: '',
    commands: [{ type: 'script', script: 'note(1)' }],
    errors: ['refused'],
  },
  {
    sentence: 'scripts in html stand there and do nothing, which is reported once for each command',
    stage: BOX,
    commands: [
      html('#box', '<script>note(1)</script><b>b</b><script type="module">note(2)</script>'),
      html('#box', '<svg><script>note(3)</script></svg>', 'append'),
      html('#box', '<script type="application/json">{}</script>', 'append'),
    ],
    expected:
      '<div id="box"><script>note(1)</script><b>b</b><script type="module">note(2)</script>' +
      '<svg><script>note(3)</script></svg><script type="application/json">{}</script></div>',
    errors: ['refused', 'refused'],
  },
  {
    sentence: 'nothing is written into a script of any type that browsers act on',
    stage: [...ACTIVE_TYPES, ...DATA_TYPES].map((type) => `<script type="${type}"></script>`).join(''),
    commands: [...ACTIVE_TYPES, ...DATA_TYPES].map((_, index) =>
      html(`script:nth-child(${index + 1})`, 'note(1)', 'append'),
    ),
    expected: [
      ...ACTIVE_TYPES.map((type) => `<script type="${type}"></script>`),
      ...DATA_TYPES.map((type) => `<script type="${type}">note(1)</script>`),
    ].join(''),
    errors: ACTIVE_TYPES.map(() => 'refused'),
  },
  {
    sentence: 'nothing is written into a script, unless it is data',
    stage:
      '<script id="code"></script><script id="map" type="importMap"></script>' +
      '<script id="data" type="application/json">{}</script>',
    commands: [
      html('#code', 'note(1)'),
      html('#map', '{"imports": {"library": "/code.js"}}'),
      html('#code', 'note(1)', 'append'),
      attr('#code', 'text', 'note(1)'),
      attr('#code', 'src', '/code.js'),
      attr('#data', 'type', 'text/javascript'),
      html('#data', '{"a": 1}'),
    ],
    expected:
      '<script id="code"></script><script id="map" type="importMap"></script>' +
      '<script id="data" type="application/json">{"a": 1}</script>',
    errors: Array<string>(6).fill('refused'),
  },
];

/** They hold under every policy of the page's. */
export const COMMAND_CASES: readonly CommandCase[] = [
  ...htmlCases,
  ...attrCases,
  ...cssCases,
  ...otherCases,
  ...scriptCases,
];
