// Commands that wait, of which a later one takes the place of an earlier one.

import { nameOf } from './coalesce.ts';
import type { Command, CommandLine, CommandQueueOptions } from './command.ts';
import { createLine } from './line.ts';

/** How long commands are looked at when they come, in milliseconds. */
const BUDGET = 4;

/** How many are looked at whenever one leaves. */
const LOOKS = 20;

/** Links rather than a list: wherever one leaves, the others stay where they are and nothing of it is left. */
interface Link {
  readonly command: Command;
  readonly number: number;
  readonly name: string | undefined;
  readonly stays: boolean; // whatever comes
  before: Link;
  behind: Link;
}

/**
 * For the option `coalesce`: a later html, attr or css command takes the place of a waiting one with the same target
 * and key, if the page ends up the same. With `beforeApply` it leaves out nothing: a command that is skipped must not have
 * driven out another.
 */
export function coalesceByTarget({ beforeApply, verbs }: CommandQueueOptions): CommandLine {
  const unseen = createLine(); // came behind all in the ring, and have not been looked at
  if (beforeApply) return unseen;
  const latest = new Map<string, Link>(); // of each name, since the last command without one
  const end = {} as Link; // closes the ring: behind it is the first, before it the last
  let came = 0;
  let size = 0; // of the ring
  clear();

  return {
    get size() {
      return size + unseen.size;
    },
    get came() {
      return came;
    },
    get first() {
      return end.behind === end ? came - unseen.size : end.behind.number;
    },
    add(commands, most) {
      const deadline = performance.now() + BUDGET;
      let refused = 0;
      look(Infinity, deadline);
      for (const command of commands) {
        const room = size + unseen.size < most;
        if (unseen.size === 0 && performance.now() < deadline) {
          if (enter(command, came, room)) came++;
          else refused++;
        } else if (room) came += 1 - unseen.add([command], most);
        else refused++;
      }
      return refused;
    },
    take() {
      look(LOOKS, Infinity);
      const first = end.behind;
      if (first === end) return undefined;
      remove(first);
      if (first.name && latest.get(first.name) === first) latest.delete(first.name);
      return first.command;
    },
    clear,
    peek(count) {
      const commands: Command[] = [];
      for (let link = end.behind; link !== end && commands.length < count; link = link.behind)
        commands.push(link.command);
      return commands;
    },
  };

  /** Moves into the ring what has not been looked at. */
  function look(most: number, deadline: number): void {
    for (let looks = 0; looks < most && unseen.size > 0 && performance.now() < deadline; looks++) {
      const number = came - unseen.size;
      const command = unseen.take();
      if (command) enter(command, number, true);
    }
  }

  /** Puts one at the end of the ring, if there is room or it takes the place of another. */
  function enter(command: Command, number: number, room: boolean): boolean {
    const name = nameOf(command, verbs);
    const earlier = name ? latest.get(name) : undefined;
    if (earlier && !earlier.stays) remove(earlier);
    else if (!room) return false;
    // By the first a declaration has its place among the others.
    const stays = !earlier && command.type === 'css';
    const link = { command, number, name, stays, before: end.before, behind: end };
    end.before = end.before.behind = link;
    size++;
    if (name) latest.set(name, link);
    else if (name === undefined) latest.clear();
    return true;
  }

  function remove({ before, behind }: Link): void {
    before.behind = behind;
    behind.before = before;
    size--;
  }

  function clear(): void {
    unseen.clear();
    latest.clear();
    end.before = end.behind = end;
    size = 0;
  }
}
