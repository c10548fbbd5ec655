// JSON lines: what random values come back as, wherever the text is cut.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { decode, message, recordSink, DECODER_OPTIONS } from '../contracts/record-sink.ts';
import { awkwardJson, cutAtRandom, cuts } from './cut-at-random.ts';

describe('json-lines', () => {
  it('gives back any values, cut anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(awkwardJson),
        fc.constantFrom('\n', '\r\n', '\n\n', '\n\x1e'),
        cuts,
        (values, end, at) => {
          const body = values.map((value) => JSON.stringify(value) + end).join('');
          const expected = values.map((value) => message(JSON.parse(JSON.stringify(value))));
          expect(decode(jsonLines, cutAtRandom(body, at))).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives back any envelopes, cut anywhere', () => {
    const envelope = fc.record({ id: fc.uuid(), event: fc.string({ minLength: 1 }), data: awkwardJson });
    fc.assert(
      fc.property(fc.array(envelope), cuts, (envelopes, at) => {
        const body = envelopes.map((value) => `${JSON.stringify(value)}\n`).join('');
        const expected = envelopes.flatMap(({ id, event, data }) => [
          ['id', id],
          message(JSON.parse(JSON.stringify(data)), event, id),
        ]);
        expect(decode(jsonLines, cutAtRandom(body, at))).toEqual(expected);
      }),
    );
  });

  it.each([0, 1, 5_000])('tells the reconnection time %i of an envelope', (retry) => {
    const told = [['retry', retry], message('a', 'e')];
    expect(decode(jsonLines, [`{"event":"e","retry":${retry},"data":"a"}\n`])).toEqual(told);
  });

  it.each(['-1', '1.5', '"1"', 'null'])('tells no reconnection time of %s', (retry) => {
    expect(decode(jsonLines, [`{"event":"e","retry":${retry},"data":"a"}\n`])).toEqual([message('a', 'e')]);
  });

  it('reads no envelope where the convention has none', () => {
    const cursor = { param: 'offset', plain: true };
    const told = [message({ id: '1', data: 'a' })];
    expect(decode(jsonLines, ['{"id":"1","data":"a"}\n'], { cursor })).toEqual(told);
  });

  it('gives a line as soon as its line feed is there', () => {
    const { sink, calls } = recordSink();
    const decoder = jsonLines.decoder(sink, DECODER_OPTIONS);
    decoder.feed('{"a":1}');
    expect(calls).toEqual([]);
    decoder.feed('\n');
    expect(calls).toEqual([message({ a: 1 })]);
  });

  it('shows the first 200 characters of a line it cannot read', () => {
    const line = `{${'x'.repeat(500)}`;
    expect(decode(jsonLines, [line])).toEqual([['problem', 'malformed', line.slice(0, 200)]]);
  });

  it('shows no more than the limit of a line that is too long', () => {
    const line = 'x'.repeat(500);
    expect(decode(jsonLines, [line], { maxMessageSize: 300 })).toEqual([
      ['problem', 'too-large', line.slice(0, 200)],
    ]);
  });

  it('survives values nested too deep for any parser', () => {
    const deep = '['.repeat(200_000);
    expect(decode(jsonLines, [`${deep}\n1\n`])).toEqual([
      ['problem', 'malformed', deep.slice(0, 200)],
      message(1),
    ]);
  });
});
