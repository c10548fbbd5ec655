// One request that listens, and its response as packets.

import { EnckeError } from '../../ground/errors.ts';
import { nothing } from '../../ground/nothing.ts';
import type { End, Stop } from '../../transports/transport.ts';
import { requestOf } from './ask.ts';
import type { ResolvedOptions } from './options.ts';
import type { PacketSink } from './packets.ts';
import { createSilence } from './silence.ts';
import type { OrbitedTransport } from './techniques.ts';

export interface DownstreamListener extends Pick<PacketSink, 'packet'> {
  /** The server knows the session. */
  opened(): void;
  /** @param isMute whether it was silent from its beginning on */
  ended(end: End, isMute: boolean): void;
}

/** @param url that of the session with `ack` */
export function openDownstream(
  url: string,
  { carrier, patience, read }: OrbitedTransport,
  options: ResolvedOptions,
  listener: DownstreamListener,
): Stop {
  const { heartbeatTimeout, maxPacketSize, credentials } = options;
  const limit = patience ?? heartbeatTimeout;
  let live = true; // neither ended nor stopped
  let isMute = true; // nothing of the body has come
  const silence = createSilence(
    () => limit,
    (lasted) => {
      const sentence = `Nothing has come for ${String(Math.round(lasted))} ms.`;
      finish({ how: 'cut', error: new EnckeError('timeout', sentence, { url }) });
    },
  );

  const feed = read(
    {
      packet(values) {
        if (live) listener.packet(values);
      },
      broken: (error) => finish({ how: 'cut', error }),
    },
    maxPacketSize,
  );
  const stopRequest = carrier.open(requestOf({ url, credentials, body: null }), {
    opened() {
      if (live) listener.opened();
    },
    text(chunk) {
      beat();
      feed(chunk);
    },
    alive: beat,
    ended: finish,
    ready: nothing,
    problem: nothing,
    message: nothing,
    id: nothing,
    retry: nothing,
  });
  silence.watch();
  return stop;

  function beat(): void {
    isMute = false;
    silence.heard();
  }

  function finish(end: End): void {
    if (!live) return;
    stop();
    listener.ended(end, isMute);
  }

  function stop(): void {
    live = false;
    silence.stop();
    stopRequest();
  }
}
