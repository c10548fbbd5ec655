// One session, and everyone who listens to it.

import type { Closed, StateChange, TransportChange } from '../options.ts';
import { allReady } from './all-ready.ts';
import type { Head } from '../transports/transport.ts';
import type { Session, SessionListener } from './session.ts';

/** Starts what is listened to: a session of this page, or the mirror of one in another tab. */
export type StartSession = (listener: SessionListener) => Session;

export interface Hub {
  /** Whether a message has come: who joins now misses it. */
  readonly hasDelivered: boolean;
  /** Joins, and gets a session of its own: closing it leaves the others alone. */
  join(listener: SessionListener): Session;
}

/** @param onOver called when it is closed; who comes later needs another */
export function createHub(start: StartSession, onOver: () => void): Hub {
  // Replaced, never changed: a listener may leave while a message goes round.
  let listeners: readonly SessionListener[] = [];
  let last: StateChange | undefined;
  let head: Head | undefined; // of the last response
  let hasDelivered = false;
  let chosen: TransportChange | undefined; // the last that was told

  const session = start({
    state(change) {
      last = change;
      // Before anyone hears of it, and might subscribe anew.
      if (change.state === 'closed') onOver();
      each((listener) => listener.state(change));
    },
    transport(change) {
      chosen = change;
      each((listener) => listener.transport(change));
    },
    head(seen) {
      head = seen;
      each((listener) => listener.head(seen));
    },
    message(message) {
      hasDelivered = true;
      for (const listener of listeners) listener.message(message);
    },
    error: (error) => each((listener) => listener.error(error)),
    resync: (gap) => each((listener) => listener.resync(gap)),
    closed: (closed) => each((listener) => listener.closed(closed)),
    eventNames: () => listeners.flatMap((listener) => listener.eventNames()),
    ready: () => allReady(listeners.map((listener) => listener.ready())),
  });
  return {
    get hasDelivered() {
      return hasDelivered;
    },
    join,
  };

  function join(listener: SessionListener): Session {
    let left = false;
    const [wasChosen, wasLast, wasHead] = [chosen, last, head];
    listeners = [...listeners, listener];
    if (wasChosen) session.listen();
    // Who comes late is told where things stand; asynchronously, like everyone else. What it has heard of meanwhile
    // is not told again, and its own handler may close it.
    queueMicrotask(() => {
      if (left || session.state === 'closed') return;
      if (chosen && chosen === wasChosen) listener.transport({ to: chosen.to, refusals: [] });
      if (head && head === wasHead && !isLeft()) listener.head(head);
      if (last && last === wasLast && !isLeft()) listener.state(last);
    });
    return {
      get state() {
        return left ? 'closed' : session.state;
      },
      get transport() {
        return session.transport;
      },
      get lastEventId() {
        return session.lastEventId;
      },
      get attempt() {
        return session.attempt;
      },
      trace: session.trace,
      reconnect: session.reconnect,
      listen: session.listen,
      close(reason, error, truncated) {
        if (left || session.state === 'closed') return;
        left = true;
        if (listeners.length === 1) session.close(reason, error, truncated);
        else leave({ reason, error, truncated });
      },
    };

    /** A function, so that the compiler forgets what it knew before a handler ran. */
    function isLeft(): boolean {
      return left;
    }

    function leave(closed: Closed): void {
      listeners = listeners.filter((other) => other !== listener);
      const { attempt, transport, state: previous } = session;
      const { reason, error } = closed;
      listener.state({ state: 'closed', previous, reason, attempt, transport, error });
      listener.closed(closed);
    }
  }

  function each(tell: (listener: SessionListener) => void): void {
    // The handler of one may close another.
    for (const listener of listeners) if (listeners.includes(listener)) tell(listener);
  }
}
