// XHR streaming over an XMLHttpRequest that is played by hand.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openXhr } from '../../src/transports/xhr-stream.ts';
import { EXCERPT_LENGTH, EXCERPT_TIME } from '../../src/transports/refusal.ts';
import type { Stop, TransportRequest } from '../../src/transports/transport.ts';
import { openRecorded, settle, type Recorded } from './recorded.ts';

class PlayedXhr {
  static latest: PlayedXhr;
  status = 0;
  responseText = '';
  responseURL = '';
  withCredentials = false;
  onreadystatechange?: () => void;
  onprogress?: () => void;
  onload?: () => void;
  onloadend?: () => void;
  readonly upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  readonly asked: unknown[][] = [];
  head = 'content-type: text/event-stream\r\nx-a: 1: 2\r\n';

  constructor() {
    PlayedXhr.latest = this;
  }
  open(...given: unknown[]): void {
    this.asked.push(['open', ...given]);
  }
  setRequestHeader(...given: unknown[]): void {
    this.asked.push(['header', ...given]);
  }
  overrideMimeType(type: string): void {
    this.asked.push(['type', type]);
  }
  send(body: unknown): void {
    this.asked.push(['send', body]);
  }
  abort(): void {
    this.asked.push(['abort']);
  }
  getAllResponseHeaders(): string {
    return this.head;
  }
  /** The head, and what has come of the body. */
  answer(status: number, text = ''): void {
    this.status = status;
    this.responseText += text;
    this.onprogress?.();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('XMLHttpRequest', PlayedXhr);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function open(
  request?: Partial<TransportRequest>,
  meanwhile?: (name: string, stop: Stop) => void,
): Promise<{ readonly recorded: Recorded; readonly xhr: PlayedXhr }> {
  const recorded = openRecorded(openXhr, request, meanwhile);
  await settle();
  return { recorded, xhr: PlayedXhr.latest };
}

const names = ({ calls }: Recorded): unknown[] => calls.map(([name]) => name);
const texts = ({ calls }: Recorded): unknown[] =>
  calls.filter(([name]) => name === 'text').map(([, text]) => text);

describe('what it asks', () => {
  it('is the request, as UTF-8 whatever the server says', async () => {
    const { xhr } = await open({
      method: 'POST',
      headers: new Headers({ 'x-token': 'a' }),
      body: 'order',
    });
    expect(xhr.asked).toEqual([
      ['open', 'POST', 'https://example.org/events'],
      ['header', 'x-token', 'a'],
      ['type', 'text/plain; charset=utf-8'],
      ['send', 'order'],
    ]);
  });

  it.each([
    ['https://example.org/events', { 'last-event-id': '7' }, ['no-cache']],
    ['https://example.org/events', {}, []],
    // Across origins each header of ours has to be allowed by the server.
    ['https://other.test/events', { 'last-event-id': '7' }, []],
    ['https://example.org.other.test/events', { 'last-event-id': '7' }, []],
  ])('is not for a cache where a header says what it asks for: %s %o', async (url, given, expected) => {
    vi.stubGlobal('origin', 'https://example.org');
    const { xhr } = await open({ url, headers: new Headers(given) });
    const values = xhr.asked.filter(([, name]) => name === 'cache-control').map(([, , value]) => value);
    expect(values).toEqual(expected);
  });

  it.each([
    ['include', true],
    ['same-origin', false],
    ['omit', false],
  ] as const)(
    'has cookies across origins only where they were asked for: %s',
    async (credentials, expected) => {
      const { xhr } = await open({ credentials });
      expect(xhr.withCredentials).toBe(expected);
    },
  );

  it('listens to the upload only where its progress was asked for', async () => {
    const { xhr: quiet } = await open();
    expect(quiet.upload.onprogress).toBeUndefined();
    const progress: unknown[] = [];
    const { xhr } = await open({ onUploadProgress: (told) => progress.push(told) });
    xhr.upload.onprogress?.({ loaded: 3, total: 7 });
    expect(progress).toEqual([{ loaded: 3, total: 7 }]);
  });
});

describe('a response', () => {
  it('is opened by its head, and its text is given as it grows', async () => {
    const { recorded, xhr } = await open();
    xhr.responseURL = 'https://example.org/elsewhere';
    xhr.answer(200);
    xhr.answer(200, 'one ');
    xhr.answer(200, 'two');
    xhr.onload?.();
    expect(names(recorded)).toEqual(['opened', 'text', 'text', 'ended']);
    expect(texts(recorded)).toEqual(['one ', 'two']);
    expect(recorded.end).toEqual({ how: 'complete' });
    const head = recorded.calls[0]?.[1] as { headers: Headers };
    expect(head).toMatchObject({ status: 200, url: 'https://example.org/elsewhere' });
    expect([...head.headers]).toEqual([
      ['content-type', 'text/event-stream'],
      ['x-a', '1: 2'],
    ]);
  });

  it('has the URL that was asked where the browser names none', async () => {
    const { xhr, recorded } = await open();
    xhr.answer(200);
    expect(recorded.calls[0]?.[1]).toMatchObject({ url: 'https://example.org/events' });
  });

  it('gives the text that came with its end', async () => {
    const { recorded, xhr } = await open();
    xhr.status = 200;
    xhr.responseText = 'all';
    xhr.onload?.();
    expect(names(recorded)).toEqual(['opened', 'text', 'ended']);
  });

  it('keeps a second byte order mark, since the browser has taken the first', async () => {
    const { recorded, xhr } = await open();
    xhr.answer(200, '\uFEFFdata');
    xhr.answer(200, '\uFEFFmore');
    expect(texts(recorded)).toEqual(['\uFEFF\uFEFFdata', '\uFEFFmore']);
  });

  it('that breaks off is cut', async () => {
    const { recorded, xhr } = await open();
    xhr.answer(200, 'half');
    xhr.status = 0;
    xhr.responseText = '';
    xhr.onreadystatechange?.();
    xhr.onloadend?.();
    expect(recorded.end).toMatchObject({
      how: 'cut',
      error: { code: 'network', message: 'The response from https://example.org/events broke off.' },
    });
    expect(names(recorded)).toEqual(['opened', 'text', 'ended']);
  });

  it('that never came is no connection', async () => {
    const { recorded, xhr } = await open();
    xhr.onreadystatechange?.();
    xhr.onloadend?.();
    expect(recorded.end).toMatchObject({ how: 'cut', error: { code: 'network' } });
    expect((recorded.end as { error: Error }).error.message).toMatch(/^No response from/);
    expect(names(recorded)).toEqual(['ended']);
  });

  it('gives nothing that follows a stop in the middle', async () => {
    const { recorded, xhr } = await open({}, (name, stop) => {
      if (name === 'opened') stop();
    });
    xhr.answer(200, 'text');
    expect(names(recorded)).toEqual(['opened']);
    expect(xhr.asked.at(-1)).toEqual(['abort']);
  });

  it('is aborted once the end was told', async () => {
    const { xhr } = await open();
    xhr.answer(200);
    xhr.onload?.();
    expect(xhr.asked.filter(([name]) => name === 'abort')).toHaveLength(1);
  });
});

describe('a refusal', () => {
  it('keeps what has come of its body where that breaks off', async () => {
    const { recorded, xhr } = await open();
    xhr.answer(500, 'half a page');
    xhr.status = 0;
    xhr.responseText = '';
    xhr.onreadystatechange?.();
    xhr.onloadend?.();
    expect(recorded.end).toMatchObject({ how: 'status', head: { status: 500 }, body: 'half a page' });
  });

  it('is a sign of life at its head, and is told when its body is over', async () => {
    const { recorded, xhr } = await open();
    xhr.answer(404, 'not ');
    expect(names(recorded)).toEqual(['alive']);
    xhr.answer(404, 'here');
    expect(names(recorded)).toEqual(['alive']);
    xhr.onload?.();
    expect(recorded.end).toMatchObject({ how: 'status', head: { status: 404 }, body: 'not here' });
  });

  it('is told after a second, whatever becomes of its body', async () => {
    const { recorded, xhr } = await open();
    xhr.answer(503, 'not ');
    await vi.advanceTimersByTimeAsync(EXCERPT_TIME);
    expect(recorded.end).toMatchObject({ how: 'status', body: 'not ' });
  });

  it('is told once enough of its body has come', async () => {
    const { recorded, xhr } = await open();
    xhr.answer(500, 'x'.repeat(EXCERPT_LENGTH - 1));
    expect(recorded.end).toBeUndefined();
    xhr.answer(500, 'yz');
    expect(recorded.end).toMatchObject({ how: 'status', body: `${'x'.repeat(EXCERPT_LENGTH - 1)}y` });
  });

  it('whose body is just long enough is told at once', async () => {
    const { recorded, xhr } = await open();
    xhr.answer(500, 'x'.repeat(EXCERPT_LENGTH));
    expect(recorded.end).toMatchObject({ how: 'status' });
  });

  it.each([199, 204, 205, 300, 304])('is also what the status %d says', async (status) => {
    const { recorded, xhr } = await open();
    xhr.answer(status);
    xhr.onload?.();
    expect(recorded.end).toMatchObject({ how: 'status', head: { status } });
  });
});
