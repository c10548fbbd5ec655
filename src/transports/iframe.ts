// The hidden iframe: the server streams a page, and its scripts call a function of this one.
//
// The frame is put in after the page's load, so that no loading indicator turns, and its first navigation is the
// request, so that no history entry is made.

import { EnckeError } from '../errors.ts';
import { isEnvelope } from '../message.ts';
import { valueGiver } from './value-giver.ts';
import { postInto } from './form-post.ts';
import { receiveCalls } from './frame-calls.ts';
import { guardSink } from './guarded-sink.ts';
import { refusesToOmitCookies } from './own-cookies.ts';
import { brokeOff, carriesMessages, cut, refused, unreachable, unusable } from './refusal.ts';
import type { Demand, End, Head, Sink, Stop, Transport, TransportRequest } from './transport.ts';

/** How often the frame is looked at, in milliseconds: no event tells that its document came, or will never come. */
const LOOK = 100;

/** The document of a frame whose response has not begun. */
const BLANK = 'about:blank';

export const iframe: Transport = {
  name: 'iframe',
  rhythm: 'stream',
  sendsHeaders: false,
  namesItself: true,
  tellsCuts: false,
  accept: 'text/html',
  refuses: refusesIframe,
  open: openIframe,
};

function refusesIframe(demand: Demand): string | undefined {
  if (typeof document === 'undefined') return 'needs a document';
  if (demand.crossOrigin) return 'cannot read a frame of another origin';
  if (demand.method !== 'GET' && demand.method !== 'POST') return `cannot ${demand.method}`;
  if (demand.headers) return 'cannot send headers';
  if (demand.body === 'any') return 'cannot send a body that is no form';
  if (demand.ownFetch) return 'cannot use a fetch of your own';
  return refusesToOmitCookies(demand);
}

function openIframe(request: TransportRequest, sink: Sink): Stop {
  const frame = document.createElement('iframe');
  const listening = new AbortController();
  const observer = new MutationObserver(sweep);
  let stopCalls: Stop = ignore; // until the frame is in the page
  let timer: ReturnType<typeof setTimeout> | undefined; // the wait for the page's load, the next look, or the end
  let head: Head | undefined; // once a document has come
  let loading = true; // as far as the last look could tell
  const guarded = guardSink(sink, () => {
    listening.abort();
    observer.disconnect();
    clearTimeout(timer);
    stopCalls();
    frame.remove();
  });
  const give = valueGiver(guarded, request.callback);

  guarded.begin(
    () => {
      afterLoad(listening.signal, () => {
        timer = setTimeout(start);
      });
    },
    (cause) => unreachable(request.url, cause),
  );
  return guarded.stop;

  function start(): void {
    const { signal } = listening;
    stopCalls = receiveCalls(request.callback, frame, receive);
    addEventListener('message', receivePosted, { signal });
    addEventListener('securitypolicyviolation', heedPolicy, { signal });
    frame.addEventListener('load', loaded);
    frame.style.display = 'none';
    frame.name = `encke-${Math.random()}`;
    if (request.method === 'GET') frame.src = request.url;
    // Not into the body: pages that swap it would take the frame along.
    document.documentElement.append(frame);
    if (request.method === 'POST') postInto(frame.name, request);
    timer = setInterval(look, LOOK);
  }

  function look(): void {
    const page = frame.contentDocument;
    if (!page) guarded.ended(unreadable(request.url));
    else if (page.URL !== BLANK) arrive(page);
    // Firefox (153) leaves a document whose response broke off interactive for ever, without `load`.
    if (!loading && page?.readyState === 'interactive') guarded.ended(brokeOff(request.url));
    loading = page?.readyState === 'loading';
  }

  /** The response has begun. */
  function arrive(page: Document): void {
    if (head) return;
    head = { status: statusOf(page), url: page.URL };
    if (!carriesMessages(head.status)) return;
    if (page.contentType !== 'text/html' && page.contentType !== 'application/xhtml+xml') {
      guarded.ended(unusable(`${page.URL} answered a frame with ${page.contentType} instead of HTML.`));
    }
    guarded.opened(head);
    if (guarded.isLive()) observer.observe(page, { childList: true, characterData: true, subtree: true });
  }

  /** Takes away what was looked at, so that an endless page takes no memory. */
  function sweep(records: MutationRecord[]): void {
    const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
    if (added.length > 0 || records.some(({ type }) => type === 'characterData')) guarded.alive();
    for (const node of added) if (isPadding(node)) node.parentNode?.removeChild(node);
  }

  function receive(values: unknown[]): void {
    if (frame.contentDocument) arrive(frame.contentDocument);
    if (!head || !carriesMessages(head.status) || values.length === 0) return;
    try {
      // A copy, for an object of the frame's would keep the whole frame in memory.
      const copies = structuredClone(values);
      give(copies.length === 1 ? copies[0] : copies);
    } catch (cause) {
      guarded.problem(
        new EnckeError('malformed', `${request.callback}() was called with what is no data.`, { cause }),
      );
    }
  }

  function receivePosted({ source, origin, data }: MessageEvent<unknown>): void {
    if (source === frame.contentWindow && origin === self.origin && isEnvelope(data)) receive([data]);
  }

  function heedPolicy({ disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void {
    const concernsFrames = effectiveDirective === 'frame-src' || effectiveDirective === 'form-action';
    if (disposition !== 'enforce' || !concernsFrames || !request.url.startsWith(blockedURI)) return;
    guarded.ended(
      unusable(
        `The content security policy forbids the frame: ${effectiveDirective} leaves ${blockedURI} out.`,
      ),
    );
  }

  function loaded(): void {
    const page = frame.contentDocument;
    if (page?.URL === BLANK) return;
    clearTimeout(timer);
    if (!page) {
      guarded.ended(unreadable(request.url));
      return;
    }
    arrive(page);
    // What the page has posted is still on its way.
    timer = setTimeout(() => {
      if (!head || carriesMessages(head.status)) guarded.ended({ how: 'complete' });
      else guarded.ended(refused(head, page.documentElement.textContent));
    });
  }
}

function afterLoad(signal: AbortSignal, start: () => void): void {
  if (document.readyState === 'complete') start();
  else addEventListener('load', start, { signal });
}

/** WebKit (2.50) does not tell the status of a frame's document; there, any page counts as 200. */
function statusOf({ defaultView }: Document): number {
  const [navigation] = defaultView?.performance.getEntriesByType('navigation') ?? [];
  return (navigation as PerformanceNavigationTiming | undefined)?.responseStatus || 200;
}

function isPadding({ nodeType, parentNode }: Node): boolean {
  return (nodeType === Node.TEXT_NODE || nodeType === Node.COMMENT_NODE) && parentNode?.nodeName !== 'SCRIPT';
}

/** The frame navigated on: to another origin, to an error page, or where its server forbids framing. */
function unreadable(url: string): End {
  return cut(
    `The frame shows no page of ours: no response from ${url}, a redirect elsewhere, or X-Frame-Options.`,
    url,
  );
}

function ignore(): void {
  // The frame is not in the page yet.
}
