// What the tests with real backends install and build, kept for the next run.

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/encke-interop/', import.meta.url));

/**
 * A folder of the cache, made once. Whoever comes at the same time makes one, too, and the first to finish
 * wins: nobody ever sees half of it.
 */
export async function kept(name: string, make: (draft: string) => Promise<void>): Promise<string> {
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  await mkdir(CACHE, { recursive: true });
  const draft = `${folder}.${randomUUID()}`;
  try {
    await make(draft);
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}
