// What goes over the wire to a Sijax backend and back, beyond the laws of formats.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callFields, sijaxFormat } from '../../src/sijax/wire/sijax-wire.ts';
import { decode, DECODER_OPTIONS, message, recordSink } from '../contracts/record-sink.ts';
import { awkwardJson, cutAtRandom, cuts } from '../formats/cut-at-random.ts';

describe('the fields of a call', () => {
  it('are the name and the arguments as JSON', () => {
    expect(callFields('a.b c', [undefined, new Date(0), 'é"'])).toEqual([
      ['sijax_rq', 'a.b c'],
      ['sijax_args', '[null,"1970-01-01T00:00:00.000Z","é\\""]'],
    ]);
  });

  it('cannot be made of what JSON cannot say', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const failing = {
      toJSON: () => {
        throw new Error('no');
      },
    };
    for (const argument of [circle, 1n, failing]) {
      expect(() => callFields('say', [argument])).toThrow(
        expect.objectContaining({
          code: 'invalid-option',
          message: expect.stringContaining('say') as string,
        }),
      );
    }
  });
});

describe('the format of the answers', () => {
  const lists = fc.array(fc.array(awkwardJson));

  it('gives any list back, as Python and as PHP write it, cut anywhere', () => {
    fc.assert(
      fc.property(fc.array(awkwardJson), fc.boolean(), cuts, (list, php, at) => {
        const text = JSON.stringify(list);
        const body = php ? text.replaceAll('/', '\\/') : text;
        expect(decode(sijaxFormat, cutAtRandom(body, at))).toEqual([message(JSON.parse(text))]);
      }),
      { numRuns: 300 },
    );
  });

  it('gives any lists of a stream back, cut anywhere', () => {
    fc.assert(
      fc.property(
        lists,
        fc.constantFrom('Sijax.processCommands(', 'sjxUpload.processResponse("f", '),
        cuts,
        (given, call, at) => {
          const blocks = given.map(
            (list) => `<script>\n window.parent.${call}${JSON.stringify(list)});\n</script>\n`,
          );
          const expected = given.map((list) => message(JSON.parse(JSON.stringify(list))));
          expect(decode(sijaxFormat, cutAtRandom(blocks.join(''), at))).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives a list of a stream as soon as its call is closed', () => {
    const { sink, calls } = recordSink();
    const decoder = sijaxFormat.decoder(sink, DECODER_OPTIONS);
    decoder.feed('\n<script>window.parent.Sijax.processCommands([1]');
    expect(calls).toEqual([]);
    decoder.feed(')');
    expect(calls).toEqual([message([1])]);
  });

  it('gives the same for any answer, cut anywhere', () => {
    const fragments = [
      '[',
      ']',
      '{"type":"a"}',
      '<script>',
      '</script>',
      'Sijax.processCommands(',
      ')',
      '"',
      '<p>',
      ' ',
    ];
    const answer = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 3 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(answer, fc.integer({ min: 5, max: 40 }), cuts, (parts, maxMessageSize, at) => {
        const body = parts.join('');
        const whole = decode(sijaxFormat, [body], { maxMessageSize });
        expect(decode(sijaxFormat, cutAtRandom(body, at), { maxMessageSize })).toEqual(whole);
        expect(decode(sijaxFormat, body.split(''), { maxMessageSize })).toEqual(whole);
      }),
      { numRuns: 2_000 },
    );
  });

  it('says of any answer without commands that it has none, once', () => {
    const text = fc.string({ minLength: 1 }).filter((part) => part.trim() !== '' && !/[[<]/.test(part));
    fc.assert(
      fc.property(text, (answer) => {
        const calls = decode(sijaxFormat, [answer]);
        expect(calls).toEqual([['failed', 'not-a-sijax-response', answer.trim().slice(0, 200)]]);
      }),
    );
  });

  it('is whole where a stream may break off without loss', () => {
    const whole = (text: string): boolean | undefined => {
      const decoder = sijaxFormat.decoder(recordSink().sink, DECODER_OPTIONS);
      decoder.feed(text);
      return decoder.isWhole?.();
    };
    expect(whole('<script>Sijax.processCommands([1]);</script>\n  ')).toBe(true);
    expect(whole('<script>Sijax.processCommands([1]);</scr')).toBe(false);
    expect(whole('<script>Sijax.processCommands([1')).toBe(false);
    expect(whole('[{"type":"a"}')).toBe(false);
    expect(whole('[{"type":"a"}]')).toBe(false);
  });

  it('takes little time for a page that ends like a list and is none', { timeout: 20_000 }, () => {
    const start = performance.now();
    for (const part of ['[{"a":', 'x[{"a":', ' [ ', '"[{}],', '<script']) {
      const calls = decode(sijaxFormat, [`x${part.repeat(150_000)}]`]);
      expect(calls.map(([kind]) => kind)).toEqual(['failed']);
    }
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
