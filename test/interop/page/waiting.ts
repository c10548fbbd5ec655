// Waiting in a page: for what it shows, and for what the server says of its functions.

import { errors } from './watch.ts';

/** What the server says of one of its requests. */
interface Entry {
  readonly method: string;
  readonly end: string;
}

/** Milliseconds that anything may take. */
const PATIENCE = 10_000;

export async function until(condition: () => boolean): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > PATIENCE)
      throw new Error(`Waited in vain for ${String(condition)}. Uncaught: ${JSON.stringify(errors)}`);
    await pause(10);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** How the last call ended, or that it is open. */
export async function lastEnd(): Promise<string> {
  const entries = (await (await fetch('/ledger')).json()) as Entry[];
  return entries.filter(({ method }) => method === 'POST').at(-1)?.end ?? 'not begun';
}

/** Resolves when the server's function has ended. */
export async function untilEnded(): Promise<void> {
  while ((await lastEnd()) === 'open') await pause(20);
}
