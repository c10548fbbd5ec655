// Which technique is used: the next one where one is seen to fail.

import { EnckeError } from '../../ground/errors.ts';
import { pageOrigin } from '../../ground/page-address.ts';
import { browserEnvironment } from '../../session/environment.ts';
import type { End } from '../../transports/transport.ts';
import type { ResolvedOptions } from './options.ts';
import type { OrbitedTransport } from './techniques.ts';

export interface Ladder {
  readonly technique: OrbitedTransport;
  /**
   * Goes on with the next one where an end says that this one does not work here, and gives whether it does. A server
   * that is down says nothing of it.
   *
   * @param wasHeldBack whether nothing came for too long
   * @param weak streams in a row that brought nothing
   */
  judge(end: End, wasHeldBack: boolean, weak: number): boolean;
  /** Begins with the first again: the network is another one. */
  rewind(): void;
}

/** So many streams in a row that brought nothing are enough. */
const WEAK_STREAMS = 3;

const HELD_BACK = 'the server begins at once, and nothing has come; a proxy holds it back';

/** How long it is known of a server which technique failed, in milliseconds. */
const MEMORY = 300_000;

/** What the sockets of this page have left, by server and techniques. */
const known = new Map<string, { readonly rung: number; readonly until: number }>();

/** @param tell hears why a technique is left */
export function createLadder(options: ResolvedOptions, tell: (error: EnckeError) => void): Ladder {
  const { url, transports, credentials } = options;
  const { now } = browserEnvironment;
  const key = url + transports.map(({ name }) => name).join();
  const memory = known.get(key);
  let rung = memory && memory.until > now() ? memory.rung : 0;
  skip();
  return {
    get technique() {
      return current();
    },
    judge(end, wasHeldBack, weak) {
      const { beginsAtOnce, carrier } = current();
      const isWeak = weak >= WEAK_STREAMS && carrier.rhythm !== 'interval';
      if (end.how === 'unusable') return leave(end.error.message);
      if (wasHeldBack && beginsAtOnce) return leave(HELD_BACK);
      return isWeak && leave(`${String(weak)} in a row brought nothing`);
    },
    rewind() {
      known.delete(key);
      rung = 0;
      skip();
    },
  };

  function current(): OrbitedTransport {
    return transports[rung] as OrbitedTransport; // there is at least one
  }

  function leave(why: string): boolean {
    if (!climb(why)) return false;
    skip();
    known.set(key, { rung, until: now() + MEMORY });
    return true;
  }

  function skip(): void {
    const crossOrigin = new URL(url).origin !== pageOrigin();
    const reason = current().carrier.refuses({ ...DEMAND, crossOrigin, credentials });
    if (reason && climb(`it ${reason}`)) skip();
  }

  /** Gives whether there was another one. */
  function climb(why: string): boolean {
    const hasNext = rung < transports.length - 1;
    const transport = current().name;
    if (hasNext) {
      rung++;
      tell(new EnckeError('unusable', `${transport} is left: ${why}.`, { url, transport }));
    }
    return hasNext;
  }
}

/** What every request that listens needs. */
const DEMAND = {
  method: 'GET',
  headers: false,
  body: 'none',
  once: false,
  ownFetch: false,
  uploadProgress: false,
  urlCredentials: false,
} as const;
