// Every part in one list, but for the one that a client holds or loads later.

import { bodies } from './parts/bodies.ts';
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
import { trace } from './parts/trace.ts';
import { truncated } from './parts/truncated.ts';
import { watchdog } from './parts/watchdog.ts';
import type { Part } from './session/part.ts';

/** @param tabs the part of that name, which holds its code or loads it when it is asked for */
export const everyPartWith = (tabs: Part<'tabs'>): readonly Part[] => [
  bodies,
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
