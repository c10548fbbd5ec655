// What a tab tells its own listener of the connection that all tabs share, whoever runs it.

import type { EnckeError } from '../../ground/errors.ts';
import type { State, StateChange, TransportChange } from '../../options.ts';
import { answeredFrom } from '../../session/cursor.ts';
import type { Earlier, Listener, Plan, Told } from '../../session/part.ts';
import type { Head } from '../../transports/transport.ts';
import type { Standing, Words } from './words.ts';

export interface Mirror {
  /** The last change of state that was told. */
  readonly last: StateChange;
  /** The transport that the listener knows of; `''` before the first. */
  readonly transport: string;
  /** Why this tab connects for itself, where it does. */
  refusals: readonly string[];
  /** Where this tab stands, which is where the others begin. */
  standing(id: string): Omit<Standing, 'names'>;
  /** Whether it was ever open. */
  readonly wasOpen: boolean;
  /** What the leader says, this tab or another. */
  hear(what: Exclude<keyof Words, 'closed'>, value: unknown): void;
  /** Tells a change of state, where it is one. */
  become(change: Omit<StateChange, 'previous'>): void;
  move(state: State, reason: string, error?: EnckeError): void;
  /** Tells a change of transport. A new leader chooses anew, and mostly the same. */
  turnTo(change: TransportChange): void;
  /** Messages behind this id may be missing: told when the connection is open again. */
  miss(id: string): void;
  /** What the session of this tab has to know of what came before. A gap is told by that session from now on. */
  earlier(): Earlier;
  isClosed(): boolean;
}

export function createMirror({ cursor, house }: Plan, listener: Listener): Mirror {
  const { tell }: { tell(what: keyof Told, value: unknown): void } = listener;
  let last: StateChange = {
    state: 'connecting',
    previous: 'connecting',
    reason: '',
    attempt: 0,
    transport: '',
  };
  let transport = '';
  let wasOpen = false;
  let missedAfter: string | undefined; // the last event id when it left the stream, until that is told

  const mirror: Mirror = {
    refusals: [],
    get last() {
      return last;
    },
    get transport() {
      return transport;
    },
    get wasOpen() {
      return wasOpen;
    },
    standing: (id) => ({ ...last, transport, id, isNew: !wasOpen }),
    become,
    move: (state, reason, error) => become({ ...last, state, reason, error, retryIn: undefined }),
    turnTo(change) {
      if (change.to === transport) return;
      transport = change.to;
      tell('transport', { ...change, refusals: [...mirror.refusals, ...change.refusals] });
    },
    hear(what, value) {
      if (what === 'transport') mirror.turnTo(value as TransportChange);
      else if (what !== 'state') {
        // Whoever leads next asks where the answer came from.
        if (what === 'head') answeredFrom(cursor, (value as Head).url, house.environment.origin());
        tell(what, value);
      } else if ((value as StateChange).state !== 'closed') {
        // The end has a word of its own.
        become(value as StateChange);
      }
    },
    miss(id) {
      wasOpen = true;
      missedAfter ??= id;
    },
    earlier() {
      const gap = takeGap() !== undefined ? 'suspended' : wasOpen && cursor.id === '' ? 'no-ids' : undefined;
      return { wasOpen, gap };
    },
    isClosed,
  };
  return mirror;

  function become(change: Omit<StateChange, 'previous'>): void {
    const { state: previous } = last;
    if (isClosed() || change.state === previous) return;
    if (previous === 'open' && change.state === 'connecting') {
      become({ ...change, state: 'waiting', retryIn: 0 });
      return become(change);
    }
    last = { ...change, previous };
    wasOpen ||= change.state === 'open';
    tell('state', last);
    if (change.state !== 'open' || isClosed()) return;
    const lastEventId = takeGap();
    if (lastEventId !== undefined) tell('resync', { reason: 'suspended', lastEventId });
  }

  function takeGap(): string | undefined {
    const gap = missedAfter;
    missedAfter = undefined;
    return gap;
  }

  /** A function, so that the compiler forgets what it knew of `last` before a handler ran. */
  function isClosed(): boolean {
    return last.state === 'closed';
  }
}
