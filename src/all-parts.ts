// Every part, and all of them at once.

import { composeClient, type ClientParts, type ClientWith } from './client.ts';
import type { Part } from './session/part.ts';
import { check } from './parts/check/check.ts';
import { conventions } from './parts/conventions.ts';
import { credentials } from './parts/credentials.ts';
import { crowd } from './parts/crowd.ts';
import { exchange } from './parts/exchange.ts';
import { fallBack } from './parts/fall-back/fall-back.ts';
import { gaps } from './parts/gaps.ts';
import { loops } from './parts/loops.ts';
import { pageLife } from './parts/page-life.ts';
import { redirects } from './parts/redirects.ts';
import { replays } from './parts/replays.ts';
import { resume } from './parts/resume.ts';
import { rotation } from './parts/rotation.ts';
import { settledState } from './parts/settled-state.ts';
import { sharing } from './parts/sharing.ts';
import { tabs } from './parts/tabs/tabs.ts';
import { trace } from './parts/trace.ts';
import { truncated } from './parts/truncated.ts';
import { watchdog } from './parts/watchdog.ts';

export { mercure, mercure1, nchan, yaffle } from './parts/conventions.ts';
export {
  check,
  conventions,
  credentials,
  crowd,
  exchange,
  fallBack,
  gaps,
  loops,
  pageLife,
  redirects,
  replays,
  resume,
  rotation,
  settledState,
  sharing,
  tabs,
  trace,
  truncated,
  watchdog,
};

/** Every part, for `composeClient` and `createClient`. */
export const allParts: readonly Part[] = [
  check,
  conventions,
  credentials,
  crowd,
  exchange,
  fallBack,
  gaps,
  loops,
  pageLife,
  redirects,
  replays,
  resume,
  rotation,
  settledState,
  sharing,
  tabs,
  trace,
  truncated,
  watchdog,
];

/**
 * Makes a client that has every part, unless `parts` names those that it is to have. A bundle then holds them all the
 * same: `composeClient` leaves out what is not named.
 *
 * @throws EnckeError `invalid-option`
 */
export function createClient<const Parts extends readonly Part[] = readonly Part[]>(
  given: ClientParts<Parts>,
): ClientWith<Parts[number]['name']> {
  return composeClient({ ...given, parts: given.parts ?? (allParts as unknown as Parts) });
}
