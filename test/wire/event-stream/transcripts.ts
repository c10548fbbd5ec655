// Event streams as servers send them, and the corners of the grammar.

import { message, type SinkCall } from '../../contracts/record-sink.ts';
import { type Transcript } from '../transcript.ts';

const withLineFeeds: readonly Transcript[] = [
  {
    name: 'tokens of one data line each',
    text: 'data: {"delta":"a"}\n\ndata: {"delta":"b"}\n\ndata: [DONE]\n\n',
    gives: [message('{"delta":"a"}'), message('{"delta":"b"}'), message('[DONE]')],
  },
  {
    name: 'every field',
    text: ': hello\nretry: 2500\nid: 7\nevent: tick\ndata: first\ndata: second\n\n',
    gives: [['retry', 2500], ['id', '7'], message('first\nsecond', 'tick', '7')],
  },
  {
    name: 'many data lines, the space behind the colon there and not there',
    text: 'data: one\ndata:two\ndata:  three\ndata\ndata:\ndata: \ndata: seven\n\n',
    gives: [message('one\ntwo\n three\n\n\n\nseven')],
  },
  {
    name: 'comments and blank lines give nothing',
    text: ': keep-alive\n\n:\n\n\n\n:data: no\n\n',
    gives: [],
  },
  {
    name: 'an empty first data line is kept',
    text: 'data:\ndata: a\n\ndata\ndata: b\n\n',
    gives: [message('\na'), message('\nb')],
  },
  {
    name: 'a block whose data is one empty line gives an empty message, two give a line feed',
    text: 'data\n\ndata\ndata\n\ndata:\n\n',
    gives: [message(''), message('\n'), message('')],
  },
  {
    name: 'an incomplete last block is dropped',
    text: 'data: kept\n\nid: 9\nevent: late\ndata: lost\n',
    gives: [message('kept')],
  },
  {
    name: 'an incomplete last line is dropped',
    text: 'data: kept\n\ndata: lost',
    gives: [message('kept')],
  },
  {
    name: 'the end completes the last block where a flush is wanted',
    text: 'id: 1\ndata: a\n\nid: 2\nevent: last\ndata: b\ndata: c',
    gives: [['id', '1'], message('a', 'message', '1'), ['id', '2'], message('b\nc', 'last', '2')],
    options: { flush: true },
  },
  {
    name: 'the end completes a last line without a value where a flush is wanted',
    text: 'data: a\ndata',
    gives: [message('a\n')],
    options: { flush: true },
  },
  {
    name: 'a flush finds nothing behind a complete block',
    text: 'data: a\n\n',
    gives: [message('a')],
    options: { flush: true },
  },
  {
    name: 'an id holds until the next one, an empty one clears it',
    text: 'id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\nid: 2\ndata: d\n\nid:\ndata: e\n\ndata: f\n\n',
    gives: [
      ['id', '1'],
      message('a', 'message', '1'),
      message('b', 'message', '1'),
      ['id', ''],
      message('c'),
      ['id', '2'],
      message('d', 'message', '2'),
      ['id', ''],
      message('e'),
      message('f'),
    ],
  },
  {
    name: 'an id counts at the blank line, also without data',
    text: 'id: 1\n\ndata: a\n\nid: 2\n',
    gives: [['id', '1'], message('a', 'message', '1')],
  },
  {
    name: 'the last id of a block counts',
    text: 'id: 1\ndata: a\nid: 2\n\n',
    gives: [['id', '2'], message('a', 'message', '2')],
  },
  {
    name: 'an id with NULL in it is ignored',
    text: 'id: 1\ndata: a\n\nid: 2\0\ndata: b\n\nid: 3\nid: \0\ndata: c\n\n',
    gives: [
      ['id', '1'],
      message('a', 'message', '1'),
      message('b', 'message', '1'),
      ['id', '3'],
      message('c', 'message', '3'),
    ],
  },
  {
    name: 'an id outside ASCII',
    text: 'id: ✓\ndata: ok\n\n',
    gives: [['id', '✓'], message('ok', 'message', '✓')],
  },
  {
    name: 'messages carry the id the connection began with',
    text: 'data: a\n\ndata: b\ndata: c\n\nid: 6\ndata: d\n\n',
    gives: [
      message('a', 'message', '5'),
      message('b\nc', 'message', '5'),
      ['id', '6'],
      message('d', 'message', '6'),
    ],
    options: { lastEventId: '5' },
  },
  {
    name: 'the name of an event holds for its block, the last one counts, an empty one is none',
    text:
      'event: a\ndata: 1\n\ndata: 2\n\nevent: b\nevent: c\ndata: 3\n\nevent: d\nevent\ndata: 4\n\n' +
      'event: e\nevent:\ndata: 5\n\nevent: lost\n\ndata: 6\n\nevent:f\ndata:7\n\nevent:  g \ndata: 8\n\n',
    gives: [
      message('1', 'a'),
      message('2'),
      message('3', 'c'),
      message('4'),
      message('5'),
      message('6'),
      message('7', 'f'),
      message('8', ' g '),
    ],
  },
  {
    name: 'retry takes ASCII digits and nothing else',
    text:
      'retry: 10\nretry:20\nretry: 10abc\nretry: -1\nretry: 1.5\nretry: 1e3\nretry:  30\nretry: 40 \nretry\nretry:\n' +
      'retry: ٣\nretry: 007\n\n',
    gives: [
      ['retry', 10],
      ['retry', 20],
      ['retry', 7],
    ],
  },
  {
    name: 'unknown fields are ignored, names are compared exactly',
    text: 'Data: a\ndat: b\ndatas: c\n data: d\ndata : e\nid : f\neventx: g\nnonsense\nRETRY: 1\n\ndata: ok\n\n',
    gives: [message('ok')],
  },
  {
    name: 'one byte order mark at the very start is no part of the stream, another one is',
    text: '\ufeffdata: a\n\n\ufeffdata: b\n\ndata: \ufeffc\n\n',
    gives: [message('a'), message('\ufeffc')],
  },
  {
    name: 'a second byte order mark belongs to the first line',
    text: '\ufeff\ufeffdata: a\n\ndata: b\n\n',
    gives: [message('b')],
  },
  {
    name: 'colons and other separators inside a value',
    text: 'data: a: b:c\ndata::\ndata: \u2028\u2029\u0085\v\f\n\n',
    gives: [message('a: b:c\n:\n\u2028\u2029\u0085\v\f')],
  },
  {
    name: 'text of many bytes and of two code units',
    text: 'event: κομήτης\ndata: 彗星 ☄️ 🌠\n\n',
    gives: [message('彗星 ☄️ 🌠', 'κομήτης')],
  },
  {
    name: 'blank lines before and between blocks',
    text: '\n\n\ndata: a\n\n\n\n\ndata: b\n\n',
    gives: [message('a'), message('b')],
  },
  {
    name: 'lines longer than a short chunk, in every field',
    text: `: ${'c'.repeat(40)}\nid: ${'i'.repeat(40)}\nevent: ${'e'.repeat(40)}\n${'u'.repeat(40)}\ndata: ${'d'.repeat(40)}\n\n`,
    gives: [['id', 'i'.repeat(40)], message('d'.repeat(40), 'e'.repeat(40), 'i'.repeat(40))],
  },
  {
    name: 'a message of just the greatest size',
    text: `data: ${'x'.repeat(30)}\n\ndata:${'y'.repeat(30)}\n\ndata: ${'z'.repeat(14)}\ndata: ${'z'.repeat(15)}\n\n`,
    gives: [
      message('x'.repeat(30)),
      message('y'.repeat(30)),
      message(`${'z'.repeat(14)}\n${'z'.repeat(15)}`),
    ],
    options: { maxMessageSize: 30 },
  },
  {
    name: 'a line one character too long costs its message, its id still counts',
    text: `data: a\n\nid: 1\ndata: ${'x'.repeat(31)}\ndata: more\nevent: e\n\ndata: b\n\n`,
    gives: [message('a'), tooLarge('x'.repeat(30)), ['id', '1'], message('b', 'message', '1')],
    options: { maxMessageSize: 30 },
  },
  {
    name: 'lines that are too long only together cost their message, reported once',
    text: `data: ${'x'.repeat(15)}\ndata: ${'y'.repeat(15)}\ndata: ${'z'.repeat(40)}\n\ndata: b\n\n`,
    gives: [tooLarge(`${'x'.repeat(15)}\n${'y'.repeat(14)}`), message('b')],
    options: { maxMessageSize: 30 },
  },
  {
    name: 'another field that is too long costs its message',
    text: `data: a\nid: ${'1'.repeat(60)}\ndata: b\n\nevent: ${'e'.repeat(60)}\ndata: c\n\n${'u'.repeat(60)}\n\ndata: d\n\n`,
    gives: [
      tooLarge(`a\nid: ${'1'.repeat(24)}`),
      tooLarge(`event: ${'e'.repeat(23)}`),
      tooLarge('u'.repeat(30)),
      message('d'),
    ],
    options: { maxMessageSize: 30 },
  },
  {
    name: 'a comment of any length costs nothing',
    text: `data: a\n: ${'c'.repeat(200)}\ndata: b\n\n`,
    gives: [message('a\nb')],
    options: { maxMessageSize: 30 },
  },
  {
    name: 'an endless line is reported once and the next block is read',
    text: `data: ${'x'.repeat(300)}\n\ndata: b\n\n`,
    gives: [tooLarge('x'.repeat(30)), message('b')],
    options: { maxMessageSize: 30 },
  },
];

/** Where carriage returns and line feeds differ or meet. */
const mixedLineEnds: readonly Transcript[] = [
  {
    name: 'all three line ends in one stream',
    text: 'data: a\r\rdata: b\n\ndata: c\r\n\r\ndata: d\r\n\ndata: e\n\r\ndata: f\r\ndata: g\rdata: h\n\r',
    gives: [message('a'), message('b'), message('c'), message('d'), message('e'), message('f\ng\nh')],
  },
  {
    name: 'a carriage return inside a stream of line feeds ends a line',
    text: 'data: a\rdata: b\ndata: c\n\ndata: d\n\nid: 1\rdata: e\n\r\n: note\rdata: f\n\n',
    gives: [
      message('a\nb\nc'),
      message('d'),
      ['id', '1'],
      message('e', 'message', '1'),
      message('f', 'message', '1'),
    ],
  },
  {
    name: 'a line feed behind a blank carriage return line ends no second block',
    text: 'data: a\r\n\r\n\r\ndata: b\r\r\n\r\n',
    gives: [message('a'), message('b')],
  },
  {
    name: 'a stream that ends with a carriage return',
    text: 'data: a\r\r',
    gives: [message('a')],
  },
];

export const eventStreamTranscripts: readonly Transcript[] = [
  ...withLineFeeds,
  ...withLineFeeds.map((transcript) => withLineEnd(transcript, '\r', 'CR')),
  ...withLineFeeds.map((transcript) => withLineEnd(transcript, '\r\n', 'CRLF')),
  ...mixedLineEnds,
];

function withLineEnd(transcript: Transcript, lineEnd: string, name: string): Transcript {
  const { text } = transcript;
  return { ...transcript, name: `${transcript.name}, with ${name}`, text: text.replaceAll('\n', lineEnd) };
}

function tooLarge(payload: string): SinkCall {
  return ['problem', 'too-large', payload];
}
