// The commands that wait: first come, first served, unless a later one takes the place of an earlier one.

import type { Command } from './command.ts';

export interface Line {
  readonly size: number;
  /** Puts one at the end, unless there is no room. It says whether it did. */
  add(command: Command, room: boolean): boolean;
  /** The first, which leaves. */
  take(): Command | undefined;
  forEach(visit: (command: Command) => void): void;
}

/** Links rather than an array: wherever one leaves, the others stay where they are and nothing of it is left. */
interface Link {
  readonly command: Command;
  readonly name: string | undefined;
  readonly stays: boolean; // whatever comes
  before: Link;
  behind: Link;
}

/**
 * Gives the same name to commands of which a later one makes an earlier one superfluous, and `''` to one that is
 * neither. One without a name separates those before it from those behind.
 */
export type NameCommand = (command: Command) => string | undefined;

export function createLine(nameOf?: NameCommand): Line {
  const latest = new Map<string, Link>(); // of each name, since the last command without one
  const end = {} as Link; // closes the ring: behind it is the first, before it the last
  end.before = end.behind = end;
  let size = 0;

  return {
    get size() {
      return size;
    },
    add(command, room) {
      const name = nameOf?.(command);
      const earlier = name ? latest.get(name) : undefined;
      if (earlier && !earlier.stays) remove(earlier);
      else if (!room) return false;
      // By the first a declaration has its place among the others.
      const stays = !earlier && command.type === 'css';
      const link = { command, name, stays, before: end.before, behind: end };
      end.before = end.before.behind = link;
      size++;
      if (name) latest.set(name, link);
      else if (nameOf && name === undefined) latest.clear();
      return true;
    },
    take() {
      const first = end.behind;
      if (first === end) return undefined;
      remove(first);
      if (first.name && latest.get(first.name) === first) latest.delete(first.name);
      return first.command;
    },
    forEach(visit) {
      for (let link = end.behind; link !== end; link = link.behind) visit(link.command);
    },
  };

  function remove({ before, behind }: Link): void {
    before.behind = behind;
    behind.before = before;
    size--;
  }
}
