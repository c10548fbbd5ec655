// A browser whose time stands still until it is told to pass: tabs that are frozen, put away, thrown away and loaded anew.

import type { Environment, PageEvent } from '../../src/index.ts';
import { virtualEnvironment } from '../../src/testing.ts';
import { createMeetings, createProcess } from '../session/tabs.ts';
import type { Random } from '../tools/random.ts';

/** Time, for those who are outside of the page: the network and the servers. */
export interface Clock {
  now(): number;
  /** Calls back when so much time has passed, whether the machine of the page sleeps or not. */
  after(milliseconds: number, act: () => void): void;
}

export interface Browser extends Clock {
  open(options: TabOptions): Tab;
  advance(milliseconds: number): Promise<void>;
  /** The machine sleeps: the rest of the world goes on. */
  sleep(milliseconds: number): Promise<void>;
  readonly isAsleep: boolean;
  /** Lets happen what is due now. */
  settle(): Promise<void>;
  /** What is left of all tabs that are not gone. */
  readonly left: {
    readonly timers: number;
    readonly watchers: number;
    readonly locks: number;
    readonly channels: number;
  };
}

export interface TabOptions {
  readonly random: Random;
  fetch(tab: Tab): typeof fetch;
  /** What the tab was before it was loaded anew: its storage is left. */
  readonly before?: Tab | undefined;
}

export interface Tab {
  readonly environment: Environment;
  readonly isFrozen: boolean;
  readonly isGone: boolean;
  readonly isStored: boolean;
  readonly isHidden: boolean;
  /** When it was hidden last. */
  readonly hiddenAt: number;
  tell(event: PageEvent): Promise<void>;
  /** Runs it when the code of the page runs. */
  run(act: () => void): void;
  /** The process is ended without a word. */
  crash(): Promise<void>;
}

interface Timer {
  readonly due: number;
  readonly fire: () => void;
}

export function createBrowser(): Browser {
  const clock = virtualEnvironment();
  const meetings = createMeetings(0);
  const tabs: { readonly tab: Tab; readonly timers: Set<Timer>; watchers(): number }[] = [];
  const outside = new Set<Timer>(); // timers of the network and the servers
  let asleep: number | undefined; // the time, while the machine sleeps

  const browser: Browser = {
    now,
    after(milliseconds, act) {
      outside.add({ due: now() + milliseconds, fire: act });
    },
    open,
    get isAsleep() {
      return asleep !== undefined;
    },
    async advance(milliseconds) {
      await settle();
      const end = now() + milliseconds;
      for (let due = earliest(end); due !== undefined; due = earliest(end)) {
        await clock.advance(Math.max(0, due - now()));
        fireOutside(due);
        await settle();
      }
      await clock.advance(end - now());
      await settle();
    },
    async sleep(milliseconds) {
      await settle();
      const end = now() + milliseconds;
      asleep = now();
      for (let due = firstOf(outside, end); due !== undefined; due = firstOf(outside, end)) {
        asleep = due;
        fireOutside(due);
      }
      asleep = end;
      await clock.sleep(milliseconds);
      asleep = undefined;
      await settle();
    },
    settle,
    get left() {
      const here = tabs.filter(({ tab }) => !tab.isGone);
      return {
        timers: here.reduce((sum, { timers }) => sum + timers.size, 0),
        watchers: here.reduce((sum, { watchers }) => sum + watchers(), 0),
        ...meetings.left,
      };
    },
  };
  return browser;

  function now(): number {
    return asleep ?? clock.now();
  }

  function fireOutside(time: number): void {
    for (const timer of outside) {
      if (timer.due > time) continue;
      outside.delete(timer);
      timer.fire();
    }
  }

  function earliest(end: number): number | undefined {
    const dues = [outside, ...tabs.map(({ timers }) => timers)].map((timers) => firstOf(timers, end));
    const known = dues.filter((due) => due !== undefined);
    return known.length > 0 ? Math.min(...known) : undefined;
  }

  function open({ random, fetch, before }: TabOptions): Tab {
    const { process, ...fate } = createProcess();
    const page = virtualEnvironment();
    const timers = new Set<Timer>();
    let isGone = false;
    let isStored = false;
    let isHidden = false;
    let hiddenAt = Infinity;
    const environment: Environment = {
      ...clock,
      random,
      page: page.page,
      fetch: (input, init) => fetch(tab)(input, init),
      storage: before?.environment.storage ?? page.storage,
      tabs: meetings.of(process),
      setTimer(callback, milliseconds) {
        let isSet = true;
        const timer: Timer = {
          due: clock.now() + milliseconds,
          fire() {
            if (isSet) callback();
          },
        };
        timers.add(timer);
        const stop = clock.setTimer(() => {
          // What is due while the page is frozen waits, and is no longer due.
          timers.delete(timer);
          run(timer.fire);
        }, milliseconds);
        return () => {
          isSet = false;
          timers.delete(timer);
          stop();
        };
      },
    };
    const tab: Tab = {
      environment,
      get isFrozen() {
        return fate.isFrozen();
      },
      get isGone() {
        return isGone;
      },
      get isStored() {
        return isStored;
      },
      get isHidden() {
        return isHidden;
      },
      get hiddenAt() {
        return hiddenAt;
      },
      async tell(event) {
        if (event === 'hidden' || event === 'visible') isHidden = event === 'hidden';
        if (event === 'hidden') hiddenAt = clock.now();
        if (event === 'stored' || event === 'restored') isStored = event === 'stored';
        if (event === 'resumed') fate.thaw();
        await page.tell(event);
        await settle();
        if (event === 'frozen') fate.freeze();
      },
      run,
      async crash() {
        isGone = true;
        timers.clear();
        fate.end();
        meetings.free(process);
        await settle();
      },
    };
    tabs.push({ tab, timers, watchers: () => page.watchers });
    return tab;

    function run(act: () => void): void {
      // A task of a page that does not stand still needs no turn of its own.
      if (fate.isFrozen() || isGone) process.task(act);
      else act();
    }
  }
}

function firstOf(timers: ReadonlySet<Timer>, end: number): number | undefined {
  let first: number | undefined;
  for (const { due } of timers) if (due <= end && (first === undefined || due < first)) first = due;
  return first;
}

/** Bodies of responses are read in more turns than can be counted; all of them are over when a task is. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
