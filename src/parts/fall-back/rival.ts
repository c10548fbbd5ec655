// A turn on trial beside the first.

import type { Stop, Transport } from '../../transports/transport.ts';

export interface Rival {
  readonly transport: Transport;
  readonly held: (() => void)[];
  /** What comes later is welcome: it has won. */
  free(): void;
  stop: Stop;
  /** When the server last heard of it, or answered it. */
  at: number;
  /** Whether it has brought a message. */
  delivers: boolean;
}
