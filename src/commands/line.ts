// The commands that wait: first come, first served, unless one takes the place of another.

import type { Command } from './command.ts';

export interface Line {
  readonly size: number;
  /** Puts one at the end, unless there is no room. It says whether it did. */
  add(command: Command, room: boolean): boolean;
  /** The first, which leaves. */
  take(): Command | undefined;
  forEach(visit: (command: Command) => void): void;
}

/** What a command is known by: the earlier one that is known by the same makes no difference any more, and is dropped. */
export type NameCommand = (command: Command, isTaken: (name: string) => boolean) => string | undefined;

/** Links rather than an array: wherever one leaves, the others stay where they are, and nothing of it is left. */
interface Link {
  readonly command: Command;
  readonly name: string | undefined;
  before: Link;
  behind: Link;
}

export function createLine(nameOf?: NameCommand): Line {
  const links = new Map<string, Link>(); // those with a name
  const end = {} as Link; // a ring: behind it is the first, before it the last
  end.before = end.behind = end;
  let size = 0;

  return {
    get size() {
      return size;
    },
    add(command, room) {
      const name = nameOf?.(command, isTaken);
      const earlier = name && links.get(name);
      if (earlier) remove(earlier);
      else if (!room) return false;
      const link = { command, name, before: end.before, behind: end };
      end.before = end.before.behind = link;
      if (name) links.set(name, link);
      size++;
      return true;
    },
    take() {
      const first = end.behind;
      if (size > 0) remove(first);
      return first.command;
    },
    forEach(visit) {
      for (let link = end.behind; link !== end; link = link.behind) visit(link.command);
    },
  };

  function isTaken(name: string): boolean {
    return links.has(name);
  }

  function remove({ name, before, behind }: Link): void {
    before.behind = behind;
    behind.before = before;
    if (name) links.delete(name);
    size--;
  }
}
