// A server that ends its answer in good order is asked for what comes after the last message.

import type { Step } from '../../server/script.ts';
import type { Technique } from '../techniques.ts';
import { codes, record } from './recording.ts';
import { fresh, report, script, type KeyReport } from './server.ts';
import { body, head, message } from './wire.ts';

export interface GoingOnFacts {
  readonly delivered: string[];
  /** The cursor each connection stated. */
  readonly cursors: string[];
  readonly errors: string[];
}

export async function goingOn({ name, wire }: Technique): Promise<GoingOnFacts> {
  const three = (first: number): Step[] => [
    head(wire),
    {
      send: body(
        wire,
        [0, 1, 2].map((offset) => message(wire, first + offset, 'tick')),
      ),
    },
  ];
  const url = await script(fresh('going-on'), [three(1), three(4), [...three(7), { hang: true }]]);
  const recording = record(url, name);
  await recording.until('nine messages', () => recording.messages.length >= 9);
  recording.connection.close();
  return {
    delivered: recording.messages.map(({ id }) => id),
    cursors: (await report(url)).records.map(cursorOf),
    errors: codes(recording),
  };
}

function cursorOf({ url, headers }: KeyReport['records'][number]): string {
  const inQuery = new URL(url, location.origin).searchParams.get('lastEventId');
  return headers['last-event-id'] ?? inQuery ?? 'none';
}
