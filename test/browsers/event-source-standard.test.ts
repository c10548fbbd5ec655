// The entry encke/event-source against the HTML Standard, section 9.2: streams, statuses, types, redirects, ids, CORS.
//
// Each scene is played to the browser's own EventSource, too: where that says something else, a table says so.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type ReferenceServer, type Step } from '../server/server.ts';
import { bundle } from './bundle.ts';
import { borrow, findBrowsers, type Browser, type Engine, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import type { Scene } from './page/event-sources.ts';

interface Case {
  readonly what: string;
  readonly connections: readonly Step[][];
  readonly told: readonly string[];
  readonly options?: EventSourceInit;
  /** Whether it comes from another origin. */
  readonly isForeign?: boolean;
  readonly query?: string;
  /** Engines of which the browser's own EventSource says something else. */
  readonly notNative?: readonly Engine[];
}

/** Stands for the other origin. */
const ORIGIN = 'http://other';

const DATA = 'retry: 0\ndata: a\n\n';
const GONE: Step[] = [{ head: { status: 204 } }];
const RECEIVED = ['open', 'message|a|', 'error 0', 'error 2'];
const RECEIVED_FROM_ELSEWHERE = ['open', `message|a||${ORIGIN}`, 'error 0', 'error 2'];
const FAILED = ['error 2'];

/** A response, and then one that ends it all. */
function answer(what: string, steps: Step[], told: readonly string[], more: Partial<Case> = {}): Case {
  return { what, connections: [steps, GONE], told, ...more };
}

function stream(what: string, text: string, ...messages: string[]): Case {
  return answer(what, [{ send: `${text}\n\nretry: 0\n` }], ['open', ...messages, 'error 0', 'error 2']);
}

/** Firefox (153) drops null characters, and an id that comes without data. */
function notFirefox(each: Case): Case {
  return { ...each, notNative: ['firefox'] };
}

function bytes(what: string, base64: string, ...messages: string[]): Case {
  return answer(what, [{ sendBase64: base64 }], ['open', ...messages, 'error 0', 'error 2']);
}

function type(contentType: string, told: readonly string[], more: Partial<Case> = {}): Case {
  const head = { headers: { 'Content-Type': contentType } };
  return answer(`type ${contentType}`, [{ head }, { send: DATA }], told, more);
}

function status(code: number, more: Partial<Case> = {}): Case {
  const head = { status: code, ...(code === 205 && { headers: { 'Content-Length': '0' } }) };
  const body = [204, 205, 304].includes(code) ? [] : [{ send: DATA }];
  return answer(`status ${String(code)}`, [{ head }, ...body], FAILED, more);
}

/** Chromium (156) reconnects to where it was redirected to, Firefox (153) where that is for good. */
function redirect(code: number, to = '', told = RECEIVED): Case {
  const head = { status: code, headers: { Location: `${to}/scripted/redirected` } };
  return answer(`redirect by ${String(code)}${to && ' to another origin'}`, [{ head }], told, {
    notNative: code === 301 || code === 308 ? ['chromium', 'firefox'] : ['chromium'],
  });
}

const CASES: readonly Case[] = [
  ...[204, 205, 210, 299, 304, 400, 401, 403, 404, 410, 500, 502, 503].map((code) => status(code)),
  type('text/event-stream', RECEIVED),
  type('text/event-stream;', RECEIVED),
  type('text/event-stream; charset=utf-8', RECEIVED),
  type('text/event-stream;charset=windows-1252', RECEIVED, { notNative: ['chromium'] }),
  type('TEXT/Event-Stream', RECEIVED),
  type('text/html, text/event-stream', RECEIVED, { notNative: ['webkit'] }),
  type('text/event-stream, text/html', FAILED, { notNative: ['webkit'] }),
  type('text/event-streams', FAILED),
  type('text/plain', FAILED),
  type('text/html', FAILED),
  type('bogus', FAILED),
  ...[301, 302, 303, 307, 308].map((code) => redirect(code)),
  redirect(307, ORIGIN, RECEIVED_FROM_ELSEWHERE),

  answer('an end without an event', [{ send: 'retry: 0\n\n' }], ['open', 'error 0', 'error 2']),
  answer('a cut', [{ send: DATA }, { wait: 50 }, { cut: true }], RECEIVED),
  answer('a reset', [{ send: DATA }, { wait: 50 }, { cut: 'reset' }], RECEIVED),

  stream('a byte order mark', '\ufeffdata: a', 'message|a|'),
  stream('two byte order marks', '\ufeff\ufeffdata: a\n\ndata: b', 'message|b|'),
  stream(
    'a byte order mark in the middle',
    'data: a\n\n\ufeffdata: b\n\ndata: c',
    'message|a|',
    'message|c|',
  ),
  bytes('what is no UTF-8', 'cmV0cnk6MApkYXRhOiBh/2IKCg==', 'message|a\ufffdb|'),
  answer(
    'a character in two pieces',
    [{ sendBase64: 'cmV0cnk6MApkYXRhOiDD' }, { wait: 50 }, { sendBase64: 'qQoK' }],
    ['open', 'message|é|', 'error 0', 'error 2'],
  ),
  answer(
    'a CRLF in two pieces',
    [{ send: 'retry: 0\r\ndata: a\r' }, { wait: 50 }, { send: '\ndata: b\r\n\r\n' }],
    ['open', 'message|a\nb|', 'error 0', 'error 2'],
  ),
  stream('lines that end with CR', 'data: a\rdata: b\r\rdata: c\r', 'message|a\nb|', 'message|c|'),
  stream('lines that end with CRLF', 'data: a\r\ndata: b\r\n\r\n', 'message|a\nb|'),
  stream(
    'lines that end in every way',
    'data: a\ndata: b\r\ndata: c\rdata: d\r\n\ndata: e\n\r',
    'message|a\nb\nc\nd|',
    'message|e|',
  ),
  stream(
    'data of several lines',
    'data: a\ndata\ndata:b\n\ndata\n\ndata:  c',
    'message|a\n\nb|',
    'message||',
    'message| c|',
  ),
  notFirefox(stream('a null character in the data', 'data: a\0b', 'message|a\0b|')),
  stream('comments and unknown fields', ': x\nfoo: 1\nDATA: 2\n data: 3\ndata: a\n:', 'message|a|'),
  stream('nothing but comments', ': x\n\n:\n'),
  stream(
    'names',
    'event: tick\ndata: a\n\nevent:\ndata: b\n\nevent: tick\n\ndata: c',
    'tick|a|',
    'message|b|',
    'message|c|',
  ),
  notFirefox(
    stream(
      'ids that last',
      'id: 1\ndata: a\n\ndata: b\n\nid: 2\n\ndata: c',
      'message|a|1',
      'message|b|1',
      'message|c|2',
    ),
  ),
  stream(
    'an id that is cleared',
    'id: 1\ndata: a\n\nid\ndata: b\n\ndata: c',
    'message|a|1',
    'message|b|',
    'message|c|',
  ),
  notFirefox(
    stream('an id with a null character', 'id: 1\ndata: a\n\nid: 2\0\ndata: b', 'message|a|1', 'message|b|1'),
  ),
  stream('an id that is not ASCII', 'id: é…😀\ndata: a', 'message|a|é…😀'),
  answer('an event without its blank line', [{ send: `${DATA}id: 3\ndata: b\n` }], RECEIVED),
  answer(
    'events named as those of the connection',
    [{ send: `${DATA}event: open\ndata: b\n\nevent: error\ndata: c\n\n` }],
    ['open', 'message|a|', 'open|b|', 'error|c|', 'error 0', 'error 2'],
  ),
  {
    what: 'an id over reconnections',
    connections: [[{ send: 'retry: 0\nid: é1\ndata: a\n\n' }], [{ send: 'data: b\n\n' }], GONE],
    told: ['open', 'message|a|é1', 'error 0', 'open', 'message|b|é1', 'error 0', 'error 2'],
  },
  {
    what: 'an event that is cut behind its id, and sent again',
    connections: [
      [{ send: 'retry: 0\nid: 1\ndata: a\n\nid: 2\nda' }, { wait: 50 }, { cut: true }],
      [{ send: 'id: 2\ndata: b\n\n' }],
      GONE,
    ],
    told: ['open', 'message|a|1', 'error 0', 'open', 'message|b|2', 'error 0', 'error 2'],
  },
  {
    what: 'what was delivered already',
    connections: [[{ send: 'retry: 0\nid: 1\ndata: a\n\n' }], [{ send: 'id: 1\ndata: a\n\n' }], GONE],
    told: ['open', 'message|a|1', 'error 0', 'open', 'message|a|1', 'error 0', 'error 2'],
  },

  answer('another origin', [{ send: DATA }], RECEIVED_FROM_ELSEWHERE, { isForeign: true }),
  answer('another origin, with credentials', [{ send: DATA }], RECEIVED_FROM_ELSEWHERE, {
    isForeign: true,
    options: { withCredentials: true },
  }),
  answer('another origin that allows nobody in', [{ send: DATA }], FAILED, {
    isForeign: true,
    query: '?cors=off',
  }),
  {
    what: 'another origin, after a reconnection',
    connections: [[{ send: 'retry: 0\nid: é<\ndata: a\n\n' }], [{ send: 'data: b\n\n' }], GONE],
    told: [
      'open',
      `message|a|é<|${ORIGIN}`,
      'error 0',
      'open',
      `message|b|é<|${ORIGIN}`,
      'error 0',
      'error 2',
    ],
    isForeign: true,
  },
];

/** Nothing is asked for at these. */
const NO_SERVERS = ['about:blank', 'mailto:a@example.com', 'ftp://example.invalid/'];

for (const found of findBrowsers()) describe(found.name, () => scenesIn(found));

function scenesIn(found: Found): void {
  let server: ReferenceServer;
  let browser: Browser;
  let page: Page;
  let told: Record<'ours' | 'native', string[][]>;

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startServer({ secondPort: 0 });
    const body = await bundle('test/browsers/page/event-sources.ts', 'eventSources');
    server.page('/event-sources.js', { contentType: 'text/javascript', body });
    const html = '<!DOCTYPE html><title>EventSource</title><script src="/event-sources.js"></script>';
    server.page('/event-sources.html', { contentType: 'text/html', body: html });
    server.script('redirected', [[{ send: DATA }]]);
    browser = await borrow(found);
    page = await browser.newPage(`${server.url}/event-sources.html`);
    told = { ours: await play('ours'), native: await play('native') };
  });
  afterAll(async () => {
    if ('missing' in found) return;
    await browser.close();
    await server.close();
  });
  beforeEach((context) => skipIfMissing(found, context));

  it.each(CASES.map((each, place): [string, Case, number] => [each.what, each, place]))(
    '%s',
    (_, each, place) => {
      expect(told.ours[place]).toEqual(each.told);
      if (each.notNative?.includes(found.name)) expect(told.native[place]).not.toEqual(each.told);
      else expect(told.native[place]).toEqual(each.told);
    },
  );

  it.each(CASES.map((each, place): [string, Case, number] => [each.what, each, place]))(
    'asks for %s as often as it must',
    (_, each, place) => {
      // Where the first answer is final, there is no second request.
      const asked = each.told.length === 1 ? 1 : each.connections.length;
      const questions = each.query === undefined ? 0 : 1;
      expect(server.log(`ours-${String(place)}`)).toHaveLength(asked + questions);
    },
  );

  it.each(NO_SERVERS)('fails at %s', async (url) => {
    expect(await page.run('eventSources.play', 'ours', [{ url, errors: 2 }])).toEqual([FAILED]);
  });

  async function play(whose: 'ours' | 'native'): Promise<string[][]> {
    const other = server.secondUrl ?? '';
    const scenes = CASES.map(({ connections, options = {}, isForeign, query = '' }, place): Scene => {
      const name = `${whose}-${String(place)}`;
      server.script(name, JSON.parse(JSON.stringify(connections).replaceAll(ORIGIN, other)) as Step[][]);
      return { url: `${isForeign ? other : ''}/scripted/${name}${query}`, options, errors: 5 };
    });
    const lists = await page.run<string[][]>('eventSources.play', whose, scenes);
    return lists.map((list) => list.map((each) => each.replaceAll(other, ORIGIN)));
  }
}
