// What a connection listens to: a session of its own, one that others use too, or nothing on a server.

import { EnckeError } from '../ground/errors.ts';
import type { Format } from '../formats/format.ts';
import type { ResolvedOptions, State } from '../options.ts';
import type { Transport } from '../transports/transport.ts';
import { CURSOR_CONVENTIONS } from './cursor-convention.ts';
import { createCursor, type Cursor } from './cursor.ts';
import type { Environment } from './environment.ts';
import { createHub, type Hub } from './hub.ts';
import { keptCursor } from './kept-cursor.ts';
import { createLadder } from './ladder.ts';
import type { Memory } from './origin-memory.ts';
import { checkBody, demandOf, type Target } from './request.ts';
import { startSession, type Earlier, type Session, type SessionListener } from './session.ts';
import { cursorKey, isOpaque, pageKey, tabsKey } from './share-key.ts';
import { createTrace, type Trace } from './trace.ts';

/** What all connections of a client have in common. */
export interface Household {
  readonly transports: readonly Transport[];
  readonly formats: readonly Format[];
  readonly environment: Environment;
  readonly memory: Memory;
  /** What the connections of this page share, by what makes them equal. */
  readonly hubs: Map<string, Hub>;
  /** Shares among tabs; absent where the client was made without it. */
  readonly tabs?: ShareTabs | undefined;
}

/** Has one tab at a time run the session, and the others mirror it. */
export type ShareTabs = (plan: TabsPlan, listener: SessionListener) => Session;

export interface TabsPlan {
  /** Equal for those that share. It holds headers and body, so it must not be seen outside. */
  readonly name: string;
  readonly environment: Environment;
  readonly trace: Trace;
  /** Belongs to this tab, whether it leads or follows. */
  readonly cursor: Cursor;
  /** Keeps the last event id over a reload, where that was asked for; `''` keeps none. */
  keep(id: string): void;
  /** Starts the session, which uses that cursor, in the tab that leads. */
  start(listener: SessionListener, earlier: Earlier): Session;
}

/** Stands for the page's address on a server, where nothing is requested. */
const NOWHERE = 'https://localhost';

/**
 * @param once whether this is one exchange, never sent again
 * @throws EnckeError `invalid-option`, `no-transport`
 */
export function openSession(
  household: Household,
  given: string | URL,
  options: ResolvedOptions,
  once: boolean,
  listener: SessionListener,
): Session {
  const { environment, hubs } = household;
  const base = environment.baseUrl();
  const url = resolveUrl(given, base ?? NOWHERE);
  const convention = CURSOR_CONVENTIONS[options.cursor];
  if (!Object.hasOwn(CURSOR_CONVENTIONS, options.cursor)) {
    throw new EnckeError('invalid-option', `cursor must be ${Object.keys(CURSOR_CONVENTIONS).join(', ')}.`);
  }
  if (typeof options.body !== 'function') checkBody(options.body, once);
  const { share, resume, body } = options;
  // One would get what is the other's.
  if (isOpaque(body) && (share === 'tabs' || resume === 'session')) {
    const sentence =
      'Nobody can tell what a function or a file sends: write share: { tabs: NAME }, resume: { session: NAME }.';
    throw new EnckeError('invalid-option', sentence);
  }
  // A page's code may call us while a server renders it; nothing must happen then.
  if (base === undefined) return inert(listener);

  const target: Target = {
    url: url.href,
    resource: url.origin + url.pathname,
    crossOrigin: url.origin !== environment.origin(),
    options,
    convention,
    formats: household.formats,
    fetch: options.fetch ?? environment.fetch,
    once,
  };
  const isOfTabs = !once && (share === 'tabs' || typeof share === 'object');
  if (once || share === false) return start(listener);
  const key = pageKey(url.href, options);
  let hub = hubs.get(key);
  // What the server sends at the beginning, a snapshot of its state for one, would be missed by who joins later.
  if (!hub || (share === 'start' && hub.hasDelivered)) {
    const opened: Hub = createHub(start, () => {
      if (hubs.get(key) === opened) hubs.delete(key);
    });
    hubs.set(key, (hub = opened));
  }
  return hub.join(listener);

  function start(heard: SessionListener): Session {
    const trace = createTrace(url.href, environment.now, options.debug);
    const kept = keptCursor(environment, resume && cursorKey(url.href, options));
    const cursor = createCursor(options.lastEventId || kept.take(), options.replays === 'drop');
    const rungs = options.transports ?? household.transports;
    const memory = household.memory(url.origin);
    const plan = { target, rungs, environment, cursor, memory, trace, keep: kept.put };
    if (!isOfTabs) return startSession(plan, heard);
    if (!household.tabs) throw new EnckeError('invalid-option', 'Give createClient tabs: shareTabs.');
    // What cannot be carried here must throw here, even where another tab leads.
    createLadder(rungs, demandOf(target), memory, environment.now, () => undefined);
    return household.tabs(
      {
        name: tabsKey(url.href, options),
        environment,
        trace,
        cursor,
        keep: kept.put,
        start: (leading, earlier) => startSession({ ...plan, earlier }, leading),
      },
      heard,
    );
  }
}

function inert(listener: SessionListener): Session {
  let state: State = 'connecting';
  return {
    get state() {
      return state;
    },
    transport: '',
    lastEventId: '',
    attempt: 0,
    trace: [],
    reconnect: () => undefined,
    listen: () => undefined,
    close(reason) {
      if (state === 'closed') return;
      state = 'closed';
      listener.closed({ reason });
    },
  };
}

function resolveUrl(url: string | URL, base: string): URL {
  try {
    return new URL(url, base);
  } catch (cause) {
    throw new EnckeError('invalid-option', `"${String(url)}" is not a URL.`, { cause });
  }
}
