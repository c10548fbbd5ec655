// What the tests with real backends install and build, kept for the next run.

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Not in node_modules, which `npm ci` empties. */
const CACHE = fileURLToPath(new URL('.cache/', import.meta.url));

/** Milliseconds between two looks at what another test file makes. */
const PAUSE = 200;

/**
 * A folder of the cache, made once: of several test files that ask at the same time one makes it, the others wait.
 * Nobody ever sees half of it.
 */
export async function kept(name: string, make: (draft: string) => Promise<void>): Promise<string> {
  const folder = join(CACHE, name);
  await mkdir(CACHE, { recursive: true });
  while (!existsSync(folder)) {
    const unlock = await lock(`${folder}.lock`);
    if (!unlock) await new Promise((resolve) => setTimeout(resolve, PAUSE));
    else await makeOnce(folder, make).finally(unlock);
  }
  return folder;
}

async function makeOnce(folder: string, make: (draft: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  const draft = `${folder}.${randomUUID()}`;
  try {
    await make(draft);
    // Two that find the same abandoned lock may both go on: the first to finish wins.
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Gives what ends the lock, or nothing where another process that runs has it. */
async function lock(path: string): Promise<(() => Promise<void>) | undefined> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return () => rm(path, { force: true });
  } catch {
    const owner = Number(await readFile(path, 'utf8').catch(() => ''));
    // A run that was interrupted leaves its lock behind.
    if (owner > 0 && !isRunning(owner)) await rm(path, { force: true });
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
