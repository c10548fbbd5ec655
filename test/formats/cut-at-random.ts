// A body, and the places where the network cuts it.

import fc from 'fast-check';

/** Cuts of a body: fractions of its length. */
export const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });

export function cutAtRandom(body: string, fractions: readonly number[]): string[] {
  const places = fractions.map((fraction) => Math.floor(fraction * body.length)).sort((a, b) => a - b);
  return [...places, body.length].map((place, index) => body.slice(places[index - 1] ?? 0, place));
}

/** JSON values with the texts in them that decoders trip over. */
export const awkwardJson = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }).chain((value) =>
  fc.oneof(
    fc.constant(value),
    fc.array(awkwardText()).map((texts) => ({ texts, value })),
    awkwardText(),
  ),
);

function awkwardText(): fc.Arbitrary<string> {
  const pieces = [
    '</script>',
    '<script>a(1)</script>',
    '<!--',
    '"',
    '\\',
    '\\"',
    "'",
    '\u2028',
    '\u2029',
    '\u{1f680}',
    '\ud83d',
    '\n',
    '\r',
    '\0',
    '\x1e',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    'NaN',
    '\ufeff',
    ' ',
  ];
  return fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })))
    .map((parts) => parts.join(''));
}
