// Whether asking again would change nothing, where there is no response that the page may see.

import type { Stop } from '../../transports/transport.ts';
import type { EventSourceOptions } from './options.ts';

/**
 * Another origin is asked once without CORS, for its head only: if it answers that, it does not let this page in.
 *
 * @param told called at once, or later unless it is stopped before
 */
export function askWhetherFutile(
  url: string,
  { fetch: ownFetch = fetch }: EventSourceOptions,
  isForeign: boolean,
  told: (isFutile: boolean) => void,
): Stop {
  const controller = new AbortController();
  const { signal } = controller;
  const tell = (isFutile: boolean): void => {
    if (!signal.aborted) told(isFutile);
  };
  // Nothing but a server may come back.
  const isServer = /^https?:/.test(url);
  if (!isServer || !isForeign) tell(!isServer);
  else {
    ownFetch(url, { method: 'HEAD', mode: 'no-cors', cache: 'no-store', signal }).then(
      () => tell(true),
      () => tell(false),
    );
  }
  return () => controller.abort();
}
