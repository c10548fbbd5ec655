// What a page that follows streams tells, and what is expected of every stream that something on the way has cut.

import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Page } from './drivers.ts';
import type { Seen } from './page/proxied.ts';
import type { KeyReport } from '../server/ledger.ts';
import type { ReferenceServer } from '../server/server.ts';

/** Waits until a subscription has had so many messages; gives what it has seen by then. */
export async function seenAfter(page: Page, number: number, count: number, patience = 15_000): Promise<Seen> {
  let seen: Seen | undefined;
  const look = async (): Promise<number> => {
    seen = await page.run<Seen>('proxied.seen', number);
    return seen.ids.length;
  };
  await expect
    .poll(look, { timeout: patience, interval: 50, message: 'messages' })
    .toBeGreaterThanOrEqual(count);
  if (!seen) throw new Error('Nobody looked.');
  return seen;
}

/** Whether each id is the one before and one. */
export function areConsecutive(ids: readonly string[]): boolean {
  return ids.every((id, index) => Number(id) === Number(ids[0]) + index);
}

export function medianOf(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? NaN;
}

/**
 * Lets two silences pass, in each of which the proxy cuts the stream, and publishes while nobody is there.
 * All is received once, each connection after the id where the one before ended.
 */
export async function expectToResume(page: Page, server: ReferenceServer): Promise<void> {
  const channel = randomUUID();
  const url = `/events?heartbeat=0&channel=${channel}&key=${channel}`;
  const report = async (): Promise<KeyReport> =>
    (await fetch(`${server.url}/requests?key=${channel}`)).json() as Promise<KeyReport>;
  const publish = (): void => server.publish(channel, { data: 'news' });

  const number = await page.run<number>('proxied.follow', url, { retryDelay: 500 });
  await expect.poll(async () => (await report()).live).toBe(1);
  publish();
  for (const cuts of [1, 2]) {
    await seenAfter(page, number, 2 * cuts - 1);
    const ended = async (): Promise<number> => (await report()).records.filter(hasEnded).length;
    await expect.poll(ended, { timeout: 10_000, interval: 10, message: `cut ${cuts}` }).toBe(cuts);
    publish();
    publish();
  }
  const { ids, errors, transports } = await seenAfter(page, number, 5);
  await page.run('proxied.leave', number);
  expect(ids).toEqual(['1', '2', '3', '4', '5']);
  expect(errors).toEqual(['network', 'network']);
  expect(transports.map(({ to }) => to)).toEqual(['fetch-stream']);
  const { records } = await report();
  expect(records.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '1', '3']);
}

function hasEnded({ endedAt }: KeyReport['records'][number]): boolean {
  return endedAt !== undefined;
}
