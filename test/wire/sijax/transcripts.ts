// What Sijax backends answer, beside the well-formed streams of ../script-tags/sijax.ts.

import { message } from '../../contracts/record-sink.ts';
import { withCrlf, type Transcript } from '../transcript.ts';
import { sijaxTranscripts as scripts } from '../script-tags/sijax.ts';

const commands = [
  {
    type: 'html',
    selector: '#a',
    html: '<b>žluť</b> <script>Sijax.processCommands([1])</script>',
    setType: 'append',
  },
  { type: 'alert', alert: 'quote " and backslash \\ and [bracket' },
];

/** The separators of Python's json, nothing escaped beyond what JSON asks for. */
const list = JSON.stringify(commands);

/** Without a script in it, which behind other text would be one of a page. */
const plain = JSON.stringify(commands.slice(1));

const notice = '<br />\n<b>Notice</b>:  Undefined index: a[0] in <b>/srv/a.php</b> on line <b>3</b><br />\n';

const signIn =
  '<!doctype html>\n<html><head><title>Sign in [1]</title><script>init({a:1});track("x", [2])</script></head>' +
  '<body><form action="/login"></form></body></html>\n';

/** The streams, told apart from their answers by one event alone. */
const streams = scripts.map((transcript): Transcript => ({
  ...transcript,
  gives: transcript.gives.map((call) =>
    call[0] === 'message' ? message(listOf(call[1].event, call[1].data)) : call,
  ),
}));

const answers: readonly Transcript[] = [
  { name: 'a list of Python', text: list, gives: [message(commands)] },
  {
    name: 'a list of PHP',
    text: '[{"type":"html","selector":"#a","html":"\\u017elu\\u0165 <\\/b>","setType":"replace"}]',
    gives: [message([{ type: 'html', selector: '#a', html: 'žluť </b>', setType: 'replace' }])],
  },
  {
    name: 'a list behind a byte order mark and blanks',
    text: `\ufeff \r\n\t${list}\n\n`,
    gives: [message(commands)],
  },
  { name: 'a list without commands', text: '[]', gives: [message([])] },
  {
    name: 'a list with numbers that are not JSON',
    text: '[{"type":"call","call":"plot","params":[NaN,-Infinity,Infinity,"NaN"]}]',
    gives: [message([{ type: 'call', call: 'plot', params: [null, null, null, 'NaN'] }])],
  },
  { name: 'nothing', text: '', gives: [] },
  { name: 'blanks', text: ' \n\n', gives: [] },
  {
    name: 'a comet function of Python that says nothing',
    text: `\n<script type='text/javascript'></script>\n\n${'\n'.repeat(40)}`,
    gives: [],
  },
  {
    name: 'an upload function of PHP that says nothing',
    text: "<script type='text/javascript'>\n</script>",
    gives: [],
  },
  {
    name: 'a list behind a notice of PHP',
    text: `${notice}${plain}`,
    gives: [['problem', 'malformed', notice], message([commands[1]])],
  },
  {
    name: 'a list behind a notice without markup',
    text: `Notice: Cannot use [] here, nor [{"a" in /srv/a.php\n${plain}\n`,
    gives: [
      ['problem', 'malformed', 'Notice: Cannot use [] here, nor [{"a" in /srv/a.php\n'],
      message([commands[1]]),
    ],
  },
  {
    name: 'a list behind a line that begins like one',
    text: `[21-Nov-2026] PHP Notice\n${list}`,
    gives: [['problem', 'malformed', '[21-Nov-2026] PHP Notice\n'], message(commands)],
  },
  {
    name: 'scripts of others in the page of a stream',
    text:
      `<!doctype html>${notice}<script>init({a:1})</script><script>parent.Sijax.processCommands([1]);track("x")</script>` +
      '<script>parent.sjxUpload.processResponse("f",[2])</script><script>news({"id":"1","data":3})</script>',
    gives: [message([1]), message([2])],
  },
  {
    name: 'a list that cannot be read between good ones',
    text:
      '<script>Sijax.processCommands([1])</script><script>window.parent.Sijax.processCommands([{a:1}])</script>' +
      '<script>Sijax.processCommands([3])</script>',
    gives: [
      message([1]),
      ['problem', 'malformed', 'window.parent.Sijax.processCommands([{a:1}]'],
      message([3]),
    ],
  },
  {
    name: 'calls without a list',
    text: '<script>Sijax.processCommands({"a":1});sjxUpload.processResponse("f");Sijax.processCommands()</script>',
    gives: [
      ['problem', 'malformed', '{"a":1}'],
      ['problem', 'malformed', '"f"'],
    ],
  },
  {
    name: 'nothing but a call that cannot be read',
    text: '<script>Sijax.processCommands([{a:1}])</script>',
    gives: [['problem', 'malformed', 'Sijax.processCommands([{a:1}]']],
  },
  {
    name: 'a stream that ends inside a call',
    text: '<script>Sijax.processCommands([1])</script><script>Sijax.processCommands([2',
    gives: [message([1]), ['problem', 'malformed', 'Sijax.processCommands([2']],
  },
  {
    name: 'a page to sign in',
    text: signIn,
    gives: [['failed', 'not-a-sijax-response', signIn.trim().slice(0, 200)]],
  },
  {
    name: 'a page that talks of our calls',
    text: '<p>Sijax.processCommands([1])</p>',
    gives: [['failed', 'not-a-sijax-response', '<p>Sijax.processCommands([1])</p>']],
  },
  {
    name: 'an object',
    text: '{"error":"[]"}',
    gives: [['failed', 'not-a-sijax-response', '{"error":"[]"}']],
  },
  { name: 'text', text: '  Forbidden\n', gives: [['failed', 'not-a-sijax-response', 'Forbidden']] },
  {
    name: 'a list that is not closed',
    text: list.slice(0, -1),
    gives: [['failed', 'not-a-sijax-response', list.slice(0, -1).slice(0, 200)]],
  },
  {
    name: 'a list that is not closed behind an argument',
    text: '[{"type":"call","call":"a","params": [{"type":"alert","alert":"b"}]',
    gives: [
      [
        'failed',
        'not-a-sijax-response',
        '[{"type":"call","call":"a","params": [{"type":"alert","alert":"b"}]',
      ],
    ],
  },
  { name: 'text behind a list', text: '[] done', gives: [['failed', 'not-a-sijax-response', '[] done']] },
  {
    name: 'a list that is too long',
    text: '[{"type":"a"}]',
    gives: [['failed', 'too-large', '[{"type":"']],
    options: { maxMessageSize: 10 },
  },
  {
    name: 'a page that is too long',
    text: '<!doctype html>',
    gives: [['failed', 'not-a-sijax-response', '<!doctype']],
    options: { maxMessageSize: 10 },
  },
  {
    name: 'calls about the limit',
    text: '<script>Sijax.processCommands([1234567]);Sijax.processCommands([12345678])</script>  ',
    gives: [message([1_234_567]), ['problem', 'too-large', '[12345678]'.slice(0, 9)]],
    options: { maxMessageSize: 9 },
  },
];

export const sijaxAnswers: readonly Transcript[] = [
  ...streams,
  ...answers,
  ...answers.slice(0, 9).map(withCrlf),
];

function listOf(event: string, data: unknown): unknown {
  return event.startsWith('sjxUpload') ? (data as readonly unknown[])[1] : data;
}
