// The browser's own EventSource, for one connection only.
//
// It is closed at its first error: browsers differ in when and whether they reconnect, and the session decides.
// It sees no status, no header and no comment, and only events whose names it was told.

import { guardSink } from './guarded-sink.ts';
import { COMPLETE, cut, unreachable } from './refusal.ts';
import type { Demand, End, Sink, Stop, Transport, TransportRequest } from './transport.ts';
import { refusesWithoutHeaders } from './without-fetch.ts';

export const eventSource: Transport = {
  name: 'event-source',
  rhythm: 'stream',
  sendsHeaders: false,
  namesItself: false,
  tellsCuts: false,
  showsLife: false,
  hearsByName: true,
  accept: 'text/event-stream',
  refuses: refusesEventSource,
  open: openEventSource,
};

function refusesEventSource(demand: Demand): string | undefined {
  if (typeof EventSource !== 'function') return 'needs EventSource';
  if (demand.method !== 'GET') return `cannot ${demand.method}`;
  if (demand.once) return 'cannot tell the end of an answer from a failure';
  return refusesWithoutHeaders(demand);
}

function openEventSource(request: TransportRequest, sink: Sink): Stop {
  const { url, credentials, events } = request;
  let source: EventSource | undefined;
  let opened = false;
  let lastId = ''; // as this connection has it
  const guarded = guardSink(request, sink, () => source?.close());

  guarded.begin(() => {
    const connection = (source = new EventSource(url, { withCredentials: credentials === 'include' }));
    // Once each, for a name may be asked for twice, and a server may name its events `open` and `error`.
    for (const name of new Set(['open', 'error', 'message', ...events])) {
      connection.addEventListener(name, (event) => {
        if (event instanceof MessageEvent) giveMessage(event as MessageEvent<string>);
        else if (name === 'open') open();
        else guarded.ended(endOf(connection));
      });
    }
  });
  return guarded.stop;

  function open(): void {
    opened = true;
    guarded.opened({ status: 200, url });
  }

  function giveMessage({ type, data, lastEventId }: MessageEvent<string>): void {
    if (guarded.isLive() && lastEventId !== lastId) sink.id((lastId = lastEventId));
    if (guarded.isLive()) sink.message({ event: type, data, id: lastEventId });
  }

  /** Called before the source is closed: its state is all that is known of the error. */
  function endOf({ readyState }: EventSource): End {
    // The stream ended or broke off, and the browser would connect again: it tells neither from the other.
    if (opened) return COMPLETE;
    if (readyState !== EventSource.CLOSED) return unreachable(url);
    return cut(`${url} answered with a status other than 200, or with what is no event stream.`, url);
  }
}
