// What one transport does beyond the laws, checked inside a page.

import type { Transport } from '../../../src/transports/transport.ts';
import type { Engine } from '../../browsers/browser.ts';
import type { ServerControl } from '../../contracts/bench.ts';

export interface Bench {
  readonly transport: Transport;
  readonly server: ServerControl;
  readonly engine: Engine;
}

/** Sentences about behaviour, each with its check. A check gives a reason where it does not concern the engine. */
export type Details = Readonly<Record<string, (bench: Bench) => Promise<unknown>>>;
