// A program beside ours, in a process group of its own, ended with everything it started.

import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

export interface Program {
  /** Absent where it could not be started. */
  readonly pid: number | undefined;
  /** The first line it writes to file descriptor 3; rejects when the program ends before. */
  readonly firstLine: Promise<string>;
  /** Resolves when it has ended, or could not be started. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Milliseconds a program has to end by itself after being asked to. */
const GRACE = 3_000;

const running = new Set<number>();
let isWatching = false; // whether the end of this process ends them

/** What it writes is thrown away, or goes to the file descriptor `output`. */
export function startProgram(
  path: string,
  values: string[],
  environment: NodeJS.ProcessEnv,
  output: number | 'ignore' = 'ignore',
): Program {
  const child = spawn(path, values, {
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ['ignore', output, output, 'pipe'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  const { pid } = child;
  if (pid !== undefined) remember(pid);

  return {
    pid,
    firstLine: firstLineOf(child.stdio[3] as Readable, path),
    ended,
    async stop() {
      if (pid === undefined) return;
      endGroup(pid, 'SIGTERM');
      const timer = setTimeout(() => {
        endGroup(pid, 'SIGKILL');
      }, GRACE);
      await ended;
      clearTimeout(timer);
      // What it started may outlive it.
      endGroup(pid, 'SIGKILL');
      running.delete(pid);
    },
  };
}

function firstLineOf(stream: Readable, path: string): Promise<string> {
  const line = new Promise<string>((resolve, reject) => {
    let text = '';
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    stream.once('close', () => {
      reject(new Error(`${path} ended before it was ready`));
    });
  });
  // Most callers never ask for it.
  line.catch(() => undefined);
  return line;
}

/** A test run that is interrupted leaves no browser behind. */
function remember(pid: number): void {
  if (!isWatching) process.once('exit', killAll);
  isWatching = true;
  running.add(pid);
}

function killAll(): void {
  for (const pid of running) endGroup(pid, 'SIGKILL');
}

/** Signals a program, and everything it started. */
export function endGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone: that is what was wanted.
  }
}
