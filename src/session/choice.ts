// Which transport a session begins with: the first that can carry its request.

import { EnckeError } from '../ground/errors.ts';
import type { TransportChange } from '../options.ts';
import type { Plan } from './part.ts';
import type { Demand, Transport } from '../transports/transport.ts';

export interface Choice {
  /** Those that may be tried, best first, whether they can carry it or not. */
  readonly rungs: readonly Transport[];
  readonly transport: Transport;
  /** Why the better ones cannot. */
  readonly refusals: readonly string[];
}

/** @throws EnckeError `no-transport` when none can carry the request. */
export function chooseFirst({ target, house }: Plan): Choice {
  return firstOf(target.options.transports ?? house.transports, house.seams.demand(target));
}

/** @throws EnckeError `no-transport` when none can carry what is demanded. */
export function firstOf(rungs: readonly Transport[], demand: Demand): Choice {
  const refusals: string[] = [];
  for (const transport of rungs) {
    const refusal = transport.refuses(demand);
    if (refusal === undefined) return { rungs, transport, refusals };
    refusals.push(`${transport.name} ${refusal}`);
  }
  const reasons = refusals.join('; ') || 'the list is empty';
  throw new EnckeError(
    'no-transport',
    `No transport can carry this: ${reasons}. Add fetchStream, xhrStream or longPoll.`,
  );
}

/** The next transport below this one that can carry what is demanded. */
export function nextBelow(
  from: Transport,
  rungs: readonly Transport[],
  demand: Demand,
): Transport | undefined {
  return rungs.slice(rungs.indexOf(from) + 1).find((rung) => rung.refuses(demand) === undefined);
}

/** What is told where one transport takes over from another, which cannot work here. */
export function stepTo(next: Transport, from: Transport, reason: string): TransportChange {
  return { from: from.name, to: next.name, reason, evidence: 'unusable', refusals: [] };
}
