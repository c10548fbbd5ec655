// Which transport carries a request: the best of the ladder that can.

import { EnckeError } from '../errors.ts';
import type { Demand, Transport } from '../transports/transport.ts';

export interface Choice {
  readonly transport: Transport;
  /** The better rungs that were passed over, each as a sentence. */
  readonly refusals: readonly string[];
}

/**
 * @param given up names of the transports that proved they cannot work here, each with its reason
 * @throws EnckeError `no-transport` when none is left.
 */
export function pickTransport(
  ladder: readonly Transport[],
  demand: Demand,
  givenUp: ReadonlyMap<string, string>,
): Choice {
  const refusals: string[] = [];
  for (const transport of ladder) {
    const reason = givenUp.get(transport.name) ?? transport.refuses(demand);
    if (reason === undefined) return { transport, refusals };
    refusals.push(`${transport.name} ${reason}`);
  }
  throw new EnckeError('no-transport', noneLeft(refusals, demand));
}

function noneLeft(refusals: readonly string[], demand: Demand): string {
  if (refusals.length === 0)
    return 'The list of transports is empty. Add fetchStream, or leave transports out.';
  const advice =
    demand.headers || demand.body !== 'none' || demand.method !== 'GET'
      ? 'Add fetchStream, xhrStream or longPoll, which carry any request.'
      : 'Add longPoll or poll, which work nearly everywhere.';
  return `No transport can carry this ${demand.method} request: ${refusals.join('; ')}. ${advice}`;
}
