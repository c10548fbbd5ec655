// A crowd that lost its server at one moment does not come back at one moment.
//
// `ENCKE_HERDS=20` takes so many crowds, each with another chance, and prints the figures.

import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/all-parts.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import { virtualEnvironment } from '../../src/testing.ts';
import { seededRandom } from '../tools/random.ts';
import { createNumberedServer, HEALTHY, type Fate } from './numbered-server.ts';

const CROWD = 200;
const WINDOW = 250;

/** The largest part of a crowd that may come in one window. */
const LARGEST = 0.1;

const { ENCKE_HERDS } = process.env;
const SEEDS = Array.from({ length: Number(ENCKE_HERDS ?? 3) }, (_, index) => index + 1);

interface Outage {
  /** Milliseconds. */
  readonly lasts: number;
  /** What becomes of connections meanwhile. */
  readonly meanwhile: Fate;
  /** The reconnection time the server asked for before. */
  readonly retry?: number;
  /** How long the connections have been open before. */
  readonly after: number;
}

const REFUSED: Fate = { kind: 'refused', after: 1 };
const UNAVAILABLE: Fate = { kind: 'status', status: 503, after: 5 };

const OUTAGES: Readonly<Record<string, Outage>> = {
  'a restart behind a proxy, in no time': { lasts: 0, meanwhile: REFUSED, after: 60_000 },
  'a restart of 1 s': { lasts: 1_000, meanwhile: REFUSED, after: 60_000 },
  'a restart of 3 s': { lasts: 3_000, meanwhile: REFUSED, after: 60_000 },
  'a restart of 10 s, of a server that has just begun': { lasts: 10_000, meanwhile: REFUSED, after: 1_000 },
  'an outage of a minute': { lasts: 60_000, meanwhile: REFUSED, after: 60_000 },
  'an outage of two minutes, with 503': { lasts: 120_000, meanwhile: UNAVAILABLE, after: 60_000 },
  'a restart of 1 s with retry: 20': { lasts: 1_000, meanwhile: REFUSED, retry: 20, after: 60_000 },
  'a restart of 1 s with retry: 3000': { lasts: 1_000, meanwhile: REFUSED, retry: 3_000, after: 60_000 },
  'a restart with Retry-After: 5': {
    lasts: 4_000,
    meanwhile: { ...UNAVAILABLE, retryAfter: 5 },
    after: 60_000,
  },
};

describe(`${String(CROWD)} subscriptions of one page`, () => {
  it.each(Object.entries(OUTAGES))(
    'after %s: no window of 250 ms holds more than a tenth of them',
    { timeout: 600_000 },
    async (name, outage) => {
      let worst = 0;
      let latest = 0;
      for (const seed of SEEDS) {
        const { reconnects, tries } = await suffer(outage, seed);
        expect(reconnects).toHaveLength(CROWD);
        worst = Math.max(worst, fullest(reconnects), fullest(tries));
        latest = Math.max(latest, ...reconnects);
      }
      expect(worst).toBeLessThanOrEqual(LARGEST * CROWD);
      const figures = `at most ${String(worst)} in a window, the last one back after ${String(latest)} ms`;
      if (ENCKE_HERDS !== undefined) console.log(`${name}: ${figures}`);
    },
  );
});

/** When each came back, and when any was made, in milliseconds since the server died. */
async function suffer(
  { lasts, meanwhile, retry, after }: Outage,
  seed: number,
): Promise<{ reconnects: number[]; tries: number[] }> {
  const environment = virtualEnvironment({ random: seededRandom(seed) });
  const tries: number[] = [];
  let died = 0;
  const server = createNumberedServer({
    environment,
    hasIds: true,
    rungs: [{ rhythm: 'stream', isOpaque: false, sendsHeaders: true, keepsText: false }],
    onRequest: () => tries.push(environment.now() - died),
  });
  const client = createClient({
    transports: server.transports,
    formats: [eventStream],
    environment,
  });
  const reconnects: number[] = [];
  const subscriptions = Array.from({ length: CROWD }, () =>
    client.subscribe('/events', {
      share: false,
      onState: ({ state }) => {
        if (state === 'open' && died > 0) reconnects.push(environment.now() - died);
      },
    }),
  );
  await environment.settle();
  if (retry !== undefined) server.askForRetry(retry);
  server.publish();
  await environment.advance(after);
  died = environment.now();
  tries.length = 0;
  server.setFates([meanwhile]);
  server.cut();
  await environment.advance(lasts);
  server.setFates([HEALTHY]);
  await environment.advance(120_000);
  for (const subscription of subscriptions) subscription.close();
  return { reconnects, tries };
}

/** The most that fall into any window. */
function fullest(times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  let first = 0;
  let most = 0;
  for (const [index, time] of sorted.entries()) {
    while (time - (sorted[first] ?? 0) >= WINDOW) first++;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
