// The functions that the scripts of a frame call in the window around it.

import { WINDOW_PREFIX } from '../ground/window-prefix.ts';

/** Takes the name called, and the arguments of one call. */
export type Receive = (name: string, values: unknown[]) => void;

type Owner = Record<string, unknown>;

/** Has `receive` called for each call of `window[name]`; names may be dotted. The window is ours, so nothing is in the way. */
export function receiveCalls(window: Window, names: readonly string[], receive: Receive): void {
  for (const given of names) {
    // `parent` of this window is the page, where nothing may stand.
    const name = given.replace(WINDOW_PREFIX, '');
    const path = name.split('.');
    const key = path.pop() ?? name;
    let owner = window as unknown as Owner;
    for (const step of path) owner = (owner[step] ??= {}) as Owner;
    owner[key] = (...values: unknown[]) => {
      receive(name, values);
    };
  }
}
