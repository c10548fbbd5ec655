// The laws of formats, as tests: one per law, run over every format.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecoderSink, Format } from '../../src/formats/format.ts';
import type { Transcript } from '../wire/transcript.ts';
import { DECODER_OPTIONS, decode, type SinkCall } from './record-sink.ts';

/** Keeps nothing, so that only the decoder is measured. */
const DEAF_SINK: DecoderSink = { message() {}, id() {}, retry() {}, problem() {}, failed() {} };

/** A format, and what the laws need to know of it. */
export interface FormatSubject {
  readonly format: Format;
  readonly transcripts: readonly Transcript[];
  /** One message that says this text, of letters only. */
  say(data: string): string;
  /** A whole body with these messages, in chunks. */
  body(messages: readonly string[]): readonly string[];
  /** In the place of a message, something that cannot be read; absent where everything can. */
  readonly unreadable?: string;
  /** Text that states an id without a message; absent where none can. */
  readonly idAlone?: string;
  /** True for `text`: there a chunk is the message. */
  readonly chunkIsMessage?: boolean;
  /** Fragments that mean something in the format, for the fuzzing of law 4. */
  readonly fragments: readonly string[];
}

/** `heapUsed` collects garbage first, then gives the bytes in use. */
export function formatLaws(subject: FormatSubject, heapUsed: () => number): void {
  const { format, transcripts } = subject;
  const good = [subject.say('before'), subject.say('after')] as const;

  describe(`the format ${format.name}`, () => {
    describe('law 1: where the text is cut into chunks changes nothing but the moment of delivery', () => {
      it.each(transcripts)('$name', ({ text, gives, options }) => {
        expect(decode(format, [text], options)).toEqual(gives);
        if (subject.chunkIsMessage) {
          expect(textOf(decode(format, text.split(''), options))).toBe(textOf(gives));
          return;
        }
        expect(decode(format, text.split(''), options)).toEqual(gives);
        for (let cut = 1; cut < text.length; cut++) {
          const calls = decode(format, [text.slice(0, cut), '', text.slice(cut)], options);
          // Comparing texts is many times faster than `toEqual`, which then shows the difference.
          if (JSON.stringify(calls) !== JSON.stringify(gives))
            expect({ cut, calls }).toEqual({ cut, calls: gives });
        }
      });
    });

    it('law 2: a message that cannot be read is reported once through `problem` and costs only itself', () => {
      const { unreadable } = subject;
      if (unreadable === undefined) {
        fc.assert(
          fc.property(
            fc.array(fc.string()),
            (chunks) => !codes(decode(format, chunks)).includes('malformed'),
          ),
        );
        return;
      }
      const calls = decode(format, subject.body([good[0], unreadable, good[1]]));
      expect(kinds(calls)).toEqual(['message', 'malformed', 'message']);
      expect(dataOf(calls)).toEqual(['before', 'after']);
    });

    it(
      'law 3: a message longer than `maxMessageSize` is reported once and dropped; no more of it is kept in memory than that',
      { timeout: 60_000 },
      () => {
        const long = subject.body([good[0], subject.say('x'.repeat(101)), good[1]]);
        for (const chunks of subject.chunkIsMessage ? [long] : [long, long.join('').split('')]) {
          const calls = decode(format, chunks, { maxMessageSize: 100 });
          expect(kinds(calls)).toEqual(['message', 'too-large', 'message']);
          expect(dataOf(calls)).toEqual(['before', 'after']);
        }
        expect(heapGrowth(subject, heapUsed)).toBeLessThan(4_000_000);
      },
    );

    it('law 4: `feed` and `end` never throw for anything the wire can say', () => {
      const fragment = fc.oneof(
        fc.constantFrom(...subject.fragments),
        fc.string({ unit: 'binary', maxLength: 8 }),
      );
      const body = fc.array(fc.oneof(fragment, fc.constantFrom(...transcripts.map(({ text }) => text))), {
        maxLength: 30,
      });
      fc.assert(
        fc.property(body, fc.integer({ min: 1, max: 50 }), (chunks, maxMessageSize) => {
          decode(format, chunks, { maxMessageSize });
          decode(format, chunks);
        }),
      );
    });

    it('law 5: an id is announced by `sink.id` before the message that carries it, and also where it comes without one', () => {
      for (const { text, options } of transcripts) {
        let announced = options?.lastEventId ?? '';
        for (const call of decode(format, [text], options)) {
          if (call[0] === 'id') announced = call[1];
          if (call[0] === 'message') expect(call[1].id).toBe(announced);
        }
      }
      if (subject.idAlone !== undefined) expect(kinds(decode(format, [subject.idAlone]))).toEqual(['id']);
    });

    // A machine that does other work may be slow at just the wrong moment, but hardly three times.
    it(
      'law 6: the cost per character does not grow with the number of chunks',
      { timeout: 60_000, retry: 2 },
      () => {
        const shorter = costPerCharacter(subject, 250_000);
        const longer = costPerCharacter(subject, 2_000_000);
        // Eight times the chunks: were each of them to look at what came before, this would be about 8.
        expect(longer / shorter).toBeLessThan(4);
      },
    );
  });
}

/** Bytes the heap has grown by in the middle of a message of 32 MB, with a limit of 1,000 characters. */
function heapGrowth({ format, say, body }: FormatSubject, heapUsed: () => number): number {
  const [before = ''] = body([say('x')])
    .join('')
    .split('x');
  const decoder = format.decoder(DEAF_SINK, { ...DECODER_OPTIONS, maxMessageSize: 1_000 });
  const start = heapUsed();
  decoder.feed(before);
  // Each chunk is made anew: the same string again and again would take no memory however often it is kept.
  for (let count = 0; count < 500; count++)
    decoder.feed(String.fromCharCode(97 + (count % 26)).repeat(65_536));
  const growth = heapUsed() - start;
  decoder.end();
  return growth;
}

/** Milliseconds of the processor per character for one message in chunks of seven: the best of three. */
function costPerCharacter({ format, say, body }: FormatSubject, length: number): number {
  const text = body([say('x'.repeat(length))]).join('');
  const chunks = text.match(/.{1,7}/gs) ?? [];
  const times = [1, 2, 3].map(() => {
    const decoder = format.decoder(DEAF_SINK, { ...DECODER_OPTIONS, maxMessageSize: 2 * length });
    const start = processorTime();
    for (const chunk of chunks) decoder.feed(chunk);
    decoder.end();
    return processorTime() - start;
  });
  return Math.min(...times) / text.length;
}

/** What this process has used, in milliseconds: what others use beside it does not count. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function codes(calls: readonly SinkCall[]): string[] {
  return calls.flatMap((call) => (call[0] === 'problem' ? [call[1]] : []));
}

function kinds(calls: readonly SinkCall[]): string[] {
  return calls.map((call) => (call[0] === 'problem' ? call[1] : call[0]));
}

/** Of a format whose messages are lists, what is in them. */
function dataOf(calls: readonly SinkCall[]): unknown[] {
  return calls.flatMap((call) => (call[0] === 'message' ? call[1].data : []));
}

function textOf(calls: readonly SinkCall[]): string {
  return dataOf(calls).join('');
}
