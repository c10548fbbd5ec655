// What a client may do to a server: how many requests, how soon, and which streams it may leave.

import type { Clock, Tab } from './browser.ts';
import type { ModelServer, Topic, Turn } from './server.ts';

/** Silence after which a stream may be given up, and the longest wait for a head. Milliseconds. */
const SILENCE = 30_000;
const HEAD = 15_000;

/** Silence after which a page that wakes up may doubt a stream, but for what a head takes. Milliseconds. */
const GLANCE = 990;

/** How soon a page that wakes up must have looked. Milliseconds. */
const AT_ONCE = 250;

/** An attempt that lasted so long was healthy. Milliseconds. */
const HEALTHY = 10_000;

/** Attempts that may bring nothing within so many milliseconds. */
const MOST_IN_VAIN = 12;
const WINDOW = 120_000;

/** Shortest time from one empty answer, or one poll, to the next. Milliseconds. */
const POLL_PAUSE = 1_000;

/** The interval of polling, and that of a hidden tab. Milliseconds. */
const INTERVAL = 5_000;
const HIDDEN_INTERVAL = 20_000;

export interface JudgeOptions {
  readonly clock: Clock;
  server(): ModelServer;
  /** How many sessions there may be for a topic. */
  sessions(topic: Topic): number;
  fault(sentence: string): void;
}

export interface Judge {
  asked(turn: Turn): void;
  left(turn: Turn): void;
  /** For so many milliseconds from now on, what this tab does is the page's or its user's own wish. */
  excuse(tab: Tab, milliseconds?: number): void;
  /** A subscription begins. */
  begun(): void;
  /** The page may look whether its connections are alive. */
  wake(tab: Tab): void;
}

export function createJudge({ clock, server, sessions, fault }: JudgeOptions): Judge {
  const excused = new Map<Tab, number>(); // until then
  const doubted = new Map<Turn, number>(); // when a page that woke up had reason to doubt it
  const beside = new Set<Turn>(); // what was asked while something else was under way
  const mostSessions = new Map<Topic, number>(); // ever
  let begunAt = 0; // when the last subscription began
  const wishes: number[] = []; // when a user or a page asked for a connection

  return {
    asked(turn) {
      const { topic } = turn;
      mostSessions.set(topic, Math.max(mostSessions.get(topic) ?? 0, sessions(topic)));
      if (liveOf(turn.topic).length > 1) beside.add(turn);
      checkLive(turn);
      checkSeats(turn);
      checkPolls(turn);
      checkVain(turn);
    },
    left(turn) {
      if (!mayLeave(turn)) fault(`${turn.topic.key}: a healthy stream is left ${ages(turn)}`);
    },
    excuse(tab, milliseconds = 0) {
      excused.set(tab, clock.now() + milliseconds);
      wish();
    },
    begun() {
      wish();
      begunAt = clock.now();
    },
    wake(tab) {
      wish();
      for (const topic of server().topics) {
        for (const turn of topic.turns) {
          if (turn.tab !== tab || turn.state === 'over' || silenceOf(turn) < GLANCE) continue;
          doubted.set(turn, clock.now());
          const oldAge = Math.max(SILENCE, topic.longestGap);
          // Of a carrier that waits for us nobody knows.
          if (turn.isDeaf && turn.isAwaited && silenceOf(turn) >= oldAge)
            clock.after(AT_ONCE, () => expectLeft(turn));
        }
      }
    },
  };

  function wish(): void {
    wishes.push(clock.now());
  }

  /** What died long ago is not kept by a page that wakes up. */
  function expectLeft({ state, tab, technique, topic, isAwaited }: Turn): void {
    const isAwake = isAwaited && !tab.isGone && !tab.isFrozen && !tab.isStored;
    const isKept = state === 'open' && technique === 'stream' && sessions(topic) > 0 && isAwake;
    if (isKept) fault(`${topic.key}: a dead link outlives the waking of its page`);
  }

  function liveOf(topic: Topic): Turn[] {
    return topic.turns.filter(({ state, tab }) => state !== 'over' && !tab.isGone);
  }

  /** One for each session, and another of another technique while one is tried beside it. */
  function checkLive({ topic }: Turn): void {
    const live = liveOf(topic);
    const most = sessions(topic);
    for (const technique of ['stream', 'long-poll', 'poll'] as const) {
      const count = live.filter((turn) => turn.technique === technique).length;
      if (count > most) fault(`${topic.key}: ${count} of ${technique} at once`);
    }
    if (live.length > 2 * most) fault(`${topic.key}: ${live.length} requests at once`);
  }

  /** Who has refused a second stream, or paid for it with the first, is never asked for a second again. */
  function checkSeats(turn: Turn): void {
    if (server().traits.seats === 'many' || !turn.topic.takenBy.has(turn.tab)) return;
    const served = liveOf(turn.topic).filter(({ isDeaf }) => !isDeaf);
    if (served.length > 1) fault(`${turn.topic.key}: a second stream once more`);
  }

  function checkPolls({ topic, technique, askedAt, tab }: Turn): void {
    if (technique === 'stream' || sessions(topic) > 1) return;
    const before = topic.turns.filter((turn) => turn.technique === technique).at(-2);
    // Who was refused, and has other credentials now, has had no answer yet.
    if (
      before?.tab !== tab ||
      before.status === 401 ||
      before.endedBy === 'client' ||
      isWished(before.askedAt)
    )
      return;
    const mayFollow = technique === 'long-poll' && before.read > 0;
    if (!mayFollow && askedAt - before.askedAt < POLL_PAUSE) {
      fault(`${topic.key}: a ${technique} ${askedAt - before.askedAt} ms after an empty one`);
    }
    const isRegular =
      technique === 'poll' && before.endedBy === 'server' && before.status < 400 && !before.isEventStream;
    const interval = wasHidden(tab, before) ? HIDDEN_INTERVAL : INTERVAL;
    if (isRegular && askedAt - before.endedAt < interval)
      fault(`${topic.key}: a poll ${askedAt - before.endedAt} ms after another`);
  }

  /** Since an answer came, and until now. */
  function wasHidden({ isHidden, hiddenAt }: Tab, { endedAt }: Turn): boolean {
    return isHidden && hiddenAt < endedAt;
  }

  function checkVain({ topic, askedAt }: Turn): void {
    const since = Math.max(askedAt - WINDOW, begunAt);
    const sinceProof = topic.turns.slice(topic.turns.map(({ read }) => read > 0).lastIndexOf(true) + 1);
    const vain = sinceProof.filter(
      (turn) => turn.endedAt > since && !beside.has(turn) && isVain(turn),
    ).length;
    const wished = wishes.filter((time) => time > since).length;
    if (vain > MOST_IN_VAIN * (mostSessions.get(topic) ?? 1) + wished)
      fault(`${topic.key}: ${vain} attempts in vain within two minutes`);
  }

  function isVain({ technique, status, endedBy, endedAt, askedAt, read, isEventStream }: Turn): boolean {
    if (endedBy === undefined || endedBy === 'client' || read > 0) return false;
    // An empty answer to a poll is one.
    const isAnswer = technique !== 'stream' && !isEventStream && endedBy === 'server' && status < 500;
    return !isAnswer && endedAt - askedAt < HEALTHY;
  }

  function isWished(since: number): boolean {
    return wishes.some((time) => time >= since);
  }

  function mayLeave(turn: Turn): boolean {
    const now = clock.now();
    const { tab, technique, topic, askedAt, state, size } = turn;
    if (tab.isGone || (excused.get(tab) ?? -1) >= now || doubted.get(turn) === now) return true;
    if (technique !== 'stream' || turn.isDeaf || sessions(topic) === 0) return true;
    const { way, knowsPolls } = server().traits;
    // What failed with the last event id may be redirected to where that costs a preflight: it is asked without.
    const before = topic.turns.slice(0, topic.turns.indexOf(turn)).slice(-2 * sessions(topic));
    const hasFailed = before.some(
      (one) => one.status === 0 && one.endedBy === 'network' && one.cursor !== '',
    );
    if (hasFailed && turn.openedAt === now) return true;
    // A server that knows no polls has begun a second stream.
    if ((way !== 'free' && way !== 'limited') || (!knowsPolls && liveOf(topic).length > 1)) return true;
    if (state === 'asked') return now - askedAt >= HEAD;
    return size > 1_000_000 || silenceOf(turn) >= SILENCE;
  }

  /** How long nothing has come although it was waited for. */
  function silenceOf({ isStuck, lastWrite, lastRead }: Turn): number {
    return isStuck ? 0 : clock.now() - Math.max(lastWrite, lastRead);
  }

  function ages(turn: Turn): string {
    const { askedAt, lastWrite, lastRead } = turn;
    const [asked, written, read] = [askedAt, lastWrite, lastRead].map((time) => clock.now() - time);
    return `(asked ${asked} ms ago, written ${written}, read ${read}${turn.isStuck ? ', stuck' : ''})`;
  }
}
