// Closing means closed: the server sees it, nothing is left in the page, no handler is called again.

import type { Technique } from '../techniques.ts';
import { record } from './recording.ts';
import { fresh, pause, report, reported } from './server.ts';

/** Milliseconds within which the server must see the socket close. */
const SEEN_WITHIN = 1_000;

export interface ClosingFacts {
  readonly reason: string;
  /** Handler calls after `close()` returned. */
  readonly callsAfter: number;
  /** Requests made after `close()` returned. */
  readonly requestsAfter: number;
  readonly nodesLeft: string[];
  readonly historyEntriesAdded: number;
  readonly closedByClient: boolean;
}

/** Closes from outside while a response is under way. */
export async function closing(technique: Technique): Promise<ClosingFacts> {
  const key = fresh('closing');
  // A poll answers at once, so its second answer is held back to have something under way.
  const slow = technique.rhythm === 'stream' ? { rate: '200' } : { batch: '5', faults: 'ok,head:20000' };
  const historyBefore = history.length;
  const nodesBefore = countNodes();

  const recording = record(
    `/numbered?${new URLSearchParams({ count: '100000', key, ...slow })}`,
    technique.name,
  );
  await recording.until('five messages', () => recording.messages.length >= 5);
  const expected = technique.rhythm === 'stream' ? 1 : 2;
  await reported(key, 5_000, ({ connections, live }) => connections === expected && live === 1);

  recording.connection.close();
  const callsAtClose = recording.calls;
  const { reason } = await recording.closed();
  await reported(key, SEEN_WITHIN, ({ live }) => live === 0);
  // Long enough for another poll.
  await pause(technique.rhythm === 'interval' ? 1_200 : 200);
  const { connections, records } = await report(key);
  return {
    reason,
    callsAfter: recording.calls - callsAtClose,
    requestsAfter: connections - expected,
    nodesLeft: moreThan(nodesBefore),
    historyEntriesAdded: history.length - historyBefore,
    closedByClient: records.at(-1)?.closedByClient ?? false,
  };
}

/** Closes inside the handler of the fifth of ten messages that come in one write; gives how many were delivered. */
export async function closingInHandler(technique: Technique): Promise<number> {
  const key = fresh('closing-in-handler');
  const url = `/numbered?${new URLSearchParams({ count: '1000', key, rate: '100', batch: '10' })}`;
  const recording = record(url, technique.name, {
    onMessage({ id }) {
      if (id === '5') recording.connection.close();
    },
  });
  await recording.closed();
  await reported(key, SEEN_WITHIN, ({ live }) => live === 0);
  await pause(100);
  return recording.messages.length;
}

const WATCHED = ['iframe', 'form', 'script', 'object', 'embed'] as const;

function countNodes(): Record<string, number> {
  return Object.fromEntries(WATCHED.map((name) => [name, document.querySelectorAll(name).length]));
}

function moreThan(before: Record<string, number>): string[] {
  const now = countNodes();
  return WATCHED.filter((name) => (now[name] ?? 0) > (before[name] ?? 0));
}
