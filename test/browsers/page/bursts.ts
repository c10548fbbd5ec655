// A long burst in one response, and what the page feels of it meanwhile.

import { createClient, eventStream, fetchStream, json, longPoll } from '../../../src/index.ts';

export interface Felt {
  readonly received: number;
  readonly inOrder: boolean;
  /** The longest task, or where the engine tells none the longest time without a turn, in milliseconds. */
  readonly longest: number;
}

const { request } = createClient({
  transports: [fetchStream, longPoll],
  formats: [eventStream, json],
});

/** The messages are the numbers from 1 on. */
export async function read(url: string, transport: 'fetch-stream' | 'long-poll'): Promise<Felt> {
  let received = 0;
  let inOrder = true;
  const stopWatching = watchTurns();
  await request(url, {
    transports: [transport === 'long-poll' ? longPoll : fetchStream],
    onMessage({ data }) {
      inOrder &&= Number(data) === ++received;
    },
  }).closed;
  return { received, inOrder, longest: await stopWatching() };
}

function watchTurns(): () => Promise<number> {
  return PerformanceObserver.supportedEntryTypes.includes('longtask') ? watchTasks() : watchGaps();
}

/** Tells no task below 50 ms: then it gives 0. */
function watchTasks(): () => Promise<number> {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'longtask' });
  return async () => {
    // Long tasks are told of a little later.
    await new Promise((resolve) => setTimeout(resolve, 200));
    observer.disconnect();
    return longest;
  };
}

/** Messages that the page sends to itself, one behind the other. */
function watchGaps(): () => Promise<number> {
  const { port1, port2 } = new MessageChannel();
  let longest = 0;
  let before = performance.now();
  port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
    port2.postMessage(0);
  };
  port2.postMessage(0);
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    port1.close();
    return longest;
  };
}
