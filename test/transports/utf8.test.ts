// Decoding a response of bytes.

import { describe, expect, it } from 'vitest';
import { utf8Decoder } from '../../src/transports/utf8.ts';

interface Decoded {
  readonly text: string;
  readonly problems: number;
}

function decode(chunks: readonly Uint8Array[]): Decoded {
  let problems = 0;
  const next = utf8Decoder(() => problems++);
  const text = chunks.map((chunk) => next(chunk)).join('') + next();
  return { text, problems };
}

function cutEverywhere(bytes: Uint8Array): Uint8Array[][] {
  const halves = Array.from(bytes, (_, at) => [bytes.subarray(0, at), bytes.subarray(at)]);
  return [[bytes], ...halves, Array.from(bytes, (byte) => Uint8Array.of(byte))];
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('utf8Decoder', () => {
  it('gives the same text however the bytes are cut', () => {
    const text = 'aé漢😀\u{1f469}\u200d\u{1f680}\n';
    for (const chunks of cutEverywhere(encode(text))) expect(decode(chunks)).toEqual({ text, problems: 0 });
  });

  it('takes a U+FFFD that the server sent for what it is, however it is cut', () => {
    const text = 'a\uFFFD\uFFFDé\uFFFD';
    for (const chunks of cutEverywhere(encode(text))) expect(decode(chunks)).toEqual({ text, problems: 0 });
  });

  it.each([
    ['a byte that begins nothing', [0x61, 0xff, 0x62], 'a\uFFFDb'],
    ['a sequence that is not finished', [0x61, 0xe2, 0x82, 0x62], 'a\uFFFDb'],
    ['a sequence that the end of the body cuts', [0x61, 0xe2, 0x82], 'a\uFFFD'],
    ['a surrogate', [0xed, 0xa0, 0x80], '\uFFFD\uFFFD\uFFFD'],
    ['an overlong form beside a true U+FFFD', [0xef, 0xbf, 0xbd, 0xc0, 0x80], '\uFFFD\uFFFD\uFFFD'],
    ['half a U+FFFD before a whole one', [0xef, 0xbf, 0xef, 0xbf, 0xbd], '\uFFFD\uFFFD'],
  ])('reports %s once', (_, bytes, text) => {
    for (const chunks of cutEverywhere(Uint8Array.from(bytes)))
      expect(decode(chunks)).toEqual({ text, problems: 1 });
  });

  it('reports once for a whole response', () => {
    expect(
      decode([Uint8Array.of(0xff), Uint8Array.of(0xff), encode('fine'), Uint8Array.of(0xff)]).problems,
    ).toBe(1);
  });

  it('leaves the byte order mark to the format', () => {
    expect(decode([encode('\uFEFFdata')]).text).toBe('\uFEFFdata');
  });
});
