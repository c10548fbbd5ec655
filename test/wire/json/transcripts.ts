// Whole JSON documents as long polling and polling servers send them.

import { message } from '../../contracts/record-sink.ts';
import { withCrlf, type Transcript } from '../transcript.ts';

const prettyPrinted: Transcript = {
  name: 'an array of envelopes, pretty-printed',
  text: '\n[\n  { "id": "1", "event": "tick", "data": [1, { "a": "],[" }] },\n  { "id": "2", "data": "\\"" }\n]\n',
  gives: [['id', '1'], message([1, { a: '],[' }], 'tick', '1'), ['id', '2'], message('"', 'message', '2')],
};

export const jsonTranscripts: readonly Transcript[] = [
  prettyPrinted,
  withCrlf(prettyPrinted),
  {
    name: 'an array of bare values',
    text: '[1,"two",[3],{"four":4},true,null]',
    gives: [message(1), message('two'), message([3]), message({ four: 4 }), message(true), message(null)],
  },
  { name: 'one envelope', text: '{"event":"tick","data":1}', gives: [message(1, 'tick')] },
  { name: 'one object', text: ' {"a":[1,2]} ', gives: [message({ a: [1, 2] })] },
  { name: 'one number, after a byte order mark', text: '\ufeff\n 42\n', gives: [message(42)] },
  { name: 'an array after a byte order mark', text: '\ufeff[42]', gives: [message(42)] },
  { name: 'an empty body', text: '', gives: [] },
  { name: 'a blank body', text: ' \r\n\t', gives: [] },
  { name: 'an empty array', text: ' [ ] ', gives: [] },
  { name: 'one empty array in another', text: '[[]]', gives: [message([])] },
  {
    name: 'a broken element between good ones',
    text: '[1,{"a":tru},3]',
    gives: [message(1), ['problem', 'malformed', '{"a":tru}'], message(3)],
  },
  {
    name: 'an element too long between good ones',
    text: '["1234567","12345678",{"a":"[,"},["x","yz"],"ok"]',
    gives: [
      message('1234567'),
      ['problem', 'too-large', '"12345678'],
      ['problem', 'too-large', '{"a":"[,"'],
      ['problem', 'too-large', '["x","yz"'],
      message('ok'),
    ],
    options: { maxMessageSize: 9 },
  },
  {
    name: 'brackets that do not fit',
    text: '[1,2},3]',
    gives: [message(1), ['problem', 'malformed', '2}'], message(3)],
  },
  {
    name: 'something between an element and its comma',
    text: '[{"a":1} x,[2]}, {"b":3} {"c":4} ,5]',
    gives: [
      message({ a: 1 }),
      ['problem', 'malformed', '} x'],
      message([2]),
      ['problem', 'malformed', '}}'],
      message({ b: 3 }),
      ['problem', 'malformed', '} {"c":4}'],
      message(5),
    ],
  },
  {
    name: 'an array that is not closed, behind an element',
    text: '[[1],{"a":2}',
    gives: [message([1]), message({ a: 2 }), ['problem', 'malformed', '[']],
  },
  {
    name: 'a line end inside a string',
    text: '[1,"a\nb",3]',
    gives: [message(1), ['problem', 'malformed', '"a\nb"'], message(3)],
  },
  {
    name: 'an array that is not closed',
    text: '[1,{"a":2',
    gives: [message(1), ['problem', 'malformed', '[{"a":2']],
  },
  {
    name: 'an array cut between elements',
    text: '[1, ',
    gives: [message(1), ['problem', 'malformed', '[']],
  },
  { name: 'text behind the array', text: '[1] 2', gives: [message(1), ['problem', 'malformed', '] 2']] },
  { name: 'two documents', text: '{"a":1}{"a":2}', gives: [['problem', 'malformed', '{"a":1}{"a":2}']] },
  {
    name: 'a page instead of JSON',
    text: '<!doctype html>\n<title>502</title>',
    gives: [['problem', 'malformed', '<!doctype html>\n<title>502</title>']],
  },
  {
    name: 'a document too long',
    text: '{"a":"1234567890"}',
    gives: [['problem', 'too-large', '{"a":"1234']],
    options: { maxMessageSize: 10 },
  },
];
