// Time as a test wants it: a clock that only commands move on, and frames, timers and messages that come when told.

import { vi } from 'vitest';

const FRAME = 16;

export interface World {
  /** Moves the clock on. Nothing is called. */
  spend(milliseconds: number): void;
  /** The next frame comes. */
  frame(): void;
  /** So much time passes without a frame: the timers that are due are called. */
  wait(milliseconds: number): void;
  /** Messages arrive. */
  deliver(): void;
  hide(hidden: boolean): void;
  /** What would still call back, by kind, where there is any. */
  readonly leftovers: Record<string, number>;
}

/** For a file with a document. `vi.unstubAllGlobals()` and `vi.restoreAllMocks()` end it. */
export function createWorld(): World {
  let now = 1_000;
  let handle = 0;
  const frames = new Map<number, FrameRequestCallback>();
  const timers = new Map<number, { callback: () => void; due: number }>();
  const ports = new Set<FakePort>();
  const listeners = new Set<unknown>();
  const microtasks: (() => void)[] = [];

  class FakePort {
    onmessage: ((event: unknown) => void) | null = null;
    other: FakePort | undefined;
    arriving = 0;
    constructor() {
      ports.add(this);
    }
    postMessage(): void {
      if (this.other) this.other.arriving++;
    }
    close(): void {
      ports.delete(this);
      if (this.other) ports.delete(this.other);
    }
  }

  vi.spyOn(performance, 'now').mockImplementation(() => now);
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    frames.set(++handle, callback);
    return handle;
  });
  vi.stubGlobal('queueMicrotask', (callback: () => void) => microtasks.push(callback));
  vi.stubGlobal('cancelAnimationFrame', (frame: number) => frames.delete(frame));
  vi.stubGlobal('setTimeout', (callback: () => void, milliseconds = 0) => {
    timers.set(++handle, { callback, due: now + milliseconds });
    return handle;
  });
  vi.stubGlobal('clearTimeout', (timer: number) => timers.delete(timer));
  vi.stubGlobal(
    'MessageChannel',
    class {
      port1 = new FakePort();
      port2 = new FakePort();
      constructor() {
        this.port1.other = this.port2;
        this.port2.other = this.port1;
      }
    },
  );
  const { addEventListener, removeEventListener } = document;
  vi.spyOn(document, 'addEventListener').mockImplementation((type, listener, options) => {
    listeners.add(listener);
    addEventListener.call(document, type, listener, options);
  });
  vi.spyOn(document, 'removeEventListener').mockImplementation((type, listener, options) => {
    listeners.delete(listener);
    removeEventListener.call(document, type, listener, options);
  });

  return {
    spend(milliseconds) {
      now += milliseconds;
    },
    frame() {
      endTask();
      now += FRAME;
      const due = [...frames.values()];
      frames.clear();
      for (const callback of due) callback(now);
    },
    wait(milliseconds) {
      endTask();
      now += milliseconds;
      for (const [timer, { callback, due }] of [...timers]) {
        if (due <= now && timers.delete(timer)) callback();
      }
    },
    deliver() {
      endTask();
      for (const port of [...ports]) {
        for (; port.arriving > 0 && ports.has(port); port.arriving--) port.onmessage?.({});
      }
    },
    hide(hidden) {
      endTask();
      vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
      document.dispatchEvent(new Event('visibilitychange'));
    },
    get leftovers() {
      endTask();
      const sizes = { frames, timers, ports, listeners };
      const counts = Object.entries(sizes).map(([kind, { size }]) => [kind, size] as const);
      return Object.fromEntries(counts.filter(([, size]) => size > 0));
    },
  };

  function endTask(): void {
    for (const callback of microtasks.splice(0)) callback();
  }
}
