// What is known of the rare carriers before their code is there. The code itself may be loaded later.

import { refusesFetchStream } from './fetch-body.ts';
import type { Demand, Transport } from './transport.ts';
import { refusesWithoutFetch, refusesWithoutHeaders } from './without-fetch.ts';

/** Each makes the whole of a transport: who has the code, and who loads it, cannot differ in anything else. */
type Described = (open: Transport['open']) => Transport;

export const xhrStreamBy: Described = (open) => ({
  name: 'xhr-stream',
  rhythm: 'stream',
  sendsHeaders: true,
  namesItself: false,
  tellsCuts: true,
  showsLife: true,
  keepsText: true,
  refuses: refusesXhr,
  open,
});

export const eventSourceBy: Described = (open) => ({
  name: 'event-source',
  rhythm: 'stream',
  sendsHeaders: false,
  namesItself: false,
  tellsCuts: false,
  showsLife: false,
  hearsByName: true,
  accept: 'text/event-stream',
  refuses: refusesEventSource,
  open,
});

export const htmlFileBy: Described = (open) => ({
  name: 'htmlfile',
  rhythm: 'stream',
  sendsHeaders: true,
  namesItself: true,
  tellsCuts: true,
  showsLife: true,
  // Firefox (153) keeps what was written into a document until it is closed.
  keepsText: true,
  accept: 'text/html',
  refuses: refusesHtmlFile,
  open,
});

export const iframeBy: Described = (open) => ({
  name: 'iframe',
  rhythm: 'stream',
  sendsHeaders: false,
  namesItself: true,
  tellsCuts: true,
  showsLife: true,
  // The browser keeps the source of a document that has not ended, whatever was taken out of it.
  keepsText: true,
  accept: 'text/html',
  refuses: refusesIframe,
  open,
});

function refusesXhr(demand: Demand): string | undefined {
  return typeof XMLHttpRequest === 'function' ? refusesWithoutFetch(demand) : 'needs XMLHttpRequest';
}

function refusesEventSource(demand: Demand): string | undefined {
  if (typeof EventSource !== 'function') return 'needs EventSource';
  if (demand.method !== 'GET') return `cannot ${demand.method}`;
  if (demand.once) return 'cannot tell the end of an answer from a failure';
  return refusesWithoutHeaders(demand);
}

function refusesHtmlFile(demand: Demand): string | undefined {
  return typeof document === 'undefined' ? 'needs a document' : refusesFetchStream(demand);
}

function refusesIframe(demand: Demand): string | undefined {
  if (typeof document === 'undefined') return 'needs a document';
  if (demand.crossOrigin) return 'cannot read a frame of another origin';
  if (demand.method !== 'GET' && demand.method !== 'POST') return `cannot ${demand.method}`;
  if (demand.body === 'any') return 'cannot send a body that is no form';
  return refusesWithoutHeaders(demand);
}
