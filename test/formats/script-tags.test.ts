// Script tags: what random calls come back as, and when.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scriptTags } from '../../src/formats/script-tags.ts';
import { decode, message, recordSink, DECODER_OPTIONS } from '../contracts/record-sink.ts';
import { awkwardJson, cutAtRandom, cuts } from './cut-at-random.ts';

const name = fc.stringMatching(/^[a-zA-Z_$][\w$]{0,9}(\.[a-zA-Z_$][\w$]{0,9}){0,3}$/);
const call = fc.record({ name, values: fc.array(awkwardJson, { minLength: 1, maxLength: 3 }) });
const space = fc.constantFrom('', ' ', '\n', '\r\n\t', '    ');

describe('script-tags', () => {
  it('gives back any calls, cut anywhere', () => {
    fc.assert(
      fc.property(fc.array(fc.array(call)), space, cuts, (blocks, gap, at) => {
        const body = blocks.map((calls) => block(calls.map((given) => write(given, gap)))).join(gap);
        const expected = blocks.flat().map((given) => message(dataOf(given.values), eventOf(given.name)));
        expect(decode(scriptTags, cutAtRandom(body, at))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same for any HTML, cut anywhere', () => {
    const fragments = [
      '<script>',
      '<script src=a>',
      '</script>',
      '<',
      '>',
      '<!--',
      '-->',
      'e(',
      '"',
      ')',
      '[1',
      ']',
      ';',
    ];
    const html = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 3 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(html, fc.integer({ min: 5, max: 40 }), cuts, (parts, maxMessageSize, at) => {
        const body = parts.join('');
        const whole = decode(scriptTags, [body], { maxMessageSize });
        expect(decode(scriptTags, cutAtRandom(body, at), { maxMessageSize })).toEqual(whole);
        expect(decode(scriptTags, body.split(''), { maxMessageSize })).toEqual(whole);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['<script <!-- b="c">e(1)</script>', '<!-- <script --><script a>e(1)</script>'])(
    'takes nothing in a start tag for a comment, and the reverse, wherever it is cut: %s',
    (body) => {
      const whole = decode(scriptTags, [body]);
      expect(whole).toEqual([message(1, 'e')]);
      for (let at = 0; at < body.length; at++) {
        expect(decode(scriptTags, [body.slice(0, at), body.slice(at)])).toEqual(whole);
      }
    },
  );

  it('reads none of these as a message, whatever else the page holds', () => {
    const text = fc.string().filter((part) => !part.includes('<script'));
    fc.assert(fc.property(text, (page) => decode(scriptTags, [page]).length === 0));
  });

  it('gives a call as soon as its parenthesis is closed', () => {
    const { sink, calls } = recordSink();
    const decoder = scriptTags.decoder(sink, DECODER_OPTIONS);
    decoder.feed('<script>parent.news({"a":1}');
    expect(calls).toEqual([]);
    decoder.feed(')');
    expect(calls).toEqual([message({ a: 1 }, 'news')]);
  });

  it('gives a message behind a quote that is not closed at the next end of line', () => {
    const { sink, calls } = recordSink();
    const decoder = scriptTags.decoder(sink, DECODER_OPTIONS);
    decoder.feed('<script>a("1);</script>');
    expect(calls).toEqual([]);
    decoder.feed('\n<script>b(2)');
    expect(calls).toEqual([['problem', 'malformed', 'a("1);</script>'], message(2, 'b')]);
  });

  it('takes linear time when every block has a quote too many', { timeout: 20_000 }, () => {
    const calls = decode(scriptTags, ['<script>a("x"y")</script>'.repeat(20_000)]);
    expect(calls).toHaveLength(20_000);
    expect(calls.every(([kind, code]) => kind === 'problem' && code === 'malformed')).toBe(true);
  });

  it('takes little time for padding, in a block or not, in the smallest chunks', { timeout: 20_000 }, () => {
    const padding = ['\n', ' ', ' \n', ';', ') '].map((blank) => blank.repeat(100_000)).join('');
    const chunks = `${padding}<script>${padding}a(1);</script>`.match(/.{1,7}/gs) ?? [];
    const start = performance.now();
    expect(decode(scriptTags, chunks)).toEqual([message(1, 'a')]);
    // It takes a third of a second. Looking at every blank again for each of those before it would take minutes.
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

function block(calls: readonly string[]): string {
  return `<script type="text/javascript">${calls.join(';')}</script>`;
}

function write({ name, values }: { name: string; values: readonly unknown[] }, gap: string): string {
  return `${gap}${name}${gap}(${gap}${values.map((value) => JSON.stringify(value)).join(`${gap},${gap}`)}${gap})${gap}`;
}

function dataOf(values: readonly unknown[]): unknown {
  const parsed = JSON.parse(JSON.stringify(values)) as unknown[];
  return parsed.length > 1 ? parsed : parsed[0];
}

function eventOf(called: string): string {
  const parts = called.split('.');
  while (parts.length > 1 && ['window', 'parent', 'top', 'self'].includes(parts[0] ?? '')) parts.shift();
  return parts.join('.');
}
