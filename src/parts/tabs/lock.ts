// The lock that decides which tab leads.

/** How often the tab that heard the end looks whether others wait for the lock, each time a way to the browser and back. */
const LOOKS = 100;

export interface TabLock {
  /** Waits for the lock; with `steal`, takes it from whoever has it. Replaces what was asked for before. */
  ask(steal?: boolean): void;
  /** Lets it go, or waits for it no longer. `whenHeard`: not before others have heard the end. */
  leave(whenHeard: boolean): void;
}

export interface TabLockListener {
  granted(): void;
  /** Another tab has taken it by force: this one was frozen, or hung. */
  stolen(): void;
  /** This page may use no locks. */
  refused(error: unknown): void;
}

/** To ask throws where the browser has no locks. */
export function createTabLock(
  { navigator }: Pick<typeof globalThis, 'navigator'>,
  name: string,
  listener: TabLockListener,
): TabLock {
  let awaited: AbortController | undefined; // what was asked for last
  let release: (() => void) | undefined; // lets it go

  return {
    ask(steal = false) {
      awaited?.abort();
      const { signal } = (awaited = new AbortController());
      const granted = (): Promise<void> | undefined => {
        if (signal.aborted) return undefined;
        const held = new Promise<void>((resolve) => (release = resolve));
        listener.granted();
        return held;
      };
      // [spec: Web Locks] `steal` and `signal` exclude each other.
      navigator.locks.request(name, steal ? { steal } : { signal }, granted).catch((error: unknown) => {
        if (signal.aborted) return;
        if ((error as Error).name === 'AbortError') listener.stolen();
        else listener.refused(error);
      });
    },
    leave(whenHeard) {
      const free = release;
      release = undefined;
      awaited?.abort();
      if (free && whenHeard) void freeWhenHeard(free);
      else free?.();
    },
  };

  /** Lets the lock go when nobody waits for it any longer: who were granted it before it hears the end would ask the server once more. */
  async function freeWhenHeard(free: () => void): Promise<void> {
    for (let look = 0; look < LOOKS; look++) {
      const { pending } = await navigator.locks.query().catch(() => ({ pending: [] }));
      if (!pending?.some((lock) => lock.name === name)) break;
    }
    free();
  }
}
