// What the comet plugins of Sijax send into their hidden frame, for Python and for PHP.

import { message, type SinkCall } from '../../contracts/record-sink.ts';
import { withCrlf, type Transcript } from '../transcript.ts';

const EVENT = 'Sijax.processCommands';
const EMPTY_BLOCK = "\n<script type='text/javascript'></script>\n\n";

const firstCommands = [
  { type: 'html', selector: '#progress', html: 'Batch 1 <b>žluťoučký</b>', setType: 'replace' },
];
const secondCommands = [
  { type: 'script', script: 'document.write("<script src=\'x.js\'></script>")' },
  { type: 'alert', alert: 'quote " and backslash \\ and (paren]' },
];

/** Python writes compact JSON, leaves everything beyond ASCII as it is, and does not escape `</script>`. */
const python: Transcript = {
  name: 'Sijax comet for Python',
  text: EMPTY_BLOCK + '\n'.repeat(2_000) + pythonBlock(firstCommands) + pythonBlock(secondCommands),
  gives: [message(firstCommands, EVENT), message(secondCommands, EVENT)],
};

/** What Python's json module writes for floats that JSON does not have. */
const pythonNumbers: Transcript = {
  name: 'Sijax comet for Python, with numbers that are not JSON',
  text: pythonText(
    '[{"type":"call","call":"plot","params":[NaN,-Infinity,Infinity,"NaN and \\"Infinity\\""]}]',
  ),
  gives: [message([{ type: 'call', call: 'plot', params: [null, null, null, 'NaN and "Infinity"'] }], EVENT)],
};

/** PHP escapes slashes and everything beyond ASCII, and always says something at the end. */
const php: Transcript = {
  name: 'Sijax comet for PHP',
  text:
    phpBlock('[{"type":"html","selector":"#a","html":"\\u017elu\\u0165 <\\/script>","setType":"append"}]') +
    EMPTY_BLOCK +
    phpBlock('[{"type":"remove","remove":"#a"}]') +
    phpBlock('[]'),
  gives: [
    message([{ type: 'html', selector: '#a', html: 'žluť </script>', setType: 'append' }], EVENT),
    message([{ type: 'remove', remove: '#a' }], EVENT),
    message([], EVENT),
  ],
};

const upload: Transcript = {
  name: 'the answer to a Sijax upload',
  text:
    '<script type="text/javascript">window.parent.sjxUpload.processResponse("form-1", ' +
    '[{"type":"alert","alert":"done"}]);</script>',
  gives: [message(['form-1', [{ type: 'alert', alert: 'done' }]], 'sjxUpload.processResponse')],
};

const withPhpNotice: Transcript = {
  name: 'Sijax for PHP, with a notice of the interpreter in between',
  text: `<br />\n<b>Notice</b>:  Undefined index (a) in <b>/srv/x.php</b><br />\n${phpBlock('[]')}`,
  gives: [message([], EVENT)] satisfies SinkCall[],
};

export const sijaxTranscripts: readonly Transcript[] = [
  python,
  pythonNumbers,
  php,
  withCrlf(php),
  upload,
  withPhpNotice,
];

function pythonBlock(commands: unknown): string {
  return pythonText(JSON.stringify(commands));
}

function pythonText(json: string): string {
  const start = '\n        <script type="text/javascript">\n            ';
  return `${start}window.parent.Sijax.processCommands(${json});\n        </script>\n        `;
}

function phpBlock(json: string): string {
  const call = `window.parent.Sijax.processCommands(${json});`;
  return `\n\t\t<script type="text/javascript">\n\t\t\t${call}\n\t\t</script>`;
}
