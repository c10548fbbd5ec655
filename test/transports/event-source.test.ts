// The browser's own EventSource as a carrier, over one that is played by hand.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openEventSource } from '../../src/transports/event-source.ts';
import type { Stop, TransportRequest } from '../../src/transports/transport.ts';
import { openRecorded, settle, URL_ASKED, type Recorded } from './recorded.ts';

class PlayedSource {
  static readonly CLOSED = 2;
  static latest: PlayedSource;
  readyState = 0;
  closed = 0;
  readonly handlers = new Map<string, ((event: Event) => void)[]>();
  readonly given: readonly unknown[];

  constructor(...given: readonly unknown[]) {
    this.given = given;
    PlayedSource.latest = this;
  }
  addEventListener(name: string, handler: (event: Event) => void): void {
    this.handlers.set(name, [...(this.handlers.get(name) ?? []), handler]);
  }
  close(): void {
    this.closed++;
    this.readyState = PlayedSource.CLOSED;
  }
  dispatch(event: Event): void {
    for (const handler of this.handlers.get(event.type) ?? []) handler(event);
  }
  say(type: string, data: string, lastEventId = ''): void {
    this.dispatch(new MessageEvent(type, { data, lastEventId }));
  }
  fail(readyState: number): void {
    this.readyState = readyState;
    this.dispatch(new Event('error'));
  }
}

/** What the page's performance entries say of the request. */
let entries: { startTime: number; initiatorType: string; responseStatus?: number }[] = [];
let asked: [unknown, RequestInit][] = [];
let answer: () => Promise<unknown>;

beforeEach(() => {
  vi.useFakeTimers();
  entries = [];
  asked = [];
  answer = () => Promise.resolve({});
  vi.stubGlobal('EventSource', PlayedSource);
  vi.stubGlobal('fetch', (url: unknown, init: RequestInit) => {
    asked.push([url, init]);
    return answer();
  });
  vi.spyOn(performance, 'now').mockReturnValue(100);
  vi.spyOn(performance, 'getEntriesByName').mockImplementation((name, type) =>
    name === URL_ASKED && type === 'resource' ? (entries as unknown as PerformanceEntryList) : [],
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function open(
  request?: Partial<TransportRequest>,
  meanwhile?: (name: string, stop: Stop) => void,
): Promise<{ readonly recorded: Recorded; readonly source: PlayedSource }> {
  const recorded = openRecorded(openEventSource, request, meanwhile);
  await settle();
  return { recorded, source: PlayedSource.latest };
}

describe('what it asks', () => {
  it.each([
    ['include', true],
    ['same-origin', false],
  ] as const)(
    'has cookies across origins only where they were asked for: %s',
    async (credentials, expected) => {
      const { source } = await open({ credentials });
      expect(source.given).toEqual([URL_ASKED, { withCredentials: expected }]);
    },
  );

  it('is listened to by each name once, also where a server calls its events as the browser does', async () => {
    const { source } = await open({ events: ['price', 'message', 'error', 'price'] });
    expect([...source.handlers].map(([name, handlers]) => [name, handlers.length])).toEqual([
      ['open', 1],
      ['error', 1],
      ['message', 1],
      ['price', 1],
    ]);
  });
});

describe('a stream', () => {
  it('is opened, and its messages are given with the id that holds', async () => {
    const { source, recorded } = await open({ lastEventId: '6', events: ['price'] });
    source.dispatch(new Event('open'));
    source.say('message', 'a');
    source.say('price', 'b', '7');
    source.say('message', 'c', '7');
    source.say('message', 'd', '');
    expect(recorded.calls).toEqual([
      ['opened', { status: 200, url: URL_ASKED }],
      ['message', { event: 'message', data: 'a', id: '6' }],
      ['id', '7'],
      ['message', { event: 'price', data: 'b', id: '7' }],
      ['message', { event: 'message', data: 'c', id: '7' }],
      ['id', ''],
      ['message', { event: 'message', data: 'd', id: '' }],
    ]);
  });

  it('has messages that are called as the browser calls its own events', async () => {
    const { source, recorded } = await open();
    source.dispatch(new Event('open'));
    source.say('open', 'x');
    source.say('error', 'y');
    expect(recorded.calls.slice(1)).toEqual([
      ['message', { event: 'open', data: 'x', id: '' }],
      ['message', { event: 'error', data: 'y', id: '' }],
    ]);
  });

  it('gives nothing that follows a stop in the middle of a message', async () => {
    const { source, recorded } = await open({}, (name, stop) => {
      if (name === 'id') stop();
    });
    source.dispatch(new Event('open'));
    source.say('message', 'a', '1');
    source.say('message', 'b', '2');
    expect(recorded.calls.map(([name]) => name)).toEqual(['opened', 'id']);
    expect(source.closed).toBe(1);
  });

  it('that ends is closed before the browser connects again', async () => {
    const { source, recorded } = await open();
    source.dispatch(new Event('open'));
    source.fail(0);
    expect([recorded.calls.at(-1), source.closed]).toEqual([['ended', { how: 'complete' }], 1]);
  });

  it('has no EventSource where it was stopped in the code that opened it', async () => {
    const made = PlayedSource.latest;
    const { stop, calls } = openRecorded(openEventSource);
    stop();
    await settle();
    expect([PlayedSource.latest === made, calls]).toEqual([true, []]);
  });
});

describe('an error before the stream', () => {
  it('is no connection where the browser would try again', async () => {
    const { recorded, source } = await open();
    source.fail(0);
    expect(recorded.end).toMatchObject({ how: 'cut', error: { code: 'network' } });
    expect(asked).toEqual([]);
  });

  it.each([404, 500, 204, 400, 299])('is the status that the engine shows: %d', async (status) => {
    entries = [
      { startTime: 99, initiatorType: 'other', responseStatus: 503 },
      { startTime: 200, initiatorType: 'fetch', responseStatus: 502 },
      { startTime: 100, initiatorType: 'other', responseStatus: status },
    ];
    const { recorded, source } = await open();
    source.fail(2);
    expect(recorded.end).toEqual({ how: 'status', head: { status, url: URL_ASKED }, body: '' });
    expect(asked).toEqual([]);
  });

  it('is a refusal by the browser where the server has answered 200', async () => {
    entries = [{ startTime: 200, initiatorType: 'eventsource', responseStatus: 200 }];
    const { recorded, source } = await open();
    source.fail(2);
    expect(recorded.end).toMatchObject({ how: 'failed', error: { code: 'status', url: URL_ASKED } });
    expect((recorded.end as { error: Error }).error.message).toMatch(/answered, but the browser refuses it/);
  });

  it.each([
    [[]],
    [[{ startTime: 200, initiatorType: 'other' }]],
    [[{ startTime: 200, initiatorType: 'other', responseStatus: 300 }]],
    [[{ startTime: 200, initiatorType: 'other', responseStatus: 307 }]],
  ])('is asked about where the engine shows no status: %j', async (shown) => {
    entries = shown;
    const { recorded, source } = await open({ credentials: 'include' });
    source.fail(2);
    expect(recorded.end).toBeUndefined();
    await settle();
    expect(asked).toMatchObject([
      [URL_ASKED, { method: 'HEAD', mode: 'no-cors', credentials: 'include', cache: 'no-store' }],
    ]);
    expect(recorded.end).toMatchObject({ how: 'failed', error: { code: 'status' } });
  });

  it('is the status that the engine shows only once it was asked about', async () => {
    const { recorded, source } = await open();
    source.fail(2);
    entries = [{ startTime: 200, initiatorType: 'other', responseStatus: 410 }];
    await settle();
    expect(recorded.end).toMatchObject({ how: 'status', head: { status: 410 } });
  });

  it.each([429, 502, 503, 504])('is temporary where the question is answered %i', async (status) => {
    const headers = new Headers({ 'retry-after': '5' });
    answer = () => Promise.resolve({ status, url: URL_ASKED, headers });
    const { recorded, source } = await open();
    source.fail(2);
    await settle();
    expect(recorded.end).toEqual({ how: 'status', head: { status, url: URL_ASKED, headers }, body: '' });
  });

  // To another origin the answer shows nothing; and what answers HEAD so may answer GET otherwise.
  it.each([0, 200, 204, 401, 404, 405, 500, 501, 505])(
    'is final where the question is answered %i',
    async (status) => {
      answer = () => Promise.resolve({ status, url: URL_ASKED, headers: new Headers() });
      const { recorded, source } = await open();
      source.fail(2);
      await settle();
      expect(recorded.end).toMatchObject({ how: 'failed', error: { code: 'status' } });
    },
  );

  it('is no connection where nobody answers the question', async () => {
    const cause = new TypeError('Failed to fetch');
    answer = () => Promise.reject(cause);
    const { recorded, source } = await open();
    source.fail(2);
    await settle();
    expect(recorded.end).toMatchObject({ how: 'cut', error: { code: 'network', cause } });
  });

  it('is asked about no longer once it is stopped', async () => {
    const { recorded, source } = await open();
    answer = () => new Promise(() => undefined);
    source.fail(2);
    recorded.stop();
    expect(asked[0]?.[1].signal?.aborted).toBe(true);
    expect(recorded.calls).toEqual([]);
  });
});
