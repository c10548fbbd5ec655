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
    original: 'Everything behind it in the list is lost.',
    ours: 'It is reported to `window.onerror`, with the command, and the rest goes on.',
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
    original: 'There is always jQuery.',
    ours: 'The command is reported as `selector`, and the sentence names jQuery; where the page has jQuery, it looks up every selector.',
    why: 'A page that needs none should not have to load it.',
    shown: {
      body: BODY,
      commands: [{ type: 'html', selector: 'div:first', html: 'reached', setType: 'replace' }],
      value: boxText,
      original: 'reached',
      ours: 'one two',
    },
  },
  {
    what: 'A selector that is no text',
    original: 'Some fail, some name nothing.',
    ours: 'It names nothing.',
    why: 'No backend sends one.',
  },
  {
    what: 'A relative width or height (`+=5`) of an inline element or a table without one of its own',
    original: 'It is measured, and rounded.',
    ours: 'It starts from the computed value, and from 0 where that is `auto`.',
    why: 'A width does nothing to an inline element, and a table takes what it needs.',
    shown: {
      body: BODY,
      commands: [{ type: 'css', selector: '#label', key: 'width', value: '+=5' }],
      value: "document.querySelector('#label').style.width === '5px'",
      original: false,
      ours: true,
    },
  },
  {
    what: 'HTML appended to a `textarea`, a `title` or a `select`',
    original: 'Any tag becomes an element inside, which nobody sees.',
    ours: 'Tags are text in the first two, and dropped in the third but for options, as when the whole is replaced.',
    why: 'The parser of the browser reads it so; the original does where it replaces.',
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
    why: 'The same; the original does where it replaces.',
    shown: {
      body: BODY,
      commands: [{ type: 'html', selector: '#group', html: '<path></path>', setType: 'append' }],
      value: "document.querySelector('#group').lastChild.namespaceURI",
      original: 'http://www.w3.org/1999/xhtml',
      ours: 'http://www.w3.org/2000/svg',
    },
  },
  {
    what: 'Text before the first tag, where that is a part of a table',
    original: 'The text is lost.',
    ours: 'It is kept.',
    why: 'Losing it is an accident of how jQuery wraps such parts.',
    shown: {
      body: BODY,
      commands: [{ type: 'html', selector: '#box', html: 'text<tr><td>cell</td></tr>', setType: 'replace' }],
      value: boxText,
      original: 'cell',
      ours: 'textcell',
    },
  },
  {
    what: 'Rows behind a line break or a comment, for a table that has a body',
    original: 'They stand beside the body.',
    ours: 'They go into it.',
    why: 'Templates begin so; rows without anything before them go there as well.',
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
    original: 'Commands behind it do not wait for it.',
    ours: 'They wait, as for one of the own origin.',
    why: 'Whoever sends a script before commands means them to come in this order.',
  },
  {
    what: 'An external script of the own origin in HTML',
    original:
      'The page stands still until it has loaded (a synchronous XHR), and `processCommands` returns afterwards.',
    ours: 'The rest of the list waits, and the page does not; `processCommands` returns before.',
    why: 'Browsers are about to give up synchronous requests.',
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
    what: 'A list of commands that an external script carries out while it loads',
    original: 'It goes before the rest of the list that has brought the script.',
    ours: 'It goes behind.',
    why: 'Whatever comes meanwhile waits for the list that is at work.',
  },
  {
    what: 'An empty value of `getFormValues`',
    original: 'A `String` object, which counts as true.',
    ours: 'The text `\'\'`. As JSON, both are `""`.',
    why: 'It served Internet Explorer 8.',
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
    original: 'They change what all objects of the page inherit.',
    ours: 'The fields are left out, the commands are refused.',
    why: 'A form can hold what visitors have written.',
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
    original: 'It sees those of the function that runs it, `params` for example.',
    ours: 'It sees the globals of the page.',
    why: 'They were never meant to be seen.',
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
    original: 'Commands go through them.',
    ours: "Only selectors, `jQuery.ajax` and `jQuery.cleanData` are the page's.",
    why: 'One way to insert HTML for pages with and without jQuery. Replace `Sijax.process_html` instead.',
  },
  {
    what: '`data` in the third argument of `Sijax.request`',
    original: 'Python: it is changed. PHP: it replaces the fields of the call, which then never arrives.',
    ours: 'It is copied, and merged with the fields; text and `FormData` are, too.',
    why: 'A token against request forgery is sent this way.',
  },
  {
    what: 'An answer that is no list of commands, a login page for example',
    original: 'Nothing happens.',
    ours: '`not-a-sijax-response` is reported beside the `error` handler.',
    why: 'It is the most frequent mistake, and nobody could see it.',
  },
  {
    what: 'Requests without jQuery',
    original: 'There is always jQuery.',
    ours: 'Handlers get the XMLHttpRequest in the place of the jqXHR, and these settings count: `url`, `type` or `method`, `data`, `dataType`, `headers`, `contentType`, `cache`, `async`, `timeout`, `xhrFields`, `context`, `beforeSend`, `success`, `error` and `complete`.',
    why: 'It is what pages use of it.',
  },
  {
    what: 'Comet calls',
    original: 'A hidden form is posted into a hidden frame, of which the scripts run.',
    ours: 'Fetch or XHR read the answer, and take the commands out of its scripts: any other code there does not run. Where a policy forbids both, a frame is used as before.',
    why: 'Function names may have dots, strings may hold `</script>`, and calls can be stopped: `sjxComet.request` returns `{ abort }`, and takes `{ data, headers }` as a third argument.',
  },
  {
    what: 'Uploads',
    original: 'The browser posts the form into a hidden frame, of which the scripts run.',
    ours: 'On a submit event XHR sends it and tells of the progress by `sjxUpload:progress` events; any other code in the answer does not run. A form of another origin, or one sent by `form.submit()`, goes into the frame as before.',
    why: 'Visitors see how far their upload is.',
  },
  {
    what: 'An upload form without `action`',
    original:
      'It is sent to the page that it stands in, as browsers now read the code that was to prevent this.',
    ours: 'It is sent to the request URI, like every call.',
    why: 'It is what the original was written to do.',
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
    original: 'Tab and Enter run what was selected before.',
    ours: 'They do what they always do. Only the arrow down opens the list again.',
    why: 'A form could not be left or sent.',
  },
  {
    what: '`sjxSuggest` beyond `registerSuggestField` and `processResponse`',
    original: 'Its inner functions and variables are there for everyone.',
    ours: 'They are not.',
    why: 'Servers call these two.',
  },
];
