// The reference server as a page reaches it: over HTTP, on the page's own origin.

import type { KeyReport } from '../../server/ledger.ts';
import type { Step } from '../../server/script.ts';

export type { KeyReport } from '../../server/ledger.ts';

export async function report(key: string): Promise<KeyReport> {
  return (await (await ask(`/requests?key=${encodeURIComponent(key)}`)).json()) as KeyReport;
}

/** The n-th connection plays the n-th list of steps; the last one repeats. Gives the path, which is the key as well. */
export async function script(name: string, connections: Step[][]): Promise<string> {
  await ask(`/scripts/${name}`, { method: 'PUT', body: JSON.stringify(connections) });
  return `/scripted/${name}`;
}

/** A name nothing else uses. */
export function fresh(name: string): string {
  return `${name}-${crypto.randomUUID()}`;
}

/** Looks every few milliseconds until the server's report satisfies; gives the milliseconds it took. */
export async function reported(
  key: string,
  limit: number,
  satisfies: (seen: KeyReport) => boolean,
): Promise<number> {
  const began = performance.now();
  for (;;) {
    if (satisfies(await report(key))) return performance.now() - began;
    if (performance.now() - began > limit) throw new Error(`${key}: not within ${limit} ms`);
    await pause(10);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, { ...init, cache: 'no-store' });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response;
}
