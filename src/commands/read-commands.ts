// What was pushed, as commands: one, a list, or the JSON text of either.

import type { EnckeError } from '../ground/errors.ts';
import { malformed } from '../ground/unreadable.ts';
import type { Command } from './command.ts';

/** A list whose elements are still to be looked at one by one. */
export function readList(pushed: unknown): readonly unknown[] {
  const value = typeof pushed === 'string' ? parse(pushed) : pushed;
  return Array.isArray(value) ? value : [value];
}

export function isCommand(value: unknown): value is Command {
  return typeof (value as Command | null | undefined)?.type === 'string';
}

export function notACommand(value: unknown): EnckeError {
  return malformed('No command, which is an object whose "type" is text.', print(value));
}

/** Never throws. */
export function print(value: unknown): string {
  if (typeof value === 'string') return value;
  let json: string | undefined;
  try {
    json = JSON.stringify(value);
  } catch {
    // It has a circle, or a `toJSON` that throws.
  }
  return json ?? typeof value;
}

/** The text itself where it is not JSON; that is no command either. */
function parse(text: string): unknown {
  try {
    // A byte order mark counts as white space here; JSON allows none.
    return JSON.parse(text.trim());
  } catch {
    return text;
  }
}
