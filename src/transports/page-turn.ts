// The page's turn: a burst is read in many short tasks, so that clicks and frames come between.

import { callInTask } from '../ground/message-task.ts';

/** How long one task may read, in milliseconds: half a frame. */
const TASK = 8;

/** To be asked between two pieces of work; gives the moment from which to go on, where the page is due its turn. */
export function createPageTurn(): () => Promise<void> | undefined {
  let since = performance.now(); // when the task began, or an earlier one

  return () => {
    if (performance.now() - since < TASK) return undefined;
    return nextTask()?.then(() => {
      since = performance.now();
    });
  };
}

/** A resolved promise gives no turn, and a timer waits for 4 ms, in a hidden page for a second. */
function nextTask(): Promise<void> | undefined {
  const { scheduler, MessageChannel } = globalThis as Place;
  if (scheduler?.yield) return scheduler.yield();
  return MessageChannel && new Promise<void>((resolve) => void callInTask(resolve));
}

interface Place {
  readonly scheduler?: { yield?(): Promise<void> };
  readonly MessageChannel?: typeof MessageChannel;
}
