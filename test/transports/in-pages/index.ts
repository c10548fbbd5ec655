// The details of every transport.

import type { Details } from './detail.ts';
import { eventSourceDetails } from './event-source.ts';
import { fetchAndXhrDetails } from './fetch-and-xhr.ts';
import { htmlFileDetails } from './htmlfile.ts';
import { iframeDetails } from './iframe.ts';

const DETAILS: Readonly<Record<string, Details>> = {
  'fetch-stream': fetchAndXhrDetails,
  'xhr-stream': fetchAndXhrDetails,
  'event-source': eventSourceDetails,
  htmlfile: htmlFileDetails,
  iframe: iframeDetails,
};

export function detailsOf(transport: string): Details {
  return DETAILS[transport] ?? {};
}
