// How soon, and how whole, events come again after their stream was cut; and whether they come at all through a proxy
// that holds streams back: encke, native EventSource, and two libraries that are used in its place.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser } from 'puppeteer-core';
import { hold, startAdversary } from '../server/adversary.ts';
import { startServer } from '../server/server.ts';
import { urlOf } from './end-to-end.ts';
import type { CutFacts } from './reconnect-page.ts';

/** The first is what the others are compared with. */
export const RECONNECT_CLIENTS = [
  'native EventSource',
  'encke',
  'fetch-event-source',
  'event-source-polyfill',
] as const;

export type ReconnectClientName = (typeof RECONNECT_CLIENTS)[number];

/** The ways to lose a stream: HTTP ends it as it should, or not; between two events, or in the middle of one. */
export const CUTS = {
  'ended between events': { abrupt: false, inEvent: false },
  'ended behind an id': { abrupt: false, inEvent: true },
  'broken off between events': { abrupt: true, inEvent: false },
  'broken off behind an id': { abrupt: true, inEvent: true },
} as const;

export type CutName = keyof typeof CUTS;

/** What is cut: how many events, after how many each time, the `retry` in milliseconds, and how often all of it is played. */
export const CUT_LIST = { events: 2_000, every: 50, retry: 20, rounds: 3 };

/** The same without `retry`: how many cuts. */
export const PLAIN_CUTS = 12;

/** What a proxy holds back until the end of an answer. */
export type Held = 'body' | 'head';

/** Milliseconds after which an event that was held back is waited for no longer. */
export const HELD_LIMIT = 20_000;

/** Milliseconds from the call to the first event; `null` where none came. */
export type HeldFacts = Readonly<Record<Held, number | null>>;

export interface ReconnectRuns {
  /** With `retry`; one entry for each round. */
  readonly cut: ReadonlyMap<ReconnectClientName, ReadonlyMap<CutName, readonly CutFacts[]>>;
  /** Without; each stream ended between two events. */
  readonly plain: ReadonlyMap<ReconnectClientName, CutFacts>;
  readonly held: ReadonlyMap<ReconnectClientName, HeldFacts>;
}

/** It never waits less than a second: one round takes long enough, and what runs beside it makes no difference. */
const UNHURRIED: ReconnectClientName = 'event-source-polyfill';

/**
 * Milliseconds from the last event to the cut, which are taken off the gap: so long an XHR may keep what has come, and
 * a client shall not seem the faster for that.
 */
const BEFORE_CUT = 60;

export async function measureReconnecting(browser: Browser): Promise<ReconnectRuns> {
  const script = await bundlePage();
  const server = await startCuttingServer(script);
  try {
    const measure = cutMeasure(browser, urlOf(server));
    return {
      cut: await measureCuts(measure),
      plain: await measurePlainCuts(measure),
      held: await measureHeld(browser, script),
    };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

interface CutWish {
  readonly cut: CutName;
  readonly events: number;
  readonly retry?: number;
}

type MeasureCut = (client: ReconnectClientName, wish: CutWish) => Promise<CutFacts>;

function cutMeasure(browser: Browser, origin: string): MeasureCut {
  let runs = 0;
  return (client, { cut, events, retry }) => {
    const query = { run: String(runs++), cut, events: String(events) };
    const url = `/cut?${new URLSearchParams({ ...query, ...(retry !== undefined && { retry: String(retry) }) })}`;
    return inPage(browser, origin, 'measureCuts', client, url, events);
  };
}

/** The clients take turns, and each round begins with another, so that noise meets all alike. */
async function measureCuts(measure: MeasureCut): Promise<ReconnectRuns['cut']> {
  const { events, retry, rounds } = CUT_LIST;
  const cuts = Object.keys(CUTS) as CutName[];
  const facts = new Map(
    RECONNECT_CLIENTS.map((client) => [client, new Map(cuts.map((cut) => [cut, [] as CutFacts[]]))]),
  );
  const one = async (client: ReconnectClientName, cut: CutName): Promise<void> => {
    facts
      .get(client)
      ?.get(cut)
      ?.push(await measure(client, { cut, events, retry }));
  };
  const hurried = RECONNECT_CLIENTS.filter((client) => client !== UNHURRIED);
  for (let round = 0; round < rounds; round++) {
    for (const client of [...hurried.slice(round), ...hurried.slice(0, round)]) {
      for (const cut of cuts) await one(client, cut);
    }
  }
  await Promise.all(cuts.map((cut) => one(UNHURRIED, cut)));
  return facts;
}

/** All clients at once: they wait most of the time. */
async function measurePlainCuts(measure: MeasureCut): Promise<ReconnectRuns['plain']> {
  const events = CUT_LIST.every * (PLAIN_CUTS + 1);
  return ofEachClient((client) => measure(client, { cut: 'ended between events', events }));
}

/** All clients and both proxies at once; each proxy has connections of its own with the browser, of which there are six. */
async function measureHeld(browser: Browser, script: string): Promise<ReconnectRuns['held']> {
  const server = await startServer();
  server.page('/', { contentType: 'text/html', body: PAGE });
  server.page('/bench.js', { contentType: 'text/javascript', body: script });
  const body = await startAdversary({ target: server.url, misbehaviour: hold('body') });
  const head = await startAdversary({ target: server.url, misbehaviour: hold('head') });
  const first = (client: ReconnectClientName, origin: string): Promise<number | null> =>
    inPage(browser, origin, 'measureFirst', client, '/numbered?rate=5&count=100000', HELD_LIMIT);
  try {
    return await ofEachClient(async (client) => {
      const [ofBody, ofHead] = await Promise.all([first(client, body.url), first(client, head.url)]);
      return { body: ofBody, head: ofHead };
    });
  } finally {
    await Promise.all([body.close(), head.close()]);
    await server.close();
  }
}

async function ofEachClient<Facts>(
  measure: (client: ReconnectClientName) => Promise<Facts>,
): Promise<ReadonlyMap<ReconnectClientName, Facts>> {
  const pairs = RECONNECT_CLIENTS.map(async (client) => [client, await measure(client)] as const);
  return new Map(await Promise.all(pairs));
}

/** Calls the bench in a page of its own. */
async function inPage<Facts>(
  browser: Browser,
  origin: string,
  step: string,
  ...values: unknown[]
): Promise<Facts> {
  const page = await browser.newPage();
  try {
    await page.goto(origin);
    return (await page.evaluate(`bench.${step}(...${JSON.stringify(values)})`)) as Facts;
  } finally {
    await page.close();
  }
}

async function startCuttingServer(script: string): Promise<Server> {
  const pauses = new Map<string, number>(); // run → milliseconds from its last event to its last cut
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/cut') return sendUntilCut(request, response, searchParams, pauses);
    const isScript = pathname === '/bench.js';
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
    response.end(isScript ? script : PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/**
 * What comes after the cursor, and then the cut. The second line of the first event's data is how long the server
 * waited with the last cut.
 */
function sendUntilCut(
  { headers }: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  pauses: Map<string, number>,
): void {
  const cursor = Number(headers['last-event-id'] ?? query.get('lastEventId') ?? 0);
  const run = query.get('run') ?? '';
  const retry = query.get('retry');
  const events = Number(query.get('events'));
  const { abrupt, inEvent } = CUTS[query.get('cut') as CutName];
  const last = Math.min(cursor + CUT_LIST.every, events);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  let text = retry === null ? '' : `retry: ${retry}\n\n`;
  for (let n = cursor + 1; n <= last; n++) {
    const paused = n === cursor + 1 ? `data: ${pauses.get(run) ?? 0}\n` : '';
    text += `id: ${n}\ndata: ${dataOf(n)}\n${paused}\n`;
  }
  if (inEvent && last < events) text += `id: ${last + 1}\ndata: ${dataOf(last + 1).slice(0, 10)}`;
  response.write(text);
  // Whoever has them all closes the stream.
  if (last === events) return;
  const written = performance.now();
  setTimeout(() => {
    pauses.set(run, performance.now() - written);
    // Without the last chunk of the transfer coding an answer is not whole.
    if (abrupt) response.socket?.destroySoon();
    else response.end();
  }, BEFORE_CUT);
}

/** What an event says, in its first line. */
export function dataOf(n: number): string {
  return `event number ${n}`;
}

const PAGE = '<!doctype html><meta charset="utf-8"><title>bench</title><script src="/bench.js"></script>';

async function bundlePage(): Promise<string> {
  const bundle = await build({
    stdin: {
      contents: `
        import { fetchEventSource } from '@microsoft/fetch-event-source';
        import { EventSourcePolyfill } from 'event-source-polyfill';
        import { makeReconnectBench } from './reconnect-page.ts';
        globalThis.bench = makeReconnectBench({ fetchEventSource, EventSourcePolyfill });
      `,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  return bundle.outputFiles[0]?.text ?? '';
}
