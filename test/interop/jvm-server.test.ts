// Spring WebFlux, as docs/backends/java.md has it: built once, from the project of the page.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { kept } from './cache.ts';
import { findProgram } from './service.ts';
import { playToStreamingServers, type StreamingCommand } from './streaming-servers.ts';

const PROJECT = fileURLToPath(new URL('../../docs/backends/recipes/streaming-spring/', import.meta.url));
const FILES = ['pom.xml', 'src/main/java/app/Streaming.java'];
const JAR = 'streaming-1.jar';

/** Milliseconds that building may take. */
const PATIENCE = 180_000;

playToStreamingServers([{ name: 'Spring WebFlux', command, isOptional: true }]);

async function command(): Promise<StreamingCommand> {
  const java = findProgram('java', 'apt-get install openjdk-17-jre-headless');
  const maven = findProgram('mvn', 'apt-get install maven');
  if ('missing' in java) return java;
  if ('missing' in maven) return maven;
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(await readFile(PROJECT + file));
  const folder = await kept(`streaming-spring-${hash.digest('hex').slice(0, 12)}`, async (draft) => {
    await mkdir(draft);
    const work = join(draft, 'work');
    await cp(PROJECT, work, { recursive: true });
    await promisify(execFile)(maven.path, ['--quiet', '--batch-mode', 'package'], {
      cwd: work,
      timeout: PATIENCE,
    });
    await rename(join(work, 'target', JAR), join(draft, JAR));
    await rm(work, { recursive: true });
  });
  // The first compiler is enough for a test, and starts sooner.
  return { path: java.path, values: () => ['-XX:TieredStopAtLevel=1', '-jar', join(folder, JAR)] };
}
