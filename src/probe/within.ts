// Waiting for something, but not for ever.

import type { Environment } from '../session/environment.ts';

/** What a wait needs of its probe. */
export interface Waiting {
  readonly environment: Environment;
  /** Aborted when the probe is over; ends every wait. */
  readonly life: AbortSignal;
}

/** Resolves when the promise is settled, or after so many milliseconds. Leaves no timer. */
export function within(
  milliseconds: number,
  promise: Promise<unknown> | undefined,
  { environment, life }: Waiting,
): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      stopTimer();
      life.removeEventListener('abort', finish);
      resolve();
    };
    const stopTimer = environment.setTimer(finish, milliseconds);
    life.addEventListener('abort', finish);
    promise?.then(finish, finish);
    if (life.aborted) finish();
  });
}
