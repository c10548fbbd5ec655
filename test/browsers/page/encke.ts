// What ships: the global of the script-tag file. The journeys import nothing of `src` but its types.

import type * as Encke from '../../../src/index.ts';

declare global {
  interface Window {
    readonly encke: typeof Encke;
  }
}

export const { encke } = window;

/** The transport of a name. Every export that is a transport says its name itself. */
export function transportNamed(name: string): Encke.Transport {
  const found = Object.values(encke).find((part) => isTransport(part) && part.name === name);
  if (!isTransport(found)) throw new Error(`encke exports no transport ${name}`);
  return found;
}

function isTransport(part: unknown): part is Encke.Transport {
  return typeof part === 'object' && part !== null && 'rhythm' in part && 'open' in part;
}
