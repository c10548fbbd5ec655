// The processes of a browser, as Linux tells of them: to measure its memory, and to have it sleep.

import { readdirSync, readFileSync } from 'node:fs';

/** What follows the name of a program, which may hold anything, in `/proc/PID/stat`. */
const PARENT = /^\d+ \(.*\) \S (\d+) /s;
const RESIDENT = /^VmRSS:\s+(\d+) kB$/m;

/** Ids of this process, and of all that were started by it, or by those. */
export function processesUnder(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(PARENT.exec(read(`/proc/${name}/stat`))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const under = (id: number): number[] => [id, ...(children.get(id) ?? []).flatMap(under)];
  return under(root);
}

/** Bytes of memory that these processes hold. What they share counts for each. */
export function residentMemory(processes: readonly number[]): number {
  const kilobytes = processes.map((id) => Number(RESIDENT.exec(read(`/proc/${id}/status`))?.[1] ?? 0));
  return 1024 * kilobytes.reduce((sum, each) => sum + each, 0);
}

/** Stands still for so many milliseconds, as on a machine that sleeps: timers come late, and sockets are read late. */
export async function putToSleep(processes: readonly number[], milliseconds: number): Promise<void> {
  signal(processes, 'SIGSTOP');
  try {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  } finally {
    signal(processes, 'SIGCONT');
  }
}

function signal(processes: readonly number[], name: NodeJS.Signals): void {
  for (const id of processes) {
    try {
      process.kill(id, name);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** `''` where the process is gone. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
