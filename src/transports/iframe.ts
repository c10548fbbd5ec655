// The hidden iframe: the server streams a page, and its scripts call a function of this one.
//
// The frame is put in after the page's load, so that no loading indicator turns, and its first navigation is the
// request, so that no history entry is made. It stands in an empty frame of ours, which has two uses: the functions
// that its scripts call are put up there instead of in the page; and the outer frame's `load` tells when the inner
// one is over, also when the response broke off, of which Chromium (156) tells the inner frame nothing at all.

import { EnckeError } from '../ground/errors.ts';
import { isEnvelope } from '../ground/message.ts';
import { onPolicyViolation } from '../ground/policy-violation.ts';
import { iframeBy } from './described.ts';
import { postInto } from './form-post.ts';
import { receiveCalls } from './frame-calls.ts';
import { guardSink, type TextSink } from './guarded-sink.ts';
import { brokeOff, carriesMessages, COMPLETE, endOf, unreachable, unusable } from './refusal.ts';
import type { End, Head, Stop, Transport, TransportRequest } from './transport.ts';

/** How often the frame is looked at, in milliseconds: no event tells that its document came, or will never come. */
const LOOK = 100;

/** How many looks after the last byte `load` may take: the parser may still be busy. */
const PATIENCE = 10;

/** The document of a frame whose response has not begun. */
const BLANK = 'about:blank';

/** A hidden frame loads the stream, and its scripts call the page. Same origin only; GET, or a posted form. */
export const iframe: Transport = /* @__PURE__ */ iframeBy(openIframe);

export function openIframe(request: TransportRequest, sink: TextSink): Stop {
  const { url, method, callbacks } = request;
  const outer = document.createElement('iframe');
  const observer = new MutationObserver(sweep);
  let frame: HTMLIFrameElement | undefined; // the inner one, once the outer one is in the page
  let timer: ReturnType<typeof setTimeout> | undefined; // the wait for the page's load, the next look, or the end
  let head: Head | undefined; // once a document has come
  const stops: Stop[] = []; // of what listens for policies
  let looksAfterEnd = 0; // how often it was looked at since the last byte
  const guarded = guardSink(request, sink, () => {
    removeEventListener('load', soon);
    for (const stop of stops) stop();
    observer.disconnect();
    clearTimeout(timer);
    outer.onload = null;
    outer.remove();
  });

  guarded.begin(() => {
    if (document.readyState === 'complete') start();
    else addEventListener('load', soon);
  });
  return guarded.stop;

  function soon(): void {
    timer = setTimeout(start);
  }

  function start(): void {
    outer.style.display = 'none';
    // Not into the body: pages that swap it would take the frame along.
    document.documentElement.append(outer);
    const { contentDocument: room, contentWindow: around } = outer;
    // An extension may take frames away at once.
    if (!room || !around) return guarded.ended(unusable('The page does not keep frames.', false));
    room.open();
    room.append(room.createElement('html'));
    frame = room.createElement('iframe');
    receiveCalls(around, callbacks, receive);
    around.onmessage = receivePosted;
    // Firefox (153) tells the page instead of the outer frame.
    for (const teller of [around, window]) stops.push(onPolicyViolation(heedPolicy, teller));
    frame.name = 'encke';
    frame.onload = readPage;
    if (method === 'GET') frame.src = url;
    outer.onload = over;
    room.documentElement.append(frame);
    timer = setInterval(look, LOOK);
    try {
      if (method === 'POST') postInto(room, frame.name, request);
      // From here on the outer frame loads as long as the inner one. A form is sent later: that one has not begun yet.
      else room.close();
    } catch (cause) {
      guarded.ended(forbidden('form-action', false, cause));
    }
  }

  /** WebKit (2.50) tells of a reset connection by the time of the last byte alone; of any other end, `load` tells first. */
  function look(): void {
    const page = readPage();
    const { responseStart = 0, responseEnd = 0 } = (page && navigationOf(page)) ?? {};
    if (responseEnd > responseStart && ++looksAfterEnd > PATIENCE) guarded.ended(brokeOff(url));
  }

  /** The document of the response, once it is there. No document at all is one of another origin, or an error page. */
  function readPage(): Document | undefined {
    const page = frame?.contentDocument;
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
    outer.contentDocument?.close();
    if (!carriesMessages(head)) return guarded.refused(() => conclude(page));
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
  function receive(name: string, values: unknown[]): void {
    const page = readPage();
    if (!page || !head || !carriesMessages(head)) return;
    guarded.text(`<script>${name}(${JSON.stringify(values).slice(1, -1)})</script>`);
    page.currentScript?.remove();
  }

  function receivePosted({ source, origin, data }: MessageEvent<unknown>): void {
    const isOurs = source === frame?.contentWindow && origin === self.origin;
    if (isOurs && isEnvelope(data)) receive(callbacks[0] ?? '', [data]);
  }

  function heedPolicy(directive: string, blockedUri: string): void {
    const concernsFrames = /^(?:frame-src|form-action)$/.test(directive);
    if (!concernsFrames || !url.startsWith(blockedUri)) return;
    // What the page asks for, or what the answer redirects to: the event is the same for both.
    guarded.ended(forbidden(directive, true));
  }

  function over(): void {
    const page = readPage();
    clearTimeout(timer);
    if (!guarded.isLive()) return;
    // What the page has posted is still on its way; where no page came, so is word of the policy that forbids it.
    timer = setTimeout(
      () => {
        if (page) conclude(page);
        // Of a 204, or where WebKit (2.50) met no server: nothing else tells of them.
        else guarded.ended(unreachable(url));
      },
      page ? 0 : LOOK,
    );
  }

  /** A document whose response broke off is never `complete`. WebKit (2.50) takes a closed socket for the end. */
  function conclude(page: Document): void {
    const end = page.readyState === 'complete' ? COMPLETE : brokeOff(url);
    // Where the very beginning broke off there is no element yet, whatever the type says.
    const root = page.documentElement as Element | null;
    if (head) guarded.ended(endOf(head, root?.textContent ?? '', end));
  }
}

function forbidden(directive: string, sent: boolean, cause?: unknown): End {
  return unusable(`The content security policy forbids it by ${directive}.`, sent, cause);
}

/** WebKit (2.50) does not tell the status of a frame's document; there, any page counts as 200. */
function statusOf(page: Document): number {
  return navigationOf(page)?.responseStatus || 200;
}

function navigationOf({ defaultView }: Document): PerformanceNavigationTiming | undefined {
  return defaultView?.performance.getEntriesByType('navigation')[0] as
    PerformanceNavigationTiming | undefined;
}

/** Text in a script is none: that script may still be arriving. */
function isPadding({ nodeType, parentNode }: Node): boolean {
  return (nodeType === Node.TEXT_NODE || nodeType === Node.COMMENT_NODE) && parentNode?.nodeName !== 'SCRIPT';
}
