// What a poll may claim to have: its tag is that of a whole answer, and an answer can end without being whole.
//
// WebKitGTK takes a connection closed between two chunks for the end of the body. Of such an answer the tag must not be
// kept: the server would say "not modified" to whoever has half of it.

import { expect, it } from 'vitest';
import { createClient } from '../../src/all-parts.ts';
import { json } from '../../src/formats/json.ts';
import { memoryTransport, virtualEnvironment, type MemoryTransport } from '../../src/testing.ts';

const TAGGED = { headers: { 'content-type': 'application/json', etag: '"10"' } };

/** Polls once, is answered this, and polls again. Gives the second request's `If-None-Match`. */
async function tagAfter(answer: string): Promise<string | null> {
  const poll: MemoryTransport = memoryTransport({ name: 'poll', rhythm: 'interval' });
  const environment = virtualEnvironment();
  const { subscribe } = createClient({ transports: [poll], formats: [json], environment });
  const subscription = subscribe('/events', { pollInterval: 1_000, share: false });
  await environment.settle();
  const [first] = poll.connections;
  first?.open(TAGGED);
  first?.send(answer);
  first?.end();
  await environment.advance(1_000);
  expect(poll.connections).toHaveLength(2);
  subscription.close();
  return poll.latest.request.headers.get('if-none-match');
}

it('keeps the tag of a whole answer', async () => {
  expect(await tagAfter('[{"id":"1","data":"a"},{"id":"2","data":"b"}]')).toBe('"10"');
});

it('keeps no tag of an answer that ends before its last bracket', async () => {
  expect(await tagAfter('[{"id":"1","data":"a"},{"id":"2",')).toBe(null);
});

it('keeps no tag of an answer of which nothing but the head has come', async () => {
  expect(await tagAfter('')).toBe(null);
});
