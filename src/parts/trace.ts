// What has happened to a connection, for bug reports.

import { call } from '../ground/call.ts';
import { shownUrl } from '../ground/shown-url.ts';
import type { State, TraceEntry } from '../options.ts';
import type { Part, Told } from '../session/part.ts';

/** How many entries are kept. */
export const TRACE_LENGTH = 200;

/** Part of a client. Writes down what has happened, for bug reports. */
export const trace: Part<'trace'> = {
  name: 'trace',
  // Inside of sharing in the page, which shows it to everyone, outside of all else.
  rank: 2,
  install: ({ environment }) => ({
    client: {
      start: (next) => (plan, listener) => {
        const { url, options } = plan.target;
        const { note, entries } = createTrace(url, environment.now, options.debug);
        let state: State = 'connecting';
        const session = next(plan, {
          ...listener,
          tell(what, value) {
            // These come by the thousand.
            const line = lineOf(what, value, state);
            if (what === 'state') state = (value as Told['state']).state;
            if (line) note(...line);
            if (what !== 'note') listener.tell(what, value);
          },
        });
        return Object.assign(session, { trace: entries });
      },
    },
    connection({ face, session }) {
      Object.defineProperty(face, 'trace', { get: () => session().trace ?? [], enumerable: true });
      return {};
    },
  }),
};

/** What is written down of what is told; `undefined` of what goes without saying. */
function lineOf<What extends keyof Told>(
  what: What,
  value: Told[What],
  state: State,
): Told['note'] | undefined {
  const told = { [what]: value } as Partial<Told>;
  if (told.note) return told.note;
  if (told.state) return ['state', `${told.state.state}: ${told.state.reason}`];
  if (told.transport) {
    const { to, evidence, reason } = told.transport;
    return ['transport', [to, evidence, reason].filter(Boolean).join(': ')];
  }
  // Ten answers a second to polls would leave room for nothing else.
  if (told.head && state !== 'open')
    return ['head', `${String(told.head.status)} ${shownUrl(told.head.url)}`];
  if (told.error) return ['error', `${told.error.code}: ${told.error.message}`];
  return told.resync && ['resync', told.resync.reason];
}

interface Trace {
  note(what: TraceEntry['what'], detail: string): void;
  /** The newest entries, the oldest first. */
  readonly entries: readonly TraceEntry[];
}

/** @param debug prints each entry: a function that takes lines, or `true` for `console.debug` */
function createTrace(
  url: string,
  now: () => number,
  debug: boolean | ((line: string) => void) | undefined,
): Trace {
  const entries: TraceEntry[] = [];
  let began: number | undefined;
  // eslint-disable-next-line no-console -- asked for by `debug`.
  const print = debug === true ? (line: string) => console.debug(line) : debug;

  return { note, entries };

  function note(what: TraceEntry['what'], detail: string): void {
    const time = now();
    const at = Math.round(time - (began ??= time));
    if (entries.push({ at, what, detail }) > TRACE_LENGTH) entries.shift();
    if (print) call(print, `encke ${shownUrl(url)} +${String(at)} ms ${what}: ${detail}`);
  }
}
