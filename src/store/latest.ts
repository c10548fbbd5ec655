// Options whose functions call the latest ones.

/** The options of one connection, as they are now. */
export interface Latest<Options> {
  options: Options;
  /** Nobody may hear of the connection any more. */
  isOver?: boolean;
}

/** What to connect with: the options, and these functions of ours in the place of theirs. */
export function latestOf(latest: Latest<object>, own: object): object {
  const { initial, reduce, ...options } = follow(() => ({ ...latest.options, ...own }), /^on|^until/);
  return options;

  /** @param handlers the names of those that are not called where they are not given any more; of other functions the last one stays */
  function follow(now: () => object, handlers: RegExp): Members {
    const followed = Object.entries(now()).map(([name, value]: [string, unknown]) => {
      const member = (): unknown => (now() as Members | undefined)?.[name];
      if (typeof value !== 'function') {
        return [name, name === 'on' && value ? follow(member as () => object, /^/) : value];
      }
      let last = value as AnyFunction;
      const current = (): AnyFunction | undefined => {
        const next = member();
        if (typeof next === 'function') last = next as AnyFunction;
        else if (handlers.test(name)) return undefined;
        return last;
      };
      const follower = (...given: never[]): unknown => latest.isOver || current()?.(...given);
      // Credentials are refreshed once for each function, which is the caller's and not this one.
      return [name, Object.assign(follower, { valueOf: () => current() ?? follower })];
    });
    return Object.fromEntries(followed) as Members;
  }
}

type Members = Record<string, unknown>;
type AnyFunction = (...given: never[]) => unknown;
