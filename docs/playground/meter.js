// What is counted of one subscription: events in order, how late they came, and which state it was in.

/** How much of the past is drawn, in milliseconds. */
export const SPAN = 30_000;

/** Latencies of one such stretch are drawn as one bar. Milliseconds. */
export const STRETCH = 100;

const STRETCHES = SPAN / STRETCH + 2; // two more, for those at the edges
const SAMPLES = 1024; // latencies kept for the median
const MEDIAN_SPAN = 10_000; // the median is that of the last ten seconds
const FEW = 8; // or of so many events, where fewer came
const RECENT = 5; // events kept for the list

/** Times are those of `performance.now()`. */
export function createMeter() {
  const low = new Float64Array(STRETCHES); // smallest latency of each stretch
  const high = new Float64Array(STRETCHES);
  const stretchOf = new Float64Array(STRETCHES).fill(-1); // which stretch a slot holds
  const samples = new Float64Array(SAMPLES); // latest latencies, and when each came
  const sampledAt = new Float64Array(SAMPLES);
  const recent = []; // newest first
  const states = []; // {state, since}, oldest first
  let run; // the numbering the last event belongs to
  let last = 0; // its number
  let events = 0;
  let lost = 0;
  let doubled = 0;

  return {
    recent,
    states,
    get events() {
      return events;
    },
    get lost() {
      return lost;
    },
    get doubled() {
      return doubled;
    },
    receive,
    become,
    median,
    bars,
    /** Another channel has another numbering. */
    restart() {
      run = undefined;
    },
  };

  function receive(event, latency, now) {
    checkOrder(event);
    samples[events % SAMPLES] = latency;
    sampledAt[events % SAMPLES] = now;
    events += 1;
    if (recent.length === RECENT) recent.pop();
    recent.unshift({ n: event.n, time: event.time, latency });
    draw(latency, Math.floor(now / STRETCH));
  }

  function checkOrder(event) {
    const follows = run === event.run;
    if (follows && event.n <= last) doubled += 1;
    if (follows && event.n > last + 1) lost += event.n - last - 1;
    last = follows ? Math.max(last, event.n) : event.n;
    run = event.run;
  }

  function draw(latency, stretch) {
    const slot = stretch % STRETCHES;
    const fresh = stretchOf[slot] !== stretch;
    stretchOf[slot] = stretch;
    low[slot] = fresh ? latency : Math.min(low[slot], latency);
    high[slot] = fresh ? latency : Math.max(high[slot], latency);
  }

  function become(state, now) {
    if (states.at(-1)?.state !== state) states.push({ state, since: now });
    // The oldest one drawn began before the span.
    while (states.length > 1 && states[1].since < now - SPAN) states.shift();
  }

  /** The median of the latest latencies; `undefined` before the first. */
  function median(now) {
    const known = Math.min(events, SAMPLES);
    let count = Math.min(known, FEW);
    while (count < known && sampledAt[(events - 1 - count) % SAMPLES] > now - MEDIAN_SPAN) count += 1;
    const latest = Float64Array.from({ length: count }, (_, back) => samples[(events - 1 - back) % SAMPLES]);
    return latest.sort()[count >> 1];
  }

  /** Calls back for every stretch that had an event: when it began, its smallest and its greatest latency. */
  function bars(now, callback) {
    const newest = Math.floor(now / STRETCH);
    for (let stretch = newest - STRETCHES + 1; stretch <= newest; stretch += 1) {
      const slot = ((stretch % STRETCHES) + STRETCHES) % STRETCHES;
      if (stretchOf[slot] === stretch) callback(stretch * STRETCH, low[slot], high[slot]);
    }
  }
}
