// Closing means closed: the server sees it, nothing is left in the page, no handler is called again.

import type { Step } from '../../server/script.ts';
import type { Technique } from '../techniques.ts';
import { record } from './recording.ts';
import { fresh, pause, report, reported, script } from './server.ts';
import { body, head, message } from './wire.ts';

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
  const { wire, rhythm, name } = technique;
  const first = body(
    wire,
    ['a', 'b', 'c', 'd', 'e'].map((text, index) => message(wire, index + 1, text)),
  );
  const hang: Step[] = [{ hang: true }];
  // The server falls silent, so that nothing but the close itself can end the response.
  // A poll has an end at once; its second answer is the one under way.
  const url = await script(
    fresh('closing'),
    rhythm === 'stream' ? [[head(wire), { send: first }, ...hang]] : [[head(wire), { send: first }], hang],
  );
  const connectionsExpected = rhythm === 'stream' ? 1 : 2;
  const historyBefore = history.length;
  const nodesBefore = countNodes();

  const recording = record(url, name);
  await recording.until('five messages', () => recording.messages.length >= 5);
  await reported(url, 5_000, ({ connections, live }) => connections === connectionsExpected && live === 1);

  recording.connection.close();
  const callsAtClose = recording.calls;
  const { reason } = await recording.closed();
  await reported(url, SEEN_WITHIN, ({ live }) => live === 0);
  // Long enough for another poll.
  await pause(rhythm === 'interval' ? 1_200 : 200);
  const { connections, records } = await report(url);
  return {
    reason,
    callsAfter: recording.calls - callsAtClose,
    requestsAfter: connections - connectionsExpected,
    nodesLeft: moreThan(nodesBefore),
    historyEntriesAdded: history.length - historyBefore,
    closedByClient: records.at(-1)?.closedByClient ?? false,
  };
}

/** Closes inside the handler of the fifth of ten messages that come in one write; gives how many were delivered. */
export async function closingInHandler({ wire, name }: Technique): Promise<number> {
  const ten = Array.from({ length: 10 }, (_, index) => message(wire, index + 1, 'tick'));
  const url = await script(fresh('closing-in-handler'), [
    [head(wire), { send: body(wire, ten) }, ...(wire === 'json' ? [] : [{ hang: true } as const])],
  ]);
  const recording = record(url, name, {
    onMessage({ id }) {
      if (id === '5') recording.connection.close();
    },
  });
  await recording.closed();
  await reported(url, SEEN_WITHIN, ({ live }) => live === 0);
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
