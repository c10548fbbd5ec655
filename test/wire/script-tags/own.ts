// What our own server sends, and what the grammar allows or must survive.

import { message, type SinkCall } from '../../contracts/record-sink.ts';
import { withCrlf, type Transcript } from '../transcript.ts';

const anyLineEnd: readonly Transcript[] = [
  {
    name: 'envelopes for the default callback',
    text:
      '<script>parent.enckeReceive({"id":"7","event":"tick","data":{"n":1}})</script>\n' +
      '<script>parent.enckeReceive({"id":8,"data":"\\u003c/script>"})</script>\n',
    gives: [['id', '7'], message({ n: 1 }, 'tick', '7'), ['id', '8'], message('</script>', 'message', '8')],
  },
  {
    name: 'bare values: the event is the name called',
    text: '<script>parent.enckeReceive([1]); window.parent.app.news("x"); top.self.done(true, 2);</script>',
    gives: [message([1]), message('x', 'app.news'), message([true, 2], 'done')],
  },
  {
    name: 'an envelope without an event has the name called',
    text: '<script>news({"id":"1","data":2})</script>',
    gives: [['id', '1'], message(2, 'news', '1')],
  },
  {
    name: 'several calls in one block, wide spaces',
    text: '<script>\n\n  a ( \n\n 1 \n )\n;;b(2)\n\tc(\n[\n3\n]\n)\n</script >',
    gives: [message(1, 'a'), message(2, 'b'), message([3], 'c')],
  },
  {
    name: 'calls behind a guard',
    text: '<script>if (parent.a) parent.a(1);parent.b&&parent.b(2);try{ parent.c(3) }catch(e){}</script>',
    gives: [message(1, 'a'), message(2, 'b'), message(3, 'c')],
  },
  {
    name: 'what looks like a call but is none',
    text:
      '<script>function f(a) { g(a) } var x = h(1), y = new I(2); return j(3)\nk(function () { return 4 })\n' +
      '$(".a").html("x"); ok(5); l(); m( )</script>',
    gives: [message('.a', '$'), message(5, 'ok')],
  },
  {
    name: 'comments of HTML: of a block, in a block, empty ones',
    text:
      '<!-- a > b -- <script>a(1)</script> --><!--><script><!--\nb(2)\n//--></script><!---><script>c(3)</script>' +
      '<!--[if IE]><script>d(4)</script><![endif]-->',
    gives: [message(2, 'b'), message(3, 'c')],
  },
  {
    name: 'XHTML',
    text:
      '<?xml version="1.0"?><script type="text/javascript" src="x.js" /><script type="text/javascript">//<![CDATA[\n' +
      'a("1 < 2 && 3")\n//]]></script>',
    gives: [message('1 < 2 && 3', 'a')],
  },
  {
    name: 'start tags of every shape',
    text:
      '<SCRIPT>a(1)</SCRIPT><script\n  async\n>b(2)</script\n><script nonce="x>y" data-src="z">c(3)</script>' +
      "<script src='x.js'>d(4)</script><script type=module src = x.js>e(5)</script><scripted>f(6)</scripted>" +
      '<<script>g(7)</script>1 < 2 <script/defer>h(8)</script>',
    gives: [message(1, 'a'), message(2, 'b'), message(3, 'c'), message(7, 'g'), message(8, 'h')],
  },
  {
    name: 'a page without messages',
    text:
      '<!doctype html><html><head><title>Sign in (1)</title><style>a{b:c(1)}</style><script></script></head>' +
      '<body onload="start(1)"><p>call(2); {"a":1}</p><script src="app.js"></script></body></html>',
    gives: [],
  },
  {
    name: 'blocks of data, of which the type is none that a browser runs',
    text:
      '<script type="application/json">{"a":1}\na(1)</script><script type=text/template>b(2)</script>' +
      "<script id=x type='importmap'>\nc(3)</script><script/type=text/plain>d(4)</script>" +
      '<script TYPE = "text/javascript-later">e(5)</script><script type="text/javascript">f(6)</script>' +
      '<script type>g(7)</script><script type="">h(8)</script><script type=module>i(9)</script>' +
      "<script type=' Text/JScript '>j(10)</script><script data-type=json>k(11)</script>" +
      '<script type="text/javascript; charset=utf-8">l(12)</script>',
    gives: ['f', 'g', 'h', 'i', 'j', 'k', 'l'].map((event, index) => message(index + 6, event)),
  },
  {
    name: 'markup, quotes and parentheses inside strings',
    text: '<script>a("</script><script>b(1)</script>");c("\\")<!--", {"(":")]}"});d("\\\\")</script><p>',
    gives: [
      message('</script><script>b(1)</script>', 'a'),
      message(['")<!--', { '(': ')]}' }], 'c'),
      message('\\', 'd'),
    ],
  },
  {
    name: 'a call that is not closed in its block',
    text: '<script>a([1,2</script><script>b(3)</script>',
    gives: [['problem', 'malformed', 'a([1,2'], message(3, 'b')],
  },
  {
    name: 'JavaScript that is not JSON',
    text: "<script>a({b:1});c(2)</script><script>d('x')</script><script>e(3)</script>",
    gives: [['problem', 'malformed', 'a({b:1}'], ['problem', 'malformed', "d('x'"], message(3, 'e')],
  },
  {
    name: 'brackets that do not fit',
    text: '<script>a([1});b(2)</script><script>c(1])</script><script>d(3)</script>',
    gives: [['problem', 'malformed', 'a([1}'], ['problem', 'malformed', 'c(1'], message(3, 'd')],
  },
  {
    name: 'a quote that is not escaped, in blocks on one line',
    text: '<script>a("5" screen")</script><script>b("x")</script><script>c("y")</script>\n<script>d("z")</script>',
    gives: [
      ['problem', 'malformed', 'a("5" screen")</script><script>b("x")</script><script>c("y")</script>'],
      message('x', 'b'),
      message('y', 'c'),
      message('z', 'd'),
    ],
  },
  {
    name: 'two quotes that are not escaped, in blocks on one line',
    text: '<script>a("5" wide")</script><script>b("6" wide")</script><script>c("z")</script>',
    gives: [
      ['problem', 'malformed', 'a("5" wide")</script><script>b("6" wide"'],
      ['problem', 'malformed', 'b("6" wide")</script><script>c("z")</script>'],
      message('z', 'c'),
    ],
  },
  {
    name: 'a body that ends inside a call',
    text: '<script>a(1);b([2,',
    gives: [message(1, 'a'), ['problem', 'malformed', 'b([2,']],
  },
  {
    name: 'a body that ends inside a quote that swallowed a block',
    text: '<script>a("1</script><script>b(2)</script><script>c("3',
    gives: [
      ['problem', 'malformed', 'a("1</script><script>b(2)</script><script>c("3'],
      message(2, 'b'),
      ['problem', 'malformed', 'c("3'],
    ],
  },
  {
    name: 'arguments about the limit',
    text: '<script>a("12345678")</script><script>b("123456789");c([1,2,3,4,5]);d("</script>1");e(5)</script>',
    gives: [
      message('12345678', 'a'),
      ['problem', 'too-large', '"123456789'],
      ['problem', 'too-large', '[1,2,3,4,5'],
      ['problem', 'too-large', '"</script>'],
      message(5, 'e'),
    ],
    options: { maxMessageSize: 10 },
  },
];

const longName = 'n'.repeat(100);
const longTag = 'x'.repeat(980);

export const ownTranscripts: readonly Transcript[] = [
  ...anyLineEnd,
  ...anyLineEnd.filter(({ gives }) => gives.every(saysNoLineEnd)).map(withCrlf),
  {
    name: 'a line end inside a string, and a block behind it',
    text: '<script>a("1\n2(3)");</script><script>b(4)</script>',
    gives: [['problem', 'malformed', 'a("1'], message(4, 'b')],
  },
  {
    name: 'separators that are line ends to JavaScript of old',
    text: '<script>a("x\u2028y\u2029z", undefined, "undefined \\\u2028")</script>',
    gives: [['problem', 'malformed', 'a("x\u2028y\u2029z", undefined, "undefined \\\u2028"']],
  },
  {
    name: 'separators that are line ends, in JSON',
    text: '<script>a("x\u2028y\u2029z",undefined)</script>',
    gives: [message(['x\u2028y\u2029z', null], 'a')],
  },
  {
    name: 'a name and a tag as long as they may be, and one longer',
    text:
      `<script>${longName}(1);${longName}n(2);${' '.repeat(99)}a(3);${' '.repeat(100)}b(4)</script>` +
      `<script ${longTag}>c(5)</script><script ${longTag}${longTag}>d(6)</script>`,
    gives: [message(1, longName), message(3, 'a'), message(5, 'c')],
  },
];

/** An excerpt with a line end in it would be another one with CRLF. */
function saysNoLineEnd(call: SinkCall): boolean {
  return call[0] !== 'problem' || !call[2]?.includes('\n');
}
