// A server of another maker: found on this machine, started on ports of the loopback interface, and stopped.

import { accessSync, closeSync, constants, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { TestContext } from 'vitest';
import { startProgram } from '../browsers/program.ts';

export { freePort } from '../browsers/free-port.ts';

/** A program of this machine, or the sentence that says how to get it. */
export type FoundProgram = { readonly path: string } | { readonly missing: string };

export interface ServiceOptions {
  /** The program's path, as `findProgram` gives it. */
  readonly path: string;
  /** What it is called with, given the folder that it may write to and that has the files. */
  readonly values: (folder: string) => readonly string[];
  /** Files it needs, their content by name or path, written into its folder before it starts. @defaultValue none */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** Added to the environment. @defaultValue none */
  readonly environment?: NodeJS.ProcessEnv;
  /** It is ready when all of these take connections. */
  readonly ports: readonly number[];
  /** And it has written this, for programs that open their port for a moment before they are ready. @defaultValue nothing */
  readonly says?: string;
  /** Milliseconds that starting may take. @defaultValue 20_000 */
  readonly patience?: number;
}

export interface Service {
  /** What it has written to its standard output and its standard error so far. */
  log(): Promise<string>;
  /** Ends it and everything it started, and removes its folder. */
  stop(): Promise<void>;
}

/** Where Debian has servers, which is not on everybody's PATH. */
const PLACES = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/** Milliseconds that starting may take, and between two looks. */
const PATIENCE = 20_000;
const PAUSE = 20;

const LOG = 'service.log';

/**
 * Looks for a program on the PATH, and where Debian has its servers.
 *
 * @param install - the command that installs it, such as `apt-get install nginx`
 */
export function findProgram(name: string, install: string): FoundProgram {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...PLACES];
  const path = folders.map((folder) => join(folder, name)).find(isExecutable);
  return path === undefined ? { missing: `${name} is not installed here; try: ${install}` } : { path };
}

/** The program's path. Where everything is promised, a missing one is a failure; elsewhere it is worth a line. */
export function programOrSkip(found: FoundProgram, context: TestContext): string {
  if ('path' in found) return found.path;
  if (process.env['CI']) throw new Error(found.missing);
  context.skip(found.missing);
}

/** Starts a program that stays in the foreground. Rejects with its log when it ends, or is not ready in time. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { path, values, files = {}, environment = {}, ports, says = '', patience = PATIENCE } = options;
  const folder = await mkdtemp(join(tmpdir(), 'encke-service-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const log = (): Promise<string> => readFile(join(folder, LOG), 'utf8');

  const output = openSync(join(folder, LOG), 'a');
  const program = startProgram(path, [...values(folder)], environment, output);
  closeSync(output);
  const stop = async (): Promise<void> => {
    await program.stop();
    await rm(folder, { recursive: true, force: true });
  };

  // Looking must end when waiting does.
  let isWaiting = true;
  const ready = [
    ...ports.map((port) => until(() => takesConnections(port), `port ${port} answers`)),
    until(async () => (await log()).includes(says), `it says "${says}"`),
  ];
  const ended = program.ended.then(() => Promise.reject(new Error('It ended before it was ready.')));
  try {
    await Promise.race([ended, Promise.all(ready)]);
  } catch (error) {
    const said = await log();
    await stop();
    throw new Error(`${path} does not run. ${said}`, { cause: error });
  } finally {
    isWaiting = false;
  }
  return { log, stop };

  async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
    const deadline = performance.now() + patience;
    while (isWaiting && !(await holds())) {
      if (performance.now() > deadline) throw new Error(`It is not ready until ${what}.`);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      // Where nobody listens yet, a socket may be given the port it asks for, and be connected to itself.
      resolve(socket.localPort !== port);
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
