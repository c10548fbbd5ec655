// JSON documents: what random values come back as, and when.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { json } from '../../src/formats/json.ts';
import { decode, message, recordSink, DECODER_OPTIONS } from '../contracts/record-sink.ts';
import { awkwardJson, cutAtRandom, cuts } from './cut-at-random.ts';

describe('json', () => {
  it('gives back the elements of any array, cut anywhere', () => {
    fc.assert(
      fc.property(fc.array(awkwardJson), fc.constantFrom(0, 2), cuts, (values, indent, at) => {
        const body = JSON.stringify(values, null, indent);
        const expected = (JSON.parse(body) as unknown[]).map((value) => message(value));
        expect(decode(json, cutAtRandom(body, at))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('gives an element in brackets at its last bracket, and any other at the comma behind it', () => {
    const { sink, calls } = recordSink();
    const decoder = json.decoder(sink, DECODER_OPTIONS);
    decoder.feed('[{"a":[1]');
    expect(calls).toEqual([]);
    decoder.feed('}');
    expect(calls).toEqual([message({ a: [1] })]);
    decoder.feed(',\n[[2]]');
    expect(calls).toEqual([message({ a: [1] }), message([[2]])]);
    decoder.feed(',3');
    expect(calls).toHaveLength(2);
    decoder.feed(',');
    expect(calls).toEqual([message({ a: [1] }), message([[2]]), message(3)]);
    decoder.feed('"4"]');
    expect(calls).toHaveLength(4);
  });

  it('gives each element in brackets with the chunk that holds its last bracket, cut anywhere', () => {
    const elements = fc.array(
      awkwardJson.map((value) => [value]),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(elements, fc.constantFrom(0, 2), cuts, (values, indent, at) => {
        const body = JSON.stringify(values, null, indent);
        const ends = values.map((_, index) => {
          // What the body holds up to the last bracket of this element, without the bracket of the array.
          const start = JSON.stringify(values.slice(0, index + 1), null, indent);
          return start.slice(0, -1).trimEnd().length;
        });
        const { sink, calls } = recordSink();
        const decoder = json.decoder(sink, DECODER_OPTIONS);
        let read = 0;
        for (const chunk of cutAtRandom(body, at)) {
          decoder.feed(chunk);
          read += chunk.length;
          expect(calls).toHaveLength(ends.filter((end) => end <= read).length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives a document that is no array at the end', () => {
    const { sink, calls } = recordSink();
    const decoder = json.decoder(sink, DECODER_OPTIONS);
    decoder.feed('{"a":1}');
    expect(calls).toEqual([]);
    decoder.end();
    expect(calls).toEqual([message({ a: 1 })]);
  });

  it('limits each element of an array, not their sum', () => {
    const values = Array.from({ length: 100 }, (_, index) => `${'x'.repeat(50)}${index}`);
    const calls = decode(json, [JSON.stringify(values)], { maxMessageSize: 60 });
    expect(calls).toEqual(values.map((value) => message(value)));
  });
});
