// The standard's event streams, through `subscribe`: three carriers say the same, but for what docs/transports.md tells.

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type ReferenceServer, type Step } from '../server/server.ts';
import { bundle } from './bundle.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';
import type { Seen } from './page/event-stream.ts';

const CARRIERS = ['fetch-stream', 'xhr-stream', 'event-source'];
const ENGINES = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' };
const DATA = 'data: a\n\n';

interface Case {
  readonly what: string;
  readonly connections: readonly Step[][];
  /** Where it ends as `messages`. */
  readonly messages?: readonly string[];
  readonly end?: string;
}

const status = (code: number, end: string): Case => ({
  what: String(code),
  connections: [
    [
      {
        head: {
          status: code,
          headers: { 'Content-Type': 'text/event-stream', ...(code === 205 && { 'Content-Length': '0' }) },
        },
      },
      ...(/^(204|205|304)$/.test(String(code)) ? [] : [{ send: DATA }]),
    ],
  ],
  messages: ['message|a|'],
  end,
});

const type = (contentType: string, end: string): Case => ({
  what: contentType,
  connections: [[{ head: { headers: { 'Content-Type': contentType } } }, { send: DATA }]],
  messages: ['message|a|'],
  end,
});

const stream = (what: string, text: string, ...messages: string[]): Case => ({
  what,
  connections: [[{ send: text }]],
  messages,
  end: 'messages',
});

const redirect = (code: number): Case => ({
  what: `a redirect by ${String(code)}`,
  connections: [[{ head: { status: code, headers: { Location: '/scripted/target' } } }]],
  messages: ['message|a|'],
  end: 'messages',
});

const CASES: readonly Case[] = [
  status(200, 'messages'),
  status(204, 'done'),
  status(205, 'done'),
  status(210, 'messages'),
  status(299, 'messages'),
  status(304, 'retry'),
  ...[400, 401, 403, 404, 410].map((code) => status(code, 'fatal')),
  ...[500, 502, 503, 504].map((code) => status(code, 'retry')),
  ...[301, 302, 303, 307, 308].map(redirect),
  { what: 'a connection that is closed', connections: [[{ cut: 'fin' }]], end: 'retry' },
  { what: 'a connection that is reset', connections: [[{ cut: 'reset' }]], end: 'retry' },
  type('text/event-stream; charset=utf-8', 'messages'),
  type('text/event-stream;charset=windows-1252', 'messages'),
  type('TEXT/Event-Stream', 'messages'),
  type('text/event-stream, text/event-stream', 'messages'),
  type('text/html, text/event-stream', 'messages'),
  type('text/event-stream, text/html', 'fatal'),
  type('text/plain', 'fatal'),
  type('text/event-streams', 'fatal'),
  type('text/html', 'fatal'),
  stream('a byte order mark', '\ufeffdata: a\n\n', 'message|a|'),
  stream('two byte order marks', '\ufeff\ufeffdata: a\n\ndata: b\n\n', 'message|b|'),
  stream(
    'a byte order mark in the middle',
    'data: a\n\n\ufeffdata: b\n\ndata: c\n\n',
    'message|a|',
    'message|c|',
  ),
  stream('ids that last', 'id: 1\ndata: a\n\ndata: b\n\n', 'message|a|1', 'message|b|1'),
  stream('an id without data', 'id: 1\ndata: a\n\nid: 2\n\ndata: b\n\n', 'message|a|1', 'message|b|2'),
  stream(
    'an id that is cleared',
    'id: 1\ndata: a\n\nid\ndata: b\n\nid:\ndata: c\n\n',
    'message|a|1',
    'message|b|',
    'message|c|',
  ),
  stream(
    'an id with a null character',
    'id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n',
    'message|a|1',
    'message|b|1',
  ),
  stream('an id that is not ASCII', 'id: é…😀\ndata: a\n\n', 'message|a|é…😀'),
  stream(
    'names',
    'event: tick\ndata: a\n\nevent:\ndata: b\n\nevent: tick\n\ndata: c\n\n',
    'tick|a|',
    'message|b|',
    'message|c|',
  ),
  stream(
    'data of several lines',
    'data: a\ndata\ndata:b\n\ndata\n\ndata:  c\n\n',
    'message|a\n\nb|',
    'message||',
    'message| c|',
  ),
  stream('comments and unknown fields', ':\n: x\nfoo: 1\nDATA: 2\n data: 3\ndata: a\n:\n\n', 'message|a|'),
  stream('lines that end with CR', 'data: a\rdata: b\r\rdata: c\r\r', 'message|a\nb|', 'message|c|'),
  stream('lines that end with CRLF', 'data: a\r\ndata: b\r\n\r\n', 'message|a\nb|'),
  stream(
    'lines that end in every way',
    'data: a\ndata: b\r\ndata: c\rdata: d\r\n\ndata: e\n\r',
    'message|a\nb\nc\nd|',
    'message|e|',
  ),
  stream('an event without its blank line', 'data: a\n\nid: 3\ndata: b\n', 'message|a|'),
  stream('a null character in the data', 'data: a\0b\n\n', 'message|a\0b|'),
  {
    what: 'an id over a reconnection',
    connections: [[{ send: 'id: é1\ndata: a\n\n' }], [{ send: 'data: b\n\nid: 2\ndata: c\n\n' }]],
    messages: ['message|a|é1', 'message|b|é1', 'message|c|2'],
    end: 'messages',
  },
];

const differences = readDifferences();

describe('the table of differences in docs/transports.md', () => {
  it('names cases that are tried', () => {
    expect(differences.size).toBeGreaterThan(3);
    const names = CASES.map(({ what }) => what);
    expect([...differences.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });
});

for (const found of findBrowsers()) describe(found.name, () => streamsIn(found));

function streamsIn(found: Found): void {
  let server: ReferenceServer | undefined;
  let browser: Browser | undefined;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found) {
      if (process.env['CI']) throw new Error(found.missing);
      return;
    }
    server = await startServer();
    const body = await bundle('test/browsers/page/event-stream.ts', 'eventStreams');
    server.page('/event-streams.js', { contentType: 'text/javascript', body });
    const html = '<!DOCTYPE html><title>event streams</title><script src="/event-streams.js"></script>';
    server.page('/event-streams.html', { contentType: 'text/html; charset=utf-8', body: html });
    server.script('target', [[{ send: DATA }]]);
    browser = await borrow(found);
    page = await browser.newPage(`${server.url}/event-streams.html`);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  describe.each(CARRIERS)('%s', (carrier) => {
    it.each(CASES.map((each): [string, Case] => [each.what, each]))('%s', async (what, each) => {
      if ('missing' in found || !server) return expect(found).toHaveProperty('missing');
      const name = Math.random().toString(36).slice(2);
      server.script(
        name,
        each.connections.map((steps) => [...steps]),
      );
      const expected = differences.get(what)?.(carrier, found.name) ?? each.end;
      const seen = await page.run<Seen>(
        'eventStreams.run',
        carrier,
        `/scripted/${name}`,
        each.connections.length,
      );
      if (expected === 'other') expect(seen.messages).not.toEqual(each.messages);
      else expect(seen).toEqual({ end: expected, messages: expected === 'messages' ? each.messages : [] });
    });
  });
}

/** By the name of the case: how it ends for a carrier in an engine. A cell may name engines: `fatal; Firefox: done`; `other` stands for other messages. */
function readDifferences(): Map<
  string,
  (carrier: string, engine: keyof typeof ENGINES) => string | undefined
> {
  const doc = readFileSync(new URL('../../docs/transports.md', import.meta.url), 'utf8');
  const section = doc.split('## Where fetch, XHR and EventSource differ')[1]?.split('\n## ')[0] ?? '';
  const rows = (section.match(/^\|.*\|$/gm) ?? []).slice(2);
  return new Map(
    rows.map((row) => {
      const [names = '', others = '', own = ''] = row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim());
      return [
        names.replaceAll('`', ''),
        (carrier, engine) => {
          const cell = carrier === 'event-source' ? own : others;
          const words = cell.split('; ');
          const special = words.find((word) => word.startsWith(`${ENGINES[engine]}: `));
          return special?.split(': ')[1] ?? words[0];
        },
      ];
    }),
  );
}
