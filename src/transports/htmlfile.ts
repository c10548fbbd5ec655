// htmlfile: streamed HTML is parsed in a document off screen, and its scripts are read instead of run.
//
// The name is that of the ActiveX object which did this in old Internet Explorer. No loading indicator,
// no history entry; and since the bytes come by fetch, statuses and cuts are seen.

import { mediaTypeOf } from '../ground/media-type.ts';
import { POLICY } from '../ground/trusted-types.ts';
import { htmlFileBy } from './described.ts';
import { openFetch } from './fetch-body.ts';
import { guardSink, type TextSink } from './guarded-sink.ts';
import { createInertPage, type InertPage } from './inert-page.ts';
import { unusable } from './refusal.ts';
import type { End, Head, Stop, Transport, TransportRequest } from './transport.ts';

const HTML = /^(?:text\/html|application\/xhtml\+xml)$/;

/** htmlfile: streamed HTML is parsed in an inert document; its scripts are read, not run. */
export const htmlFile: Transport = /* @__PURE__ */ htmlFileBy(openHtmlFile);

export function openHtmlFile(request: TransportRequest, sink: TextSink): Stop {
  let page: InertPage | undefined;
  let stopFetch: Stop | undefined;
  let isHtml = false; // other text is passed on as it is
  const guarded = guardSink(request, sink, () => {
    stopFetch?.();
    page?.close();
  });

  guarded.begin(() => {
    // Before anything is sent: what cannot be read here must not be asked for.
    try {
      page = createInertPage();
    } catch (cause) {
      return guarded.ended(forbidden(cause));
    }
    stopFetch = openFetch(request, { ...guarded, opened, text });
  });
  return guarded.stop;

  function opened(head: Head): void {
    isHtml = HTML.test(mediaTypeOf(head.headers?.get('content-type')));
    guarded.opened(head);
  }

  function text(chunk: string): void {
    if (page && isHtml) giveScripts(page.write(chunk));
    else guarded.text(chunk);
  }

  function giveScripts(scripts: string[]): void {
    if (scripts.length === 0) guarded.alive();
    else guarded.text(scripts.map((text) => `<script>${text}</script>`).join(''));
  }
}

function forbidden(cause: unknown): End {
  const sentence = `Trusted Types forbid it. Add "trusted-types ${POLICY}" to the content security policy.`;
  return unusable(sentence, false, cause);
}
