// The seven techniques: what each card says, and where it connects.

import { eventSource, fetchStream, htmlFile, iframe, longPoll, poll, xhrStream } from '/dist/index.js';

/** How often the poll card asks, in milliseconds. */
export const POLL_INTERVAL = 2000;

/**
 * Best first, in the order of the library's own ladder.
 *
 * - `own`: on the page's own origin. The iframe can be read there only; EventSource keeps it company. The others
 *   go to the second port, so that six connections per origin are enough.
 * - `options`: what its code names beside the transport.
 */
export const techniques = [
  {
    transport: fetchStream,
    exported: 'fetchStream',
    title: 'fetch streaming',
    what: 'The body of one fetch, read while it arrives. Any method, headers and statuses: the first choice.',
  },
  {
    transport: xhrStream,
    exported: 'xhrStream',
    title: 'XHR streaming',
    what: 'The text of one XMLHttpRequest, read while it grows. For places where fetch cannot stream.',
  },
  {
    transport: eventSource,
    exported: 'eventSource',
    title: 'EventSource',
    what: 'The browser’s own reader of event streams. It sees GET only, and neither status nor headers: a refusal may pass.',
    own: true,
    options: { retry: ({ delay }) => delay },
  },
  {
    transport: htmlFile,
    exported: 'htmlFile',
    title: 'htmlfile',
    what: 'Streamed script tags, found by the browser’s HTML parser in a page off screen. Nothing is run.',
  },
  {
    transport: iframe,
    exported: 'iframe',
    title: 'hidden iframe',
    what: 'An endless page in a hidden frame, whose scripts call this one. For where nothing but a page gets through.',
    own: true,
  },
  {
    transport: longPoll,
    exported: 'longPoll',
    title: 'long polling',
    what: 'The server answers when it has something to say, and is asked again at once. No proxy can hold it back.',
  },
  {
    transport: poll,
    exported: 'poll',
    title: 'polling',
    what: `Asked every ${POLL_INTERVAL / 1000} seconds. It works anywhere, and is late by half of that.`,
    options: { pollInterval: POLL_INTERVAL },
  },
];
