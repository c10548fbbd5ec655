// What a server may ask of the page, and what carries it out.

import type { EnckeError } from '../ground/errors.ts';

/** One command off the wire. Its `type` names the verb; its other keys belong to the verb. */
export interface Command {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Where HTML goes: in the place of what an element holds, behind it, or before it. */
export type Placement = 'replace' | 'append' | 'prepend';

/**
 * Carries out the commands of one type. What it throws is reported with the command, and the queue goes on.
 * Where it returns a promise the next command waits for it.
 */
export type Verb = (command: Command, page: CommandPage) => void | Promise<void>;

/** The page, as verbs may touch it. */
export interface CommandPage {
  /**
   * Every element that the selector names. Where there is none, that is reported as `no-target`.
   *
   * @throws EnckeError `selector` when it cannot be parsed.
   */
  select(selector: unknown): readonly Element[];
  /** The one door for HTML: through the sanitizer and the Trusted Types policy, its scripts by the script policy. */
  insert(targets: readonly Element[], html: unknown, placement: Placement): void | Promise<void>;
  /** What may run. */
  readonly scripts: ScriptPolicy;
  /** The functions that `call` may name. */
  readonly functions: object;
  /** Shows the text of an `alert`. */
  readonly alert: (text: string) => void;
  /** Navigates to the URL of a `redirect`. */
  readonly navigate: (url: string) => void;
}

/** Which code of the server's may run. */
export interface ScriptPolicy {
  /** Whether any code may; where not, `javascript:` URLs and event handler attributes are refused, too. */
  readonly allowsScripts: boolean;
  /**
   * Runs the code of a `script` command.
   *
   * @throws EnckeError `refused`
   */
  run(code: string): void;
  /**
   * Runs a script that stood in inserted HTML, where it stands now. The promise of an external one lets the
   * commands behind it wait until it has run.
   */
  revive(script: HTMLScriptElement): void | Promise<void>;
}

/** Turns HTML into what may enter the page: text that is safe, or nodes. Called for every insertion, once for each target. */
export type Sanitizer = (html: string, target: Element) => string | DocumentFragment;

/** Options of `commandQueue`. */
export interface CommandQueueOptions {
  /** The part of the page in which selectors are looked up. @defaultValue `document` */
  root?: ParentNode | undefined;
  /** Verbs of your own, by type. A verb with the name of a built-in verb replaces it. @defaultValue none */
  verbs?: Readonly<Record<string, Verb>> | undefined;
  /** The functions that `call` may name, or objects of functions for dotted names. Only own properties count, not those of a prototype. Never pass `window`: it has `eval` as its own property. @defaultValue none */
  functions?: object | undefined;
  /** Which code may run: `refuseScripts`, `nonceScripts(nonce)` or `allowScripts`. @defaultValue `refuseScripts` */
  scripts?: ScriptPolicy | undefined;
  /** Cleans all HTML before it enters the page. @defaultValue none */
  sanitize?: Sanitizer | undefined;
  /** Looks up a selector instead of `querySelectorAll`. @defaultValue none */
  select?: ((selector: string, root: ParentNode) => Iterable<Element>) | undefined;
  /** Shows the text of an `alert`. @defaultValue `window.alert` */
  alert?: ((text: string) => void) | undefined;
  /** Navigates to the URL of a `redirect`. @defaultValue `location.assign` */
  navigate?: ((url: string) => void) | undefined;
  /** Called before each command. If it returns `false`, or a promise of `false`, the command is skipped. @defaultValue none */
  beforeApply?: ((command: Command) => boolean | void | Promise<boolean | void>) | undefined;
  /** Called after each command that was carried out. @defaultValue none */
  afterApply?: ((command: Command) => void) | undefined;
  /** Called with every command that could not be carried out. @defaultValue errors are thrown in a task of their own, except `no-target` */
  onError?: ((error: EnckeError) => void) | undefined;
  /** Called before each insertion of HTML, with its targets. The function that it returns is called after the insertion. `keepFocus` is such a function. @defaultValue none */
  preserve?: ((targets: readonly Element[]) => () => void) | undefined;
  /** Marks the targets of commands that wait for a later frame with `aria-busy`: give `busyMarks`. @defaultValue none */
  ariaBusy?: ((options: CommandQueueOptions) => BusyMarks) | false | undefined;
  /** Lets a later html, attr or css command replace a waiting one with the same target and key, if the page ends up the same: give `coalesceByTarget`. @defaultValue none */
  coalesce?: ((options: CommandQueueOptions) => CommandLine) | false | undefined;
  /** The time for commands in each frame, in milliseconds. Above 0. @defaultValue 8 */
  frameBudget?: number | undefined;
  /** The largest number of commands that may wait when more are pushed. If more wait, the oldest are carried out at once; if none can be carried out, for example in a paused queue, new ones are dropped. At least 1. @defaultValue 50_000 */
  maxQueue?: number | undefined;
}

/**
 * Commands that wait. What the option `coalesce` gives may leave out some of them.
 *
 * Law 1: `take` gives them in the order in which they came.
 * Law 2: Without those that are left out the page ends up the same.
 * Law 3: `add` refuses a command only if `most` wait, and counts it.
 * Law 4: `first` never falls, and is `came` when none waits.
 * Law 5: No call takes longer than a few milliseconds, however many commands wait or come.
 */
export interface CommandLine {
  /** How many wait. */
  readonly size: number;
  /** How many have come so far: those that wait, were taken, dropped or left out. */
  readonly came: number;
  /** How many came before the first that waits. */
  readonly first: number;
  /** Puts commands at the end, until `most` wait. It gives the number of those for which there was no room. */
  add(commands: readonly Command[], most: number): number;
  /** The first, which leaves. */
  take(): Command | undefined;
  /** Drops all. */
  clear(): void;
  /** The first of them, as many as `count` or more. They stay. */
  peek(count: number): readonly Command[];
}

/**
 * What the option `ariaBusy` gives.
 *
 * Law 1: `mark` changes nothing but its own marks, and never throws.
 * Law 2: After `clear` every element has what it had before, or what a command or the page has set in the meantime.
 * Law 3: `mark` takes no longer than a few milliseconds: it may leave out commands, which are given again.
 */
export interface BusyMarks {
  /** Marks the targets of commands that wait for a later frame. */
  mark(commands: readonly Command[]): void;
  /** Takes all marks away: nothing waits any more. */
  clear(): void;
}

/** Applies commands to the page: one after the other, in order, within the frame budget. */
export interface CommandQueue {
  /** How many commands wait. */
  readonly size: number;
  /** Resolves when everything pushed so far has been carried out or dropped; at once where nothing waits. */
  readonly done: Promise<void>;
  /** Takes a command, a list of them, or the JSON text of either. What is none is reported; it never throws. */
  push(commands: unknown): void;
  /** Lets commands wait until `resume`. One that is at work goes on. */
  pause(): void;
  /** Goes on after `pause`. */
  resume(): void;
  /** Applies what waits now, whatever the frame budget, even while paused; only a command that takes its time still holds up the rest. */
  flush(): void;
  /** Drops what waits. */
  clear(): void;
  /** Where half of `maxQueue` or more wait: resolves once fewer than a quarter do. Else `undefined`. */
  ready(): Promise<void> | undefined;
}
