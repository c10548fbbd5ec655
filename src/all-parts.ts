// Every part, and all of them at once.

import { composeClient, type ClientParts, type ClientWith } from './client.ts';
import { everyPartWith } from './every-part.ts';
import { tabs } from './parts/tabs/tabs.ts';
import type { Part } from './session/part.ts';

export { mercure, mercure1, nchan, yaffle } from './parts/conventions.ts';
export { durableStreams, durableTextStreams } from './parts/durable-streams.ts';
export { bodies } from './parts/bodies.ts';
export { check } from './parts/check/check.ts';
export { conventions } from './parts/conventions.ts';
export { credentials } from './parts/credentials.ts';
export { crowd } from './parts/crowd.ts';
export { exchange } from './parts/exchange.ts';
export { fallBack } from './parts/fall-back/fall-back.ts';
export { gaps } from './parts/gaps.ts';
export { loops } from './parts/loops.ts';
export { pageLife } from './parts/page-life.ts';
export { redirects } from './parts/redirects.ts';
export { replays } from './parts/replays.ts';
export { resume } from './parts/resume.ts';
export { rotation } from './parts/rotation.ts';
export { settledState } from './parts/settled-state.ts';
export { sharing } from './parts/sharing.ts';
export { trace } from './parts/trace.ts';
export { truncated } from './parts/truncated.ts';
export { watchdog } from './parts/watchdog.ts';
export { tabs };

/** Every part, for `composeClient` and `createClient`. */
export const allParts: readonly Part[] = /* @__PURE__ */ everyPartWith(tabs);

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
