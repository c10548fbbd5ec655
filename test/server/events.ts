// GET or POST /events?channel=NAME: a channel by every technique.
//
// A cursor (header `Last-Event-ID` or query `lastEventId`) gives what came after it, then what comes.
// Without one only what comes; so that nothing is lost between two answers or connections
// - an event stream begins with a block that states the newest id (no event, but the browser remembers it),
// - the first poll or long poll is answered at once with the envelope {"id": newest, "event": "cursor", "data": null},
//   where an empty channel's newest id is "0".
// A POST's body comes back as an event `echo` without an id: on every stream, and on polls that have no cursor yet.
//
// Query: channel (default `default`), format, transport, callback, heartbeat (ms, default 15000), wait (seconds a long
// poll is held, default 25), retry (ms), and the faults of faults.ts.

import type { Channel } from './channels.ts';
import { cursorOf, queryNumber, type Endpoint, type Exchange } from './exchange.ts';
import { negotiate, type Technique } from './negotiation.ts';
import { readBody } from './request-body.ts';
import type { Outgoing } from './writers.ts';

const DEFAULT_HEARTBEAT = 15_000;
const DEFAULT_WAIT = 25;

export function createEvents(channels: (name: string) => Channel): Endpoint {
  return async (exchange) => {
    const { request } = exchange;
    const channel = channels(request.url.searchParams.get('channel') ?? 'default');
    const technique = negotiate(request);
    const echo: Outgoing[] =
      request.method === 'POST' ? [{ event: 'echo', data: await readBody(request) }] : [];
    if (technique.rhythm === 'stream') return stream(exchange, technique, channel, echo);
    await answer(exchange, technique, channel, echo);
  };
}

/** Headers of every answer that carries messages. */
export function messageHeaders({ writer }: Technique): Record<string, string> {
  return { 'Content-Type': writer.contentType, 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' };
}

/** Writes one whole body of messages and ends. */
export async function answerWith(
  { wire }: Exchange,
  technique: Technique,
  messages: readonly Outgoing[],
  headers: Record<string, string> = {},
): Promise<void> {
  const { writer } = technique;
  wire.head(200, { ...messageHeaders(technique), ...headers });
  await wire.write(writer.opening() + messages.map(writer.message).join('') + writer.closing());
  wire.end();
}

function stream({ request, wire }: Exchange, technique: Technique, channel: Channel, echo: Outgoing[]): void {
  const { writer } = technique;
  const cursor = cursorOf(request);
  const replay = cursor === undefined ? [] : channel.after(cursor);
  wire.head(200, messageHeaders(technique));
  const start = cursor === undefined ? writer.cursor(channel.newest) : '';
  void wire.write(writer.opening() + start + [...echo, ...replay].map(writer.message).join(''));
  wire.whenClosed(channel.listen((entry) => void wire.write(writer.message(entry))));
  const heartbeat = queryNumber(request.url, 'heartbeat') ?? DEFAULT_HEARTBEAT;
  if (heartbeat === 0) return;
  const timer = setInterval(() => void wire.write(writer.heartbeat()), heartbeat);
  wire.whenClosed(() => clearInterval(timer));
}

async function answer(
  exchange: Exchange,
  technique: Technique,
  channel: Channel,
  echo: Outgoing[],
): Promise<void> {
  const { request, wire } = exchange;
  const tag = () => `"${encodeURIComponent(channel.newest)}"`;
  const cursor = cursorOf(request);
  if (cursor === undefined) {
    const first = { id: channel.newest, event: 'cursor', data: null };
    return answerWith(exchange, technique, [...echo, first], { ETag: tag() });
  }
  if (technique.rhythm === 'answer') await somethingAfter(cursor, channel, exchange);
  if (wire.closed) return;
  if (technique.rhythm === 'interval' && request.headers['if-none-match'] === tag()) {
    wire.head(304, { ETag: tag(), 'Cache-Control': 'no-cache' });
    return wire.end();
  }
  await answerWith(exchange, technique, channel.after(cursor), { ETag: tag() });
}

/** Waits until the channel holds a message after the cursor, the client's patience ends, or the client leaves. */
async function somethingAfter(cursor: string, channel: Channel, { request, wire }: Exchange): Promise<void> {
  if (channel.after(cursor).length > 0) return;
  const seconds = Number(request.url.searchParams.get('wait') ?? DEFAULT_WAIT);
  let stop: (() => void) | undefined;
  const published = new Promise<void>((resolve) => {
    stop = channel.listen(() => resolve());
  });
  await Promise.race([published, wire.pause(seconds * 1000)]);
  stop?.();
}
