// What the report says, and what the probe does and leaves.

import { describe, expect, it, vi } from 'vitest';
import { EnckeError } from '../../src/ground/errors.ts';
import { probe } from '../../src/probe/probe.ts';
import { probeIn } from '../../src/probe/probe-in.ts';
import type { ProbeOptions } from '../../src/probe/probe-request.ts';
import { event, EVENT_STREAM, probeServer, worldOf, type Answer, type ScriptedServer } from './harness.ts';

const live: Answer = {
  headers: { ...EVENT_STREAM, server: 'nginx' },
  body: [
    { at: 30, send: `retry: 2000\n\n${event(1)}` },
    { at: 1_030, send: 'event: tick\nid: 2\ndata: two\n\n' },
    { at: 2_030, send: ':\n\n' },
    { at: 4_030, send: ': still here\n\n' },
    { at: 6_030, send: ':\n\n' },
  ],
};

describe('the report', () => {
  it('tells all that came, and when', async () => {
    const { report } = await probeServer({ stream: live });
    expect(report).toMatchObject({
      verdict: 'live',
      url: 'https://app.test/events',
      method: 'GET',
      crossOrigin: false,
      ending: 'open',
      listened: 10_000,
      firstByteAfter: 30,
      gaps: { min: 1_000, median: 2_000, max: 2_000 },
      sizes: { min: 3, median: 14, max: 34 },
      heartbeat: 2_000,
      head: { after: 20, status: 200, redirected: false, headers: { server: 'nginx' } },
      said: {
        format: 'event-stream',
        messages: 2,
        names: { message: 1, tick: 1 },
        withId: 2,
        lastEventId: '2',
        retry: 2_000,
      },
      advice: [],
    });
    expect(report.chunks[1]).toEqual({ at: 1_030, bytes: 29, messages: 1, whole: true });
  });

  it('is readable', async () => {
    const { report } = await probeServer({ stream: live });
    expect(report.text).toBe(
      [
        'GET https://app.test/events',
        'live: the stream is open, and what is sent comes through.',
        '',
        'answer          200, text/event-stream, read as event-stream',
        'headers         cache-control: no-store · server: nginx',
        'protocol        not seen',
        'service worker  not seen',
        'head            after 20 ms',
        'first byte      after 30 ms',
        'chunks          5, of 3 bytes to 34 bytes (median 14 bytes), 1.0 s to 2.0 s (median 2.0 s) apart',
        'messages        2 (message 1, tick 1)',
        'heartbeat       every 2.0 s',
        'ids             2 of 2 messages, the last is 2',
        'retry           2.0 s',
        'end             still open after 10.0 s',
        'buffered        no. 5 chunks came one by one over 6.0 s.',
        '',
        'Nothing to do.',
      ].join('\n'),
    );
  });

  it('counts an event named like a heartbeat as one, and blank text in formats without comments', async () => {
    const ping = 'event: ping\ndata: 1\n\n';
    const pings = [
      { at: 30, send: ping },
      { at: 1_030, send: ping },
    ];
    expect((await probeServer({ stream: { body: pings } })).report.heartbeat).toBe(1_000);

    const headers = { 'content-type': 'application/x-ndjson' };
    const lines = [
      { at: 30, send: '{"n":1}\n' },
      { at: 1_030, send: '\n' },
      { at: 4_030, send: '\n' },
    ];
    const { report } = await probeServer({ stream: { headers, body: lines } });
    expect([report.heartbeat, report.said.messages]).toEqual([3_000, 1]);
  });

  it('gives the sum of many small pieces, and keeps characters whole that were cut', async () => {
    const bytes = new TextEncoder().encode('data: “ü”\n\n');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.slice(0, 7));
        controller.enqueue(bytes.slice(7));
        controller.close();
      },
    });
    const fetch = () => Promise.resolve(new Response(body, { headers: EVENT_STREAM }));
    const { report } = await probeServer({}, { fetch });
    expect(report).toMatchObject({
      ending: 'complete',
      chunks: [{ bytes: 7 }, { bytes: bytes.length - 7 }],
      said: { messages: 1, beginning: 'data: “ü”\n\n' },
    });
  });

  it('reads a response without a stream', async () => {
    const response = {
      status: 200,
      url: '',
      redirected: false,
      type: 'basic',
      headers: new Headers(EVENT_STREAM),
      body: null,
      text: () => Promise.resolve(event(1)),
    };
    const { report } = await probeServer(
      {},
      { fetch: () => Promise.resolve(response as unknown as Response) },
    );
    expect(report).toMatchObject({ verdict: 'ended', said: { messages: 1 } });
  });
});

describe('the verdict and the advice', () => {
  const page = (send: string): Answer => ({
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: [
      { at: 30, send },
      { at: 31, end: 'complete' },
    ],
  });
  const zipped = { ...EVENT_STREAM, 'content-encoding': 'gzip', server: 'nginx/1.24', via: '1.1 wall' };
  const cases: [verdict: string, what: string, server: ScriptedServer, advice: RegExp[]][] = [
    [
      'silent',
      'a stream with nothing to say',
      { stream: {} },
      [/a comment/, /^Send X-Accel-Buffering/, /^Probe again/],
    ],
    [
      'silent',
      'no head, and none of another request',
      { stream: { headAt: 60_000 } },
      [/answers nothing else either.*six connections/],
    ],
    [
      'silent',
      'no head, but of another request',
      { stream: { headAt: 60_000 }, root: { headers: { server: 'nginx' } } },
      [/answers other requests/, /a comment/, /^Send X-Accel/, /^nginx/, /^Probe again/],
    ],
    [
      'held',
      'a compressor behind known servers',
      { stream: { headers: zipped } },
      [/compress/, /^Send X-Accel-Buffering: no and Cache-Control/, /^nginx/, /“1.1 wall”/],
    ],
    [
      'held',
      'a server whose framework collects the response',
      {
        stream: { headAt: 60_000 },
        longPoll: {
          headers: { ...EVENT_STREAM, server: 'PasteWSGIServer/0.5' },
          body: [
            { at: 300, send: event(1) },
            { at: 301, end: 'complete' },
          ],
        },
      },
      [/^Send X-Accel-Buffering/, /^Pylons: .*ErrorHandler/, /long polling/],
    ],
    [
      'held',
      'a proxy that is no nginx',
      { stream: { headers: { ...zipped, server: 'x', 'x-accel-buffering': 'no' } } },
      [/compress/, /^Send Cache-Control/, /wall/],
    ],
    [
      'ended',
      'a stream that ends',
      {
        stream: {
          body: [
            { at: 30, send: event(1) },
            { at: 31, end: 'complete' },
          ],
        },
      },
      [/keep the response open/],
    ],
    [
      'ended',
      'a compressor that has browsers end the stream after its first piece',
      {
        stream: {
          headers: { ...EVENT_STREAM, 'content-encoding': 'gzip' },
          body: [
            { at: 30, send: ':\n\n' },
            { at: 31, end: 'complete' },
          ],
        },
      },
      [/^Do not compress the stream \(it is gzip now\)/],
    ],
    [
      'cut',
      'a stream that breaks off',
      {
        stream: {
          body: [
            { at: 30, send: event(1) },
            { at: 600, end: 'cut' },
          ],
        },
      },
      [/broke off after 600 ms/],
    ],
    [
      'answered',
      'a poll',
      {
        stream: {
          headers: { 'content-type': 'application/json' },
          body: [
            { at: 30, send: '[1]' },
            { at: 31, end: 'complete' },
          ],
        },
      },
      [/transports: \[poll\]/],
    ],
    [
      'answered',
      'an empty answer',
      { stream: { headers: {}, body: [{ at: 30, end: 'complete' }] } },
      [/empty/],
    ],
    [
      'page',
      'a login',
      { stream: page('<!doctype html><title> Sign in </title>') },
      [/^A page came, “Sign in”\. Check the path/],
    ],
    [
      'unreadable',
      'a type that nothing reads',
      { stream: { headers: { 'content-type': 'image/png' }, body: [{ at: 30, send: 'PNG' }] } },
      [/^Nothing reads image\/png/],
    ],
    [
      'unreadable',
      'a stream under another name',
      { stream: { ...page(event(1)) } },
      [/^It looks like an event stream, but is sent as text\/html/],
    ],
    [
      'unreadable',
      'line ends in single quotes of PHP',
      { stream: { body: [{ at: 30, send: 'data: 1\\n\\n' }] } },
      [/backslash and an n/],
    ],
    [
      'unreadable',
      'messages without data:',
      { stream: { body: [{ at: 30, send: '{"n":1}\n\n{"n":2}\n\n' }] } },
      [/begins with “data:”/],
    ],
    [
      'unreadable',
      'an indented template',
      { stream: { body: [{ at: 30, send: '\n    data: 1\n\n' }] } },
      [/without a space before it/],
    ],
    [
      'unreadable',
      'one line end for two',
      {
        stream: {
          body: [
            { at: 30, send: 'data: 1\n' },
            { at: 1_030, send: 'data: 2\n' },
          ],
        },
      },
      [/empty line behind each/],
    ],
    [
      'unreadable',
      'broken JSON',
      {
        stream: {
          headers: { 'content-type': 'application/json' },
          body: [
            { at: 30, send: '[1' },
            { at: 31, end: 'complete' },
          ],
        },
      },
      [/JSON/],
    ],
    ['live', 'messages without ids', { stream: { body: [{ at: 30, send: 'data: 1\n\n' }] } }, [/an id/]],
    [
      'live',
      'a stream out of a cache',
      { stream: { headers: { ...EVENT_STREAM, age: '7' }, body: [{ at: 30, send: event(1) }] } },
      [/out of a cache/],
    ],
    [
      'live',
      'a stream that may be kept',
      { stream: { headers: { 'content-type': 'text/event-stream' }, body: [{ at: 30, send: event(1) }] } },
      [/^Send Cache-Control: no-cache, no-transform/],
    ],
    ['refused', '204', { stream: { status: 204 } }, [/nothing will come/]],
    [
      'refused',
      '401',
      { stream: { status: 401, headers: { 'www-authenticate': 'Bearer' } } },
      [/who you are.*WWW-Authenticate: Bearer/],
    ],
    ['refused', '403', { stream: { status: 403 } }, [/forbids/]],
    ['refused', '404', { stream: { status: 404 } }, [/Check the path/]],
    ['refused', '418', { stream: { status: 418 } }, [/does not want/]],
    [
      'refused',
      '429',
      { stream: { status: 429, headers: { 'retry-after': '30' } } },
      [/later.*Retry-After: 30/],
    ],
    ['refused', '500', { stream: { status: 500 } }, [/log/]],
    ['refused', '507', { stream: { status: 507 } }, [/log/]],
    ['refused', '504', { stream: { status: 504 } }, [/head at once/]],
  ];

  it.each(cases)('%s: %s', async (verdict, _what, server, advice) => {
    const { report } = await probeServer(server);
    expect(report.verdict).toBe(verdict);
    expect(report.advice).toEqual(advice.map((pattern) => expect.stringMatching(pattern) as string));
    for (const step of report.advice) expect(report.text).toContain(step);
  });

  it('miss a heartbeat only after a silence in which one should have come', async () => {
    const server = { stream: { body: [{ at: 30, send: event(1) }] } };
    expect((await probeServer(server)).report.advice).toEqual([]);
    const { report } = await probeServer(server, { duration: 30_000 });
    expect(report.advice).toEqual([expect.stringContaining('Nothing came for 30.0 s')]);
  });

  it('take the end of a POST for what it is', async () => {
    const server = {
      stream: {
        body: [
          { at: 30, send: event(1) },
          { at: 31, end: 'complete' as const },
        ],
      },
    };
    expect((await probeServer(server, { body: { prompt: 'Why?' } })).report).toMatchObject({
      verdict: 'ended',
      advice: [],
    });
  });
});

describe('the request', () => {
  it('is that of subscribe, with what the caller gives', async () => {
    const options: ProbeOptions = { headers: { 'X-Token': '7' }, body: { a: 1 }, credentials: 'include' };
    const { requests, report } = await probeServer({ stream: live }, options);
    expect(requests).toHaveLength(1);
    const [request] = requests;
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://app.test/events',
      credentials: 'include',
      cache: 'no-store',
    });
    expect(Object.fromEntries(request?.headers ?? [])).toEqual({
      accept: 'text/event-stream, application/x-ndjson, application/json, text/plain',
      'content-type': 'application/json',
      'x-token': '7',
    });
    expect(await request?.text()).toBe('{"a":1}');
    expect(report.ownHeaders).toEqual(['x-token']);
  });

  it('is made again as a long poll where a GET is mute for a third of the time, 3 s at most', async () => {
    const { requests, report } = await probeServer({}, { duration: 600 });
    expect(requests.map(({ url }) => url)).toEqual([
      'https://app.test/events',
      'https://app.test/events?transport=long-poll',
    ]);
    expect(requests[1]?.headers.get('accept')).toBe('application/json');
    expect(report.beside?.asked).toBe(200);
    expect((await probeServer({}, { duration: 60_000 })).report.beside?.asked).toBe(3_000);
  });

  it.each<[string, ScriptedServer, ProbeOptions]>([
    ['for a POST', {}, { method: 'POST' }],
    ['where something has come', { stream: { body: [{ at: 30, send: ':\n' }] } }, {}],
    ['for a refusal', { stream: { status: 404 } }, {}],
  ])('is not made again %s', async (_what, server, options) => {
    expect((await probeServer(server, options)).requests).toHaveLength(1);
  });

  it('is not made again for a URL that names its technique, and asks for what that takes', async () => {
    const { environment, requests } = worldOf({});
    const probing = probeIn(environment, '/events?transport=poll', {});
    await environment.advance(20_000);
    await probing;
    expect(requests.map(({ headers }) => headers.get('accept'))).toEqual(['application/json']);
  });

  it('reads scripts in a page where the URL names a technique that has them', async () => {
    const headers = { 'content-type': 'text/html' };
    const body = [
      { at: 30, send: '<!doctype html><script>parent.enckeReceive({"id":"1","data":1})</script>' },
    ];
    const { environment } = worldOf({ stream: { headers, body } });
    const probing = probeIn(environment, '/events?transport=htmlfile', {});
    await environment.advance(20_000);
    expect(await probing).toMatchObject({ verdict: 'live', said: { format: 'script-tags', messages: 1 } });
  });

  it('keeps the text of a signed URL', async () => {
    const { environment, requests } = worldOf({});
    const probing = probeIn(environment, '/events?sign=a+b%2fc#top', {});
    await environment.advance(20_000);
    await probing;
    expect(requests.map(({ url }) => new URL(url).search)).toEqual([
      '?sign=a+b%2fc',
      '?sign=a+b%2fc&transport=long-poll',
    ]);
  });
});

describe('a caller’s mistake', () => {
  it.each<[string, string | URL, ProbeOptions]>([
    ['no URL', 'http://', {}],
    ['another scheme', 'ftp://app.test/', {}],
    ['a GET with a body', '/events', { method: 'GET', body: 'x' }],
    ['a forbidden method', '/events', { method: 'TRACE' }],
    ['a header that is none', '/events', { headers: { 'a b': 'c' } }],
    ['a duration of 0', '/events', { duration: 0 }],
    ['a duration without end', '/events', { duration: Infinity }],
    ['a duration that is no number', '/events', { duration: NaN }],
  ])('is told: %s', async (_what, url, options) => {
    const { environment, requests } = worldOf({});
    const probing = probeIn(environment, url, options);
    await expect(probing).rejects.toMatchObject({
      code: 'invalid-option',
      message: expect.stringMatching(/\w/) as string,
    });
    await expect(probing).rejects.toBeInstanceOf(EnckeError);
    expect(requests).toEqual([]);
  });
});

describe('what is left', () => {
  it.each<[string, ScriptedServer]>([
    ['live', { stream: live }],
    ['mute', {}],
    ['without a head', { stream: { headAt: 60_000 } }],
    ['over at once', { stream: { status: 404 } }],
  ])('is nothing: no timer, and no request, where the stream is %s', async (_what, server) => {
    const { environment, requests } = await probeServer(server);
    expect(environment.timers).toBe(0);
    expect(requests.map(({ signal }) => signal.aborted)).not.toContain(false);
  });

  it('is nothing after an abort either, which the promise tells', async () => {
    const { environment, requests } = worldOf({});
    const controller = new AbortController();
    const probing = probeIn(environment, '/events', { signal: controller.signal });
    const rejected = expect(probing).rejects.toThrow('enough');
    await environment.advance(4_000);
    controller.abort(new Error('enough'));
    await rejected;
    await environment.settle();
    expect(environment.timers).toBe(0);
    expect(requests.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  });

  it('is nothing that an abort comes before: what would be asked later is not', async () => {
    const { environment, requests } = worldOf({});
    const controller = new AbortController();
    const probing = probeIn(environment, '/events', { signal: controller.signal });
    const rejected = expect(probing).rejects.toThrow('enough');
    await environment.advance(1_000);
    controller.abort(new Error('enough'));
    await rejected;
    await environment.settle();
    expect(requests).toHaveLength(1);
  });

  it('is nothing where it was aborted before: no request is made', async () => {
    const { environment, requests } = worldOf({});
    const signal = AbortSignal.abort(new Error('never'));
    await expect(probeIn(environment, '/events', { signal })).rejects.toThrow('never');
    expect(requests).toEqual([]);
  });

  it('is what was heard first of a stream without end: it listens no longer than it needs', async () => {
    const fetch = () =>
      Promise.resolve(
        new Response(
          new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array([58, 10])) }),
          { headers: EVENT_STREAM },
        ),
      );
    const report = await probe('https://app.test/events', { fetch });
    expect(report).toMatchObject({ verdict: 'live', ending: 'open' });
    expect(report.chunks).toHaveLength(10_000);
  });
});

describe('printing', () => {
  it('is left to `print`: a line at the beginning, the report at the end', async () => {
    const lines: string[] = [];
    const { report } = await probeServer({ stream: live }, { print: (text) => lines.push(text) });
    expect(lines).toEqual(['Probing GET https://app.test/events for 10.0 s …', report.text]);
  });

  it('is not done unasked', async () => {
    const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
    await probeServer({});
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});
