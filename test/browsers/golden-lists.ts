// Random lists of commands, of the kinds that both clients are meant to carry out alike.

import fc from 'fast-check';
import type { Command } from './golden-scenes.ts';

const selectors = fc.constantFrom(
  '#box',
  '#p',
  '#dup',
  '#list',
  '#list .item',
  '#rows',
  '.row',
  '.cell',
  '.empty',
  '.empty + .empty',
  '#text',
  '#check, #checked',
  '#label',
  '#link',
  '#table',
  '.made',
  '.made:first-child',
  'body > p',
  '#nobody',
  '[data-id=5]',
);

/** Not for HTML: see the differences. */
const anySelector = fc.oneof(
  { weight: 9, arbitrary: selectors },
  fc.constantFrom('#area', '#select', '#select option'),
);

const words = fc.constantFrom(
  '',
  ' ',
  'word',
  'two words',
  'ümläut',
  '🐙',
  'a & b',
  '&lt;',
  '5',
  '1e3',
  '\n',
  'null',
);
const values = fc.oneof(
  words,
  fc.integer({ min: -9, max: 99 }),
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.boolean(),
  fc.constant(null),
);

/** Well-formed, as backends write it, and without what only counts in some places: parts of tables, options. */
const { html } = fc.letrec<{ html: string; element: string }>((tie) => ({
  html: fc
    .array(fc.oneof({ weight: 2, arbitrary: words }, { weight: 3, arbitrary: tie('element') }), {
      maxLength: 3,
    })
    .map((parts) => parts.join('')),
  element: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom(
      '<br>',
      '<i class="made">i</i>',
      '<input class="made" value="v" checked>',
      '<script>note("ran")</script>',
      '<textarea>t</textarea>',
      '<!-- c -->',
    ),
    fc
      .tuple(fc.constantFrom('b', 'div', 'ul', 'h1', 'a-b'), tie('html'))
      .map(([tag, inner]) => `<${tag} class="made">${inner}</${tag}>`),
  ),
}));

const setTypes = fc.constantFrom('replace', 'append', 'prepend', undefined, 'unknown');

const properties = fc.constantFrom(
  'title',
  'class',
  'className',
  'id',
  'value',
  'checked',
  'disabled',
  'hidden',
  'style',
  'tabindex',
  'href',
  'lang',
  'data-id',
  'aria-label',
  'own',
  'textContent',
  'selectedIndex',
  'rowspan',
  'htmlFor',
);

const declarations = fc.oneof(
  fc.tuple(
    fc.constantFrom('color', 'backgroundColor', 'background-color'),
    fc.constantFrom('red', 'rgb(1, 2, 3)', '', 'no colour'),
  ),
  fc.tuple(
    fc.constantFrom('width', 'marginLeft', 'margin-top', 'padding', 'fontSize', 'top'),
    fc.constantFrom<unknown>(5, '5', '5px', '1.5em', '10%', '', 'auto', 0),
  ),
  fc.tuple(
    fc.constantFrom('opacity', 'zIndex', 'z-index', 'font-weight', 'lineHeight', 'order', 'flex-grow'),
    fc.constantFrom<unknown>(1, '1', 0.5, '', 100),
  ),
  fc.tuple(
    fc.constantFrom('display', 'float', 'cssFloat', '--own', 'border', 'no-such'),
    fc.constantFrom('none', 'left', '', '1px solid'),
  ),
);

/** For elements with a size of their own: see the differences. */
const relative = fc.tuple(
  fc.constantFrom('width', 'height', 'marginLeft', 'fontSize', 'opacity'),
  fc.constantFrom<unknown>('+=5', '-=2px', '+=0.5', '-=100'),
);

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('html'),
      selector: selectors,
      html: fc.oneof({ weight: 4, arbitrary: html }, values),
      setType: setTypes,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('attr'),
      selector: anySelector,
      key: properties,
      value: values,
      setType: setTypes,
    }),
  },
  {
    weight: 4,
    arbitrary: fc
      .oneof(
        { weight: 9, arbitrary: fc.tuple(anySelector, declarations) },
        fc.tuple(fc.constantFrom('#box', '.empty', '#nobody'), relative),
      )
      .map(([selector, [key, value]]) => ({ type: 'css', selector, key, value })),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('remove'), remove: anySelector }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('call'),
      call: fc.constantFrom('note', 'nobody'),
      params: fc.array(values, { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('alert'), alert: values }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('script'),
      script: fc.constantFrom('note(1)', 'nobody()', 'var x = 1; note(x)', ''),
    }),
  },
);

export const lists: fc.Arbitrary<Command[]> = fc.array(command, { minLength: 1, maxLength: 12 });
