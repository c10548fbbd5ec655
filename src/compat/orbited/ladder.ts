// Which technique is used: the next one where one is seen to fail.

import { EnckeError } from '../../ground/errors.ts';
import { pageOrigin } from '../../ground/page-address.ts';
import { browserEnvironment } from '../../session/environment.ts';
import type { ResolvedOptions } from './options.ts';
import type { OrbitedTransport } from './techniques.ts';

export interface Ladder {
  readonly technique: OrbitedTransport;
  /** Goes on with the next one; at the last one it stays. */
  leave(why: string): void;
  /** Begins with the first again: the network is another one. */
  rewind(): void;
}

/** So many streams in a row that brought nothing are enough. */
export const WEAK_STREAMS = 3;

/** How long it is known of a server which technique failed, in milliseconds. */
const MEMORY = 300_000;

/** What the sockets of this page have left, by server and techniques. */
const known = new Map<string, { readonly rung: number; readonly until: number }>();

/** @param tell hears why a technique is left */
export function createLadder(options: ResolvedOptions, tell: (error: EnckeError) => void): Ladder {
  const { url, transports, credentials } = options;
  const key = `${url} ${transports.map(({ name }) => name).join(' ')}`;
  const memory = known.get(key);
  const demand = {
    method: 'GET',
    headers: false,
    body: 'none',
    crossOrigin: new URL(url).origin !== pageOrigin(),
    credentials,
    once: false,
    ownFetch: false,
    uploadProgress: false,
  } as const;
  let rung = memory && memory.until > browserEnvironment.now() ? memory.rung : 0;
  skip();

  return {
    get technique() {
      return at(rung);
    },
    leave(why) {
      if (!hasNext()) return;
      say(why);
      rung++;
      skip();
      known.set(key, { rung, until: browserEnvironment.now() + MEMORY });
    },
    rewind() {
      known.delete(key);
      rung = 0;
      skip();
    },
  };

  function skip(): void {
    for (let reason; hasNext() && (reason = at(rung).carrier.refuses(demand)) !== undefined; rung++)
      say(`it ${reason}`);
  }

  function say(why: string): void {
    tell(new EnckeError('unusable', `${at(rung).name} is left: ${why}.`, { url, transport: at(rung).name }));
  }

  function hasNext(): boolean {
    return rung < transports.length - 1;
  }

  function at(place: number): OrbitedTransport {
    return transports[place] as OrbitedTransport; // there is at least one
  }
}
