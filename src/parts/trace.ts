// What has happened to a connection, for bug reports.

import { call } from '../ground/call.ts';
import type { TraceEntry } from '../options.ts';
import { shownUrl } from '../ground/shown-url.ts';

/** How many entries are kept. */
export const TRACE_LENGTH = 200;

export interface Trace {
  (what: TraceEntry['what'], detail: string): void;
  /** The newest entries, the oldest first. */
  readonly entries: readonly TraceEntry[];
}

/** @param debug prints each entry: a function that takes lines, or `true` for `console.debug` */
export function createTrace(
  url: string,
  now: () => number,
  debug: boolean | ((line: string) => void) | undefined,
): Trace {
  const entries: TraceEntry[] = [];
  let began: number | undefined;
  // eslint-disable-next-line no-console -- asked for by `debug`.
  const print = debug === true ? (line: string) => console.debug(line) : debug;

  return Object.assign(note, { entries });

  function note(what: TraceEntry['what'], detail: string): void {
    const time = now();
    const at = Math.round(time - (began ??= time));
    if (entries.push({ at, what, detail }) > TRACE_LENGTH) entries.shift();
    if (print) call(print, `encke ${shownUrl(url)} +${String(at)} ms ${what}: ${detail}`);
  }
}
