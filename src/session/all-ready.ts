// The moment from which several can take more.

import { nothing } from '../ground/nothing.ts';

/** `undefined` where none has to be waited for: asked for every chunk, so nothing is made then. */
export function allReady(waits: readonly (Promise<void> | undefined)[]): Promise<void> | undefined {
  const pending = waits.filter((wait) => wait !== undefined);
  return pending.length > 1 ? Promise.all(pending).then(nothing) : pending[0];
}
