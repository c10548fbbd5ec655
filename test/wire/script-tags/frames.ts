// What the htmlfile transports of Orbited and SockJS send.

import { message } from '../../contracts/record-sink.ts';
import { withCrlf, type Transcript } from '../transcript.ts';

const orbited: Transcript = {
  name: 'Orbited htmlfile',
  text:
    `<html><head><!-- ${'.'.repeat(256)} -->\n<script src="../static/HTMLFileFrame.js"></script></head><body>` +
    '<script>e([[0,"open",null]])</script><script>h();</script>' +
    '<script>e([[1,"data","aGVsbG8="],[2,"data","d29ybGQ="]])</script><script>h();</script>' +
    '<script>e([[3,"close"]])</script>',
  gives: [
    message([[0, 'open', null]], 'e'),
    message(
      [
        [1, 'data', 'aGVsbG8='],
        [2, 'data', 'd29ybGQ='],
      ],
      'e',
    ),
    message([[3, 'close']], 'e'),
  ],
};

/** The head is a page of its own: a script that sets things up, padded to a kilobyte. */
const sockJsHead = `<!doctype html>
<html><head>
  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
</head><body><h2>Don't panic!</h2>
  <script>
    document.domain = document.domain;
    var c = parent._jp.a1b2c3;
    c.start();
    function p(d) {c.message(d);};
    window.onload = function() {c.stop();};
  </script>
`;

const sockJs: Transcript = {
  name: 'SockJS htmlfile',
  text:
    `${sockJsHead}${' '.repeat(1_024 - sockJsHead.length)}\r\n\r\n` +
    '<script>\np("o");\n</script>\r\n<script>\np("a[\\"hello\\",\\"(world\\"]");\n</script>\r\n' +
    '<script>\np("h");\n</script>\r\n<script>\np("c[3000,\\"Go away!\\"]");\n</script>\r\n',
  gives: [
    message('o', 'p'),
    message('a["hello","(world"]', 'p'),
    message('h', 'p'),
    message('c[3000,"Go away!"]', 'p'),
  ],
};

export const frameTranscripts: readonly Transcript[] = [orbited, withCrlf(orbited), sockJs, withCrlf(sockJs)];
