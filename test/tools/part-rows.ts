// What each part is for, as docs/parts.md tells it and test/contracts/parts.test.ts shows it.

import type { Part } from '../../src/session/part.ts';
import * as every from '../../src/all-parts.ts';

export interface PartRow {
  readonly does: string;
  /** The options and members that it brings, as Markdown. */
  readonly brings: string;
  /** What a client without it does. */
  readonly without: string;
}

/** By the name of the part, which is that of its export. */
export const PART_ROWS: Readonly<Record<string, PartRow>> = {
  bodies: {
    does: 'Sends a body, and tells how much of it has been sent.',
    brings: '`body`, `onUploadProgress`',
    without: 'A request has no body.',
  },
  check: {
    does: 'Refuses options that do not exist, values out of bounds, and options of parts that are missing.',
    brings: 'errors with the code `invalid-option`',
    without: 'An option that does not exist does nothing. Only a compiler finds it.',
  },
  conventions: {
    does: 'Knows conventions of the last event id by name, and reads ids from headers as Nchan writes them.',
    brings: '`cursor` as a word',
    without: 'The id travels as the standard says, or by a convention given as a value: `cursor: mercure`.',
  },
  credentials: {
    does: 'Refreshes credentials after a 401 or 403, once for all connections with the same function.',
    brings: '`onUnauthorized`',
    without: 'A 401 or 403 closes the connection.',
  },
  crowd: {
    does: 'Connections of a page that lost the same server come back one behind the other.',
    brings: '',
    without: 'Each waits by chance alone.',
  },
  exchange: {
    does: 'Makes one exchange, which can be awaited.',
    brings: '`request`',
    without: 'There is one verb, `subscribe`.',
  },
  fallBack: {
    does: 'Leaves a transport that cannot work here, or that a proxy holds back, for the next one, and tries it again later.',
    brings: '`onTransport` with evidence',
    without:
      'The first transport that can carry the request is used. If it turns out not to work here, the connection closes.',
  },
  gaps: {
    does: 'Tells after which reconnections messages may be missing.',
    brings: '`onResync`',
    without: 'Nothing is told of gaps.',
  },
  loops: {
    does: 'Makes a connection something to loop over, with back-pressure.',
    brings: '`for await`',
    without: 'Messages go to handlers only.',
  },
  pageLife: {
    does: 'Closes the connection of a page that is put away, and checks it when the page, the machine or the network wakes up.',
    brings: '',
    without:
      'An open connection keeps the page out of the back/forward cache. After a sleep only time limits tell.',
  },
  redirects: {
    does: 'Sends the last event id by query where another origin answers, so that no header needs a preflight.',
    brings: '',
    without: 'The id is a header. A reconnection to a redirect to another origin fails there.',
  },
  replays: {
    does: 'Drops what the server sends again after a reconnection.',
    brings: '`replays`',
    without: 'What the server sends again is delivered again.',
  },
  resume: {
    does: 'Keeps the last event id for a reload of the page.',
    brings: '`resume`',
    without: 'A page that is reloaded begins without an id.',
  },
  rotation: {
    does: 'Opens a carrier anew that keeps the whole text of its response, after a mebibyte.',
    brings: '',
    without: 'The text of an XHR stream grows until the response ends.',
  },
  settledState: {
    does: 'Tells states that have lasted 3 s, for banners that should not flicker.',
    brings: '`settledState`, `onSettledState`',
    without: '`state` and `onState` tell every change.',
  },
  sharing: {
    does: 'Equal subscriptions of a page use one connection.',
    brings: '`share`',
    without: 'Each subscription has a connection of its own.',
  },
  tabs: {
    does: 'Equal subscriptions of all tabs use one connection.',
    brings: "`share: 'tabs'`",
    without: 'Each tab has a connection of its own.',
  },
  trace: {
    does: 'Writes down what has happened, for bug reports.',
    brings: '`trace`, `debug`',
    without: 'Nothing is written down.',
  },
  truncated: {
    does: 'Takes a response that breaks off after a whole message for complete, where asked to.',
    brings: '`allowTruncated`',
    without: 'A response that breaks off is an error.',
  },
  watchdog: {
    does: 'Learns how often the server shows life, and reconnects when it is silent for too long.',
    brings: '`heartbeat`',
    without: 'A stream that died without an end stays open.',
  },
};

/** The part of this name. */
export function partNamed(name: string): Part {
  const part = every.allParts.find((each) => each.name === name);
  if (!part) throw new Error(`There is no part ${name}.`);
  return part;
}
