// JSON lines as servers send them.

import { message } from '../../contracts/record-sink.ts';
import { withCrlf, type Transcript } from '../transcript.ts';

const withLineFeeds: readonly Transcript[] = [
  {
    name: 'bare values of every kind',
    text: '{"a":1}\n[1,2]\n"three"\n4\ntrue\nnull\n',
    gives: [message({ a: 1 }), message([1, 2]), message('three'), message(4), message(true), message(null)],
  },
  {
    name: 'envelopes, the last line without its end',
    text: '{"id":"1","event":"tick","data":{"n":1}}\n{"id":2,"data":"two"}\n{"event":"end","data":null}',
    gives: [
      ['id', '1'],
      message({ n: 1 }, 'tick', '1'),
      ['id', '2'],
      message('two', 'message', '2'),
      message(null, 'end', '2'),
    ],
  },
  {
    name: 'blank lines and spaces as heartbeats',
    text: '\n\n   \n1\n \t \n\n  2  \n',
    gives: [message(1), message(2)],
  },
  {
    name: 'a broken line between good ones',
    text: '{"n":1}\n{"n":\n{"n":3}\n',
    gives: [message({ n: 1 }), ['problem', 'malformed', '{"n":'], message({ n: 3 })],
  },
  {
    name: 'a reconnection time, an id that cannot travel in a header, ids of other types',
    text:
      '{"id":"1","data":0,"retry":5000}\n{"id":"a\\nb","data":1}\n{"id":null,"event":"x","data":2}\n' +
      '{"event":"","id":"3","data":3,"retry":"soon"}\n{"event":7,"id":"","data":4,"retry":-1}\n',
    gives: [
      ['retry', 5000],
      ['id', '1'],
      message(0, 'message', '1'),
      message(1, 'message', '1'),
      message(2, 'x', '1'),
      ['id', '3'],
      message(3, 'message', '3'),
      ['id', ''],
      message(4, 'message', ''),
    ],
  },
];

export const jsonLinesTranscripts: readonly Transcript[] = [
  ...withLineFeeds,
  ...withLineFeeds.map(withCrlf),
  {
    name: 'a byte order mark before the first line',
    text: '\ufeff{"a":1}\n',
    gives: [message({ a: 1 })],
  },
  {
    name: 'records of RFC 7464, one of them cut short by its server',
    text: '\x1e{"n":1}\n\x1e\x1e{"n":2}\n\x1e{"n":\x1e{"n":4}\n',
    gives: [message({ n: 1 }), message({ n: 2 }), ['problem', 'malformed', '{"n":'], message({ n: 4 })],
  },
  {
    name: 'text beyond ASCII, and ends of line that are none in JSON lines',
    text: '"a\u2028b\u2029c"\n"žluťoučký \ud83d\ude80"\n',
    gives: [message('a\u2028b\u2029c'), message('žluťoučký \ud83d\ude80')],
  },
  {
    name: 'messages carry the id known before',
    text: '1\n{"id":"6","data":2}\n',
    gives: [message(1, 'message', '5'), ['id', '6'], message(2, 'message', '6')],
    options: { lastEventId: '5' },
  },
  {
    name: 'lines about the limit',
    text: '"12345678"\n"123456789"\n"1234567"',
    gives: [message('12345678'), ['problem', 'too-large', '"123456789'], message('1234567')],
    options: { maxMessageSize: 10 },
  },
  {
    name: 'keys that mean something to JavaScript',
    text: '{"__proto__":{"event":"x"},"data":1}\n{"constructor":1,"id":"1","data":2}\n',
    gives: [
      message(JSON.parse('{"__proto__":{"event":"x"},"data":1}')),
      message({ constructor: 1, id: '1', data: 2 }),
    ],
  },
  { name: 'nothing', text: '', gives: [] },
];
