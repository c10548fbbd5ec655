// What the figures of a stream prove of what lies between.

import { describe, expect, it } from 'vitest';
import { event, events, EVENT_STREAM, probeServer, type ScriptedServer } from './harness.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const ZIPPED = { ...EVENT_STREAM, 'content-encoding': 'gzip' };

/** So many texts, a second apart. */
function everySecond(texts: readonly string[]): { at: number; send: string }[] {
  return texts.map((send, index) => ({ at: 1_000 * (index + 1), send }));
}

const onePoll = {
  headers: JSON_TYPE,
  body: [
    { at: 40, send: '[{"id":"1","data":1}]' },
    { at: 41, end: 'complete' as const },
  ],
};

async function judge(server: ScriptedServer): Promise<string> {
  const { report } = await probeServer(server);
  return `${report.buffered.answer}: ${report.buffered.because}`;
}

describe('a stream is held', () => {
  it('where a long poll beside it brought a message first', async () => {
    expect(await judge({ stream: {}, longPoll: onePoll })).toBe(
      'yes: A long poll beside it brought a message after 40 ms; the stream had brought nothing in 10.0 s.',
    );
  });

  it('also where its head is kept back', async () => {
    const { report } = await probeServer({ stream: { headAt: 60_000 }, longPoll: onePoll });
    expect([report.verdict, report.buffered.answer]).toEqual(['held', 'yes']);
  });

  it('where it pauses inside a line, at a multiple of 4 kB for certain', async () => {
    const text = events(1, 400);
    const blocks = [text.slice(0, 4_096), text.slice(4_096, 8_192)];
    expect(await judge({ stream: { body: everySecond(blocks) } })).toMatch(
      /^yes: After 4.1 kB it paused for 1.0 s inside a line/,
    );
    const pieces = [text.slice(0, 3_001), text.slice(3_001, 6_000)];
    expect(await judge({ stream: { body: everySecond(pieces) } })).toMatch(/^likely: After 3.0 kB/);
  });

  it('where its length was known before it began', async () => {
    const headers = { ...EVENT_STREAM, 'content-length': '63' };
    const body = [
      { at: 30, send: events(1, 3) },
      { at: 31, end: 'complete' as const },
    ];
    expect(await judge({ stream: { headers, body } })).toMatch(/^yes: Its length was known/);
  });

  it('most likely, where all of it came late and at once', async () => {
    const body = [
      { at: 6_000, send: events(1, 9) },
      { at: 6_010, end: 'complete' as const },
    ];
    expect(await judge({ stream: { headAt: 5_990, body } })).toBe(
      'likely: All 9 messages and the end came at once, after 6.0 s.',
    );
  });

  it('most likely, where the first messages came late and at once', async () => {
    const body = [
      { at: 3_000, send: events(1, 9) },
      { at: 4_000, send: event(10) },
    ];
    expect(await judge({ stream: { body } })).toBe(
      'likely: The first 9 messages came at once, 3.0 s after the head.',
    );
  });

  it('most likely, where a compressor gives nothing, or batches', async () => {
    expect(await judge({ stream: { headers: ZIPPED } })).toMatch(
      /^likely: Nothing came in 10.0 s, and a compressor \(gzip\)/,
    );
    const body = everySecond([events(1, 5), events(6, 10), events(11, 15)]);
    expect(await judge({ stream: { headers: ZIPPED, body } })).toMatch(
      /^likely: Messages come in batches of 5 or more/,
    );
  });
});

describe('a stream is not held', () => {
  it('where messages come one by one', async () => {
    const body = everySecond([event(1), event(2), event(3)]);
    expect(await judge({ stream: { body } })).toBe('no: 3 chunks came one by one over 2.0 s.');
    expect(await judge({ stream: { headers: ZIPPED, body } })).toMatch(/^no/);
  });

  it('where they come so fast that no pause lies between', async () => {
    const body = Array.from({ length: 200 }, (_, index) => ({ at: 20 + index * 10, send: event(index) }));
    expect(await judge({ stream: { body } })).toMatch(/^no: 200 chunks came one by one/);
  });

  it('where a few bytes came through while it stayed open', async () => {
    expect(await judge({ stream: { body: [{ at: 30, send: ':\n\n' }] } })).toBe(
      'no: 3 bytes came through while the response was open: nothing waits for more.',
    );
  });

  it('where what is sent again at the beginning came at once, and news one by one', async () => {
    const body = [{ at: 30, send: events(1, 50) }, ...everySecond([event(51), event(52)])];
    expect(await judge({ stream: { body } })).toMatch(/^no/);
  });
});

describe('nothing is claimed', () => {
  it.each<[what: string, server: ScriptedServer, because: RegExp]>([
    ['where nothing came', { stream: {} }, /nor by a long poll beside it/],
    [
      'where the long poll has no message',
      {
        stream: {},
        longPoll: {
          ...onePoll,
          body: [
            { at: 30, send: '[]' },
            { at: 31, end: 'complete' },
          ],
        },
      },
      /nothing to say/,
    ],
    [
      'where the server answers a long poll with a second stream',
      { stream: {}, longPoll: { body: [{ at: 30, send: event(1) }] } },
      /nothing to say/,
    ],
    [
      'where both came together',
      {
        stream: { body: [{ at: 3_200, send: event(1) }] },
        longPoll: {
          ...onePoll,
          body: [
            { at: 60, send: '[1]' },
            { at: 61, end: 'complete' },
          ],
        },
      },
      /came through/,
    ],
    [
      'of an answer that was over at once',
      {
        stream: {
          body: [
            { at: 30, send: events(1, 9) },
            { at: 31, end: 'complete' },
          ],
        },
      },
      /All of it came at once/,
    ],
    [
      'of much that came at once',
      { stream: { body: [{ at: 30, send: events(1, 300) }] } },
      /came at once, and nothing after that/,
    ],
    [
      'of batches that the server may write',
      { stream: { body: everySecond([events(1, 5), events(6, 10), events(11, 15)]) } },
      /may well write them so/,
    ],
    [
      'of a whole answer',
      {
        stream: {
          headers: JSON_TYPE,
          body: [
            { at: 30, send: '[1,2]' },
            { at: 31, end: 'complete' },
          ],
        },
      },
      /A whole answer/,
    ],
    ['of a refusal', { stream: { status: 503 } }, /A refusal/],
    [
      'of what is no stream',
      { stream: { headers: { 'content-type': 'image/png' }, body: [{ at: 30, send: 'PNG' }] } },
      /no stream/,
    ],
    ['of what is no message', { stream: { body: [{ at: 30, send: '{"n":1}' }] } }, /no message/],
  ])('%s', async (_what, server, because) => {
    const { report } = await probeServer(server);
    expect(['not-seen', 'no']).toContain(report.buffered.answer);
    expect(report.buffered.because).toMatch(because);
  });
});
