// The phase a session is in: one at a time, moved by one function, told where the public word for it changes.

import type { EnckeError } from '../ground/errors.ts';
import type { State, StateChange } from '../options.ts';
import type { Phase } from './run.ts';

/** The public word for each phase. */
const STATES: Readonly<Record<Phase['is'], State>> = {
  connecting: 'connecting',
  open: 'open',
  'between-answers': 'open',
  'back-off': 'waiting',
  refreshing: 'waiting',
  stored: 'waiting',
  closed: 'closed',
};

export interface Phases {
  readonly current: Phase;
  /** The public word for it. */
  readonly state: State;
  /** Moves to a phase, and ends what belonged to the one before. Nothing follows `closed`. */
  go(next: Phase, why: string, error?: EnckeError, retryIn?: number): void;
  /** The attempt under way has its answer. */
  answered(): void;
  /** A function, so that the compiler forgets what it knew of the phase before a handler ran. */
  isClosed(): boolean;
}

/** @param tell told of every change of the public word */
export function createPhases(
  first: Phase,
  tell: (change: Omit<StateChange, 'attempt' | 'transport'>) => void,
): Phases {
  let current = first;

  const phases: Phases = {
    get current() {
      return current;
    },
    get state() {
      return STATES[current.is];
    },
    go(next, why, error, retryIn) {
      if (current.is === 'closed') return;
      if ('stop' in current) current.stop();
      const previous = phases.state;
      current = next;
      tellOf(previous, why, error, retryIn);
    },
    answered() {
      if (current.is !== 'connecting') return;
      current.is = 'open';
      tellOf('connecting', 'the server has answered');
    },
    isClosed: () => current.is === 'closed',
  };
  return phases;

  function tellOf(previous: State, reason: string, error?: EnckeError, retryIn?: number): void {
    const { state } = phases;
    if (state !== previous) tell({ state, previous, reason, retryIn, error });
  }
}
