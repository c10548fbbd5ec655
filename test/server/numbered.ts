// /numbered?count=N: the fixed list of messages 1 to N by every technique, resumed strictly after the cursor.
//
// Query: count (default 1000), start (first id, default 1), kind (plain, varied, mixed, large), rate (messages per second;
// as fast as possible without), batch (messages per write, default 1 with a rate and 100 without; a poll or long poll answers
// one batch), event (name of every message), done=1 (a last event `done` without an id), format, transport, callback,
// retry, and the faults of faults.ts. kind=varied and kind=mixed write the event stream with CRLF. A poll is answered 304
// while its tag still stands.
//
// Whoever has them all gets 204, a poll 205. Frames cannot see a status, so script tags say `done` there instead. With stay=1 nothing
// ends: streams stay open behind the last message, and polls that ask for what comes after it are not answered.

import { answerWith, messageHeaders } from './events.ts';
import { cursorOf, queryNumber, type Endpoint, type Exchange } from './exchange.ts';
import { negotiate, type Technique } from './negotiation.ts';
import { KINDS, numberedData, type NumberedKind } from './numbered-data.ts';
import type { Outgoing } from './writers.ts';

const DEFAULT_COUNT = 1000;
const DEFAULT_BATCH = 100;

const DONE: Outgoing = { event: 'done', data: 'done' };

interface List {
  readonly first: number;
  readonly last: number;
  readonly batch: number;
  /** Messages per second; `undefined` means no limit. */
  readonly rate: number | undefined;
  readonly saysDone: boolean;
  readonly stays: boolean;
  message(n: number): Outgoing;
}

export const numbered: Endpoint = async (exchange) => {
  const { request, wire } = exchange;
  const kind = kindOf(request.url.searchParams.get('kind'));
  const technique = negotiate(request, kind === 'varied' || kind === 'mixed' ? '\r\n' : '\n');
  const list = listFor(exchange, kind);
  const complete = list.first > list.last && !list.stays;
  if (complete && technique.format === 'script-tags') return answerWith(exchange, technique, [DONE]);
  if (complete) {
    // Chromium reads no body behind a 205, and takes the end of a chunked one for the next response.
    const isStream = technique.rhythm === 'stream';
    wire.head(isStream ? 204 : 205, {
      'Cache-Control': 'no-store',
      ...(!isStream && { 'Content-Length': '0' }),
    });
    return wire.end();
  }
  if (technique.rhythm === 'stream') return stream(exchange, technique, list);
  if (list.first <= list.last) await batchAnswer(exchange, technique, list);
};

function listFor({ request }: Exchange, kind: NumberedKind): List {
  const number = (name: string) => queryNumber(request.url, name);
  const event = request.url.searchParams.get('event');
  const count = number('count') ?? DEFAULT_COUNT;
  const cursor = Number(cursorOf(request) ?? 0);
  const rate = number('rate') || undefined;
  return {
    first: Math.max(number('start') ?? 1, Number.isInteger(cursor) ? cursor + 1 : 1),
    last: count,
    batch: Math.max(number('batch') ?? (rate === undefined ? DEFAULT_BATCH : 1), 1),
    rate,
    saysDone: request.url.searchParams.has('done'),
    stays: request.url.searchParams.has('stay'),
    message: (n) => ({ id: String(n), ...(event !== null && { event }), data: numberedData(n, kind, count) }),
  };
}

async function stream({ wire }: Exchange, technique: Technique, list: List): Promise<void> {
  const { writer } = technique;
  const { first, last, batch, rate } = list;
  wire.head(200, messageHeaders(technique));
  await wire.write(writer.opening());
  const began = performance.now();
  for (let n = first; n <= last && !wire.closed; n += batch) {
    // Each write has its due time, so that late timers do not add up.
    const due = rate === undefined ? 0 : began + ((n - first) * 1000) / rate;
    if (due > performance.now()) await wire.pause(due - performance.now());
    await wire.write(batchFrom(n, list).map(writer.message).join(''));
  }
  if (list.stays) return;
  await wire.write((list.saysDone ? writer.message(DONE) : '') + writer.closing());
  wire.end();
}

async function batchAnswer(exchange: Exchange, technique: Technique, list: List): Promise<void> {
  const messages = batchFrom(list.first, list);
  const newest = list.first + messages.length - 1;
  const tag = { ETag: `"${newest}"` };
  if (technique.rhythm === 'interval' && exchange.request.headers['if-none-match'] === tag.ETag) {
    exchange.wire.head(304, { ...tag, 'Cache-Control': 'no-cache' });
    return exchange.wire.end();
  }
  if (newest === list.last && list.saysDone) messages.push(DONE);
  await answerWith(exchange, technique, messages, tag);
}

function batchFrom(first: number, { last, batch, message }: List): Outgoing[] {
  const length = Math.min(batch, last - first + 1);
  return Array.from({ length }, (_, index) => message(first + index));
}

function kindOf(name: string | null): NumberedKind {
  return KINDS.find((kind) => kind === name) ?? 'plain';
}
