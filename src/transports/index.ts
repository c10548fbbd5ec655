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
 * - XHR second: it sees and carries the same where fetch cannot stream, but late: Chromium and Firefox tell of
 *   progress at most once per 50 ms (27 ms of latency in the median, against 0.5 ms).
 * - EventSource third: as fast as fetch, but it sees no status and no comment and carries GET only. A 500 that closes
 *   the subscription is worse than a late message.
 * - htmlfile then: it needs a server that writes scripts.
 * - Long polling and polling: they work wherever a page can load anything, at the price of a request per answer.
 * - The iframe last: it sees least of all, and a frame that is sent something else than HTML may offer it as a download.
 */
export const ladder: readonly Transport[] = [
  fetchStream,
  xhrStream,
  eventSource,
  htmlFile,
  longPoll,
  poll,
  iframe,
];

export { eventSource, fetchStream, htmlFile, iframe, longPoll, poll, xhrStream };
