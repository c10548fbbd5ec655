// What each carrier says it cannot do: the ladder believes it, and skips it.

import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  eventSource,
  fetchStream,
  htmlFile,
  iframe,
  longPoll,
  poll,
  xhrStream,
} from '../../src/transports/index.ts';
import * as onDemand from '../../src/transports/on-demand.ts';
import type { Demand, Transport } from '../../src/transports/transport.ts';
import { PLAIN_DEMAND } from '../contracts/transport-laws.ts';

const CAN = undefined;
const NO_STREAM = 'cannot send a stream';
const NO_FETCH = 'cannot use a fetch of your own';
const NO_OMIT = 'cannot omit cookies';
const NO_CREDENTIALS = 'cannot send credentials in a URL';
const NO_HEADERS = 'cannot send headers';

type Answer = string | undefined;
type Row = readonly [string, Partial<Demand>, Answer, Answer, Answer, Answer, Answer];

/** The answer of xhrStream, eventSource, htmlFile, iframe and fetchStream, in this order, to each demand. */
const ANSWERS: readonly Row[] = [
  ['a plain GET', {}, CAN, CAN, CAN, CAN, CAN],
  ['a POST', { method: 'POST' }, CAN, 'cannot POST', CAN, CAN, CAN],
  ['a PUT', { method: 'PUT' }, CAN, 'cannot PUT', CAN, 'cannot PUT', CAN],
  ['headers', { headers: true }, CAN, NO_HEADERS, CAN, NO_HEADERS, CAN],
  ['a form', { method: 'POST', body: 'form' }, CAN, 'cannot POST', CAN, CAN, CAN],
  [
    'any body',
    { method: 'POST', body: 'any' },
    CAN,
    'cannot POST',
    CAN,
    'cannot send a body that is no form',
    CAN,
  ],
  ['one exchange', { once: true }, CAN, 'cannot tell the end of an answer from a failure', CAN, CAN, CAN],
  ['another origin', { crossOrigin: true }, CAN, CAN, CAN, 'cannot read a frame of another origin', CAN],
  ['a fetch of the caller', { ownFetch: true }, NO_FETCH, NO_FETCH, CAN, NO_FETCH, CAN],
  ['no cookies at its own origin', { credentials: 'omit' }, NO_OMIT, NO_OMIT, CAN, NO_OMIT, CAN],
  [
    'no cookies at another origin',
    { credentials: 'omit', crossOrigin: true },
    CAN,
    CAN,
    CAN,
    'cannot read a frame of another origin',
    CAN,
  ],
  [
    'cookies everywhere',
    { credentials: 'include', crossOrigin: true },
    CAN,
    CAN,
    CAN,
    expect.anything() as string,
    CAN,
  ],
  [
    'the progress of an upload',
    { uploadProgress: true },
    CAN,
    CAN,
    CAN,
    CAN,
    'cannot tell the progress of an upload',
  ],
  ['credentials in the URL', { urlCredentials: true }, CAN, CAN, NO_CREDENTIALS, CAN, NO_CREDENTIALS],
  [
    'credentials in the URL, and a fetch of the caller',
    { urlCredentials: true, ownFetch: true },
    NO_FETCH,
    NO_FETCH,
    CAN,
    NO_FETCH,
    CAN,
  ],
];

const CARRIERS = [xhrStream, eventSource, htmlFile, iframe, fetchStream];

afterEach(() => void vi.unstubAllGlobals());

/** A browser as far as the carriers look at it. */
function stubBrowser(): void {
  vi.stubGlobal('XMLHttpRequest', function () {});
  vi.stubGlobal('EventSource', function () {});
  vi.stubGlobal('document', {});
}

describe.each(ANSWERS)('asked for %s', (_, demand, ...answers) => {
  it.each(CARRIERS.map((carrier, at) => [carrier.name, carrier, answers[at]] as const))(
    '%s says what it cannot',
    (_name, carrier, answer) => {
      stubBrowser();
      expect(carrier.refuses({ ...PLAIN_DEMAND, ...demand })).toEqual(answer);
    },
  );

  it('a carrier whose code is not there yet says the same as the one that is', () => {
    stubBrowser();
    const { xhrStream: xhr, eventSource: source, htmlFile: file, iframe: frame } = onDemand;
    const refusals = (of: readonly Transport[]): unknown =>
      of.map((carrier) => carrier.refuses({ ...PLAIN_DEMAND, ...demand }));
    expect(refusals([xhr, source, file, frame])).toEqual(refusals(CARRIERS.slice(0, 4)));
  });
});

describe('a stream as a body', () => {
  const demand: Demand = { ...PLAIN_DEMAND, method: 'POST', body: 'stream' };

  it('is sent by fetch where the browser knows such bodies', () => {
    stubBrowser();
    expect([fetchStream, longPoll, poll].map((carrier) => carrier.refuses(demand))).toEqual([CAN, CAN, CAN]);
  });

  it('is refused where the browser would send it as text, unless the caller brings a fetch', () => {
    stubBrowser();
    vi.stubGlobal('Request', function () {});
    const refusal = 'cannot send a stream in this browser';
    for (const carrier of [fetchStream, longPoll, poll]) {
      expect(carrier.refuses(demand)).toBe(refusal);
      expect(carrier.refuses({ ...demand, ownFetch: true })).toBe(CAN);
    }
  });

  it('is refused by XHR and by frames', () => {
    stubBrowser();
    expect([xhrStream, iframe].map((carrier) => carrier.refuses(demand))).toEqual([NO_STREAM, NO_STREAM]);
  });
});

describe('in a place that lacks what a carrier is made of', () => {
  it.each([
    ['XMLHttpRequest', xhrStream, 'needs XMLHttpRequest'],
    ['EventSource', eventSource, 'needs EventSource'],
    ['document', htmlFile, 'needs a document'],
    ['document', iframe, 'needs a document'],
    ['fetch', fetchStream, 'needs fetch and TextDecoder'],
    ['fetch', longPoll, 'needs fetch and TextDecoder'],
    ['fetch', poll, 'needs fetch and TextDecoder'],
    ['TextDecoder', fetchStream, 'needs fetch and TextDecoder'],
    ['ReadableStream', fetchStream, 'needs streams in responses'],
    ['ReadableStream', htmlFile, 'needs streams in responses'],
  ] as const)('without %s, the carrier says what it needs', (name, carrier, refusal) => {
    stubBrowser();
    vi.stubGlobal(name, undefined);
    expect(carrier.refuses(PLAIN_DEMAND)).toBe(refusal);
  });

  it('polls need no streams in responses', () => {
    vi.stubGlobal('ReadableStream', undefined);
    expect([longPoll.refuses(PLAIN_DEMAND), poll.refuses(PLAIN_DEMAND)]).toEqual([CAN, CAN]);
  });

  it('a browser whose responses have no body as a stream cannot stream', () => {
    vi.stubGlobal('Response', function () {});
    expect(fetchStream.refuses(PLAIN_DEMAND)).toBe('needs streams in responses');
  });

  it('a fetch of the caller is as good as that of the place', () => {
    vi.stubGlobal('fetch', undefined);
    expect(fetchStream.refuses({ ...PLAIN_DEMAND, ownFetch: true })).toBe(CAN);
  });
});

/** What decides how a session uses a carrier; docs/transports.md says why each is so. */
describe('what is known of a rare carrier', () => {
  const PLAINLY = { rhythm: 'stream', tellsCuts: true, showsLife: true };
  const FACTS = [
    [
      'xhrStream',
      { ...PLAINLY, name: 'xhr-stream', sendsHeaders: true, namesItself: false, keepsText: true },
    ],
    [
      'eventSource',
      {
        rhythm: 'stream',
        tellsCuts: false,
        showsLife: false,
        name: 'event-source',
        sendsHeaders: false,
        namesItself: false,
        hearsByName: true,
        accept: 'text/event-stream',
      },
    ],
    [
      'htmlFile',
      {
        ...PLAINLY,
        name: 'htmlfile',
        sendsHeaders: true,
        namesItself: true,
        keepsText: true,
        accept: 'text/html',
      },
    ],
    [
      'iframe',
      {
        ...PLAINLY,
        name: 'iframe',
        sendsHeaders: false,
        namesItself: true,
        keepsText: true,
        accept: 'text/html',
      },
    ],
  ] as const;

  it.each(FACTS)('%s is the same whether its code is there or not yet', (name, facts) => {
    const here: Record<(typeof FACTS)[number][0], Transport> = { xhrStream, eventSource, htmlFile, iframe };
    const functions = { open: expect.any(Function) as unknown, refuses: expect.any(Function) as unknown };
    expect(here[name]).toEqual({ ...facts, ...functions });
    expect(onDemand[name]).toEqual({ ...facts, ...functions });
  });
});
