// A browser in memory: tabs that share a clock, locks and channels, and can close, crash, freeze and be put away.

import { createClient } from '../../src/all-parts.ts';
import type { EnckeError } from '../../src/ground/errors.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import type { Message } from '../../src/ground/message.ts';
import type { Resync, StateChange, SubscribeOptions, TransportChange } from '../../src/options.ts';
import type { Subscription } from '../../src/client.ts';
import type { Environment } from '../../src/session/environment.ts';
import type { PageEvent } from '../../src/session/page-lifecycle.ts';
import {
  memoryTransport,
  virtualEnvironment,
  type MemoryConnection,
  type MemoryTransport,
} from '../../src/testing.ts';

export interface Tab {
  readonly messages: Message[];
  readonly states: StateChange[];
  readonly changes: TransportChange[];
  readonly errors: EnckeError[];
  readonly gaps: Resync[];
  /** Its requests. */
  readonly transport: MemoryTransport;
  /** Records, too, what its handlers hear. */
  subscribe(options?: SubscribeOptions): Subscription;
  /** How many watch its page. */
  readonly watchers: number;
  tell(event: PageEvent): Promise<void>;
  readonly isFrozen: boolean;
  /** From now on its code does not run, and what comes to it waits. */
  freeze(): void;
  thaw(): Promise<void>;
  /** It is gone, and the browser frees what it held. */
  crash(): Promise<void>;
}

export interface MemoryBrowser {
  open(options?: TabOptions): Tab;
  /** The requests of all tabs that neither side has ended, the oldest first. */
  readonly live: readonly MemoryConnection[];
  /** Those of them whose tabs are not frozen. */
  readonly awake: readonly MemoryConnection[];
  /** All requests of all tabs. */
  readonly requests: readonly MemoryConnection[];
  /** How many locks are held or asked for, channels open, timers set. */
  readonly left: { readonly locks: number; readonly channels: number; readonly timers: number };
  advance(milliseconds: number): Promise<void>;
  settle(): Promise<void>;
}

export interface TabOptions {
  readonly transport?: MemoryTransport;
  /** In the place of its locks and channels. */
  readonly tabs?: Meeting;
}

export type Meeting = NonNullable<Environment['tabs']>;

/** What the browser knows of a tab. */
export interface Process {
  /** Runs it as a task of this tab, unless that is gone. */
  task(run: () => void): void;
  isGone(): boolean;
}

/** @param slowness how many turns later messages arrive than locks are granted */
export function memoryBrowser(slowness = 0): MemoryBrowser {
  const clock = virtualEnvironment();
  const meetings = createMeetings(slowness);
  const tabs: Tab[] = [];
  const gone = new Set<Tab>();

  return {
    open,
    get requests() {
      return requestsOf(tabs);
    },
    get live() {
      return requestsOf(tabs.filter((tab) => !gone.has(tab))).filter(({ live }) => live);
    },
    get awake() {
      return requestsOf(tabs.filter((tab) => !gone.has(tab) && !tab.isFrozen)).filter(({ live }) => live);
    },
    get left() {
      return { ...meetings.left, timers: clock.timers };
    },
    advance: clock.advance,
    // What one tab tells another takes a turn of each.
    settle: () => clock.advance(0),
  };

  function open({ transport = memoryTransport(), tabs: meeting }: TabOptions = {}): Tab {
    const number = tabs.length + 1;
    const { process, ...fate } = createProcess();
    const page = virtualEnvironment();
    const environment: Environment = {
      ...clock,
      setTimer(callback, milliseconds) {
        // [spec: HTML, "timer initialization steps"] One that is cleared does not run, even if its task waits already.
        let isCleared = false;
        const run = (): void => {
          if (!isCleared) callback();
        };
        const stop = clock.setTimer(() => process.task(run), milliseconds);
        return () => {
          isCleared = true;
          stop();
        };
      },
      random: () => number / 1_000,
      page: page.page,
      storage: page.storage,
      tabs: meeting ?? meetings.of(process),
    };
    const client = createClient({
      transports: [transport],
      formats: [eventStream],
      environment,
    });
    const tab: Tab = {
      messages: [],
      states: [],
      changes: [],
      errors: [],
      gaps: [],
      transport,
      subscribe: (options) =>
        client.subscribe('/events', {
          share: 'tabs',
          onMessage: (message) => tab.messages.push(message),
          onState: (change) => tab.states.push(change),
          onTransport: (change) => tab.changes.push(change),
          onError: (error) => tab.errors.push(error),
          onResync: (gap) => tab.gaps.push(gap),
          ...options,
        }),
      get watchers() {
        return page.watchers;
      },
      async tell(event) {
        await page.tell(event);
        await clock.advance(0);
      },
      get isFrozen() {
        return fate.isFrozen();
      },
      freeze: fate.freeze,
      async thaw() {
        fate.thaw();
        await clock.advance(0);
      },
      async crash() {
        fate.end();
        gone.add(tab);
        meetings.free(process);
        await clock.advance(0);
      },
    };
    tabs.push(tab);
    return tab;
  }
}

/** Where the tabs of a browser meet. */
export interface Meetings {
  of(process: Process): Meeting;
  /** How many locks are held or asked for, and how many channels are open. */
  readonly left: { readonly locks: number; readonly channels: number };
  /** A tab is gone, and so is all that it held. */
  free(process: Process): void;
}

/** @param slowness how many turns later messages arrive than locks are granted */
export function createMeetings(slowness: number): Meetings {
  const locks = createLocks();
  const channels = createChannels(slowness);
  return {
    of(process) {
      const navigator = { locks: { ...locks, request: locks.request.bind(undefined, process) } };
      const BroadcastChannel = function (name: string) {
        return channels.open(process, name);
      };
      return { navigator, BroadcastChannel } as unknown as Meeting;
    },
    get left() {
      return { locks: locks.count, channels: channels.count };
    },
    free: locks.free,
  };
}

export interface Fate {
  isFrozen(): boolean;
  freeze(): void;
  thaw(): void;
  end(): void;
}

function requestsOf(tabs: readonly Tab[]): MemoryConnection[] {
  return tabs.flatMap(({ transport }) => transport.connections);
}

export function createProcess(): Fate & { readonly process: Process } {
  const due: (() => void)[] = []; // in order, also across a freeze
  let isFrozen = false;
  let isGone = false;
  const process: Process = {
    isGone: () => isGone,
    task(run) {
      due.push(run);
      queueMicrotask(runNext);
    },
  };
  return {
    process,
    isFrozen: () => isFrozen,
    freeze() {
      isFrozen = true;
    },
    thaw() {
      isFrozen = false;
      for (let count = due.length; count > 0; count--) queueMicrotask(runNext);
    },
    end() {
      isGone = true;
    },
  };

  function runNext(): void {
    if (!isFrozen && !isGone) due.shift()?.();
  }
}

/** One request for a lock, waiting or holding it. */
interface LockEntry {
  readonly process: Process;
  readonly name: string;
  readonly granted: () => unknown;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Locks {
  readonly count: number;
  request(
    process: Process,
    name: string,
    options: LockOptions,
    granted: LockEntry['granted'],
  ): Promise<unknown>;
  query(): Promise<LockManagerSnapshot>;
  /** All that a process holds or asks for. */
  free(process: Process): void;
}

/** Exclusive locks as in [spec: Web Locks]: granted in the order of asking, each in a task of its tab. */
function createLocks(): Locks {
  let held: LockEntry[] = [];
  let asked: LockEntry[] = [];

  return {
    get count() {
      return held.length + asked.length;
    },
    request: (process, name, { signal, steal = false }, granted) =>
      new Promise<void>((resolve, reject) => {
        // What waits for a promise goes on in this process, also of a tab that is gone.
        if (process.isGone()) return;
        const entry = { process, name, granted, resolve, reject };
        if (steal) rob(name);
        asked = steal ? [entry, ...asked] : [...asked, entry];
        signal?.addEventListener('abort', () => {
          if (!asked.includes(entry)) return;
          asked = asked.filter((other) => other !== entry);
          reject(signal.reason as Error);
        });
        grant(name);
      }),
    query: async () => ({
      held: held.map(({ name }) => ({ name })),
      pending: asked.map(({ name }) => ({ name })),
    }),
    free(process) {
      const names = held.filter((entry) => entry.process === process).map(({ name }) => name);
      held = held.filter((entry) => entry.process !== process);
      asked = asked.filter((entry) => entry.process !== process);
      for (const name of names) grant(name);
    },
  };

  function rob(name: string): void {
    for (const entry of held.filter((other) => other.name === name)) {
      entry.process.task(() => entry.reject(new DOMException('The lock was stolen.', 'AbortError')));
    }
    held = held.filter((other) => other.name !== name);
  }

  function grant(name: string): void {
    const entry = asked.find((other) => other.name === name);
    if (!entry || held.some((other) => other.name === name)) return;
    asked = asked.filter((other) => other !== entry);
    held = [...held, entry];
    entry.process.task(() => {
      void Promise.resolve(entry.granted()).then(() => {
        if (!held.includes(entry)) return;
        held = held.filter((other) => other !== entry);
        entry.resolve();
        grant(name);
      });
    });
  }
}

interface MemoryChannel {
  onmessage?: (event: { data: unknown }) => void;
  postMessage(data: unknown): void;
  close(): void;
}

interface Channels {
  /** How many are open. */
  readonly count: number;
  open(process: Process, name: string): MemoryChannel;
}

function createChannels(slowness: number): Channels {
  const opened = new Map<MemoryChannel, { readonly process: Process; readonly name: string }>();
  return {
    get count() {
      return [...opened.values()].filter(({ process }) => !process.isGone()).length;
    },
    open(process, name) {
      const channel: MemoryChannel = {
        postMessage(data) {
          const copy: unknown = structuredClone(data);
          for (const [other, { process: receiver, name: its }] of opened) {
            if (other === channel || its !== name) continue;
            const deliver = (): void => {
              if (opened.has(other)) other.onmessage?.({ data: copy });
            };
            void turns(slowness).then(() => receiver.task(deliver));
          }
        },
        close: () => void opened.delete(channel),
      };
      opened.set(channel, { process, name });
      return channel;
    },
  };
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}
