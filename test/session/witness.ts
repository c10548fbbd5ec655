// One subscription, and whether what its handlers are told can be.

import { expect } from 'vitest';
import type { Closed, State, StateChange, SubscribeOptions, TransportChange } from '../../src/options.ts';

/** One session, as those who listen to it hear of it. */
export interface Heard {
  /** The most attempts anyone has heard of. */
  attempt: number;
  /** When the wait under way is over. */
  due: number;
}

export interface Witness {
  /** The handlers of the subscription. */
  readonly options: SubscribeOptions;
  readonly session: Heard;
  /** Whether its session began with it, so that it is owed everything. */
  readonly isFirst: boolean;
  readonly delivered: readonly number[];
  readonly state: State;
  readonly transport: string;
  readonly opens: number;
  readonly resyncs: number;
  /** What `closed` has given. */
  readonly closed: Closed[];
}

/** The handlers that a witness has. */
export type Handler = 'onMessage' | 'onState' | 'onTransport' | 'onError' | 'onResync';

export interface WitnessOptions {
  readonly session: Heard;
  readonly isFirst: boolean;
  /** Whether the messages carry ids, so that none may be missing. */
  readonly hasIds: boolean;
  now(): number;
  /** Told of every call, when it has been checked. */
  heard(handler: Handler): void;
  /** Told of what cannot be: thrown by a handler, it would be a matter of the page. */
  fault(error: unknown): void;
}

/** What may follow a state. */
const MOVES: Readonly<Record<State, readonly State[]>> = {
  connecting: ['open', 'waiting', 'closed'],
  open: ['waiting', 'closed'],
  waiting: ['connecting', 'closed'],
  closed: [],
};

export function createWitness({ session, isFirst, hasIds, now, heard, fault }: WitnessOptions): Witness {
  const delivered: number[] = [];
  const closed: Closed[] = [];
  let state: State = 'connecting';
  let transport = '';
  let attempt = 0;
  let opens = 0;
  let takeovers = 0;
  let resyncs = 0;
  let isCaughtUp = isFirst; // knows where the session stands

  const options: SubscribeOptions = {
    onMessage: checked('onMessage', ({ data, id }) => {
      const number = Number(data);
      // Who joins gets what comes from then on.
      const before = delivered.at(-1) ?? (isFirst && hasIds ? 0 : number - 1);
      if (hasIds) expect(number, 'each once, in order').toBe(before + 1);
      else expect(number, 'none twice, in order').toBeGreaterThan(before);
      if (hasIds) expect(id).toBe(String(number));
      delivered.push(number);
    }),
    onState: checked('onState', (change) => {
      checkMove(change);
      checkWait(change);
      countAttempts(change.attempt);
      expect(change.reason).not.toBe('');
      state = change.state;
      if (state === 'open') opens++;
    }),
    onTransport: checked('onTransport', ({ from, to, evidence }: TransportChange) => {
      // Who joins may hear first of a change that happens in the same task.
      const isNews = transport === '' && (from === undefined || !isFirst);
      if (!isNews) expect(from).toBe(transport);
      transport = to;
      // One that was held back, open or not, is followed by another without a change of state.
      if (evidence === 'held') takeovers++;
    }),
    onError: checked('onError', (error) => countAttempts(error.attempt ?? 0)),
    onResync: checked('onResync', ({ reason, lastEventId }) => {
      resyncs++;
      if (isCaughtUp) expect(state).toBe('open');
      if (isFirst) expect(opens + takeovers, 'never at the first open').toBeGreaterThan(1);
      if (isFirst) expect(resyncs, 'once per gap').toBeLessThan(opens + takeovers);
      expect(reason).not.toBe('reset');
      if (reason === 'no-ids') expect(lastEventId).toBe('');
    }),
    onSettledState: () => undefined,
  };
  return {
    options,
    session,
    isFirst,
    delivered,
    closed,
    get state() {
      return state;
    },
    get transport() {
      return transport;
    },
    get opens() {
      return opens;
    },
    get resyncs() {
      return resyncs;
    },
  };

  function checked<Told>(handler: Handler, check: (told: Told) => void): (told: Told) => void {
    return (told) => {
      try {
        expect(state, `${handler} after the close`).not.toBe('closed');
        check(told);
      } catch (error) {
        fault(error);
      }
      heard(handler);
    };
  }

  function checkMove({ state: next, previous }: StateChange): void {
    // Who joins is told of the last change; who is closed in the round of a change may not have heard of that yet.
    const isKnown = previous === state || next === state || next === 'closed';
    expect(isKnown || !isCaughtUp, `${state}, then ${previous} > ${next}`).toBe(true);
    expect(MOVES[previous]).toContain(next);
    isCaughtUp = true;
  }

  function checkWait({ state: next, retryIn, reason }: StateChange): void {
    if (retryIn !== undefined) expect(next).toBe('waiting');
    // Who joins hears of a wait that has begun before.
    if (!isFirst) return;
    if (retryIn !== undefined) session.due = now() + retryIn;
    if (reason === 'the wait is over') expect(now()).toBeGreaterThanOrEqual(session.due);
  }

  function countAttempts(count: number): void {
    expect(count).toBeGreaterThanOrEqual(attempt);
    attempt = count;
    session.attempt = Math.max(session.attempt, count);
  }
}
