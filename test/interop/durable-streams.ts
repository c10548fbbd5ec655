// A server of Durable Streams: the package's own, in this process, and streams on it.

import { DurableStream } from '@durable-streams/client';
import { DurableStreamTestServer } from '@durable-streams/server';
import { freePort } from './service.ts';

/** Milliseconds after which the server answers a long poll that it has nothing for. */
export const HOLD = 400;

export interface DurableStreams {
  readonly origin: string;
  /** Makes a stream, of JSON unless another type is said. */
  create(contentType?: string): Promise<DurableStream>;
  stop(): Promise<void>;
}

export async function startDurableStreams(): Promise<DurableStreams> {
  const server = new DurableStreamTestServer({
    port: await freePort(),
    longPollTimeout: HOLD,
  });
  const origin = await server.start();
  let streams = 0;
  return {
    origin,
    create: (contentType = 'application/json') =>
      DurableStream.create({ url: `${origin}/v1/stream/s${(streams += 1)}`, contentType }),
    stop: () => server.stop(),
  };
}
