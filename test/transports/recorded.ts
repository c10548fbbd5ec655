// What a carrier that is played by hand tells its sink, as short lists.

import { vi } from 'vitest';
import type { End, Sink, Stop, Transport, TransportRequest } from '../../src/transports/transport.ts';
import { fetchStream } from '../../src/transports/fetch-stream.ts';
import { plainRequest } from '../contracts/bench.ts';
import { record } from '../contracts/recording.ts';

export interface Recorded {
  /** What was told, in order: the name of the call, and what it was given. */
  readonly calls: readonly unknown[][];
  readonly end: End | undefined;
  readonly stop: Stop;
}

export const URL_ASKED = 'https://example.org/events';

/**
 * @param meanwhile called in each call of the sink, with its name
 * @param ready what the sink says when it is asked whether more is welcome
 */
export function openRecorded(
  open: Transport['open'],
  request: Partial<TransportRequest> = {},
  meanwhile: (name: string, stop: Stop) => void = () => undefined,
  ready?: Sink['ready'],
): Recorded {
  const asked = { ...plainRequest(URL_ASKED, fetchStream), headers: new Headers(), ...request };
  const onCall = ({ name }: { name: string }, stop: Stop): void => meanwhile(name, stop);
  const recording = record({ ...fetchStream, open }, asked, onCall, ready);
  return {
    get calls() {
      return recording.calls.map((call) => Object.values(call) as unknown[]);
    },
    get end() {
      return recording.end;
    },
    stop: recording.stop,
  };
}

/** Lets what was put off to the end of the current code happen. */
export async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}
