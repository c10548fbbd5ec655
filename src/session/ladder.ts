// Which transport carries a request: the best that can, until it proves that it does not work here.

import { EnckeError } from '../errors.ts';
import type { TransportChange } from '../options.ts';
import type { Demand, Transport } from '../transports/transport.ts';

/** Streams in a row that may open and bring nothing before the next rung is tried. */
const MUTE_STREAMS = 3;

export interface Ladder {
  /** The rung in use. */
  readonly transport: Transport;
  /** Tells of the first choice. */
  begin(): void;
  /** Takes the next rung; false where there is none. */
  leave(reason: string): boolean;
  /** An attempt has ended: a stream that opens again and again and never brought anything is left. */
  weigh(opened: boolean, healthy: boolean): void;
}

/** @throws EnckeError `no-transport` when no rung can carry the request. */
export function createLadder(
  rungs: readonly Transport[],
  demand: Demand,
  onChange: (change: TransportChange) => void,
): Ladder {
  const givenUp = new Map<Transport, string>(); // transports that do not work here → why
  const proved = new Set<Transport>(); // transports that have brought something here
  let refusals: string[] = [];
  let muteStreams = 0; // in a row
  const first = pick();
  if (!first) throw noTransport(refusals);
  let transport = first;

  return {
    get transport() {
      return transport;
    },
    begin() {
      onChange({ to: transport.name, refusals });
    },
    leave: (reason) => leave([transport], reason),
    weigh(opened, healthy) {
      if (healthy) proved.add(transport);
      muteStreams = healthy || !opened ? 0 : muteStreams + 1;
      if (muteStreams < MUTE_STREAMS || proved.has(transport)) return;
      // What holds this stream back on its way holds the others back, too.
      const streams = rungs.filter(({ rhythm }) => rhythm === transport.rhythm);
      // A hint, no proof: where nothing else is left, it changes nothing.
      if (!leave(streams, `opened ${MUTE_STREAMS} times and brought nothing`)) {
        for (const stream of streams) givenUp.delete(stream);
      }
    },
  };

  function leave(left: readonly Transport[], reason: string): boolean {
    const from = transport.name;
    for (const rung of left) {
      givenUp.set(rung, rung === transport ? reason : `is a ${rung.rhythm} like ${from}, which ${reason}`);
    }
    muteStreams = 0;
    const next = pick();
    if (!next) return false;
    transport = next;
    onChange({ from, to: next.name, reason, refusals });
    return true;
  }

  function pick(): Transport | undefined {
    refusals = [];
    return rungs.find((rung) => {
      const refusal = givenUp.get(rung) ?? rung.refuses(demand);
      if (refusal !== undefined) refusals.push(`${rung.name} ${refusal}`);
      return refusal === undefined;
    });
  }
}

function noTransport(refusals: readonly string[]): EnckeError {
  const reasons = refusals.join('; ') || 'the list is empty';
  return new EnckeError(
    'no-transport',
    `No transport can carry this: ${reasons}. Add fetchStream, xhrStream or longPoll, which carry any request.`,
  );
}
