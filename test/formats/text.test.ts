// Plain text: chunks as they come, characters whole.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { text } from '../../src/formats/text.ts';
import { decode, message } from '../contracts/record-sink.ts';
import { cutAtRandom, cuts } from './cut-at-random.ts';

describe('text', () => {
  it('gives each chunk as one message', () => {
    expect(decode(text, ['one', '', 'two\n', '\n'])).toEqual([
      message('one'),
      message('two\n'),
      message('\n'),
    ]);
  });

  it('keeps the two halves of a character together', () => {
    expect(decode(text, ['a\ud83d', '\ude80b'])).toEqual([message('a'), message('\ud83d\ude80b')]);
    expect(decode(text, ['\ud83d', '\ude80'])).toEqual([message('\ud83d\ude80')]);
  });

  it('gives half a character that nothing follows at the end', () => {
    expect(decode(text, ['a\ud83d'])).toEqual([message('a'), message('\ud83d')]);
  });

  it('skips one byte order mark at the beginning, as every carrier does', () => {
    expect(decode(text, ['', '\uFEFFone', '\uFEFFtwo'])).toEqual([message('one'), message('\uFEFFtwo')]);
    expect(decode(text, ['\uFEFF', '\uFEFFone'])).toEqual([message('\uFEFFone')]);
  });

  it('loses nothing and splits no character, cut anywhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), cuts, (body, at) => {
        const pieces = decode(text, cutAtRandom(body, at)).map((call) =>
          call[0] === 'message' ? call[1].data : '',
        );
        expect(pieces.join('')).toBe(body.replace(/^\uFEFF/, ''));
        // It throws where a half of a character stands alone.
        expect(() => pieces.map((piece) => encodeURIComponent(String(piece)))).not.toThrow();
      }),
    );
  });
});
