// What the table at the end says.

import { describe, expect, it } from 'vitest';
import { renderMatrix, type Outcome, type Result } from './matrix.ts';

describe('renderMatrix', () => {
  it('counts what passed per technique and browser', () => {
    const results = [
      ...resultsOf('poll', 'a 1', ['passed', 'passed']),
      ...resultsOf('poll', 'b 2', ['passed', 'failed']),
    ];
    expect(renderMatrix([{ browser: 'a 1' }, { browser: 'b 2' }], results).split('\n')).toEqual([
      'technique  a 1    b 2',
      'poll       ✓ 2/2  ✗ 1/2',
      '✗ poll in b 2: journey 2',
    ]);
  });

  it('tells what cannot work from what failed, with its reason', () => {
    const results = resultsOf('iframe', 'a 1', ['passed', { skipped: 'no event tells' }]);
    expect(renderMatrix([{ browser: 'a 1' }], results).split('\n')).toEqual([
      'technique  a 1',
      'iframe     ~ 1/2',
      '~ iframe in a 1: journey 2: no event tells',
    ]);
  });

  it('says of a browser that is missing how to install it', () => {
    const columns = [{ browser: 'a 1' }, { browser: 'b', missing: 'b is not installed here; try: get b' }];
    expect(renderMatrix(columns, resultsOf('poll', 'a 1', ['passed'])).split('\n')).toEqual([
      'technique  a 1    b',
      'poll       ✓ 1/1  missing',
      'b is not installed here; try: get b',
    ]);
  });

  it('does not call a technique whole of which nothing ran', () => {
    expect(renderMatrix([{ browser: 'a 1' }], resultsOf('poll', 'b 2', ['passed']))).toContain('✗ 0/0');
  });
});

function resultsOf(technique: string, browser: string, outcomes: Outcome[]): Result[] {
  return outcomes.map((outcome, index) => ({ technique, browser, journey: `journey ${index + 1}`, outcome }));
}
