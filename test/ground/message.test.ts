// What is an envelope, and what is data that only looks like one: told through the public face.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/all-parts.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { json } from '../../src/formats/json.ts';
import { scriptTags } from '../../src/formats/script-tags.ts';
import { isEnvelope, type Message } from '../../src/ground/message.ts';
import { memoryTransport, virtualEnvironment } from '../../src/testing.ts';

const WRITERS: Readonly<Record<string, (values: string[]) => string>> = {
  'application/json': (values) => `[${values.join()}]`,
  'application/x-ndjson': (values) => values.join('\n'),
  'text/html': (values) => values.map((value) => `<script>parent.enckeReceive(${value})</script>`).join(''),
};

const value = fc.jsonValue();
const maybe = <Type>(arbitrary: fc.Arbitrary<Type>): fc.Arbitrary<Type | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** What a server may send with the keys of an envelope, and sometimes one more. */
const candidate = fc.record({
  id: maybe(fc.oneof(fc.string({ maxLength: 3 }), fc.integer(), fc.double(), fc.maxSafeInteger(), value)),
  event: maybe(fc.oneof(fc.string({ maxLength: 3 }), value)),
  data: fc.oneof(fc.string(), value),
  retry: maybe(fc.oneof(fc.nat(), value)),
  other: maybe(fc.constant(1)),
});

describe('an object with `id` and `data`', () => {
  it.each(Object.keys(WRITERS))(
    'reaches the caller of %s with its id, in one place or the other',
    async (type) => {
      const rows = ['{"id":42,"data":{"name":"order"}}', '{"id":42,"data":[1]}', '{"id":1,"data":"one"}'];
      expect(await receive(type, rows)).toEqual([
        { event: 'message', data: { id: 42, data: { name: 'order' } }, id: '' },
        { event: 'message', data: { id: 42, data: [1] }, id: '' },
        { event: 'message', data: 'one', id: '1' },
      ]);
    },
  );

  it('never loses an id that a header can carry', () => {
    fc.assert(
      fc.property(candidate, (given) => {
        const parsed = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
        if (!isEnvelope(parsed)) return;
        const { id } = parsed;
        expect(id === undefined || id === null || ['string', 'number'].includes(typeof id)).toBe(true);
        // Written as text it is the same number still.
        if (typeof id === 'number') expect(Number(String(id))).toBe(id);
      }),
      { numRuns: 2_000 },
    );
  });

  it('resumes after an id that is a number', async () => {
    const transport = memoryTransport();
    const environment = virtualEnvironment();
    const { subscribe } = createClient({ transports: [transport], formats: [jsonLines], environment });
    const subscription = subscribe('/events');
    await environment.settle();
    transport.latest.open({ headers: { 'content-type': 'application/jsonl' } });
    transport.latest.send('{"id":7,"event":"tick","data":{"n":1}}\n{"id":8,"data":{"n":2}}\n');
    expect(subscription.lastEventId).toBe('7');
    subscription.close();
  });
});

async function receive(type: string, values: string[]): Promise<Message[]> {
  const transport = memoryTransport();
  const environment = virtualEnvironment();
  const formats = [json, jsonLines, scriptTags];
  // By name, since HTML is read only where it was asked for.
  const format = formats.find(({ mediaTypes }) => mediaTypes.includes(type));
  const { request } = createClient({ transports: [transport], formats, environment });
  const reply = request('/events', { ...(format && { format }) }).then(({ messages }) => messages);
  await environment.settle();
  const [connection] = transport.connections;
  connection?.open({ headers: { 'content-type': type } });
  connection?.send(WRITERS[type]?.(values) ?? '');
  connection?.end();
  return reply;
}
