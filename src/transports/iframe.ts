// The hidden iframe: the server streams a page, and its scripts call a function of this one.
//
// The frame is put in after the page's load, so that no loading indicator turns, and its first navigation is the
// request, so that no history entry is made.

import { EnckeError } from '../errors.ts';
import { isEnvelope } from '../message.ts';
import { postInto } from './form-post.ts';
import { receiveCalls } from './frame-calls.ts';
import { guardSink, type TextSink } from './guarded-sink.ts';
import { brokeOff, carriesMessages, COMPLETE, endOf, unreachable, unusable } from './refusal.ts';
import type { Demand, End, Head, Stop, Transport, TransportRequest } from './transport.ts';
import { refusesWithoutHeaders } from './without-fetch.ts';

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
  if (demand.body === 'any') return 'cannot send a body that is no form';
  return refusesWithoutHeaders(demand);
}

function openIframe(request: TransportRequest, sink: TextSink): Stop {
  const { url, method, callback } = request;
  const frame = document.createElement('iframe');
  const listening = new AbortController();
  const observer = new MutationObserver(sweep);
  let stopCalls: Stop | undefined; // once the frame is in the page
  let timer: ReturnType<typeof setTimeout> | undefined; // the wait for the page's load, the next look, or the end
  let head: Head | undefined; // once a document has come
  let wasOver = false; // whether the body was over at the last look
  const guarded = guardSink(request, sink, () => {
    listening.abort();
    observer.disconnect();
    clearTimeout(timer);
    stopCalls?.();
    frame.remove();
  });

  guarded.begin(() => {
    if (document.readyState === 'complete') start();
    else listen('load', () => (timer = setTimeout(start)));
  });
  return guarded.stop;

  function listen<Name extends keyof WindowEventMap>(
    name: Name,
    listener: (event: WindowEventMap[Name]) => void,
  ) {
    addEventListener(name, listener, { signal: listening.signal });
  }

  function start(): void {
    stopCalls = receiveCalls(callback, frame, receive);
    listen('message', receivePosted);
    listen('securitypolicyviolation', heedPolicy);
    frame.onload = loaded;
    frame.style.display = 'none';
    frame.name = `encke-${Math.random()}`;
    if (method === 'GET') frame.src = url;
    // Not into the body: pages that swap it would take the frame along.
    document.documentElement.append(frame);
    timer = setInterval(look, LOOK);
    try {
      if (method === 'POST') postInto(frame.name, request);
    } catch (cause) {
      guarded.ended(forbidden('form-action', cause));
    }
  }

  /** A body that is over is followed by `load` at once; where it is not, the response broke off. */
  function look(): void {
    const page = readPage();
    const isOver = page !== undefined && isBodyOver(page);
    if (isOver && wasOver) guarded.ended(brokeOff(url));
    wasOver = isOver;
  }

  /** The document of the response, once it is there. No document at all is one of another origin, or an error page. */
  function readPage(): Document | undefined {
    const page = frame.contentDocument;
    if (!page) guarded.ended(unreachable(url));
    else if (page.URL !== BLANK) {
      if (!head) arrive(page);
      return page;
    }
    return undefined;
  }

  function arrive(page: Document): void {
    const headers = new Headers({ 'content-type': 'text/html' });
    head = { status: statusOf(page), url: page.URL, headers };
    if (!carriesMessages(head)) return;
    if (!page.contentType.includes('html')) {
      const sentence = `${url} sent a frame ${page.contentType}, not HTML.`;
      guarded.ended({ how: 'failed', error: new EnckeError('content-type', sentence, head) });
    }
    guarded.opened(head);
    if (guarded.isLive()) observer.observe(page, { childList: true, characterData: true, subtree: true });
  }

  /** Takes away what was looked at, so that an endless page takes no memory. */
  function sweep(records: MutationRecord[]): void {
    guarded.alive();
    for (const { addedNodes } of records) {
      for (const node of addedNodes) if (isPadding(node)) node.parentNode?.removeChild(node);
    }
  }

  /**
   * The call becomes text again: the format knows what it says, and nothing of the frame's is kept.
   * Arguments that are no JSON throw into the script that gave them.
   */
  function receive(values: unknown[]): void {
    if (!readPage() || !head || !carriesMessages(head)) return;
    guarded.text(`<script>${callback}(${JSON.stringify(values).slice(1, -1)})</script>`);
  }

  function receivePosted({ source, origin, data }: MessageEvent<unknown>): void {
    if (source === frame.contentWindow && origin === self.origin && isEnvelope(data)) receive([data]);
  }

  function heedPolicy({ disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void {
    const concernsFrames = /^(?:frame-src|form-action)$/.test(effectiveDirective);
    if (disposition !== 'enforce' || !concernsFrames || !url.startsWith(blockedURI)) return;
    guarded.ended(forbidden(effectiveDirective));
  }

  function loaded(): void {
    const page = readPage();
    if (!page) return;
    clearTimeout(timer);
    // What the page has posted is still on its way.
    timer = setTimeout(() => {
      if (head) guarded.ended(endOf(head, page.documentElement.textContent, COMPLETE));
    });
  }
}

function forbidden(directive: string, cause?: unknown): End {
  return unusable(`The content security policy forbids it by ${directive}.`, cause);
}

/** WebKit (2.50) does not tell the status of a frame's document; there, any page counts as 200. */
function statusOf(page: Document): number {
  return navigationOf(page)?.responseStatus || 200;
}

/** Firefox (153) says so by the state of the page, WebKit (2.50) by the time of the last byte, Chromium (156) not at all. */
function isBodyOver(page: Document): boolean {
  const { responseStart = 0, responseEnd = 0 } = navigationOf(page) ?? {};
  return page.readyState === 'interactive' || responseEnd > responseStart;
}

function navigationOf({ defaultView }: Document): PerformanceNavigationTiming | undefined {
  return defaultView?.performance.getEntriesByType('navigation')[0] as
    PerformanceNavigationTiming | undefined;
}

/** Text in a script is none: that script may still be arriving. */
function isPadding({ nodeType, parentNode }: Node): boolean {
  return (nodeType === Node.TEXT_NODE || nodeType === Node.COMMENT_NODE) && parentNode?.nodeName !== 'SCRIPT';
}
