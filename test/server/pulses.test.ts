// The pulses: their rate, their numbers, and what a late timer costs.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startPulses } from './pulses.ts';

let heard: { channel: string; n: number }[];

beforeEach(() => {
  vi.useFakeTimers();
  heard = [];
});

afterEach(() => vi.useRealTimers());

const start = () =>
  startPulses({
    publish: (channel, { data }) => void heard.push({ channel, n: (data as { n: number }).n }),
  });
const numbers = (channel: string) => heard.filter((entry) => entry.channel === channel).map(({ n }) => n);

it('beat once, ten and a hundred times a second, numbered from 1, until stopped', () => {
  const stop = start();
  vi.advanceTimersByTime(2000);
  stop();
  vi.advanceTimersByTime(2000);
  expect(numbers('pulse-1')).toEqual([1, 2]);
  expect(numbers('pulse-10')).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  expect(numbers('pulse-100')).toHaveLength(200);
});

it('make up for a timer that came late', () => {
  const stop = start();
  vi.setSystemTime(Date.now() + 500);
  vi.advanceTimersByTime(100);
  stop();
  expect(numbers('pulse-10')).toEqual([1, 2, 3, 4, 5, 6]);
});
