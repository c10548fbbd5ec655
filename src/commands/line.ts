// The commands that wait: first come, first served.

import type { Command, CommandLine } from './command.ts';

/** Two lists, of which only ends are touched: nothing is moved when one leaves, and nothing of it is left. */
export function createLine(): CommandLine {
  let front: Command[] = []; // the first is at the end
  let back: Command[] = [];
  let came = 0;
  const size = (): number => front.length + back.length;

  return {
    get size() {
      return size();
    },
    get came() {
      return came;
    },
    get first() {
      return came - size();
    },
    add(commands, most) {
      const room = Math.max(0, most - size());
      const taken = room < commands.length ? commands.slice(0, room) : commands;
      for (const command of taken) back.push(command);
      came += taken.length;
      return commands.length - taken.length;
    },
    take() {
      if (front.length === 0) {
        front = back.reverse();
        back = [];
      }
      return front.pop();
    },
    clear() {
      front = [];
      back = [];
    },
    peek: (count) => [...front.slice(-count).reverse(), ...back.slice(0, count)],
  };
}
