// The watchdog: how often a server shows that it is alive, and how long it may be silent.

/** Shortest silence that counts as a lost connection, in milliseconds. */
export const LEAST_PATIENCE = 30_000;

/** How many intervals the server may miss. */
export const MISSED = 2.5;

/** Signs of life closer than this are one, cut by the network; of a server that never pauses they add up. Milliseconds. */
const ONE_BURST = 50;

/** Of a server that never pauses, a byte is old when it came so long ago. Milliseconds. */
export const LEAST_AGE = 1_000;

/** How many gaps tell a rhythm, and how many are remembered. */
const ENOUGH = 2;
const MEMORY = 8;

/** Alarms in a row after which patience grows no more. */
const MOST_ALARMS = 6;

/** What is known of a server's rhythm; it outlives connections. All in milliseconds. */
export interface Rhythm {
  /** The longest time between two signs of life that is usual; `undefined` while unknown. */
  readonly interval: number | undefined;
  /** How long ago the last byte must have come for a page that wakes up to doubt the connection; `undefined` while unknown. */
  readonly age: number | undefined;
  /** How long the server may be silent; `Infinity` while its rhythm is unknown. */
  readonly patience: number;
  /** A sign of life came so long after the one before, on the same connection. */
  heard(gap: number): void;
  /** The server let a head wait for so long, until it had something to say: as long a silence is usual, whatever else it does. */
  waited(milliseconds: number): void;
  /** The silence lasted too long. Until a rhythm is heard again, it may have been the server's way. */
  alarm(): void;
}

/** @param heartbeat the interval, where it is known; 0 learns it */
export function createRhythm(heartbeat: number): Rhythm {
  let gaps: number[] = [];
  let alarms = 0; // in a row
  let least = 0; // an interval is no shorter
  let burst = 0; // how long the latest has lasted, in milliseconds

  return {
    get interval() {
      return interval();
    },
    get age() {
      const known = interval();
      return known && Math.max(LEAST_AGE, known);
    },
    get patience() {
      const known = interval();
      if (known === undefined) return Infinity;
      // A server that just has nothing to say must not be asked every half minute for ever.
      return Math.max(LEAST_PATIENCE, MISSED * known) * 2 ** Math.min(alarms, MOST_ALARMS);
    },
    heard(gap) {
      burst += gap;
      if (burst < ONE_BURST) return;
      gaps = [...gaps.slice(1 - MEMORY), burst];
      burst = alarms = 0;
    },
    waited(milliseconds) {
      least = Math.max(least, milliseconds);
    },
    alarm() {
      alarms++;
    },
  };

  function interval(): number | undefined {
    if (heartbeat > 0) return heartbeat;
    return gaps.length < ENOUGH ? undefined : Math.max(least, ...gaps);
  }
}
