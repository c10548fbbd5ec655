// Equal subscriptions of one page use one connection.

import type { Closed, StateChange, TransportChange } from '../options.ts';
import { allReady } from '../session/all-ready.ts';
import { pageKey } from '../session/keys.ts';
import type { Listener, Part, Session, Tell, Told } from '../session/part.ts';
import type { Head } from '../transports/transport.ts';

/** Part of a client. Equal subscriptions of a page use one connection. */
export const sharing: Part<'sharing'> = {
  name: 'sharing',
  rank: 1,
  install() {
    const hubs = new Map<string, Hub>(); // by what makes subscriptions equal
    return {
      client: {
        start: (next) => (plan, listener) => {
          const { url, options, once } = plan.target;
          const { share } = options;
          if (once || share === false) return next(plan, listener);
          const key = pageKey(url, options);
          let hub = hubs.get(key);
          // What the server sends at the beginning, a snapshot of its state for one, would be missed by who joins later.
          if (!hub || (share === 'start' && hub.hasDelivered)) {
            const opened: Hub = createHub(
              (heard) => next(plan, heard),
              () => {
                if (hubs.get(key) === opened) hubs.delete(key);
              },
            );
            hubs.set(key, (hub = opened));
          }
          return hub.join(listener);
        },
      },
    };
  },
};

/** One session, and everyone who listens to it. */
interface Hub {
  /** Whether a message has come: who joins now misses it. */
  readonly hasDelivered: boolean;
  /** Joins, and gets a session of its own: closing it leaves the others alone. */
  join(listener: Listener): Session;
}

/** @param onOver called when it is closed; who comes later needs another */
function createHub(start: (listener: Listener) => Session, onOver: () => void): Hub {
  // Replaced, never changed: a listener may leave while a message goes round.
  let listeners: readonly Listener[] = [];
  let last: StateChange | undefined;
  let head: Head | undefined; // of the last response
  let hasDelivered = false;
  let chosen: TransportChange | undefined; // the last that was told
  let wait: Promise<void> | undefined; // of the network, for listeners that are slow
  let endWait: (() => void) | undefined;

  const tell: Tell = (what, value) => {
    if (what === 'transport') chosen = value as TransportChange;
    if (what === 'head') head = value as Head;
    if (what === 'state') {
      last = value as StateChange;
      // Before anyone hears of it, and might subscribe anew.
      if (last.state === 'closed') onOver();
    }
    // The handler of one may close another.
    for (const listener of listeners) if (listeners.includes(listener)) listener.tell(what, value);
  };
  const session = start({
    tell,
    message(message) {
      hasDelivered = true;
      // Without the loop where there is one, as almost always: this runs for every message.
      if (listeners.length === 1) listeners[0]?.message(message);
      else for (const listener of listeners) listener.message(message);
    },
    id: () => undefined,
    eventNames: () => listeners.flatMap((listener) => listener.eventNames()),
    ready() {
      const pending = allReady(listeners.map((listener) => listener.ready()));
      void pending?.then(goOn);
      return pending && (wait ??= new Promise((resolve) => (endWait = resolve)));
    },
  });
  return {
    get hasDelivered() {
      return hasDelivered;
    },
    join,
  };

  function goOn(): void {
    wait = undefined;
    endWait?.();
  }

  function join(listener: Listener): Session {
    let left = false;
    const [wasChosen, wasLast, wasHead] = [chosen, last, head];
    listeners = [...listeners, listener];
    if (wasChosen) session.listen();
    // Who comes late is told where things stand; asynchronously, like everyone else. What it has heard of meanwhile
    // is not told again, and its own handler may close it.
    queueMicrotask(() => {
      if (left || session.state === 'closed') return;
      if (chosen && chosen === wasChosen) listener.tell('transport', { to: chosen.to, refusals: [] });
      if (head && head === wasHead && !isLeft()) listener.tell('head', head);
      if (last && last === wasLast && !isLeft()) listener.tell('state', last);
    });
    const own: Session = {
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
      get trace() {
        return session.trace;
      },
      reconnect: session.reconnect,
      listen: session.listen,
      close(reason, error, truncated) {
        if (left || session.state === 'closed') return;
        left = true;
        if (listeners.length === 1) session.close(reason, error, truncated);
        else leave({ reason, error, truncated });
      },
    };
    return own;

    /** A function, so that the compiler forgets what it knew before a handler ran. */
    function isLeft(): boolean {
      return left;
    }

    function leave(closed: Closed): void {
      listeners = listeners.filter((other) => other !== listener);
      // The network may have waited for it alone. Who else is slow is asked at the next piece.
      goOn();
      const { attempt, transport, state: previous } = session;
      const { reason, error } = closed;
      const change: Told['state'] = { state: 'closed', previous, reason, attempt, transport, error };
      listener.tell('state', change);
      listener.tell('closed', closed);
    }
  }
}
