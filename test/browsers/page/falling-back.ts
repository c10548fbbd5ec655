// A ladder whose first rung cannot work here: the next one takes over, and nothing is lost.

import type { Transport } from '../../../src/index.ts';
import type { Technique } from '../techniques.ts';
import { encke, transportNamed } from './encke.ts';
import { record } from './recording.ts';
import { fresh } from './server.ts';

export interface FallingBackFacts {
  readonly changes: readonly string[];
  readonly delivered: string[];
  readonly reason: string;
}

export async function fallingBack(technique: Technique): Promise<FallingBackFacts> {
  const { first, faults } = technique.rhythm === 'stream' ? UNUSABLE : KILLED;
  const end = technique.seesHead ? {} : { done: '1' };
  const query = new URLSearchParams({ count: '30', key: fresh('falling-back'), faults, ...end });
  const recording = record(`/numbered?${query}`, technique.name, {
    transports: [first(), transportNamed(technique.name)],
    until: ({ event }) => event === 'done',
  });
  const { reason } = await recording.closed();
  const delivered = recording.messages.filter(({ event }) => event !== 'done').map(({ id }) => id);
  return { changes: recording.changes, delivered, reason };
}

/** A middlebox kills every stream before its first message is whole; only another rhythm helps. */
const KILLED = { first: () => transportNamed('fetch-stream'), faults: 'drop:5,drop:5,drop:5,ok' };

/** A stream that finds out, once opened, that this page does not let it work. */
const UNUSABLE = { first: unusable, faults: 'ok' };

function unusable(): Transport {
  const error = new encke.EnckeError('unusable', 'A policy of this page forbids it.');
  return {
    ...transportNamed('fetch-stream'),
    name: 'forbidden',
    open(_request, sink) {
      const timer = setTimeout(() => sink.ended({ how: 'unusable', sent: false, error }));
      return () => {
        clearTimeout(timer);
      };
    },
  };
}
