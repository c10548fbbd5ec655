// The ladder: every transport, best first.

import { eventSource } from './event-source.ts';
import { fetchStream } from './fetch-stream.ts';
import { htmlFile } from './htmlfile.ts';
import { iframe } from './iframe.ts';
import { longPoll } from './long-poll.ts';
import { poll } from './poll.ts';
import type { Transport } from './transport.ts';
import { xhrStream } from './xhr-stream.ts';

/**
 * - fetch first: it sees statuses, headers and comments, carries any method, header and body, and is the fastest.
 * - XHR second: it sees and carries the same, where fetch cannot stream or a page has replaced it. It is slower in
 *   Chromium (progress at most once per 50 ms) and keeps the whole text.
 * - EventSource third: it sees no status and no comment and carries GET only, but where the two above cannot work
 *   it is a stream still, and the browser's network code behind it is another one.
 * - htmlfile and the iframe then: they need a server that writes scripts; the iframe sees least of all.
 * - Long polling and polling last: they work wherever a page can load anything, at the price of a request per answer.
 */
export const ladder: readonly Transport[] = [
  fetchStream,
  xhrStream,
  eventSource,
  htmlFile,
  iframe,
  longPoll,
  poll,
];

export { eventSource, fetchStream, htmlFile, iframe, longPoll, poll, xhrStream };
