import { describe, expect, it } from 'vitest';
import { readRetryAfter, retryDelay } from '../../src/session/retry-delay.ts';

const DEFAULTS = { retryDelay: 1_000, maxRetryDelay: 30_000 };

describe('retryDelay', () => {
  it('spreads the first reconnection of a healthy stream over the whole first second', () => {
    expect(retryDelay({ ...DEFAULTS, failures: 0 }, 0)).toBe(0);
    expect(retryDelay({ ...DEFAULTS, failures: 0 }, 0.999)).toBeCloseTo(999);
  });

  it('doubles with every failure up to the cap, in the upper half of the range', () => {
    const ranges = [1, 2, 3, 4, 5, 6, 50].map((failures) => [
      retryDelay({ ...DEFAULTS, failures }, 0),
      retryDelay({ ...DEFAULTS, failures }, 1),
    ]);
    expect(ranges).toEqual([
      [1_000, 2_000],
      [2_000, 4_000],
      [4_000, 8_000],
      [8_000, 16_000],
      [15_000, 30_000],
      [15_000, 30_000],
      [15_000, 30_000],
    ]);
  });

  it.each([0, 1_000])(
    'waits no time at all where a healthy server has named none, with a base of %i',
    (base) => {
      const named = { ...DEFAULTS, retryDelay: base, failures: 0, serverRetry: 0 };
      expect([retryDelay(named, 0), retryDelay(named, 1)]).toEqual([0, 0]);
    },
  );

  it('takes a short reconnection time of a healthy server at its word', () => {
    expect(retryDelay({ ...DEFAULTS, failures: 0, serverRetry: 20 }, 1)).toBeCloseTo(20.4);
  });

  it('spreads a long reconnection time, so that a crowd does not come back in step', () => {
    expect(retryDelay({ ...DEFAULTS, failures: 0, serverRetry: 3_000 }, 0)).toBe(3_000);
    expect(retryDelay({ ...DEFAULTS, failures: 0, serverRetry: 3_000 }, 1)).toBe(4_000);
  });

  it('adds the back-off to what the server asked for, which is a floor', () => {
    expect(retryDelay({ ...DEFAULTS, failures: 3, serverRetry: 20 }, 0)).toBe(4_020);
    expect(retryDelay({ ...DEFAULTS, failures: 1, serverRetry: 20, retryAfter: 120_000 }, 0)).toBe(121_000);
  });

  it('spreads a thousand clients', () => {
    const delays = Array.from({ length: 1_000 }, (_, n) =>
      retryDelay({ ...DEFAULTS, failures: 4 }, n / 1_000),
    );
    const perWindow = new Map<number, number>();
    for (const delay of delays) {
      const window = Math.floor(delay / 250);
      perWindow.set(window, (perWindow.get(window) ?? 0) + 1);
    }
    expect(Math.max(...perWindow.values())).toBeLessThanOrEqual(100);
  });

  it('has a crowd wait one behind another, and each within a second of its place', () => {
    const crowd = [0, 12, 13, 50, 200].map((waiting) => [
      retryDelay({ ...DEFAULTS, failures: 0, crowd: waiting }, 0),
      retryDelay({ ...DEFAULTS, failures: 0, crowd: waiting }, 1),
    ]);
    expect(crowd).toEqual([
      [0, 1_000],
      [0, 1_000],
      [40, 1_040],
      [3_000, 4_000],
      [15_000, 16_000],
    ]);
  });

  it('keeps a crowd apart that was asked to come back soon', () => {
    const soon = { ...DEFAULTS, failures: 0, serverRetry: 20, crowd: 50 };
    expect([retryDelay(soon, 0), retryDelay(soon, 1)]).toEqual([3_020, 4_020]);
  });

  it('spreads what is larger than the longest wait over all of that', () => {
    const many = { ...DEFAULTS, failures: 0, crowd: 1_000 };
    expect([retryDelay(many, 0), retryDelay(many, 1)]).toEqual([0, 30_000]);
  });

  it('gives no delay where none is wanted', () => {
    expect(retryDelay({ retryDelay: 0, maxRetryDelay: 0, failures: 5 }, 1)).toBe(0);
  });
});

describe('readRetryAfter', () => {
  const NOW = Date.parse('2026-01-01T00:00:00Z');

  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['2026-01-01T00:00:30Z', 30_000],
    ['59.7', 59_700],
    // `Date.parse` takes each of these for a date.
    ['3600.5', 3_600_500],
    ['3600;', 0],
    ['3600,', 0],
    ['May 2050', 0],
    ['-5', 0],
    ['+60', 0],
    ['5, 5', 0],
    ['soon', 0],
    ['soon 5', 0],
    ['5 apples', 0],
    ['99:99', 0],
    ['', 0],
  ])('reads %s as %d ms', (value, milliseconds) => {
    expect(readRetryAfter(new Headers({ 'retry-after': value }), NOW)).toBe(milliseconds);
  });

  it('asks for no wait where there is no such header, or none can be seen', () => {
    expect([readRetryAfter(new Headers(), NOW), readRetryAfter(undefined, NOW)]).toEqual([0, 0]);
  });

  it('never asks for a wait that is over', () => {
    const headers = new Headers({ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' });
    expect(readRetryAfter(headers, NOW)).toBe(0);
  });

  it('takes a date by the clock of its server, where the answer tells the time', () => {
    const headers = new Headers({
      date: 'Thu, 01 Jan 2026 05:00:00 GMT',
      'retry-after': 'Thu, 01 Jan 2026 05:00:30 GMT',
    });
    expect(readRetryAfter(headers, NOW)).toBe(30_000);
    headers.set('date', 'yesterday');
    expect(readRetryAfter(headers, NOW)).toBe(5 * 3_600_000 + 30_000);
  });
});
