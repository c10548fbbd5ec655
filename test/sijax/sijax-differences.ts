// Where the drop-in differs from Sijax's own scripts, on purpose. The tests hold it to this list, and so do the docs.

import { BODY, type Command } from '../browsers/golden-scenes.ts';

export interface Difference {
  /** What it is about, as a heading. */
  readonly what: string;
  readonly original: string;
  readonly ours: string;
  readonly why: string;
  /** What shows it in a page, where commands do. The page has no jQuery on our side, unless it says so. */
  readonly shown?: Showing;
}

export interface Showing {
  readonly body?: string;
  readonly before?: string;
  readonly commands: readonly Command[];
  /** An expression of the page, and its value after Sijax's own client and after ours. */
  readonly value: string;
  readonly original: unknown;
  readonly ours: unknown;
}

const boxText = "document.querySelector('#box').textContent";

export const DIFFERENCES: readonly Difference[] = [
  {
    what: 'A command that fails',
    original: 'The commands after it in the list are lost.',
    ours: 'It is reported to `window.onerror`, with the command. The commands after it are carried out.',
    why: 'One missing function should not cost the rest of an answer.',
    shown: {
      body: BODY,
      before:
        'var apply = Sijax.processCommands; Sijax.processCommands = function (list) { try { apply(list) } catch (e) {} }',
      commands: [
        {
          type: 'call',
          call: 'Sijax.processCommands',
          params: [
            [{ type: 'unknown' }, { type: 'html', selector: '#box', html: 'reached', setType: 'replace' }],
          ],
        },
      ],
      value: boxText,
      original: 'one two',
      ours: 'reached',
    },
  },
  {
    what: "Selectors of jQuery's own, in a page without jQuery",
    original: 'The page always has jQuery.',
    ours: 'The command is reported as `selector`, and the message names jQuery. If the page has jQuery, jQuery looks up every selector.',
    why: 'A page that does not need jQuery should not have to load it.',
    shown: {
      body: BODY,
      commands: [{ type: 'html', selector: 'div:first', html: 'reached', setType: 'replace' }],
      value: boxText,
      original: 'reached',
      ours: 'one two',
    },
  },
  {
    what: 'A selector that is not text',
    original: 'Some fail, some match nothing.',
    ours: 'It matches nothing.',
    why: 'No backend sends one.',
  },
  {
    what: 'A relative width or height (`+=5`), if the element is inline or a table and has none of its own',
    original: 'The element is measured, and the result is rounded.',
    ours: 'It starts from the computed value, or from 0 if that is `auto`.',
    why: 'A width has no effect on an inline element, and a table takes the width that it needs.',
    shown: {
      body: BODY,
      commands: [{ type: 'css', selector: '#label', key: 'width', value: '+=5' }],
      value: "document.querySelector('#label').style.width === '5px'",
      original: false,
      ours: true,
    },
  },
  {
    what: 'A `css` command for a form that has a field named `style`',
    original: 'It has no effect.',
    ours: 'It sets the style of the form.',
    why: 'The field hides the property of its form.',
    shown: {
      body: '<form><input name="style"></form>',
      commands: [{ type: 'css', selector: 'form', key: 'color', value: 'red' }],
      value: "document.querySelector('form').getAttribute('style')",
      original: null,
      ours: 'color: red;',
    },
  },
  {
    what: 'HTML appended to a `textarea`, a `title` or a `select`',
    original: 'Any tag becomes an element inside it, which is not visible.',
    ours: 'In a `textarea` and a `title` tags are text. In a `select` tags other than options are dropped. The same happens when the content is replaced.',
    why: "This is how the browser's parser reads it. The original does the same when it replaces the content.",
    shown: {
      body: BODY,
      commands: [{ type: 'html', selector: '#area', html: ' <b>bold</b>', setType: 'append' }],
      value: "document.querySelector('#area').value",
      original: 'lines ',
      ours: 'lines <b>bold</b>',
    },
  },
  {
    what: 'HTML appended to an SVG element',
    original: 'The new elements are HTML and are not drawn.',
    ours: 'They are SVG.',
    why: 'The same as above.',
    shown: {
      body: BODY,
      commands: [{ type: 'html', selector: '#group', html: '<path></path>', setType: 'append' }],
      value: "document.querySelector('#group').lastChild.namespaceURI",
      original: 'http://www.w3.org/1999/xhtml',
      ours: 'http://www.w3.org/2000/svg',
    },
  },
  {
    what: 'Text before the first tag, if that tag is a part of a table',
    original: 'The text is lost.',
    ours: 'It is kept.',
    why: 'The loss is a side effect of how jQuery wraps such parts.',
    shown: {
      body: BODY,
      commands: [{ type: 'html', selector: '#box', html: 'text<tr><td>cell</td></tr>', setType: 'replace' }],
      value: boxText,
      original: 'cell',
      ours: 'textcell',
    },
  },
  {
    what: 'Rows after a line break or a comment, for a table that has a body',
    original: 'They are inserted beside the body.',
    ours: 'They are inserted into the body.',
    why: 'Templates often begin with a line break. Rows with nothing before them are inserted into the body as well.',
    shown: {
      body: '<table><tbody></tbody></table>',
      commands: [{ type: 'html', selector: 'table', html: '\n<tr><td>1</td></tr>', setType: 'append' }],
      value: "document.querySelector('table').tBodies[0].rows.length",
      original: 0,
      ours: 1,
    },
  },
  {
    what: 'An external script of another origin in HTML',
    original: 'The commands after it do not wait for it.',
    ours: 'They wait, as for a script of the same origin.',
    why: 'A server that sends a script before commands expects this order.',
  },
  {
    what: 'An external script of the same origin in HTML',
    original:
      'The page is blocked until it has loaded (a synchronous XHR). `processCommands` returns afterwards.',
    ours: 'The rest of the list waits, but the page is not blocked. `processCommands` returns before.',
    why: 'Synchronous requests are deprecated in browsers.',
    shown: {
      body: BODY,
      before:
        "var apply = Sijax.processCommands; function both(list) { apply(list); note(document.querySelector('#box').textContent) }",
      commands: [
        {
          type: 'call',
          call: 'both',
          params: [
            [
              { type: 'html', selector: '#p', html: '<script src="/golden/external.js"></script>' },
              { type: 'html', selector: '#box', html: 'behind', setType: 'replace' },
            ],
          ],
        },
      ],
      value: "log.filter(function (line) { return line.indexOf('external') < 0 })",
      original: ['note: "behind"'],
      ours: ['note: "one two"'],
    },
  },
  {
    what: 'A list of commands that an external script of the HTML carries out',
    original: 'It is carried out before the rest of the list that brought the script.',
    ours: 'It is carried out after that list.',
    why: 'Everything that is pushed in the meantime waits for the current list.',
  },
  {
    what: 'An empty value of `getFormValues`',
    original: 'A `String` object, which counts as true.',
    ours: 'The text `\'\'`. As JSON, both are `""`.',
    why: 'The object was for Internet Explorer 8.',
    shown: {
      body: '<form id="form"><input name="empty"></form>',
      commands: [],
      value: "typeof Sijax.getFormValues('#form').empty",
      original: 'object',
      ours: 'string',
    },
  },
  {
    what: 'Fields named `__proto__[…]`, and `attr` commands for `__proto__`',
    original: 'They change the prototype of all objects of the page.',
    ours: 'The fields are left out. The commands are refused.',
    why: 'A form can contain text of visitors.',
    shown: {
      body: '<form id="form"><input name="__proto__[polluted]" value="yes"></form>',
      commands: [],
      value: "(Sijax.getFormValues('#form'), String({}.polluted))",
      original: 'yes',
      ours: 'undefined',
    },
  },
  {
    what: 'Variables of the code in `script` and `call`',
    original: 'The code can use the variables of the function that runs it, for example `params`.',
    ours: 'The code can use only the globals of the page.',
    why: 'Those variables were never part of the protocol.',
    shown: {
      body: BODY,
      commands: [{ type: 'script', script: 'document.title = typeof params' }],
      value: 'document.title',
      original: 'object',
      ours: 'undefined',
    },
  },
  {
    what: 'Methods of jQuery that a page has replaced (`jQuery.fn.html` and the like)',
    original: 'Commands use them.',
    ours: "Only selectors, `jQuery.ajax` and `jQuery.cleanData` use the page's jQuery.",
    why: 'HTML is inserted in the same way in pages with and without jQuery. Replace `Sijax.process_html` instead.',
  },
  {
    what: '`data` in the third argument of `Sijax.request`',
    original:
      'Python: the object is changed. PHP: it replaces the fields of the call, so the call never arrives.',
    ours: 'It is copied and merged with the fields. This includes text and `FormData`.',
    why: 'This is how a page sends a token against request forgery.',
  },
  {
    what: 'An answer that is not a list of commands, for example a login page',
    original: 'Nothing happens.',
    ours: '`not-a-sijax-response` is reported, and the `error` handler is called.',
    why: 'It is the most frequent mistake, and it was not visible.',
  },
  {
    what: 'Requests without jQuery',
    original: 'The page always has jQuery.',
    ours: 'Handlers get the XMLHttpRequest instead of the jqXHR. These settings are supported: `url`, `type` or `method`, `data`, `dataType`, `headers`, `contentType`, `cache`, `async`, `timeout`, `xhrFields`, `context`, `beforeSend`, `success`, `error` and `complete`.',
    why: 'These are the settings that pages use.',
  },
  {
    what: 'Comet calls',
    original: 'A hidden form is posted into a hidden frame, and the scripts of the frame run.',
    ours: 'Fetch or XHR reads the answer, and the commands are taken from its scripts. Other code in the scripts does not run. If a policy forbids both, a frame is used, as in the original.',
    why: 'Function names may contain dots, strings may contain `</script>`, and calls can be stopped: `sjxComet.request` returns `{ abort }`, and takes `{ data, headers }` as a third argument.',
  },
  {
    what: 'Uploads',
    original: 'The browser posts the form into a hidden frame, and the scripts of the frame run.',
    ours: 'On a submit event XHR sends the form. `sjxUpload:progress` events report the progress. Other code in the answer does not run. A form of another origin, or one sent by `form.submit()`, is posted into the frame, as in the original.',
    why: 'Visitors see the progress of their upload.',
  },
  {
    what: 'An upload form without `action`',
    original:
      'It is sent to the address of its page: in current browsers the code that should prevent this has no effect.',
    ours: 'It is sent to the request URI, like every call.',
    why: 'This is what the original intends.',
    shown: {
      body: '<form id="form"></form>',
      before:
        "Sijax.setRequestUri('/calls'); sjxUpload.registerForm({ formId: 'form', callback: 'form_upload' })",
      commands: [],
      value: "document.querySelector('form').getAttribute('action')",
      original: null,
      ours: '/calls',
    },
  },
  {
    what: 'The keys of a suggest field while its list is closed',
    original: 'Tab and Enter run the suggestion that was selected before.',
    ours: 'They work as in any field. Only the down arrow opens the list again.',
    why: 'Otherwise users cannot leave or submit the form.',
  },
  {
    what: '`sjxSuggest`, apart from `registerSuggestField` and `processResponse`',
    original: 'Its inner functions and variables are public.',
    ours: 'They are private.',
    why: 'Servers call only these two.',
  },
];
