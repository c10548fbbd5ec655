// 1,000 numbered events: every one, once, in order, with the right text.

import type { Message } from '../../../src/index.ts';
import { numberedData, type NumberedKind } from '../../server/numbered-data.ts';
import type { Technique } from '../techniques.ts';
import { codes, record } from './recording.ts';
import { fresh, report } from './server.ts';

export interface NumberedPlan {
  readonly technique: Technique;
  readonly count: number;
  readonly kind: NumberedKind;
  /** More of the query: cuts, faults. */
  readonly query?: Readonly<Record<string, string>>;
}

export interface NumberedFacts {
  readonly delivered: number;
  /** The first few ids that came at a place that is not theirs. */
  readonly misplaced: string[];
  /** The first few ids whose text is not what the server sent. */
  readonly wrong: string[];
  readonly errors: string[];
  readonly reason: string;
  readonly connections: number;
}

export async function numbered({ technique, count, kind, query = {} }: NumberedPlan): Promise<NumberedFacts> {
  const key = fresh('numbered');
  // Whoever sees a status connects once more and is told that there is nothing left; the others need a last event.
  const end = technique.seesHead ? {} : { done: '1' };
  const url = `/numbered?${new URLSearchParams({ count: String(count), kind, key, ...end, ...query })}`;
  const recording = record(url, technique.name, { until: ({ event }) => event === 'done' });
  const { reason } = await recording.closed();
  const messages = recording.messages.filter(({ event }) => event !== 'done');
  return {
    ...check(messages, kind, count),
    errors: codes(recording),
    reason,
    connections: (await report(key)).connections,
  };
}

/** Compares what came with what the server's own list says. */
function check(
  messages: readonly Message[],
  kind: NumberedKind,
  count: number,
): Pick<NumberedFacts, 'delivered' | 'misplaced' | 'wrong'> {
  const misplaced: string[] = [];
  const wrong: string[] = [];
  for (const [index, { id, data }] of messages.entries()) {
    if (id !== String(index + 1)) misplaced.push(`${id} at place ${index + 1}`);
    if (data !== numberedData(Number(id), kind, count)) wrong.push(id);
  }
  return { delivered: messages.length, misplaced: misplaced.slice(0, 5), wrong: wrong.slice(0, 5) };
}
