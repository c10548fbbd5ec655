// What a transport may leave behind in a page: timers, listeners, nodes, its page function.

export interface ResidueWatch {
  /** A line for each thing that is there now and was not there when the watch began. */
  residue(): string[];
  end(): void;
}

type Globals = Record<string, unknown>;

/** Wraps the global functions that make timers and listeners; the runner itself must not use them meanwhile. */
export function watchResidue(): ResidueWatch {
  const page = globalThis as unknown as Globals;
  const undo: (() => void)[] = [];
  const timers = new Map<unknown, string>();
  const listeners = new Set<{ line: string; key: unknown[]; signal: AbortSignal | undefined }>();
  const nodesBefore = nodes();

  wrap('setTimeout', (original, [callback, ...rest]) => {
    const timer: unknown = original(
      () => {
        timers.delete(timer);
        (callback as () => void)();
      },
      ...rest,
    );
    if (isOurs()) timers.set(timer, `a timeout of ${Number(rest[0] ?? 0)} ms`);
    return timer;
  });
  wrap('setInterval', (original, values) => {
    const timer: unknown = original(...values);
    if (isOurs()) timers.set(timer, `an interval of ${String(values[1])} ms`);
    return timer;
  });
  for (const name of ['clearTimeout', 'clearInterval']) {
    wrap(name, (original, [timer]) => {
      timers.delete(timer);
      return original(timer);
    });
  }
  wrap('addEventListener', (original, values) => {
    const { signal } = (values[2] ?? {}) as { signal?: AbortSignal };
    listeners.add({ line: `a listener for ${String(values[0])}`, key: values.slice(0, 2), signal });
    return original(...values);
  });
  wrap('removeEventListener', (original, values) => {
    for (const known of listeners)
      if (known.key.every((part, at) => part === values[at])) listeners.delete(known);
    return original(...values);
  });

  return {
    residue: () => [
      ...timers.values(),
      ...[...listeners].filter(({ signal }) => !signal?.aborted).map(({ line }) => line),
      ...nodes().filter((node) => !nodesBefore.includes(node)),
      ...('enckeReceive' in page ? ['the page function'] : []),
    ],
    end() {
      for (const restore of undo) restore();
    },
  };

  function wrap(name: string, replacement: (original: Caller, values: unknown[]) => unknown): void {
    const original = page[name];
    if (typeof original !== 'function') return;
    const call: Caller = (...values) => Reflect.apply(original, globalThis, values) as unknown;
    page[name] = (...values: unknown[]) => replacement(call, values);
    undo.push(() => {
      page[name] = original;
    });
  }
}

/** Node's fetch has timers of its own, and so has the driver of a browser: only those of the transports count. */
function isOurs(): boolean {
  return /\/src\/transports\/|\/transports\.js/.test(new Error().stack ?? '');
}

type Caller = (...values: unknown[]) => unknown;

function nodes(): string[] {
  if (typeof document === 'undefined') return [];
  return [...document.querySelectorAll('iframe, form, input')].map((node) => node.outerHTML);
}
