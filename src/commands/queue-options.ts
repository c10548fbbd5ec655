// What the options of a queue must be.

import { EnckeError } from '../ground/errors.ts';
import { refuseUnknown } from '../ground/option-names.ts';
import type { CommandQueueOptions } from './command.ts';

/** What it must be, as a sentence says it, and whether a value is that. */
type Kind = readonly [words: string, isRight: (value: unknown) => boolean];

const FUNCTION: Kind = ['a function', (value) => value === null || isFunction(value)];

const KINDS: Readonly<Record<keyof CommandQueueOptions, Kind>> = {
  root: ['an element or a document', (value) => value === null || 'querySelectorAll' in Object(value)],
  verbs: ['an object of functions', (value) => isObject(value) && Object.values(value).every(isFunction)],
  functions: ['an object', isObject],
  scripts: ['refuseScripts, allowScripts or nonceScripts(nonce)', isPolicy],
  sanitize: FUNCTION,
  select: FUNCTION,
  alert: FUNCTION,
  navigate: FUNCTION,
  beforeApply: FUNCTION,
  afterApply: FUNCTION,
  onError: FUNCTION,
  preserve: FUNCTION,
  ariaBusy: ['busyMarks', isPart],
  coalesce: ['coalesceByTarget', isPart],
  frameBudget: ['a number above 0', (value) => isAtLeast(value, Number.MIN_VALUE)],
  maxQueue: ['a number of at least 1', (value) => isAtLeast(value, 1)],
};

/** @throws EnckeError `invalid-option` for a value that cannot be used, and for an option that does not exist. */
export function checkQueueOptions(options: CommandQueueOptions): void {
  refuseUnknown('commandQueue', options, KINDS);
  for (const [name, [words, isRight]] of Object.entries(KINDS)) {
    const value: unknown = options[name as keyof CommandQueueOptions];
    if (value !== undefined && !isRight(value))
      throw new EnckeError('invalid-option', `${name} must be ${words}.`);
  }
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isObject(value: unknown): value is object {
  return Object(value) === value;
}

function isPart(value: unknown): boolean {
  return !value || isFunction(value);
}

function isPolicy(value: unknown): boolean {
  const { run, revive } = (value ?? {}) as Record<string, unknown>;
  return !value || (isFunction(run) && isFunction(revive));
}

/** Text and NaN are not. */
function isAtLeast(value: unknown, least: number): boolean {
  return typeof value === 'number' && value >= least;
}
