// The browser's own EventSource, for one connection only.
//
// It is closed at its first error: browsers differ in when and whether they reconnect, and the session decides.
// It sees no status, no header and no comment, and only events whose names it was told.

import { EnckeError } from '../ground/errors.ts';
import { eventSourceBy } from './described.ts';
import { guardSink } from './guarded-sink.ts';
import { COMPLETE, unreachable } from './refusal.ts';
import type { End, Sink, Stop, Transport, TransportRequest } from './transport.ts';

/** What performance entries call the initiator: Chromium and Firefox `other`, WebKit `eventsource`. */
const OWN = /^(?:other|eventsource)$/;

/** Too Many Requests, and what gateways answer, and servers that are busy. */
const COME_LATER = /^(?:429|50[234])$/;

/** The browser's own `EventSource`, one connection at a time. Carries GET without headers, and sees no statuses. */
export const eventSource: Transport = /* @__PURE__ */ eventSourceBy(openEventSource);

export function openEventSource(request: TransportRequest, sink: Sink): Stop {
  const { url, credentials, events } = request;
  const asking = new AbortController(); // of the question that follows a refusal
  let source: EventSource | undefined;
  let opened = false;
  let startedAt = 0; // by the clock of the page's performance entries
  let shownId = ''; // what this connection has stated, as the browser shows it
  let id = request.lastEventId; // what messages carry
  const guarded = guardSink(request, sink, () => {
    source?.close();
    asking.abort();
  });

  guarded.begin(() => {
    startedAt = performance.now();
    const connection = (source = new EventSource(url, { withCredentials: credentials === 'include' }));
    // Once each, for a name may be asked for twice, and a server may name its events `open` and `error`.
    for (const name of new Set(['open', 'error', 'message', ...events])) {
      connection.addEventListener(name, (event) => {
        if (event instanceof MessageEvent) giveMessage(event as MessageEvent<string>);
        else if (name === 'open') open();
        else fail(connection);
      });
    }
  });
  return guarded.stop;

  function open(): void {
    opened = true;
    guarded.opened({ status: 200, url });
  }

  function giveMessage({ type, data, lastEventId }: MessageEvent<string>): void {
    // The browser begins each connection without an id, and shows one as soon as the stream states it.
    if (guarded.isLive() && lastEventId !== shownId) sink.id((id = shownId = lastEventId));
    if (guarded.isLive()) sink.message({ event: type, data, id });
  }

  /** Called before the source is closed: its state is all that is known of the error. */
  function fail(connection: EventSource): void {
    // The stream ended or broke off, and the browser would connect again: it tells neither from the other.
    if (opened) return guarded.ended(COMPLETE);
    if (connection.readyState !== EventSource.CLOSED) return guarded.ended(unreachable(url));
    const end = answered();
    if (end) return guarded.ended(end);
    // Closed for good. Firefox (153) does that to another origin that is only down, so that one is asked for an answer.
    const question = { method: 'HEAD', mode: 'no-cors', credentials, cache: 'no-store' } as const;
    fetch(url, { ...question, signal: asking.signal }).then(
      (response) => guarded.ended(answered() ?? busy(response) ?? refused(url)),
      (cause: unknown) => guarded.ended(unreachable(url, cause)),
    );
  }

  /** The status, where the engine shows it in the performance entry of this very request, as Firefox (153) does. */
  function answered(): End | undefined {
    const entries = performance.getEntriesByName(url, 'resource') as PerformanceResourceTiming[];
    const own = entries.find((entry) => entry.startTime >= startedAt && OWN.test(entry.initiatorType));
    const status = own?.responseStatus ?? 0;
    // A redirect may have led to a server that is down.
    if (status < 200 || (status >= 300 && status < 400)) return undefined;
    return status === 200 ? refused(url) : { how: 'status', head: { status, url }, body: '' };
  }
}

/**
 * The answer to the question shows its status where it comes from the page's own origin. Only what says to come back
 * later counts: a server may answer HEAD otherwise than GET, but hardly so.
 */
function busy({ status, url, headers }: Response): End | undefined {
  return COME_LATER.test(String(status))
    ? { how: 'status', head: { status, url, headers }, body: '' }
    : undefined;
}

function refused(url: string): End {
  const sentence = `${url} answered, but the browser refuses it: by its status, its content type or its CORS headers, which a page is not shown.`;
  return { how: 'failed', error: new EnckeError('status', sentence, { url }) };
}
