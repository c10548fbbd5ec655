// Go's net/http, as docs/backends/go.md has it: built once, from the program of the page.

import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { kept } from './cache.ts';
import { findProgram } from './service.ts';
import { playToStreamingServers, type StreamingCommand } from './streaming-servers.ts';

const PROGRAM = fileURLToPath(new URL('../../docs/backends/recipes/streaming-go/main.go', import.meta.url));

/** As of which routes of `net/http` have methods. */
const LEAST_MINOR = 22;
const INSTALL = `Go 1.${LEAST_MINOR} or later, as go.dev/doc/install says`;

/** Milliseconds that building may take. */
const PATIENCE = 180_000;

playToStreamingServers([{ name: 'Go net/http', command, isOptional: true }]);

async function command(): Promise<StreamingCommand> {
  const go = findProgram('go', INSTALL);
  if ('missing' in go) return go;
  const version = spawnSync(go.path, ['env', 'GOVERSION'], { encoding: 'utf8' }).stdout.trim();
  if (Number(/^go1\.(\d+)/.exec(version)?.[1] ?? 0) < LEAST_MINOR)
    return { missing: `${version} is too old here; install ${INSTALL}` };
  const hash = createHash('sha256')
    .update(version)
    .update(await readFile(PROGRAM));
  const folder = await kept(`streaming-go-${hash.digest('hex').slice(0, 12)}`, async (draft) => {
    await mkdir(draft);
    await promisify(execFile)(go.path, ['build', '-o', join(draft, 'server'), PROGRAM], {
      timeout: PATIENCE,
    });
  });
  return { path: join(folder, 'server'), values: () => [] };
}
