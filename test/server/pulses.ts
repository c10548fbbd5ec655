// Three channels of numbered events at a steady rate, so that a page can tell what was late, lost or doubled.
//
//   pulse-1 pulse-10 pulse-100   as many times a second, event `tick` {run, n, time}
//
// `n` counts from 1 in each run of the server, `time` is milliseconds since the epoch on this machine.

import type { ReferenceServer } from './server.ts';

const RATES = [1, 10, 100]; // per second

type Publisher = Pick<ReferenceServer, 'publish'>;

/** Starts all pulses; returns what stops them. */
export function startPulses(server: Publisher): () => void {
  const timers = RATES.map((rate) => setInterval(pulse(server, rate), 1000 / rate));
  return () => timers.forEach((timer) => clearInterval(timer));
}

/** A timer that comes late is made up for, so that the rate holds over the minute. */
function pulse(server: Publisher, rate: number): () => void {
  const run = Date.now();
  let n = 0;
  return () => {
    const due = ((Date.now() - run) * rate) / 1000;
    // Half an event of tolerance: a timer that comes a little early has its event all the same.
    while (n < due - 0.5) {
      n += 1;
      server.publish(`pulse-${rate}`, { event: 'tick', data: { run, n, time: Date.now() } });
    }
  };
}
