// A ladder whose first rung cannot work here: the next one takes over, and nothing is lost.

import type { Technique } from '../techniques.ts';
import { transportNamed } from './encke.ts';
import { record } from './recording.ts';
import { fresh } from './server.ts';

export interface FallingBackFacts {
  readonly changes: readonly string[];
  readonly delivered: string[];
  readonly reason: string;
}

/** A middlebox kills every stream of the first rung before its first message is whole. */
export async function fallingBack(technique: Technique): Promise<FallingBackFacts> {
  const first = rungAbove(technique);
  const end = technique.seesHead ? {} : { done: '1' };
  const query = { count: '30', key: fresh('falling-back'), faults: 'drop:5,drop:5,drop:5,ok', ...end };
  const recording = record(`/numbered?${new URLSearchParams(query)}`, technique.name, {
    transports: [transportNamed(first), transportNamed(technique.name)],
    until: ({ event }) => event === 'done',
  });
  const { reason } = await recording.closed();
  const delivered = recording.messages.filter(({ event }) => event !== 'done').map(({ id }) => id);
  return { changes: recording.changes, delivered, reason };
}

/** Any other stream that sees the head will do. */
export function rungAbove({ name }: Pick<Technique, 'name'>): string {
  return name === 'fetch-stream' ? 'xhr-stream' : 'fetch-stream';
}
