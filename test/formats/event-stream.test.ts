// The event-stream decoder: transcripts in every cut, random streams against the reference, bounds.

import { describe, expect, it } from 'vitest';
import { eventStream } from '../../src/formats/event-stream.ts';
import { DECODER_OPTIONS, decode, message, recordSink, type SinkCall } from '../contracts/record-sink.ts';
import { eventStreamTranscripts } from '../wire/event-stream/transcripts.ts';
import { decodeByTheStandard } from './reference-event-stream.ts';

describe('transcripts', () => {
  it.each(eventStreamTranscripts)('$name', ({ text, gives, options }) => {
    expect(decodeByTheStandard(text, { ...DECODER_OPTIONS, ...options })).toEqual(gives);
    expect(decode(eventStream, [text], options)).toEqual(gives);
    expect(decode(eventStream, text.split(''), options)).toEqual(gives);
    for (let cut = 0; cut <= text.length; cut++) {
      const calls = decode(eventStream, [text.slice(0, cut), '', text.slice(cut)], options);
      if (!areSame(calls, gives)) expect({ cut, calls }).toEqual({ cut, calls: gives });
    }
    for (const size of [2, 3, 7, 15, 16, 17]) {
      const calls = decode(eventStream, inPieces(text, size), options);
      if (!areSame(calls, gives)) expect({ size, calls }).toEqual({ size, calls: gives });
    }
  });
});

describe('what other decoders get wrong', () => {
  it('gives no event for a keep-alive comment and its blank line', () => {
    expect(decode(eventStream, [': keep-alive\n\n'])).toEqual([]);
  });

  it('keeps an empty first data line', () => {
    expect(decode(eventStream, ['data:\ndata: a\n\n'])).toEqual([message('\na')]);
  });

  it('takes no field for another that ends alike, and no data for a field', () => {
    const text = 'id: 1\nprent: x\ndata: a\n\ndata: id\n\ndata: b\n\n';
    const gives = [['id', '1'], message('a', 'message', '1'), message('id', 'message', '1')];
    expect(decode(eventStream, [text])).toEqual([...gives, message('b', 'message', '1')]);
  });

  it('ignores a retry that is not digits alone', () => {
    expect(decode(eventStream, ['retry: 10abc\n\n'])).toEqual([]);
  });

  it('gives a message split inside a CRLF exactly once', () => {
    const chunks = ['data: a\r', '\ndata: b\r', '\n\r', '\ndata: c\r\n\r', '\n'];
    expect(decode(eventStream, chunks)).toEqual([message('a\nb'), message('c')]);
  });

  it('gives a message at the carriage return of its blank line, without waiting for a line feed', () => {
    const { sink, calls } = recordSink();
    const decoder = eventStream.decoder(sink, DECODER_OPTIONS);
    decoder.feed('data: a\r\n\r');
    expect(calls).toEqual([message('a')]);
    decoder.feed('\ndata: b\r\r');
    expect(calls).toEqual([message('a'), message('b')]);
  });

  it('drops an incomplete last event', () => {
    expect(decode(eventStream, ['id: 1\ndata: a\n'])).toEqual([]);
  });

  it('does not count the id of an event that was cut, so that it comes again', () => {
    const { sink, calls } = recordSink();
    const decoder = eventStream.decoder(sink, DECODER_OPTIONS);
    decoder.feed('id: 1\ndata: a\n\nid: 2\ndata: b\n');
    expect(calls).toEqual([['id', '1'], message('a', 'message', '1')]);
  });

  it('gives messages one by one, so that a close inside a handler can stop the rest of a chunk', () => {
    const seen: unknown[] = [];
    let closed = false;
    const decoder = eventStream.decoder(
      {
        ...recordSink().sink,
        message({ data }) {
          if (closed) return;
          seen.push(data);
          closed = data === 'b';
        },
      },
      DECODER_OPTIONS,
    );
    decoder.feed('data: a\n\ndata: b\n\ndata: c\n\nid: 4\ndata: d\n\n');
    expect(seen).toEqual(['a', 'b']);
  });
});

describe('bounds', () => {
  it('gives a line of 10 MB in chunks of 7 characters whole', { timeout: 30_000 }, () => {
    const length = 10_000_000;
    const { sink, calls } = recordSink();
    const decoder = eventStream.decoder(sink, { ...DECODER_OPTIONS, maxMessageSize: length });
    decoder.feed('data: ');
    for (let sent = 0; sent < length; sent += 7) decoder.feed('abcdefg'.slice(0, length - sent));
    decoder.feed('\n\n');
    expect(calls.length).toBe(1);
    expect(
      calls[0]?.[0] === 'message' && calls[0][1].data === 'abcdefg'.repeat(length / 7 + 1).slice(0, length),
    ).toBe(true);
  });

  it('reads each character of a long line at most a few times, however it is cut', () => {
    const chunks = Array.from({ length: 20_000 }, () => 'abcdefg');
    const reads = countReads(() => decode(eventStream, ['data: ', ...chunks, '\n\n']));
    expect(reads).toBeLessThan(3 * 7 * chunks.length);
  });

  it('reports an endless line once and reads the next block', () => {
    const chunks = Array.from({ length: 1_000 }, () => 'x'.repeat(100));
    expect(decode(eventStream, ['data: ', ...chunks, '\n\ndata: ok\n\n'], { maxMessageSize: 1_000 })).toEqual(
      [['problem', 'too-large', 'x'.repeat(200)], message('ok')],
    );
  });
});

describe('random streams', () => {
  const count = Number(process.env['ENCKE_FUZZ'] ?? 20_000);
  const firstSeed = Number(process.env['ENCKE_FUZZ_SEED'] ?? 1);

  it(`${count} of them lead to what the standard says`, { timeout: 30_000 + count }, () => {
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const { chunks, options } = randomStream(seed);
      const calls = decode(eventStream, chunks, options);
      const expected = decodeByTheStandard(chunks.join(''), options);
      if (!areSame(calls, expected)) {
        expect({ seed, chunks, options, calls }).toEqual({ seed, chunks, options, calls: expected });
      }
    }
  });
});

const FRAGMENTS = [
  ...[
    'data: ',
    'data:',
    'data',
    'dat',
    'data : ',
    'id: ',
    'id:',
    'id',
    'event: ',
    'event:',
    'event',
    'retry: ',
  ],
  ...[
    'retry:',
    ':',
    ': ',
    ' ',
    '\n',
    '\n',
    '\n\n',
    '\n\n',
    '\r',
    '\r\r',
    '\r\n',
    '\r\n\r\n',
    '\r\r\n',
    '\n\r',
  ],
  ...['\0', '\ufeff', '1', '23', 'x', 'longer text, with a space', '彗星', '🌠', 'données', 'data: a\n\n'],
  ...[
    'data: a\ndata: b\n',
    'data: one\n\ndata: two\n\n',
    ': comment\n',
    'id: 7\n',
    'event: tick\r\n',
    'retry: 5\n',
  ],
  ...['data: a token of text\r\n\r\n', 'nonsense\n', 'idx: 1\n', 'data: x\rdata: y\r\r'],
];

/** A stream of fragments that mean something, cut anywhere: often in small pieces, sometimes not at all. */
function randomStream(seed: number) {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const text = Array.from({ length: 1 + below(40) }, () => FRAGMENTS[below(FRAGMENTS.length)] ?? '').join('');
  const longest = [1, 7, 15, 40, 1_000][below(5)] ?? 1;
  const chunks: string[] = [];
  for (let at = 0; at < text.length;) {
    const next = at + below(longest + 1);
    chunks.push(text.slice(at, next));
    at = next;
  }
  const options = {
    maxMessageSize: below(4) === 0 ? below(40) : 1_000_000,
    lastEventId: below(2) === 0 ? '' : 'before',
    flush: below(2) === 0,
  };
  return { chunks, options };
}

/** Mulberry32: the same numbers between 0 and 1 for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How many characters the run looks at: those it asks for one by one, and those it lets `indexOf` search. */
function countReads(run: () => void): number {
  const { charCodeAt, indexOf } = String.prototype;
  let reads = 0;
  String.prototype.charCodeAt = function (this: string, at: number) {
    reads++;
    return charCodeAt.call(this, at);
  };
  String.prototype.indexOf = function (this: string, wanted: string, from = 0) {
    const at = indexOf.call(this, wanted, from);
    reads += (at < 0 ? this.length : at) - from;
    return at;
  };
  try {
    run();
  } finally {
    Object.assign(String.prototype, { charCodeAt, indexOf });
  }
  return reads;
}

function inPieces(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}

/** Comparing texts is many times faster than `toEqual`, which then shows the difference. */
function areSame(one: readonly SinkCall[], other: readonly SinkCall[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
