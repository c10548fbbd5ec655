// Every format under the laws of formats.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { eventStream } from '../../src/formats/event-stream.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { json } from '../../src/formats/json.ts';
import { scriptTags } from '../../src/formats/script-tags.ts';
import { text } from '../../src/formats/text.ts';
import { sijaxFormat } from '../../src/sijax/wire/sijax-wire.ts';
import { jsonLinesTranscripts } from '../wire/json-lines/transcripts.ts';
import { jsonTranscripts } from '../wire/json/transcripts.ts';
import { frameTranscripts } from '../wire/script-tags/frames.ts';
import { ownTranscripts } from '../wire/script-tags/own.ts';
import { sijaxTranscripts } from '../wire/script-tags/sijax.ts';
import { sijaxAnswers } from '../wire/sijax/transcripts.ts';
import { textTranscripts } from '../wire/text/transcripts.ts';
import { formatLaws, type FormatSubject } from './format-laws.ts';
import { message } from './record-sink.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const jsonFragments = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  ',',
  ':',
  '\n',
  '\r',
  '\x1e',
  '"id":',
  '"data":1',
  '1',
  '\ud83d',
];

const subjects: readonly FormatSubject[] = [
  {
    format: eventStream,
    transcripts: [
      {
        name: 'a comment, an event, an id alone',
        text: ': hi\n\nid: 1\nevent: tick\ndata: a\ndata: b\n\nid: 2\n\ndata\n\ndata: lost',
        gives: [['id', '1'], message('a\nb', 'tick', '1'), ['id', '2'], message('', 'message', '2')],
      },
    ],
    say: (data) => `data: ${data}\n\n`,
    body: (messages) => [messages.join('')],
    idAlone: 'id: 1\n\n',
    fragments: ['\n', '\r', '\r\n', ':', 'data', 'id', 'event', 'retry: 1', '\0', '\ufeff'],
  },
  {
    format: jsonLines,
    transcripts: jsonLinesTranscripts,
    say: (data) => JSON.stringify(data),
    body: (messages) => [messages.join('\n')],
    unreadable: '{"a":',
    fragments: jsonFragments,
  },
  {
    format: json,
    transcripts: jsonTranscripts,
    say: (data) => JSON.stringify(data),
    body: (messages) => [`[${messages.join()}]`],
    unreadable: '{"a":tru}',
    fragments: jsonFragments,
  },
  {
    format: scriptTags,
    transcripts: [...ownTranscripts, ...sijaxTranscripts, ...frameTranscripts],
    say: (data) => JSON.stringify(data),
    body: (messages) => [
      messages.map((argument) => `<script>parent.enckeReceive(${argument})</script>`).join(''),
    ],
    unreadable: '{"a":tru}',
    fragments: [
      ...jsonFragments,
      '<',
      '>',
      '<script',
      '<script>',
      '</script>',
      '<!--',
      '-->',
      'a.b',
      '(',
      ')',
      'e("',
      ';',
    ],
  },
  {
    format: sijaxFormat,
    transcripts: sijaxAnswers,
    say: (data) => JSON.stringify([data]),
    body: (messages) => [
      messages.map((list) => `<script>window.parent.Sijax.processCommands(${list});</script>`).join(''),
    ],
    unreadable: '[{a:1}]',
    fragments: [
      ...jsonFragments,
      '<',
      '<script>',
      '</script>',
      'Sijax.processCommands(',
      'parent.sjxUpload.processResponse("f",',
      '[{"type":"a"}]',
      ')',
      ';',
    ],
  },
  {
    format: text,
    transcripts: textTranscripts,
    say: (data) => data,
    body: (messages) => messages,
    chunkIsMessage: true,
    fragments: ['\ud83d', '\ude80', ''],
  },
];

for (const subject of subjects) {
  formatLaws(subject, () => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  });
}
