// Commands on their way to the page: one after the other, in slices of time.

import { EnckeError } from '../ground/errors.ts';
import { createRunner } from './apply-command.ts';
import { refuseUnknown, type OptionNames } from '../ground/option-names.ts';
import type { CommandQueue, CommandQueueOptions } from './command.ts';
import { createLine } from './line.ts';
import { isCommand, notACommand, readList } from './read-commands.ts';
import { createSlices } from './slices.ts';

const OPTIONS: OptionNames<CommandQueueOptions> = {
  root: 0,
  verbs: 0,
  functions: 0,
  scripts: 0,
  sanitize: 0,
  select: 0,
  alert: 0,
  navigate: 0,
  beforeApply: 0,
  afterApply: 0,
  onError: 0,
  preserve: 0,
  ariaBusy: 0,
  coalesce: 0,
  frameBudget: 0,
  maxQueue: 0,
};

const NUMBERS = 'frameBudget must be a number above 0, maxQueue one of at least 1.';
const PARTS = 'coalesce must be coalesceByTarget, ariaBusy must be busyMarks; import them from encke.';
const POLICY = 'scripts must be refuseScripts, allowScripts or nonceScripts(nonce).';

/** How many of those that wait are marked as busy. */
const MOST_MARKED = 1_000;

/** Options that are functions. */
const FUNCTIONS = [
  'sanitize',
  'select',
  'alert',
  'navigate',
  'beforeApply',
  'afterApply',
  'onError',
  'preserve',
] as const;

/**
 * Makes a queue. What is pushed while nothing waits is carried out before `push` returns, as far as the frame budget
 * goes; the rest in the frames to come.
 *
 * @throws EnckeError `invalid-option` for a value outside its bounds, and for an option that does not exist.
 */
export function commandQueue(options: CommandQueueOptions = {}): CommandQueue {
  refuseUnknown('commandQueue', options, OPTIONS);
  const { frameBudget = 8, maxQueue = 50_000, coalesce, ariaBusy } = options;
  checkValues({ ...options, frameBudget, maxQueue });
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

/** @throws EnckeError `invalid-option` */
function checkValues({ scripts, verbs = {}, functions = {}, ...rest }: CommandQueueOptions): void {
  const { frameBudget, maxQueue, coalesce, ariaBusy } = rest;
  check(isAtLeast(frameBudget, Number.MIN_VALUE) && isAtLeast(maxQueue, 1), NUMBERS);
  for (const name of FUNCTIONS) check(isFunction(rest[name] ?? check), `${name} must be a function.`);
  for (const part of [coalesce, ariaBusy]) check(!part || isFunction(part), PARTS);
  for (const table of [verbs, functions])
    check(Object(table) === table, 'verbs and functions must be objects.');
  check(Object.values(verbs).every(isFunction), 'Every one of verbs must be a function.');
  check(!scripts || (isFunction(scripts.run) && isFunction(scripts.revive)), POLICY);
}

function check(isRight: boolean, sentence: string): void {
  if (!isRight) throw new EnckeError('invalid-option', sentence);
}

/** Text and NaN are not. */
function isAtLeast(value: unknown, least: number): boolean {
  return typeof value === 'number' && value >= least;
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

/** Who wants to know when the queue has come so far. */
interface Asker {
  readonly isTime: () => boolean;
  readonly resolve: () => void;
}
