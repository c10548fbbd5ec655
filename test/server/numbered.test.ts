// /numbered: a fixed list by every technique, resumed at the cursor, complete with 204, polls with 205.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIG_SIZE, bigNumber, numberedData } from './numbered-data.ts';
import { rawGet, unchunked } from './raw-client.ts';
import { startServer, type ReferenceServer } from './server.ts';

let server: ReferenceServer;

beforeAll(async () => {
  server = await startServer();
});

afterAll(() => server.close());

interface Envelope {
  id?: string;
  event?: string;
  data: unknown;
}

const READERS: Record<string, (text: string) => Envelope[]> = {
  'format=event-stream': readEventStream,
  'format=json-lines': (text) => text.trim().split('\n').map(parse),
  'transport=iframe': readScriptTags,
  'transport=htmlfile': readScriptTags,
  'transport=long-poll&batch=1000': (text) => JSON.parse(text) as Envelope[],
  'transport=poll&batch=1000': (text) => JSON.parse(text) as Envelope[],
};

describe.each(Object.entries(READERS))('?%s', (query, read) => {
  const get = async (more: string) => {
    const response = await fetch(`${server.url}/numbered?${query}&${more}`);
    return { status: response.status, text: await response.text() };
  };

  it.each(['plain', 'varied', 'mixed'] as const)(
    'gives every %s message once, in order, whole',
    async (kind) => {
      const messages = read((await get(`count=40&kind=${kind}`)).text);
      const expected = Array.from({ length: 40 }, (_, index) => ({
        id: String(index + 1),
        data: numberedData(index + 1, kind, 40),
      }));
      expect(messages).toEqual(expected);
    },
  );

  it('resumes strictly after the cursor', async () => {
    const messages = read((await get('count=5&lastEventId=3&event=tick&done=1')).text);
    expect(messages).toEqual([
      { id: '4', event: 'tick', data: 'message 4 of 5' },
      { id: '5', event: 'tick', data: 'message 5 of 5' },
      { event: 'done', data: 'done' },
    ]);
  });

  it('tells whoever has them all', async () => {
    const { status, text } = await get('count=5&lastEventId=5');
    const complete = query.includes('poll') ? 205 : 204;
    if (!/iframe|htmlfile/.test(query))
      return expect({ status, text }).toEqual({ status: complete, text: '' });
    expect(read(text)).toEqual([{ event: 'done', data: 'done' }]);
  });
});

describe('/numbered', () => {
  it('answers a poll with one batch and its tag', async () => {
    const response = await fetch(`${server.url}/numbered?transport=poll&count=7&batch=3&lastEventId=3`);
    expect(((await response.json()) as Envelope[]).map(({ id }) => id)).toEqual(['4', '5', '6']);
    expect(response.headers.get('etag')).toBe('"6"');
  });

  it('answers a poll with 304 while its tag still stands', async () => {
    const headers = { 'If-None-Match': '"6"' };
    const poll = `${server.url}/numbered?transport=poll&count=7&batch=3`;
    expect((await fetch(`${poll}&lastEventId=3`, { headers })).status).toBe(304);
    expect((await fetch(`${poll}&lastEventId=6`, { headers })).status).toBe(200);
  });

  it.each(['varied', 'mixed'] as const)('writes %s data with CRLF on an event stream', async (kind) => {
    const text = await (await fetch(`${server.url}/numbered?count=20&kind=${kind}`)).text();
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('cuts the body inside characters where told, without harm to the bytes', async () => {
    const answer = await rawGet(`${server.url}/numbered?start=3&count=3&cut=2&kind=mixed`);
    expect(new Set(answer.chunks.slice(0, -1))).toEqual(new Set([2]));
    expect(unchunked(answer)).toContain(`data: ${numberedData(3, 'mixed', 3)}\r\n`);
  });

  it('ends nothing where it shall stay', async () => {
    const list = `${server.url}/numbered?count=3&stay=1`;
    const stream = new AbortController();
    const body = (await fetch(list, { signal: stream.signal })).body?.pipeThrough(new TextDecoderStream());
    let text = '';
    const read = async (): Promise<void> => {
      for await (const chunk of body ?? []) text += chunk;
    };
    const ended = read().then(
      () => 'ended',
      () => 'left',
    );
    await expect.poll(() => text).toContain('message 3 of 3');
    const signal = AbortSignal.timeout(50);
    await expect(fetch(`${list}&transport=long-poll&lastEventId=3`, { signal })).rejects.toThrow('timeout');
    stream.abort();
    expect(await ended).toBe('left');
  });

  it('keeps to its rate', async () => {
    const began = performance.now();
    await (await fetch(`${server.url}/numbered?count=11&rate=200`)).text();
    // Ten gaps of 5 ms; Node's timers may fire up to 1 ms early.
    expect(performance.now() - began).toBeGreaterThan(45);
  });
});

describe('numberedData', () => {
  it('has the big message at 500, or in the middle of a shorter list', () => {
    expect(bigNumber(1000)).toBe(500);
    expect(bigNumber(40)).toBe(20);
    expect(Buffer.byteLength(numberedData(500, 'mixed', 1000))).toBe(BIG_SIZE);
  });

  it('names its number in every message', () => {
    for (let n = 1; n <= 20; n += 1) {
      expect(numberedData(n, 'mixed', 1000)).toMatch(new RegExp(`\\b${n}\\b`));
    }
  });
});

function readEventStream(text: string): Envelope[] {
  const blocks = text.split(/\r?\n\r?\n/).filter((block) => block !== '');
  return blocks.map((block) => {
    const lines = block.split(/\r?\n/).map((line) => /^(\w+): ?(.*)$/su.exec(line) ?? ['', '', '']);
    const values = (name: string) => lines.filter((line) => line[1] === name).map((line) => line[2] ?? '');
    const [id] = values('id');
    const [event] = values('event');
    const data = values('data').join('\n');
    return { ...(id !== undefined && { id }), ...(event !== undefined && { event }), data };
  });
}

function readScriptTags(text: string): Envelope[] {
  return [...text.matchAll(/<script>parent\.enckeReceive\((.*)\)<\/script>\n/g)].map(([, json = '']) =>
    parse(json),
  );
}

function parse(json: string): Envelope {
  return JSON.parse(json) as Envelope;
}
