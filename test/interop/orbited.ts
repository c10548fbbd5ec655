// Orbited 0.7.10, the last that there was, on Python 2.7: installed once, run with the configuration of its document.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documented } from './documented.ts';
import type { TestContext } from 'vitest';
import { environment, findPython } from './python.ts';
import { freePort, startService, type FoundProgram, type Service } from './service.ts';

export interface Orbited {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Where its own broker listens, morbid. */
  readonly stompPort: number;
  /** Ends it, however often it is called. */
  stop(): Promise<void>;
  /** Starts it again, on the same ports: its sessions, and the broker's subscriptions, are gone. */
  start(): Promise<void>;
}

/**
 * The command that starts it, or the sentence that says why there is none: a Python as old as that, and what Orbited
 * takes on it, are a matter of luck anywhere.
 */
export async function findOrbited(): Promise<FoundProgram> {
  const python = findPython('Python 2.7');
  if ('missing' in python) return python;
  try {
    return { path: await command(await environment(python, 'orbited')) };
  } catch (error) {
    return { missing: `Orbited cannot be installed here: ${String(error)}` };
  }
}

/** That which is installed has the path of a draft in its first line. */
async function command(interpreter: string): Promise<string> {
  const path = join(interpreter, '../start-orbited');
  const code = 'import sys; from orbited import start; sys.exit(start.main())';
  await writeFile(path, `#!/bin/sh\nexec "${interpreter}" -c '${code}' "$@"\n`, { mode: 0o755 });
  return path;
}

/** Skips in CI, too. */
export function orbitedOrSkip(found: FoundProgram | undefined, context: TestContext): void {
  if (found === undefined || 'missing' in found) context.skip(found?.missing ?? 'Orbited is not there.');
}

/** @param brokers - ports of this machine that pages may connect to, beside that of its own broker */
export async function startOrbited(command: string, brokers: readonly number[]): Promise<Orbited> {
  const port = await freePort();
  const stompPort = await freePort();
  // It will not stay root unless it is told to.
  const user = process.getuid?.() === 0 ? '\nuser=root\ngroup=root' : '';
  const access = [stompPort, ...brokers].map((broker) => `* -> 127.0.0.1:${broker}`).join('\n');
  const configuration = documented('backends/orbited/orbited.cfg', {
    '[global]': `[global]${user}`,
    'http://127.0.0.1:8080': `http://127.0.0.1:${port}`,
    'stomp://127.0.0.1:61613': `stomp://127.0.0.1:${stompPort}`,
    '* -> 127.0.0.1:61613': access,
  });
  let service: Service | undefined;
  await start();

  return {
    origin: `http://127.0.0.1:${port}`,
    stompPort,
    async stop() {
      await service?.stop();
      service = undefined;
    },
    start,
  };

  async function start(): Promise<void> {
    service = await startService({
      path: command,
      files: { 'orbited.cfg': configuration },
      values: (folder) => ['--config', join(folder, 'orbited.cfg')],
      ports: [port, stompPort],
    });
  }
}
