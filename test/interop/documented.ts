// A configuration that the documents show, as a test runs it: on ports and paths of its own.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Text, and what stands in its place. Each must occur. */
export type Changes = Readonly<Record<string, string>>;

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));

/** @param file - from docs/ */
export function documented(file: string, changes: Changes): string {
  return changed(readFileSync(DOCS + file, 'utf8'), changes);
}

export function changed(text: string, changes: Changes): string {
  return Object.entries(changes).reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`The configuration has no "${from}".`);
    return result.replaceAll(from, to);
  }, text);
}
