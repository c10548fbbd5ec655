// @vitest-environment happy-dom

// The client for Sijax backends, its server played by the test.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandQueue } from '../../src/commands/command.ts';
import { EnckeError } from '../../src/ground/errors.ts';
import { cookie, metaTag, sijax, withSuggestions, type SijaxOptions } from '../../src/sijax/client/sijax.ts';
import { memoryTransport, type MemoryConnection } from '../../src/testing.ts';
import { recordingQueue } from './recording-queue.ts';

const LIST = [{ type: 'alert', alert: 'hello' }];
const PAGE = 'http://localhost:3000/chat?room=1#top';

beforeEach(() => {
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(PAGE);
  document.head.innerHTML = '';
  document.body.innerHTML = '';
});

/** An app whose requests end at a memory transport. */
function makeApp(options: SijaxOptions = {}, url?: string) {
  const transport = memoryTransport();
  const commands = recordingQueue();
  const app = sijax(url, { commands, transports: [transport], ...options });
  return { app, transport, commands };
}

/** Lets what is under way come to the transport. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

function fieldsOf({ request: { body } }: MemoryConnection): Record<string, unknown> {
  if (!(body instanceof URLSearchParams || body instanceof FormData)) throw new Error('not a form');
  return Object.fromEntries(body as Iterable<[string, unknown]>);
}

function script(list: unknown): string {
  return `\n<script type="text/javascript">\n window.parent.Sijax.processCommands(${JSON.stringify(list)});\n</script>\n`;
}

describe('a request', () => {
  it('posts the function and its arguments to the page as it is at the moment of the call', async () => {
    const { app, transport } = makeApp();
    history.pushState(null, '', '/other');
    app.request('say', ['é', 1, { a: [true, null] }]);
    await settle();
    const { url, method, headers, body } = transport.latest.request;
    expect([url, method]).toEqual(['http://localhost:3000/other', 'POST']);
    expect(body).toBeInstanceOf(URLSearchParams);
    expect(fieldsOf(transport.latest)).toEqual({
      sijax_rq: 'say',
      sijax_args: '["é",1,{"a":[true,null]}]',
    });
    expect(headers.get('accept')).toBe('application/json, text/javascript, */*; q=0.01');
    expect(headers.get('x-requested-with')).toBe('XMLHttpRequest');
  });

  it('is led to no stranger by the base of the page', async () => {
    document.head.innerHTML = '<base href="https://evil.test/">';
    for (const kind of ['request', 'comet'] as const) {
      const { app, transport } = makeApp({ params: { token: 'secret' } }, '/sijax');
      app[kind]('say');
      await settle();
      expect(transport.latest.request.url).toBe('http://localhost:3000/sijax');
    }
  });

  it('goes on from the base of the page in its own origin', async () => {
    document.head.innerHTML = '<base href="/app/">';
    const { app, transport } = makeApp({}, 'sijax');
    app.request('say');
    await settle();
    expect(transport.latest.request.url).toBe('http://localhost:3000/app/sijax');
  });

  it('goes to the URL of the app where there is one, and does not say so to another origin', async () => {
    const { app, transport } = makeApp({}, 'https://elsewhere.test/a?b');
    app.request('app.say');
    await settle();
    expect(transport.latest.request.url).toBe('https://elsewhere.test/a?b');
    expect(transport.latest.request.headers.has('x-requested-with')).toBe(false);
    expect(fieldsOf(transport.latest)).toEqual({ sijax_rq: 'app.say', sijax_args: '[]' });
  });

  it('gives its commands to the queue, and is done when they are carried out', async () => {
    let finish = (): void => undefined;
    const commands = recordingQueue(new Promise((resolve) => (finish = resolve)));
    const { app, transport } = makeApp({ commands });
    let reply: object | undefined;
    void app.request('say').then((whole) => (reply = whole));
    await settle();
    transport.latest.send(JSON.stringify(LIST));
    transport.latest.end();
    await settle();
    expect(commands.lists).toEqual([LIST]);
    expect(reply).toBeUndefined();
    finish();
    await settle();
    expect(reply).toMatchObject({ status: 200, truncated: false, transport: 'memory' });
  });

  it('is a loop over lists of commands', async () => {
    const { app, transport, commands } = makeApp();
    const lists: unknown[] = [];
    const loop = (async () => {
      for await (const { data } of app.request('say')) lists.push(data);
    })();
    await settle();
    transport.latest.send('[]');
    transport.latest.end();
    await loop;
    expect(lists).toEqual([[]]);
    expect(commands.lists).toEqual([[]]);
  });

  it('writes what JSON has no word for as JSON does', async () => {
    const { app, transport } = makeApp();
    app.request('say', [undefined, new Date(0), NaN, () => 1, { a: undefined }]);
    await settle();
    expect(fieldsOf(transport.latest)['sijax_args']).toBe('[null,"1970-01-01T00:00:00.000Z",null,null,{}]');
  });

  it('throws at once for arguments that JSON cannot say', () => {
    const { app, transport } = makeApp();
    const circle: unknown[] = [];
    circle.push(circle);
    for (const argument of [circle, 1n]) {
      expect(() => app.request('say', [argument])).toThrow(
        expect.objectContaining({ code: 'invalid-option' }),
      );
      expect(() => app.comet('say', [argument])).toThrow(/The arguments of say/);
    }
    expect(transport.connections).toEqual([]);
  });

  it('keeps apart what overlaps', async () => {
    const { app, transport, commands } = makeApp();
    const own = recordingQueue();
    const first = app.request('first');
    const second = app.request('second', [], { commands: own });
    await settle();
    const [one, two] = transport.connections;
    two?.send('[{"type":"b"}]');
    two?.end();
    one?.send('[{"type":"a"}]');
    one?.end();
    await Promise.all([first, second]);
    expect([commands.lists, own.lists]).toEqual([[[{ type: 'a' }]], [[{ type: 'b' }]]]);
  });

  it('is never sent again, whatever its end', async () => {
    const ends: ((connection: MemoryConnection) => void)[] = [
      (connection) => connection.cut(),
      (connection) => connection.status(503),
      (connection) => {
        connection.send('[');
        connection.cut();
      },
      (connection) => {
        connection.send(JSON.stringify(LIST));
        connection.cut();
      },
    ];
    for (const end of ends) {
      const { app, transport, commands } = makeApp();
      const call = app.request('pay');
      await settle();
      end(transport.latest);
      await expect(call).rejects.toBeInstanceOf(EnckeError);
      expect(transport.connections).toHaveLength(1);
      expect(commands.lists).toEqual([]);
    }
  });

  it('goes over the next transport where one cannot work here', async () => {
    const [first, second] = [memoryTransport(), memoryTransport({ name: 'second' })];
    const { app } = makeApp({ transports: [first, second] });
    const call = app.request('say');
    await settle();
    first.latest.unusable('a policy forbids it');
    await vi.waitFor(() => expect(second.connections).toHaveLength(1));
    second.latest.send('[]');
    second.latest.end();
    expect((await call).transport).toBe('second');
    expect(fieldsOf(second.latest)).toEqual(fieldsOf(first.latest));
  });

  it('says what to look at where a page came instead', async () => {
    const heard: EnckeError[] = [];
    const { app, transport } = makeApp({ onError: (error) => heard.push(error) });
    const call = app.request('say');
    await settle();
    transport.latest.open({ headers: { 'content-type': 'text/html' } });
    transport.latest.send(`<!doctype html><title>Sign in</title>${'<p>'.repeat(200)}`);
    transport.latest.end();
    const error: unknown = await call.then(undefined, (reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'not-a-sijax-response',
      url: 'http://localhost:3000/chat?room=…',
    });
    expect((error as EnckeError).message).toMatch(/login page.*sijax_rq/);
    expect((error as EnckeError).payload).toHaveLength(200);
    expect(heard).toEqual([error]);
  });

  it('goes on behind a notice of PHP, and reports it', async () => {
    const heard: EnckeError[] = [];
    const { app, transport, commands } = makeApp({ onError: (error) => heard.push(error) });
    const call = app.request('say');
    await settle();
    transport.latest.send(`<b>Notice</b>: a[0]\n${JSON.stringify(LIST)}`);
    transport.latest.end();
    await call;
    expect(commands.lists).toEqual([LIST]);
    expect(heard).toMatchObject([{ code: 'malformed', payload: '<b>Notice</b>: a[0]\n' }]);
  });

  it('takes a list of more than a million characters, as long as it is within the limit', async () => {
    const { app, transport, commands } = makeApp();
    const long = JSON.stringify([{ type: 'html', html: 'x'.repeat(2_000_000) }]);
    const calls = [app.request('long'), app.request('long', [], { maxMessageSize: 1_000 })];
    await settle();
    for (const connection of transport.connections) {
      connection.send(long);
      connection.end();
    }
    await calls[0];
    await expect(calls[1]).rejects.toMatchObject({ code: 'too-large' });
    expect(commands.lists).toHaveLength(1);
  });
});

describe('what a caller holds', () => {
  it('tells its states and its transports, and what it was closed for', async () => {
    const told: unknown[] = [];
    const [first, second] = [memoryTransport({ name: 'first' }), memoryTransport({ name: 'second' })];
    const { app } = makeApp({
      transports: [first, second],
      onState: ({ previous, state, attempt, transport }) => told.push([previous, state, attempt, transport]),
      onTransport: ({ from, to, evidence }) => told.push([from, to, evidence]),
      onError: ({ code, attempt, transport }) => told.push([code, attempt, transport]),
    });
    const call = app.request('say');
    expect([call.state, call.lastEventId]).toEqual(['connecting', '']);
    await settle();
    first.latest.unusable('a policy forbids it');
    await settle();
    second.latest.send('[]');
    expect([call.state, call.transport]).toEqual(['open', 'second']);
    second.latest.status(500);
    expect(await call.closed).toMatchObject({ reason: 'fatal', error: { code: 'status', status: 500 } });
    expect(told).toEqual([
      [undefined, 'first', undefined],
      ['unusable', 1, 'first'],
      ['first', 'second', 'unusable'],
      ['connecting', 'open', 2, 'second'],
      ['status', 2, 'second'],
      ['open', 'closed', 2, 'second'],
    ]);
  });

  it('is given nothing more once a handler has closed it, in the middle of a chunk', async () => {
    const heard: unknown[] = [];
    const { app, transport, commands } = makeApp();
    const call = app.comet('work', [], { onMessage: ({ data }) => heard.push(data) && call.close() });
    await settle();
    transport.latest.send(script([1]) + script([2]));
    expect([heard, commands.lists]).toEqual([[[1]], []]);
    expect(transport.latest.stopped).toBe(true);
    expect(await call.closed).toMatchObject({ reason: 'user' });
  });

  it('takes handlers by name, and lets go of them', async () => {
    const heard: unknown[] = [];
    const { app, transport } = makeApp();
    const call = app.comet('work');
    const off = call.on('message', (data, { event }) => heard.push([event, data]));
    await settle();
    transport.latest.send(script([1]));
    off();
    transport.latest.send(script([2]));
    expect(heard).toEqual([['message', [1]]]);
  });

  it('is over when no answer has begun within connectTimeout, and waits for the rest of one that has', async () => {
    vi.useFakeTimers();
    const { app, transport } = makeApp({ connectTimeout: 2_000 });
    const calls = [app.request('a'), app.request('b')];
    await settle();
    transport.connections[1]?.open({ headers: { 'content-type': 'text/html' } });
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
    expect(await calls[0]?.closed).toMatchObject({ reason: 'fatal', error: { code: 'timeout' } });
    expect(calls[1]?.state).toBe('open');
  });

  it.each([204, 205])('is done by a %i, which says that there is nothing', async (status) => {
    const { app, transport } = makeApp();
    const call = app.request('say');
    await settle();
    transport.latest.status(status);
    expect(await call).toMatchObject({ status: 204, truncated: false });
  });
});

describe('a comet call', () => {
  it('gives each list of commands as it comes', async () => {
    const { app, transport, commands } = makeApp();
    const call = app.comet('app.work', ['a']);
    await settle();
    expect(fieldsOf(transport.latest)).toEqual({ sijax_rq: 'app.work', sijax_args: '["a"]' });
    transport.latest.send("\n<script type='text/javascript'></script>\n\n\n\n" + script([1]));
    expect(commands.lists).toEqual([[1]]);
    transport.latest.send(script([{ type: 'html', html: '</script>' }]));
    expect(commands.lists).toHaveLength(2);
    transport.latest.end();
    expect(await call).toMatchObject({ truncated: false });
  });

  it('has no header of its own and no word in its URL, so that an iframe can carry it', async () => {
    const iframe = memoryTransport({ name: 'iframe' });
    const demands: unknown[] = [];
    const likeAFrame = {
      sendsHeaders: false,
      namesItself: true,
      refuses: (demand: unknown) => void demands.push(demand),
    };
    const { app } = makeApp({
      transports: [Object.assign(iframe, likeAFrame)],
      params: { token: () => 'x' },
    });
    app.comet('work');
    await settle();
    expect(demands).toMatchObject([{ headers: false, body: 'form', method: 'POST' }]);
    expect(iframe.latest.request.url).toBe(PAGE);
    expect([...iframe.latest.request.headers.keys()]).toEqual(['accept']);
    expect(fieldsOf(iframe.latest)).toMatchObject({ token: 'x' });
  });

  it('is refused by the iframe where there are headers, with the reason', () => {
    const { app } = makeApp();
    const refusing = Object.assign(memoryTransport({ name: 'iframe' }), {
      refuses: ({ headers }: { headers: boolean }) => (headers ? 'cannot send headers' : undefined),
    });
    expect(() => app.comet('work', [], { transports: [refusing], headers: { 'x-a': '1' } })).toThrow(
      'iframe cannot send headers',
    );
  });

  it.each([
    ['an empty answer', ''],
    ['an empty script', "<script type='text/javascript'></script>"],
    ['an empty list', script([])],
  ])('may say nothing: %s', async (_what, body) => {
    const { app, transport } = makeApp();
    const call = app.comet('work');
    await settle();
    transport.latest.send(body);
    transport.latest.end();
    expect(await call).toMatchObject({ truncated: false });
  });

  it('reads the list of a function that is not there', async () => {
    const { app, transport, commands } = makeApp();
    const call = app.comet('nothing');
    await settle();
    transport.latest.send(JSON.stringify(LIST));
    transport.latest.end();
    await call;
    expect(commands.lists).toEqual([LIST]);
  });

  it('is cut off by its close, and by the signals of the app and of the call', async () => {
    const [ofApp, ofCall] = [new AbortController(), new AbortController()];
    const { app, transport } = makeApp({ signal: ofApp.signal });
    const calls = [app.comet('a'), app.comet('b', [], { signal: ofCall.signal }), app.comet('c')];
    const ends = Promise.allSettled(calls);
    await settle();
    calls[2]?.close();
    ofCall.abort(new Error('call'));
    ofApp.abort(new Error('app'));
    expect(transport.connections.map(({ stopped }) => stopped)).toEqual([true, true, true]);
    expect(await ends).toMatchObject([
      { reason: { message: 'app' } },
      { reason: { message: 'call' } },
      { reason: { name: 'AbortError' } },
    ]);
  });

  it('ends at the abort of the app, also where the call has a signal of its own', async () => {
    const ofApp = new AbortController();
    const { app } = makeApp({ signal: ofApp.signal });
    const { closed } = app.comet('work', [], { signal: new AbortController().signal });
    ofApp.abort();
    expect(await closed).toMatchObject({ reason: 'abort' });
  });
});

describe('a comet answer of Python, cut at every point', () => {
  const body =
    "\n<script type='text/javascript'></script>\n\n\n\n" +
    script([{ n: 1, html: '</script>' }]) +
    script([{ n: 2 }]);
  const ends = [...body.matchAll(/\]\)/g)].map(({ index }) => index + 2);
  const blockEnds = [...body.matchAll(/;\n<\/script>/g)].map(({ index, 0: text }) => index + text.length);

  it('gives every whole list once, and is done behind a block, never sent again', async () => {
    expect([ends, blockEnds].map(({ length }) => length)).toEqual([2, 2]);
    for (let cut = 0; cut <= body.length; cut++) {
      const { app, transport, commands } = makeApp();
      const call = app.comet('work');
      await settle();
      transport.latest.send(body.slice(0, cut));
      transport.latest.cut();
      const { reason, truncated, error } = await call.closed;
      const whole = ends.filter((end) => end <= cut).length;
      const isBehindABlock = blockEnds.some(
        (end, index) =>
          cut >= end && cut <= (body.indexOf('<', end) + 1 || Infinity) - 1 && whole === index + 1,
      );
      expect({ cut, lists: commands.lists.length }).toEqual({ cut, lists: whole });
      expect({ cut, reason, truncated: truncated ?? false, code: error?.code }).toEqual(
        isBehindABlock
          ? { cut, reason: 'done', truncated: true, code: undefined }
          : { cut, reason: 'fatal', truncated: false, code: 'network' },
      );
      expect(transport.connections).toHaveLength(1);
    }
  });
});

describe('params', () => {
  it('go beside the fields of Sijax, and never in their place', async () => {
    const { app, transport } = makeApp({
      params: { a: 1, b: true, c: null, d: undefined, sijax_rq: 'other' },
    });
    app.request('say', [], { params: { b: 'mine', e: '' } });
    await settle();
    expect(fieldsOf(transport.latest)).toEqual({
      sijax_rq: 'say',
      sijax_args: '[]',
      a: '1',
      b: 'mine',
      e: '',
    });
  });

  it('that are functions are asked at each call, at once where they answer at once', async () => {
    let count = 0;
    const { app, transport } = makeApp({ params: { now: () => ++count } });
    app.request('a', [], { params: { later: () => Promise.resolve('x'), none: async () => undefined } });
    app.comet('b');
    expect(count).toBe(2);
    await settle();
    // The one that waits for nothing goes first.
    expect(transport.connections.map(fieldsOf)).toEqual([
      { sijax_rq: 'b', sijax_args: '[]', now: '2' },
      { sijax_rq: 'a', sijax_args: '[]', now: '1', later: 'x' },
    ]);
  });

  it('leave no failure behind that nobody hears of, where one throws beside another that fails later', async () => {
    const { app } = makeApp();
    const unheard = vi.fn();
    process.on('unhandledRejection', unheard);
    const later = (): Promise<string> => Promise.reject(new Error('no token'));
    const atOnce = (): string => {
      throw new Error('nothing');
    };
    expect(() => app.request('say', [], { params: { later, atOnce } })).toThrow('nothing');
    await new Promise((resolve) => setTimeout(resolve));
    process.off('unhandledRejection', unheard);
    expect(unheard).not.toHaveBeenCalled();
  });

  it('that fail at once throw at once, those that fail later end the call', async () => {
    const { app, transport } = makeApp();
    const fails = (): never => {
      throw new Error('no token');
    };
    expect(() => app.request('say', [], { params: { token: fails } })).toThrow(
      expect.objectContaining({
        code: 'invalid-option',
        message: 'The function for token failed: Error: no token',
      }),
    );
    const call = app.request('say', [], { params: { token: () => Promise.reject(new Error('no token')) } });
    await expect(call).rejects.toMatchObject({ code: 'invalid-option' });
    expect(transport.connections).toEqual([]);
  });
});

describe('headers', () => {
  it('add up: those of the app, then those of the call; each may be a function', async () => {
    const { app, transport } = makeApp({
      headers: { 'X-CSRFToken': () => Promise.resolve('app'), 'x-a': '1', 'x-none': () => undefined },
    });
    app.request('a', [], { headers: [['x-a', '2']] });
    app.request('b', [], { headers: () => new Headers({ accept: 'text/x-mine' }) });
    await settle();
    const [first, second] = transport.connections.map(({ request: { headers } }) =>
      ['x-csrftoken', 'x-a', 'x-none', 'accept', 'x-requested-with'].map((name) => headers.get(name)),
    );
    const jquery = 'application/json, text/javascript, */*; q=0.01';
    expect(first).toEqual(['app', '2', null, jquery, 'XMLHttpRequest']);
    expect(second).toEqual(['app', '1', null, 'text/x-mine', 'XMLHttpRequest']);
  });
});

describe('tokens', () => {
  it('come from a cookie as it is at the moment', async () => {
    const { app, transport } = makeApp({
      headers: { 'X-XSRF-TOKEN': cookie('XSRF-TOKEN'), 'X-CSRFToken': cookie('csrftoken') },
    });
    app.request('a');
    await settle();
    document.cookie = 'XSRF-TOKEN=a%3D%20b';
    document.cookie = 'not-XSRF-TOKEN=c';
    document.cookie = 'csrftoken=50%';
    app.request('b');
    await settle();
    const [before, after] = transport.connections.map(({ request: { headers } }) => [
      headers.get('x-xsrf-token'),
      headers.get('x-csrftoken'),
    ]);
    expect(before).toEqual([null, null]);
    expect(after).toEqual(['a= b', '50%']);
  });

  it('come from a meta tag as it is at the moment, into fields as well', async () => {
    const { app, transport } = makeApp({ params: { csrf_token: metaTag('csrf-token') } });
    app.comet('a');
    document.head.innerHTML = '<meta name="other" content="x"><meta name="csrf-token" content="t 1">';
    app.comet('b');
    await settle();
    expect(transport.connections.map((connection) => fieldsOf(connection)['csrf_token'])).toEqual([
      undefined,
      't 1',
    ]);
  });
});

describe('an upload', () => {
  function form(html: string): HTMLFormElement {
    document.body.innerHTML = html;
    return document.querySelector('form') as HTMLFormElement;
  }

  it('sends the form under its id, with exactly one argument', async () => {
    const { app, transport, commands } = makeApp();
    const call = app.upload(
      form('<form id="photo"><input name="id" value="7"><input name="sijax_rq" value="old"></form>'),
      { params: { token: 't' } },
    );
    await settle();
    expect(transport.latest.request).toMatchObject({
      method: 'POST',
      url: PAGE,
    });
    expect(transport.latest.request.body).toBeInstanceOf(FormData);
    expect(fieldsOf(transport.latest)).toEqual({
      id: '7',
      token: 't',
      sijax_rq: 'photo_upload',
      sijax_args: '["photo"]',
    });
    transport.latest.send(
      '<script>window.parent.sjxUpload.processResponse("photo", [{"type":"a"}]);</script>',
    );
    transport.latest.send(script([{ type: 'b' }]));
    transport.latest.cut();
    expect(await call).toMatchObject({ truncated: true });
    expect(commands.lists).toEqual([[{ type: 'a' }], [{ type: 'b' }]]);
  });

  it.each([
    ['its action', '<form id="f" action="/up"><input name="action" value="x"></form>', '/up'],
    ['the page where the action is empty', '<form id="f" action=""></form>', '/chat?room=1#top'],
    ['the action of its button', '<form id="f" action="/up"><button formaction="/b"></button></form>', '/b'],
  ])('goes to %s', async (_what, html, expected) => {
    const { app, transport } = makeApp();
    const element = form(html);
    app.upload(element, { submitter: element.querySelector('button') });
    await settle();
    expect(transport.latest.request.url).toBe(`http://localhost:3000${expected}`);
  });

  const secrets = () => ({
    headers: vi.fn(() => ({ 'x-token': 'secret' })),
    params: { token: vi.fn(() => 'secret') },
  });

  it.each([
    ['action', '<form id="f" action="https://evil.test/up"></form>'],
    ['action without a scheme', '<form id="f" action="//evil.test/up"></form>'],
    ['formaction', '<form id="f" action="/up"><button formaction="https://evil.test/up"></button></form>'],
    ['port', '<form id="f" action="http://localhost:3001/up"></form>'],
    ['scheme', '<form id="f" action="https://localhost:3000/up"></form>'],
    ['code', '<form id="f" action="javascript:alert(1)"></form>'],
    ['data', '<form id="f" action="data:text/html,[]"></form>'],
    ['base', '<base href="https://evil.test/"><form id="f" action="/up"></form>'],
  ])('sends nothing to a stranger, and asks for no token: %s', async (_what, html) => {
    for (const url of [undefined, '/sijax', 'https://api.test/sijax']) {
      document.head.innerHTML = document.body.innerHTML = '';
      const given = secrets();
      const { app, transport } = makeApp(given, url);
      const element = form(html);
      if (element.previousElementSibling) document.head.append(element.previousElementSibling);
      const call = app.upload(element, { submitter: element.querySelector('button'), ...given });
      const error = await call.then(
        () => undefined,
        (cause: unknown) => cause as EnckeError,
      );
      expect(error?.code).toBe('invalid-option');
      expect(error?.message).toContain('trustedOrigins');
      expect(transport.connections).toHaveLength(0);
      expect(given.headers).not.toHaveBeenCalled();
      expect(given.params.token).not.toHaveBeenCalled();
    }
  });

  it('takes no address without an origin for that of a page without one', async () => {
    vi.stubGlobal('origin', 'null');
    for (const action of ['data:text/html,[]', 'javascript:alert(1)', 'file:///up']) {
      const { app, transport } = makeApp({}, 'https://api.test/sijax');
      await expect(app.upload(form(`<form id="f" action="${action}"></form>`))).rejects.toThrow(
        'trustedOrigins',
      );
      expect(transport.connections).toHaveLength(0);
    }
    vi.unstubAllGlobals();
  });

  it.each([
    ['the page', '/sijax', 'http://localhost:3000/up', undefined],
    ['the app', 'https://api.test/sijax', 'https://api.test/up', undefined],
    ['a trusted origin', '/sijax', 'https://up.test/up', ['https://up.test']],
  ])('sends headers and params to the origin of %s', async (_what, url, action, trustedOrigins) => {
    const { app, transport } = makeApp({ ...secrets(), trustedOrigins }, url);
    app.upload(form(`<form id="f" action="${action}"></form>`));
    await settle();
    expect(transport.latest.request.url).toBe(action);
    expect(transport.latest.request.headers.get('x-token')).toBe('secret');
    expect(fieldsOf(transport.latest)).toMatchObject({ token: 'secret' });
  });

  it.each([[['*']], [['https://a.test/']], [['a.test']], [['null']], [[5]], ['https://a.test'], [{}]])(
    'takes no trustedOrigins like %j',
    (value) => {
      const trustedOrigins = value as string[];
      expect(() => sijax('/', { trustedOrigins })).toThrow('trustedOrigins must be a list of origins');
    },
  );

  it('goes to the URL of the app before the page', async () => {
    const { app, transport } = makeApp({}, '/sijax');
    app.upload(form('<form id="f"></form>'));
    await settle();
    expect(transport.latest.request.url).toBe('http://localhost:3000/sijax');
  });

  it('counts the button that submitted it, and calls what it is told to', async () => {
    const { app, transport } = makeApp();
    const element = form(
      '<form id="f"><button name="how" value="fast"></button><button name="no"></button></form>',
    );
    app.upload(element, { submitter: element.querySelector('button'), callback: 'take' });
    await settle();
    expect(fieldsOf(transport.latest)).toEqual({ how: 'fast', sijax_rq: 'take', sijax_args: '["f"]' });
  });

  it('hands on how much has been sent', async () => {
    const { app, transport } = makeApp();
    const onUploadProgress = vi.fn();
    app.upload(form('<form id="f"></form>'), { onUploadProgress });
    await settle();
    transport.latest.request.onUploadProgress?.({ loaded: 1, total: 2 });
    expect(onUploadProgress.mock.lastCall?.[0]).toEqual({ loaded: 1, total: 2 });
  });

  it('listens in a frame for both functions that servers call', async () => {
    const { app, transport } = makeApp();
    app.upload(form('<form id="f"></form>'));
    app.comet('work');
    await settle();
    expect(transport.connections.map(({ request }) => request.callbacks)).toEqual([
      ['Sijax.processCommands', 'sjxUpload.processResponse'],
      ['Sijax.processCommands'],
    ]);
  });

  it('of a form without id throws', () => {
    const { app } = makeApp();
    expect(() => app.upload(form('<form><input name="id" value="x"></form>'))).toThrow(
      expect.objectContaining({ code: 'invalid-option' }),
    );
  });
});

describe('a question for suggestions', () => {
  const query = { fieldId: 'tags', fieldValue: 'fo' };
  const suggestions = [{ display: '<b>foo</b>', selectResponse: 'x()' }, { display: 'bar' }];

  it('asks as the plugin does', async () => {
    const { app, transport } = makeApp();
    withSuggestions(app).suggest('tag', query);
    withSuggestions(app).suggest('tag', { ...query, suggestionsLimit: 5, additional: { lang: 'en' } });
    await settle();
    expect(
      transport.connections.map((connection): unknown =>
        JSON.parse(String(fieldsOf(connection)['sijax_args'])),
      ),
    ).toEqual([[query], [{ ...query, suggestionsLimit: 5, additional: { lang: 'en' } }]]);
  });

  it('gives the suggestions, and every other command to the queue', async () => {
    const { app, transport, commands } = makeApp();
    const call = withSuggestions(app).suggest('tag', query);
    await settle();
    const params = [{ ...query, suggestions: [...suggestions, 'no suggestion', null], offset: 3 }];
    const answer = { type: 'call', call: 'sjxSuggest.processResponse', params };
    transport.latest.send(JSON.stringify([...LIST, null, answer, { type: 'call', call: 'other' }]));
    transport.latest.end();
    expect(await call).toMatchObject({ suggestions, status: 200 });
    expect(commands.lists).toEqual([[...LIST, null, { type: 'call', call: 'other' }]]);
  });

  it.each([
    ['a list without the command', '[]'],
    ['a command without arguments', '[{"type":"call","call":"sjxSuggest.processResponse"}]'],
    ['an argument that is none', '[{"type":"call","call":"sjxSuggest.processResponse","params":[null]}]'],
  ])('gives none for %s', async (_what, body) => {
    const { app, transport } = makeApp();
    const call = withSuggestions(app).suggest('tag', query);
    await settle();
    transport.latest.send(body);
    transport.latest.end();
    expect((await call).suggestions).toEqual([]);
  });

  it('rejects as any other call does', async () => {
    const { app, transport } = makeApp();
    const call = withSuggestions(app).suggest('tag', query);
    await settle();
    transport.latest.status(500);
    await expect(call).rejects.toMatchObject({ code: 'status', status: 500 });
    await expect(call.catch((error: unknown) => error)).resolves.toMatchObject({ status: 500 });
  });

  it('gives the same reply to everyone who asks', async () => {
    const { app, transport } = makeApp();
    const call = withSuggestions(app).suggest('tag', query);
    const whole = Promise.all([call, call.catch(() => undefined), call.finally(() => undefined)]);
    await settle();
    transport.latest.send('[]');
    transport.latest.end();
    const [reply, ...others] = await whole;
    expect(reply.suggestions).toEqual([]);
    for (const other of others) expect(other).toBe(reply);
  });
});

describe('the queue', () => {
  it('is one of its own with the default policies, which takes options', async () => {
    document.body.innerHTML = '<p id="a"></p>';
    const said: string[] = [];
    const functions = { say: (text: string) => void said.push(text) };
    const { app, transport } = makeApp({ commands: { functions } });
    const call = app.request('say');
    await settle();
    const commands = [
      { type: 'html', selector: '#a', html: '<b>x</b>', setType: 'replace' },
      { type: 'call', call: 'say', params: ['hello'] },
    ];
    transport.latest.send(JSON.stringify(commands));
    transport.latest.end();
    await call;
    expect(document.body.innerHTML).toBe('<p id="a"><b>x</b></p>');
    expect(said).toEqual(['hello']);
    expect(app.commands.size).toBe(0);
  });

  it('reports to the same handler as the calls', async () => {
    const heard: EnckeError[] = [];
    const transport = memoryTransport();
    const app = sijax(undefined, { transports: [transport], onError: (error) => heard.push(error) });
    const call = app.request('say');
    await settle();
    transport.latest.send('[{"type":"script","script":"1"},{"type":"nothing"}]');
    transport.latest.end();
    await call;
    expect(heard.map(({ code }) => code)).toEqual(['refused', 'unknown-command']);
  });

  it('knows how to reset a form, in whose place a field may stand', async () => {
    document.body.innerHTML = '<form id="f"><input name="reset" value="old"></form>';
    const input = document.querySelector('input') as HTMLInputElement;
    input.value = 'new';
    const transport = memoryTransport();
    const app = sijax(undefined, { transports: [transport] });
    const call = app.request('say');
    await settle();
    transport.latest.send('[{"type":"call","call":"sjxUpload.resetForm","params":["f"]}]');
    transport.latest.end();
    await call;
    expect(input.value).toBe('old');
  });

  it('may be shared by apps', () => {
    const commands: CommandQueue = recordingQueue();
    expect(sijax('/a', { commands }).commands).toBe(commands);
  });
});

describe('the names of functions', () => {
  it('are known to the compiler with their arguments, where they are told', () => {
    interface Chat {
      say: [text: string, loud?: boolean];
      leave: [];
    }
    const app = sijax<Chat>('/chat', { commands: recordingQueue(), transports: [memoryTransport()] });
    app.request('say', ['hello']);
    app.comet('leave');
    // @ts-expect-error -- the text is missing
    app.request('say');
    // @ts-expect-error -- a number is no text
    app.request('say', [1]);
    // @ts-expect-error -- there is no such function
    app.request('shout', []);
    expect(app.commands.size).toBe(0);
  });
});
