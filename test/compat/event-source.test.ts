// The entry encke/event-source, without a browser: waits, requests, and what is left behind. The network is a script.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventSource, type EventSourceOptions } from '../../src/compat/event-source/event-source.ts';

const URL_OF_STREAM = 'https://example.com/stream';

/** What the clock of the test makes of a timer of 0 ms. */
const IMMEDIATE = 1;

/** What a request is answered with. */
interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Where redirects led. */
  readonly url?: string;
  /** What comes at once. */
  readonly text?: string;
  /** Whether the connection stays open. */
  readonly stays?: boolean;
  /** After how many milliseconds more comes, again and again. */
  readonly beat?: number;
}

interface Request {
  readonly url: string;
  readonly at: number;
  readonly init: RequestInit & { readonly headers: Headers };
}

/** The last answer repeats. */
let answers: readonly (Answer | 'down' | 'silent')[];
let requests: Request[];
/** `open`, `error` with its ready state, `event|data|id`. */
let told: string[];
let sources: EventSource[];

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'],
  });
  answers = ['down'];
  requests = [];
  told = [];
  sources = [];
});

afterEach(() => {
  for (const source of sources) source.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a wait', () => {
  it('is three seconds, after an end, after a cut and where there is no answer', async () => {
    answers = [{ text: 'data: a\n\n' }, 'down', { stays: true }];
    open();
    await pass(10_000);
    expect(gaps()).toEqual([3_000, 3_000]);
    expect(told).toEqual(['open', 'message|a|', 'error 0', 'error 0', 'open']);
  });

  it('is what the server said last, for all that follows', async () => {
    answers = [{ text: 'retry: 20\n\nretry: 500\n' }, 'down', { text: 'retry: 0\n' }, { stays: true }];
    open();
    await pass(10_000);
    expect(gaps()).toEqual([500, 500, IMMEDIATE]);
  });

  it.each(['10abc', '', ' 7', '1.5', '-1', '+1', '1e3', '٣'])(
    'is not changed by `retry:%s`',
    async (value) => {
      answers = [{ text: `retry:500\nretry: ${value}\n` }, { stays: true }];
      open();
      await pass(10_000);
      expect(gaps()).toEqual([500]);
    },
  );

  it('may be longer than a timer of the browser', async () => {
    answers = [{ text: 'retry: 99999999999999\n' }, { stays: true }];
    open();
    await pass(60_000);
    expect(requests).toHaveLength(1);
  });
});

describe('a request', () => {
  it('is that of the standard', async () => {
    answers = [{ stays: true }];
    open();
    await pass(0);
    const [{ url, init } = fail()] = requests;
    expect(url).toBe(URL_OF_STREAM);
    expect([...init.headers]).toEqual([['accept', 'text/event-stream']]);
    expect(init).toMatchObject({ method: 'GET', body: null, cache: 'no-store', credentials: 'same-origin' });
  });

  it('has credentials for other origins where they are wanted', async () => {
    answers = [{ stays: true }];
    open({ withCredentials: true });
    open({ withCredentials: true, credentials: 'omit' });
    await pass(0);
    expect(requests.map(({ init }) => init.credentials)).toEqual(['include', 'omit']);
  });

  it('has the headers, the method and the body that are asked for before every attempt', async () => {
    answers = [{ text: 'retry: 0\nid: 1\ndata: a\n\n' }, { stays: true }];
    let count = 0;
    open({
      headers: () =>
        Promise.resolve({ authorization: `Bearer ${String(++count)}`, accept: 'text/event-stream, */*' }),
      method: () => 'query',
      body: () => `attempt ${String(count)}`,
    });
    await pass(0);
    expect(requests.map(({ init }) => [init.method, init.body, Object.fromEntries(init.headers)])).toEqual([
      ['QUERY', expect.any(String), { authorization: 'Bearer 1', accept: 'text/event-stream, */*' }],
      [
        'QUERY',
        expect.any(String),
        { authorization: 'Bearer 2', accept: 'text/event-stream, */*', 'last-event-id': '1' },
      ],
    ]);
  });

  it('is a POST where it has a body', async () => {
    answers = [{ stays: true }];
    open({ body: new URLSearchParams({ q: 'a' }) });
    await pass(0);
    expect(requests[0]?.init).toMatchObject({ method: 'POST', body: new URLSearchParams({ q: 'a' }) });
  });

  it('is tried again where a function among the options fails', async () => {
    answers = [{ stays: true }];
    let count = 0;
    const source = open({
      headers() {
        if (++count === 1) throw new Error('no token');
        return {};
      },
    });
    const messages: (string | undefined)[] = [];
    source.onerror = ({ message }) => void messages.push(message);
    await pass(3_000);
    expect(told).toEqual(['error 0', 'open']);
    expect(messages).toEqual([expect.stringContaining('no token')]);
  });

  it('carries the name and the password of its URL in a header, as fetch takes no such URL', async () => {
    answers = [{ stays: true }];
    const source = open({}, 'https://Ada:p%C3%A9@example.com/stream');
    await pass(0);
    expect(requests[0]?.url).toBe(URL_OF_STREAM);
    expect(requests[0]?.init.headers.get('authorization')).toBe(`Basic ${btoa('Ada:p\u00c3\u00a9')}`);
    expect(source.url).toBe('https://Ada:p%C3%A9@example.com/stream');
  });

  it('takes a name and a password that are not percent-encoded, or no UTF-8', async () => {
    answers = [{ stays: true }];
    open({}, 'https://A%da:100%@example.com/stream');
    open({}, 'https://Ada:%ff%E9@example.com/stream');
    await pass(0);
    const sent = requests.map(({ init }) => init.headers.get('authorization'));
    expect(sent).toEqual([`Basic ${btoa('A\u00da:100%')}`, `Basic ${btoa('Ada:\u00ff\u00e9')}`]);
  });
});

describe('the last event id', () => {
  it('travels in the header as UTF-8', async () => {
    answers = [{ text: 'retry: 0\nid: ✓\ndata: a\n\n' }, { stays: true }];
    open();
    await pass(0);
    expect(requests[0]?.init.headers.has('last-event-id')).toBe(false);
    expect(requests[1]?.init.headers.get('last-event-id')).toBe('\u00e2\u009c\u0093');
    expect(requests[1]?.url).toBe(URL_OF_STREAM);
  });

  it('is that of the last whole event, and none where the server cleared it', async () => {
    answers = [
      { text: 'retry: 0\nid: 1\ndata: a\n\nid: 2\ndata: b' },
      { text: 'id\ndata: c\n\n' },
      { stays: true },
    ];
    open();
    await pass(10);
    expect(requests.map(({ init }) => init.headers.get('last-event-id'))).toEqual([null, '1', null]);
  });

  it('supersedes the one that the headers give', async () => {
    answers = [{ text: 'retry: 0\nid: 7\n\n' }, { stays: true }];
    open({ headers: { 'Last-Event-ID': '3' } });
    await pass(0);
    expect(requests.map(({ init }) => init.headers.get('last-event-id'))).toEqual(['3', '7']);
  });

  it('travels in the query where the parameter is named, in the place of an earlier one', async () => {
    answers = [{ text: 'retry: 0\nid: a&b\n\n' }, { stays: true }];
    open({ lastEventIdQueryParameterName: 'Last-Event-Id' }, `${URL_OF_STREAM}?Last-Event-Id=0&q=%7E`);
    await pass(0);
    expect(requests.map(({ url }) => url)).toEqual([
      `${URL_OF_STREAM}?Last-Event-Id=0&q=%7E`,
      `${URL_OF_STREAM}?q=%7E&Last-Event-Id=a%26b`,
    ]);
    expect(requests[1]?.init.headers.has('last-event-id')).toBe(false);
  });

  describe('at another origin', () => {
    const first = { text: 'retry: 100\nid: 1\ndata: a\n\n' };

    beforeEach(() => void vi.stubGlobal('origin', 'https://page.example'));

    it('travels in the header where that is allowed', async () => {
      answers = [first, first, { stays: true }];
      open();
      await pass(1_000);
      expect(ways()).toEqual(['', 'header', 'header']);
    });

    it('goes by query, at once and from then on, where the header gets no answer', async () => {
      answers = [first, 'down', first, { stays: true }];
      open();
      await pass(1_000);
      expect(ways()).toEqual(['', 'header', 'query', 'query']);
      expect(gaps()).toEqual([100, 0, 100]);
      expect(told.filter((each) => each.startsWith('error'))).toHaveLength(2);
    });

    it('goes by header again where neither got an answer', async () => {
      answers = [first, 'down', 'down', 'down', first, { stays: true }];
      open();
      await pass(1_000);
      expect(ways()).toEqual(['', 'header', 'query', 'header', 'query', 'query']);
      expect(gaps()).toEqual([100, 0, 100, 0, 100]);
    });

    it('may go by query where that redirects to the page, too', async () => {
      answers = [{ ...first, url: 'https://page.example/stream' }, 'down', first, { stays: true }];
      open();
      await pass(1_000);
      expect(ways()).toEqual(['', 'header', 'query', 'query']);
    });

    it('may go by query where the page redirects to that', async () => {
      vi.stubGlobal('origin', 'https://example.com');
      answers = [{ ...first, url: 'https://other.example/stream' }, 'down', first, { stays: true }];
      open();
      await pass(1_000);
      expect(ways()).toEqual(['', 'header', 'query', 'header']);
    });

    function ways(): string[] {
      return requests.map(({ url, init }) =>
        init.headers.has('last-event-id') ? 'header' : url.includes('?lastEventId=1') ? 'query' : '',
      );
    }
  });
});

describe('no answer from another origin', () => {
  beforeEach(() => void vi.stubGlobal('origin', 'https://page.example'));

  it('is final where the server answers a question without CORS', async () => {
    answers = ['down', {}];
    open();
    await pass(10_000);
    expect(told).toEqual(['error 2']);
    expect(requests.map(({ init }) => [init.method, init.mode])).toEqual([
      ['GET', undefined],
      ['HEAD', 'no-cors'],
    ]);
  });

  it('is asked again where nothing answers that', async () => {
    answers = ['down', 'down', { stays: true }];
    open();
    await pass(10_000);
    expect(told).toEqual(['error 0', 'open']);
  });

  it('is no refusal once there has been one, nor with `resilient`', async () => {
    answers = [{ text: 'retry: 0\n' }, 'down', { stays: true }];
    open();
    await pass(10_000);
    expect(told).toEqual(['open', 'error 0', 'error 0', 'open']);

    answers = ['down', {}];
    told = [];
    open({ resilient: true });
    await pass(10);
    expect(told).toEqual(['error 0']);
  });

  it('leaves no question behind when it is closed', async () => {
    answers = ['down', 'silent'];
    const source = open();
    await pass(0);
    expect(requests).toHaveLength(2);
    source.close();
    expect(requests[1]?.init.signal?.aborted).toBe(true);
  });
});

describe('an error event', () => {
  it('says the status, the headers and what went wrong', async () => {
    answers = [{ status: 401, headers: { 'www-authenticate': 'Bearer' }, text: 'no' }];
    const source = open();
    const seen: unknown[] = [];
    source.onerror = ({ status, message, headers }) => {
      seen.push(status, message, headers?.get('www-authenticate'));
    };
    await pass(0);
    expect(seen).toEqual([401, 'The server answered 401.', 'Bearer']);
  });

  it('says which type was no event stream', async () => {
    answers = [{ headers: { 'content-type': 'text/html' }, text: '<title>login</title>' }];
    const source = open();
    const seen: unknown[] = [];
    source.onerror = ({ status, message }) => void seen.push(status, message);
    await pass(0);
    expect(seen).toEqual([200, expect.stringContaining('text/html')]);
    expect(requests[0]?.init.signal?.aborted).toBe(true);
  });

  it('is a plain event without them where the server ended the stream', async () => {
    answers = [{}];
    const source = open();
    const seen: unknown[] = [];
    source.onerror = (event) =>
      void seen.push(event.constructor, event.status, event.message, 'data' in event);
    await pass(0);
    expect(seen).toEqual([Event, undefined, '', false]);
  });
});

describe('`signal`', () => {
  it('lets nothing be asked for where it is aborted already', async () => {
    const source = open({ signal: AbortSignal.abort() });
    await pass(10_000);
    expect(source.readyState).toBe(EventSource.CLOSED);
    expect(requests).toEqual([]);
    expect(told).toEqual([]);
  });

  it('closes, without an event', async () => {
    answers = [{ stays: true }];
    const controller = new AbortController();
    const source = open({ signal: controller.signal });
    await pass(0);
    controller.abort();
    expect(source.readyState).toBe(EventSource.CLOSED);
    expect(requests[0]?.init.signal?.aborted).toBe(true);
    await pass(10_000);
    expect(told).toEqual(['open']);
  });

  it('is left alone once it is closed, or has failed', async () => {
    answers = [{ status: 404 }];
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    open({ signal });
    open({ signal }).close();
    await pass(0);
    expect(told).toEqual(['error 2']);
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      expect.arrayContaining(added.mock.calls.map(([, listener]) => listener)),
    );
  });
});

describe('`heartbeatTimeout`', () => {
  it('ends a silence, of a head that does not come and of a body', async () => {
    answers = ['silent', { text: 'data: a\n\n', stays: true }, { stays: true }];
    const source = open({ heartbeatTimeout: 1_000 });
    const messages: (string | undefined)[] = [];
    source.onerror = ({ message }) => void messages.push(message);
    await pass(8_500);
    expect(told).toEqual(['error 0', 'open', 'message|a|', 'error 0', 'open']);
    expect(gaps()).toEqual([4_000, 4_000]);
    expect(messages).toEqual([expect.stringContaining('1000 ms'), expect.stringContaining('1000 ms')]);
    expect(requests.slice(0, 2).map(({ init }) => init.signal?.aborted)).toEqual([true, true]);
  });

  it('counts a comment as a sign of life', async () => {
    answers = [{ beat: 900 }];
    open({ heartbeatTimeout: 1_000 });
    await pass(20_000);
    expect(told).toEqual(['open']);
  });

  it('is endless where nobody names one', async () => {
    answers = [{ stays: true }];
    open();
    await pass(10 * 60_000);
    expect(told).toEqual(['open']);
  });
});

describe('`resilient`', () => {
  it.each([408, 425, 429, 500, 502, 503, 504])('asks again after %i', async (status) => {
    answers = [{ status }, { stays: true }];
    open({ resilient: true });
    await pass(10_000);
    expect(told).toEqual(['error 0', 'open']);
  });

  it.each([204, 205, 210, 304, 400, 401, 403, 404, 410])('fails at %i all the same', async (status) => {
    answers = [{ status }];
    open({ resilient: true });
    await pass(10_000);
    expect(told).toEqual(['error 2']);
  });

  it('waits as long as `Retry-After` asks, and a jitter', async () => {
    answers = [{ status: 503, headers: { 'retry-after': '20' } }, { stays: true }];
    open({ resilient: true });
    await pass(60_000);
    expect(gaps()[0]).toBeGreaterThanOrEqual(20_000);
    expect(gaps()[0]).toBeLessThan(23_000);
  });

  it('waits longer after each attempt that brought nothing, up to 30 seconds', async () => {
    answers = [{ text: ': accepted, and dropped\n\n' }];
    open({ resilient: true });
    await pass(5 * 60_000);
    const waits = gaps();
    expect(waits[0]).toBeLessThanOrEqual(2_000);
    expect(waits[2]).toBeGreaterThanOrEqual(4_000);
    for (const wait of waits.slice(5)) expect(wait).toBeGreaterThanOrEqual(15_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
  });

  it('spreads those who lost their server at the same time', async () => {
    const crowd = 100;
    answers = [...Array.from({ length: crowd }, () => ({ text: 'data: a\n\n' })), { stays: true }];
    for (let count = 0; count < crowd; count++) open({ resilient: true });
    await pass(5_000);
    const times = requests.slice(crowd).map(({ at }) => at);
    expect(times).toHaveLength(crowd);
    expect(new Set(times).size).toBeGreaterThan(50);
  });

  it('asks again as soon as the browser is on line, once, and only while it waits', async () => {
    const page = new EventTarget();
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    answers = ['down', 'down', 'down', 'down', 'down', { stays: true }];
    open({ resilient: true });
    await pass(20_000);
    const before = requests.length;
    page.dispatchEvent(new Event('online'));
    page.dispatchEvent(new Event('online'));
    await pass(0);
    expect(requests).toHaveLength(before + 1);
    for (const source of sources) source.close();
    page.dispatchEvent(new Event('online'));
    await pass(60_000);
    expect(requests).toHaveLength(before + 1);
  });

  it('ends a silence of 45 seconds', async () => {
    answers = [{ stays: true }];
    open({ resilient: true });
    await pass(44_000);
    expect(told).toEqual(['open']);
    await pass(2_000);
    expect(told.slice(0, 2)).toEqual(['open', 'error 0']);
  });
});

describe('what it leaves', () => {
  it('is nothing once it is closed while it waits, asks or reads', async () => {
    answers = ['down'];
    const waiting = open();
    await pass(10);
    answers = ['silent'];
    const asking = open({ heartbeatTimeout: 500 });
    await pass(10);
    answers = [{ text: 'data: a\n\n', stays: true }];
    const reading = open({ resilient: true });
    await pass(10);
    told = [];
    for (const source of [waiting, asking, reading]) source.close();
    expect(vi.getTimerCount()).toBe(0);
    expect(requests.slice(1).map(({ init }) => init.signal?.aborted)).toEqual([true, true]);
    await pass(60_000);
    expect(told).toEqual([]);
    expect(requests).toHaveLength(3);
  });

  it('is no request where it is closed at once', async () => {
    open().close();
    await pass(10_000);
    expect(requests).toEqual([]);
  });

  it('is no request of a function that answers when it is closed', async () => {
    let answer: (headers: HeadersInit) => void = () => undefined;
    const source = open({ headers: () => new Promise((resolve) => (answer = resolve)) });
    await pass(10);
    source.close();
    answer({});
    await pass(10_000);
    expect(requests).toEqual([]);
  });
});

describe('`EventSource.defaults`', () => {
  afterEach(() => {
    EventSource.defaults = {};
  });

  it('hold for every one that is made from then on and is not given its own', async () => {
    answers = [{ stays: true }];
    EventSource.defaults = { headers: { 'x-a': '1' }, withCredentials: true };
    open({ withCredentials: undefined });
    open({ headers: { 'x-b': '2' }, withCredentials: false });
    await pass(0);
    expect(
      requests.map(({ init }) => [init.headers.get('x-a'), init.headers.get('x-b'), init.credentials]),
    ).toEqual([
      ['1', null, 'include'],
      [null, '2', 'same-origin'],
    ]);
  });

  it("may be those of a class of one's own", async () => {
    answers = [{ stays: true }];
    class Own extends EventSource {
      static override defaults: EventSourceOptions = { fetch: scriptedFetch, headers: { 'x-own': '1' } };
    }
    sources.push(new Own(URL_OF_STREAM));
    open();
    await pass(0);
    expect(requests.map(({ init }) => init.headers.get('x-own'))).toEqual(['1', null]);
  });
});

function open(options: EventSourceOptions = {}, url = URL_OF_STREAM): EventSource {
  const source = new EventSource(url, { fetch: scriptedFetch, ...options });
  sources.push(source);
  source.addEventListener('open', () => void told.push('open'));
  source.addEventListener('error', () => void told.push(`error ${String(source.readyState)}`));
  source.addEventListener('message', ({ type, data, lastEventId }) => {
    told.push([type, data, lastEventId].join('|'));
  });
  return source;
}

/** Time goes by, and everything that is due happens. */
async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  // What is to be asked at once.
  await vi.advanceTimersByTimeAsync(0);
  await vi.advanceTimersByTimeAsync(0);
}

/** Milliseconds between two requests. */
function gaps(): number[] {
  return requests.slice(1).map(({ at }, place) => at - (requests[place]?.at ?? NaN));
}

function fail(): never {
  throw new Error('Nothing was requested.');
}

function scriptedFetch(url: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const [answer = 'down', ...others] = answers;
  if (others.length > 0) answers = others;
  requests.push({
    url: url as string,
    at: Date.now(),
    init: { ...init, headers: new Headers(init.headers) },
  });
  if (answer === 'down') return Promise.reject(new TypeError('Failed to fetch'));
  if (answer === 'silent') return new Promise(() => undefined);
  const { status = 200, headers, url: finalUrl, text = '', stays, beat } = answer;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (text) controller.enqueue(encoder.encode(text));
      const timer = beat && setInterval(() => controller.enqueue(encoder.encode(':\n')), beat);
      if (!stays && !beat) controller.close();
      init.signal?.addEventListener('abort', () => timer && clearInterval(timer));
    },
  });
  const hasBody = ![204, 205, 304].includes(status);
  const all = { 'content-type': 'text/event-stream', ...headers };
  const response = new Response(hasBody ? body : null, { status, headers: all });
  return Promise.resolve(finalUrl ? Object.defineProperty(response, 'url', { value: finalUrl }) : response);
}
