// The page's side of the command bench: steps, each of which is timed from outside.

import type { Command } from '../../src/commands/command.ts';
import { makeClient, takeCounted } from './commands-clients.ts';
import { makeCommands, makeTargets } from './commands-list.ts';
import type { Batches, CommandClientName } from './commands.ts';

export interface CommandBench {
  /** Applies all batches, each at once. */
  applyAll(): void;
  /** Hands in one batch after the other, each at its time, and gives the milliseconds until all are applied. */
  handInAll(): Promise<number>;
  /** The targets as they were, and a moment to clear away what the step before left behind. */
  resetPage(): Promise<void>;
  /** What the targets hold and are, and which calls came. It must be the same whoever applied the commands. */
  readPage(): string;
  /** Milliseconds from each click so far to its handler. */
  readDelays(): number[];
}

export function makeCommandBench(
  name: CommandClientName,
  { list, count, size, interval }: Batches,
): CommandBench {
  const client = makeClient(name);
  const batches = inBatches(makeCommands(list, count), size);
  const applied = batches.map(client.applyNow);
  const handedIn = batches.map(client.handIn);
  const delays: number[] = [];
  document.addEventListener('click', (event) => delays.push(performance.now() - event.timeStamp));
  return {
    applyAll() {
      for (const apply of applied) apply();
    },
    async handInAll() {
      const begin = performance.now();
      await runOnTime(handedIn, interval);
      await client.settled();
      return performance.now() - begin;
    },
    async resetPage() {
      stage().innerHTML = makeTargets();
      takeCounted();
      await pause(50);
    },
    readPage: () => JSON.stringify([[...stage().children].map(readTarget), takeCounted()]),
    readDelays: () => delays,
  };
}

function inBatches(commands: readonly Command[], size: number): Command[][] {
  return Array.from({ length: Math.ceil(commands.length / size) }, (_, n) =>
    commands.slice(n * size, (n + 1) * size),
  );
}

/** Those that are late run as soon as the page comes to it, as the chunks of a stream would. */
function runOnTime(runs: readonly (() => void)[], interval: number): Promise<void> {
  const begin = performance.now();
  let next = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      for (const due = (performance.now() - begin) / interval; next < Math.min(due, runs.length); next++) {
        runs[next]?.();
      }
      if (next === runs.length) {
        clearInterval(timer);
        resolve();
      }
    }, interval);
  });
}

function readTarget(target: Element): unknown[] {
  // In an order of ours: a style set by property takes its place among the attributes whenever somebody looks.
  const attributes = target.getAttributeNames().sort();
  const field = target instanceof HTMLInputElement ? [target.value, target.disabled] : [];
  return [attributes.map((name) => [name, target.getAttribute(name)]), target.innerHTML, ...field];
}

function stage(): Element {
  return document.querySelector('main') ?? document.body;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
