// Options whose functions call the latest ones.

/** The options of one connection, as they are now. */
export interface Latest<Options> {
  options: Options;
  /** Nobody may hear of the connection any more. */
  isOver?: boolean;
}

/** What to connect with: the options, and these functions of ours in the place of theirs. */
export function latestOf(latest: Latest<object>, own: object): object {
  const { initial, reduce, ...options } = follow(() => ({ ...latest.options, ...own }));
  return options;

  function follow(now: () => object): Record<string, unknown> {
    const followed = Object.entries(now()).map(([name, value]: [string, unknown]) => {
      const member = (): unknown => (now() as Record<string, unknown>)[name];
      if (typeof value === 'function') {
        return [name, (...given: never[]) => latest.isOver || (member() as AnyFunction)(...given)];
      }
      return [name, name === 'on' && value ? follow(member as () => object) : value];
    });
    return Object.fromEntries(followed) as Record<string, unknown>;
  }
}

type AnyFunction = (...given: never[]) => unknown;
