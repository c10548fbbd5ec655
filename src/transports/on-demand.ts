// The rare carriers for a client that does not hold their code: it is loaded when one of them is opened.
//
// Each names itself, refuses and behaves as the one that holds its code. A file that cannot be loaded makes it
// unusable, so the ladder goes on to the next; that one is asked for again by the next session.

import { eventSourceBy, htmlFileBy, iframeBy, xhrStreamBy } from './described.ts';
import type * as rareCarriers from './rare.ts';
import { unreachable, unusable } from './refusal.ts';
import type { End, Sink, Stop, Transport, TransportRequest } from './transport.ts';

export const xhrStream: Transport = /* @__PURE__ */ xhrStreamBy((...given) => openLater('openXhr', ...given));
export const eventSource: Transport = /* @__PURE__ */ eventSourceBy((...given) =>
  openLater('openEventSource', ...given),
);
export const htmlFile: Transport = /* @__PURE__ */ htmlFileBy((...given) =>
  openLater('openHtmlFile', ...given),
);
export const iframe: Transport = /* @__PURE__ */ iframeBy((...given) => openLater('openIframe', ...given));

function openLater(name: keyof typeof rareCarriers, request: TransportRequest, sink: Sink): Stop {
  let live = true;
  let stop: Stop | undefined; // once it is open
  load().then(
    (rare) => {
      if (live) stop = rare[name](request, sink);
    },
    (cause: unknown) => {
      if (live) sink.ended(isOffline() ? unreachable(request.url, cause) : missing(cause));
    },
  );
  return () => {
    live = false;
    stop?.();
  };
}

/** Not remembered: browsers and bundlers keep what has come. What a bundler makes of `import()` may throw at once. */
async function load(): Promise<typeof rareCarriers> {
  return import('./rare.ts');
}

function missing(cause: unknown): End {
  return unusable('Its code could not be loaded.', false, cause);
}

/** Then the request fails, too, and both may come another time. */
function isOffline(): boolean {
  return (globalThis as Place).navigator?.onLine === false;
}

interface Place {
  readonly navigator?: { readonly onLine: boolean };
}
