// The same for a client that does not hold its code: it is loaded when a connection asks for it.
//
// A file that cannot be loaded is like Web Locks that are not there: the tab connects for itself, and says why.

import type { State, TransportChange } from '../../options.ts';
import type { Listener, Part, Session, Tell } from '../../session/part.ts';
import { tabsBy, type Join } from './tabs-by.ts';

const REFUSAL = 'share: "tabs" needs a file that could not be loaded';

export const tabs: Part<'tabs'> = /* @__PURE__ */ tabsBy(joinLater);

function joinLater(...[plan, listener, start]: Parameters<Join>): Session {
  const { cursor } = plan;
  let session = waiting(listener, cursor);
  const begin = (join: Join, heard: Listener): void => {
    // What was closed meanwhile never begins.
    if (session.state !== 'closed') session = join(plan, heard, start);
  };

  load().then(
    (joinTabs) => {
      begin(joinTabs, listener);
    },
    (cause: unknown) => {
      listener.tell('note', ['share', `${REFUSAL}: ${String(cause)}`]);
      begin(start, { ...listener, tell: refusing(listener.tell) });
    },
  );
  return {
    get state() {
      return session.state;
    },
    get transport() {
      return session.transport;
    },
    get lastEventId() {
      return cursor.id;
    },
    get attempt() {
      return session.attempt;
    },
    reconnect() {
      session.reconnect();
    },
    listen() {
      session.listen();
    },
    close(...end) {
      session.close(...end);
    },
  };
}

/** A session that has not begun. */
function waiting({ tell }: Listener, { id }: { readonly id: string }): Session {
  let state: State = 'connecting';
  return {
    get state() {
      return state;
    },
    transport: '',
    lastEventId: id,
    attempt: 0,
    // Both come by themselves when it begins.
    reconnect: () => undefined,
    listen: () => undefined,
    close(reason, error, truncated) {
      if (state === 'closed') return;
      const previous = state;
      state = 'closed';
      tell('state', { state, previous, reason: error?.message ?? reason, attempt: 0, transport: '', error });
      tell('closed', { reason, error, truncated });
    },
  };
}

function refusing(tell: Tell): Tell {
  return (what, value) => {
    if (what !== 'transport') return tell(what, value);
    const { refusals, ...change } = value as TransportChange;
    tell('transport', { ...change, refusals: [REFUSAL, ...refusals] });
  };
}

async function load(): Promise<Join> {
  return (await import('./join-tabs.ts')).joinTabs;
}
