// Every part, and all of them at once.

import type { Part } from '../session/part.ts';
import { check } from './check.ts';
import { conventions } from './conventions.ts';
import { credentials } from './credentials.ts';
import { crowd } from './crowd.ts';
import { exchange } from './exchange.ts';
import { fallBack } from './fall-back/fall-back.ts';
import { gaps } from './gaps.ts';
import { loops } from './loops.ts';
import { pageLife } from './page-life.ts';
import { redirects } from './redirects.ts';
import { replays } from './replays.ts';
import { resume } from './resume.ts';
import { rotation } from './rotation.ts';
import { settledState } from './settled-state.ts';
import { sharing } from './sharing.ts';
import { tabs } from './tabs/tabs.ts';
import { trace } from './trace.ts';
import { truncated } from './truncated.ts';
import { watchdog } from './watchdog.ts';

export { mercure, mercure1, nchan, yaffle } from './conventions.ts';
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
