// @vitest-environment happy-dom
// What comes first in HTML. What browsers make of it is in test/browsers/commands.test.ts.

import { describe, expect, it } from 'vitest';
import { isTablePart } from '../../src/commands/parse-html.ts';

describe('a part of a table', () => {
  it.each([
    '<tr>',
    '<TD class="a">',
    '<th/>',
    '\n <caption\n>',
    'text & text < text <col>',
    '<!-- <b> --><thead>',
    '<!-- a --><!--><!---><!-- - --!><tfoot>',
    '<!doctype html><![CDATA[ <b ]]></p></ ><?x?><colgroup>',
  ])('comes first in %s', (html) => {
    expect(isTablePart(html)).toBe(true);
    expect(isTablePart(html)).toBe(true);
  });

  it.each([
    '',
    'text',
    '<table><tr>',
    '<b><tr>',
    '<track>',
    '<column>',
    '<td',
    '<!-- <tr> -->',
    '<!-- <tr>',
    '<!-- <tr> --><b><tr>',
    '</tr>',
    '<!tr><b>',
    '<script><tr>',
  ])('does not come first in %s', (html) => {
    expect(isTablePart(html)).toBe(false);
  });

  it.each(['<!-- -->', '<!---', '<', '</', '<!-- ', '- --'])(
    'is found in time behind any amount of %s',
    (piece) => {
      const html = piece.repeat(20_000);
      const begin = performance.now();
      isTablePart(html);
      isTablePart(`<!--${html}`);
      expect(performance.now() - begin).toBeLessThan(1_000);
    },
  );
});
