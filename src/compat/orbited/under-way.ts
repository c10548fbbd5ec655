// The one thing under way: a request, or the wait for the next, which is over early where the page or the network is back.

import { browserEnvironment } from '../../session/environment.ts';
import { pageOf, type PageEvent } from '../../session/page-lifecycle.ts';
import type { Stop } from '../../transports/transport.ts';

export interface UnderWay {
  /** Begins in the place of what was under way. @param begin gives what stops it */
  run(begin: () => Stop): void;
  /** The same, after so many milliseconds. */
  wait(next: () => void, delay: number): void;
  /** Nothing begins any more. */
  stop: Stop;
}

/** What it needs of the session. */
export interface UnderWayHost {
  /** The page is put away, and may come back. */
  stored(): void;
  restored(): void;
  /** The network is another one. */
  online(): void;
  /** The next request shall not wait any longer. */
  resume(): void;
}

export function createUnderWay(host: UnderWayHost): UnderWay {
  let live = true;
  let isWaiting = false;
  let isAway = false;
  let stopCurrent: Stop | undefined;
  const stopWatching = pageOf({}).watch(heed);

  return {
    run(begin) {
      stopCurrent?.();
      isWaiting = false;
      if (live) stopCurrent = begin();
    },
    wait(next, delay) {
      stopCurrent?.();
      if (!live) return;
      isWaiting = true;
      stopCurrent = browserEnvironment.setTimer(() => {
        isWaiting = false;
        next();
      }, delay);
    },
    stop() {
      live = false;
      stopCurrent?.();
      stopWatching();
    },
  };

  /** What has been silent for too long meanwhile is noticed by its own clock. */
  function heed(event: PageEvent): void {
    if (event === 'online') host.online();
    if (event === 'stored') {
      isAway = true;
      stopCurrent?.();
      host.stored();
    } else if (isAway ? event === 'restored' : isWaiting && event !== 'hidden') {
      if (isAway) host.restored();
      isAway = false;
      if (live) host.resume();
    }
  }
}
