// Commands on their way to the page: one after the other, in slices of time.

import { EnckeError } from '../ground/errors.ts';
import { createRunner } from './apply-command.ts';
import { checkQueueOptions } from './queue-options.ts';
import type { CommandQueue, CommandQueueOptions } from './command.ts';
import { createLine } from './line.ts';
import { isCommand, notACommand, readList } from './read-commands.ts';
import { createSlices } from './slices.ts';

/** How many of those that wait are marked as busy. */
const MOST_MARKED = 1_000;

/**
 * Makes a queue. What is pushed while nothing waits is carried out before `push` returns, as far as the frame budget
 * goes; the rest in the frames to come.
 *
 * @throws EnckeError `invalid-option` for a value outside its bounds, and for an option that does not exist.
 */
export function commandQueue(options: CommandQueueOptions = {}): CommandQueue {
  checkQueueOptions(options);
  const { frameBudget = 8, maxQueue = 50_000, coalesce, ariaBusy } = options;
  const runner = createRunner(options);
  const slices = createSlices(frameBudget, work);
  const line = (coalesce || createLine)(options);
  const busyMarks = ariaBusy ? ariaBusy(options) : undefined;
  let state: 'idle' | 'applying' | 'held' = 'idle'; // held: a command takes its time
  let paused = false;
  let owed = 0; // what came before it is to be carried out, whatever the time
  let current = 0; // how many came before the one at work
  let askers: Asker[] = [];

  return {
    get size() {
      return line.size;
    },
    get done() {
      const due = line.came;
      return when(() => (state === 'idle' ? line.first : current) >= due);
    },
    push,
    pause() {
      paused = true;
      owed = 0;
      rest();
    },
    resume() {
      paused = false;
      work();
    },
    flush() {
      owed = line.came;
      work();
    },
    clear() {
      line.clear();
      rest();
    },
    ready() {
      return line.size < maxQueue / 2 ? undefined : when(() => line.size < maxQueue / 4);
    },
  };

  function push(pushed: unknown): void {
    const blocked = paused || state === 'held';
    const items = readList(pushed);
    const commands = items.filter(isCommand);
    const excess = line.size + 1 - maxQueue; // with the first that comes
    const refused = line.add(commands, blocked ? maxQueue : Infinity);
    if (slices.awaitsFrame) busyMarks?.mark(commands);
    // Only now: who hears of them may push, too, and is to come behind.
    if (commands.length < items.length) {
      for (const item of items) if (!isCommand(item)) runner.report(notACommand(item));
    }
    if (refused > 0) {
      runner.report(new EnckeError('queue-full', `${refused} commands dropped: ${maxQueue} wait already.`));
    }
    if (excess > 0 && !blocked && commands.length > 0) owed = Math.max(owed, line.first + excess);
    if (!slices.awaitsFrame || line.first < owed) work();
  }

  /** Carries out what may be by now. A command at work is not disturbed: what is asked of the queue meanwhile goes on behind it. */
  function work(wasHeld?: unknown): void {
    if (state !== 'idle') return;
    state = 'applying';
    slices.begin(wasHeld === true);
    let held: Promise<void> | undefined;
    while (!held && line.size > 0 && mayGoOn()) held = applyFirst();
    slices.end();
    state = held ? 'held' : 'idle';
    void held?.then(() => {
      state = 'idle';
      work(true);
    });
    rest();
  }

  function mayGoOn(): boolean {
    return line.first < owed || (!paused && slices.hasTime());
  }

  function applyFirst(): Promise<void> | undefined {
    current = line.first;
    const command = line.take();
    return command && runner.apply(command);
  }

  /** Sees to those who wait: the commands, and who asked how far they are. */
  function rest(): void {
    if (state !== 'idle' || paused || line.size === 0) slices.cancel();
    else {
      slices.awaitFrame();
      busyMarks?.mark(line.peek(MOST_MARKED));
    }
    if (state === 'idle' && line.size === 0) busyMarks?.clear();
    askers = askers.filter(({ isTime, resolve }) => !isTime() || resolve());
  }

  function when(isTime: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      askers.push({ isTime, resolve });
      rest();
    });
  }
}

/** Who wants to know when the queue has come so far. */
interface Asker {
  readonly isTime: () => boolean;
  readonly resolve: () => void;
}
