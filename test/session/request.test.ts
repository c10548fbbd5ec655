import { describe, expect, it } from 'vitest';
import { eventStream } from '../../src/formats/event-stream.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { resolveOptions, type SubscribeOptions } from '../../src/options.ts';
import type { CursorName } from '../../src/options.ts';
import { CURSOR_CONVENTIONS } from '../../src/parts/conventions.ts';
import { createCursor } from '../../src/session/cursor.ts';
import { buildRequest, demandOf, utf8Bytes, type Target } from '../../src/session/request.ts';
import { fetchStream } from '../../src/transports/fetch-stream.ts';
import { poll } from '../../src/transports/poll.ts';
import type { Transport, TransportRequest } from '../../src/transports/transport.ts';

function targetOf(options: SubscribeOptions, rest: Partial<Target> = {}): Target {
  return {
    url: 'https://app.test/events?a=1',
    origin: 'https://app.test',
    resource: 'https://app.test/events',
    crossOrigin: false,
    options: resolveOptions(options),
    formats: [eventStream, jsonLines],
    convention: CURSOR_CONVENTIONS[(options.cursor as CursorName | undefined) ?? 'last-event-id'],
    fetch,
    once: false,
    ...rest,
  };
}

function build(
  options: SubscribeOptions,
  rest: { target?: Partial<Target>; transport?: Partial<Transport>; id?: string; etag?: string } = {},
): Promise<TransportRequest> {
  const cursor = createCursor(rest.id ?? '');
  cursor.etag = rest.etag;
  return buildRequest(targetOf(options, rest.target), { ...fetchStream, ...rest.transport }, cursor, [
    'tick',
  ]);
}

describe('buildRequest', () => {
  it('asks for every format, the preferred one first', async () => {
    const { headers, method, body, url, events } = await build({});
    expect(headers.get('accept')).toBe('text/event-stream, application/x-ndjson');
    expect({ method, body, url, events }).toEqual({
      method: 'GET',
      body: null,
      url: 'https://app.test/events?a=1',
      events: ['tick'],
    });
  });

  it('asks for what is named, by the caller, the transport or the format', async () => {
    const own = await build({ headers: { accept: 'text/x-mine' }, format: jsonLines });
    expect(own.headers.get('accept')).toBe('text/x-mine');
    const ofTransport = await build({}, { transport: { accept: 'text/html' } });
    expect(ofTransport.headers.get('accept')).toBe('text/html');
    const ofBoth = await build({ format: jsonLines }, { transport: { accept: 'application/json' } });
    expect(ofBoth.headers.get('accept')).toBe('application/x-ndjson');
    const ofFormat = await build({ format: jsonLines });
    expect(ofFormat.headers.get('accept')).toBe('application/x-ndjson');
  });

  it('carries the cursor in a header on its own origin', async () => {
    const { headers, url } = await build({}, { id: 'é1', etag: '"7"', transport: poll });
    expect(headers.get('last-event-id')).toBe('\u00c3\u00a91');
    expect(headers.get('if-none-match')).toBe('"7"');
    expect(url).not.toContain('lastEventId');
  });

  it('carries the cursor in the query across origins and where headers cannot be sent', async () => {
    const across = await build(
      { transportParam: '' },
      { id: 'é 1', etag: '"7"', target: { crossOrigin: true }, transport: poll },
    );
    expect(across.url).toBe('https://app.test/events?a=1&lastEventId=%C3%A9%201');
    expect(across.headers.has('last-event-id')).toBe(false);
    expect(across.headers.has('if-none-match')).toBe(false);
    const headerless = await build(
      { lastEventIdParam: 'last_event_id' },
      { id: '7', transport: { sendsHeaders: false } },
    );
    expect(headerless.url).toContain('last_event_id=7');
  });

  it.each([
    ['header', false],
    ['query', true],
  ])('carries an id with half a character, which JSON can write, in the %s', async (_, crossOrigin) => {
    const { url, headers } = await build({}, { id: 'a\ud800', target: { crossOrigin } });
    expect([headers.get('last-event-id'), new URL(url).searchParams.get('lastEventId')]).toEqual(
      crossOrigin ? [null, 'a\uFFFD'] : ['a\u00ef\u00bf\u00bd', null],
    );
  });

  it.each(['a\u0001b', '\u001b', '\u007f', 'a\0', 'a\r\nb: c'])(
    'carries an id that no header may hold in the query: %j',
    async (id) => {
      const { url, headers } = await build({}, { id });
      expect([headers.get('last-event-id'), new URL(url).searchParams.get('lastEventId')]).toEqual([
        null,
        id,
      ]);
    },
  );

  it.each(['a\tb', 'a b', '~', '\u0085'])('carries any other id in the header: %j', async (id) => {
    const { url, headers } = await build({}, { id });
    expect([utf8Bytes(id), new URL(url).search]).toEqual([headers.get('last-event-id'), '?a=1']);
  });

  it('adds the name of a transport that must name itself, unless told not to', async () => {
    const transport = { name: 'poll', namesItself: true };
    expect((await build({}, { transport })).url).toContain('transport=poll');
    expect((await build({ transportParam: 'via' }, { transport })).url).toContain('via=poll');
    expect((await build({ transportParam: '' }, { transport })).url).toBe('https://app.test/events?a=1');
  });

  it('leaves the query of the caller as it is written, but for what it sets anew', async () => {
    const url = 'https://app.test/events?sig=a%20b~(c)&lastEventId=3&flag';
    const built = await build({}, { id: '7', target: { url, crossOrigin: true } });
    expect(built.url).toBe('https://app.test/events?sig=a%20b~(c)&flag&lastEventId=7');
  });

  it('sends an id of any length', async () => {
    const { headers } = await build({}, { id: 'x'.repeat(200_000) });
    expect(headers.get('last-event-id')).toHaveLength(200_000);
  });

  it('sends If-None-Match with GET only', async () => {
    const post = await build({ body: 'x' }, { etag: '"7"', transport: poll });
    expect(post.headers.has('if-none-match')).toBe(false);
  });

  it('puts no header and no token into the URL', async () => {
    const { url } = await build({ headers: { authorization: 'Bearer secret' } }, { id: '7' });
    expect(url).not.toContain('secret');
  });
});

describe('demandOf', () => {
  it('says what a carrier must be able to do', () => {
    expect(demandOf(targetOf({}))).toEqual({
      method: 'GET',
      headers: false,
      body: 'none',
      crossOrigin: false,
      credentials: 'same-origin',
      once: false,
      ownFetch: false,
      uploadProgress: false,
      urlCredentials: false,
    });
    expect(demandOf(targetOf({ headers: {}, body: 'x', fetch }))).toMatchObject({
      method: 'POST',
      headers: true,
      ownFetch: true,
    });
    expect(demandOf(targetOf({}, { url: 'https://user@app.test/' })).urlCredentials).toBe(true);
    expect(demandOf(targetOf({}, { url: 'https://app.test/?a=//b@' })).urlCredentials).toBe(false);
  });
});
