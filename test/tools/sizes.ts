// What the library weighs, and the fingerprint of its script file.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Size {
  readonly name: string;
  /** Bytes, minified and compressed by Brotli. */
  readonly size: number;
}

/** Weighs the rows of "size-limit" in package.json, by size-limit itself. */
export function measureSizes(): Size[] {
  // Its exit code tells whether the limits hold, which is another check's business.
  const { stdout, stderr } = spawnSync(process.execPath, ['node_modules/size-limit/bin.js', '--json'], {
    cwd: root,
    encoding: 'utf8',
  });
  const rows: unknown = JSON.parse(stdout === '' ? 'null' : stdout);
  if (!Array.isArray(rows))
    throw new Error(`size-limit measured nothing. Is dist/ built?\n${stdout}${stderr}`);
  return rows as Size[];
}

/** The value of `integrity` for a script file. */
export function scriptIntegrity(path = 'dist/encke.min.js'): string {
  const script = readFileSync(`${root}/${path}`);
  return `sha384-${createHash('sha384').update(script).digest('base64')}`;
}
