// What is wrong with a command, as the error that its verb throws.

import { EnckeError } from '../ground/errors.ts';
import type { ScriptPolicy } from './command.ts';

/** Names that lead from an object to what all objects share. */
const SHARED = /(?:^|\.)(?:__proto__|constructor|prototype)(?:\.|$)/;

/** @throws EnckeError `malformed` when a field of a command is missing or no text. */
export function textOf(value: unknown, field: string): string {
  if (typeof value !== 'string') throw new EnckeError('malformed', `"${field}" must be text.`);
  return value;
}

/** @throws EnckeError as `textOf`, and `refused` for `__proto__`, `constructor` and `prototype`. */
export function nameOf(value: unknown, field: string): string {
  const name = textOf(value, field);
  if (SHARED.test(name)) throw new EnckeError('refused', `"${field}" must not be ${name}.`);
  return name;
}

/** @throws EnckeError `refused` unless code of the server may run. */
export function checkCode(scripts: ScriptPolicy): void {
  if (!scripts.allowsScripts) throw codeRefused();
}

/** One sentence for all ways to bring code: the command beside it shows which. */
export function codeRefused(): EnckeError {
  return new EnckeError('refused', 'The option "scripts" allows no code of the server.');
}
