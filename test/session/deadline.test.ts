import { expect, it } from 'vitest';
import { startDeadline } from '../../src/session/deadline.ts';
import { virtualEnvironment } from '../../src/testing.ts';

/** Whether a timer of so many milliseconds that comes after so many counts as suspended. */
function isSuspended(milliseconds: number, came: number): boolean | undefined {
  let time = 0;
  let fire: (() => void) | undefined;
  let seen: boolean | undefined;
  const environment = {
    ...virtualEnvironment(),
    now: () => time,
    setTimer(callback: () => void) {
      fire = callback;
      return () => undefined;
    },
  };
  startDeadline(environment, milliseconds, (suspended) => (seen = suspended));
  time = came;
  fire?.();
  return seen;
}

it('a timer that comes more than twice too late was suspended', () => {
  expect(isSuspended(30_000, 30_010)).toBe(false);
  expect(isSuspended(30_000, 60_000)).toBe(false);
  expect(isSuspended(30_000, 60_001)).toBe(true);
});

it('a short timer in a busy page was not: the watchdog looks again after the rest of a millisecond', () => {
  expect(isSuspended(0, 5)).toBe(false);
  expect(isSuspended(0.3, 400)).toBe(false);
  expect(isSuspended(0.3, 2_001)).toBe(true);
});
